"""From a place as a row states it to the one place it means, or a reason why not."""

from dataclasses import dataclass

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.candidates import Candidate, rank
from geo.geocoding.context import Context, PlaceQuery, context_of, name_parts
from geo.geocoding.wording import LONGEST_TEXT, gazetteer_name, quoted
from geo.grammar.names import normalise_name
from geo.grammar.no_names import why_no_name
from geo.grammar.place_forms import name_forms

__all__ = ["PlaceQuery", "Resolution", "resolve_place"]

# The best candidate must outweigh the next one five to one.
_CLEAR_LEAD = 0.7
_KEPT_CANDIDATES = 5


@dataclass(frozen=True)
class Resolution:
    """What a query means. `place` is None unless the status is `located`."""

    place: Place | None
    status: str
    method: str
    reason: str
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()


def resolve_place(query: PlaceQuery, gazetteer: Gazetteer) -> Resolution:
    """The place that a query means.

    Country and province narrow the search, and so does what follows a comma. A name that is not
    found falls back to what follows it, then to the province or country as an area; several places
    without a clear favourite stay unplaced.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> resolution = resolve_place(PlaceQuery("Tower 22", "Jordan"), shipped_gazetteer())
    >>> resolution.status, resolution.place.place_id
    ('located', 'curated:tower-22')
    """
    if len(query.text) > LONGEST_TEXT:
        size = f"{len(query.text):,} characters"
        return Resolution(None, "unlocated", "none", f"The text has {size}; that is no place")
    parts = name_parts(query.text)
    if not parts:
        return _area_only(query, context_of(query, [], gazetteer))
    name, *rest = parts
    context = context_of(query, rest, gazetteer)
    if why_not := why_no_name(name):
        reason = f"{quoted(name)} is no name of a place: {why_not}"
        return _fall_back(reason, context.area(), [])
    everywhere = _find(name, gazetteer)
    here = context.inside(everywhere)
    if here:
        return _choose(name, rank(name, here, likely=query.likely), context)
    reason = f"No place named {quoted(name)} is known{context.words()}"
    reason += context.doubts()
    if everywhere:
        countries = sorted({place.country_a3 for place in everywhere if place.country_a3})
        reason += f", only in {', '.join(countries)}"
    surrounding = _surrounding(query, rest, gazetteer)
    return _fall_back(reason, surrounding or context.area(), rank(name, everywhere))


def _surrounding(query: PlaceQuery, rest: list[str], gazetteer: Gazetteer) -> Place | None:
    """The first place among what follows the comma that is found without doubt."""
    for position, name in enumerate(rest, start=1):
        context = context_of(query, rest[position:], gazetteer)
        places = context.inside(_find(name, gazetteer))
        if places:
            place = _choose(name, rank(name, places, likely=query.likely), context).place
            if place is not None:
                return place
    return None


def _find(name: str, gazetteer: Gazetteer) -> list[Place]:
    for form in name_forms(name):
        if places := gazetteer.find(form):
            return places
    return []


def _choose(name: str, candidates: list[Candidate], context: Context) -> Resolution:
    best, *others = candidates
    total = sum(10.0 ** (candidate.weight - best.weight) for candidate in candidates)
    kept = tuple(candidates[:_KEPT_CANDIDATES])
    if others and others[0].weight > best.weight - _CLEAR_LEAD:
        reason = f"{len(candidates)} places named {quoted(name)}{context.words()}, none preferred"
        return Resolution(None, "ambiguous", "name", reason + context.doubts(), candidates=kept)
    reason = f"{gazetteer_name(best.place)} knows {quoted(name)}{context.words()}"
    if normalise_name(name) != normalise_name(best.place.name):
        reason += f" as {best.place.name}"
    if others:
        reason += f", the most prominent of {len(candidates)} places of this name"
    words = reason + context.doubts()
    return Resolution(best.place, "located", "name", words, 1.0 / total, kept)


def _area_only(query: PlaceQuery, context: Context) -> Resolution:
    area = context.area()
    if area is not None:
        kind = "province" if area.kind == "admin1" else "country"
        return Resolution(area, "located", kind, f"Only the {kind} is given", 1.0)
    given = query.admin1 or query.country
    known = f"No country or province named {quoted(given)} is known"
    return Resolution(None, "unlocated", "none", known if given else "No place is given")


def _fall_back(reason: str, area: Place | None, candidates: list[Candidate]) -> Resolution:
    kept = tuple(candidates[:_KEPT_CANDIDATES])
    if area is None:
        return Resolution(None, "unlocated", "none", reason, candidates=kept)
    words = f"{reason}; placed by {area.name} around it"
    return Resolution(area, "located", "surrounding place", words, candidates=kept)
