"""Whether units saw more incidents per day in one period than in another."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.periods.groups import Groups, groups_of
from geo.proximity.amounts import two_ends
from geo.proximity.civil_days import civil_days, day_of
from geo.schema import require

__all__ = ["compare_periods"]

Counts = npt.NDArray[np.int64]
Day = dt.date | str

_COUNTED = ("count_before", "count_after", "unclear", "outside")
_TESTED = ("rate_ratio", "ratio_low", "ratio_high", "p_value", "q_value")
_MADE = (*_COUNTED, "days_before", "days_after", *_TESTED)
_HELD = 0.95


def compare_periods(
    table: pd.DataFrame,
    *,
    before: tuple[Day, Day],
    after: tuple[Day, Day],
    by: str | None = "admin1_code",
) -> pd.DataFrame:
    """Compare the incidents per day of two periods, unit by unit, by an exact test.

    Parameters
    ----------
    table
        Has `date_start`; `date_end` and `date_precision` are used where they are there.
    before, after
        First and last day of each period, both inclusive. They may differ in length, and must not
        overlap.
    by
        Column of the units; None compares the table as a whole.

    Returns
    -------
    pandas.DataFrame
        One row for each unit, with the column of `by` and

        - `count_before`, `count_after`: incidents of each period; `unclear`, those whose date does
          not say whether they lie in one; `outside`, all others. The four add up to the rows of the
          table;
        - `days_before`, `days_after`: length of the periods;
        - `rate_ratio`: incidents per day after, divided by those before; `ratio_low` and
          `ratio_high`, its exact 95 % interval. Infinite where there were none before;
        - `p_value`, two-sided; `q_value`, with the false discovery rate over all units under
          control.

        Ratio and p-values are null for a unit without an incident in both periods, and for the last
        row, of incidents without a unit.

    Raises
    ------
    SchemaError
        A column is missing, a day or a cell of the dates is none, a period ends before it begins,
        or the periods overlap or are the wrong way round.

    Notes
    -----
    Given the sum n of both counts, the later one is binomial with n and
    days_after / (days_before + days_after), if the rate did not change: Przyborowski and Wilenski
    (1940), Biometrika 31, 313-323. `scipy.stats.binomtest` gives the p-value and the interval of
    Clopper and Pearson (1934), which is turned into one of the ratio; the adjustment is that of
    Benjamini and Hochberg (1995). The test takes incidents as independent: where one brings about
    others, true p-values are greater.

    An incident known to the day counts at its first day. One that is known only to a week, a month,
    a year or a range counts where all of that lies in one period, and is unclear where it reaches
    over the edge of one; so is one without a date, or of precision `unknown`.

    Examples
    --------
    >>> incidents = pd.DataFrame(
    ...     {
    ...         "admin1_code": ["SY-HI"] * 9 + ["JO-MA"],
    ...         "date_start": pd.to_datetime(["2024-01-05"] + ["2024-02-05"] * 9),
    ...     }
    ... )
    >>> periods = {"before": ("2024-01-01", "2024-01-31"), "after": ("2024-02-01", "2024-03-02")}
    >>> result = compare_periods(incidents, **periods)
    >>> result[["admin1_code", "count_before", "count_after", "rate_ratio"]].values.tolist()
    [['JO-MA', 0, 1, inf], ['SY-HI', 1, 8, 8.0]]
    >>> result[["p_value", "q_value"]].round(4).values.tolist()
    [[1.0, 1.0], [0.0391, 0.0781]]
    """
    periods = _periods(before, after)
    require(table, ("date_start",), by="compare_periods")
    groups = groups_of(table, by, made=_MADE, by="compare_periods")
    counts = _counted(table, groups, periods)
    days = {"days_before": periods[0].days, "days_after": periods[1].days}
    # Incidents without a unit are none.
    units = np.ones(groups.total, dtype=np.bool_)
    if groups.value is not None:
        units = groups.value.notna().to_numpy()
    tested = _tested(counts["count_before"], counts["count_after"], units, periods)
    return pd.DataFrame(groups.column(by) | counts | days | tested, index=range(groups.total))


class _Period(NamedTuple):
    """First and last day, since 1970."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """Length in days."""
        return self.last - self.first + 1


def _periods(before: tuple[Day, Day], after: tuple[Day, Day]) -> tuple[_Period, _Period]:
    found = []
    for name, ends in (("before", before), ("after", after)):
        both = two_ends(ends, by="compare_periods", what=name)
        first, last = (day_of(day, by="compare_periods") for day in both)
        if last < first:
            raise SchemaError(
                f"compare_periods: {name} is {ends}; expected its first day, then its last."
            )
        found.append(_Period(first, last))
    if found[1].first <= found[0].last:
        raise SchemaError(
            f"compare_periods: before is {before} and after {after}; expected the one to end before"
            " the other begins."
        )
    return found[0], found[1]


def _counted(
    table: pd.DataFrame, groups: Groups, periods: tuple[_Period, _Period]
) -> dict[str, Counts]:
    """Incidents of each unit by where they certainly lie."""
    days = civil_days(table)
    first, last = days.whole_spans()
    # What is known to the day and lasts counts at its start.
    last = np.where(days.precision == "day", first, last)
    unknown = days.precision == "unknown"
    first[unknown], last[unknown] = -np.inf, np.inf
    inside = [(first >= one.first) & (last <= one.last) for one in periods]
    reached = [(first <= one.last) & (last >= one.first) for one in periods]
    place = np.select([*inside, reached[0] | reached[1]], [0, 1, 2], 3)
    counts = np.bincount(groups.number * 4 + place, minlength=groups.total * 4).reshape(-1, 4)
    return dict(zip(_COUNTED, counts.T, strict=True))


def _tested(
    before: Counts,
    after: Counts,
    units: npt.NDArray[np.bool_],
    periods: tuple[_Period, _Period],
) -> dict[str, Floats]:
    """Ratio of the rates, its interval and p-values of each unit that can be tested."""
    from scipy.stats import false_discovery_control  # noqa: PLC0415  # takes long to load

    values = np.full((len(_TESTED), len(before)), np.nan)
    rows = np.flatnonzero(units & (before + after > 0))
    if len(rows):
        pairs = zip(before[rows].tolist(), after[rows].tolist(), strict=True)
        lengths = periods[0].days, periods[1].days
        found = np.array([_exact(one, other, *lengths) for one, other in pairs])
        values[:4, rows] = found.T
        values[4, rows] = false_discovery_control(found[:, 3])
    return dict(zip(_TESTED, values, strict=True))


@lru_cache(maxsize=4_096)
def _exact(
    before: int, after: int, days_before: int, days_after: int
) -> tuple[float, float, float, float]:
    """Ratio of the rates, the ends of its interval, and the p-value."""
    from scipy.stats import binomtest  # noqa: PLC0415  # takes long to load

    test = binomtest(after, before + after, days_after / (days_before + days_after))
    interval = test.proportion_ci(_HELD, method="exact")
    low, high = (_ratio(1 - end, end, days_before, days_after) for end in interval)
    return _ratio(before, after, days_before, days_after), low, high, float(test.pvalue)


def _ratio(before: float, after: float, days_before: int, days_after: int) -> float:
    """Rate after, divided by that before."""
    return after * days_before / (before * days_after) if before > 0 else np.inf
