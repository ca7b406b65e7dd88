"""Countries and border distances for Parquet files of any size, in chunks."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import ReadError
from geo.formats.atomic import atomic_path
from geo.formats.geoparquet import Positions, positions_of, with_positions
from geo.joins.borders import add_borders
from geo.joins.coast import add_coast
from geo.joins.countries import add_countries
from geo.reference.views import Worldview, view
from geo.schema import COLUMNS

__all__ = ["count_rows", "enrich"]

# Rows that are worked on at a time: enough for the compiled loops, few enough for the memory.
_CHUNK_ROWS = 65_536
_WORKERS = 2
# What the measures read beside the position, where a file has it.
_READ = (
    "uncertainty_m", "precision", "country_a3", "country", "admin1_code", "admin1", "date_start",
    "status", "reason",
)  # fmt: skip
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

    All columns of the source stay; those that the measures add replace columns of the same name.
    The target appears whole or not at all.

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
        table = pa.Table.from_batches([batch])
        return _enriched(table, positions, point_of_view, coast=coast)

    with file, atomic_path(target) as partial, ThreadPoolExecutor(_WORKERS) as pool:
        empty = measure(pa.RecordBatch.from_pylist([], schema=file.schema_arrow))
        rows = 0
        with pq.ParquetWriter(partial, empty.schema, compression="zstd") as writer:
            for table in _in_order(pool, measure, file.iter_batches(_CHUNK_ROWS)):
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


def _enriched(
    table: pa.Table, positions: Positions, point_of_view: Worldview, *, coast: bool
) -> pa.Table:
    known = [name for name in _READ if name in table.column_names]
    points = gpd.GeoDataFrame(table.select(known).to_pandas(), geometry=positions.points(table))
    measured = points.pipe(add_countries, worldview=point_of_view)
    measured = measured.pipe(add_borders, worldview=point_of_view)
    measured = add_coast(measured) if coast else measured
    added = [name for name in measured.columns if name in COLUMNS]
    for name in added:
        kind = _ARROW_TYPES.get(COLUMNS[name].dtype)
        column = pa.array(measured[name], type=kind, from_pandas=True)
        place = table.schema.get_field_index(name)
        table = (
            table.append_column(name, column)
            if place < 0
            else table.set_column(place, name, column)
        )
    return with_positions(table, positions)
