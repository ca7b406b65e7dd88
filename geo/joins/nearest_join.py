"""Which row of a layer lies nearest to each incident, how far, in which direction, how sure."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np

from geo.joins.columns import Column, spread, with_columns, with_notes
from geo.joins.layer_columns import attributes_of, new_names
from geo.joins.line_distance import interval_m, measured_rows
from geo.joins.points import Shapes, points_of
from geo.joins.user_layers import LineLayer, layer_of
from geo.spatial.areas import NOWHERE

__all__ = ["add_nearest"]

_MADE = ("distance_m", "distance_min_m", "distance_max_m", "bearing_deg", "lon", "lat")


def add_nearest(
    table: gpd.GeoDataFrame,
    layer: gpd.GeoDataFrame | gpd.GeoSeries | LineLayer,
    *,
    columns: Sequence[str] | None = None,
    prefix: str = "nearest_",
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> gpd.GeoDataFrame:
    """Add the nearest row of a layer and the geodesic distance to it, in metres.

    The interval holds the distance with the point's own uncertainty and the error of the layer.
    Incidents known only to a province or a country get no distance.

    Parameters
    ----------
    table
        Points in any CRS; null geometries stay. `uncertainty_m` and `precision` are used where the
        table has them; where the uncertainty is null, the interval is null too.
    layer
        Lines, areas or points in any CRS, or what `geo.index` made of them. Its column `error_m`,
        the positional error in metres, is used where there is one.
    columns
        Attributes to add; all of them by default.
    prefix
        What the names of the new columns begin with.
    shapes
        What to do with a geometry that is no point: `representative` measures from a point inside
        it, `refuse` leaves the row without a distance.
    wrap
        Whether a longitude between 180° and 360° is brought back into ±180°; else the row gets no
        distance.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with `nearest_distance_m`, `nearest_distance_min_m`, `nearest_distance_max_m`,
        `nearest_bearing_deg` (azimuth at the incident, 0 to 360), `nearest_lon` and `nearest_lat`
        (the nearest point, WGS 84), and the attributes (`nearest_name` for `name`); index and rows
        as in the input. Whole numbers and truth values are of pandas' nullable types.

    Raises
    ------
    SchemaError
        The layer has no such column, no CRS, or holds geometries of several kinds; the table has no
        geometry column or no CRS, or has a column of the new name already.

    Notes
    -----
    Inside an area the distance is 0, the nearest point is the point itself, and there is no
    bearing. Source: geodesics after Karney 2013 on WGS 84.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(
    ...     {"uncertainty_m": [500.0]}, geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326
    ... )
    >>> pipeline = gpd.GeoDataFrame(
    ...     {"name": ["H4"]},
    ...     geometry=gpd.GeoSeries.from_wkt(["LINESTRING(39 33.3,38 32.8)"]),
    ...     crs=4326,
    ... )
    >>> near = add_nearest(points, pipeline).iloc[0]
    >>> near["nearest_name"], round(near["nearest_distance_m"]), round(near["nearest_bearing_deg"])
    ('H4', 14725, 149)
    """
    known = layer_of(layer, by="add_nearest")
    names = new_names(table, known, columns, made=_MADE, by="add_nearest", prefix=prefix)
    points = points_of(table, by="add_nearest", shapes=shapes, wrap=wrap)
    rows = measured_rows(table, points)
    lon, lat = points.lon_deg[rows], points.lat_deg[rows]
    near = known.nearest(lon, lat)
    least, greatest = interval_m(table, rows, near.distance_m, near.error_m)
    inside = near.distance_m <= 0
    values = {
        "distance_m": np.maximum(near.distance_m, 0.0),
        "distance_min_m": least,
        "distance_max_m": np.maximum(greatest, 0.0),
        "bearing_deg": np.where(inside, np.nan, near.azimuth_deg % 360.0),
        "lon": np.where(inside, lon, near.lon_deg),
        "lat": np.where(inside, lat, near.lat_deg),
    }
    added: dict[str, Column] = {
        f"{prefix}{name}": spread(values[name], rows, len(table)) for name in _MADE
    }
    row = np.full(len(table), NOWHERE, dtype=np.int64)
    row[rows] = near.row
    added |= attributes_of(known, row, names)
    return with_notes(with_columns(table, added), points.notes, points.faulty)
