"""First and last days in the columns of a table; what is no clean date is refused, not guessed."""

import datetime as dt
import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.geodesy import Floats

__all__ = ["day_number", "spans_of"]

_EPOCH = dt.date(1970, 1, 1).toordinal()
# A day of ISO 8601, alone or with a time and its zone: the day is that of its own clock.
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)


def spans_of(table: pd.DataFrame) -> tuple[Floats, Floats]:
    """First and last day of each row, since 1970; NaN where there is no first day.

    Parameters
    ----------
    table
        `date_start` and `date_end` hold dates, or texts of ISO 8601, each by its own clock.

    Raises
    ------
    SchemaError
        A cell holds something else, such as a year, a serial number or 03/04/2024.

    Examples
    --------
    >>> table = pd.DataFrame({"date_start": ["1970-01-02", "1970-01-03T23:30:00-05:00", None]})
    >>> [side.tolist() for side in spans_of(table)]
    [[1.0, 2.0, nan], [1.0, 2.0, nan]]
    """
    first, last = (_days(table, column) for column in ("date_start", "date_end"))
    return first, np.where(last >= first, last, first)


def day_number(value: object) -> int | None:
    """Days since 1970 of a date or of a text of ISO 8601, by its own clock; None for all else.

    Parameters
    ----------
    value
        Anything.

    Examples
    --------
    >>> day_number("1970-01-08"), day_number("08/01/1970"), day_number(1970)
    (7, None, None)
    """
    # The missing date is a datetime too.
    if isinstance(value, dt.date) and not pd.isna(value):
        return value.toordinal() - _EPOCH
    if isinstance(value, str) and (found := _ISO.fullmatch(value.strip())):
        try:
            return dt.date.fromisoformat(found[1]).toordinal() - _EPOCH
        except ValueError:
            return None
    return None


def _days(table: pd.DataFrame, column: str) -> Floats:
    if column not in table:
        return np.full(len(table), np.nan)
    told = table[column]
    if isinstance(told.dtype, pd.DatetimeTZDtype):
        told = told.dt.tz_localize(None)
    if pd.api.types.is_datetime64_dtype(told.dtype):
        day = told.to_numpy().astype("datetime64[D]")
        number: npt.NDArray[np.int64] = day.astype(np.int64)
        return np.where(np.isnat(day), np.nan, number.astype(np.float64))
    days, cells = np.full(len(told), np.nan), told.tolist()
    for row in np.flatnonzero(told.notna().to_numpy()).tolist():
        days[row] = _day_of_cell(cells[row], column, told.index[row])
    return days


def _day_of_cell(value: object, column: str, label: object) -> float:
    """Day of one cell; NaN for a blank text."""
    if isinstance(value, str) and not value.strip():
        return np.nan
    number = day_number(value)
    if number is None:
        raise SchemaError(
            f"{column} in row {label!s:.60} is {value!r:.60}; expected a date, or a text such as"
            " 2024-01-28; geo.read_incidents reads dates in other forms."
        )
    return float(number)
