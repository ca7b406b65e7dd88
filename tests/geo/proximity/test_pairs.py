"""Pairs of incidents: who, how far, how long after, how sure."""

import itertools
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geo
from geo.errors import SchemaError, TooManyPairsError, WriteError
from geo.proximity.incident_pairs import _time_share
from tests import zoo
from tests.geo.spatial.test_points import all_distances_m, hard_points

DEGREE_M = 111_319.49


def table(lon: Any, dates: Any = None, **columns: Any) -> gpd.GeoDataFrame:
    if dates is not None:
        columns["date_start"] = pd.to_datetime(dates).astype("datetime64[s]")
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, np.zeros(len(lon))), crs=4326)


def test_pairs_equal_all_distances_of_pyproj() -> None:
    lon, lat = hard_points(2_000, 1)
    rng = np.random.default_rng(9)
    day = rng.integers(0, 600, 2_000)
    incidents = gpd.GeoDataFrame(
        {"date_start": pd.Timestamp("2023-01-01") + pd.to_timedelta(day, unit="D")},
        geometry=gpd.points_from_xy(lon, lat),
        crs=4326,
    )
    true_m = all_distances_m(lon, lat, lon, lat)

    found = geo.pairs(incidents, distance_m=400_000, days=14)

    close = np.triu((true_m <= 400_000) & (np.abs(day[:, None] - day) <= 14), 1)
    told = {tuple(sorted(pair)) for pair in found[["first", "second"]].to_numpy().tolist()}
    assert told == set(zip(*(side.tolist() for side in np.nonzero(close)), strict=True))
    assert (day[found["first"]] <= day[found["second"]]).all()
    assert (found["days_min"] == day[found["second"]] - day[found["first"]]).all()
    away_m = true_m[found["first"], found["second"]]
    assert np.abs(found["distance_m"] - away_m).max() < 1e-3
    assert set(found["match"]) == {"certain"}


def test_the_earlier_incident_comes_first_and_labels_are_kept() -> None:
    incidents = table([0.0, 0.0, 0.0], ["2024-01-05", "2024-01-01", "2024-01-05"])
    incidents.index = ["x", "y", "z"]

    found = geo.pairs(incidents, distance_m=1, days=4)

    assert found[["first", "second"]].to_numpy().tolist() == [["y", "x"], ["x", "z"], ["y", "z"]]
    assert found["days_max"].tolist() == [4, 0, 4]


def test_without_days_dates_do_not_count_and_missing_ones_are_null() -> None:
    incidents = table([0.0, 0.0, 0.0], ["2024-01-05", None, "2020-01-05"])

    assert len(geo.pairs(incidents, distance_m=1)) == 3
    assert geo.pairs(incidents, distance_m=1)["days_min"].isna().tolist() == [True, False, True]
    assert geo.pairs(incidents, distance_m=1, days=10_000)["first"].tolist() == [2]
    assert len(geo.pairs(table([0.0, 0.0]), distance_m=1)) == 1


def test_uncertain_places_and_dates_are_possible_pairs() -> None:
    incidents = table(
        [0.0, 0.1, 0.2],
        ["2024-01-01", "2024-01-10", "2024-01-03"],
        date_end=pd.to_datetime(["2024-01-01", "2024-01-19", "2024-01-03"]),
        uncertainty_m=[3_000.0, 4_000.0, 100.0],
    )

    found = geo.pairs(incidents, distance_m=0.1 * DEGREE_M + 4_500, days=13)

    by_pair = found.set_index(["first", "second"])
    assert set(by_pair.index) == {(0, 1), (2, 1)}
    assert by_pair.loc[(2, 1), ["match", "match_share"]].tolist() == ["possible", 0.7]
    assert by_pair.loc[(0, 1), "match"] == "possible"
    # Days 10 to 14 of 10 to 19, and nearly all of a disc of 5 km.
    assert by_pair.loc[(0, 1), "match_share"] == pytest.approx(0.5, abs=0.02)
    assert by_pair.loc[(0, 1), ["days_min", "days_max"]].tolist() == [9, 18]


