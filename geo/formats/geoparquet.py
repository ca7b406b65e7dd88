"""Where the positions of a Parquet file are, and how the file says so."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.errors import ReadError
from geo.geocoding.wording import quoted
from geo.geodesy import Floats
from geo.joins.points import Points, points_at, points_of
from geo.schema import CRS as WGS84

__all__ = ["Positions", "positions_of", "with_positions"]

_LON_NAMES = ("lon", "longitude", "lng", "x")
_LAT_NAMES = ("lat", "latitude", "y")
_VERSION = "1.1.0"
# The second where the file has a column of the first name, which is no geometry.
_GEOMETRY_NAMES = ("geometry", "geometry_wgs84")
# A point as WKB: little-endian, of the kind 1, without z.
_WKB_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
_HEAD = (1, 1)
_NO_WKB = "The geometry cannot be read as WKB"
_EMPTY = np.array((*_HEAD, np.nan, np.nan), dtype=_WKB_POINT)


@dataclass(frozen=True)
class Positions:
    """Columns that hold the positions: a geometry column, else longitude and latitude.

    `crs` is that of the geometries; `metadata` is what the file says of its geometries, as
    GeoParquet has it.
    """

    geometry: str | None
    lon: str | None
    lat: str | None
    crs: Any
    metadata: dict[str, Any]

    def points(self, batch: pa.RecordBatch) -> Points:
        """Position of each row, WGS 84."""
        if self.geometry is None:
            lon, lat = self.lon_lat_deg(batch)
            faults = self._unread_degrees(batch, lon, lat)
            filled = ~(np.isnan(lon) | np.isnan(lat))
            lon, lat = np.where(filled, lon, np.nan), np.where(filled, lat, np.nan)
            return _with_faults(points_at(lon, lat, filled), faults)
        wkb = batch[self.geometry]
        plain = _plain_points(wkb) if self._is_wgs84 else None
        if plain is not None:
            lon, lat = plain["lon"].copy(), plain["lat"].copy()
            return points_at(lon, lat, ~(np.isnan(lon) & np.isnan(lat)))
        shapes = shapely.from_wkb(wkb.to_numpy(zero_copy_only=False), on_invalid="ignore")
        unread = shapely.is_missing(shapes) & np.asarray(wkb.is_valid())
        points = points_of(gpd.GeoDataFrame(geometry=shapes, crs=self.crs), by="enrich")
        return _with_faults(points, dict.fromkeys(np.flatnonzero(unread).tolist(), _NO_WKB))

    def lon_lat_deg(self, table: pa.RecordBatch | pa.Table) -> tuple[Floats, Floats]:
        """Longitude and latitude of each row, of a file that has columns of them."""
        columns = table.select([self.lon, self.lat]).to_pandas()
        lon, lat = (
            pd.to_numeric(columns[name], errors="coerce").to_numpy(np.float64, na_value=np.nan)
            for name in (self.lon, self.lat)
        )
        return lon, lat

    def _unread_degrees(self, batch: pa.RecordBatch, lon: Floats, lat: Floats) -> dict[int, str]:
        """What is wrong with cells that hold something, but no number."""
        found: dict[int, str] = {}
        for name, degrees in ((self.lon, lon), (self.lat, lat)):
            if pa.types.is_primitive(batch[name].type):
                continue
            for row in np.flatnonzero(np.isnan(degrees)).tolist():
                cell = batch[name][row].as_py()
                if isinstance(cell, str) and cell.strip():
                    found.setdefault(row, f"{name} {quoted(cell)} is not in decimal degrees")
        return found

    @cached_property
    def _is_wgs84(self) -> bool:
        return self.crs is not None and self.crs.equals(CRS(WGS84), ignore_axis_order=True)


def positions_of(schema: pa.Schema, path: Path) -> Positions:
    """Positions of a Parquet file, by its own word or by the names of its columns.

    Raises
    ------
    ReadError
        The file has no positions, or writes them in an encoding other than WKB.
    """
    said = (schema.metadata or {}).get(b"geo")
    if said is None:
        return _by_columns(schema, path)
    try:
        metadata = json.loads(said)
        name = metadata["primary_column"]
        column = metadata["columns"][name]
        crs = column.get("crs", "OGC:CRS84")
        known = CRS.from_user_input(crs) if crs else None
    except (ValueError, KeyError, TypeError, AttributeError, CRSError) as error:
        raise ReadError(
            f"{path}: what it says of its geometries cannot be read ({error!r}); expected the "
            "metadata of GeoParquet."
        ) from error
    if name not in schema.names:
        raise ReadError(f"{path}: has no column {name!r}, which it names as its geometry.")
    if column.get("encoding") != "WKB":
        raise ReadError(
            f"{path}: the geometries of {name!r} are encoded as {column.get('encoding')}; "
            "expected WKB. Write the file with to_parquet(geometry_encoding='WKB')."
        )
    return Positions(name, None, None, known, metadata)


def with_positions(table: pa.Table, positions: Positions) -> pa.Table:
    """Table that says, as GeoParquet, where its geometries are; it gets them where it has none."""
    if positions.geometry is None:
        name = positions.metadata["primary_column"]
        table = table.append_column(name, _as_wkb(*positions.lon_lat_deg(table)))
    old = {key: value for key, value in (table.schema.metadata or {}).items() if key != b"pandas"}
    return table.replace_schema_metadata({**old, b"geo": json.dumps(positions.metadata).encode()})


def _with_faults(points: Points, faults: dict[int, str]) -> Points:
    """Points of which some rows hold a position that cannot be read."""
    faulty = points.faulty.union(faults)
    return replace(points, notes={**points.notes, **faults}, faulty=faulty)


def _plain_points(column: pa.Array) -> npt.NDArray[np.void] | None:
    """Points of a column of WKB, empty for null; None where something else is among them."""
    storage = column.storage if isinstance(column, pa.ExtensionArray) else column
    try:
        wkb = storage.fill_null(_EMPTY.tobytes()).cast(pa.binary(_WKB_POINT.itemsize))
    except pa.ArrowInvalid:
        return None
    points = np.frombuffer(wkb.buffers()[1], _WKB_POINT) if len(wkb) else np.empty(0, _WKB_POINT)
    points = points[wkb.offset : wkb.offset + len(wkb)]
    order, kind = _HEAD
    return points if ((points["order"] == order) & (points["kind"] == kind)).all() else None


def _as_wkb(lon_deg: Floats, lat_deg: Floats) -> pa.Array:
    points = np.full(len(lon_deg), _EMPTY)
    points["lon"], points["lat"] = lon_deg, lat_deg
    fixed = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(_WKB_POINT.itemsize), len(points), [None, pa.py_buffer(points.tobytes())]
    )
    filled = pa.array(~(np.isnan(lon_deg) | np.isnan(lat_deg)))
    missing = pa.scalar(None, type=pa.binary())
    return pc.call_function("if_else", [filled, fixed.cast(pa.binary()), missing])


def _by_columns(schema: pa.Schema, path: Path) -> Positions:
    names = {name.casefold(): name for name in schema.names}
    lon, lat = (
        next((names[name] for name in wanted if name in names), None)
        for wanted in (_LON_NAMES, _LAT_NAMES)
    )
    if lon is None or lat is None:
        raise ReadError(
            f"{path}: no positions; expected GeoParquet, or columns named lon and lat. It has "
            f"{', '.join(schema.names[:10])}."
        )
    column = {"encoding": "WKB", "geometry_types": ["Point"]}
    name = next(name for name in _GEOMETRY_NAMES if name not in schema.names)
    metadata = {"version": _VERSION, "primary_column": name, "columns": {name: column}}
    return Positions(None, lon, lat, WGS84, metadata)
