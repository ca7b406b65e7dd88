"""From a place as a row states it to the one place it means, or a reason why not."""

from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.names.candidates import Candidate, find_named, rank
from geo.geocoding.names.code_names import without_codes
from geo.geocoding.names.context import Context, PlaceQuery, context_of, name_parts, why_too_long
from geo.geocoding.names.contradictions import (
    contradicted_by_text,
    doubted,
    far_from_province,
    in_two_provinces,
    prominent_elsewhere,
    province_by_text,
)
from geo.geocoding.names.people_centre import at_people_centre
from geo.geocoding.names.resolution import Resolution
from geo.geocoding.uncertainty import incident_radius_m, mixed_radius_m
from geo.geocoding.wording import gazetteer_name, quoted
from geo.grammar.names import normalise_name
from geo.grammar.no_names import why_no_name

__all__ = ["PlaceQuery", "Resolution", "is_vague", "resolve_place"]

# So much wider than the place itself, the radius no longer tells where it is.
_MOST_WIDER = 4.0
_KEPT_CANDIDATES = 5


def resolve_place(query: PlaceQuery, gazetteer: Gazetteer) -> Resolution:
    """The place that a query means.

    Country and province narrow the search, and so does what follows a comma. A name that is not
    found falls back to what follows it, then to the province or country as an area; several places
    without a clear favourite stay unplaced. Where text and columns contradict each other, the
    status is `suspicious`, and the candidates hold both readings.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> resolution = resolve_place(PlaceQuery("Tower 22", "Jordan"), shipped_gazetteer())
    >>> resolution.status, resolution.place.place_id
    ('located', 'curated:tower-22')
    """
    if why_not := why_too_long(query):
        return Resolution(None, "unlocated", "none", why_not)
    parts = name_parts(query.text)
    if not parts:
        return _area_only(query, context_of(query, [], gazetteer))
    if said := contradicted_by_text(query, parts, gazetteer):
        by_text = _resolve(PlaceQuery(query.text), parts, gazetteer)
        by_columns = _resolve(query, parts[:1], gazetteer)
        why = f"The text says {said}, the column of the country {quoted(query.country)}"
        return doubted(by_text, by_columns, why)
    if province := province_by_text(query, parts, gazetteer):
        by_text = _resolve(replace(query, admin1="", admin2=""), parts, gazetteer)
        by_columns = _resolve(query, parts[:1], gazetteer)
        if in_two_provinces(by_text, by_columns, province):
            column = f"the column of the province {quoted(query.admin1)}"
            return doubted(by_text, by_columns, f"The text says {province.name}, {column}")
    return _resolve(query, parts, gazetteer)


def _resolve(query: PlaceQuery, parts: Sequence[str], gazetteer: Gazetteer) -> Resolution:
    """The place of the first part, in the context of the columns and of the other parts."""
    name, *rest = parts
    context = context_of(query, rest, gazetteer)
    if why_not := why_no_name(name):
        reason = f"{quoted(name)} is no name of a place: {why_not}"
        return _fall_back(reason, context.area(), [], gazetteer)
    everywhere = _named(name, gazetteer)
    here = context.inside(name, everywhere)
    if here:
        ranked = rank(name, here, likely=query.likely, others=query.others)
        is_moved = query.others is not None and ranked[0].place != rank(name, here)[0].place
        found = _choose(name, ranked, context, is_moved=is_moved)
        return far_from_province(query, context, found, gazetteer)
    reason = f"No place named {quoted(name)} is known{context.words()}"
    reason += context.doubts()
    if everywhere:
        countries = sorted({place.country_a3 for place in everywhere if place.country_a3})
        reason += f", only in {', '.join(countries)}"
    surrounding = _surrounding(query, rest, gazetteer)
    candidates = rank(name, everywhere)
    found = _fall_back(reason, surrounding or context.area(), candidates, gazetteer)
    elsewhere = prominent_elsewhere(name, candidates)
    if elsewhere is None or found.place is None or elsewhere.country_a3 == found.place.country_a3:
        return found
    other = Resolution(elsewhere, "located", "name", "", candidates=found.candidates)
    return doubted(found, other, f"{elsewhere.name} in {elsewhere.country_a3} may be meant")


def _surrounding(query: PlaceQuery, rest: list[str], gazetteer: Gazetteer) -> Place | None:
    """The first place among what follows the comma that is found without doubt."""
    for position, name in enumerate(rest, start=1):
        context = context_of(query, rest[position:], gazetteer)
        places = context.inside(name, _named(name, gazetteer))
        if places:
            place = _choose(name, rank(name, places, likely=query.likely), context).place
            if place is not None:
                return place
    return None


def _named(name: str, gazetteer: Gazetteer) -> list[Place]:
    return find_named(name, gazetteer, lambda places: without_codes(name, places))


def _choose(
    name: str, candidates: list[Candidate], context: Context, *, is_moved: bool = False
) -> Resolution:
    """The first of some candidates, if it is clear; others may have moved it there."""
    best, *others = candidates
    total = sum(10.0 ** (candidate.weight - best.weight) for candidate in candidates)
    kept = tuple(candidates[:_KEPT_CANDIDATES])
    shared = [(one.place, 10.0 ** (one.weight - best.weight) / total) for one in candidates]
    radius_m = mixed_radius_m(shared, is_alone=True)
    if is_vague(best.place, radius_m):
        inside = context.words_of(best.place)
        reason = f"{len(candidates)} places named {quoted(name)}{inside}, none preferred"
        return Resolution(None, "ambiguous", "name", reason + context.doubts(), candidates=kept)
    reason = f"{gazetteer_name(best.place)} knows {quoted(name)}{context.words_of(best.place)}"
    if normalise_name(name) != normalise_name(best.place.name):
        reason += f" as {best.place.name}"
    if is_moved:
        reason += f", 1 of {len(candidates)} places of this name: the other rows are closer to it"
    elif others:
        reason += f", the most prominent of {len(candidates)} places of this name"
    words = reason + context.doubts()
    return Resolution(best.place, "located", "name", words, 1.0 / total, kept, radius_m)


def is_vague(place: Place, radius_m: float) -> bool:
    """Whether a radius is so much wider than its place that the name stays ambiguous."""
    return radius_m > _MOST_WIDER * incident_radius_m(place)


def _area_only(query: PlaceQuery, context: Context) -> Resolution:
    area = context.area()
    if area is not None:
        method = "province" if area.kind == "admin1" else "country"
        kind = "district" if context.district is not None else method
        reason = f"Only the {kind} is given{context.doubts()}"
        return Resolution(area, "located", method, reason, 1.0)
    given = query.admin1 or query.country
    known = f"No country or province named {quoted(given)} is known"
    return Resolution(None, "unlocated", "none", known if given else "No place is given")


def _fall_back(
    reason: str, area: Place | None, candidates: list[Candidate], gazetteer: Gazetteer
) -> Resolution:
    kept = tuple(candidates[:_KEPT_CANDIDATES])
    if area is None:
        return Resolution(None, "unlocated", "none", reason, candidates=kept)
    centre = at_people_centre(area, gazetteer)
    return Resolution(centre, "located", "surrounding place", reason, candidates=kept, around=area)
