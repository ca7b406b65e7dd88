"""What the commands say on stderr: how a table was read, which overrides do nothing."""

from typing import TYPE_CHECKING

import click

from incidentmap.standard_streams import in_words

if TYPE_CHECKING:
    import pandas as pd

    from geo.geocoding.overrides.replay import Overrides
    from geo.reading.incidents import Reading
    from geo.reading.summaries import ReadingSummary

__all__ = ["tell_layers", "tell_overrides", "tell_reading", "tell_summary"]

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
        origin = in_words(raw.origin)
        click.echo(f"{origin}: only {raw.layer} is read; not read: {left}. {how}", err=True)


def tell_reading(reading: "Reading", *, names_layer: bool = False) -> None:
    """Say by which profile a table was read, what was left, and what the user has to decide.

    Parameters
    ----------
    reading
        The table, as it was read.
    names_layer
        Whether the user named the layer to read.
    """
    from geo.reading.summaries import summarise

    if not names_layer:
        tell_layers(reading, how="Choose with --layer.")
    tell_summary(summarise(reading))


def tell_summary(summary: "ReadingSummary") -> None:
    """Say by which profile a table was read, what was left, and what the user has to decide.

    Parameters
    ----------
    summary
        What is known of the table, which may have been read in batches.
    """
    profile, recognition = summary.conversion.profile, summary.conversion.recognition
    origin = in_words(summary.origin)
    if profile is not None:
        sure = f" ({recognition.confidence:.0%} sure)" if recognition else ""
        click.echo(f"{origin}: read as {profile.title}{sure}.", err=True)
        if not profile.redistributable:
            click.echo(f"  Licence: {_licence(profile.licence)}.", err=True)
    if summary.withdrawn:
        click.echo(
            f"{origin}: {_rows(summary.withdrawn)} withdrawn by the provider and not mapped, such "
            f"as {summary.withdrawn_row}.",
            err=True,
        )
    if summary.rejected:
        click.echo(
            f"{origin}: {_rows(summary.rejected)} rejected: {summary.rejected_row}. All are told "
            "by incidentmap info.",
            err=True,
        )
    if summary.undecided:
        click.echo(
            f"{origin}: in {summary.undecided:,} dates day and month could be "
            "either way round; they are left out. Say --day-first or --month-first.",
            err=True,
        )


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"


def _licence(licence: str) -> str:
    told = "rows may not be passed on"
    return licence if told in licence else f"{licence}; {told}"
