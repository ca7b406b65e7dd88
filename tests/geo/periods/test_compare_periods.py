"""Two periods compared: counts by hand, p-values and intervals by scipy."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError
from geo.proximity.civil_days import day_of

JANUARY = ("2024-01-01", "2024-01-31")
FEBRUARY = ("2024-02-01", "2024-02-29")
COUNTS = ["count_before", "count_after", "unclear", "outside"]


def table(counts: dict[str | None, tuple[int, int]], **columns: Any) -> pd.DataFrame:
    """So many incidents of each unit in January and in February."""
    units = [unit for unit, both in counts.items() for _ in range(sum(both))]
    days = [
        day
        for one, other in counts.values()
        for day in ["2024-01-10"] * one + ["2024-02-10"] * other
    ]
    return pd.DataFrame({"admin1_code": units, "date_start": pd.to_datetime(days), **columns})


def compared(incidents: pd.DataFrame, **asked: Any) -> pd.DataFrame:
    return geo.compare_periods(incidents, **{"before": JANUARY, "after": FEBRUARY} | asked)


def test_a_case_worked_out_by_hand() -> None:
    # Periods of 10 and 30 days: of 4 incidents each lies in the later one with 3/4.
    days = ["2024-01-01"] * 3 + ["2024-02-05"]
    incidents = pd.DataFrame({"date_start": pd.to_datetime(days)})

    found = compared(
        incidents, before=("2024-01-01", "2024-01-10"), after=("2024-01-11", "2024-02-09"), by=None
    ).iloc[0]

    assert found[["count_before", "count_after"]].tolist() == [3, 1]
    assert found[["days_before", "days_after"]].tolist() == [10, 30]
    assert found["rate_ratio"] == pytest.approx((1 / 30) / (3 / 10))
    # 1 and 0 of 4 are no more likely than what was seen; 2, 3 and 4 are.
    assert found["p_value"] == pytest.approx((4 * 3 + 1) / 4**4)
    # Of 4 with one hit, Clopper and Pearson's lower end solves 1 - (1 - p)^4 = 0.025.
    low = 1 - 0.975 ** (1 / 4)
    assert found["ratio_low"] == pytest.approx(low / (1 - low) * 10 / 30)


@pytest.mark.parametrize("counts", [(0, 1), (5, 0), (7, 7), (3, 40), (400, 450), (2_000, 1_000)])
def test_values_are_those_of_scipy(counts: tuple[int, int]) -> None:
    before, after = counts

    found = compared(table({"a": counts})).iloc[0]

    share = 29 / 60
    assert found["p_value"] == pytest.approx(
        stats.binomtest(after, before + after, share).pvalue, abs=1e-12
    )
    low, high = (
        stats.beta.ppf(0.025, after, before + 1) if after else 0.0,
        stats.beta.ppf(0.975, after + 1, before) if before else 1.0,
    )
    odds = [end / (1 - end) if end < 1 else np.inf for end in (low, high)]
    expected = [one * 31 / 29 for one in odds]
    assert found[["ratio_low", "ratio_high"]].tolist() == pytest.approx(expected, rel=1e-9)
    rate = (after / 29) / (before / 31) if before else np.inf
    assert found["rate_ratio"] == pytest.approx(rate)


def test_the_interval_agrees_with_the_test() -> None:
    # An exact one-sided test at 2.5 % just fails to refuse the ratio at the end of the interval.
    found = compared(table({"a": (4, 15)})).iloc[0]
    share = found["ratio_low"] * 29 / (found["ratio_low"] * 29 + 31)

    assert stats.binom.sf(14, 19, share) == pytest.approx(0.025)


def test_false_discoveries_are_controlled_over_the_units() -> None:
    incidents = table({"a": (1, 12), "b": (5, 5), "c": (2, 9), "d": (0, 0), None: (0, 30)})

    found = compared(incidents)

    assert found["admin1_code"].fillna("-").tolist() == ["a", "b", "c", "-"]
    p_value = found["p_value"].tolist()[:3]
    # Benjamini and Hochberg by hand: smallest times 3, second times 3/2, greatest as it is.
    expected = [p_value[0] * 3, p_value[1], p_value[2] * 3 / 2]
    assert found["q_value"].tolist()[:3] == pytest.approx(expected)
    last = found.iloc[3]
    assert last[["count_before", "count_after"]].tolist() == [0, 30]
    assert last[["rate_ratio", "ratio_low", "ratio_high", "p_value", "q_value"]].isna().all()


def test_units_without_incidents_in_both_periods_are_not_tested() -> None:
    incidents = pd.concat([table({"a": (1, 12)}), table({"b": (1, 0)})], ignore_index=True)
    incidents.loc[13, "date_start"] = pd.Timestamp("2023-05-01")

    found = compared(incidents)

    assert found[COUNTS].to_numpy().tolist() == [[1, 12, 0, 0], [0, 0, 0, 1]]
    assert found.loc[1, ["rate_ratio", "p_value", "q_value"]].isna().all()
    assert found.loc[0, "q_value"] == found.loc[0, "p_value"]


def test_both_ends_of_a_period_belong_to_it() -> None:
    days = ["2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01"]

    found = compared(pd.DataFrame({"date_start": pd.to_datetime(days)}), by=None)

    assert found[COUNTS].to_numpy().tolist() == [[2, 2, 0, 2]]
    assert found[["days_before", "days_after"]].to_numpy().tolist() == [[31, 29]]


def test_dates_that_do_not_say_in_which_period_are_unclear() -> None:
    incidents = pd.DataFrame(
        {
            "date_start": pd.to_datetime(
                [
                    "2024-01-15",
                    "2024-01-30",
                    "2024-01-10",
                    "2024-01-10",
                    None,
                    "2024-02-05",
                    "2024-01-30",
                    "2024-04-01",
                ]
            ),
            "date_end": pd.to_datetime([*[None] * 6, "2024-02-09", None]),
            "date_precision": [
                "month",  # all of January
                "week",  # 29 January to 4 February
                "year",
                "unknown",
                None,
                "week",  # all in February
                "range",  # 30 January to 9 February
                "month",  # in neither
            ],
        }
    )

    found = compared(incidents, by=None)

    assert found[COUNTS].to_numpy().tolist() == [[1, 1, 5, 1]]


def test_long_ranges_are_no_change() -> None:
    days = {"date_start": ["2024-01-15"] * 10, "date_end": ["2024-12-31"] * 10}
    ranges = pd.DataFrame({name: pd.to_datetime(ends) for name, ends in days.items()})

    found = compared(ranges, after=("2024-02-01", "2024-12-31"), by=None)

    assert found[COUNTS].to_numpy().tolist() == [[0, 0, 10, 0]]
    assert found["p_value"].isna().all()
    lasting = compared(ranges.assign(date_precision="day"), by=None)
    assert lasting[COUNTS].to_numpy().tolist() == [[10, 0, 0, 0]]


def test_dates_of_any_kind_name_the_ends() -> None:
    incidents = table({"a": (3, 8)})
    expected = compared(incidents)

    for kind in (dt.date.fromisoformat, pd.Timestamp, dt.datetime.fromisoformat):
        before, after = (tuple(kind(day) for day in ends) for ends in (JANUARY, FEBRUARY))
        pd.testing.assert_frame_equal(compared(incidents, before=before, after=after), expected)
    late = pd.Timestamp("2024-01-31 23:30", tz="America/New_York")
    pd.testing.assert_frame_equal(compared(incidents, before=("2024-01-01", late)), expected)


@pytest.mark.parametrize("by", [None, "admin1_code"])
def test_empty_tables(by: str | None) -> None:
    found = compared(table({}).astype({"admin1_code": "str"}), by=by)

    assert len(found) == (by is None)
    assert (found[COUNTS] == 0).all(axis=None)
    assert found["p_value"].isna().all()
    assert len(found.columns) == 11 + (by is not None)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"before": ("2024-01-31", "2024-01-01")}, "before is .* its first day, then its last"),
        ({"after": ("2024-02-29", "2024-02-01")}, "after is .* its first day, then its last"),
        ({"before": FEBRUARY, "after": JANUARY}, "the one to end before the other begins"),
        ({"before": ("2024-01-01", "2024-02-01")}, "the one to end before the other begins"),
        ({"before": ("2024-01-01", "soon")}, "'soon' is no day"),
        ({"before": ("2024-01-01", "")}, "'' is no day"),
        ({"before": ("2024-01-01", "01/31/2024")}, "'01/31/2024' is no day"),
        ({"before": "2024-01"}, "before is '2024-01'; expected its first and last day"),
        ({"after": ("2024-02-01",)}, "after is .*; expected its first and last day"),
        ({"by": "province"}, "needs the column province"),
        ({"by": "unclear"}, "needs the column unclear"),
    ],
)
def test_wrong_questions_are_refused(asked: dict[str, Any], message: str) -> None:

    with suppress_type_checks(), pytest.raises(SchemaError, match=message):
        compared(table({"a": (1, 1)}), **asked)


@pytest.mark.parametrize("value", [None, 20240131, True, pd.NaT, "NaT"])
def test_what_is_no_day_is_never_read_as_one(value: object) -> None:
    with pytest.raises(SchemaError, match=rf"^a test: {value!r} is no day"):
        day_of(value, by="a test")
