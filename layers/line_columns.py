"""A table of border lines as the block that the border layer draws."""

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import SchemaError
from geo.schema import CRS, require
from layers.payload import Block, delta, pack, plain, texts
from layers.place_names import border_name

__all__ = ["encode_lines"]

_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
_UNITS_PER_DEGREE = 1e6


def encode_lines(table: gpd.GeoDataFrame, *, by: str) -> Block:
    """Block of a table of border lines; vertices are kept to 1e-6 degree (0.1 m).

    Parameters
    ----------
    table
        Lines in EPSG:4326 with `border_pair` and `status`, such as `geo.borders()` returns.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        A column is missing, the CRS is another one, or a geometry is no line.
    """
    require(table, ("border_pair", "status", "geometry"), by=by)
    if table.crs is None or table.crs.to_epsg() != 4326:
        raise SchemaError(f"{by}: the CRS is {table.crs}, expected {CRS}; use table.to_crs(4326).")
    geometry = np.asarray(table.geometry.array)
    present = ~shapely.is_missing(geometry)
    other = present & ~np.isin(shapely.get_type_id(geometry), _LINES)
    if other.any():
        row = int(np.argmax(other))
        raise SchemaError(
            f"{by}: a {geometry[row].geom_type} in row {table.index[row]}, expected lines; "
            "geo.borders returns them."
        )
    lines, row_of_line = shapely.get_parts(geometry, return_index=True)
    x, y = np.rint(shapely.get_coordinates(lines) * _UNITS_PER_DEGREE).astype(np.int32).T
    pairs = [str(pair) for pair in table["border_pair"]]
    return pack(
        {
            "x": delta(x),
            "y": delta(y),
            "line_length": plain(shapely.get_num_coordinates(lines), "i32"),
            "row": plain(row_of_line, "i32"),
            "border_pair": texts(pairs),
            "status": texts(str(status) for status in table["status"]),
            "name": texts(border_name(pair) for pair in pairs),
        },
        {},
    )
