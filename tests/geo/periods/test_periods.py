"""Counts by day, week and month: no gaps, no shifts, nothing lost."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError
from geo.proximity.civil_days import civil_days, day_of, first_days, units_of

EVERY = ("day", "week", "month")


def table(dates: list[Any], **columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"date_start": pd.Series(dates, dtype="datetime64[s]"), **columns})


def shown(counts: pd.DataFrame, *columns: str) -> list[Any]:
    return counts[[*columns, "period", "count"]].to_numpy().tolist()


def naive(dates: list[dt.date], every: str) -> dict[str, int]:
    """Counts by a walk over the calendar of the standard library."""

    def name(day: dt.date) -> str:
        year, week, _ = day.isocalendar()
        months = f"{day:%Y-%m}"
        return {"day": day.isoformat(), "week": f"{year:04d}-W{week:02d}", "month": months}[every]

    counts: dict[str, int] = {}
    day = min(dates)
    while day <= max(dates):
        counts[name(day)] = 0
        day += dt.timedelta(days=1)
    for day in dates:
        counts[name(day)] += 1
    return counts


@given(
    dates=st.lists(st.dates(dt.date(1998, 1, 1), dt.date(2004, 12, 31)), min_size=1, max_size=20),
    undated=st.integers(0, 3),
)
@pytest.mark.parametrize("every", EVERY)
@settings(max_examples=40, deadline=None)
def test_counts_are_those_of_the_calendar(every: Any, dates: list[dt.date], undated: int) -> None:
    counts = geo.count_by_period(table([*dates, *[None] * undated]), every=every)

    expected = naive(dates, every)
    assert counts["period"].tolist() == [*expected, "too coarse", "undated"]
    assert counts["count"].tolist() == [*expected.values(), 0, undated]


def test_periods_say_their_first_and_last_day() -> None:
    for every, start, end in (
        ("day", "2024-02-29", "2024-02-29"),
        ("week", "2024-02-26", "2024-03-03"),
        ("month", "2024-02-01", "2024-02-29"),
    ):
        counts = geo.count_by_period(table(["2024-02-29"]), every=every)
        sides = counts[["period_start", "period_end"]]
        assert sides.iloc[0].tolist() == [pd.Timestamp(start), pd.Timestamp(end)]
        assert sides.iloc[1:].isna().all(axis=None)
        assert sides.dtypes.astype(str).tolist() == ["datetime64[s]"] * 2


@pytest.mark.parametrize(
    ("day", "week"),
    [("2021-01-03", "2020-W53"), ("2024-12-30", "2025-W01"), ("1969-12-28", "1969-W52")],
)
def test_weeks_are_those_of_iso_8601_over_the_turn_of_the_year(day: str, week: str) -> None:
    assert geo.count_by_period(table([day]), every="week")["period"].iloc[0] == week


@given(data=st.data(), every=st.sampled_from(EVERY))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost(data: st.DataObject, every: Any) -> None:
    rows = data.draw(st.integers(0, 12))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return data.draw(st.lists(values, min_size=rows, max_size=rows))

    days = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2021, 1, 1))
    precisions = ["day", "week", "month", "year", "range", "unknown", None]
    incidents = table(
        column(days),
        date_precision=pd.Series(column(st.sampled_from(precisions)), dtype="str"),
        unit=pd.Series(column(st.sampled_from(["a", "b", None])), dtype="str"),
    )

    together = geo.count_by_period(incidents, every=every)
    apart = geo.count_by_period(incidents, every=every, by="unit")

    assert together["count"].sum() == apart["count"].sum() == rows
    sizes = incidents["unit"].value_counts(dropna=False).to_dict()
    found = apart.groupby("unit", dropna=False)["count"].sum().to_dict()
    assert {str(key): value for key, value in found.items()} == {
        str(key): value for key, value in sizes.items()
    }
    if rows:
        summed = apart.groupby("period", sort=False)["count"].sum()
        assert summed.to_dict() == dict(zip(together["period"], together["count"], strict=True))


def test_dates_that_are_too_coarse_are_put_apart() -> None:
    incidents = table(
        ["2024-01-31"] * 6 + [None],
        date_end=pd.to_datetime(["2024-01-31"] * 4 + ["2024-02-09", "2024-01-31", None]),
        date_precision=["day", "week", "month", "year", "range", "unknown", None],
    )

    assert shown(geo.count_by_period(incidents, every="day")) == [
        ["2024-01-31", 2],
        ["too coarse", 4],
        ["undated", 1],
    ]
    assert geo.count_by_period(incidents, every="week")["count"].tolist() == [3, 3, 1]
    assert geo.count_by_period(incidents, every="month")["count"].tolist() == [4, 2, 1]


def test_a_week_counts_at_its_start_also_in_the_month() -> None:
    # Its Monday lies in January, and the table says 1 February.
    incidents = table(["2024-02-01"], date_precision=["week"])

    assert geo.count_by_period(incidents, every="month")["period"].iloc[0] == "2024-02"


def test_all_groups_have_all_periods() -> None:
    incidents = table(
        ["2024-01-01", "2024-01-03", "2024-01-03", None], country_a3=["SYR", "JOR", None, "SYR"]
    )

    counts = geo.count_by_period(incidents, every="day", by="country_a3")

    periods = ["2024-01-01", "2024-01-02", "2024-01-03", "too coarse", "undated"]
    assert counts["period"].tolist() == periods * 3
    assert counts["country_a3"].fillna("-").tolist() == ["JOR"] * 5 + ["SYR"] * 5 + ["-"] * 5
    assert counts["count"].tolist() == [0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0]
    assert str(counts["country_a3"].dtype) == "str"
    assert counts.columns.tolist() == [
        "country_a3",
        "period",
        "period_start",
        "period_end",
        "count",
    ]


@pytest.mark.parametrize("every", EVERY)
def test_empty_tables_and_tables_without_dates(every: Any) -> None:
    assert shown(geo.count_by_period(table([]), every=every)) == [["too coarse", 0], ["undated", 0]]
    assert shown(geo.count_by_period(table([None, None]), every=every)) == [
        ["too coarse", 0],
        ["undated", 2],
    ]
    none = geo.count_by_period(table([], unit=pd.Series([], dtype="str")), every=every, by="unit")
    assert none.empty
    assert none.columns.tolist() == ["unit", "period", "period_start", "period_end", "count"]


def test_days_are_those_of_their_own_clock() -> None:
    zoned = pd.DataFrame(
        {
            "date_start": pd.to_datetime(["2024-01-02 00:30", "2024-01-02 23:30"]).tz_localize(
                "Asia/Amman"
            )
        }
    )

    assert shown(geo.count_by_period(zoned, every="day"))[0] == ["2024-01-02", 2]
    pacific = zoned["date_start"].dt.tz_localize(None).dt.tz_localize("Pacific/Honolulu")
    counts = geo.count_by_period(zoned.assign(date_start=pacific), every="day")
    assert shown(counts)[0] == ["2024-01-02", 2]


def test_a_misread_year_does_not_fill_the_memory() -> None:
    incidents = table(["0024-01-01", "2024-01-01"], unit=["a", "b"])
    assert len(geo.count_by_period(incidents, every="day")) == 730_488

    many = pd.concat([incidents.assign(unit=str(number)) for number in range(20)])
    with pytest.raises(SchemaError, match=r"from 0024-01-01 to 2024-01-01 .* 14,609,760 rows"):
        geo.count_by_period(many, every="day", by="unit")
    absurd = pd.DataFrame({"date_start": np.array(["2024", "9000000"], dtype="datetime64[s]")})
    with pytest.raises(SchemaError, match="rows, at most 10,000,000"):
        geo.count_by_period(absurd, every="day")


def test_wrong_questions_are_refused() -> None:
    incidents = table(["2024-01-01"], count=[1])

    with (
        suppress_type_checks(),
        pytest.raises(ValueError, match="every='year'; expected one of day, week, month"),
    ):
        geo.count_by_period(incidents, every="year")  # type: ignore[arg-type]
    with pytest.raises(SchemaError, match="needs the column admin1"):
        geo.count_by_period(incidents, every="day", by="admin1")
    with pytest.raises(SchemaError, match="a column count of its own"):
        geo.count_by_period(incidents, every="day", by="count")
    with pytest.raises(SchemaError, match="needs the column date_start"):
        geo.count_by_period(incidents.drop(columns="date_start"), every="day")


@given(day=st.integers(-800_000, 800_000))
@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_a_unit_holds_its_days(unit: Any, day: int) -> None:
    number = units_of(np.array([day]), unit)
    start, end = first_days(number, unit)[0], first_days(number + 1, unit)[0]

    assert start <= day < end
    assert units_of(np.array([start, end - 1, end]), unit).tolist() == [
        number[0],
        number[0],
        number[0] + 1,
    ]


def test_spans_are_whole_units_where_no_more_is_known() -> None:
    incidents = table(
        ["2024-02-15"] * 5,
        date_precision=["week", "month", "year", "month", "day"],
        date_end=pd.to_datetime([None, "2024-02-15", None, "2024-03-31", "2024-02-20"]),
    )

    first, last = civil_days(incidents).whole_spans()

    def day(text: str) -> int:
        return day_of(text, by="a test")

    starts = ["2024-02-12", "2024-02-01", "2024-01-01", "2024-02-15", "2024-02-15"]
    ends = ["2024-02-18", "2024-02-29", "2024-12-31", "2024-03-31", "2024-02-20"]
    assert first.tolist() == [day(text) for text in starts]
    assert last.tolist() == [day(text) for text in ends]
