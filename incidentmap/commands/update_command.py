"""`incidentmap update`: a later file of the same provider into an earlier one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentmap.files_out import table_suffixes, write_table
from incidentmap.options import check_differ, check_targets, overwrite_option
from incidentmap.telling import tell_layers

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
from incidentmap.standard_streams import InputFile, output_file

__all__ = ["command"]

_SHOWN = 20


@click.command(
    "update",
    epilog="""\b
Examples:
  incidentmap update acled_january.csv acled_february.csv -o acled.geojson
  incidentmap update acled.geojson acled_march.csv --deleted deleted.csv -o acled_now.geojson
  incidentmap update quakes.geojson all_week.geojson -o quakes_now.geojson --changes changes.csv
""",
)
@click.argument("old", metavar="OLD", type=InputFile())
@click.argument("new", metavar="NEW", type=InputFile())
@click.option(
    "--deleted", metavar="FILE", type=click.Path(path_type=Path),
    help="Table with the identifiers of incidents that the provider has deleted.",
)  # fmt: skip
@click.option("--profile", metavar="NAME", help="Profile of NEW, such as acled; by default found.")
@click.option(
    "--changes", metavar="CSV", type=click.Path(path_type=Path),
    help="Write here what became of each incident, and why.",
)  # fmt: skip
@click.option(
    "-o", "--output", required=True, metavar="OUT", type=click.Path(path_type=Path),
    help="GeoJSON, GeoPackage, Parquet, CSV or another format of convert.",
)  # fmt: skip
@overwrite_option
def command(
    old: Path,
    new: Path,
    *,
    deleted: Path | None,
    profile: str | None,
    changes: Path | None,
    output: Path,
    overwrite: bool,
) -> None:
    """Bring the incidents of NEW into those of OLD, by their identifiers.

    OLD is a file of the provider, or what an earlier update has written. A row of NEW replaces the
    row of OLD with its identifier, unless that one was edited later; new rows are added; what the
    provider has withdrawn or deleted is removed. Other rows of OLD stay.

    Says how many incidents were added (+), changed (~) and removed (-).
    """
    output = output_file(output)
    inputs = [path for path in (old, new, deleted) if path is not None]
    check_targets(
        {output: table_suffixes(), changes: (".csv",)}, inputs=inputs, overwrite=overwrite
    )
    check_differ(output, changes)
    import geo
    from geo.profiles.deletions import read_deleted

    gone = () if deleted is None else read_deleted(deleted)
    earlier = _read(old)
    later = _read(new, profile)
    update = geo.update_incidents(earlier, later, deleted=gone)
    write_table(update.incidents, output, command="update", inputs=inputs)
    if changes is not None:
        from geo.formats.atomic import open_atomic

        with open_atomic(changes) as stream:
            update.changes.to_csv(stream, index=False, lineterminator="\n")
    unknown = update.changes["incident_id"][update.changes["change"] == "unknown"]
    if len(unknown):
        click.echo(
            f"Named as deleted, but in neither file ({len(unknown):,}): {_listed(unknown)}",
            err=True,
        )
    if update.repeated:
        shown = _listed(update.repeated)
        click.echo(f"In one file more than once, the newest edit of each counts: {shown}", err=True)
    noun = "incident" if len(update.incidents) == 1 else "incidents"
    click.echo(f"{update.summary()}: {len(update.incidents):,} {noun}.", err=True)


def _listed(identifiers: "Iterable[str]") -> str:
    texts = list(identifiers)
    return ", ".join(texts[:_SHOWN]) + (", …" if len(texts) > _SHOWN else ".")


def _read(path: Path, profile: str | None = None) -> "gpd.GeoDataFrame":
    from geo.reading.incidents import read_table
    from geo.reading.options import ReadOptions

    reading = read_table(path, ReadOptions(profile))
    tell_layers(reading, how="Save another one as a file of its own to update from it.")
    return reading.incidents
