"""Areas that words can mean, drawn on the ellipsoid: discs, rings, sectors, corridors, parts."""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.shapes.outlines import cut_at_180, polygon_of, together
from geo.geodesy import FARTHEST_M, Floats, geod

__all__ = [
    "best_point",
    "common_area",
    "corridor",
    "deepest_point",
    "disc",
    "farthest_m",
    "part_of",
    "ring",
    "sector",
]

# Enough that a circle's polygon lies within half a percent of it.
_AZIMUTHS = np.linspace(0.0, 360.0, 49)[:-1]
# A wider circle may pass so near to both poles that a few corners would cut off much.
_WIDE_M = 5_000_000.0
_MANY_AZIMUTHS = np.linspace(0.0, 360.0, 721)[:-1]
_WORLD = shapely.box(-180.0, -90.0, 180.0, 90.0)
_STEP_DEG = 7.5
_HALF_TURN = np.linspace(-90.0, 90.0, 13)
_LONGEST_STEP_M = 50_000.0
_METRES_PER_DEGREE = 111_320.0
# A part such as "central" holds about a third of the area.
_CENTRAL_SHARE = 1 / 3
# As exact as the deepest point of an area is found, as a share of the side of a square that large.
_DEEP_SHARE = 0.002


def disc(lon: float, lat: float, radius_m: float) -> BaseGeometry:
    """Polygon of all within a geodesic distance of a point.

    Examples
    --------
    >>> bounds = disc(0.0, 0.0, 111_320.0).bounds
    >>> [round(side, 2) for side in bounds]
    [-1.0, -1.01, 1.0, 1.01]
    """
    if radius_m > FARTHEST_M / 2:
        # Its outline turns round the other side of the Earth, and leaves that out.
        rest_m = FARTHEST_M - radius_m
        return _WORLD.difference(disc(lon - 180.0, -lat, rest_m)) if rest_m > 0 else _WORLD
    azimuths = _AZIMUTHS if radius_m <= _WIDE_M else _MANY_AZIMUTHS
    return polygon_of(_around(lon, lat, azimuths, np.full(len(azimuths), radius_m)))


def ring(lon: float, lat: float, inner_m: float, outer_m: float) -> BaseGeometry:
    """Polygon between two circles round a point."""
    outer = disc(lon, lat, outer_m)
    if inner_m <= 0:
        return outer
    inner = disc(lon, lat, inner_m)
    west, south, east, north = outer.bounds
    is_plain = east - west < 180.0 and max(north, -south) < 90.0
    if is_plain and isinstance(inner, shapely.Polygon) and isinstance(outer, shapely.Polygon):
        return shapely.Polygon(outer.exterior, [inner.exterior])
    return outer.difference(inner)


def sector(
    lon: float, lat: float, reach_m: tuple[float, float], azimuth_deg: float, half_width_deg: float
) -> BaseGeometry:
    """Part of a ring that lies in a direction.

    Parameters
    ----------
    lon, lat
        Middle, WGS 84.
    reach_m
        Inner and outer radius.
    azimuth_deg, half_width_deg
        Direction of the middle of the sector, and half its angle.
    """
    inner_m, outer_m = max(reach_m[0], 0.0), reach_m[1]
    count = max(3, math.ceil(2 * half_width_deg / _STEP_DEG) + 1)
    outer = azimuth_deg + np.linspace(-half_width_deg, half_width_deg, count)
    inner = outer[::-1] if inner_m else outer[:1]
    metres = np.full(count + len(inner), outer_m)
    metres[count:] = inner_m
    return polygon_of(_around(lon, lat, np.concatenate((outer, inner)), metres))


