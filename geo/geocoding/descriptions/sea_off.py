"""Sea off a country, a province or a town, and the land along it."""

import math
from functools import lru_cache

import shapely
import shapely.ops
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.places import Place
from geo.geocoding.descriptions.border_zones import neighbours
from geo.geocoding.descriptions.parts import extent, main_body
from geo.geocoding.shapes.footprints import common_area, deepest_point, disc, ring
from geo.geocoding.shapes.outlines import cut_at_180, together
from geo.geocoding.shapes.planes import broadened, planes, projected
from geo.grammar.distances import Distance
from geo.reference.land import land_of_country, sea_of_country

__all__ = ["land_by_the_sea", "point_off", "sea_off"]

# Off a town means within this distance, off a province within the territorial sea.
_TOWN_M, _TERRITORIAL_SEA_M = 24_000.0, 22_224.0
# Up to this distance only the country's own sea counts.
_OWN_SEA_M = 20_000.0
# As far as "on the coast" reaches inland.
_BY_SEA_M = 10_000.0
_KEPT = 64
_METRES_PER_DEGREE = 111_000.0
# Width of the line on which a point at a stated distance lies, as a share of the distance.
_LINE_SHARE = 0.02
# Bends of a coast that are smaller than this share of the distance do not matter.
_SIMPLIFY_SHARE = 0.05
_AREAS = frozenset({"country", "admin1"})


@lru_cache(maxsize=_KEPT)
def sea_off(place: Place, radius_m: float, distance: Distance | None) -> BaseGeometry | None:
    """Sea off a place, at the stated distance; None where there is none.

    Off a country it is its territorial sea unless a distance is stated, off a town the sea within
    24 km.

    Parameters
    ----------
    place
        Country, province or town.
    radius_m
        How far the place itself reaches, in metres.
    distance
        How far off; None where nobody says.
    """
    if place.country_a3 is None:
        return None
    sea = sea_of_country(place.country_a3)
    if sea is None:
        return None
    if place.kind in _AREAS:
        return _off_area(place, distance) if distance or place.kind == "admin1" else sea
    least_m, most_m = distance.reach_m if distance else (0.0, _TOWN_M)
    round_it = disc(place.lon, place.lat, radius_m + most_m)
    if distance is None:
        return common_area(round_it, shapely.clip_by_rect(sea, *round_it.bounds))
    if distance.metres <= _OWN_SEA_M:
        round_it = common_area(round_it, shapely.clip_by_rect(sea, *round_it.bounds)) or round_it
    band = _at_distance(round_it, place.country_a3, distance)
    # Some count from the coast, some from the town.
    round_town = ring(place.lon, place.lat, least_m - radius_m, radius_m + most_m)
    from_town = common_area(round_it, round_town)
    either = [area for area in (band, from_town) if area is not None]
    return _without_land(shapely.union_all(either), place.country_a3)


@lru_cache(maxsize=_KEPT)
def point_off(place: Place, area: BaseGeometry, distance: Distance | None) -> shapely.Point:
    """Point that stands for the sea off a place, as far off the coast as is said.

    Parameters
    ----------
    place
        Country, province or town.
    area
        Its sea, as `sea_off` gives it.
    distance
        How far off; None where nobody says.
    """
    if distance is None or place.kind in _AREAS or place.country_a3 is None:
        return deepest_point(area)
    least_m, most_m = distance.reach_m
    told_m = distance.metres if distance.bound == "about" else (least_m + most_m) / 2
    line = _at_distance(area, place.country_a3, Distance(told_m, _LINE_SHARE * told_m))
    if line is None:
        return deepest_point(area)
    return shapely.ops.nearest_points(line, shapely.Point(place.lon, place.lat))[0]


def _at_distance(area: BaseGeometry, country_a3: str, distance: Distance) -> BaseGeometry | None:
    """What of an area lies at a distance from the coast of a country; None where nothing does."""
    least_m, most_m = distance.reach_m
    land = land_of_country(country_a3)
    if land is None:
        return None
    west, south, east, north = area.bounds
    reach = most_m / _METRES_PER_DEGREE
    wide = reach / max(math.cos(math.radians((south + north) / 2)), 0.1)
    near = shapely.clip_by_rect(land, west - wide, south - reach, east + wide, north + reach)
    to_local, to_wgs84 = planes(together(area).centroid)
    land_m = projected(shapely.make_valid(near), to_local).simplify(most_m * _SIMPLIFY_SHARE / 5)
    band_m: BaseGeometry = broadened(land_m, most_m)
    if least_m > 0.0:
        band_m = band_m.difference(broadened(land_m, least_m))
    band = shapely.make_valid(projected(band_m, to_wgs84))
    return common_area(area, band)


@lru_cache(maxsize=_KEPT)
def land_by_the_sea(place: Place) -> BaseGeometry | None:
    """Land of a country or province within 10 km of its sea; None where it has none."""
    land = extent(place)
    sea = sea_of_country(place.country_a3) if place.country_a3 else None
    if land is None or sea is None:
        return None
    body = main_body(land, shapely.Point(place.lon, place.lat))
    west, south, east, north = body.bounds
    sea = shapely.clip_by_rect(sea, west - 1.0, south - 1.0, east + 1.0, north + 1.0)
    if sea.is_empty:
        return None
    to_local, to_wgs84 = planes(together(body).centroid)
    near_m = projected(together(sea), to_local).simplify(_BY_SEA_M * _SIMPLIFY_SHARE)
    near = shapely.make_valid(projected(near_m.buffer(_BY_SEA_M), to_wgs84))
    return common_area(land, near)


@lru_cache(maxsize=_KEPT)
def _off_area(place: Place, distance: Distance | None) -> BaseGeometry | None:
    """Sea at a distance from the coast of a country or province."""
    land = extent(place)
    if land is None or place.country_a3 is None:
        return None
    least_m, most_m = distance.reach_m if distance else (0.0, _TERRITORIAL_SEA_M)
    body = together(main_body(land, shapely.Point(place.lon, place.lat)))
    to_local, to_wgs84 = planes(body.centroid)
    land_m = projected(body, to_local).simplify(most_m * _SIMPLIFY_SHARE)
    band_m: BaseGeometry = broadened(land_m, most_m)
    if least_m > 0.0:
        band_m = band_m.difference(broadened(land_m, least_m))
    band = shapely.make_valid(projected(band_m.simplify(most_m * _SIMPLIFY_SHARE), to_wgs84))
    return _without_land(cut_at_180(band), place.country_a3)


def _without_land(area: BaseGeometry, country_a3: str) -> BaseGeometry | None:
    """What of an area is at sea: neither the country's land nor that of its neighbours."""
    for code in (country_a3, *neighbours(country_a3)):
        land = land_of_country(code)
        if land is not None:
            # What a cut along bounds leaves may touch itself.
            near = shapely.make_valid(shapely.clip_by_rect(land, *area.bounds))
            area = shapely.make_valid(area).difference(near)
    return common_area(area, area)
