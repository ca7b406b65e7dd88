"""Knox's test beside a naive one over all distances of pyproj."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geo
from geo.errors import SchemaError, TooManyPairsError
from geo.near_repeat.dated_points import DatedPoints
from geo.near_repeat.permuted_days import PairsOfBand, count_late, counts_by_days, permutations_of
from geo.spatial.compiling import compiled
from tests import zoo
from tests.geo.spatial.test_points import all_distances_m

DISTANCES_M = (150.0, 400.0, 1_000.0)
DAYS = (0, 7, 14, 30)
PERMUTATIONS = 99


def town(count: int, seed: int, *, lon: float = 36.7, lat: float = 34.7) -> gpd.GeoDataFrame:
    """Incidents within some kilometres and half a year, some on the same spot, some following."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(0, 0.03, (2, count))
    day = rng.integers(0, 180, count)
    third = count // 3
    x[:third], y[:third] = x[-third:], y[-third:]
    day[: third // 2] = day[-third:][: third // 2] + rng.integers(0, 5, third // 2)
    return gpd.GeoDataFrame(
        {
            "incident_id": [f"i{number:04d}" for number in range(count)],
            "date_start": pd.Timestamp("2024-01-01") + pd.to_timedelta(day, unit="D"),
        },
        geometry=gpd.points_from_xy((lon + x + 180) % 360 - 180, lat + y),
        crs=4326,
    )


def naive(table: gpd.GeoDataFrame, drawn: list[np.ndarray]) -> pd.DataFrame:
    """Knox's table from a loop over all pairs; `drawn` holds the permuted days."""
    lon, lat = table.geometry.x.to_numpy(), table.geometry.y.to_numpy()
    away_m = all_distances_m(lon, lat, lon, lat)
    day = (table["date_start"] - pd.Timestamp("1970-01-01")).dt.days.to_numpy()
    rows = []
    inner_m = -1.0
    for outer_m in (0.0, *DISTANCES_M):
        close = [
            (i, j)
            for i in range(len(table))
            for j in range(i + 1, len(table))
            if inner_m < away_m[i, j] <= outer_m
        ]
        earliest = 0
        for latest in DAYS:
            observed, *chance = (
                sum(earliest <= abs(int(days[i]) - int(days[j])) <= latest for i, j in close)
                for days in (day, *drawn)
            )
            rows.append(
                (
                    max(inner_m, 0.0),
                    outer_m,
                    earliest,
                    latest,
                    observed,
                    sum(chance) / len(chance),
                    sorted(chance)[len(chance) // 2],
                    (1 + sum(one >= observed for one in chance)) / (1 + len(chance)),
                )
            )
            earliest = latest + 1
        inner_m = outer_m
    columns = "distance_from_m distance_to_m days_from days_to observed expected expected_median"
    return pd.DataFrame(rows, columns=[*columns.split(), "p_value"])


def drawn_days(table: gpd.GeoDataFrame, seed: int) -> list[np.ndarray]:
    """Permuted days, one for each row of the table, as the test draws them."""
    points = DatedPoints.of(table, distance_m=1_000.0, days=0.0, by="a test")
    blocks = np.concatenate(list(permutations_of(points.day, PERMUTATIONS, seed)), axis=1)
    days = np.empty_like(blocks)
    days[points.row] = blocks
    return list(days.T)


@pytest.mark.parametrize(("lon", "lat"), [(36.7, 34.7), (180.0, -16.85), (10.0, 89.85)])
def test_the_table_is_that_of_a_naive_implementation(lon: float, lat: float) -> None:
    incidents = town(250, 5, lon=lon, lat=lat)
    expected = naive(incidents, drawn_days(incidents, 11))

    found = geo.knox_test(
        incidents, distances_m=DISTANCES_M, days=DAYS, permutations=PERMUTATIONS, seed=11
    )

    assert expected["observed"].sum() > 100
    pd.testing.assert_frame_equal(
        found[expected.columns], expected, check_dtype=False, rtol=0, atol=1e-9
    )
    ratio = expected["observed"] / expected["expected"].where(expected["expected"] > 0)
    pd.testing.assert_series_equal(found["ratio"], ratio, check_names=False, rtol=0, atol=1e-9)
    assert (found["incidents"] == 250).all()
    assert (found[["permutations", "seed"]] == [PERMUTATIONS, 11]).all(axis=None)


def test_expected_pairs_are_those_of_independent_days() -> None:
    incidents = town(250, 5)
    day = (incidents["date_start"] - pd.Timestamp("2024-01-01")).dt.days.to_numpy()
    gaps = np.abs(day[:, None] - day)[np.triu_indices(250, 1)]

    found = geo.knox_test(incidents, distances_m=[1_000], days=[7], permutations=2_000)

    all_days = geo.knox_test(incidents, distances_m=[1_000], days=[9_999], permutations=1)
    share = (gaps <= 7).mean()
    assert found["expected"].tolist() == pytest.approx(all_days["observed"] * share, rel=0.02)


def test_neither_order_nor_labels_of_rows_matter() -> None:
    incidents = town(200, 3)
    mixed = incidents.sample(frac=1, random_state=8).set_index("incident_id")
    asked: dict[str, Any] = {"distances_m": DISTANCES_M, "days": DAYS, "permutations": 50}

    found = geo.knox_test(incidents, **asked)

    pd.testing.assert_frame_equal(geo.knox_test(mixed, **asked), found)
    other = geo.knox_test(incidents, **asked, seed=1)
    assert other["observed"].tolist() == found["observed"].tolist()
    assert other["expected"].tolist() != found["expected"].tolist()


def test_bands_hold_their_outer_edges() -> None:
    # On the equator a degree is 111,319.49 m; the edge is that of the very distance.
    incidents = gpd.GeoDataFrame(
        {"date_start": pd.to_datetime(["2024-01-01", "2024-01-08", "2024-01-01"])},
        geometry=gpd.points_from_xy([0.0, 0.01, 0.01], [0.0] * 3),
        crs=4326,
    )
    edge_m = float(geo.pairs(incidents, distance_m=2_000)["distance_m"].max())

    def observed(distance_m: float, days: list[int]) -> list[int]:
        found = geo.knox_test(incidents, distances_m=[distance_m], days=days, permutations=1)
        return found["observed"].tolist()

    assert observed(edge_m, [6, 7]) == [0, 1, 1, 1]
    assert observed(edge_m - 1e-4, [6, 7]) == [0, 1, 0, 0]
    assert observed(edge_m, [0, 7]) == [0, 1, 1, 1]


def test_the_same_place_can_be_the_only_band() -> None:
    incidents = gpd.GeoDataFrame(
        {"date_start": pd.to_datetime(["2024-01-01"] * 3)},
        geometry=gpd.points_from_xy([0.3, 0.3 + 8e-12, 0.3 + 3e-11], [5.0] * 3),
        crs=4326,
    )

    found = geo.knox_test(incidents, distances_m=[0], days=[7], permutations=9)

    columns = ["distance_from_m", "distance_to_m", "observed"]
    assert found[columns].to_numpy().tolist() == [[0, 0, 1]]


def test_what_is_not_known_well_enough_is_left_out_and_counted() -> None:
    incidents = gpd.GeoDataFrame(
        {
            "precision": ["site", "country", "site", "site", "site", "site", "site", "site"],
            "uncertainty_m": [None, 10.0, 1_001.0, 1_000.0, 10.0, 10.0, 10.0, 10.0],
            "date_start": pd.to_datetime([*["2024-01-01"] * 4, None, *["2024-01-01"] * 3]),
            "date_end": pd.to_datetime([*[None] * 5, None, "2024-01-09", "2024-01-08"]),
            "date_precision": [*["day"] * 5, "month", "range", "range"],
        },
        geometry=gpd.points_from_xy([0.0] * 8, [0.0] * 8),
        crs=4326,
    )

    found = geo.knox_test(incidents, distances_m=[100, 1_000], days=[7, 14], permutations=1)

    told = found[["incidents", "vague_places", "vague_days"]].drop_duplicates()
    assert told.to_numpy().tolist() == [[3, 2, 3]]
    assert found["observed"].tolist() == [3, 0, 0, 0, 0, 0]
    lasting = incidents.assign(date_precision="day")
    assert geo.knox_test(lasting, distances_m=[1_000], days=[7])["incidents"].iloc[0] == 5


@pytest.mark.parametrize("rows", [0, 1])
def test_one_incident_or_none_are_no_sign_of_anything(rows: int) -> None:
    found = geo.knox_test(town(9, 1).iloc[:rows], distances_m=[100], days=[7, 14])

    assert found["observed"].tolist() == [0] * 4
    assert found["expected"].tolist() == [0] * 4
    assert found["ratio"].isna().all()
    assert found["p_value"].tolist() == [1] * 4
    assert (found["incidents"] == rows).all()


def test_all_on_one_point_and_one_day() -> None:
    pile = gpd.GeoDataFrame(
        {"date_start": pd.to_datetime(["2024-01-01"] * 30)},
        geometry=gpd.points_from_xy([180.0, -180.0] * 15, [10.0] * 30),
        crs=4326,
    )

    found = geo.knox_test(pile, distances_m=[100], days=[7])

    assert found["observed"].tolist() == [435, 0]
    assert found["ratio"].tolist()[0] == 1
    assert found["p_value"].tolist() == [1, 1]


def test_points_without_a_place_are_left_out() -> None:
    holes = zoo.holes().assign(date_start=pd.Timestamp("2024-01-01"))

    assert geo.knox_test(holes, distances_m=[10], days=[7])["vague_places"].tolist() == [2, 2]


def test_too_many_pairs_are_refused_with_a_smaller_distance() -> None:
    incidents = town(250, 5)

    with pytest.raises(
        TooManyPairsError, match=r"^knox_test: .* pairs.* m would do.*most="
    ) as told:
        geo.knox_test(incidents, distances_m=[100, 20_000_000], days=[7], most=500)

    assert told.value.count == 250 * 249 // 2
    found = geo.knox_test(
        incidents, distances_m=[told.value.smaller_m], days=[9_999], permutations=1, most=500
    )
    assert 0 < found["observed"].sum() <= 500


def test_a_smaller_distance_is_found_between_clumps_that_are_far_apart() -> None:
    clumps = pd.concat([town(20, 1, lon=36.0), town(20, 2, lon=37.0)], ignore_index=True)

    with pytest.raises(TooManyPairsError, match="780 pairs") as told:
        geo.knox_test(clumps, distances_m=[20_000_000], days=[7], most=770)

    assert 5_000 < told.value.smaller_m < 120_000


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"distances_m": []}, "growing metres"),
        ({"distances_m": [200, 100]}, "growing metres"),
        ({"distances_m": [-1, 100]}, "growing metres"),
        ({"distances_m": [float("nan")]}, "growing metres"),
        ({"days": []}, "growing whole numbers"),
        ({"days": [7, 7]}, "growing whole numbers"),
        ({"days": [-1]}, "growing whole numbers"),
        ({"days": [10_000_000]}, "up to 1,000,000"),
        ({"permutations": 0}, "1 or more"),
    ],
)
def test_wrong_bands_are_refused(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        geo.knox_test(town(9, 1), **{"distances_m": [100], "days": [7]} | asked)


def test_missing_columns_are_named() -> None:
    with pytest.raises(SchemaError, match="knox_test needs the column date_start"):
        geo.knox_test(zoo.points(), distances_m=[100], days=[7])


def test_plain_and_compiled_loops_count_alike() -> None:
    rng = np.random.default_rng(2)
    one, other = rng.integers(0, 50, (2, 400), dtype=np.int32)
    day = rng.integers(-(10**9), 10**9, (50, 3), dtype=np.int32) % 97
    latest = np.array([0, 9, 40], dtype=np.int32)
    plain, fast = np.zeros((2, 3, 3), dtype=np.int32)

    count_late(one, other, day, latest, plain)
    compiled(count_late)(one, other, day, latest, fast)

    assert plain.tolist() == fast.tolist()
    gaps = np.abs(day[one].astype(int) - day[other])
    by_band = counts_by_days([PairsOfBand(one, other)], day, latest, rounds=1)
    assert by_band[:, 0, 0].tolist() == (gaps == 0).sum(axis=0).tolist()
    assert by_band[:, 0, 2].tolist() == ((gaps > 9) & (gaps <= 40)).sum(axis=0).tolist()


def test_days_far_apart_do_not_wrap_round() -> None:
    far = gpd.GeoDataFrame(
        {"date_start": np.array(["-3000", "9999", "40000000"], dtype="datetime64[s]")},
        geometry=gpd.points_from_xy([0.0] * 3, [0.0] * 3),
        crs=4326,
    )

    found = geo.knox_test(far, distances_m=[100], days=[7, 1_000_000], permutations=5)

    assert found["observed"].sum() == 0
    assert (found["vague_days"] == 1).all()
