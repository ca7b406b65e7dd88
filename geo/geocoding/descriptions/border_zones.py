"""Zones along borders, cut to the side that is meant."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import PlaceNotFoundError
from geo.geocoding.shapes.footprints import best_point, common_area, farthest_m
from geo.geocoding.shapes.planes import broadened, planes, projected
from geo.grammar.distances import Distance
from geo.reference.land import land_of_country
from geo.reference.lines import border_arcs, borders
from geo.reference.views import line_pairs, view

__all__ = ["Zone", "border_zone", "neighbours", "strip_between", "tripoint"]

# Vertices this close to a straight line say nothing that a band of this width could promise.
_SIMPLIFY_SHARE = 0.02
_KEPT = 64
# Borders of disputed land end some way before the point where three countries meet.
_SAME_POINT_DEG = 0.3


@dataclass(frozen=True)
class Zone:
    """Area with its best point, EPSG:4326, and the radius round it that holds the area, metres."""

    area: BaseGeometry
    point: shapely.Point
    radius_m: float


@lru_cache(maxsize=_KEPT)
def border_zone(
    pair: tuple[str, str | None],
    side: str | None,
    distance: Distance,
    inside: BaseGeometry | None = None,
) -> Zone | None:
    """Land near a border, or at a distance from it.

    Parameters
    ----------
    pair
        The two countries of the border (ISO 3166-1 alpha-3), in any order; None for the second
        means all neighbours of the first.
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
    line = _line(pair)
    least_m, reach_m = distance.reach_m
    if inside is not None:
        # Only the stretch that is near counts, in a plane of its own.
        west, south, east, north = inside.bounds
        reach = 1.0 + reach_m / 50_000.0
        near = shapely.clip_by_rect(line, west - reach, south - reach, east + reach, north + reach)
        if near.is_empty:
            return None
        line = near
    to_local, to_wgs84 = planes(line.representative_point())
    line_m = projected(line, to_local).simplify(reach_m * _SIMPLIFY_SHARE)
    band_m: BaseGeometry = broadened(line_m, reach_m)
    if least_m > 0.0:
        band_m = band_m.difference(broadened(line_m, least_m))
    band = projected(band_m.simplify(reach_m * _SIMPLIFY_SHARE), to_wgs84)
    lands = [land_of_country(code) for code in ((side,) if side else pair) if code]
    band = shapely.make_valid(band)
    # Of large countries only what is near takes part.
    near_lands = [shapely.clip_by_rect(land, *band.bounds) for land in lands if land is not None]
    area: BaseGeometry = shapely.union_all(shapely.intersection(band, near_lands))
    if inside is not None:
        area = area.intersection(inside)
    parts = [part for part in shapely.get_parts(area) if part.area > 0]
    return _zone(shapely.union_all(parts)) if parts else None


@lru_cache(maxsize=_KEPT)
def neighbours(country_a3: str) -> tuple[str, ...]:
    """Countries with a land border with a country (ISO 3166-1 alpha-3), in alphabetical order."""
    point_of_view = view("default")
    pairs = line_pairs(point_of_view).pair[border_arcs(point_of_view)]
    sides = (pair.split("-") for pair in set(pairs))
    return tuple(
        sorted({code for two in sides if country_a3 in two for code in two} - {country_a3})
    )


def strip_between(
    one: BaseGeometry, other: BaseGeometry | None, distance: Distance
) -> BaseGeometry | None:
    """Land near the line between two areas; None where they are farther apart.

    Parameters
    ----------
    one, other
        Areas side by side, EPSG:4326; without the second all land near the outline of the first.
    distance
        How far from the line.
    """
    to_local, to_wgs84 = planes(one.representative_point())
    least_m, most_m = distance.reach_m
    areas = [area for area in (one, other) if area is not None]
    shapes = [projected(area, to_local).simplify(most_m * _SIMPLIFY_SHARE) for area in areas]
    if other is None:
        shapes = [shapes[0].boundary]

    def within(metres: float) -> BaseGeometry:
        return shapely.intersection_all([shape.buffer(metres) for shape in shapes])

    strip_m = within(most_m).difference(within(least_m)) if least_m > 0.0 else within(most_m)
    strip = shapely.make_valid(projected(strip_m, to_wgs84))
    return common_area(strip, strip)


@lru_cache(maxsize=_KEPT)
def tripoint(sides: tuple[str, str, str]) -> shapely.Point | None:
    """Point where three countries meet (ISO 3166-1 alpha-3); None where they do not.

    Raises
    ------
    PlaceNotFoundError
        Two of the countries share no land border.
    """
    one, other, third = sides
    first, second, last = (_line(pair) for pair in ((one, other), (other, third), (one, third)))
    link = shapely.shortest_line(first, second)
    point = shapely.line_interpolate_point(link, 0.5, normalized=True)
    apart_deg = max(shapely.length(link), shapely.distance(last, point))
    return point if apart_deg <= _SAME_POINT_DEG else None


def _line(pair: tuple[str, str | None]) -> BaseGeometry:
    one, other = pair
    pairs = [(one, other)] if other else [(one, code) for code in neighbours(one)]
    if not pairs:
        raise PlaceNotFoundError(f"{one} has no land border")
    lines = [np.asarray(borders(between=two).geometry) for two in pairs]
    return shapely.line_merge(shapely.union_all(np.concatenate(lines)))


def _zone(area: BaseGeometry) -> Zone:
    point = best_point(area)
    return Zone(area, point, farthest_m(point, area))
