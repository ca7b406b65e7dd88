"""Which places a name can mean, and how much speaks for each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo.gazetteer.feature_codes import features
from geo.gazetteer.places import Gazetteer, Place
from geo.grammar.name_sounds import skeleton
from geo.grammar.names import normalise_name
from geo.grammar.place_forms import name_forms, states_district, states_province

__all__ = ["Candidate", "find_country", "find_province", "rank", "same_place"]

# Entries this close to a better one of the same country are that place once more.
_SAME_PLACE_M = 25_000.0
# No degree of latitude is as short as this makes it.
_SAME_PLACE_DEG = _SAME_PLACE_M / 110_000.0
# Larger than the distance between any two weights: who has a priority is asked first.
_PRIORITY_WEIGHT = 20.0
_KIND_WEIGHT = {
    "country": 8.0,
    "site": 6.0,
    "area": 6.0,
    "water": 6.0,
    "line": 6.0,
    "admin1": 4.0,
}
_FEATURE_WEIGHT = {"PPLC": 1.0, "PPLA": 0.5, "PPLX": -1.0, "PPLH": -1.0, "PPLQ": -1.0, "PPLW": -1.0}
_MAIN_NAME_WEIGHT = 1.0
_UNIT_WORD_WEIGHT = 6.0
_DISTRICT_WEIGHT = -3.0
_LIKELY_WEIGHT = 2.0
_ALIAS_OF_PROVINCE_WEIGHT = 3.0


@dataclass(frozen=True)
class Candidate:
    """A place that a name can mean; the weight is a decadic logarithm."""

    place: Place
    weight: float


def rank(name: str, places: Sequence[Place], *, likely: Sequence[str] = ()) -> list[Candidate]:
    """Distinct places among those that carry a name, the likeliest first.

    Kind, population and rank as a seat of government speak for a place, and so does the name being
    its main one, or its country being among the likely ones (ISO 3166-1 alpha-3). The priority of a
    user's own gazetteer decides before all that.
    """
    forms, unit = set(name_forms(name)), _stated_unit(name)
    namesakes = {
        place.admin1_code
        for place in places
        if place.kind == "admin1" and normalise_name(place.name) in forms
    }
    candidates = sorted(
        (
            Candidate(
                place,
                _weight(place, forms, unit=unit)
                + _LIKELY_WEIGHT * (place.country_a3 in likely)
                - _ALIAS_OF_PROVINCE_WEIGHT * _is_alias_of_province(place, forms, namesakes),
            )
            for place in _without_districts(places, unit)
        ),
        key=lambda candidate: (-candidate.weight, candidate.place.place_id),
    )
    distinct: list[Candidate] = []
    for candidate in candidates:
        if not any(same_place(candidate.place, better.place) for better in distinct):
            distinct.append(candidate)
    return distinct


def find_country(name: str, gazetteer: Gazetteer) -> Place | None:
    """Country of a name or ISO 3166-1 alpha-3 code, or a region that lies in one country.

    GeoNames' areas, which bear the names of provinces and towns, do not stand for a country.
    """
    countries = _of_kind("country", name, gazetteer) or [
        region
        for region in _of_kind("area", name, gazetteer)
        if region.country_a3 and not region.place_id.startswith("geonames:")
    ]
    return countries[0] if countries else None


def find_province(name: str, gazetteer: Gazetteer, *, country_a3: str | None) -> Place | None:
    """Province of a name, if only one, or only one of the country, has it."""
    provinces = _of_kind("admin1", name, gazetteer)
    if country_a3 is not None:
        provinces = [place for place in provinces if place.country_a3 == country_a3]
    return provinces[0] if len(provinces) == 1 else None


def _of_kind(kind: str, name: str, gazetteer: Gazetteer) -> list[Place]:
    for form in name_forms(name):
        places = [place for place in gazetteer.find(form) if place.kind == kind]
        if places:
            return places
    return []


def _stated_unit(name: str) -> str:
    if states_province(name):
        return "admin1"
    return "admin2" if states_district(name) else ""


def _without_districts(places: Sequence[Place], unit: str) -> list[Place]:
    """Places without the districts that bear their name, unless the text says "district"."""
    kept = [place for place in places if place.kind != "admin2" or place.priority > 0]
    return kept if kept and unit != "admin2" else list(places)


def _weight(place: Place, forms: set[str], *, unit: str) -> float:
    weight = _PRIORITY_WEIGHT * place.priority + _kind_weight(place)
    if normalise_name(place.name) in forms:
        weight += _MAIN_NAME_WEIGHT
    if place.kind == unit:
        weight += _UNIT_WORD_WEIGHT
    return weight


def _kind_weight(place: Place) -> float:
    if place.kind == "settlement":
        return math.log10(place.population + 1) + _FEATURE_WEIGHT.get(place.feature_code or "", 0)
    # GeoNames has each stream and hill; the other gazetteers hold only what the press names.
    if place.place_id.startswith("geonames:") and place.feature_code in features():
        return features()[place.feature_code].weight
    return _KIND_WEIGHT.get(place.kind, _DISTRICT_WEIGHT)


def _is_alias_of_province(place: Place, forms: set[str], provinces: set[str | None]) -> bool:
    """Whether a settlement carries the name of its province by the way: Oklahoma (City)."""
    if place.kind != "settlement" or place.admin1_code not in provinces:
        return False
    # Another spelling of its own name is none: Ta'izz is Taiz.
    bones = skeleton(normalise_name(place.name))
    return all(skeleton(form) != bones for form in forms)


def same_place(place: Place, better: Place) -> bool:
    """Whether two entries are one place, of which the better one stands for both."""
    if place.place_id == better.place_id:
        return True
    if place.country_a3 != better.country_a3:
        return False
    # A province or district and its seat share a name; the better of the two stands for both.
    has_unit = {"admin1", "admin2"} & {place.kind, better.kind}
    if has_unit and place.admin1_code == better.admin1_code:
        return place.admin1_code is not None
    is_far = abs(place.lat - better.lat) > _SAME_PLACE_DEG
    return not is_far and place.distance_m(better) <= _SAME_PLACE_M
