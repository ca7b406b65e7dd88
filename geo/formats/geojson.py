"""Incident tables as GeoJSON after RFC 7946: WGS 84, two dimensions, one feature per line."""

import json
import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from geopandas.array import GeometryDtype
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo import shipped
from geo.schema import COLUMNS, VERSION

__all__ = ["write_geojson"]

# One centimetre; more digits than any source of incidents has.
_DECIMALS = 7
# Our own measures; the user's numbers keep all their digits.
_DIGITS = {
    "_distance_m": 1,
    "_min_m": 1,
    "_max_m": 1,
    "uncertainty_m": 1,
    "_deg": 2,
    "_lon": _DECIMALS,
    "_lat": _DECIMALS,
    "score": 4,
}
_JSON_COLUMNS = ("candidates", "country_shares", "actors", "sources")


def write_geojson(table: gpd.GeoDataFrame, stream: IO[str]) -> None:
    """Write an incident table as a FeatureCollection; rows without a point get a null geometry.

    Dates are `YYYY-MM-DD`, instants end in `Z`, JSON columns become JSON. Licences, worldview and
    the version of the schema travel in the member `incidentmap`.
    """
    columns = [name for name in table.columns if name != table.geometry.name]
    about = _dump(_about(table))
    stream.write(f'{{"type":"FeatureCollection","incidentmap":{about},"features":[')
    values = [_encoded(table[name], name) for name in columns]
    rows = zip(*values, strict=True) if values else iter([()] * len(table))
    for number, (geometry, row) in enumerate(zip(table.geometry, rows, strict=True)):
        feature = {
            "type": "Feature",
            "geometry": _mapping(geometry),
            "properties": dict(zip(columns, row, strict=True)),
        }
        stream.write(("," if number else "") + "\n" + _dump(feature))
    stream.write("\n]}\n")


def _about(table: gpd.GeoDataFrame) -> dict[str, Any]:
    worldviews = set(table["worldview"].dropna()) if "worldview" in table else set()
    return {
        "attribution": sorted({product.attribution for product in shipped.products().values()}),
        "schema_version": VERSION,
        "worldview": sorted(worldviews),
    }


def _mapping(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    if geometry is None or geometry.is_empty:
        return None
    flat = shapely.transform(shapely.force_2d(geometry), lambda xy: xy.round(_DECIMALS))
    return mapping(flat)


def _encoded(values: "pd.Series[Any]", name: str) -> Iterator[Any]:
    encode = _encoder(values, name)
    pairs = zip(values, values.isna(), strict=True)
    return (None if missing else encode(value) for value, missing in pairs)


def _encoder(values: "pd.Series[Any]", name: str) -> Callable[[Any], Any]:
    if isinstance(values.dtype, GeometryDtype):
        return _mapping
    if name in _JSON_COLUMNS:
        return json.loads
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return lambda instant: instant.isoformat().replace("+00:00", "Z")
    if pd.api.types.is_datetime64_dtype(values.dtype):
        is_civil = name in COLUMNS
        return lambda time: time.date().isoformat() if is_civil else time.isoformat()
    if pd.api.types.is_float_dtype(values.dtype):
        return partial(_number, decimals=_decimals(name))
    return _plain


def _decimals(name: str) -> int | None:
    """Decimals of one of our own measures; None for columns of the user's, which stay whole."""
    if name not in COLUMNS:
        return None
    return next((digits for unit, digits in _DIGITS.items() if name.endswith(unit)), None)


def _plain(value: object) -> bool | int | float | str:
    """Scalar of numpy or of the user as one that JSON knows."""
    scalar = value.item() if isinstance(value, np.generic) else value
    return scalar if isinstance(scalar, bool | int | float | str) else str(scalar)


def _number(value: float, decimals: int | None) -> float | int | None:
    if not math.isfinite(value):
        return None
    number = float(value) if decimals is None else round(float(value), decimals)
    return int(number) if number.is_integer() else number


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
