"""Tables as files of any kind, from the command line."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from incidentmap.standard_streams import hand_over
from incidentmap.telling import tell_summary

if TYPE_CHECKING:
    from typing import Unpack

    import geopandas as gpd

    from geo.formats.options import WriteOptions
    from geo.reading.options import ReadOptions
    from geo.reading.parquet_stream import Streamed

__all__ = ["stream_table", "table_suffixes", "write_table"]


def table_suffixes() -> tuple[str, ...]:
    """Ends of the names of all files that tables are written to."""
    from geo.formats.registry import suffixes

    return suffixes()


def write_table(
    table: "gpd.GeoDataFrame",
    target: Path,
    *,
    command: str,
    inputs: Sequence[Path],
    file_format: str | None = None,
    **options: "Unpack[WriteOptions]",
) -> None:
    """Write a table that says by which command and from which files it was made, and say where.

    Parameters
    ----------
    table
        Incident table.
    target
        File to write.
    command
        Name of the command.
    inputs
        Files that were read; only their names are kept.
    file_format
        Name of a format, where the name of the file does not tell it.
    **options
        As `geo.write` takes them.
    """
    import geo
    from geo.exporting import describe

    about = describe(table, run=_run(command, inputs))
    geo.write(table, target, file_format=file_format, about=about, **options)
    hand_over(target)


def stream_table(source: Path, target: Path, *, command: str, options: "ReadOptions") -> "Streamed":
    """Write a table of any size as GeoParquet, batch by batch, and say where.

    Parameters
    ----------
    source
        Text with delimiters.
    target
        GeoParquet to write.
    command
        Name of the command.
    options
        What the user says of the table.
    """
    from geo.canonical_json import to_json
    from geo.exporting import describe
    from geo.formats.writing import warn_of_restrictions
    from geo.reading.parquet_stream import stream_to_parquet

    def about(first: "gpd.GeoDataFrame") -> str:
        said = describe(first, run=_run(command, [source]))
        warn_of_restrictions(said, target)
        return to_json(said.record())

    written = stream_to_parquet(source, target, options, about=about)
    if written.summary is not None:
        tell_summary(written.summary)
    hand_over(target)
    return written


def _run(command: str, inputs: Sequence[Path]) -> dict[str, str]:
    from importlib.metadata import version

    return {
        "command": f"incidentmap {command}",
        "inputs": ", ".join(path.name for path in inputs),
        "program": f"incidentmap {version('incidentmap')}",
    }
