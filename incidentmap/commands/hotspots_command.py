"""`incidentmap hotspots`: cells around which more incidents lie than chance would bring."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentmap.cells_out import CELL_FILES, write_cells
from incidentmap.inputs import read_inputs
from incidentmap.options import check_differ, check_targets, metres, overwrite_option
from incidentmap.standard_streams import InputFile, output_file
from incidentmap.table_options import TableOptions, file_options

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["command"]

_NUMBER = re.compile(r"[-+]?\d+(\.\d*)?")
# The rows that each word of --only keeps.
_ONLY = {"counted": "count > 0 or coarse_count > 0", "hotspots": "hotspot != 'none'"}
# More cells than these make large files, nearly all without incidents.
_MANY_CELLS = 20_000
# Piles that are named one by one.
_TOLD_PILES = 5


def _area(
    context: click.Context, option: click.Parameter, value: str
) -> str | int | tuple[float, float, float, float]:
    """Study area of a word, a number of rings or four numbers."""
    parts = value.split(",")
    if len(parts) == 1:
        return int(value) if value.strip().isdecimal() else value
    if not any(_NUMBER.fullmatch(part.strip()) for part in parts):
        return value
    try:
        west, south, east, north = map(float, parts)
    except ValueError:
        raise click.BadParameter(
            f"{value!r} are no bounds; expected west,south,east,north in degrees.", context, option
        ) from None
    return west, south, east, north


@click.command(
    "hotspots",
    epilog="""\b
Examples:
  incidentmap hotspots incidents.csv --only hotspots -o hotspots.geojson
  incidentmap hotspots incidents.csv --resolution 6 --area Syria -o hotspots.gpkg
  incidentmap hotspots incidents.csv --area 35,32,43,38 --steps 2 -o hotspots.geojson
  incidentmap hotspots incidents.csv --provinces -o provinces.csv --piles piles.geojson
""",
)
@click.argument("source", metavar="IN", type=InputFile())
@click.option(
    "--resolution", type=click.IntRange(0, 15), metavar="0-15",
    help="Of the hexagons: 4 has 1,770 km², 5 (the default) 253, 6 36, 7 5.2.",
)  # fmt: skip
@click.option("--provinces", is_flag=True, help="Count by province instead of by hexagon.")
@click.option(
    "--area", default="countries", callback=_area, metavar="AREA", show_default=True,
    help="Where incidents could have been: the countries with incidents, the name of a country or"
    " place, west,south,east,north in degrees, or a number of rings around the hexagons with"
    " incidents. With --provinces: countries, world, or countries such as JOR,SYR.",
)  # fmt: skip
@click.option(
    "--coarsest", "coarsest_m", callback=metres, metavar="NUMBER+UNIT",
    help="Greatest uncertainty of an incident that counts, as 10km; by default as fits the cells.",
)  # fmt: skip
@click.option(
    "--steps", default=1, show_default=True, type=click.IntRange(min=1), metavar="N",
    help="How many cells away neighbours are.",
)  # fmt: skip
@click.option(
    "--significance", default=0.05, show_default=True, metavar="SHARE",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help="Greatest share of false discoveries among the hot and cold cells.",
)  # fmt: skip
@click.option(
    "--draws", default=99, show_default=True, type=click.IntRange(min=0), metavar="N",
    help="How often all incidents are placed anew within their uncertainties.",
)  # fmt: skip
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), metavar="N",
              help="Of the random draws.")  # fmt: skip
@click.option(
    "--piles", metavar="FILE", type=click.Path(path_type=Path),
    help="Write the centroid piles here: GeoJSON, GeoPackage or CSV.",
)  # fmt: skip
@click.option(
    "-o", "--output", required=True, metavar="OUT", type=click.Path(path_type=Path),
    help="GeoJSON, GeoPackage, or CSV without shapes.",
)  # fmt: skip
@click.option(
    "--only", type=click.Choice(list(_ONLY)),
    help="Write only the cells with incidents, or the hot and cold ones; all are compared.",
)  # fmt: skip
@file_options
@overwrite_option
def command(
    source: Path,
    *,
    resolution: int | None,
    provinces: bool,
    area: str | int | tuple[float, float, float, float],
    steps: int,
    significance: float,
    draws: int,
    seed: int,
    coarsest_m: float | None,
    piles: Path | None,
    output: Path,
    only: str | None,
    table: TableOptions,
    overwrite: bool,
) -> None:
    """Find the cells around which more incidents of IN lie than chance would bring.

    Writes all cells, also those without incidents, with their counts, gi_z and gi_q (Getis-Ord
    Gi*), hotspot (hot, cold, none) and hotspot_share: in what share of draws a hotspot stays one
    when the incidents lie elsewhere within their uncertainties.

    Incidents known less well than the cell is large count in coarse_count only; so do piles of
    incidents on the point of a province or a country, which are told.
    """
    if provinces and resolution is not None:
        raise click.UsageError("say --resolution or --provinces, not both.")
    if provinces and not isinstance(area, str):
        raise click.UsageError("with --provinces, --area is countries, world, or country codes.")
    output = output_file(output)
    check_targets({output: CELL_FILES, piles: CELL_FILES}, inputs=[source], overwrite=overwrite)
    check_differ(output, piles)
    import geo

    incidents = read_inputs([source], table=table)
    if isinstance(area, str) and provinces:
        within = area if area in {"countries", "world"} else area.split(",")
        cells = geo.count_by_province(incidents, study_area=within, coarsest_m=coarsest_m)
    else:
        cells = geo.count_by_hexagon(
            incidents,
            resolution=5 if resolution is None else resolution,
            study_area=area,
            coarsest_m=coarsest_m,
        )
    found = geo.find_hotspots(
        cells, incidents, neighbours=steps, significance=significance, draws=draws, seed=seed
    )
    write_cells(found.query(_ONLY[only]) if only else found, output)
    _tell(found, len(incidents))
    if only is None and len(found) > _MANY_CELLS:
        click.echo(
            f"All {len(found):,} cells are written; --only counted, --only hotspots or a smaller"
            " --area writes fewer.",
            err=True,
        )
    _tell_piles(geo.find_centroid_piles(incidents), piles)


def _tell(found: "gpd.GeoDataFrame", incidents: int) -> None:
    counted, coarse = int(found["count"].sum()), int(found["coarse_count"].sum())
    spots = found["hotspot"].value_counts()
    click.echo(
        f"{len(found):,} cells: {spots.get('hot', 0):,} hot, {spots.get('cold', 0):,} cold."
        f" {counted:,} of {incidents:,} incidents count, {coarse:,} are placed too coarsely,"
        f" {incidents - counted - coarse:,} have no point or lie outside the cells.",
        err=True,
    )


def _tell_piles(found: "gpd.GeoDataFrame", target: Path | None) -> None:
    for row in found.head(_TOLD_PILES).itertuples():
        name = f" {row.place}" if isinstance(row.place, str) else ""
        click.echo(
            f"{row.incidents:,} incidents lie on one point that stands for a whole"
            f" {row.stands_for}{name}: no hotspot.",
            err=True,
        )
    if len(found) > _TOLD_PILES:
        click.echo(f"{len(found) - _TOLD_PILES:,} more such piles.", err=True)
    if target is not None:
        write_cells(found, target)
