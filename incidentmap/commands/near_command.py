"""`incidentmap near`: incidents within a distance of sites, a place, a country or a border."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentmap.files_out import table_suffixes
from incidentmap.inputs import read_inputs
from incidentmap.options import check_targets, metres, overwrite_option
from incidentmap.standard_streams import InputFile, hand_over, output_file
from incidentmap.table_options import TableOptions, file_options

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["command"]


@click.command(
    "near",
    epilog="""\b
Examples:
  incidentmap near incidents.csv --border JOR-SYR --distance 5km -o close.geojson
  incidentmap near incidents.geojson --sites camps.csv --distance 25km -o near_camps.geojson
  incidentmap near incidents.csv --place "Homs, Syria" --distance 30km -o near_homs.geojson
  incidentmap near incidents.csv --place Lebanon --distance 10km --beyond -o elsewhere.geojson
""",
)
@click.argument("source", metavar="IN", type=InputFile())
@click.option(
    "--sites", metavar="FILE", type=InputFile(),
    help="GeoJSON, GeoPackage, or CSV with longitude and latitude: points, lines or areas.",
)  # fmt: skip
@click.option("--place", metavar="NAME", help="A place, a description of one, or a country.")
@click.option("--border", metavar="AAA-BBB", help="The border of two countries, by their codes.")
@click.option(
    "--distance", "distance_m", required=True, callback=metres, metavar="NUMBER+UNIT",
    help="Greatest distance, such as 25km, 500m, 10mi or 12nm.",
)  # fmt: skip
@click.option("--beyond", is_flag=True, help="Keep what has nothing within the distance instead.")
@click.option(
    "-o", "--output", required=True, metavar="OUT", type=click.Path(path_type=Path),
    help="GeoJSON, GeoPackage, Parquet, CSV or another format of convert.",
)  # fmt: skip
@file_options
@overwrite_option
def command(
    source: Path,
    *,
    sites: Path | None,
    place: str | None,
    border: str | None,
    distance_m: float,
    beyond: bool,
    output: Path,
    table: TableOptions,
    overwrite: bool,
) -> None:
    """Keep the incidents of IN that lie within a distance of something, or can lie there.

    Distances are true metres over ground. `match` says whether an incident lies there wherever in
    its uncertainty it is (certain), or only can (possible), and `match_share` how much of its
    uncertainty does. Within a country or an area means inside it, at any distance.

    The nearest site, with distance and bearing, is added to each row as nearest_*.
    """
    asked = [one for one in (sites, place, border) if one is not None]
    if len(asked) != 1:
        raise click.UsageError("say what to measure to: one of --sites, --place and --border.")
    output = output_file(output)
    inputs = [source] if sites is None else [source, sites]
    check_targets({output: table_suffixes()}, inputs=inputs, overwrite=overwrite)
    layer = _layer(sites, place, border)
    incidents = read_inputs([source], table=table)
    _select(incidents, layer, output, distance_m=distance_m, beyond=beyond)


def _layer(sites: Path | None, place: str | None, border: str | None) -> "gpd.GeoDataFrame":
    from geo.proximity.targets import named_layer
    from geo.tables.site_layers import read_site_layer

    if sites is not None:
        return read_site_layer(sites)
    if place is not None:
        return named_layer(place)
    pair = (border or "").strip().upper()
    if not re.fullmatch("[A-Z]{3}-[A-Z]{3}", pair):
        raise click.UsageError(f"--border is {border!r}; expected two codes, such as JOR-SYR.")
    return named_layer(pair)


def _select(
    incidents: "gpd.GeoDataFrame",
    layer: "gpd.GeoDataFrame",
    output: Path,
    *,
    distance_m: float,
    beyond: bool,
) -> None:
    import geo

    indexed = geo.index(layer)
    if indexed.left_out:
        some = (
            "site without a position is"
            if indexed.left_out == 1
            else ("sites without a position are")
        )
        click.echo(f"{indexed.left_out:,} {some} left out.", err=True)
    chosen = geo.beyond if beyond else geo.within
    found = chosen(incidents, indexed, distance_m=distance_m)
    # Further attributes would say of each incident what is true of the site alone.
    named = [name for name in ("name", "place", "country_a3", "border_pair") if name in layer]
    geo.write(geo.add_nearest(found, indexed, columns=named[:1]), output)
    certain = int((found["match"] == "certain").sum())
    click.echo(
        f"{len(found):,} of {len(incidents):,} incidents: {certain:,} certain, "
        f"{len(found) - certain:,} possible.",
        err=True,
    )
    hand_over(output)
