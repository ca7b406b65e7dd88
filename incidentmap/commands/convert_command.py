"""`incidentmap convert`: a table of incidents in another format."""

from pathlib import Path
from typing import Any

import click

from incidentmap.files_out import stream_table, table_suffixes, write_table
from incidentmap.inputs import read_one
from incidentmap.options import check_targets, overwrite_option
from incidentmap.standard_streams import InputFile, output_file
from incidentmap.table_options import TableOptions, table_options

__all__ = ["command"]

# Texts of this size take some of the memory of a small machine.
_LARGE_BYTES = 50_000_000

# As `geo.formats.registry.FORMATS`; a test compares them.
_FORMATS = (
    "geojson", "geojsonseq", "geopackage", "geoparquet", "flatgeobuf", "kml", "csv", "xlsx",
    "hxl", "acled", "ucdp", "native",
)  # fmt: skip


@click.command(
    "convert",
    epilog="""\b
Examples:
  incidentmap convert incidents.csv -o incidents.gpkg
  incidentmap convert incidents.csv -o incidents.gpkg --sites camps.csv
  incidentmap convert incidents.gpkg -o incidents.geojson --simplestyle
  incidentmap convert export.xlsx --layer 2024 -o incidents.parquet
  incidentmap convert ucdp.csv -o incidents.csv --format acled
  incidentmap convert incidents.geojson -o incidents.hxl.csv
  cat incidents.csv | incidentmap convert - -o - --format geojsonseq
""",
)
@click.argument("source", metavar="IN", type=InputFile())
@click.option(
    "-o", "--output", required=True, metavar="OUT", type=click.Path(path_type=Path),
    help="Its name tells the format: .geojson, .geojsonl, .gpkg, .parquet, .fgb, .kml, .csv, .xlsx,"
    " .hxl.csv, .acled.csv, .ucdp.csv, .native.csv. GeoJSON for -.",
)  # fmt: skip
@click.option(
    "--format", "file_format", type=click.Choice(_FORMATS), metavar="NAME",
    help=f"Format, where the name does not tell it: {', '.join(_FORMATS)}.",
)  # fmt: skip
@click.option("--simplestyle", is_flag=True, help="GeoJSON: add the colours of kinds.")
@click.option(
    "--excel-safe", is_flag=True,
    help="CSV: put an apostrophe before what a spreadsheet would run as a formula.",
)  # fmt: skip
@click.option(
    "--sites", metavar="FILE", type=InputFile(),
    help="GeoPackage: add these sites, lines or areas as a layer.",
)  # fmt: skip
@table_options
@overwrite_option
def command(
    source: Path,
    *,
    output: Path,
    file_format: str | None,
    simplestyle: bool,
    excel_safe: bool,
    sites: Path | None,
    table: TableOptions,
    overwrite: bool,
) -> None:
    """Write the incidents of IN in another format; nothing is looked up or measured.

    What a format cannot hold is told in docs/formats.md. A GeoPackage opens in QGIS in colours by
    kind, with areas of uncertainty, labels and days; its sources and actors are tables. Columns of
    ACLED and UCDP are those of the provider where the rows are its own, and as like them as
    incidents allow for other rows.
    """
    output = output_file(output, suffix=_suffix(file_format))
    inputs = [source] if sites is None else [source, sites]
    suffixes = table_suffixes() if file_format is None else (output.suffix.lower(),)
    check_targets({output: suffixes}, inputs=inputs, overwrite=overwrite)
    options: dict[str, Any] = {"simplestyle": simplestyle, "excel_safe": excel_safe}
    if sites is not None:
        from geo.tables.site_layers import read_site_layer

        options["layers"] = {"sites": read_site_layer(sites)}
    if _is_stream(source, output, file_format):
        written = stream_table(source, output, command="convert", options=table.options())
        click.echo(
            f"{written.rows:,} rows: {written.mapped:,} mapped, {written.unmapped:,} unmapped, "
            f"{written.rejected:,} rejected.",
            err=True,
        )
        return
    incidents = read_one(source, table)
    noun = "incident" if len(incidents) == 1 else "incidents"
    write_table(
        incidents, output, command="convert", inputs=inputs, file_format=file_format, **options
    )
    click.echo(f"{len(incidents):,} {noun} written.", err=True)


def _suffix(file_format: str | None) -> str:
    """Extension of a file on the standard output, which has no name."""
    from geo.formats.registry import FORMATS

    return FORMATS[file_format or "geojson"].suffixes[0]


def _is_stream(source: Path, output: Path, file_format: str | None) -> bool:
    """Whether a table is too large to be held at once, and need not be."""
    from geo.tables.files import DELIMITED

    is_parquet = file_format == "geoparquet" or (
        file_format is None and output.suffix.lower() in {".parquet", ".geoparquet"}
    )
    is_text = source.suffix.lower() in DELIMITED
    return is_parquet and is_text and source.is_file() and source.stat().st_size > _LARGE_BYTES
