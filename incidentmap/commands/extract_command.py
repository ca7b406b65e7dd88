"""`incidentmap extract`: the incidents that articles report, as a table or in the text."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidentmap.inputs import is_table
from incidentmap.options import (
    check_targets,
    overrides_option,
    overwrite_option,
    published_option,
)
from incidentmap.telling import tell_overrides

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["command"]


@click.command(
    "extract",
    epilog="""\b
Examples:
  incidentmap extract article.txt --published 2024-01-31
  incidentmap extract article.txt --explain
  incidentmap extract news/*.txt -o incidents.geojson
""",
)
@click.argument(
    "articles", metavar="ARTICLE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@published_option
@overrides_option
@click.option("--explain", is_flag=True, help="Print the text with all that was read from it.")
@click.option(
    "-o", "--output", metavar="GEOJSON", type=click.Path(path_type=Path),
    help="Write the incidents to a file instead of printing them.",
)  # fmt: skip
@overwrite_option
def command(
    articles: tuple[Path, ...],
    *,
    published: dt.datetime | None,
    overrides: Path | None,
    explain: bool,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Print the incidents that ARTICLES report: what, when, where, how sure, who says so."""
    _refuse_tables(articles)
    check_targets(
        {output: (".geojson", ".json")},
        inputs=[*articles, *([overrides] if overrides else [])],
        overwrite=overwrite,
    )
    import geo

    texts = geo.read_articles(articles, published=published.date() if published else None)
    if explain:
        from geo.articles.explaining import explain_articles

        click.echo(explain_articles(texts), nl=False)
        return
    incidents = geo.extract_incidents(texts)
    if overrides is not None:
        from geo.geocoding.overrides.replay import apply_overrides, read_overrides

        rules = read_overrides(overrides)
        tell_overrides(incidents, rules)
        incidents = apply_overrides(incidents, rules)
    if output is not None:
        geo.write(incidents, output)
        click.echo(output)
        return
    if incidents.empty:
        click.echo("No incident with a date or a place was found.", err=True)
    for line in _lines(incidents):
        click.echo(line)


def _refuse_tables(paths: tuple[Path, ...]) -> None:
    from geo.errors import ReadError

    for path in filter(is_table, paths):
        raise ReadError(
            f"{path}: a table, not an article; use “incidentmap map {path} -o map.html”."
        )


def _lines(incidents: "gpd.GeoDataFrame") -> Iterator[str]:
    for row in incidents.to_dict("records"):
        yield f"{row['incident_id']}  {row['title']}"
        for name, words in _facts(row):
            if words:
                yield f"  {name:<7} {words}"


def _facts(row: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    yield "kind", row["kind"]
    start, end = (_day(row[name]) for name in ("date_start", "date_end"))
    dates = " to ".join(dict.fromkeys([start, end]))
    yield "when", _joined(dates, row["date_precision"], _text(row["date_note"]))
    radius = "" if row["precision"] == "none" else f"within {row['uncertainty_m'] / 1_000:,.0f} km"
    yield "where", _joined(_text(row["place"]), row["precision"], radius, _text(row["reason"]))
    for harm, name in (("killed", "fatalities_best"), ("injured", "injured")):
        yield harm, _text(row[name])
    for actor in json.loads(row["actors"]):
        yield actor["attribution"], f"{actor['name']}, by {actor['by']}"
    for source in json.loads(row["sources"]):
        if source["fact"] == "incident":
            place = f"{source['publisher']}, {source['start']} to {source['end']}"
            yield "quote", f"“{' '.join(source['quote'].split())}” ({place})"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _day(value: Any) -> str:  # noqa: ANN401
    text = _text(value)
    return text[:10] if text else "unknown"


def _text(value: Any) -> str:  # noqa: ANN401
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)
