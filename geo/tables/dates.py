"""Civil dates of a column of texts, a column at a time."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.grammar.dates import day_comes_first, parse_date
from geo.grammar.islamic_dates import parse_islamic_date

__all__ = ["UNDECIDED", "are_undecided", "day_order", "read_dates"]

#: What to say of a date whose order nothing tells.
UNDECIDED = ": day and month could be either way round, say --day-first or --month-first"

_CONVERTED = "converted from the Islamic calendar, a day more or less"
_DAY = re.compile(
    # Years of the thirteen and fourteen hundreds are those of other calendars.
    r"(?!1[34])\d{4}-\d{2}-\d{2}"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
# Spreadsheets count days from here; programs leave the count where a cell has lost its format.
_FIRST_SERIAL = np.datetime64("1899-12-30", "s")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_SECONDS_PER_DAY = 86_400
# Of the Persian or the Islamic calendar.
_OTHER_YEARS = range(1300, 1500)
_OPEN_ORDER = re.compile(r"(?:0?[1-9]|1[0-2])[/.\-](?:0?[1-9]|1[0-2])[/.\-](?!1[34])\d{4}\b.*")
_NO_DATE = np.datetime64("NaT", "s")


def day_order(columns: "Iterable[pd.Series[str]]") -> bool | None:
    """Whether the dates of columns are written day before month; None where they do not tell.

    Examples
    --------
    >>> day_order([pd.Series(["03/04/2024", "28/01/2024"], dtype="str")])
    True
    """
    return day_comes_first(text for texts in columns for text in texts.dropna().unique())


def are_undecided(texts: "pd.Series[str]") -> "pd.Series[bool]":
    """Whether each date could be read day first as well as month first.

    Examples
    --------
    >>> are_undecided(pd.Series(["03/04/2024", "28/01/2024", "05/06/1403"], dtype="str")).tolist()
    [True, False, False]
    """
    return texts.str.fullmatch(_OPEN_ORDER).fillna(value=False).astype(bool)


def read_dates(texts: "pd.Series[str]", *, day_first: bool | None) -> pd.DataFrame:
    """First and last day of each date, its precision, and what was inferred.

    Parameters
    ----------
    texts
        Cells; null where there is none.
    day_first
        Whether `03/04/2024` is in April (True) or in March (False); None leaves it unread.

    Returns
    -------
    pandas.DataFrame
        `start` and `end` (null where a cell is no date), `precision`, `note`.

    Examples
    --------
    >>> dates = read_dates(pd.Series(["2024-02", "soon"], dtype="str"), day_first=None)
    >>> dates["end"].dt.strftime("%Y-%m-%d").tolist()
    ['2024-02-29', nan]
    """
    codes, distinct = pd.factorize(texts)
    found = _distinct_dates(pd.Series(distinct, dtype="str"), day_first=day_first)
    return found.reindex(codes).set_axis(texts.index)


def _distinct_dates(texts: "pd.Series[str]", *, day_first: bool | None) -> pd.DataFrame:
    starts = np.full(len(texts), _NO_DATE)
    is_day = texts.str.fullmatch(_DAY).to_numpy(dtype=bool)
    days = pd.to_datetime(texts[is_day].str[:10], format="%Y-%m-%d", errors="coerce")
    starts[is_day] = days.to_numpy("datetime64[s]")
    is_serial = texts.str.fullmatch(_SERIAL).to_numpy(dtype=bool)
    counted = np.floor(pd.to_numeric(texts[is_serial]).to_numpy(np.float64)).astype(np.int64)
    starts[is_serial] = _FIRST_SERIAL + counted * np.timedelta64(_SECONDS_PER_DAY, "s")
    found = pd.DataFrame({"start": starts, "end": starts})
    found["precision"] = pd.Series("day", index=found.index).mask(found["start"].isna())
    found["note"] = pd.Series(None, index=found.index, dtype="str")
    rest = np.flatnonzero(~(is_day | is_serial))
    rows = [_row(texts.iloc[row], day_first=day_first) for row in rest]
    if rows:
        columns = zip(*rows, strict=True)
        for name, values in zip(found.columns, columns, strict=True):
            found[name] = _with_values(found[name], rest, values)
    return found


def _with_values(
    column: "pd.Series[Any]", rows: npt.NDArray[np.intp], values: Sequence[object]
) -> "pd.Series[Any]":
    changed = column.astype(object)
    changed.iloc[rows] = values
    return changed.astype(column.dtype)


def _row(
    text: str, *, day_first: bool | None
) -> tuple[np.datetime64, np.datetime64, str | None, str | None]:
    note: str | None = _CONVERTED
    date = parse_islamic_date(text, day_first=day_first)
    if date is None:
        date, note = parse_date(text, day_first=day_first), None
    if date is None or date.start.year in _OTHER_YEARS:
        return _NO_DATE, _NO_DATE, None, None
    start, end = (np.datetime64(day, "s") for day in (date.start, date.end))
    return start, end, date.precision, note
