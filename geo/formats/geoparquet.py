"""Where the positions of a Parquet file are, and how the file says so."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS

from geo.errors import ReadError
from geo.schema import CRS as WGS84

__all__ = ["Positions", "positions_of", "with_positions"]

_LON_NAMES = ("lon", "longitude", "lng", "x")
_LAT_NAMES = ("lat", "latitude", "y")
_VERSION = "1.1.0"


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

    def points(self, table: pa.Table) -> gpd.GeoSeries:
        """Geometry of each row."""
        if self.geometry is not None:
            wkb = table[self.geometry].to_numpy()
            return gpd.GeoSeries(shapely.from_wkb(wkb), crs=self.crs)
        lon, lat = (
            table[name].cast(pa.float64()).to_numpy() for name in (self.lon, self.lat) if name
        )
        points = shapely.points(lon, lat)
        points[np.isnan(lon) | np.isnan(lat)] = None
        return gpd.GeoSeries(points, crs=WGS84)


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
    metadata = json.loads(said)
    name = metadata["primary_column"]
    column = metadata["columns"][name]
    if column.get("encoding") != "WKB":
        raise ReadError(
            f"{path}: the geometries of {name!r} are encoded as {column.get('encoding')}; "
            "expected WKB. Write the file with to_parquet(geometry_encoding='WKB')."
        )
    crs = column.get("crs", "OGC:CRS84")
    return Positions(name, None, None, CRS.from_user_input(crs) if crs else None, metadata)


def with_positions(table: pa.Table, positions: Positions) -> pa.Table:
    """Table that says, as GeoParquet, where its geometries are; it gets them where it has none."""
    if positions.geometry is None:
        wkb = pa.array(shapely.to_wkb(positions.points(table).to_numpy()), type=pa.binary())
        table = table.append_column("geometry", wkb)
    old = {key: value for key, value in (table.schema.metadata or {}).items() if key != b"pandas"}
    return table.replace_schema_metadata({**old, b"geo": json.dumps(positions.metadata).encode()})


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
    metadata = {"version": _VERSION, "primary_column": "geometry", "columns": {"geometry": column}}
    return Positions(None, lon, lat, WGS84, metadata)
