"""Countries and border distances for Parquet files of any size, in chunks."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import ReadError
from geo.formats.atomic import atomic_path
from geo.formats.geoparquet import Positions, positions_of, with_positions
from geo.joins.borders import with_borders
from geo.joins.coast import with_coast
from geo.joins.countries import with_countries
from geo.reference.views import Worldview, view
from geo.schema import COLUMNS

__all__ = ["count_rows", "enrich"]

# Rows that are worked on at a time: enough for the compiled loops, few enough for the memory.
_CHUNK_ROWS = 32_768
_WORKERS = 2
# What the measures read beside the position, where a file has it.
_READ = (
    "uncertainty_m", "precision", "country_a3", "country", "admin1_code", "admin1", "date_start",
    "status", "reason",
)  # fmt: skip
# Of these the measures only read: the file keeps its own column.
_KEPT = frozenset({"uncertainty_m", "precision", "date_start"})
_ARROW_TYPES = {"str": pa.string(), "float64": pa.float64()}


def enrich(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    worldview: str | Worldview = "default",
    coast: bool = False,
    on_rows: Callable[[int], object] | None = None,
) -> int:
    """Add country, province and border distance (metres) to a Parquet file, chunk by chunk.

    All columns of the source stay; those that the measures add replace columns of the same name,
    but for columns of another type where text is added: these stay as `native_*`. The target
    appears whole or not at all.

    Parameters
    ----------
    source
        GeoParquet with points, any CRS, or Parquet with the columns `lon` and `lat` (EPSG:4326).
    target
        GeoParquet to write, in the CRS of the source.
    worldview
        Point of view on disputed areas: a name of `worldviews()`, or one of your own.
    coast
        Whether the distance to the coast is added too.
    on_rows
        Called with the number of rows of each finished chunk.

    Returns
    -------
    int
        Rows that were written.

    Raises
    ------
    ReadError
        The source is no Parquet file, or has no positions.
    PlaceNotFoundError
        There is no such worldview.
    """
    point_of_view = view(worldview)
    file = _open(Path(source))
    positions = positions_of(file.schema_arrow, Path(source))

    def measure(batch: pa.RecordBatch) -> pa.Table:
        return _enriched(batch, positions, point_of_view, coast=coast)

    with file, atomic_path(target) as partial, ThreadPoolExecutor(_WORKERS) as pool:
        batches = file.iter_batches(_CHUNK_ROWS)
        empty = pa.RecordBatch.from_pylist([], schema=file.schema_arrow)
        # Alone: it opens and compiles what the others share.
        first = measure(next(batches, empty))
        # pyarrow's types leave out that columns can be chosen by name.
        kept: Any = _repeated(first.schema)
        rows = 0
        with pq.ParquetWriter(
            partial, first.schema, compression="zstd", use_dictionary=kept
        ) as writer:
            for table in chain((first,), _in_order(pool, measure, batches)):
                writer.write_table(table)
                rows += table.num_rows
                if on_rows:
                    on_rows(table.num_rows)
    return rows


def count_rows(source: str | os.PathLike[str]) -> int:
    """Rows of a Parquet file, by its footer.

    Raises
    ------
    ReadError
        The source is no Parquet file.
    """
    with _open(Path(source)) as file:
        return int(file.metadata.num_rows)


def _open(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except pa.ArrowInvalid as error:
        raise ReadError(f"{path}: not a Parquet file ({error}); expected one.") from error


def _in_order(
    pool: ThreadPoolExecutor,
    measure: Callable[[pa.RecordBatch], pa.Table],
    batches: Iterable[pa.RecordBatch],
) -> Iterator[pa.Table]:
    """Measured batches in their order; as many wait as there are workers."""
    waiting: deque[Future[pa.Table]] = deque()
    for batch in batches:
        waiting.append(pool.submit(measure, batch))
        if len(waiting) > _WORKERS:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _repeated(schema: pa.Schema) -> list[str]:
    """Columns whose values are likely to occur again: looking for others takes long in vain."""
    kinds = (pa.types.is_floating, pa.types.is_binary)
    return [field.name for field in schema if not any(is_kind(field.type) for is_kind in kinds)]


def _enriched(
    batch: pa.RecordBatch, positions: Positions, point_of_view: Worldview, *, coast: bool
) -> pa.Table:
    points = positions.points(batch)
    measured = with_countries(_known(batch), points, point_of_view)
    measured = with_borders(measured, points, point_of_view)
    measured = with_coast(measured, points) if coast else measured
    table = _with_natives(pa.Table.from_batches([batch]), set(measured.columns) - _KEPT)
    if "country_shares" not in measured and "country_shares" in table.column_names:
        # Shares of an earlier call belong to an uncertainty that is gone.
        table = table.drop_columns("country_shares")
    for name in measured.columns.difference(list(_KEPT), sort=False):
        kind = _ARROW_TYPES[COLUMNS[name].dtype]
        column = pa.array(measured[name], type=kind, from_pandas=True)
        place = table.schema.get_field_index(name)
        table = (
            table.append_column(name, column)
            if place < 0
            else table.set_column(place, name, column)
        )
    return with_positions(table, positions)


def _with_natives(table: pa.Table, added: set[str]) -> pa.Table:
    """Table whose columns of another type than text are native where text of the name is added."""
    taken = set(table.column_names)
    names = []
    for field in table.schema:
        name = field.name
        if name in added and COLUMNS[name].dtype == "str" and not _is_text(field.type):
            while name in taken:
                name = f"native_{name}"
            taken.add(name)
        names.append(name)
    return table.rename_columns(names)


def _is_text(kind: pa.DataType) -> bool:
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    kinds = pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null
    return any(is_kind(value) for is_kind in kinds)


def _known(batch: pa.RecordBatch) -> pd.DataFrame:
    """What the measures read beside the position; numbers of another type than theirs are null."""
    names = [
        field.name
        for field in batch.schema
        if field.name in _READ and (COLUMNS[field.name].dtype != "str" or _is_text(field.type))
    ]
    known: pd.DataFrame = batch.select(names).to_pandas()
    for name in names:
        if COLUMNS[name].dtype == "float64":
            known[name] = pd.to_numeric(known[name], errors="coerce").astype("float64")
        elif COLUMNS[name].dtype == "str":
            known[name] = known[name].astype("str")
    return known
