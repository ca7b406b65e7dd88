"""Incidents per day, week or month, also where there were none."""

from typing import Literal, get_args

import numpy as np
import pandas as pd

from geo.errors import SchemaError
from geo.joins.columns import words
from geo.periods.groups import groups_of
from geo.proximity.civil_days import Days, civil_days, first_days, units_of
from geo.schema import require

__all__ = ["Every", "count_by_period"]

#: Periods that are counted by.
Every = Literal["day", "week", "month"]

_MADE = ("period", "period_start", "period_end", "count")
# From the finest to the coarsest.
_PRECISIONS = ("day", "week", "month")
_APART = ("too coarse", "undated")
_MOST_ROWS = 10_000_000


def count_by_period(table: pd.DataFrame, *, every: Every, by: str | None = None) -> pd.DataFrame:
    """Count incidents per civil day, week or month, with a 0 where there were none.

    Parameters
    ----------
    table
        Has `date_start`; `date_precision` is used where it is there.
    every
        `day`, `week` (ISO 8601, from Monday) or `month`.
    by
        Column whose values are counted apart, such as `country_a3`; rows without a value are a
        group of their own, the last. None counts all together.

    Returns
    -------
    pandas.DataFrame
        For each group: one row for each period from the first to the last of all groups, then two
        for what is put apart, so that the counts of all rows add up to the rows of the table.
        Columns: that of `by`; `period`, such as 2024-01-30, 2024-W05 or 2024-01, else `too coarse`
        or `undated`; `period_start` and `period_end`, its first and last day, null for what is put
        apart; `count`.

    Raises
    ------
    SchemaError
        A column is missing, a cell of the dates is no date, or the periods are too many, as those
        from a misread year are.
    ValueError
        There is no such period.

    Notes
    -----
    An incident counts once, at its first day (`date_start`), however long it lasts, and so does one
    of precision `range`. Days are civil
    days and are never shifted by a time zone. `too coarse` are those known to a longer unit only:
    to a week, a month or a year where days are counted, to a month or a year where weeks are, to a
    year where months are; and dates whose precision is `unknown`.

    Examples
    --------
    >>> incidents = pd.DataFrame(
    ...     {
    ...         "date_start": pd.to_datetime(["2024-01-28", "2024-01-30", "2024-02-17", None]),
    ...         "date_precision": ["day", "day", "month", None],
    ...     }
    ... )
    >>> weeks = count_by_period(incidents, every="week")
    >>> weeks[["period", "count"]].values.tolist()
    [['2024-W04', 1], ['2024-W05', 1], ['too coarse', 1], ['undated', 1]]
    >>> count_by_period(incidents, every="month")["count"].tolist()
    [2, 1, 0, 1]
    """
    if every not in get_args(Every):
        expected = ", ".join(get_args(Every))
        raise ValueError(f"count_by_period: every={every!r}; expected one of {expected}")
    require(table, ("date_start",), by="count_by_period")
    groups = groups_of(table, by, made=_MADE, by="count_by_period")
    days = civil_days(table)
    dated = np.isfinite(days.first)
    sure = dated & np.isin(days.precision, _sure(every))
    number = units_of(days.first[sure].astype(np.int64), every)
    shown = _shown(number, every, groups.total)
    rows = len(shown) + len(_APART)
    place = np.where(dated, len(shown), len(shown) + 1)
    place[sure] = number - shown[:1].sum()
    count = np.bincount(groups.number * rows + place, minlength=groups.total * rows)
    periods = _periods(shown, every)
    repeated = periods.iloc[np.tile(np.arange(rows), groups.total)].reset_index(drop=True)
    return (
        pd.DataFrame(groups.column(by, times=rows)).join(repeated, how="right").assign(count=count)
    )


def _sure(every: Every) -> list[str]:
    """Precisions of dates that say in which period they lie."""
    return ["range", *_PRECISIONS[: _PRECISIONS.index(every) + 1]]


def _shown(number: Days, every: Every, groups: int) -> Days:
    """Numbers of all periods, from the first to the last."""
    if not len(number):
        return number
    first, last = int(number.min()), int(number.max())
    rows = (last - first + 1 + len(_APART)) * groups
    if rows > _MOST_ROWS:
        ends = first_days(np.array([first, last + 1]), every) - np.array([0, 1])
        start, end = np.datetime_as_string(ends.astype("datetime64[D]"))
        raise SchemaError(
            f"count_by_period: by {every} from {start} to {end} the table would have {rows:,} rows,"
            f" at most {_MOST_ROWS:,} are made; correct the dates that are wrong, or count longer"
            " periods or fewer groups."
        )
    return np.arange(first, last + 1)


def _periods(shown: Days, every: Every) -> pd.DataFrame:
    """Label, first and last day of each period, then of what is put apart."""
    start, end = (first_days(numbers, every) for numbers in (shown, shown + 1))
    apart = np.full(len(_APART), np.datetime64("NaT", "s"), dtype="datetime64[s]")
    sides = [
        np.append(day.astype("datetime64[D]").astype("datetime64[s]"), apart)
        for day in (start, end - 1)
    ]
    labels = [*_labels(start, every), *_APART]
    return pd.DataFrame({"period": words(labels), "period_start": sides[0], "period_end": sides[1]})


def _labels(start: Days, every: Every) -> list[str]:
    """Names of periods by ISO 8601, from their first days."""
    day = start.astype("datetime64[D]")
    if every != "week":
        return list(np.datetime_as_string(day, unit="D" if every == "day" else "M").tolist())
    # A week belongs to the year of its Thursday.
    thursday = day + np.timedelta64(3, "D")
    year = thursday.astype("datetime64[Y]")
    week = (thursday - year).astype(np.int64) // 7 + 1
    return [
        f"{one}-W{number:02d}"
        for one, number in zip(np.datetime_as_string(year), week, strict=True)
    ]
