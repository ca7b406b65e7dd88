"""Civil dates and instants of whole columns: each text is read once."""

import pandas as pd

from geo.grammar.dates import parse_date
from geo.tables.dates import UNDECIDED, are_undecided

__all__ = ["civil_dates", "epoch_instants", "unread_dates"]

# Providers write of this time; what lies beyond is no instant.
_EARLIEST, _LATEST = pd.Timestamp("1500-01-01", tz="UTC"), pd.Timestamp("2200-01-01", tz="UTC")


def civil_dates(texts: "pd.Series[str]", *, day_first: bool | None = None) -> pd.DataFrame:
    """First and last day and precision of each date; null where it is none.

    Examples
    --------
    >>> dates = civil_dates(pd.Series(["28 January 2024", "soon"], dtype="str"))
    >>> dates["date_start"].dt.strftime("%d.%m.%Y").tolist(), dates["date_precision"].tolist()
    (['28.01.2024', nan], ['day', 'unknown'])
    """
    codes, found = pd.factorize(texts)
    # An empty cell has the code -1, and meets what stands last.
    dates = [*(parse_date(str(text), day_first=day_first) for text in found), None]
    known = pd.DataFrame(
        {
            "date_start": pd.Series(
                [date and pd.Timestamp(date.start) for date in dates], dtype="datetime64[s]"
            ),
            "date_end": pd.Series(
                [date and pd.Timestamp(date.end) for date in dates], dtype="datetime64[s]"
            ),
            "date_precision": pd.Series(
                [date.precision if date else "unknown" for date in dates], dtype="str"
            ),
        }
    )
    return known.iloc[codes].set_axis(texts.index)


def unread_dates(
    texts: "pd.Series[str]", dates: pd.DataFrame, column: str, *, asks_order: bool = False
) -> "pd.Series[str]":
    """A note for each cell that states no date, or one whose order is not known.

    Parameters
    ----------
    texts, dates
        The cells, and what was read of them.
    column
        Their column.
    asks_order
        Whether the user may say in which order day and month stand.
    """
    lost = texts[texts.notna() & dates["date_start"].isna()]
    notes = f"{column} “" + lost + "” is not understood"
    if asks_order:
        notes = notes.mask(are_undecided(lost), notes + UNDECIDED)
    return notes.reindex(texts.index)


def epoch_instants(numbers: "pd.Series[float]", *, unit: str) -> "pd.Series[pd.Timestamp]":
    """Instants of numbers since 1970 in UTC; null where they are out of all reason.

    Examples
    --------
    >>> epoch_instants(pd.Series([1.7064e12, 1e30]), unit="ms").dt.year.tolist()
    [2024.0, nan]
    """
    per_second = {"s": 1, "ms": 1_000}[unit]
    low, high = (edge.timestamp() * per_second for edge in (_EARLIEST, _LATEST))
    sound = numbers.where((numbers >= low) & (numbers < high))
    micros = (sound * (1_000_000 // per_second)).round().astype("Int64")
    return pd.to_datetime(micros.astype("datetime64[us]"), utc=True)
