"""`incidentmap extract`: the incidents that articles report, as a table or in the text."""

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidentmap.files_out import table_suffixes
from incidentmap.inputs import is_table
from incidentmap.options import (
    check_targets,
    overrides_option,
    overwrite_option,
    published_option,
)
from incidentmap.standard_streams import InputFile, hand_over, output_file
from incidentmap.telling import tell_overrides

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.articles.reading import ReadingSummary

__all__ = ["command"]

# Files of these kinds may be feeds of articles, or archives, which the reader refuses by name.
_NOT_ONLY_TABLES = (".json", ".xml", ".rss", ".atom", ".zip")
_BATCH = 200
_MOST_SKIPPED = 20


@click.command(
    "extract",
    epilog="""\b
Examples:
  incidentmap extract article.txt --published 2024-01-31
  incidentmap extract article.txt --explain
  incidentmap extract news/ -o incidents.geojson
""",
)
@click.argument(
    "articles", metavar="ARTICLE...", nargs=-1, required=True, type=InputFile(otherwise=".txt")
)
@published_option
@overrides_option
@click.option("--explain", is_flag=True, help="Print the text with all that was read from it.")
@click.option(
    "-o", "--output", metavar="OUT", type=click.Path(path_type=Path),
    help="Write the incidents to a file (GeoJSON, GeoPackage, Parquet, CSV or another format of"
    " convert) instead of printing them.",
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
    """Print the incidents that ARTICLES report: what, when, where, how sure, who says so.

    An ARTICLE is a file of text, Markdown, HTML, PDF, a mail (.eml), a feed (RSS, Atom, JSON Feed),
    or a folder of these. A file that cannot be read is skipped where there are others, and told.
    """
    output = output and output_file(output)
    _refuse_tables(articles)
    check_targets(
        {output: table_suffixes()},
        inputs=[*articles, *([overrides] if overrides else [])],
        overwrite=overwrite,
    )
    import geo
    from geo.articles.reading import ReadingSummary

    summary = ReadingSummary()
    batches = _batches(articles, published.date() if published else None, summary)
    if explain:
        from geo.articles.explaining import explain_articles

        for texts in batches:
            click.echo(explain_articles(texts), nl=False)
        _tell_summary(summary)
        return
    found: Iterator[gpd.GeoDataFrame] = map(geo.extract_incidents, batches)
    if output is not None or overrides is not None:
        found = iter([_together(found, overrides)])
    is_empty = True
    for incidents in found:
        is_empty &= incidents.empty
        if output is not None:
            geo.write(incidents, output)
            continue
        for line in _lines(incidents):
            click.echo(line)
    _tell_summary(summary)
    if output is not None:
        hand_over(output)
    if is_empty:
        click.echo("No incident with a date or a place was found.", err=True)


def _batches(
    articles: tuple[Path, ...], published: dt.date | None, summary: "ReadingSummary"
) -> Iterator["pd.DataFrame"]:
    """Tables of some hundred articles: a folder of any size takes no more memory."""
    import pandas as pd

    from geo.articles.reading import stream_articles

    rows = stream_articles(articles, published=published, summary=summary)
    while batch := list(itertools.islice(rows, _BATCH)):
        table = pd.DataFrame(batch)
        yield table.assign(published=pd.to_datetime(table["published"]).astype("datetime64[s]"))


def _together(found: "Iterator[gpd.GeoDataFrame]", overrides: Path | None) -> "gpd.GeoDataFrame":
    import pandas as pd

    tables = list(found)
    full = [table for table in tables if not table.empty]
    incidents = pd.concat(full, ignore_index=True) if len(full) > 1 else (full or tables)[0]
    if overrides is None:
        return incidents
    from geo.geocoding.overrides.replay import apply_overrides, read_overrides

    rules = read_overrides(overrides)
    tell_overrides(incidents, rules)
    return apply_overrides(incidents, rules)


def _tell_summary(summary: "ReadingSummary") -> None:
    """How much was read, where it was more than one file; what was not, with the reason."""
    if summary.files > 1 or summary.skipped:
        noun = "file" if summary.files == 1 else "files"
        said = f"{summary.articles:,} articles of {summary.files:,} {noun} read"
        click.echo(f"{said}, {len(summary.skipped):,} skipped.", err=True)
    for path, reason in summary.skipped[:_MOST_SKIPPED]:
        click.echo(f"skipped {reason if path in reason else f'{path}: {reason}'}", err=True)
    if len(summary.skipped) > _MOST_SKIPPED:
        click.echo(f"and {len(summary.skipped) - _MOST_SKIPPED:,} more.", err=True)


def _refuse_tables(paths: tuple[Path, ...]) -> None:
    from geo.errors import ReadError

    for path in paths:
        if not is_table(path) or path.suffix.lower() in _NOT_ONLY_TABLES:
            continue
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
