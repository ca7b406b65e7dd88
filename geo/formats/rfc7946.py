"""Shapes as RFC 7946 wants them: two dimensions, cut at ±180°, wound the right way, rounded."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely
from geopandas.array import GeometryDtype
from shapely import affinity

from geo.formats.arrow_compute import compute as pc
from geo.formats.json_columns import joined, json_numbers
from geo.geocoding.shapes.outlines import cut_at_180
from geo.geodesy import Floats, wrap_lon_deg

__all__ = ["DECIMALS", "bounding_box", "json_shapes", "tidied", "with_plain_lines"]

#: Digits after the point of a degree: a tenth of a metre, less than any report knows.
DECIMALS = 6
_POINT, _RING = 0, 2
_TEXT = pa.large_string()
_Shapes = npt.NDArray[np.object_]


def tidied(shapes: _Shapes) -> _Shapes:
    """Shapes in two dimensions, within ±180°, outer rings counter-clockwise; null for empty ones.

    Notes
    -----
    Source: RFC 7946, sections 3.1.6 (rings) and 3.1.9 (what crosses the antimeridian).
    """
    flat = shapely.force_2d(shapes)
    flat[shapely.is_empty(flat)] = None
    west, _, east, _ = shapely.bounds(flat).T
    beyond = np.flatnonzero((west < -180) | (east > 180))
    flat[beyond] = [_within_the_map(shape) for shape in flat[beyond]]
    has_area = shapely.get_dimensions(flat) == 2
    flat[has_area] = shapely.orient_polygons(flat[has_area])
    return flat


def with_plain_lines(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Table without closed rings, which only GEOS knows: they become lines, as in all files.

    Examples
    --------
    >>> ring = shapely.LinearRing([(0, 0), (1, 0), (1, 1)])
    >>> with_plain_lines(gpd.GeoDataFrame(geometry=[ring], crs=4326)).geom_type.tolist()
    ['LineString']
    """
    mended = {}
    for name, kind in table.dtypes.items():
        if not isinstance(kind, GeometryDtype):
            continue
        shapes = np.asarray(table[name], dtype=object)
        rings = np.flatnonzero(shapely.get_type_id(shapes) == _RING)
        if rings.size:
            lines = shapes.copy()
            lines[rings] = [shapely.LineString(ring.coords) for ring in shapes[rings]]
            mended[str(name)] = gpd.GeoSeries(lines, table.index, crs=table.crs)
    return table.assign(**mended) if mended else table


def bounding_box(shapes: _Shapes) -> list[float] | None:
    """West, south, east, north of all shapes; west is above east where they lie about ±180°.

    Notes
    -----
    Source: RFC 7946, section 5.2. The box runs over ±180° only where that makes it narrower than
    half the world.

    Examples
    --------
    >>> bounding_box(np.array(shapely.points([[177, -20], [-178, -16]])))
    [177.0, -20.0, -178.0, -16.0]
    """
    bounds = shapely.bounds(shapely.get_parts(shapes[~shapely.is_missing(shapes)]))
    bounds = bounds[~np.isnan(bounds).any(axis=1)].round(DECIMALS) + 0.0
    if not len(bounds):
        return None
    (west, south), (east, north) = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    order = np.argsort(bounds[:, 0], kind="stable")
    begins, reached = bounds[order, 0], np.maximum.accumulate(bounds[order, 2])
    gaps = begins[1:] - reached[:-1]
    if gaps.size and gaps.max() > 180:
        widest = int(np.argmax(gaps))
        west, east = begins[widest + 1], reached[widest]
    return [float(side) for side in (west, south, east, north)]


def json_shapes(shapes: _Shapes) -> pa.Array:
    """Tidied shapes as geometries of GeoJSON, the text `null` where there is none."""
    if (shapely.get_type_id(shapes[~shapely.is_missing(shapes)]) == _POINT).all():
        lon, lat = (
            json_numbers(pa.array(degrees, from_pandas=True), DECIMALS)
            for degrees in (shapely.get_x(shapes), shapely.get_y(shapes))
        )
        points = joined('{"type":"Point","coordinates":[', lon, ",", lat, "]}")
        return pc.if_else(pa.array(shapely.is_missing(shapes)), "null", points).cast(_TEXT)
    rounded = shapely.transform(shapes, lambda xy: xy.round(DECIMALS) + 0.0)
    return pc.fill_null(pa.array(shapely.to_geojson(rounded), type=_TEXT), "null")


def _within_the_map(shape: Any) -> Any:  # noqa: ANN401
    """Shape whose longitudes are brought into ±180°."""
    if shape.geom_type == "GeometryCollection":
        # Areas would be all that is left of it.
        return shapely.geometrycollections(shapely.get_parts(tidied(shapely.get_parts(shape))))
    west, _, east, _ = shapely.bounds(shape)
    if west >= 180 or east <= -180:
        # A whole turn round the Earth, or several.
        shape = affinity.translate(shape, -360.0 * np.floor((west + 180.0) / 360.0))
    if shapely.get_dimensions(shape) == 2:
        return cut_at_180(shape)
    if shapely.get_dimensions(shape) == 0:
        return shapely.transform(shape, _wrapped)
    pieces = [
        shapely.intersection(affinity.translate(shape, -turn), shapely.box(-180, -90, 180, 90))
        for turn in (-360.0, 0.0, 360.0)
    ]
    parts = shapely.get_parts(pieces)
    # A line that only touches ±180° from its other side would leave a point there.
    is_line = shapely.get_dimensions(parts) == 1
    return shapely.union_all(parts[is_line] if "Line" in shape.geom_type else parts)


def _wrapped(lon_lat: Floats) -> Floats:
    return np.column_stack((wrap_lon_deg(lon_lat[:, 0]), lon_lat[:, 1]))
