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

__all__ = ["cell_columns", "formula_safe", "placeless_columns", "text_table", "without_control"]

# What is not seen, or no more than a blank.
_BLANK = "\\x00-\\x20\\x7f-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff"
# What a spreadsheet takes for the begin of a formula, also in full width, behind any blanks.
_SIGN = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b"
_FORMULA = f"^(?:[\t\r\n]|[{_BLANK}]*[{_SIGN}])"
# What XML 1.0 cannot hold.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_NUMBER = r"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$"


def cell_columns(table: gpd.GeoDataFrame) -> dict[str, pa.Array]:
    """Columns of a table without geometries: points as `lon` and `lat`, other shapes as WKT.

    `lon` and `lat` follow the columns of the incident table; a column of the user's of such a name
    gets a number, since a reader takes these two for the place.
    """
    shapes = _shape_cells(np.asarray(table.geometry, dtype=object))
    found: dict[str, pa.Array] = {}
    for name, column in flat_columns(table).items():
        taken = name.casefold() in shapes
        found[_numbered(name, {*map(str, table.columns), *shapes}) if taken else name] = column
    return found | shapes | _other_shapes(table)


def placeless_columns(table: gpd.GeoDataFrame) -> dict[str, pa.Array]:
    """The same without the place of each row."""
    return flat_columns(table) | _other_shapes(table)


def text_table(columns: dict[str, pa.Array]) -> pd.DataFrame:
    """Cells as texts, empty where nothing is known; instants after ISO 8601, `true` and `false`."""
    texts = {name: pc.fill_null(_texts(column), "") for name, column in columns.items()}
    return pd.DataFrame({name: column.to_pandas() for name, column in texts.items()}, dtype="str")


def formula_safe(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Texts of which none is run as a formula: an apostrophe stands before those that would be.

    Examples
    --------
    >>> formula_safe(pd.Series(["=1+1", "-3.5", " @home", "Homs"], dtype="str")).tolist()
    ["'=1+1", '-3.5', "' @home", 'Homs']
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


def _shape_cells(points: "np.ndarray[tuple[int], np.dtype[np.object_]]") -> dict[str, pa.Array]:
    if not set(shapely.get_type_id(points).tolist()) <= {0, -1}:
        return {"geometry": _wkt(points)}
    degrees = {"lon": shapely.get_x(points), "lat": shapely.get_y(points)}
    # Adding nothing makes the negative zero a plain one.
    return {
        name: pa.array(one.round(DECIMALS) + 0.0, from_pandas=True) for name, one in degrees.items()
    }


def _other_shapes(table: gpd.GeoDataFrame) -> dict[str, pa.Array]:
    return {name: _wkt(np.asarray(table[name], dtype=object)) for name in shape_columns(table)}


def _wkt(shapes: "np.ndarray[tuple[int], np.dtype[np.object_]]") -> pa.Array:
    return pa.array(shapely.to_wkt(shapes, rounding_precision=DECIMALS), type=pa.large_string())


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
