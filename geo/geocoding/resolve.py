"""From a place as a row states it to the one place it means, or a reason why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.candidates import Candidate, find_country, find_province, rank
from geo.grammar.names import normalise_name
from geo.grammar.place_forms import name_forms

__all__ = ["PlaceQuery", "Resolution", "resolve_place"]

# The best candidate must outweigh the next one five to one.
_CLEAR_LEAD = 0.7
_KEPT_CANDIDATES = 5
_GAZETTEERS = {
    "curated": "The list of sites",
    "geonames": "GeoNames",
    "ne": "Natural Earth",
}


@dataclass(frozen=True)
class PlaceQuery:
    """A place as a row states it; empty where the row says nothing.

    `likely` are ISO 3166-1 alpha-3 codes of countries that the surroundings speak of.
    """

    text: str = ""
    country: str = ""
    admin1: str = ""
    likely: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resolution:
    """What a query means. `place` is None unless the status is `located`."""

    place: Place | None
    status: str
    method: str
    reason: str
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class _Context:
    country: Place | None
    province: Place | None
    unknown: str = ""

    def area(self) -> Place | None:
        return self.province or self.country

    def doubts(self) -> str:
        """What the row calls its country or province, and nobody knows."""
        return f"; no country or province named “{self.unknown}” is known" if self.unknown else ""

    def words(self) -> str:
        area = self.area()
        return f" in {area.name}" if area else ""


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
    parts = [part.strip() for part in query.text.split(",") if part.strip()]
    if not parts:
        return _area_only(query, _context(query, [], gazetteer))
    name, *rest = parts
    context = _context(query, rest, gazetteer)
    everywhere = _find(name, gazetteer)
    here = _inside(everywhere, context)
    if here:
        return _choose(name, rank(name, here, likely=query.likely), context)
    reason = f"No place named “{name}” is known{context.words()}"
    reason += context.doubts()
    if everywhere:
        countries = sorted({place.country_a3 for place in everywhere if place.country_a3})
        reason += f", only in {', '.join(countries)}"
    surrounding = _surrounding(query, rest, gazetteer)
    return _fall_back(reason, surrounding or context.area(), rank(name, everywhere))


def _surrounding(query: PlaceQuery, rest: list[str], gazetteer: Gazetteer) -> Place | None:
    """The first place among what follows the comma that is found without doubt."""
    for position, name in enumerate(rest, start=1):
        context = _context(query, rest[position:], gazetteer)
        places = _inside(_find(name, gazetteer), context)
        if places:
            place = _choose(name, rank(name, places, likely=query.likely), context).place
            if place is not None:
                return place
    return None


def _context(query: PlaceQuery, parts: list[str], gazetteer: Gazetteer) -> _Context:
    """Country and province of the columns, else of what follows the comma."""
    country = find_country(query.country, gazetteer) if query.country else None
    # What stands in the country column and is no country may be a province.
    province_name = query.admin1 or ("" if country else query.country)
    for part in reversed(parts):
        found = None if country else find_country(part, gazetteer)
        country = country or found
        if found is None and not province_name:
            province_name = part
    if not province_name:
        return _Context(country, None)
    code = country.country_a3 if country else None
    province = find_province(province_name, gazetteer, country_a3=code)
    is_stated = province_name in (query.admin1, query.country)
    return _Context(country, province, province_name if is_stated and not province else "")


def _find(name: str, gazetteer: Gazetteer) -> list[Place]:
    for form in name_forms(name):
        if places := gazetteer.find(form):
            return places
    return []


def _inside(places: Sequence[Place], context: _Context) -> list[Place]:
    country = context.country or context.province
    if country is not None:
        # Seas and regions across borders belong to no country, and contradict none.
        places = [place for place in places if place.country_a3 in (None, country.country_a3)]
    if context.province is not None:
        code = context.province.admin1_code
        places = [place for place in places if place.admin1_code == code] or places
    return list(places)


def _choose(name: str, candidates: list[Candidate], context: _Context) -> Resolution:
    best, *others = candidates
    total = sum(10.0 ** (candidate.weight - best.weight) for candidate in candidates)
    kept = tuple(candidates[:_KEPT_CANDIDATES])
    if others and others[0].weight > best.weight - _CLEAR_LEAD:
        reason = f"{len(candidates)} places named “{name}”{context.words()}, none preferred"
        return Resolution(None, "ambiguous", "name", reason + context.doubts(), candidates=kept)
    reason = f"{_gazetteer_of(best.place)} knows “{name}”{context.words()}"
    if normalise_name(name) != normalise_name(best.place.name):
        reason += f" as {best.place.name}"
    if others:
        reason += f", the most prominent of {len(candidates)} places of this name"
    words = reason + context.doubts()
    return Resolution(best.place, "located", "name", words, 1.0 / total, kept)


def _gazetteer_of(place: Place) -> str:
    return _GAZETTEERS.get(place.place_id.partition(":")[0], "The gazetteer")


def _area_only(query: PlaceQuery, context: _Context) -> Resolution:
    area = context.area()
    if area is not None:
        kind = "province" if area.kind == "admin1" else "country"
        return Resolution(area, "located", kind, f"Only the {kind} is given", 1.0)
    given = query.admin1 or query.country
    reason = f"No country or province named “{given}” is known" if given else "No place is given"
    return Resolution(None, "unlocated", "none", reason)


def _fall_back(reason: str, area: Place | None, candidates: list[Candidate]) -> Resolution:
    kept = tuple(candidates[:_KEPT_CANDIDATES])
    if area is None:
        return Resolution(None, "unlocated", "none", reason, candidates=kept)
    words = f"{reason}; placed by {area.name} around it"
    return Resolution(area, "located", "surrounding place", words, candidates=kept)
