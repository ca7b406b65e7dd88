"""Days that incidents happened on, as numbers since 1970, and the units that hold them."""

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.joins.columns import texts
from geo.proximity.date_columns import day_number, spans_of

__all__ = ["CivilDays", "Days", "Unit", "civil_days", "day_of", "first_days", "units_of"]

#: Days since 1970, or numbers of weeks, months or years.
Days = npt.NDArray[np.int64]
Unit = Literal["day", "week", "month", "year"]

_VAGUE: tuple[Unit, ...] = ("week", "month", "year")
# Such a date says nothing about the day.
_NO_DAY = ("month", "year", "unknown")
# The first day of 1970 was a Thursday.
_SINCE_MONDAY = 3


class CivilDays(NamedTuple):
    """First and last day of each row, NaN where it has no date, and the precision of the date."""

    first: Floats
    last: Floats
    precision: npt.NDArray[np.object_]

    def whole_spans(self) -> tuple[Floats, Floats]:
        """First and last day of the whole week, month or year where no more is known.

        Where both ends are told, they are taken as they are: such a week may begin on any day.
        """
        first, last = self.first.copy(), self.last.copy()
        for unit in _VAGUE:
            rows = np.flatnonzero((self.precision == unit) & (first == last))
            number = units_of(first[rows].astype(np.int64), unit)
            first[rows], last[rows] = first_days(number, unit), first_days(number + 1, unit) - 1
        return first, last

    @property
    def tells_day(self) -> npt.NDArray[np.bool_]:
        """Rows whose date is more than a month, a year or unknown."""
        return np.asarray(~np.isin(self.precision, _NO_DAY))


def civil_days(table: pd.DataFrame) -> CivilDays:
    """Days of the rows of a table.

    Parameters
    ----------
    table
        Has `date_start`; `date_end` and `date_precision` are used where they are there. Where no
        precision is told, it is `day` or, with a later end, `range`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "date_start": pd.to_datetime(["1970-01-08", "1970-02-03", None]),
    ...         "date_precision": [None, "month", None],
    ...     }
    ... )
    >>> days = civil_days(table)
    >>> days.first.tolist(), days.precision.tolist()
    ([7.0, 33.0, nan], ['day', 'month', 'unknown'])
    >>> [end.tolist() for end in days.whole_spans()]
    [[7.0, 31.0, nan], [7.0, 58.0, nan]]
    """
    first, last = spans_of(table)
    precision = texts(table, "date_precision").copy()
    untold = precision == ""
    precision[untold] = np.where(last > first, "range", "day")[untold]
    precision[np.isnan(first)] = "unknown"
    return CivilDays(first, last, precision)


def day_of(value: object, *, by: str) -> int:
    """Days since 1970 of a date, by its own clock.

    Parameters
    ----------
    value
        A date, or a text such as 2024-01-28.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        It is no day.

    Examples
    --------
    >>> day_of("1970-01-08", by="the example")
    7
    """
    number = day_number(value)
    if number is None:
        raise SchemaError(
            f"{by}: {value!r:.60} is no day; expected a date, or a text such as 2024-01-28."
        )
    return number


def units_of(day: Days, unit: Unit) -> Days:
    """Number of the week (from Monday), month or year that each day lies in; days are themselves.

    Parameters
    ----------
    day
        Days since 1970.
    unit
        What to number, from that of the first day of 1970 on, which has the number 0.
    """
    if unit == "day":
        return day
    if unit == "week":
        return (day + _SINCE_MONDAY) // 7
    number: Days = day.astype("datetime64[D]").astype(f"datetime64[{unit[0].upper()}]").astype(int)
    return number


def first_days(number: Days, unit: Unit) -> Days:
    """First day, since 1970, of weeks, months or years by their numbers.

    Parameters
    ----------
    number, unit
        As in `units_of`.

    Examples
    --------
    >>> first_days(units_of(np.array([0, 31, -1]), "month"), "month").tolist()
    [0, 31, -31]
    >>> first_days(units_of(np.array([0, 4]), "week"), "week").tolist()
    [-3, 4]
    """
    if unit == "day":
        return number
    if unit == "week":
        return number * 7 - _SINCE_MONDAY
    day: Days = number.astype(f"datetime64[{unit[0].upper()}]").astype("datetime64[D]").astype(int)
    return day
