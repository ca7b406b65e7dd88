"""What the commands say on stderr: how a table was read, which overrides do nothing."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd

    from geo.geocoding.overrides.replay import Overrides
    from geo.reading.incidents import Reading

__all__ = ["tell_layers", "tell_overrides", "tell_reading"]

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


def tell_layers(reading: "Reading", *, how: str) -> None:
    """Say which sheets or layers of a file were not read.

    Parameters
    ----------
    reading
        The table, as it was read.
    how
        What the user can do about it.
    """
    raw = reading.raw
    others = [name for name in raw.layers if name != raw.layer]
    if others:
        left = ", ".join(others[:_SHOWN]) + (", …" if len(others) > _SHOWN else "")
        click.echo(f"{raw.origin}: only {raw.layer} is read; not read: {left}. {how}", err=True)


def tell_reading(reading: "Reading", *, names_layer: bool = False) -> None:
    """Say by which profile a table was read, what was left, and what the user has to decide.

    Parameters
    ----------
    reading
        The table, as it was read.
    names_layer
        Whether the user named the layer to read.
    """
    from geo.tables.dates import UNDECIDED

    if not names_layer:
        tell_layers(reading, how="Choose with --layer.")
    profile, recognition = reading.conversion.profile, reading.conversion.recognition
    if profile is not None:
        sure = f" ({recognition.confidence:.0%} sure)" if recognition else ""
        click.echo(f"{reading.raw.origin}: read as {profile.title}{sure}.", err=True)
        if not profile.redistributable:
            click.echo(f"  {profile.licence} Its rows may not be passed on.", err=True)
    undecided = reading.incidents["reason"].str.contains(UNDECIDED, regex=False).eq(other=True)
    if undecided.any():
        click.echo(
            f"{reading.raw.origin}: in {int(undecided.sum()):,} dates day and month could be "
            "either way round; they are left out. Say --day-first or --month-first.",
            err=True,
        )
