"""Dates in tables that nobody cleaned: read by their own clock, or refused with their row."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geo
from geo.errors import SchemaError
from geo.proximity.civil_days import day_of
from geo.proximity.date_columns import day_number, spans_of

JANUARY = ("2024-01-01", "2024-01-31")
FEBRUARY = ("2024-02-01", "2024-02-29")

VERBS: dict[str, Callable[[gpd.GeoDataFrame], Any]] = {
    "pairs": lambda table: geo.pairs(table, distance_m=10, days=3),
    "select": lambda table: geo.select(table, dates=JANUARY),
    "count_by_period": lambda table: geo.count_by_period(table, every="day"),
    "compare_periods": lambda table: geo.compare_periods(
        table, before=JANUARY, after=FEBRUARY, by=None
    ),
    "knox_test": lambda table: geo.knox_test(table, distances_m=[10], days=[3], permutations=9),
    "mark_repeats": lambda table: geo.mark_repeats(table, distance_m=10, days=3),
    "add_clusters": lambda table: geo.add_clusters(table, distance_m=10, days=3, min_incidents=2),
}


def table(dates: Any, **columns: Any) -> gpd.GeoDataFrame:
    ids = [f"i{row}" for row in range(len(dates))]
    points = gpd.points_from_xy([38.7] * len(dates), [33.3] * len(dates))
    return gpd.GeoDataFrame(
        {"incident_id": ids, "date_start": dates, **columns}, geometry=points, crs=4326
    )


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("dates", "shown"),
    [
        ([2023, 2024], "2023"),
        ([45_319.0, np.nan], "45319.0"),
        (["2024-01-28", "03/04/2024"], "'03/04/2024'"),
        (["2024-01-28", "2024-13-01"], "'2024-13-01'"),
        (["28 January 2024", None], "'28 January 2024'"),
        (pd.Series(["2024-01-28", 20240128], dtype=object), "20240128"),
    ],
)
def test_what_is_no_clean_date_is_refused_by_every_verb(verb: str, dates: Any, shown: str) -> None:
    with pytest.raises(SchemaError, match=rf"date_start in row [01] is {shown}; .*read_incidents"):
        VERBS[verb](table(dates))


def test_texts_of_iso_8601_are_days_by_their_own_clock() -> None:
    texts = [
        "2024-01-28",
        "2024-01-30 10:00",
        "2024-01-29T00:00:00Z",
        "2024-01-29T23:30:00.5-05:00",
        " ",
        None,
    ]
    expected = [28.0, 30.0, 29.0, 29.0, np.nan, np.nan]

    for dates in (texts, pd.Series(texts, dtype=object), pd.Categorical(texts)):
        first, last = spans_of(table(dates, date_end=[None, "2024-02-01", *[None] * 4]))
        day = first - day_of("2024-01-01", by="a test") + 1
        np.testing.assert_array_equal(day, expected)
        np.testing.assert_array_equal(last[1] - first[1], 2.0)


def test_dates_of_all_kinds_are_read_alike() -> None:
    clock = dt.timezone(dt.timedelta(hours=-5))
    late = dt.datetime(2024, 1, 29, 23, 30, tzinfo=clock)
    dates = [dt.date(2024, 1, 29), late, pd.Timestamp(late), "2024-01-29", None, pd.NaT]
    first, _ = spans_of(table(pd.Series(dates, dtype=object)))

    assert first.tolist()[:4] == [day_number("2024-01-29")] * 4
    assert np.isnan(first[4:]).all()
    zoned, _ = spans_of(table(pd.to_datetime([late])))
    assert zoned.tolist() == first.tolist()[:1]
    undated, _ = spans_of(table([np.nan, np.nan]))
    assert np.isnan(undated).all()


def test_the_precision_of_dates_widens_pairs() -> None:
    incidents = table(pd.to_datetime(["2024-02-01", "2024-02-03"]), date_precision=["month", "day"])

    found = geo.pairs(incidents, distance_m=10, days=3).iloc[0]

    assert found[["days_min", "days_max", "match"]].tolist() == [0, 26, "possible"]
    # 1 to 6 February of 29 days.
    assert found["match_share"] == pytest.approx(6 / 29, abs=1e-3)


def test_the_precision_of_dates_widens_a_selection() -> None:
    incidents = table(
        pd.to_datetime(["2024-02-01", "2024-02-01", "2024-02-15"]),
        date_precision=["month", "day", "year"],
    )

    found = geo.select(incidents, dates=("2024-02-01", "2024-02-02"))

    assert found["match"].tolist() == ["possible", "certain", "possible"]
    assert found["match_share"].tolist() == pytest.approx([2 / 29, 1.0, 2 / 366], abs=1e-3)
