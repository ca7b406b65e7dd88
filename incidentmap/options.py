"""Options that several commands share, each with one meaning."""

from pathlib import Path

import click

__all__ = ["overrides_option", "overwrite_option", "published_option", "refuse_to_overwrite"]

published_option = click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day on which the articles appeared; settles “on Tuesday” and dates without a year.",
)
overrides_option = click.option(
    "--overrides",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Places that an editor assigns: incident_id with place and country, or with lon and lat.",
)
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace files that exist.")


def refuse_to_overwrite(*targets: Path | None, overwrite: bool) -> None:
    """Stop before any work when a target exists and may not be replaced."""
    from geo.errors import WriteError

    for target in targets:
        if target is not None and target.exists() and not overwrite:
            raise WriteError(f"{target}: exists already; choose another name or say --overwrite.")
