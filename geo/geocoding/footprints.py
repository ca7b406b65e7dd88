"""Areas that words can mean, drawn on the ellipsoid: discs, rings, sectors, corridors, parts."""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import Floats, geod

__all__ = ["best_point", "corridor", "disc", "farthest_m", "part_of", "ring", "sector", "wrapped"]

# Enough that a circle's polygon lies within half a percent of it.
_AZIMUTHS = np.linspace(0.0, 360.0, 49)[:-1]
_STEP_DEG = 7.5
_METRES_PER_DEGREE = 111_320.0
# A part such as "central" holds about a third of the area.
_CENTRAL_SHARE = 1 / 3


def disc(lon: float, lat: float, radius_m: float) -> BaseGeometry:
    """Polygon of all within a geodesic distance of a point.

    Examples
    --------
    >>> bounds = disc(0.0, 0.0, 111_320.0).bounds
    >>> [round(side, 2) for side in bounds]
    [-1.0, -1.01, 1.0, 1.01]
    """
    return wrapped(_along(lon, lat, _AZIMUTHS, radius_m), lon, pole_lat=_pole(lat, radius_m))


def ring(lon: float, lat: float, inner_m: float, outer_m: float) -> BaseGeometry:
    """Polygon between two circles round a point."""
    outer = disc(lon, lat, outer_m)
    if inner_m <= 0:
        return outer
    inner = disc(lon, lat, inner_m)
    if isinstance(inner, shapely.Polygon) and isinstance(outer, shapely.Polygon):
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
    azimuths = azimuth_deg + np.linspace(-half_width_deg, half_width_deg, count)
    outer = _along(lon, lat, azimuths, outer_m)
    inner = _along(lon, lat, azimuths[::-1], inner_m) if inner_m else np.array([[lon, lat]])
    return wrapped(np.vstack((outer, inner)), lon)


def corridor(one: shapely.Point, other: shapely.Point, half_width_m: float) -> BaseGeometry:
    """Polygon of all within a distance of the geodesic between two points."""
    forth, back, apart_m = geod().inv(one.x, one.y, other.x, other.y)
    steps = max(2, math.ceil(apart_m / 50_000.0))
    way = np.array(geod().npts(one.x, one.y, other.x, other.y, steps)).reshape(-1, 2)
    same = np.ones(len(way))
    onward, _, _ = geod().inv(way[:, 0], way[:, 1], other.x * same, other.y * same)
    turn = np.linspace(-90.0, 90.0, 13)
    left, right = (
        np.vstack(
            [
                _along(spot[0], spot[1], np.array([azimuth + side]), half_width_m)
                for spot, azimuth in zip(way, onward, strict=True)
            ]
        )
        for side in (-90.0, 90.0)
    )
    end = _along(other.x, other.y, back + 180.0 + turn, half_width_m)
    start = _along(one.x, one.y, forth + 180.0 + turn, half_width_m)
    return wrapped(np.vstack((left, end, right[::-1], start)), one.x)


def part_of(area: BaseGeometry, azimuth_deg: float | None) -> BaseGeometry:
    """The half of an area that lies in a direction; without one, its middle third.

    The half is what lies beyond the line through the centroid, at right angles to the direction.
    """
    whole = _together(area)
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
    return area if found.is_empty else _back(found)


def best_point(area: BaseGeometry) -> shapely.Point:
    """The point that stands for an area: its centroid where that lies inside, else one inside."""
    whole = _together(area)
    middle = whole.centroid
    if not whole.covers(middle):
        largest = max(shapely.get_parts(whole), key=shapely.area)
        middle = (
            largest.centroid if largest.covers(largest.centroid) else largest.point_on_surface()
        )
    lon = (middle.x + 180.0) % 360.0 - 180.0
    return shapely.Point(lon, middle.y)


def farthest_m(point: shapely.Point, area: BaseGeometry) -> float:
    """Geodesic distance in metres from a point to the farthest spot of an area."""
    lon, lat = shapely.get_coordinates(area).T
    here = np.full_like(lon, point.x), np.full_like(lat, point.y)
    return float(geod().inv(*here, lon, lat)[2].max())


def wrapped(outline: Floats, lon: float, *, pole_lat: float | None = None) -> BaseGeometry:
    """Polygon of an outline near a longitude, cut at ±180° where it crosses it.

    Parameters
    ----------
    outline
        Longitude and latitude in degrees, shape (n, 2).
    lon
        A longitude inside.
    pole_lat
        Latitude from which the pole is inside all round; None when the pole is outside.
    """
    if pole_lat is not None:
        south, north = sorted((pole_lat, math.copysign(90.0, pole_lat)))
        return shapely.box(-180.0, south, 180.0, north)
    x = lon + (outline[:, 0] - lon + 180.0) % 360.0 - 180.0
    return _back(shapely.make_valid(shapely.Polygon(np.column_stack((x, outline[:, 1])))))


def _along(lon: float, lat: float, azimuths: Floats, distance_m: float) -> Floats:
    same = np.ones_like(azimuths)
    x, y, _ = geod().fwd(lon * same, lat * same, azimuths, distance_m * same)
    return np.column_stack((x, y))


def _pole(lat: float, radius_m: float) -> float | None:
    """Latitude beyond which a disc holds every longitude, when it holds a pole."""
    reach = radius_m / 110_000.0
    if abs(lat) + reach < 90.0:
        return None
    return math.copysign(abs(lat) - reach, lat)


def _together(area: BaseGeometry) -> BaseGeometry:
    """Area whose parts beyond ±180° are moved next to its largest part."""
    parts = shapely.get_parts(area)
    west, _, east, _ = shapely.total_bounds(parts)
    if east - west <= 180.0 or len(parts) == 1:
        return area
    at = float(shapely.centroid(parts[np.argmax(shapely.area(parts))]).x)
    turns = np.round((at - shapely.get_x(shapely.centroid(parts))) / 360.0) * 360.0
    return shapely.union_all(list(map(_turned, parts, turns)))


def _back(area: BaseGeometry) -> BaseGeometry:
    """Area cut at ±180°, each piece within the plane."""
    west, _, east, _ = area.bounds
    if west >= -180.0 and east <= 180.0:
        return area
    pieces = [
        _turned(shapely.intersection(area, shapely.box(turn - 180.0, -90, turn + 180.0, 90)), -turn)
        for turn in (-360.0, 0.0, 360.0)
    ]
    return shapely.union_all([_areas_of(piece) for piece in pieces])


def _turned(area: BaseGeometry, turn_deg: float) -> BaseGeometry:
    """Area moved along the parallels."""

    def move(xy: Floats) -> Floats:
        return np.asarray(xy + np.array([turn_deg, 0.0]))

    return shapely.transform(area, move)


def _areas_of(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape, without the lines and points that a cut leaves."""
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.area > 0])
