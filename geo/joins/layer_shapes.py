"""Geometries of any CRS as WGS 84 longitude and latitude within ±180° and ±90°.

What crosses the antimeridian is cut there (RFC 7946, section 3.1.9). Of a projected layer, long
edges first get more vertices, since they are straight in the projection and not on the globe.
"""

import math
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.schema import CRS

__all__ = ["Shapes", "world_shapes"]

Shapes = npt.NDArray[np.object_]

# A straight line of this length leaves the geodesic by less than 0.2 m up to 60° of latitude.
_STEP_M = 2_000.0


def world_shapes(geometry: gpd.GeoSeries, crs: pyproj.CRS, *, by: str) -> Shapes:
    """Shapes in WGS 84.

    Parameters
    ----------
    geometry
        Lines, areas or points, none of them null or empty.
    crs
        Their CRS.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        A geometry has no place on the globe; names its row.
    """
    shapes = _in_degrees(geometry, by) if crs.is_geographic else _unprojected(geometry, crs, by)
    west_east = shapely.bounds(shapes)[:, [0, 2]]
    for row in np.flatnonzero((np.abs(west_east) > 180.0).any(axis=1)).tolist():
        shapes[row] = _cut(shapes[row])
    return shapes


def _in_degrees(geometry: gpd.GeoSeries, by: str) -> Shapes:
    """Shapes whose longitudes run on beyond ±180° where they are written so."""
    written = shapely.get_coordinates(geometry)
    shapes = np.asarray(geometry.to_crs(CRS), dtype=object)
    lonlat = shapely.get_coordinates(shapes)
    _check(geometry, shapes, by)
    lonlat[:, 0] += 360.0 * np.round((written[:, 0] - lonlat[:, 0]) / 360.0)
    shapes = shapely.set_coordinates(shapely.force_2d(shapes), lonlat)
    _check(geometry, shapes, by)
    return np.array(shapes, dtype=object)


def _unprojected(geometry: gpd.GeoSeries, crs: pyproj.CRS, by: str) -> Shapes:
    unit_m = crs.axis_info[0].unit_conversion_factor
    flat = shapely.orient_polygons(np.asarray(geometry, dtype=object))
    dense = gpd.GeoSeries(shapely.segmentize(flat, _STEP_M / unit_m), crs=crs)
    shapes = np.array(shapely.force_2d(dense.to_crs(CRS)), dtype=object)
    _check(geometry, shapes, by)
    lonlat, row = shapely.get_coordinates(shapes, return_index=True)
    leaps = (np.abs(np.diff(lonlat[:, 0])) > 180.0) & (np.diff(row) == 0)
    for number in np.unique(row[1:][leaps]).tolist():
        shape: Any = shapes[number]
        shapes[number] = _unwrapped(shape)
    return shapes


def _check(geometry: gpd.GeoSeries, shapes: Shapes, by: str) -> None:
    """Raise where a shape reaches beyond the globe, or a whole turn."""
    bounds = shapely.bounds(shapes)
    wrong = ~(np.abs(bounds) <= np.array([360.0, 90.0 + 1e-9] * 2)).all(axis=1)
    if wrong.any():
        row = int(np.argmax(wrong))
        west, south, east, north = bounds[row]
        raise SchemaError(
            f"{by}: the geometry of row {geometry.index[row]!r} reaches from longitude {west:g}, "
            f"latitude {south:g} to {east:g}, {north:g}; expected degrees within ±360 and ±90. "
            "Does the layer have the right CRS?"
        )


def _unwrapped(shape: BaseGeometry) -> BaseGeometry:
    """Shape whose edges go the short way round the globe."""
    if isinstance(shape, (Polygon, MultiPolygon)):
        polygons = [part for part in _parts(shape) if isinstance(part, Polygon)]
        return shapely.union_all([_unwrapped_polygon(part) for part in polygons])
    if isinstance(shape, (Point, MultiPoint)):
        return shape
    return MultiLineString(
        [LineString(_run_on(shapely.get_coordinates(part))) for part in _parts(shape)]
    )


def _unwrapped_polygon(polygon: Polygon) -> BaseGeometry:
    shell = _enclosed(shapely.get_coordinates(polygon.exterior))
    # A hole is turned, so that what it encloses lies on its left as well.
    holes = [_enclosed(shapely.get_coordinates(hole)[::-1]) for hole in polygon.interiors]
    return shapely.difference(shell, shapely.union_all(holes))


def _run_on(lonlat: Floats) -> Floats:
    step = np.diff(lonlat[:, 0])
    step -= 360.0 * np.round(step / 360.0)
    lon = lonlat[0, 0] + np.concatenate(([0.0], np.cumsum(step)))
    return np.column_stack((lon, lonlat[:, 1]))


def _enclosed(lonlat: Floats) -> BaseGeometry:
    """Area to the left of a ring, cut at ±180°; one that winds round a pole includes it."""
    ring = _run_on(lonlat)
    turn = ring[-1, 0] - ring[0, 0]
    if abs(turn) > 180.0:
        pole = np.copysign(90.0, turn)
        ring = np.vstack((ring, [(ring[-1, 0], pole), (ring[0, 0], pole)]))
    return _cut(Polygon(ring))


def _cut(shape: BaseGeometry) -> BaseGeometry:
    """Shape brought back into ±180°, cut where it crosses."""
    if isinstance(shape, (Polygon, MultiPolygon)):
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    west, _, east, _ = shape.bounds
    pieces: list[BaseGeometry] = []
    for turn in range(math.floor((west + 180.0) / 360.0), math.ceil((east - 180.0) / 360.0) + 1):
        shift = 360.0 * turn
        world = shapely.box(shift - 180.0, -90.0, shift + 180.0, 90.0)
        pieces += _parts(translate(shapely.intersection(shape, world), -shift))
    # An area that only touches ±180° leaves a line there.
    most = max(int(shapely.get_dimensions(piece)) for piece in pieces)
    return shapely.union_all([one for one in pieces if shapely.get_dimensions(one) == most])


def _parts(shape: BaseGeometry) -> list[BaseGeometry]:
    return list(shapely.get_parts(np.array([shape], dtype=object)))
