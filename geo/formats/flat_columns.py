"""Columns of a table as Arrow columns of the few types that files know."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from geopandas.array import GeometryDtype

from geo.canonical_json import to_json
from geo.formats.arrow_compute import compute as pc
from geo.formats.json_columns import iso_moments
from geo.schema import COLUMNS

__all__ = ["flat_columns", "gdal_columns", "is_plain", "shape_columns", "with_texts_of_shapes"]

_CIVIL_DATE = "datetime64[s]"
_DAY, _INSTANT, _TIME = pa.date32(), pa.timestamp("us", tz="UTC"), pa.timestamp("us")


def shape_columns(table: gpd.GeoDataFrame) -> list[str]:
    """Names of the columns that hold geometries beside that of the table itself."""
    return [
        str(name)
        for name, kind in table.dtypes.items()
        if isinstance(kind, GeometryDtype) and name != table.geometry.name
    ]


def with_texts_of_shapes(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Table whose geometry columns beside that of the table itself are texts (WKT)."""
    return table.assign(
        **{name: table[name].to_wkt(rounding_precision=6) for name in shape_columns(table)}
    )


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
    values = _unwrapped(values)
    kind = values.dtype
    if isinstance(kind, pd.DatetimeTZDtype):
        return _of_four_digits(pa.array(values, type=_INSTANT, from_pandas=True, safe=False))
    if pd.api.types.is_datetime64_dtype(kind):
        is_civil = name in COLUMNS and COLUMNS[name].dtype == _CIVIL_DATE
        times = pa.array(values, from_pandas=True).cast(_TIME, safe=False)
        return times.cast(_DAY, safe=False) if is_civil else _of_four_digits(times)
    if _are_days(values):
        return pa.array(values, type=_DAY, from_pandas=True)
    if not is_plain(kind):
        return pa.array([_text(cell) for cell in values], type=pa.large_string())
    # Few programs know numbers of two bytes.
    known = values.astype("float32") if str(kind) == "float16" else values
    found = pa.array(known, from_pandas=True)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _unwrapped(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Categories as their values, and Arrow's instants as those of pandas."""
    kind = values.dtype
    if isinstance(kind, pd.SparseDtype):
        return values.astype(kind.subtype)
    if isinstance(kind, pd.CategoricalDtype):
        return _unwrapped(values.astype(kind.categories.dtype))
    if isinstance(kind, pd.ArrowDtype) and pa.types.is_timestamp(kind.pyarrow_dtype):
        if kind.pyarrow_dtype.tz is None:
            return values.astype("datetime64[us]")
        return values.astype("datetime64[us, UTC]")
    return values


def _of_four_digits(times: pa.Array) -> pa.Array:
    """Moments; as texts where a year lies beyond 1 to 9999, which few programs know."""
    ends = pc.min_max(times.cast(_TIME))
    years = [pc.year(ends[end]).as_py() for end in ("min", "max")]
    return times if all(year is None or 1 <= year <= 9999 for year in years) else iso_moments(times)


def _are_days(values: "pd.Series[Any]") -> bool:
    """Whether a column holds Python's dates, or Arrow's, and nothing else."""
    if isinstance(values.dtype, pd.ArrowDtype):
        return bool(pa.types.is_date(values.dtype.pyarrow_dtype))
    is_object = pd.api.types.is_object_dtype(values.dtype)
    return is_object and pd.api.types.infer_dtype(values, skipna=True) == "date"


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
