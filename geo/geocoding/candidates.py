"""Which places a name can mean, and how much speaks for each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo.gazetteer.places import Gazetteer, Place
from geo.grammar.names import normalise_name
from geo.grammar.place_forms import name_forms, states_province

__all__ = ["Candidate", "find_country", "find_province", "rank"]

# Entries this close to a better one of the same country are that place once more.
_SAME_PLACE_M = 25_000.0
_KIND_WEIGHT = {
    "country": 8.0,
    "site": 6.0,
    "area": 6.0,
    "water": 6.0,
    "line": 6.0,
    "admin1": 4.0,
    "admin2": 3.0,
}
_FEATURE_WEIGHT = {"PPLC": 1.0, "PPLA": 0.5, "PPLX": -1.0, "PPLH": -1.0, "PPLQ": -1.0, "PPLW": -1.0}
_MAIN_NAME_WEIGHT = 1.0
_PROVINCE_WORD_WEIGHT = 6.0
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
    its main one, or its country being among the likely ones (ISO 3166-1 alpha-3).
    """
    forms, province = set(name_forms(name)), states_province(name)
    namesakes = {
        place.admin1_code
        for place in places
        if place.kind == "admin1" and normalise_name(place.name) in forms
    }
    candidates = sorted(
        (
            Candidate(
                place,
                _weight(place, forms, province=province)
                + _LIKELY_WEIGHT * (place.country_a3 in likely)
                - _ALIAS_OF_PROVINCE_WEIGHT * _is_alias_of_province(place, forms, namesakes),
            )
            for place in places
        ),
        key=lambda candidate: (-candidate.weight, candidate.place.place_id),
    )
    distinct: list[Candidate] = []
    for candidate in candidates:
        if not any(_same_place(candidate.place, better.place) for better in distinct):
            distinct.append(candidate)
    return distinct


def find_country(name: str, gazetteer: Gazetteer) -> Place | None:
    """Country of a name or ISO 3166-1 alpha-3 code, or a region that lies in one country."""
    countries = _of_kind("country", name, gazetteer) or [
        region for region in _of_kind("area", name, gazetteer) if region.country_a3
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


def _weight(place: Place, forms: set[str], *, province: bool) -> float:
    weight = _KIND_WEIGHT.get(place.kind)
    if weight is None:
        weight = math.log10(place.population + 1) + _FEATURE_WEIGHT.get(place.feature_code or "", 0)
    if normalise_name(place.name) in forms:
        weight += _MAIN_NAME_WEIGHT
    if province and place.kind == "admin1":
        weight += _PROVINCE_WORD_WEIGHT
    return weight


def _is_alias_of_province(place: Place, forms: set[str], provinces: set[str | None]) -> bool:
    """Whether a settlement carries the name of its province by the way: Oklahoma (City)."""
    is_alias = normalise_name(place.name) not in forms
    return place.kind == "settlement" and is_alias and place.admin1_code in provinces


def _same_place(place: Place, better: Place) -> bool:
    if place.country_a3 != better.country_a3:
        return False
    # A province and its seat share a name; the better of the two stands for both.
    if "admin1" in (place.kind, better.kind) and place.admin1_code == better.admin1_code:
        return place.admin1_code is not None
    return place.distance_m(better) <= _SAME_PLACE_M
