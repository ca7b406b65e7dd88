"""`incidentmap geocode`: places in words to points, each with its uncertainty and a reason."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from geo.grammar.encodable import encodable
from incidentmap.answers_out import first_row, print_answer, write_answers, write_unplaced
from incidentmap.files_out import table_suffixes
from incidentmap.inputs import is_table, read_told
from incidentmap.online import online_options, online_service
from incidentmap.options import check_differ, check_targets, overrides_option, overwrite_option
from incidentmap.table_options import TableOptions, file_options
from incidentmap.telling import tell_overrides

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.geocoding.services.asking import Service

__all__ = ["command"]

# A coordinate with a minus sign, which is no option: "-33.3, 38.7".
_NEGATIVE = re.compile(r"-\.?\d[\d.]*[^\d.]")


class _TextCommand(click.Command):
    """Command whose text may begin with a minus sign."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        texts = [] if "--" in args else [one for one in args if _NEGATIVE.match(one)]
        if texts:
            args = [*(one for one in args if one not in texts), "--", *texts]
        return super().parse_args(ctx, args)


@click.command(
    "geocode",
    cls=_TextCommand,
    epilog="""\b
Examples:
  incidentmap geocode "Tower 22, Jordan"
  incidentmap geocode "38.703, 33.306" --country Jordan
  incidentmap geocode "20 km north of Gwoza" --country Nigeria --explain
  incidentmap geocode places.csv --place where -o out.csv
  incidentmap geocode places.csv --place where -o out.geojson
  incidentmap geocode places.csv --overrides overrides.csv -o out.csv
  cat names.txt | incidentmap geocode - --country SYR --json
""",
)
@click.argument("what", metavar="TEXT|FILE|-")
@click.option("--place", metavar="COLUMN", help="Column of FILE with the place as written.")
@click.option("--country", default="", metavar="NAME", help="Country where a row states none.")
@click.option("--admin2", metavar="COLUMN", help="Column of FILE with the name of the district.")
@click.option(
    "--document", metavar="COLUMN",
    help="Column of FILE that tells which rows come from one report; they explain each other.",
)  # fmt: skip
@click.option(
    "--relative", type=click.Choice(["place", "anchor"]), default="place", show_default=True,
    help="Point of “20 km north of X”: the described place, or X.",
)  # fmt: skip
@click.option(
    "--candidates", type=click.IntRange(0, 5), default=None, metavar="N",
    help="List at most N places that each text could mean (0 to 5).",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="Print how one TEXT is answered.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object to a line.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path),
    help="Write a table (.csv) or a layer (.geojson, .gpkg and other formats of convert) instead"
    " of printing.",
)  # fmt: skip
@file_options
@overrides_option
@click.option(
    "--unplaced", metavar="CSV", type=click.Path(path_type=Path),
    help="Write the texts that were not placed, as overrides to fill in.",
)  # fmt: skip
@online_options
@overwrite_option
def command(
    what: str,
    *,
    place: str | None,
    country: str,
    admin2: str | None,
    document: str | None,
    relative: Literal["place", "anchor"],
    candidates: int | None,
    explain: bool,
    as_json: bool,
    output: Path | None,
    table: TableOptions,
    overrides: Path | None,
    unplaced: Path | None,
    overwrite: bool,
    **online: Any,  # noqa: ANN401
) -> None:
    """Place a TEXT, the rows of a FILE, or the lines of the standard input (-).

    Texts are names in any script, names with what they lie in, coordinates, or descriptions such as
    “in Jordan near the Syrian border”. What cannot be placed says why; coordinates that
    cannot be meant are told with what they may mean.
    """
    what = encodable(what)
    # Answers are printed where no file is named.
    output = None if output == Path("-") else output
    file = _file(what)
    is_text = file is None and what != "-"
    if explain and not is_text:
        raise click.UsageError("--explain is for one TEXT.")
    if explain and (overrides or unplaced or online["online"]):
        raise click.UsageError(
            "--explain stands alone, without --overrides, --unplaced and --online."
        )
    check_differ(unplaced, output)
    if file is None:
        _refuse_columns(place=place, admin2=admin2, document=document)
    check_targets(
        {output: table_suffixes(), unplaced: (".csv",)},
        inputs=[path for path in (file, overrides) if path],
        overwrite=overwrite,
    )
    if country:
        _check_country(country)
    if explain:
        from geo.geocoding.explaining import explain_place

        click.echo(explain_place(what, country=country, relative=relative))
        return
    is_plain = overrides is unplaced is None and all(value is None for value in online.values())
    if is_text and output is None and is_plain:
        print_answer(what, _answer(what, country, relative), candidates, as_json=as_json)
        return
    with online_service(**online) as service:
        rows, kept = _read(file, what, replace(table, columns={"place": place}))
        columns = _own_columns(rows, admin2=admin2, document=document)
        placed = _placed(rows, country, relative, overrides, service, columns)
    if unplaced is not None:
        write_unplaced(placed, unplaced)
    if is_text and output is None:
        print_answer(what, first_row(placed), candidates, as_json=as_json)
        return
    write_answers(placed, output, candidates, kept, as_json=as_json)


