"""A row whose text and columns put its place into different countries."""

from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.names.candidates import Candidate, find_country
from geo.geocoding.names.context import PlaceQuery, context_of
from geo.geocoding.names.resolution import Resolution
from geo.geocoding.uncertainty import mixed_radius_m
from geo.grammar.names import normalise_name

__all__ = ["contradicted_by_text", "doubted", "prominent_elsewhere"]

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
    candidates = {one.place.place_id: one for one in reversed(known)}
    places = [one.place for one in (reading, other) if one.place is not None]
    radius_m = mixed_radius_m([(place, 1.0 / len(places)) for place in places]) if places else None
    return replace(
        reading if reading.place is not None else other,
        status="suspicious",
        finding=f"{why}. {reading.finding}",
        score=None,
        candidates=tuple(reversed(candidates.values())),
        radius_m=radius_m,
    )
