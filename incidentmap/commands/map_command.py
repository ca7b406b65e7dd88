"""`incidentmap map`: the whole chain from a table to a map."""

from pathlib import Path

import click

__all__ = ["command"]


@click.command(
    "map",
    epilog="""\b
Examples:
  incidentmap map incidents.csv -o map.html
  incidentmap map incidents.csv -o map.html --geojson incidents.geojson
  incidentmap map quakes.geojson -o quakes.html --title "Earthquakes"
  incidentmap map export.csv -o map.html --place where --date day --kind category
""",
)
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, metavar="HTML", type=click.Path(path_type=Path),
    help="The map to write: one file that opens without a network.",
)  # fmt: skip
@click.option(
    "--geojson", metavar="GEOJSON", type=click.Path(path_type=Path),
    help="Write the placed incidents for GIS tools too.",
)  # fmt: skip
@click.option("--title", help="Title of the map; the name of the input by default.")
@click.option("--lon", metavar="COLUMN", help="Column with the longitude in degrees.")
@click.option("--lat", metavar="COLUMN", help="Column with the latitude in degrees.")
@click.option("--place", metavar="COLUMN", help="Column with the place as written.")
@click.option("--date", metavar="COLUMN", help="Column with the date.")
@click.option("--kind", metavar="COLUMN", help="Column with the kind of incident.")
@click.option("--overwrite", is_flag=True, help="Replace files that exist.")
def command(
    source: Path,
    output: Path,
    geojson: Path | None,
    title: str | None,
    *,
    overwrite: bool,
    **columns: str | None,
) -> None:
    """Make an offline map of the incidents in IN, a CSV or GeoJSON file.

    Columns are found by their names. Places are looked up offline; each incident is joined to its
    country and its nearest land border. Incidents that cannot be placed are counted and listed.
    """
    import geo
    import layers
    from geo.errors import WriteError

    for target in (output, geojson):
        if target is not None and target.exists() and not overwrite:
            raise WriteError(f"{target}: exists already; choose another name or say --overwrite.")
    incidents = geo.geocode(geo.read_incidents(source, **columns))
    incidents = incidents.pipe(geo.add_countries).pipe(geo.add_borders)
    layers.map_incidents(incidents, title=title or _title(source)).save(output)
    if geojson is not None:
        geo.write(incidents, geojson)
    counts = incidents["status"].value_counts()
    said = ", ".join(f"{counts[status]} {status}" for status in counts.index)
    noun = "incident" if len(incidents) == 1 else "incidents"
    click.echo(f"{len(incidents)} {noun}: {said}.", err=True)
    for target in (output, geojson):
        if target is not None:
            click.echo(target)


def _title(source: Path) -> str:
    words = source.stem.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
