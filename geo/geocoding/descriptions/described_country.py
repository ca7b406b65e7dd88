"""In which country a described place lies: where its point is, unless the row names another."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.places import Gazetteer
from geo.geocoding.coordinates.position_checks import country_at
from geo.geocoding.descriptions.described import DescribedPlace, changed
from geo.geocoding.names.candidates import find_country, named_country
from geo.geocoding.names.context import PlaceQuery
from geo.grammar.location_tree import Description, Named
from geo.reference.land import land_of_country

__all__ = ["InCountry", "in_country", "names_in", "stated_countries"]

# Less of an area in a country is an error of the line between two.
_LEAST_SHARE = 0.05
# Rows of a table speak of the same surroundings again and again.
_AROUND_DEG, _KEPT = 0.25, 4_096
# Anchor and point are one spot.
_SAME_SPOT_DEG = 1e-6


@dataclass(frozen=True)
class InCountry:
    """A described place with the country it lies in, and why that contradicts the row, if so."""

    place: DescribedPlace
    fault: str | None = None


def in_country(found: DescribedPlace, stated: frozenset[str], gazetteer: Gazetteer) -> InCountry:
    """The place with the country of its point, cut to the one country that the row names.

    Parameters
    ----------
    found
        Where a description leads.
    stated
        ISO 3166-1 alpha-3 codes of the countries that the row names.
    gazetteer
        Its settlements tell where no border is near.
    """
    area, anchor = found.footprint, found.anchor
    if area is None or anchor is None or found.country_a3 is None:
        return InCountry(found)
    if shapely.Point(anchor.lon, anchor.lat).dwithin(found.point, _SAME_SPOT_DEG):
        # Of a town on a border the gazetteer knows the side.
        return InCountry(found)
    own = {found.country_a3}
    # The map of the countries takes longer to load than all the rest.
    is_inland = stated <= own and _settled_by(_degrees_around(area), gazetteer) == own
    code = found.country_a3 if is_inland else country_at(found.point.x, found.point.y)
    if code is None or code == found.country_a3 or code in stated:
        return InCountry(replace(found, country_a3=code or found.country_a3))
    if len(stated) == 1:
        return _cut(found, next(iter(stated)), code)
    if _degrees2(area, code) < _degrees2(area, found.country_a3):
        return InCountry(found)
    words = f"{found.reason}; that lies in {code}, not in {found.country_a3}"
    return InCountry(replace(found, country_a3=code, reason=words))


def stated_countries(
    query: PlaceQuery, description: Description, gazetteer: Gazetteer
) -> frozenset[str]:
    """Countries that the column states, or the text behind a name.

    Parameters
    ----------
    query
        The place as a row states it.
    description
        What its text says.
    gazetteer
        Where countries are looked up.
    """
    column = find_country(query.country, gazetteer) if query.country else None
    behind = (name for named in names_in(description) for name in named.names[1:])
    found = [column, *(named_country(name, gazetteer) for name in behind)]
    return frozenset(one.country_a3 for one in found if one is not None and one.country_a3)


def names_in(part: object) -> Iterator[Named]:
    """Names in a description, in the order of its words."""
    if isinstance(part, Named):
        yield part
    elif is_dataclass(part):
        for one in fields(part):
            yield from names_in(getattr(part, one.name))


def _cut(found: DescribedPlace, stated: str, code: str) -> InCountry:
    """What of a place lies in the stated country, where enough of it does."""
    area = found.footprint
    inside = _land_within(area, stated) if area is not None and area.area > 0.0 else None
    if area is None or inside is None or inside.area < _LEAST_SHARE * area.area:
        fault = f"The row states {stated}, but what it describes lies in {code}"
        return InCountry(replace(found, country_a3=code), fault)
    cut = changed(found, inside, found.precision, f"only what lies in {stated}")
    return InCountry(replace(cut, country_a3=stated))


def _degrees_around(area: BaseGeometry) -> tuple[float, float, float, float]:
    west, south, east, north = area.bounds
    return (
        (math.floor(west / _AROUND_DEG) - 1) * _AROUND_DEG,
        (math.floor(south / _AROUND_DEG) - 1) * _AROUND_DEG,
        (math.ceil(east / _AROUND_DEG) + 1) * _AROUND_DEG,
        (math.ceil(north / _AROUND_DEG) + 1) * _AROUND_DEG,
    )


@lru_cache(maxsize=_KEPT)
def _settled_by(
    bounds: tuple[float, float, float, float], gazetteer: Gazetteer
) -> frozenset[str | None]:
    return frozenset(gazetteer.countries_within(bounds))


def _land_within(area: BaseGeometry, code: str) -> BaseGeometry | None:
    """What of an area is land of a country."""
    land = land_of_country(code)
    if land is None:
        return None
    near = shapely.make_valid(shapely.clip_by_rect(land, *area.bounds))
    return shapely.intersection(area, near)


def _degrees2(area: BaseGeometry, code: str) -> float:
    """Size of what of an area is land of a country, in square degrees: enough to compare."""
    inside = _land_within(area, code)
    return 0.0 if inside is None else float(inside.area)
