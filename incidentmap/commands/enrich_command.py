"""`incidentmap enrich`: countries, provinces and border distances for a table of any size."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentmap.files_out import table_suffixes
from incidentmap.inputs import read_inputs, read_view
from incidentmap.options import check_targets, overwrite_option, worldview_option
from incidentmap.standard_streams import InputFile, hand_over, output_file
from incidentmap.table_options import TableOptions, file_options

if TYPE_CHECKING:
    from geo.reference.views import Worldview

__all__ = ["command"]

_PARQUET = (".parquet", ".geoparquet")


@click.command(
    "enrich",
    epilog="""\b
Examples:
  incidentmap enrich big.parquet -o enriched.parquet
  incidentmap enrich big.parquet -o enriched.parquet --coast --worldview UA
  incidentmap enrich incidents.csv -o incidents.geojson
""",
)
@click.argument("source", metavar="IN", type=InputFile())
@click.option(
    "-o", "--output", required=True, metavar="OUT", type=click.Path(path_type=Path),
    help="Parquet for Parquet, else GeoJSON, GeoPackage, CSV or another format of convert.",
)  # fmt: skip
@worldview_option
@click.option("--coast", is_flag=True, help="Add the distance to the coast too.")
@file_options
@overwrite_option
def command(
    source: Path,
    output: Path,
    *,
    worldview: str,
    coast: bool,
    table: TableOptions,
    overwrite: bool,
) -> None:
    """Add country, province, sea, dispute and the nearest land border to each row of IN.

    Parquet files (GeoParquet, or with columns lon and lat) may be larger than the memory: they are
    read, measured and written in chunks. Other tables are geocoded first.
    """
    is_parquet = source.suffix.lower() in _PARQUET
    output = output_file(output, suffix=_PARQUET[0] if is_parquet else ".geojson")
    check_targets(
        {output: _PARQUET if is_parquet else table_suffixes()},
        inputs=[source],
        overwrite=overwrite,
    )
    view = read_view(worldview)
    if is_parquet:
        rows = _stream(source, output, worldview=view, coast=coast)
    else:
        rows = _whole(source, output, table=table, worldview=view, coast=coast)
    click.echo(f"{rows:,} {'row' if rows == 1 else 'rows'} enriched.", err=True)
    hand_over(output)


def _stream(source: Path, output: Path, *, worldview: "Worldview", coast: bool) -> int:
    from geo.enriching import count_rows, enrich

    total = count_rows(source)
    with click.progressbar(length=total, label="Enriching", file=sys.stderr) as bar:
        return enrich(source, output, worldview=worldview, coast=coast, on_rows=bar.update)


def _whole(
    source: Path, output: Path, *, table: TableOptions, worldview: "Worldview", coast: bool
) -> int:
    import geo

    incidents = read_inputs([source], table=table).pipe(geo.add_countries, worldview=worldview)
    incidents = incidents.pipe(geo.add_borders, worldview=worldview)
    if coast:
        incidents = geo.add_coast(incidents)
    geo.write(incidents, output)
    return len(incidents)
