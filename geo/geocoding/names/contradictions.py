"""A row whose text and columns put its place into different countries or provinces."""

from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.names.candidates import Candidate, find_country, find_named
from geo.geocoding.names.context import Context, PlaceQuery, context_of
from geo.geocoding.names.people_centre import at_people_centre
from geo.geocoding.names.resolution import Resolution
from geo.geocoding.uncertainty import mixed_radius_m, place_radius_m
from geo.geocoding.wording import quoted
from geo.grammar.names import normalise_name

__all__ = [
    "contradicted_by_text",
    "doubted",
    "far_from_province",
    "in_two_provinces",
    "prominent_elsewhere",
    "province_by_text",
]

_CITY = 15_000
_AREAS = frozenset({"country", "admin1"})


def contradicted_by_text(query: PlaceQuery, parts: Sequence[str], gazetteer: Gazetteer) -> str:
    """Name of the country that the text states, where the columns state another; else empty."""
    if not query.country or len(parts) < 2:
        return ""
    stated = find_country(query.country, gazetteer)
    said = context_of(PlaceQuery(query.text), parts[1:], gazetteer)
    area = said.country or said.province
    if stated is None or area is None or area.country_a3 in (None, stated.country_a3):
        return ""
    return area.name


def province_by_text(query: PlaceQuery, parts: Sequence[str], gazetteer: Gazetteer) -> Place | None:
    """Province that the text states, where the columns state another; else None."""
    if not query.admin1 or len(parts) < 2:
        return None
    column: Place | None = None
    for part in reversed(parts[1:]):
        named = find_named(part, gazetteer, _provinces)
        column = column or (context_of(query, [], gazetteer).province if named else None)
        of_country = [one for one in named if column and one.country_a3 == column.country_a3]
        if column is None or not of_country:
            continue
        is_same = any(one.admin1_code == column.admin1_code for one in of_country)
        return None if is_same else of_country[0]
    return None


def _provinces(places: list[Place]) -> list[Place]:
    return [place for place in places if place.kind == "admin1"]


def in_two_provinces(by_text: Resolution, by_columns: Resolution, said: Place) -> bool:
    """Whether text and columns mean two places; the one of the text lies where the text says."""
    one, other = by_text.place, by_columns.place
    if one is None or other is None or by_text.method != "name":
        return False
    return one.place_id != other.place_id and one.admin1_code == said.admin1_code


def far_from_province(
    query: PlaceQuery, context: Context, found: Resolution, gazetteer: Gazetteer
) -> Resolution:
    """The resolution, in doubt where it lies well outside of the province of the columns.

    Gazetteers disagree on the provinces of places near their borders.
    """
    place, province = found.place, context.province
    if not query.admin1 or place is None or province is None or not context.strays(place):
        return found
    if place.kind != "admin1" and place.distance_m(province) <= place_radius_m(province):
        return found
    around = at_people_centre(province, gazetteer)
    other = Resolution(around, "located", "surrounding place", "")
    return doubted(found, other, f"The column of the province says {quoted(query.admin1)}")


def prominent_elsewhere(name: str, candidates: Sequence[Candidate]) -> Place | None:
    """City, province or country of just this name that lies elsewhere; None if there is none."""
    for one in candidates[:1]:
        place = one.place
        is_large = place.kind in _AREAS or place.population >= _CITY
        if is_large and normalise_name(place.name) == normalise_name(name):
            return place
    return None


def doubted(reading: Resolution, other: Resolution, why: str) -> Resolution:
    """A reading that another one contradicts, with both, and a radius that reaches both."""
    known = [*reading.candidates[:2], *other.candidates[:2]]
    known += [Candidate(one.place, 0.0) for one in (reading, other) if one.place is not None]
    candidates: dict[str, Candidate] = {}
    for one in known:
        candidates.setdefault(one.place.place_id, one)
    places = [one.place for one in (reading, other) if one.place is not None]
    radius_m = mixed_radius_m([(place, 1.0 / len(places)) for place in places]) if places else None
    return replace(
        reading if reading.place is not None else other,
        status="suspicious",
        finding=f"{why}. {reading.finding}",
        score=None,
        candidates=tuple(candidates.values()),
        radius_m=radius_m,
    )
