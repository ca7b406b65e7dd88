"""`incidentmap review`: a page on which a person decides what the machine left open."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentmap.options import (
    check_targets,
    overrides_option,
    overwrite_option,
    published_option,
)
from incidentmap.standard_streams import InputFile, hand_over, output_file
from incidentmap.table_options import TableOptions, table_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.review_items import Item

__all__ = ["command"]

_NAMES = {
    "suspicious": "suspicious",
    "ambiguous": "ambiguous",
    "doubtful": "doubtful pairs",
    "unlocated": "unlocated",
    "low": "low in score",
    "merged": "newly merged",
    "unverified": "to be verified",
}


def _language(
    _context: click.Context, _option: click.Parameter, given: str | None
) -> str | Path | None:
    return Path(given) if given is not None and given.endswith(".json") else given


@click.command(
    "review",
    epilog="""\b
Examples:
  incidentmap review strikes -o review.html
  incidentmap review places.csv -o review.html --overrides overrides.csv
""",
)
@click.argument("source", metavar="FOLDER|FILE", type=InputFile())
@click.option(
    "-o", "--output", required=True, metavar="HTML", type=click.Path(path_type=Path),
    help="The page to write: one file that opens without a network.",
)  # fmt: skip
@click.option("--title", help="Title of the page; that of the project, or the name of the file.")
@click.option(
    "--language", metavar="TAG|JSON", callback=_language,
    help="Language of the page: en, ar, or a JSON file; that of the project, or en.",
)  # fmt: skip
@click.option(
    "--worldview", metavar="NAME|CSV",
    help="Point of view on disputed areas; that of the project, or default.",
)  # fmt: skip
@published_option
@overrides_option
@table_options
@overwrite_option
def command(
    source: Path,
    output: Path,
    title: str | None,
    language: str | Path | None,
    worldview: str | None,
    *,
    published: dt.datetime | None,
    overrides: Path | None,
    overwrite: bool,
    table: TableOptions,
) -> None:
    """Make an offline page on which a person decides what is in doubt.

    Of the project in FOLDER, as its last build left it, or of a table or article FILE: places that
    are suspicious, ambiguous, not found or low in score; in a project also pairs of reports that
    may be one incident, incidents that were merged, and those still to be verified. Each with its
    map, quotes and candidates, and all by keyboard. The page gives the decisions back as an
    overrides file, which the next build or run obeys.
    """
    output = output_file(output, suffix=".html")
    is_project = source.is_dir()
    if is_project and overrides is not None:
        raise click.UsageError("a project has its own overrides.csv; leave --overrides out.")
    check_targets(
        {output: (".html", ".htm")},
        inputs=[source, *([overrides] if overrides else [])],
        overwrite=overwrite,
    )
    from incidentmap.inputs import read_inputs
    from incidentmap.project_review import review_project, review_table

    if is_project:
        page = review_project(source, title=title, language=language, worldview=worldview)
    else:
        day = published.date() if published else None
        reports = read_inputs([source], published=day, table=table, overrides=overrides)
        page = review_table(
            reports,
            overrides=overrides,
            title=title or source.stem,
            language=language,
            worldview=worldview,
        )
    page.save(output)
    click.echo(_summary(page.items), err=True)
    hand_over(output)


def _summary(items: "Sequence[Item]") -> str:
    if not items:
        return "Nothing waits for a person."
    counts = {name: sum(item.why == why for item in items) for why, name in _NAMES.items()}
    said = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    noun = "item" if len(items) == 1 else "items"
    return f"{len(items):,} {noun} to decide: {said}."
