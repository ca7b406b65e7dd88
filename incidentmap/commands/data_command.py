"""`incidentmap data`: the reference data, its licences, its checksums, and one's own places."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidentmap.options import check_targets, overwrite_option

if TYPE_CHECKING:
    from geo.gazetteer.entries import Fault

__all__ = ["command"]

_SHOWN_FAULTS = 20
_TERMS = ("licence", "attribution", "vintage", "sha256")


@click.group(
    "data",
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",
    epilog="""\b
Examples:
  incidentmap data
  incidentmap data --json
  incidentmap data verify
  incidentmap data add JO.zip
  incidentmap data add sites.csv --first --licence "own work"
  incidentmap data remove sites
""",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """List the reference data and your own places: rows, licence, attribution, sha256."""
    if context.invoked_subcommand is not None:
        return
    from geo import shipped
    from geo.gazetteer.user_places import place_sets

    products = [asdict(product) for product in shipped.products().values()]
    own = [asdict(one) | {"path": str(one.path)} for one in place_sets()]
    if as_json:
        click.echo(json.dumps([*products, *own], ensure_ascii=False, indent=2))
        return
    for product in products:
        _print(f"{product['name']}  {product['title']}", product)
    for one in own:
        _print(f"{one['name']}  Your own places from {one['source']}", one)
        click.echo(f"  {'priority':<11} {one['priority']}")
        click.echo(f"  {'path':<11} {one['path']}")


def _print(title: str, about: dict[str, Any]) -> None:
    from geo.gazetteer.entries import counted

    click.echo(title)
    click.echo(f"  {counted(about['rows'], 'row')}, {about['bytes'] / 1e6:,.1f} MB")
    for name in _TERMS:
        click.echo(f"  {name:<11} {about[name] or 'not stated'}")


@command.command("verify")
def verify() -> None:
    """Compare every file with its checksum; exit 1 and say which is damaged or missing."""
    from geo import shipped
    from geo.gazetteer.user_places import other_files, place_set_names, verify_place_set

    whole = [_is_whole(name, shipped.verify) for name in shipped.products()]
    whole += [_is_whole(name, verify_place_set) for name in place_set_names()]
    for path in other_files():
        click.echo(f"{path}: no set of places, nothing reads it; add it or move it away", err=True)
    if not all(whole):
        raise click.exceptions.Exit(1)


def _is_whole(name: str, check: Callable[[str], None]) -> bool:
    from geo.errors import ShippedDataError

    try:
        check(name)
    except ShippedDataError as error:
        click.echo(f"incidentmap: {error}", err=True)
        return False
    click.echo(f"{name}: whole")
    return True


@command.command(
    "add",
    epilog="""\b
Examples:
  incidentmap data add JO.zip
  incidentmap data add sites.csv --first
  incidentmap data add camps.gpkg --kind settlement --report bad.csv
""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", default="", help="Name of the set; that of the file by default.")
@click.option(
    "--priority", type=click.IntRange(-100, 100), default=None, metavar="N",
    help="Above 0: they win over the shipped places of their names; 0: all are weighed together "
    "(default); below 0: they answer where no other place has the name.",
)  # fmt: skip
@click.option("--first", is_flag=True, help="Short for --priority 1.")
@click.option(
    "--kind", default="site", show_default=True, metavar="KIND",
    help="What the places of a table are unless they say it: settlement, site, area, water, line, "
    "admin2.",
)  # fmt: skip
@click.option("--licence", default="", help="Licence of the places, such as CC-BY-4.0.")
@click.option("--attribution", default="", help="Words that the source wants to read.")
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of a CSV file.")
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="CSV",
    help="Write all rows that could not be read, with their line numbers.",
)  # fmt: skip
@overwrite_option
def add(file: Path, *, priority: int | None, first: bool, report: Path | None, **said: Any) -> None:  # noqa: ANN401
    """Add the places of FILE to every search.

    FILE is a dump of GeoNames (JO.zip, allCountries.zip, or the .txt in it), a CSV with columns for
    name, longitude and latitude, GeoJSON, or a GeoPackage. Rows that cannot be read are told with
    their line numbers; the others are kept.
    """
    if first and priority is not None:
        raise click.UsageError("--first and --priority say the same; give one of them.")
    if report is not None:
        check_targets({report: (".csv",)}, inputs=[file], overwrite=said["overwrite"])
    from geo.gazetteer.entries import counted
    from geo.tables.place_sets import FIRST, PlaceOptions, install_places

    options = PlaceOptions(priority=FIRST if first else priority or 0, **said)
    with _telling(report) as tell, _progress() as progress:
        added = install_places(file, options, on_fault=tell, progress=progress)
    click.echo(
        f"{added.name}: {counted(added.rows, 'place')}, {counted(added.bad_rows, 'bad row')}, "
        f"{counted(added.left_out, 'row')} of kinds that are left out, such as roads"
    )
    click.echo(added.path)


@contextmanager
def _telling(report: Path | None) -> Iterator[Callable[..., None]]:
    """Says the first faults on stderr, and writes all of them to a file if one is wanted."""
    import csv

    from geo.errors import GeoError
    from geo.formats.atomic import open_atomic

    faults = 0

    def tell(fault: "Fault") -> None:
        nonlocal faults
        faults += 1
        if faults <= _SHOWN_FAULTS:
            click.echo(f"line {fault.line}: {fault.reason}", err=True)
        if rows is not None:
            rows.writerow([fault.line, fault.reason])

    failure: GeoError | None = None
    with ExitStack() as files:
        rows = None
        if report is not None:
            rows = csv.writer(files.enter_context(open_atomic(report)), lineterminator="\n")
            rows.writerow(["line", "reason"])
        try:
            yield tell
        except GeoError as error:
            # The report is needed most where not one row was good.
            failure = error
    if faults > _SHOWN_FAULTS:
        more = f"and {faults - _SHOWN_FAULTS:,} more"
        click.echo(more if report else f"{more}; --report bad.csv writes all of them", err=True)
    if failure is not None:
        raise failure


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Bar on stderr, where somebody looks at it."""
    import sys

    with click.progressbar(length=100, label="Reading", file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.update(100 * done // max(total, 1) - bar.pos)

        yield show


@command.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove the set of your own places that is called NAME."""
    from geo.gazetteer.user_places import remove_places

    click.echo(f"removed {remove_places(name)}")
