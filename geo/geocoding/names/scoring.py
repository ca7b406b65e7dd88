"""What speaks for a place that a name can mean: features with names, each with a fitted weight.

A weight is a decadic logarithm: one more makes a place ten times as likely. The weights stand in
`weights.toml`, which `benchmarks/fit_resolution.py` writes.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.feature_codes import features as feature_codes
from geo.gazetteer.places import Place
from geo.geocoding.fitted import fitted
from geo.grammar.name_sounds import skeleton
from geo.grammar.names import normalise_name
from geo.grammar.place_forms import name_forms, states_district, states_province, states_town

__all__ = [
    "NameSaid",
    "own_features",
    "place_order",
    "priority_weight",
    "shares",
    "weigh",
    "weight_of",
]

# Larger than the distance between any two weights: who has a priority is asked first.
_PRIORITY_WEIGHT = 20.0
_RANKS = (
    {"PPLC": "capital", "PPLA": "province_seat"}
    | dict.fromkeys(("PPLA2", "PPLA3"), "district_seat")
    | dict.fromkeys(("PPLX", "PPLL", "PPLH", "PPLQ", "PPLW"), "section_or_ruin")
)
# Radius of a province of common size, in metres.
_PROVINCE_M = 100_000.0
# Places of one name come together.
_KEPT_NAMES = 10_000
# W.Va., S.C., Ont., UK
_SHORT = re.compile(r"[^\W\d_]{1,5}\.(?:\s?[^\W\d_]{1,5}\.)*|[A-Z]{2,3}")


@dataclass(frozen=True)
class NameSaid:
    """A name as a text says it: its forms and their consonants, its unit, whether it is cut short.

    `areas` are the codes of provinces and countries that bear the name.
    """

    forms: frozenset[str]
    bones: frozenset[bytes]
    unit: str
    is_short: bool
    areas: frozenset[str | None]

    @classmethod
    def of(cls, name: str, places: Iterable[Place]) -> "NameSaid":
        """What a name says to the places that carry it."""
        forms = frozenset(name_forms(name))
        unit = _stated_unit(name)
        areas = frozenset(
            place.admin1_code if place.kind == "admin1" else place.country_a3
            for place in places
            if place.kind in ("admin1", "country") and _key(place.name) in forms
        )
        bones = frozenset(map(skeleton, forms))
        return cls(forms, bones, unit, _SHORT.fullmatch(name.strip()) is not None, areas)


def _stated_unit(name: str) -> str:
    if states_province(name):
        return "admin1"
    if states_district(name):
        return "admin2"
    return "settlement" if states_town(name) else ""


def own_features(place: Place, said: NameSaid) -> dict[str, float]:
    """What speaks for a place by itself and by its name, wherever it is named; zeros left out."""
    found = _kind_features(place)
    if place.feature_code in _RANKS:
        found[_RANKS[place.feature_code]] = 1.0
    if _key(place.name) in said.forms:
        found["main_name"] = 1.0
    elif _bones(place.name) in said.bones:
        found["main_name_sounds_so"] = 1.0
    elif place.kind == "settlement":
        found["by_name_of_town"] = 1.0
    if place.kind == said.unit:
        found["stated_unit"] = 1.0
    if said.is_short and place.kind in ("country", "admin1"):
        found["abbreviation"] = 1.0
    if _is_alias_of_area(place, said):
        found["alias_of_area"] = 1.0
    return found


def _kind_features(place: Place) -> dict[str, float]:
    if place.kind == "admin2":
        return {"admin2" if place.feature_code in (None, "ADM2") else "admin3": 1.0}
    if place.kind != "settlement":
        code = feature_codes().get(place.feature_code or "")
        # GeoNames has each stream and hill; the other gazetteers hold only what the press names.
        if code is not None and place.place_id.startswith("geonames:"):
            return {"geonames_thing": 1.0, "feature_code": code.weight}
        if place.kind == "admin1" and place.radius_m:
            return {"admin1": 1.0, "log_extent": math.log10(place.radius_m / _PROVINCE_M)}
        return {place.kind: 1.0}
    if place.population > 0:
        return {"log_population": math.log10(place.population + 1)}
    return {"unknown_population": 1.0}


def _is_alias_of_area(place: Place, said: NameSaid) -> bool:
    """Whether a settlement has the name of its province or country by the way: Oklahoma (City)."""
    if place.kind != "settlement" or said.areas.isdisjoint((place.admin1_code, place.country_a3)):
        return False
    # Another spelling of its own name is none: Ta'izz is Taiz.
    return _bones(place.name) not in said.bones


@lru_cache(maxsize=_KEPT_NAMES)
def _key(name: str) -> str:
    return normalise_name(name)


@lru_cache(maxsize=_KEPT_NAMES)
def _bones(name: str) -> bytes:
    return skeleton(_key(name))


def weigh(found: Mapping[str, float]) -> float:
    """Sum of the weights of features."""
    known = fitted("features")
    return sum(known[name] * value for name, value in found.items())


def weight_of(feature: str) -> float:
    """Weight of one feature."""
    return fitted("features")[feature]


def priority_weight(place: Place) -> float:
    """What the priority of a user's own gazetteer adds."""
    return _PRIORITY_WEIGHT * place.priority


def place_order(place: Place) -> tuple[bool, int, str]:
    """Sort key: units before towns, the larger towns first."""
    return place.kind == "settlement", -place.population, place.place_id


def shares(weighed: Sequence[float]) -> list[float]:
    """Probabilities of places with these weights; they add up to 1.

    Examples
    --------
    >>> shares([1.0, 0.0])
    [0.9090909090909091, 0.09090909090909091]
    """
    best = max(weighed, default=0.0)
    powers = [10.0 ** (one - best) for one in weighed]
    total = sum(powers)
    return [power / total for power in powers]
