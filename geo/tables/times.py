"""Civil dates and instants of a raw table."""

import datetime as dt
import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from geo.tables.cells import join_notes, map_distinct, text_cells
from geo.tables.dates import UNDECIDED, are_undecided, read_dates
from geo.vocabulary import DATE_PRECISIONS

__all__ = ["read_times"]

# Numbers above these count milliseconds, or seconds, since 1970.
_MILLISECONDS_FROM = 1e11
_SECONDS_FROM = 1e8
# The year 2100: what lies beyond is some other number.
_SECONDS_UNTIL = 4.1e9
_ZONED = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})"
)
_SHORT_YEAR = re.compile(r"\d{1,2}([/.\-])\d{1,2}\1\d{2}")
_CALENDAR = [
    pd.Timestamp(f"{day}", tz="UTC") for day in ("0001-01-01", "9999-12-31T23:59:59.999999")
]


def read_times(
    table: pd.DataFrame, fields: Mapping[str, str], *, day_first: bool | None = None
) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """Civil dates with their precision, instants, and a note for each cell that is no date.

    Parameters
    ----------
    table
        Raw table.
    fields
        Field to column; uses `date`, `date_end` and `date_precision`.
    day_first
        Whether days stand before months; where None, dates that could be either way round are not
        read.

    Returns
    -------
    tuple
        Columns `date_start`, `date_end`, `date_precision`, `date_note`, `time_utc`, `date_zone`;
        and the notes.
    """
    first, last = text_cells(table, fields, "date"), text_cells(table, fields, "date_end")
    instants = _instants(first)
    from_epoch = instants.notna() & _matches(first, r"[\d.]+")
    texts = first.mask(from_epoch, instants.dt.strftime("%Y-%m-%d").astype("str"))
    starts, ends = (read_dates(cells, day_first=day_first) for cells in (texts, last))
    notes = join_notes(
        _unread(first, starts, "date", order=day_first),
        _unread(last, ends, "date_end", order=day_first),
    )
    starts = starts.where(first.notna(), ends)
    is_before = ends["end"] < starts["start"]
    notes = join_notes(notes, ("date_end “" + last + "” is before the date").where(is_before))
    ends = ends.where(ends["end"].notna() & ~is_before, starts)
    columns = {
        "date_start": starts["start"],
        "date_end": ends["end"],
        "date_precision": _precisions(starts, ends, text_cells(table, fields, "date_precision")),
        "date_note": starts["note"].fillna(ends["note"]),
        "time_utc": instants,
        "date_zone": pd.Series("UTC", index=table.index).where(
            from_epoch | texts.str.endswith("Z").fillna(value=False).astype(bool)
        ),
    }
    return pd.DataFrame(columns, index=table.index), notes


def _unread(
    texts: "pd.Series[str]", dates: pd.DataFrame, field: str, *, order: bool | None
) -> "pd.Series[str]":
    unread = texts.notna() & dates["start"].isna()
    said = f"{field} “" + texts + "” is not understood"
    if order is None and unread.any():
        said = said.mask(are_undecided(texts), said + UNDECIDED)
    if unread.any():
        said = said.mask(_matches(texts, _SHORT_YEAR), said + ": its year has two digits")
    return said.where(unread)


def _precisions(
    starts: pd.DataFrame, ends: pd.DataFrame, stated: "pd.Series[str]"
) -> "pd.Series[str]":
    is_same = (starts["start"] == ends["start"]) & (starts["end"] == ends["end"])
    found = starts["precision"].where(is_same, "range")
    known = stated.str.casefold()
    found = known.where(known.isin(DATE_PRECISIONS), found)
    return found.where(starts["start"].notna() & ends["end"].notna(), "unknown")


def _matches(texts: "pd.Series[str]", pattern: str | re.Pattern[str]) -> "pd.Series[bool]":
    return texts.str.fullmatch(pattern).fillna(value=False).astype(bool)


def _instants(texts: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """Instants of numbers since 1970, and of ISO 8601 texts that state their zone."""
    numbers = pd.to_numeric(texts, errors="coerce").astype("float64")
    seconds = numbers.where(numbers < _MILLISECONDS_FROM, numbers / 1_000)
    is_count = (seconds >= _SECONDS_FROM) & (seconds < _SECONDS_UNTIL)
    instants = np.full(len(texts), np.datetime64("NaT", "us"))
    counted = (seconds[is_count] * 1e6).round().to_numpy(np.int64)
    instants[is_count.to_numpy()] = counted.astype("datetime64[us]")
    is_zoned = _matches(texts, _ZONED)
    if is_zoned.any():
        zoned = pd.to_datetime(texts[is_zoned], utc=True, errors="coerce", format="ISO8601")
        zoned = zoned.astype("datetime64[us, UTC]")
        # Beyond the years of the calendar nothing can show them.
        zoned = zoned.where((zoned >= _CALENDAR[0]) & (zoned <= _CALENDAR[1]))
        instants[is_zoned.to_numpy()] = zoned.dt.tz_localize(None).to_numpy("datetime64[us]")
    rest = texts.notna() & numbers.isna() & ~is_zoned & texts.str.contains(":").eq(other=True)
    if rest.any():
        others = map_distinct(texts[rest], _iso_instant)
        instants[rest.to_numpy()] = (
            pd.to_datetime(others, utc=True).dt.tz_localize(None).to_numpy("datetime64[us]")
        )
    found: pd.Series[pd.Timestamp] = pd.Series(instants, index=texts.index)
    return found.dt.tz_localize("UTC")


def _iso_instant(text: str) -> dt.datetime | None:
    try:
        instant = dt.datetime.fromisoformat(text)
        return instant.astimezone(dt.UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None