def test_both_radii_count() -> None:
    # Either alone leaves the pair within the distance; the root of the sum of squares does not.
    incidents = table([0.0, 0.1], uncertainty_m=[3_000.0, 4_000.0])

    near = geo.pairs(incidents, distance_m=0.1 * DEGREE_M + 4_500)
    sure = geo.pairs(incidents, distance_m=0.1 * DEGREE_M + 5_100)

    assert near["match"].tolist() == ["possible"]
    assert sure["match"].tolist() == ["certain"]


@pytest.mark.parametrize("days", [0, 3, 8])
def test_shares_of_days_are_counted_day_by_day(days: int) -> None:
    spans = [(0, 4, 3, 9), (0, 0, 0, 0), (2, 5, 2, 5), (0, 20, 8, 8), (5, 9, 0, 4), (0, 3, 11, 30)]
    share = _time_share(*np.array(spans, dtype=np.float64).T, days)

    for (a, b, c, d), found in zip(spans, share, strict=True):
        every = list(itertools.product(range(a, b + 1), range(c, d + 1)))
        assert found == pytest.approx(sum(abs(x - y) <= days for x, y in every) / len(every))


def test_one_incident_none_and_those_without_a_place() -> None:
    for few in (table([0.0]), table([]), zoo.holes()):
        found = geo.pairs(few, distance_m=2e7)
        assert found.empty
        assert {"first", "second", "distance_m", "match", "match_share"} <= set(found.columns)
    vague = table([0.0, 0.0, 0.0], precision=["country", "site", "admin1"])
    assert geo.pairs(vague, distance_m=10).empty


def test_radius_zero_and_the_whole_earth() -> None:
    incidents = zoo.points()

    assert geo.pairs(incidents, distance_m=0).empty
    assert len(geo.pairs(incidents, distance_m=20_003_932)) == len(incidents) * 9 // 2
    assert len(geo.pairs(table([0.0, 0.0, 180.0, -180.0]), distance_m=0)) == 2


def test_too_many_are_counted_and_refused_with_a_distance_that_would_do() -> None:
    lon, lat = hard_points(2_000, 1)
    incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)

    with pytest.raises(
        TooManyPairsError, match=r"at most 5,000 .* m would do.*write_pairs"
    ) as told:
        geo.pairs(incidents, distance_m=3_000_000, most=5_000)

    assert told.value.count == len(geo.pairs(incidents, distance_m=3_000_000))
    smaller_m = told.value.smaller_m
    assert 1_000 < len(geo.pairs(incidents, distance_m=smaller_m, most=5_000)) <= 5_000


def test_a_pile_leaves_no_distance_that_would_do() -> None:
    pile = table(np.zeros(3_000))

    with pytest.raises(TooManyPairsError, match=r"4,498,500 pairs.* no smaller distance") as told:
        geo.pairs(pile, distance_m=10, most=1_000)

    assert told.value.smaller_m == 0


def test_pairs_are_written_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lon, lat = hard_points(500, 1)
    incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    monkeypatch.setattr("geo.proximity.incident_pairs._ROUND", 1_000)

    written = geo.write_pairs(incidents, tmp_path / "pairs.parquet", distance_m=5_000_000)

    found = pd.read_parquet(tmp_path / "pairs.parquet")
    assert written == len(found) > 5_000
    found = found.sort_values(["first", "second"], ignore_index=True)
    pd.testing.assert_frame_equal(found, geo.pairs(incidents, distance_m=5_000_000))
    assert geo.write_pairs(table([]), tmp_path / "none.parquet", distance_m=1) == 0
    with pytest.raises(WriteError, match=r"expected \.parquet"):
        geo.write_pairs(incidents, tmp_path / "pairs.csv", distance_m=1)


@pytest.mark.parametrize("distance_m", [-1.0, np.nan])
def test_distances_and_days_that_are_none(distance_m: float) -> None:
    with pytest.raises(ValueError, match="0 or more metres"):
        geo.pairs(table([0.0]), distance_m=distance_m)
    with pytest.raises(ValueError, match="the days must be 0 or more"):
        geo.pairs(table([0.0], ["2024-01-01"]), distance_m=1, days=distance_m)
    with pytest.raises(SchemaError, match="date_start"):
        geo.pairs(table([0.0]), distance_m=1, days=1)
