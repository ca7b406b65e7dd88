"""Tables of any size to GeoParquet, batch by batch."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from geo.canonical_json import to_json
from geo.formats.about import column_meanings
from geo.formats.atomic import atomic_path
from geo.reading.incidents import Reading
from geo.reading.options import ReadOptions
from geo.reading.streams import stream_readings
from geo.reading.summaries import ReadingSummary, summarise
from geo.schema import CRS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Streamed", "stream_to_parquet"]

_DAYS = ("date_start", "date_end")
_LOOKED_AT = 5_000


@dataclass(frozen=True)
class Streamed:
    """What was written.

    Parameters
    ----------
    rows
        Rows in all: the three others together.
    mapped
        Rows with a point.
    unmapped
        Rows without one.
    rejected
        Rows that could not be trusted.
    summary
        How they were read, as people are told; None where the file has no rows.
    """

    rows: int = 0
    mapped: int = 0
    unmapped: int = 0
    rejected: int = 0
    summary: ReadingSummary | None = None


def stream_to_parquet(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    options: ReadOptions | None = None,
    *,
    about: Callable[[gpd.GeoDataFrame], str] | None = None,
    on_rows: Callable[[int], object] | None = None,
) -> Streamed:
    """Read a file batch by batch, and write its incidents as GeoParquet.

    The target appears whole or not at all.

    Parameters
    ----------
    source
        A file, as `geo.read_incidents` takes it.
    target
        GeoParquet to write, EPSG:4326.
    options
        What the user says of the file.
    about
        Gives what the file says of itself, as JSON, when it sees the first batch.
    on_rows
        Called with the number of rows of each finished batch.

    Returns
    -------
    Streamed
        How many rows were written, and how many of them have a point.

    Raises
    ------
    ReadError
        As `geo.read_incidents`.
    WriteError
        The target cannot be written.
    """
    said, told = options or ReadOptions(), 0

    def tell(rows: int) -> None:
        nonlocal told
        if on_rows is not None and rows > told:
            on_rows(rows - told)
        told = max(told, rows)

    with atomic_path(target) as partial:
        try:
            return _written(stream_readings(Path(source), said), partial, about, tell)
        except _LateColumnError as late:
            # A file of Parquet names its columns first, so that it begins anew.
            again = stream_readings(Path(source), said)
            return _written(again, partial, about, tell, late.names)


class _LateColumnError(Exception):
    """Rows have columns that the rows before them lack."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"late columns: {', '.join(names)}")
        self.names = names


def _written(
    readings: Iterable[Reading],
    path: Path,
    about: Callable[[gpd.GeoDataFrame], str] | None,
    tell: Callable[[int], object],
    late: Sequence[str] = (),
) -> Streamed:
    count = Streamed()
    writer: pq.ParquetWriter | None = None
    waiting: Future[Any] | None = None
    with ThreadPoolExecutor(1) as pool:
        try:
            for reading in readings:
                table = _as_arrow(reading.incidents)
                if writer is None:
                    said = {"geo": to_json(_about_geometry())}
                    if about is not None:
                        said["incidentmap"] = about(reading.incidents)
                    table = _with_empty(table, late)
                    schema = _with_meanings(table.schema).with_metadata(said)
                    writer = pq.ParquetWriter(
                        path, schema, compression="zstd", use_dictionary=_repeated(table)
                    )
                count = _counted(count, reading)
                if waiting is not None:
                    waiting.result()
                waiting = pool.submit(writer.write_table, _fitted(table, writer.schema))
                tell(count.rows)
            if waiting is not None:
                waiting.result()
        finally:
            if writer is not None:
                writer.close()
    return count


def _with_meanings(schema: pa.Schema) -> pa.Schema:
    meanings = column_meanings(schema.names)
    return pa.schema(field.with_metadata({"description": meanings[field.name]}) for field in schema)


def _fitted(table: pa.Table, schema: pa.Schema) -> pa.Table:
    late = [name for name in table.column_names if name not in schema.names]
    if late:
        raise _LateColumnError(late)
    return _with_empty(table, schema.names).select(schema.names).cast(schema)


def _with_empty(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """The table with an empty column of texts for each name that it lacks."""
    for name in names:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(table.num_rows, pa.large_string()))
    return table


def _counted(count: Streamed, reading: Reading) -> Streamed:
    incidents, faults = reading.incidents, reading.raw.faults
    rejected = 0 if faults is None else int(faults.notna().sum())
    mapped = int(incidents.geometry.notna().sum())
    rows = len(incidents)
    summary = summarise(reading)
    return Streamed(
        count.rows + rows,
        count.mapped + mapped,
        count.unmapped + rows - mapped - rejected,
        count.rejected + rejected,
        summary if count.summary is None else count.summary + summary,
    )


def _as_arrow(incidents: gpd.GeoDataFrame) -> pa.Table:
    arrays: dict[str, pa.Array] = {}
    for name in incidents.columns:
        if incidents[name].dtype == "geometry":
            wkb = shapely.to_wkb(incidents[name].to_numpy(), output_dimension=2)
            arrays[str(name)] = pa.array(wkb, type=pa.binary())
        elif name in _DAYS:
            arrays[str(name)] = pa.array(incidents[name]).cast(pa.timestamp("s")).cast(pa.date32())
        else:
            arrays[str(name)] = _array(incidents[name])
    return pa.table(arrays)


def _array(column: "pd.Series[Any]") -> pa.Array:
    array = pa.array(column, from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    # A column that is empty so far holds text later on, like the others.
    return array.cast(pa.large_string()) if pa.types.is_null(array.type) else array


def _repeated(table: pa.Table) -> Any:  # noqa: ANN401  # pyarrow's types leave out names
    """Columns whose values occur again in the first rows: looking for others takes long in vain."""
    head = table.slice(0, 5_000)
    return [
        name
        for name in head.column_names
        if not pa.types.is_binary(head[name].type)
        and head[name].combine_chunks().dictionary_encode().dictionary.nbytes * 2
        < head[name].nbytes
    ]


def _about_geometry() -> dict[str, Any]:
    """What GeoParquet wants to be told. Its bounds may be left out: they are known at the end."""
    column = {
        "crs": pyproj.CRS(CRS).to_json_dict(),
        "edges": "planar",
        "encoding": "WKB",
        "geometry_types": ["Point"],
    }
    return {"columns": {"geometry": column}, "primary_column": "geometry", "version": "1.1.0"}
