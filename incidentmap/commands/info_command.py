"""`incidentmap info`: what a table is, and what is wrong with it, before anything is made of it."""

import json
from pathlib import Path

import click

from incidentmap.standard_streams import InputFile, in_words
from incidentmap.table_options import TableOptions, table_options

__all__ = ["command"]


@click.command(
    "info",
    epilog="""\b
Examples:
  incidentmap info incidents.xlsx
  incidentmap info export.csv --profile acled --json
  incidentmap info reports.csv --day-first --place where
""",
)
@click.argument("source", metavar="FILE", type=InputFile())
@table_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(source: Path, *, table: TableOptions, as_json: bool) -> None:
    """Print what FILE holds: profile, columns, counts, bounds, dates, and what is wrong, by row."""
    from geo.reading.incidents import read_table
    from geo.reading.report import describe_reading, report_lines

    report = describe_reading(read_table(source, table.options()))
    if as_json:
        click.echo(in_words(json.dumps(report, ensure_ascii=False, indent=2)))
        return
    for line in report_lines(report):
        click.echo(in_words(line))
