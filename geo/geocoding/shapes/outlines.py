"""Outlines on the globe to polygons in longitude and latitude: cut at ±180°, whole at the poles."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import Floats

__all__ = ["cut_at_180", "polygon_of", "together"]

# Beyond this latitude a straight line on the map is none on the globe.
_POLAR_LAT_DEG = 85.0
_QUADRANTS_DEG = (-180.0, -90.0, 0.0, 90.0)
_LONGEST_EDGE_DEG = 0.5
_NO_RADIUS_DEG = 1e-9


def polygon_of(outline: Floats) -> BaseGeometry:
    """Polygon of an outline, cut at ±180° where it crosses it.

    Parameters
    ----------
    outline
        Longitude and latitude in degrees, shape (n, 2), not closed.
    """
    (west, south), (east, north) = outline.min(axis=0), outline.max(axis=0)
    if max(north, -south) > _POLAR_LAT_DEG:
        return _polar(outline)
    if east - west > 180.0:
        x = np.unwrap(outline[:, 0], period=360.0)
        if abs(x[-1] - x[0]) > 180.0:
            return _polar(outline)
        outline = np.column_stack((x, outline[:, 1]))
    area: BaseGeometry = shapely.Polygon(outline)
    if not shapely.is_valid(area):
        area = shapely.make_valid(area)
    return cut_at_180(area) if east - west > 180.0 else area


def together(area: BaseGeometry) -> BaseGeometry:
    """Area whose parts beyond ±180° are moved next to its largest part."""
    if isinstance(area, shapely.Polygon):
        return area
    parts = shapely.get_parts(area)
    west, _, east, _ = shapely.total_bounds(parts)
    if east - west <= 180.0 or len(parts) == 1:
        return area
    at = float(shapely.centroid(parts[np.argmax(shapely.area(parts))]).x)
    turns = np.round((at - shapely.get_x(shapely.centroid(parts))) / 360.0) * 360.0
    return shapely.union_all(list(map(_turned, parts, turns)))


def cut_at_180(area: BaseGeometry) -> BaseGeometry:
    """Area cut at ±180°, each piece within the plane."""
    west, _, east, _ = area.bounds
    if west >= -180.0 and east <= 180.0:
        return area
    pieces = [
        _turned(shapely.intersection(area, shapely.box(turn - 180.0, -90, turn + 180.0, 90)), -turn)
        for turn in (-360.0, 0.0, 360.0)
    ]
    return _areas_of(shapely.union_all(pieces))


def _polar(outline: Floats) -> BaseGeometry:
    """Polygon of an outline near a pole, drawn in a plane that has the pole in its middle."""
    sign = float(np.sign(outline[np.argmax(np.abs(outline[:, 1])), 1]))
    angle, radius = np.radians(outline[:, 0]), 90.0 - sign * outline[:, 1]
    plane = np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))
    area = shapely.segmentize(shapely.make_valid(shapely.Polygon(plane)), _LONGEST_EDGE_DEG)
    quarters = [_quarter(area, west, sign) for west in _QUADRANTS_DEG]
    return _areas_of(shapely.union_all(quarters))


def _quarter(area: BaseGeometry, west: float, sign: float) -> BaseGeometry:
    """What lies of an area of the polar plane between two meridians, on the map."""
    sides = np.radians([west, west + 45.0, west + 90.0])
    far = 600.0 * np.column_stack((np.cos(sides), np.sin(sides)))
    wedge = shapely.intersection(area, shapely.Polygon(np.vstack(([[0.0, 0.0]], far))))
    polygons = [part for part in shapely.get_parts(wedge) if part.area > 0]
    return shapely.union_all([_on_the_map(part, west, sign) for part in polygons])


def _on_the_map(part: BaseGeometry, west: float, sign: float) -> BaseGeometry:
    x, y = shapely.get_coordinates(shapely.get_exterior_ring(part)).T[:, :-1]
    radius = np.hypot(x, y)
    lon = np.clip((np.degrees(np.arctan2(y, x)) - west + 180.0) % 360.0 - 180.0, 0.0, 90.0) + west
    found = np.column_stack((lon, sign * (90.0 - radius)))
    at_pole = np.flatnonzero(radius < _NO_RADIUS_DEG)
    if at_pole.size:
        # On the map a pole is a line: from the meridian before it to the one after it.
        at = int(at_pole[0])
        line = [[found[at - 1, 0], sign * 90.0], [found[(at + 1) % len(found), 0], sign * 90.0]]
        found = np.vstack((found[:at], line, found[at + 1 :]))
    return shapely.make_valid(shapely.Polygon(found))


def _turned(area: BaseGeometry, turn_deg: float) -> BaseGeometry:
    """Area moved along the parallels."""

    def move(xy: Floats) -> Floats:
        return np.asarray(xy + np.array([turn_deg, 0.0]))

    return shapely.transform(area, move)


def _areas_of(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape, without the lines and points that a cut leaves."""
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.area > 0])
