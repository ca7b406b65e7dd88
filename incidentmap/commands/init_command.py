"""`incidentmap init`: a folder for a collection that grows."""

from pathlib import Path

import click

__all__ = ["command"]


@click.command(
    "init",
    epilog="""\b
Examples:
  incidentmap init strikes
  incidentmap build strikes
""",
)
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make a project in FOLDER: settings, places for inputs and decisions.

    Put articles and tables into its folder inputs, say in incidentmap.toml what is special about
    them, and run “incidentmap build FOLDER”. Files that are there already are never replaced.
    """
    from geo.collection.project.starting import start_project

    for path in start_project(folder):
        click.echo(path)
