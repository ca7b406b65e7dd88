"""Columns of a table as Arrow columns of the few types that files know."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from geopandas.array import GeometryDtype

from geo.canonical_json import to_json
from geo.formats.arrow_compute import compute as pc
from geo.schema import COLUMNS

__all__ = ["flat_columns", "gdal_columns", "is_plain", "shape_columns"]

_CIVIL_DATE = "datetime64[s]"
_DAY, _INSTANT, _TIME = pa.date32(), pa.timestamp("us", tz="UTC"), pa.timestamp("us")


def shape_columns(table: gpd.GeoDataFrame) -> list[str]:
    """Names of the columns that hold geometries beside that of the table itself."""
    return [
        str(name)
        for name, kind in table.dtypes.items()
        if isinstance(kind, GeometryDtype) and name != table.geometry.name
    ]


def flat_columns(table: pd.DataFrame) -> dict[str, pa.Array]:
    """All columns but the geometries: days as dates, instants in UTC, else numbers and texts.

    What is neither (lists, spans of time) becomes text: JSON where it can.
    """
    return {
        str(name): _flat(table[name], str(name))
        for name, kind in table.dtypes.items()
        if not isinstance(kind, GeometryDtype)
    }


def gdal_columns(table: pd.DataFrame) -> dict[str, pa.Array]:
    """The same without the sign NUL, at which GDAL would end a text."""
    return {
        name: pc.replace_substring(column, "\0", "") if _is_text(column) else column
        for name, column in flat_columns(table).items()
    }


def _is_text(column: pa.Array) -> bool:
    return any(fits(column.type) for fits in (pa.types.is_string, pa.types.is_large_string))


def _flat(values: "pd.Series[Any]", name: str) -> pa.Array:
    kind = values.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return _flat(values.astype(kind.categories.dtype), name)
    if isinstance(kind, pd.DatetimeTZDtype):
        return pa.array(values, type=_INSTANT, from_pandas=True, safe=False)
    if pd.api.types.is_datetime64_dtype(kind):
        is_civil = name in COLUMNS and COLUMNS[name].dtype == _CIVIL_DATE
        times = pa.array(values, from_pandas=True).cast(_TIME, safe=False)
        return times.cast(_DAY, safe=False) if is_civil else times
    if not is_plain(kind):
        return pa.array([_text(cell) for cell in values], type=pa.large_string())
    # Few programs know numbers of two bytes.
    known = values.astype("float32") if str(kind) == "float16" else values
    found = pa.array(known, from_pandas=True)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def is_plain(kind: Any) -> bool:  # noqa: ANN401
    """Whether a type of pandas holds numbers, truth values or texts, and nothing else."""
    # Of Python's own objects any may be in a column.
    if pd.api.types.is_object_dtype(kind) or pd.api.types.is_complex_dtype(kind):
        return False
    plain = pd.api.types.is_bool_dtype, pd.api.types.is_numeric_dtype, pd.api.types.is_string_dtype
    return any(fits(kind) for fits in plain)


def _text(cell: Any) -> str | None:  # noqa: ANN401
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Mapping | list | tuple | bool):
        try:
            return to_json(cell)
        except (TypeError, ValueError):
            return str(cell)
    is_missing = pd.api.types.is_scalar(cell) and bool(pd.isna(cell))
    return None if is_missing else str(cell)
