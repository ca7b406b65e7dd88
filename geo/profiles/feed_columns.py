"""What feeds and alerts have in common: times, sources, and kinds that their words name."""

import re
from typing import Any

import pandas as pd

from geo.profiles.feed_times import feed_days, feed_times
from geo.vocabulary import find_kind

__all__ = ["kind_of_words", "source_of", "time_columns"]

_WORDS = re.compile(r"[^\W\d_]+")


def time_columns(
    start: "pd.Series[str]", end: "pd.Series[str]"
) -> "tuple[dict[str, pd.Series[Any]], pd.Series[str]]":
    """Days and instants of two columns of times, and a note for each cell that is none."""
    first, last, instants = feed_days(start), feed_days(end), feed_times(start)
    notes = [
        ("“" + texts + "” is not understood").where(texts.notna() & days.isna())
        for texts, days in ((start, first), (end, last))
    ]
    until = last.where(last >= first).fillna(first)
    precision = pd.Series("day", index=start.index, dtype="str").mask(until > first, "range")
    in_utc = start.str.contains(r"(?:GMT|UTC?|Z|[+-]00:?00)$").fillna(value=False).astype(bool)
    return {
        "date_start": first,
        "date_end": until,
        "date_precision": precision.where(first.notna(), "unknown"),
        "time_utc": instants,
        "date_zone": pd.Series("UTC", index=start.index, dtype="str").where(in_utc & first.notna()),
    }, notes[0].fillna(notes[1])


def kind_of_words(text: str | None) -> str:
    """Kind that a text names as a whole, or by one of its words.

    Examples
    --------
    >>> kind_of_words("Flash Flood Warning"), kind_of_words("Gala dinner")
    ('flood', 'other')
    """
    parts = [] if text is None else [text, *_WORDS.findall(text)]
    return next((kind for part in parts if (kind := find_kind(part)) != "other"), "other")


def source_of(publisher: str | None, url: str | None) -> list[dict[str, str]]:
    """Source of a row, of what is known of it."""
    said = {name: text for name, text in (("publisher", publisher), ("url", url)) if text}
    return [said] if said else []
