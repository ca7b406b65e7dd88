"""Layers of the user, of areas, lines or points with attributes, made ready for many queries."""

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.joins.layer_shapes import world_shapes
from geo.schema import has_geometry
from geo.spatial.areas import NOWHERE, AreaIndex
from geo.spatial.azimuths import azimuths_deg
from geo.spatial.lines import LineIndex
from geo.spatial.points import PointIndex

__all__ = ["AreaLayer", "LineLayer", "Near", "PointLayer", "index", "layer_of"]

Ints = npt.NDArray[np.int64]

_KINDS = {
    "Polygon": "areas",
    "MultiPolygon": "areas",
    "LineString": "lines",
    "LinearRing": "lines",
    "MultiLineString": "lines",
    "Point": "points",
    "MultiPoint": "points",
}
# Whole numbers and truth values cannot be null in numpy's own types.
_NULLABLE = {"i": "Int64", "u": "UInt64", "b": "boolean"}
# Long edges are ruled out sooner in short stretches.
_STRETCH_DEG = 0.1


@dataclass(frozen=True)
class Near:
    """Nearest row of a layer to each point; the distance is below 0 inside an area.

    `lon_deg` and `lat_deg` are the nearest point, on a line or an edge, `azimuth_deg` the direction
    towards it, `error_m` the positional error of that row.
    """

    row: Ints
    distance_m: Floats
    lon_deg: Floats
    lat_deg: Floats
    azimuth_deg: Floats
    error_m: Floats


@dataclass(frozen=True, eq=False)
class LineLayer:
    """Lines with attributes, ready for queries: made by `geo.index`.

    `shapes` are WGS 84, cut at ±180°; row i of `attributes` belongs to shape i and keeps its label.
    `error_m` is the positional error of each, `left_out` the number of rows that had no geometry.
    """

    shapes: npt.NDArray[np.object_]
    attributes: pd.DataFrame
    error_m: Floats
    left_out: int

    @cached_property
    def lines(self) -> LineIndex:
        """Index over the lines, or over the edges of areas."""
        return LineIndex(shapely.segmentize(_lines(self.shapes), _STRETCH_DEG))

    def nearest(self, lon_deg: Floats, lat_deg: Floats) -> Near:
        """Nearest row to each point; on equal terms the first.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        """
        near = self.lines.nearest(lon_deg, lat_deg)
        return Near(
            near.line,
            near.distance_m,
            near.lon_deg,
            near.lat_deg,
            near.azimuth_deg,
            self.error_m[near.line],
        )


@dataclass(frozen=True, eq=False)
class PointLayer(LineLayer):
    """Points with attributes, ready for queries: made by `geo.index`.

    The fields are those of `LineLayer`. A row may have several points.
    """

    @cached_property
    def lonlat(self) -> tuple[Floats, Floats, Ints]:
        """Longitude and latitude in degrees of each point, and its row."""
        lonlat, row = shapely.get_coordinates(self.shapes, return_index=True)
        return lonlat[:, 0].copy(), lonlat[:, 1].copy(), row.astype(np.int64)

    @cached_property
    def points(self) -> PointIndex:
        """Index over the points."""
        lon, lat, _ = self.lonlat
        return PointIndex(lon, lat)

    def nearest(self, lon_deg: Floats, lat_deg: Floats) -> Near:
        """Nearest row to each point; on equal terms the first.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        """
        lon, lat, row = self.lonlat
        found = self.points.nearest(lon_deg, lat_deg, count=1)
        point = found.point[:, 0]
        return Near(
            row[point],
            found.distance_m[:, 0],
            lon[point],
            lat[point],
            azimuths_deg(lon_deg, lat_deg, lon[point], lat[point]),
            self.error_m[row[point]],
        )


@dataclass(frozen=True, eq=False)
class AreaLayer(LineLayer):
    """Areas with attributes, ready for queries: made by `geo.index`.

    The fields are those of `LineLayer`. Where areas overlap, the first in the layer's order counts.
    """

    @cached_property
    def areas(self) -> AreaIndex:
        """Index over the areas."""
        return AreaIndex(self.shapes)

    @cached_property
    def _from_the_last(self) -> AreaIndex:
        return AreaIndex(self.shapes[::-1])

    def overlapping(self, lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.bool_]:
        """Whether several areas hold a point.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, shape (n,).
        """
        last = self._from_the_last.containing(lon_deg, lat_deg)
        first = self.areas.containing(lon_deg, lat_deg)
        return np.asarray((first != NOWHERE) & (first != len(self.shapes) - 1 - last))

    def nearest(self, lon_deg: Floats, lat_deg: Floats) -> Near:
        """Area that holds each point, or else the nearest; with the way to the nearest edge.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        """
        near = super().nearest(lon_deg, lat_deg)
        area = self.areas.containing(lon_deg, lat_deg)
        inside = area != NOWHERE
        return Near(
            np.where(inside, area, near.row),
            np.where(inside, -near.distance_m, near.distance_m),
            near.lon_deg,
            near.lat_deg,
            near.azimuth_deg,
            near.error_m,
        )


