"""Civil dates and instants of a raw table."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.grammar.dates import CivilDate, day_comes_first, parse_date
from geo.tables.cells import join_notes, text_cells
from geo.vocabulary import DATE_PRECISIONS

__all__ = ["read_times"]

# Numbers above these count milliseconds, or seconds, since 1970.
_MILLISECONDS_FROM = 1e11
_SECONDS_FROM = 1e8
# The year 2100: what lies beyond is some other number.
_SECONDS_UNTIL = 4.1e9


def read_times(
    table: pd.DataFrame, fields: Mapping[str, str]
) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """Civil dates with their precision, instants, and a note for each cell that is no date.

    Parameters
    ----------
    table
        Raw table.
    fields
        Field to column; uses `date`, `date_end` and `date_precision`.

    Returns
    -------
    tuple
        Columns `date_start`, `date_end`, `date_precision`, `time_utc`, `date_zone`; and the notes.
    """
    first, last = text_cells(table, fields, "date"), text_cells(table, fields, "date_end")
    instants = first.map(_instant, na_action="ignore")
    from_epoch = instants.notna() & first.str.fullmatch(r"[\d.]+").fillna(value=False)
    texts = first.mask(from_epoch, instants.map(_utc_day, na_action="ignore"))
    order = day_comes_first([*texts.dropna(), *last.dropna()])
    starts, ends = (_dates(cells, day_first=order) for cells in (texts, last))
    notes = join_notes(_unread(first, starts, "date"), _unread(last, ends, "date_end"))
    starts = starts.where(first.notna(), ends)
    is_before = pd.Series(
        [_ends_before(*row) for row in zip(starts, ends, strict=True)],
        index=table.index,
        dtype=bool,
    )
    notes = join_notes(notes, ("date_end “" + last + "” is before the date").where(is_before))
    ends = ends.where(ends.notna() & ~is_before, starts)
    stated = text_cells(table, fields, "date_precision")
    columns = {
        "date_start": starts.map(lambda date: pd.Timestamp(date.start), na_action="ignore"),
        "date_end": ends.map(lambda date: pd.Timestamp(date.end), na_action="ignore"),
        "date_precision": [_precision(*row) for row in zip(starts, ends, stated, strict=True)],
        "time_utc": pd.to_datetime(instants, utc=True),
        "date_zone": pd.Series("UTC", index=table.index).where(
            from_epoch | texts.str.endswith("Z")
        ),
    }
    return pd.DataFrame(columns, index=table.index), notes


def _unread(texts: "pd.Series[str]", dates: "pd.Series[Any]", field: str) -> "pd.Series[str]":
    return (f"{field} “" + texts + "” is not understood").where(texts.notna() & dates.isna())


def _ends_before(start: CivilDate | None, end: CivilDate | None) -> bool:
    return start is not None and end is not None and end.end < start.start


def _dates(texts: "pd.Series[str]", *, day_first: bool | None) -> "pd.Series[Any]":
    cells: list[Any] = texts.tolist()
    dates = [
        parse_date(cell, day_first=day_first) if isinstance(cell, str) else None for cell in cells
    ]
    return pd.Series(dates, index=texts.index, dtype=object)


def _precision(start: CivilDate | None, end: CivilDate | None, stated: object) -> str:
    if start is None or end is None:
        return "unknown"
    if isinstance(stated, str) and stated.casefold() in DATE_PRECISIONS:
        return stated.casefold()
    return start.precision if start == end else "range"


def _instant(text: str) -> dt.datetime | None:
    """Instant of a number since 1970, or of an ISO 8601 text that states its zone."""
    try:
        number = float(text)
    except ValueError:
        return _iso_instant(text)
    seconds = number / 1000 if number >= _MILLISECONDS_FROM else number
    if not _SECONDS_FROM <= seconds < _SECONDS_UNTIL:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def _iso_instant(text: str) -> dt.datetime | None:
    try:
        instant = dt.datetime.fromisoformat(text)
        return instant.astimezone(dt.UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _utc_day(instant: dt.datetime) -> str:
    return instant.date().isoformat()
