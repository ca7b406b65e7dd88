"""Zones along borders and off coasts, cut to the side that is meant."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.places import Place
from geo.geocoding.footprints import best_point, farthest_m, ring
from geo.geodesy import Floats
from geo.grammar.bearings import Distance
from geo.reference.land import land_of_country, sea_of_country
from geo.reference.lines import border_arcs, borders
from geo.reference.views import line_pairs, view

__all__ = ["Zone", "border_zone", "neighbours", "sea_off"]

# Vertices this close to a straight line say nothing that a band of this width could promise.
_SIMPLIFY_SHARE = 0.02
_KEPT = 64
# Within the territorial sea only the country's own water counts.
_TERRITORIAL_SEA_M = 20_000.0


@dataclass(frozen=True)
class Zone:
    """Area with its best point, EPSG:4326, and the radius round it that holds the area, metres."""

    area: BaseGeometry
    point: shapely.Point
    radius_m: float


@lru_cache(maxsize=_KEPT)
def border_zone(
    pair: tuple[str, str],
    side: str | None,
    distance: Distance,
    inside: BaseGeometry | None = None,
) -> Zone | None:
    """Land near a border, or at a distance from it.

    Parameters
    ----------
    pair
        The two countries of the border (ISO 3166-1 alpha-3), in any order.
    side
        Country on whose side it lies; None for both.
    distance
        How far; as a limit, all land up to it.
    inside
        Area outside of which nothing is meant, EPSG:4326.

    Returns
    -------
    Zone
        None where nothing is left.

    Raises
    ------
    PlaceNotFoundError
        The two countries share no land border.

    Notes
    -----
    Source: the line is OpenStreetMap's; the band is drawn in an azimuthal equidistant projection
    centred on it.
    """
    lines = np.asarray(borders(between=pair).geometry)
    line: BaseGeometry = shapely.line_merge(shapely.union_all(lines))
    if inside is not None:
        # Only the stretch that is near counts, in a plane of its own.
        west, south, east, north = inside.bounds
        reach = 1.0 + (distance.metres + distance.error_m) / 50_000.0
        near = shapely.clip_by_rect(line, west - reach, south - reach, east + reach, north + reach)
        if near.is_empty:
            return None
        line = near
    middle = line.representative_point()
    local = CRS.from_proj4(f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +datum=WGS84")
    to_local = Transformer.from_crs(4326, local, always_xy=True)
    to_wgs84 = Transformer.from_crs(local, 4326, always_xy=True)
    reach_m = distance.metres + distance.error_m
    line_m = _projected(line, to_local).simplify(reach_m * _SIMPLIFY_SHARE)
    band_m: BaseGeometry = line_m.buffer(reach_m)
    if not distance.is_limit and distance.metres > distance.error_m:
        band_m = band_m.difference(line_m.buffer(distance.metres - distance.error_m))
    band = _projected(band_m.simplify(reach_m * _SIMPLIFY_SHARE), to_wgs84)
    lands = [land_of_country(code) for code in ((side,) if side else pair)]
    area: BaseGeometry = shapely.intersection(shapely.make_valid(band), shapely.union_all(lands))
    if inside is not None:
        area = area.intersection(inside)
    parts = [part for part in shapely.get_parts(area) if part.area > 0]
    return _zone(shapely.union_all(parts)) if parts else None


def neighbours(country_a3: str) -> tuple[str, ...]:
    """Countries with a land border with a country (ISO 3166-1 alpha-3), in alphabetical order."""
    point_of_view = view("default")
    pairs = line_pairs(point_of_view).pair[border_arcs(point_of_view)]
    sides = (pair.split("-") for pair in set(pairs))
    return tuple(
        sorted({code for two in sides if country_a3 in two for code in two} - {country_a3})
    )


def sea_off(place: Place, radius_m: float, distance: Distance) -> BaseGeometry | None:
    """Sea off a place: off a country its territorial sea, else the sea at the stated distance.

    Parameters
    ----------
    place
        Country, province or town.
    radius_m
        How far the place itself reaches, in metres.
    distance
        How far off.
    """
    if place.country_a3 is None:
        return None
    sea = sea_of_country(place.country_a3)
    if sea is None:
        return None
    if place.kind == "country":
        return sea
    inner_m = distance.metres - distance.error_m - radius_m
    round_it = ring(place.lon, place.lat, inner_m, radius_m + distance.metres + distance.error_m)
    if distance.metres <= _TERRITORIAL_SEA_M:
        area = round_it.intersection(shapely.clip_by_rect(sea, *round_it.bounds))
    else:
        land = shapely.clip_by_rect(land_of_country(place.country_a3), *round_it.bounds)
        area = round_it if land is None else round_it.difference(land)
    return area if area.area > 0 else None


def _zone(area: BaseGeometry) -> Zone:
    point = best_point(area)
    return Zone(area, point, farthest_m(point, area))


def _projected(shape: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    def project(vertices: Floats) -> Floats:
        return np.column_stack(transformer.transform(*vertices.T))

    return shapely.transform(shape, project)
