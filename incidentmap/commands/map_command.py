"""`incidentmap map`: the whole chain from articles and tables to a map."""

import datetime as dt
from pathlib import Path

import click

from incidentmap.options import (
    check_differ,
    check_targets,
    overrides_option,
    overwrite_option,
    published_option,
    worldview_option,
)
from incidentmap.standard_streams import InputFile, hand_over, output_file
from incidentmap.table_options import TableOptions, table_options

__all__ = ["command"]


def _language(_context: click.Context, _option: click.Parameter, given: str) -> str | Path:
    return Path(given) if given.endswith(".json") else given


@click.command(
    "map",
    epilog="""\b
Examples:
  incidentmap map incidents.csv -o map.html
  incidentmap map incidents.csv -o map.html --geojson incidents.geojson
  incidentmap map article.txt -o map.html --published 2024-01-31
  incidentmap map incidents.csv -o map.html --worldview UA
  incidentmap map export.csv -o map.html --place where --date day --kind category
  incidentmap map incidents.csv -o map.html --language ar --title "حوادث"
""",
)
@click.argument("sources", metavar="IN...", nargs=-1, required=True, type=InputFile())
@click.option(
    "-o", "--output", required=True, metavar="HTML", type=click.Path(path_type=Path),
    help="The map to write: one file that opens without a network.",
)  # fmt: skip
@click.option(
    "--geojson", metavar="GEOJSON", type=click.Path(path_type=Path),
    help="Write the placed incidents for GIS tools too.",
)  # fmt: skip
@click.option("--title", help="Title of the map; the name of the first input by default.")
@click.option(
    "--language", default="en", show_default=True, metavar="TAG|JSON", callback=_language,
    help="Language of the page: en, ar, or a JSON file with the sentences of another one.",
)  # fmt: skip
@published_option
@overrides_option
@worldview_option
@table_options
@click.option(
    "--max-size-mb", type=click.FloatRange(min=0, min_open=True), default=25.0, show_default=True,
    help="Beyond this size of the map in MB, incidents are counted by cell, and the map says so.",
)  # fmt: skip
@overwrite_option
def command(
    sources: tuple[Path, ...],
    output: Path,
    geojson: Path | None,
    title: str | None,
    language: str | Path,
    *,
    published: dt.datetime | None,
    overrides: Path | None,
    worldview: str,
    max_size_mb: float,
    overwrite: bool,
    table: TableOptions,
) -> None:
    """Make an offline map of the incidents in IN: tables of all kinds, and articles (.txt, .md).

    Tables are read by their provider's profile, or by the names of their columns (“incidentmap
    info” shows how); articles are searched for the incidents that they report. Places are looked up
    offline; each incident is joined to its country and its nearest land border. Incidents that
    cannot be placed are counted and listed.
    """
    output = output_file(output, suffix=".html")
    geojson = geojson and output_file(geojson)
    check_differ(output, geojson)
    check_targets(
        {output: (".html", ".htm"), geojson: (".geojson", ".json")},
        inputs=[*sources, *([overrides] if overrides else [])],
        overwrite=overwrite,
    )
    import geo
    import layers
    from geo.tables.cells import has_unread_cells
    from incidentmap.inputs import read_inputs, read_view

    view = read_view(worldview)
    incidents = read_inputs(
        sources,
        published=published.date() if published else None,
        table=table,
        overrides=overrides,
    )
    incidents = incidents.pipe(geo.add_countries, worldview=view)
    incidents = incidents.pipe(geo.add_borders, worldview=view)
    title = title or _title(sources[0])
    map_ = layers.map_incidents(
        incidents, title=title, worldview=view, language=language, max_size_mb=max_size_mb
    )
    map_.made_from(*sources).save(output)
    if geojson is not None:
        geo.write(incidents, geojson)
    counts = incidents["status"].value_counts()
    said = ", ".join(f"{counts[status]} {status}" for status in counts.index) or "none found"
    noun = "incident" if len(incidents) == 1 else "incidents"
    click.echo(f"{len(incidents)} {noun}: {said}.", err=True)
    unread = int(has_unread_cells(incidents["reason"]).sum())
    if unread:
        rows = "1 row holds" if unread == 1 else f"{unread} rows hold"
        click.echo(f"{rows} cells that could not be read (see reason).", err=True)
    for target in (output, geojson):
        if target is not None:
            hand_over(target)


def _title(source: Path) -> str:
    words = source.stem.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
