"""Columns as the texts of a table's cells."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geo.formats.arrow_compute import compute as pc
from geo.formats.flat_columns import flat_columns, shape_columns
from geo.formats.json_columns import iso_moments
from geo.formats.rfc7946 import DECIMALS

__all__ = ["cell_columns", "formula_safe", "text_table", "without_control"]

# What a spreadsheet takes for the begin of a formula.
_FORMULA = "^[=+\\-@\t\r]"
# What XML 1.0 cannot hold.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_NUMBER = r"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$"


def cell_columns(table: gpd.GeoDataFrame) -> dict[str, pa.Array]:
    """Columns of a table without geometries: points as `lon` and `lat`, other shapes as WKT.

    `lon` and `lat` follow the columns of the incident table; a column of the user's of such a name
    gets a number.
    """
    columns = flat_columns(table)
    points = np.asarray(table.geometry, dtype=object)
    found = {name: columns[name] for name in map(str, table.columns) if name in columns}
    if set(shapely.get_type_id(points).tolist()) <= {0, -1}:
        for name, degrees in (("lon", shapely.get_x(points)), ("lat", shapely.get_y(points))):
            # Adding nothing makes the negative zero a plain one.
            found[_free(name, found)] = pa.array(degrees.round(DECIMALS) + 0.0, from_pandas=True)
    else:
        found[_free("geometry", found)] = _wkt(points)
    for name in shape_columns(table):
        found[name] = _wkt(np.asarray(table[name], dtype=object))
    return found


def text_table(columns: dict[str, pa.Array]) -> pd.DataFrame:
    """Cells as texts, empty where nothing is known; instants after ISO 8601, `true` and `false`."""
    texts = {name: pc.fill_null(_texts(column), "") for name, column in columns.items()}
    return pd.DataFrame({name: column.to_pandas() for name, column in texts.items()}, dtype="str")


def formula_safe(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Texts of which none is run as a formula: an apostrophe stands before those that would be.

    Examples
    --------
    >>> formula_safe(pd.Series(["=1+1", "-3.5", "@home", "Homs"], dtype="str")).tolist()
    ["'=1+1", '-3.5', "'@home", 'Homs']
    """
    plain = texts.astype("str")
    is_formula = plain.str.match(_FORMULA) & ~plain.str.match(_NUMBER)
    return plain.mask(is_formula.fillna(value=False).astype(bool), "'" + plain)


def without_control(texts: pa.Array) -> pa.Array:
    """Texts without the signs that XML cannot hold."""
    return pc.replace_substring_regex(texts, _CONTROL, "")


def _texts(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_timestamp(kind):
        return iso_moments(column)
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_finite(column), column, None)
    return column.cast(pa.large_string())


def _wkt(shapes: "np.ndarray[tuple[int], np.dtype[np.object_]]") -> pa.Array:
    return pa.array(shapely.to_wkt(shapes, rounding_precision=DECIMALS), type=pa.large_string())


def _free(name: str, taken: dict[str, pa.Array]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free
