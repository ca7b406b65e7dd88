"""What the commands say on stderr about an editor's overrides."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd

    from geo.geocoding.overrides.replay import Overrides

__all__ = ["tell_overrides"]

_SHOWN = 20


def tell_overrides(table: "pd.DataFrame", overrides: "Overrides") -> None:
    """Say which lines of a file of overrides do nothing to a table that is not placed yet.

    Parameters
    ----------
    table
        Rows with `incident_id`, and places as written.
    overrides
        CSV file, or what was read of it.
    """
    from geo.geocoding.overrides.replay import check_overrides
    from geo.geocoding.wording import quoted

    report = check_overrides(table, overrides)
    idle = report[report["use"] != "used"]
    for line in idle.head(_SHOWN).itertuples():
        said = " ".join(
            quoted(str(text))
            for text in (line.incident_id, line.place_text, line.stated_country)
            if text
        )
        click.echo(f"overrides, line {line.line}: {said}: {line.use}, {line.reason}", err=True)
    if len(idle) > _SHOWN:
        click.echo(f"and {len(idle) - _SHOWN:,} more lines that do nothing", err=True)
