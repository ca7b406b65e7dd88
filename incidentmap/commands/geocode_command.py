"""`incidentmap geocode`: places in words to points, each with its uncertainty and a reason."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from incidentmap.inputs import is_table
from incidentmap.options import check_targets, overwrite_option

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["command"]

_COLUMNS = (
    "incident_id", "place_text", "status", "place", "place_id", "lon", "lat", "uncertainty_m",
    "precision", "method", "score", "country_a3", "reason", "candidates", "footprint",
)  # fmt: skip


@click.command(
    "geocode",
    epilog="""\b
Examples:
  incidentmap geocode "Tower 22, Jordan"
  incidentmap geocode "20 km north of Gwoza" --country Nigeria --explain
  incidentmap geocode places.csv --place where -o out.csv
  incidentmap geocode places.csv --place where -o out.geojson
  cat names.txt | incidentmap geocode - --country SYR --json
""",
)
@click.argument("what", metavar="TEXT|FILE|-")
@click.option("--place", metavar="COLUMN", help="Column of FILE with the place as written.")
@click.option("--country", default="", metavar="NAME", help="Country where a row states none.")
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
    help="Write a table (.csv) or a layer (.geojson) instead of printing.",
)  # fmt: skip
@overwrite_option
def command(
    what: str,
    *,
    place: str | None,
    country: str,
    relative: Literal["place", "anchor"],
    candidates: int | None,
    explain: bool,
    as_json: bool,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Place a TEXT, the rows of a FILE, or the lines of the standard input (-).

    Texts are names in any script, names with what they lie in, coordinates, or descriptions such as
    “in Jordan near the Syrian border”. What cannot be placed says why.
    """
    file = _file(what)
    is_text = file is None and what != "-"
    if explain and not is_text:
        raise click.UsageError("--explain is for one TEXT.")
    if place is not None and file is None:
        raise click.UsageError("--place names a column of a FILE.")
    check_targets(
        {output: (".csv", ".geojson", ".json")}, inputs=[file] if file else [], overwrite=overwrite
    )
    if explain:
        from geo.geocoding.explaining import explain_place

        click.echo(explain_place(what, country=country, relative=relative))
        return
    if is_text and output is None:
        _print_answer(what, country, relative, candidates or 0, as_json=as_json)
        return
    placed = _placed(_read(file, what, place), country, relative)
    if candidates is not None:
        placed["candidates"] = [_first(cell, candidates) for cell in placed["candidates"]]
    _hand_over(placed, output, as_json=as_json)
    counts = placed["status"].value_counts()
    said = ", ".join(f"{counts[status]} {status}" for status in counts.index) or "none"
    click.echo(f"{len(placed)} {'place' if len(placed) == 1 else 'places'}: {said}.", err=True)


def _file(what: str) -> Path | None:
    """File that the argument names; a text that only looks like one is none."""
    path = Path(what) if len(what) < 1_000 and "\x00" not in what else None
    return path if path is not None and is_table(path) else None


def _read(file: Path | None, what: str, place: str | None) -> "gpd.GeoDataFrame":
    import pandas as pd

    import geo

    if file is not None:
        return geo.read_incidents(file, place=place)
    texts = _lines() if what == "-" else [what]
    return geo.read_incidents(pd.DataFrame({"place_text": pd.Series(texts, dtype="str")}))


def _lines() -> list[str]:
    import sys

    content: bytes = sys.stdin.buffer.read()
    return content.decode("utf-8-sig", errors="replace").splitlines()


def _placed(
    table: "gpd.GeoDataFrame", country: str, relative: Literal["place", "anchor"]
) -> "gpd.GeoDataFrame":
    import geo

    if not country:
        return geo.geocode(table, relative=relative)
    # What a row says of its country counts more.
    stated = table.reindex(columns=["country"])["country"].fillna(country)
    return geo.geocode(table.assign(country=stated), relative=relative)


def _print_answer(
    text: str,
    country: str,
    relative: Literal["place", "anchor"],
    candidates: int,
    *,
    as_json: bool,
) -> None:
    from geo.gazetteer.user_places import all_places
    from geo.geocoding.answering import answer_query
    from geo.geocoding.context import PlaceQuery
    from geo.geocoding.explaining import answer_lines

    query = PlaceQuery(text.strip(), country.strip())
    answer = answer_query(query, all_places(), relative=relative)
    if not as_json:
        click.echo("\n".join(answer_lines(answer, candidates=candidates)))
        return
    point = answer["geometry"]
    answer |= {"place_text": text, "lon": point and point.x, "lat": point and point.y}
    answer["footprint"] = answer.get("footprint") and answer["footprint"].wkt
    answer["candidates"] = _first(answer["candidates"], candidates or 5)
    click.echo(_json({name: answer[name] for name in _COLUMNS if name in answer}))


def _first(cell: Any, count: int) -> str | None:  # noqa: ANN401
    """The first of the candidates that a cell lists as JSON."""
    if not isinstance(cell, str):
        return None
    return json.dumps(
        json.loads(cell)[:count], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


def _hand_over(placed: "gpd.GeoDataFrame", output: Path | None, *, as_json: bool) -> None:
    import geo

    if output is not None and output.suffix.lower() != ".csv":
        geo.write(placed, output)
        click.echo(output)
        return
    own = [name for name in placed.columns if str(name).startswith("native_")]
    table = placed.drop(columns=["geometry"]).assign(lon=placed.geometry.x, lat=placed.geometry.y)
    if "footprint" in placed:
        table["footprint"] = placed["footprint"].to_wkt()
    table = table.reindex(columns=[*(name for name in _COLUMNS if name in table), *own])
    if as_json:
        for row in table.astype(object).where(table.notna(), None).to_dict("records"):
            click.echo(_json({str(name): value for name, value in row.items()}))
        return
    content = table.to_csv(index=False, lineterminator="\n")
    if output is None:
        click.echo(content, nl=False)
        return
    from geo.formats.atomic import open_atomic

    with open_atomic(output) as stream:
        stream.write(content)
    click.echo(output)


def _json(row: dict[str, Any]) -> str:
    """One row as JSON; what is JSON inside is no string any more."""
    if row.get("candidates"):
        row = row | {"candidates": json.loads(row["candidates"])}
    return json.dumps(row, ensure_ascii=False, default=str)