def index(layer: gpd.GeoDataFrame | gpd.GeoSeries) -> AreaLayer | LineLayer | PointLayer:
    """Make a layer of one's own ready for `add_areas`, `add_nearest`, `within` and `nearest`.

    These take a plain GeoDataFrame too, and index it each time. What is indexed once is as fast as
    the countries and borders.

    Parameters
    ----------
    layer
        Areas, lines or points with any attributes, in any CRS. Null and empty geometries, and
        lines without length, are left out and counted.

    Returns
    -------
    AreaLayer, LineLayer or PointLayer
        Frozen: `attributes` (one row per geometry that is kept), `left_out` (number of rows that
        are not). Later changes of the input do not reach it.

    Raises
    ------
    SchemaError
        The layer has no geometry column, no CRS, two columns of one name, no geometry at all,
        geometries of several kinds, or some beyond the globe.

    Notes
    -----
    Edges are straight in longitude and latitude, and those of a projected layer straight in its
    projection, kept by vertices every 2 km. What crosses the antimeridian is cut there. Areas that
    are not valid are repaired: parts that overlap are joined. The column `error_m`, the positional
    error in metres, is used where there is one.

    Examples
    --------
    >>> districts = gpd.GeoDataFrame(
    ...     {"name": ["west", "east"]},
    ...     geometry=[shapely.box(35, 30, 38, 33), shapely.box(38, 30, 40, 34)],
    ...     crs=4326,
    ... )
    >>> indexed = index(districts)
    >>> type(indexed).__name__, len(indexed.attributes), indexed.left_out
    ('AreaLayer', 2, 0)
    """
    return layer_of(layer, by="index")


def layer_of(
    layer: gpd.GeoDataFrame | gpd.GeoSeries | LineLayer, *, by: str
) -> AreaLayer | LineLayer | PointLayer:
    """Layer that is indexed, now if it was not before.

    Parameters
    ----------
    layer
        As for `index`, or what that gave.
    by
        Who asks, for the message of an error.
    """
    if isinstance(layer, LineLayer):
        return layer
    table, crs = _table(layer, by)
    geometry = np.asarray(table.geometry, dtype=object)
    kept = has_geometry(table).to_numpy(copy=True)
    kind = _kind(table.geometry.geom_type[kept], by)
    if kind == "lines":
        kept &= shapely.length(geometry) > 0
    series = gpd.GeoSeries(geometry[kept], index=table.index[kept], crs=crs)
    shapes = world_shapes(series, crs, by=by)
    if kind == "areas":
        broken = ~shapely.is_valid(shapes)
        shapes[broken] = shapely.make_valid(
            shapes[broken], method="structure", keep_collapsed=False
        )
        there = ~shapely.is_empty(shapes)
        kept[np.flatnonzero(kept)[~there]] = False
        shapes = shapes[there]
    if len(shapes) == 0:
        raise SchemaError(f"{by}: the layer holds nothing, expected areas, lines or points.")
    attributes = _attributes(table[kept])
    return _MADE[kind](shapes, attributes, _errors_m(attributes), int((~kept).sum()))


_MADE = {"areas": AreaLayer, "lines": LineLayer, "points": PointLayer}


def _table(layer: gpd.GeoDataFrame | gpd.GeoSeries, by: str) -> tuple[gpd.GeoDataFrame, pyproj.CRS]:
    if isinstance(layer, gpd.GeoSeries):
        layer = gpd.GeoDataFrame(geometry=layer)
    repeated = layer.columns[layer.columns.map(str).duplicated()]
    if len(repeated):
        raise SchemaError(
            f"{by}: the layer has several columns called {repeated[0]}; rename all but one."
        )
    if layer.active_geometry_name is None:
        raise SchemaError(f"{by}: the layer has no geometry column; say which, with set_geometry.")
    if layer.crs is None:
        raise SchemaError(f"{by}: the layer has no CRS; say which it is, with set_crs.")
    return layer, layer.crs


def _kind(geom_types: "pd.Series[str]", by: str) -> str:
    """What a layer holds: areas, lines or points."""
    if geom_types.empty:
        raise SchemaError(f"{by}: the layer holds nothing, expected areas, lines or points.")
    kinds = geom_types.map(_KINDS)
    if kinds.isna().any():
        row = kinds.index[kinds.isna()][0]
        raise SchemaError(
            f"{by}: the layer holds a {geom_types[kinds.isna()].iloc[0]} in row {row!r}, expected"
            " areas, lines or points; take it apart, with explode."
        )
    others = kinds != kinds.iloc[0]
    if others.any():
        raise SchemaError(
            f"{by}: the layer holds {kinds.iloc[0]} (row {kinds.index[0]!r}) and"
            f" {kinds[others].iloc[0]} (row {kinds.index[others][0]!r}), expected one kind; choose"
            " by layer.geom_type, and use each alone."
        )
    return str(kinds.iloc[0])


def _attributes(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns without geometry, as a copy whose columns can all hold null."""
    plain = [name for name in table.columns if table[name].dtype != "geometry"]
    attributes = pd.DataFrame(table[plain]).copy()
    kinds = {
        name: _NULLABLE[dtype.kind]
        for name, dtype in attributes.dtypes.items()
        if isinstance(dtype, np.dtype) and dtype.kind in _NULLABLE
    }
    return attributes.astype(kinds)


def _errors_m(attributes: pd.DataFrame) -> Floats:
    if "error_m" not in attributes:
        return np.zeros(len(attributes))
    error_m = attributes["error_m"].to_numpy(dtype=np.float64, na_value=0.0)
    return np.where(np.isfinite(error_m) & (error_m > 0), error_m, 0.0)


def _lines(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Shapes as lines: areas by their edges."""
    if int(shapely.get_dimensions(shapes).max()) == 2:
        return np.asarray(shapely.boundary(shapes), dtype=object)
    return shapes
