"""The civil day of each row, from whatever a table holds as its dates."""

import datetime as dt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.grammar.dates import day_comes_first, parse_date

__all__ = ["civil_days"]

Days = npt.NDArray[np.datetime64]


def civil_days(dates: "pd.Series[Any]") -> Days:
    """Day of each row; NaT where there is none.

    Parameters
    ----------
    dates
        Times, dates, or texts that state a whole day (`parse_date`); null and empty texts are no
        day. Of a time with a zone the date as written counts: nothing is shifted to UTC.

    Raises
    ------
    SchemaError
        A value is no date, a month, a year, or a date that can be read in two ways.

    Examples
    --------
    >>> civil_days(pd.Series(["9 July 2011", None])).astype(str).tolist()
    ['2011-07-09', 'NaT']
    """
    if dates.dtype.kind == "M" and not isinstance(dates.dtype, pd.ArrowDtype):
        return np.asarray(dates.dt.tz_localize(None)).astype("datetime64[D]")
    values: list[Any] = dates.astype(object).tolist()
    texts = {value.strip() for value in values if isinstance(value, str)}
    order = day_comes_first(texts)
    stated = {text: _stated_day(text, day_first=order) for text in texts}
    days = [stated[one.strip()] if isinstance(one, str) else _day(one) for one in values]
    nothing = dates.isna().to_numpy()
    for row, (day, value) in enumerate(zip(days, values, strict=True)):
        if day is None and not (nothing[row] or (isinstance(value, str) and not value.strip())):
            raise _no_day(dates, row, value)
    return np.array(days, dtype="datetime64[D]")


def _stated_day(text: str, *, day_first: bool | None) -> dt.date | None:
    date = parse_date(text, day_first=day_first)
    return date.start if date is not None and date.precision == "day" else None


def _day(value: object) -> dt.date | None:
    if value is pd.NaT:
        return None
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value).date()
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def _no_day(dates: "pd.Series[Any]", row: int, value: object) -> SchemaError:
    return SchemaError(
        f"{dates.name}: {value!r} in row {dates.index[row]} is not one day; expected a date, a "
        "text such as 2011-07-09, or null. Make a month or a year null, or its first day; "
        "geo.read_incidents reads dates of any form."
    )
