"""Pairs of incidents in a Parquet file, however many there are."""

import os
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import WriteError
from geo.formats.atomic import atomic_path
from geo.proximity.incident_pairs import pair_parts

__all__ = ["write_pairs"]


def write_pairs(
    table: gpd.GeoDataFrame,
    path: str | os.PathLike[str],
    *,
    distance_m: float,
    days: float | None = None,
) -> int:
    """Write the pairs of incidents within a distance in metres, and some days, to a Parquet file.

    The memory does not grow with the number of pairs. The file appears whole or not at all.

    Parameters
    ----------
    table
        As for `geo.pairs`.
    path
        Target, `.parquet`; replaced where it exists.
    distance_m, days
        As for `geo.pairs`.

    Returns
    -------
    int
        Pairs that were written, with the columns of `geo.pairs`; sorted in each part only.

    Raises
    ------
    WriteError
        The extension is another one, or the file cannot be written.
    SchemaError, ValueError
        As for `geo.pairs`.

    Examples
    --------
    >>> import tempfile
    >>> points = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy([38.7, 38.701, 38.702], [33.3, 33.3, 33.3]), crs=4326
    ... )
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_pairs(points, f"{folder}/pairs.parquet", distance_m=150)
    2
    """
    target = Path(path)
    if target.suffix.lower() != ".parquet":
        raise WriteError(f"{target}: unknown kind of file {target.suffix!r}; expected .parquet.")
    parts = pair_parts(table, distance_m=distance_m, days=days)
    first = pa.Table.from_pandas(next(parts), preserve_index=False)
    rows: int = first.num_rows
    with (
        atomic_path(target) as partial,
        pq.ParquetWriter(partial, first.schema, compression="zstd") as writer,
    ):
        writer.write_table(first)
        for part in parts:
            rows += len(part)
            writer.write_table(
                pa.Table.from_pandas(part, schema=first.schema, preserve_index=False)
            )
    return rows