def _refuse_columns(**named: str | None) -> None:
    for option, column in named.items():
        if column is not None:
            raise click.UsageError(f"--{option} names a column of a FILE.")


def _file(what: str) -> Path | None:
    """File that the argument names; a text that only looks like one is none."""
    path = Path(what) if len(what) < 200 and "\x00" not in what else None
    if path is None or is_table(path):
        return path
    if what != "-" and _is_file(path):
        raise click.UsageError(
            f"{what} is no table: expected CSV, XLSX, ODS, JSON, GeoJSON, GeoPackage and the like. "
            f"Lines of text are read by: incidentmap geocode - < {what}"
        )
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # Names of files end after some 255 bytes, which a text of other letters soon has.
        return False


def _check_country(country: str) -> None:
    from geo.errors import PlaceNotFoundError
    from geo.gazetteer.user_places import all_places
    from geo.geocoding.names.candidates import find_country
    from geo.geocoding.searching import find_places
    from geo.geocoding.wording import quoted

    if find_country(country.strip(), all_places()) is None:
        near = find_places(country, all_places(), kind="country", limit=1)
        hint = f" Perhaps {near[0].place.name}?" if near else ""
        raise PlaceNotFoundError(
            f"--country: no country named {quoted(country)} is known; expected a name or an ISO "
            f"3166-1 alpha-3 code, such as Jordan or JOR.{hint}"
        )


def _read(
    file: Path | None, what: str, table: TableOptions
) -> "tuple[gpd.GeoDataFrame, list[str]]":
    """The rows, and which columns a file of ours had, since those do not follow as `native_*`."""
    import pandas as pd

    import geo

    if file is not None:
        reading = read_told(file, table)
        profile = reading.conversion.profile
        is_ours = profile is not None and not profile.keeps_native
        return reading.incidents, [str(name) for name in reading.raw.cells if is_ours]
    texts = _lines() if what == "-" else [what]
    rows = geo.read_incidents(pd.DataFrame({"place_text": pd.Series(texts, dtype="str")}))
    return rows, []


def _lines() -> list[str]:
    import sys

    content: bytes = sys.stdin.buffer.read()
    return content.decode("utf-8-sig", errors="replace").splitlines()


def _placed(
    table: "gpd.GeoDataFrame",
    country: str,
    relative: Literal["place", "anchor"],
    overrides: Path | None,
    service: "Service | None",
    columns: dict[str, str],
) -> "gpd.GeoDataFrame":
    import geo
    from geo.geocoding.overrides.replay import read_overrides

    if country:
        # What a row says of its country counts more.
        stated = table.reindex(columns=["country"])["country"].fillna(country)
        table = table.assign(country=stated)
    rules = None if overrides is None else read_overrides(overrides)
    if rules is not None:
        tell_overrides(table, rules)
    return geo.geocode(table, relative=relative, overrides=rules, fallback=service, **columns)


def _own_columns(table: "gpd.GeoDataFrame", **named: str | None) -> dict[str, str]:
    """What the file's own columns are called once it is read."""
    from geo.errors import SchemaError

    found = {option: f"native_{column}" for option, column in named.items() if column}
    for option, column in found.items():
        if column not in table:
            own = [name[7:] for name in map(str, table.columns) if name.startswith("native_")]
            raise SchemaError(
                f"--{option}: the file has no column {named[option]!r}, only {', '.join(own)}."
            )
    return found


def _answer(text: str, country: str, relative: Literal["place", "anchor"]) -> dict[str, Any]:
    from geo.gazetteer.user_places import all_places
    from geo.geocoding.answering import answer_query
    from geo.geocoding.names.context import PlaceQuery

    query = PlaceQuery(text.strip(), country.strip())
    return answer_query(query, all_places(), relative=relative)