def corridor(one: shapely.Point, other: shapely.Point, half_width_m: float) -> BaseGeometry:
    """Polygon of all within a distance of the geodesic between two points."""
    forth, back, apart_m = geod().inv(one.x, one.y, other.x, other.y)
    steps = max(2, math.ceil(apart_m / _LONGEST_STEP_M))
    way = np.array(geod().npts(one.x, one.y, other.x, other.y, steps)).reshape(-1, 2)
    x, y = way.T
    onward, _, _ = geod().inv(x, y, np.full_like(x, other.x), np.full_like(y, other.y))
    turns = len(_HALF_TURN)
    middles = np.vstack(
        (
            way,
            np.full((turns, 2), [other.x, other.y]),
            way[::-1],
            np.full((turns, 2), [one.x, one.y]),
        )
    )
    azimuths = np.concatenate(
        (onward - 90.0, back + 180.0 + _HALF_TURN, onward[::-1] + 90.0, forth + 180.0 + _HALF_TURN)
    )
    x, y, _ = geod().fwd(
        middles[:, 0], middles[:, 1], azimuths, np.full_like(azimuths, half_width_m)
    )
    return polygon_of(np.column_stack((x, y)))


def part_of(area: BaseGeometry, azimuth_deg: float | None) -> BaseGeometry:
    """The half of an area that lies in a direction; without one, its middle third.

    The half is what lies beyond the line through the centroid, at right angles to the direction.
    """
    whole = together(area)
    middle = whole.centroid
    wide = math.cos(math.radians(middle.y))
    if azimuth_deg is None:
        radius = math.sqrt(whole.area * wide * _CENTRAL_SHARE / math.pi)
        shape = disc(middle.x, middle.y, radius * _METRES_PER_DEGREE)
    else:
        way = np.array([math.sin(math.radians(azimuth_deg)), math.cos(math.radians(azimuth_deg))])
        side = np.array([way[1], -way[0]])
        square = np.array([400 * side, 400 * side + 400 * way, 400 * way - 400 * side, -400 * side])
        shape = shapely.Polygon(square / [max(wide, 0.01), 1.0] + [middle.x, middle.y])
    found = _areas_of(whole.intersection(shape))
    return area if found.is_empty else cut_at_180(found)


def common_area(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry | None:
    """What two areas have in common; None where they have no area in common."""
    found = _areas_of(shapely.intersection(one, other))
    return None if found.is_empty else found


def best_point(area: BaseGeometry) -> shapely.Point:
    """The point that stands for an area: its centroid where that lies inside, else one inside."""
    whole = together(area)
    middle = whole.centroid
    if not whole.covers(middle):
        largest = max(shapely.get_parts(whole), key=shapely.area)
        middle = (
            largest.centroid if largest.covers(largest.centroid) else largest.point_on_surface()
        )
    lon = (middle.x + 180.0) % 360.0 - 180.0
    return shapely.Point(lon, middle.y)


def deepest_point(area: BaseGeometry) -> shapely.Point:
    """The point of an area that is farthest from its outline, for areas that are long and bent."""
    largest = max(shapely.get_parts(together(area)), key=shapely.area)
    narrow = math.cos(math.radians(largest.centroid.y))

    def squeezed(vertices: Floats) -> Floats:
        return np.asarray(vertices * [narrow, 1.0])

    shape = shapely.transform(largest, squeezed)
    slack = _DEEP_SHARE * math.sqrt(shape.area)
    plain = shape.simplify(slack)
    circle = shapely.maximum_inscribed_circle(plain if plain.is_valid else shape, slack)
    x, y = shapely.get_coordinates(circle)[0]
    point = shapely.Point((x / narrow + 180.0) % 360.0 - 180.0, y)
    return point if area.covers(point) else best_point(area)


def farthest_m(point: shapely.Point, area: BaseGeometry) -> float:
    """Geodesic distance in metres from a point to the farthest spot of an area."""
    lon, lat = shapely.get_coordinates(area).T
    here = np.full_like(lon, point.x), np.full_like(lat, point.y)
    return float(geod().inv(*here, lon, lat)[2].max())


def _around(lon: float, lat: float, azimuths: Floats, metres: Floats) -> Floats:
    """Points in directions and at distances from one."""
    count = len(azimuths)
    x, y, _ = geod().fwd(np.full(count, lon), np.full(count, lat), azimuths, metres)
    return np.array((x, y)).T


def _areas_of(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape, without the lines and points that a cut leaves."""
    if isinstance(shape, shapely.Polygon):
        return shape
    # What a cut leaves side by side needs no union, which takes long.
    parts = shapely.get_parts(shapely.get_parts(shape))
    parts = parts[shapely.area(parts) > 0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(parts))
