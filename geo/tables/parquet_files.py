"""Parquet and GeoParquet as raw tables."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.canonical_json import to_json
from geo.errors import ReadError
from geo.schema import CRS
from geo.tables.limits import MOST_COLUMNS, MOST_UNPACKED
from geo.tables.raw import RawTable

__all__ = ["check_footer", "read_parquet"]

_EXPECTED = "expected Parquet"
# The key in which a file of ours says what it is.
_OURS = "incidentmap"
_BROKEN = (pa.ArrowException, OSError, ValueError, KeyError, TypeError)


def read_parquet(path: Path) -> RawTable:
    """Raw table of a Parquet file; of GeoParquet with its geometries in EPSG:4326.

    Raises
    ------
    ReadError
        The file is no Parquet, is broken, or too large.
    """
    metadata = check_footer(path)
    size = sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    if size > MOST_UNPACKED:
        raise ReadError(
            f"{path}: {size:,} bytes when unpacked; at most {MOST_UNPACKED:,} are read in one "
            "piece. “incidentmap enrich” reads larger ones."
        )
    try:
        said = pq.read_schema(path).metadata or {}
        is_geo = b"geo" in said
        found = gpd.read_parquet(path) if is_geo else pd.read_parquet(path)
        found = found.reset_index(drop=True)
        shapes = None
        if isinstance(found, gpd.GeoDataFrame):
            if found.crs is None:
                raise ReadError(f"{path}: the geometries have no CRS, expected one; set it first.")
            shapes = found.geometry.to_crs(CRS)
            found = pd.DataFrame(found.drop(columns=found.geometry.name))
    except _BROKEN as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{path}: cannot be read ({_fault(error)}); {_EXPECTED}.") from error
    for column in [name for name in found.columns if str(found[name].dtype) == "object"]:
        found[column] = found[column].map(_plain)
    members: dict[str, Any] = {_OURS: {}} if _OURS.encode() in said else {}
    return RawTable(found, shapes, origin=str(path), kind="parquet", members=members)


def check_footer(path: Path) -> pq.FileMetaData:
    """Footer of a Parquet file.

    Raises
    ------
    ReadError
        The file is no Parquet, or has too many columns.
    """
    try:
        metadata = pq.read_metadata(path)
    except (pa.ArrowException, OSError) as error:
        raise ReadError(f"{path}: cannot be read ({_fault(error)}); {_EXPECTED}.") from error
    if metadata.num_columns > MOST_COLUMNS:
        raise ReadError(
            f"{path}: {metadata.num_columns:,} columns; at most {MOST_COLUMNS:,} are read."
        )
    return metadata


def _fault(error: Exception) -> str:
    return str(error).partition("\n")[0][:200].rstrip(".")


def _plain(cell: object) -> object:
    listed: object = np.asarray(cell).tolist() if isinstance(cell, np.ndarray) else cell
    return to_json(listed) if isinstance(listed, list | dict | tuple) else cell
