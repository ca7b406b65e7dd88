"""Times of feeds and alerts: RFC 822 and ISO 8601, in any zone, or none."""

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import Any

import pandas as pd

__all__ = ["feed_days", "feed_times"]

_YEARS = range(1500, 2200)


def feed_times(texts: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """Instants of texts that state a zone; null where one states none, or is no time.

    Examples
    --------
    >>> times = feed_times(
    ...     pd.Series(["Sat, 12 Mar 2016 00:00:00 GMT", "2016-03-12T05:30:00+05:30"])
    ... )
    >>> times.dt.hour.tolist()
    [0, 0]
    """
    found = texts.map(_read_all(texts), na_action="ignore")
    instants = [time if isinstance(time, dt.datetime) and time.tzinfo else None for time in found]
    zoned = [None if time is None else time.astimezone(dt.UTC) for time in instants]
    return pd.Series(zoned, index=texts.index, dtype="datetime64[us, UTC]")


def feed_days(texts: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """Civil day of each text, as it is written in its own zone; null where it is no time.

    Examples
    --------
    >>> feed_days(pd.Series(["2016-03-12T23:30:00-08:00"])).dt.day.tolist()
    [12]
    """
    found = texts.map(_read_all(texts), na_action="ignore")
    days = [pd.Timestamp(time.date()) if isinstance(time, dt.datetime) else None for time in found]
    return pd.Series(days, index=texts.index, dtype="datetime64[s]")


def _read_all(texts: "pd.Series[Any]") -> dict[str, dt.datetime | None]:
    return {text: _read(str(text)) for text in texts.dropna().unique()}


def _read(text: str) -> dt.datetime | None:
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            time = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return time if time.year in _YEARS else None
    return None
