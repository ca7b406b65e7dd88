"""The district that a row names, as an area round its places."""

import re
from collections.abc import Sequence

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.names.scoring import place_order
from geo.grammar.place_forms import name_forms

__all__ = ["district_reach_m", "find_district", "find_unit"]

# Words for units of the second level, as tables write them.
_UNIT = re.compile(
    r"\b(?:sub-?\s?district|district|county|municipality|agency|lga|local government area|rayon"
    r"|raion|territory|territoire|commune|zone|constituency|township|department|département|prefecture"
    r"|region|cercle|sub-?prefecture|kabupaten|markaz|mintaqat|oblast|province|canton|parish)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# A village of a district may lie so far from the point of the district, in metres.
_REACH_M, _MOST_REACH_M = 70_000.0, 150_000.0
_WIDE_M = 60_000.0
_SEAT_RADIUS_M = 45_000.0
_AREAS = ("admin2", "area")
# Districts and their seats, by their feature codes; and a town that is as large as most seats.
_UNITS = ("ADM", "PPLA", "PPLC")
_TOWN = 10_000


def find_district(
    name: str, gazetteer: Gazetteer, *, country_a3: str | None, province: Place | None
) -> Place | None:
    """District of a name in a country or province; else the town that it is named after.

    None where nobody knows the name there, or several districts far apart have it.
    """
    for said in _forms(name):
        places = [
            place
            for form in name_forms(said)
            for place in gazetteer.find(form)
            if place.kind in (*_AREAS, "settlement") and place.country_a3 == country_a3
        ]
        if province is not None:
            places = [place for place in places if place.admin1_code == province.admin1_code]
        areas = [place for place in places if place.kind in _AREAS]
        towns = [place for place in places if place.kind == "settlement"]
        # The seat tells more than a district that may be anywhere.
        sharp = [place for place in areas if (place.radius_m or 0.0) <= _WIDE_M]
        for found in (sharp, towns, areas):
            if found:
                return _as_district(_only(found))
    return None


def find_unit(name: str, gazetteer: Gazetteer, *, country_a3: str | None) -> Place | None:
    """District, or that of a town of some size, for what a row calls a province and is none.

    Provinces that are no more were often named after such a town, and what one list calls a
    province is a district in another.
    """
    found = find_district(name, gazetteer, country_a3=country_a3, province=None)
    if found is None:
        return None
    is_unit = (found.feature_code or "").startswith(_UNITS)
    return found if is_unit or found.population >= _TOWN else None


def _as_district(place: Place | None) -> Place | None:
    """A town that a district is named after stands for it, as wide as districts are."""
    if place is None or place.kind != "settlement":
        return place
    return place._replace(kind="admin2", radius_m=_SEAT_RADIUS_M)


def district_reach_m(district: Place) -> float:
    """How far a place of a district may lie from the point of the district, in metres."""
    return max(_REACH_M, min(_MOST_REACH_M, 2.0 * (district.radius_m or 0.0)))


def _forms(name: str) -> list[str]:
    without = _BRACKETS.sub("", name)
    bare = " ".join(_UNIT.sub(" ", without).split())
    return [form for form in dict.fromkeys((name, without, bare)) if form]


def _only(places: Sequence[Place]) -> Place | None:
    best = min(places, key=place_order)
    reach_m = district_reach_m(best)
    return best if all(best.distance_m(one) <= reach_m for one in places) else None
