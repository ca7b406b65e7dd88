"""Clusters by density against every distance of pyproj, and laws of their numbers."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import SchemaError
from geo.geodesy import Floats, geod, to_ecef

# What naive clusters are compared with: longitude, latitude, first and last day of one row.
Row = tuple[float, float, float, float]


def table_of(rows: list[Row] | Floats) -> gpd.GeoDataFrame:
    lon, lat, first, last = np.asarray(rows, dtype=np.float64).reshape(-1, 4).T
    dates = {
        name: day.astype(np.int64).astype("datetime64[D]").astype("datetime64[s]")
        for name, day in (("date_start", first), ("date_end", last))
    }
    return gpd.GeoDataFrame(dates, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def near_m(rows: Floats, most_m: float) -> Floats:
    """Distances of all pairs that are not surely farther apart, else infinite."""
    xyz = to_ecef(rows[:, 0], rows[:, 1])
    apart_m = np.full((len(rows), len(rows)), np.inf)
    for i in range(len(rows)):
        close = np.flatnonzero(np.linalg.norm(xyz - xyz[i], axis=1) <= most_m + 1)
        here = np.full(len(close), rows[i, 0]), np.full(len(close), rows[i, 1])
        apart_m[i, close] = geod().inv(*here, rows[close, 0], rows[close, 1])[2]
    # On the pole, and on both sides of 180 degrees, nothing is a nanometre.
    return np.where(apart_m < 1e-6, 0.0, apart_m)


def naive(rows: Floats, distance_m: float, least: int, days: float | None) -> list[int]:
    """Clusters by the definition, with the numbers that are promised; 0 for none."""
    apart_m, (_, _, first, last) = near_m(rows, distance_m), rows.T
    assert not (np.abs(apart_m - distance_m) < 1e-4)[apart_m > 0].any()
    late = np.maximum(first[:, None] - last, first - last[:, None])
    near = (apart_m <= distance_m) & (late <= (np.inf if days is None else days))
    if days is not None:
        near &= (last - first <= days) & (last[:, None] - first[:, None] <= days)
    dense = near.sum(axis=1) >= least
    group = np.full(len(rows), -1)
    for i in np.flatnonzero(dense).tolist():
        waiting = [i] if group[i] < 0 else []
        while waiting:
            j = waiting.pop()
            if group[j] < 0:
                group[j] = i
                waiting += np.flatnonzero(near[j] & dense).tolist()
    west = np.where(rows[:, 0] == 180.0, -180.0, rows[:, 0])
    position = list(zip(west, rows[:, 1], first, last, strict=True))
    for i in np.flatnonzero(~dense).tolist():
        cores = np.flatnonzero(near[i] & dense).tolist()
        if cores:
            keys = [(round(apart_m[i, j], 4), max(late[i, j], 0), position[j]) for j in cores]
            group[i] = group[cores[keys.index(min(keys))]]
    groups = [np.flatnonzero(group == one) for one in set(group.tolist()) - {-1}]
    groups.sort(key=lambda mine: (-len(mine), first[mine].min(), min(position[i] for i in mine)))
    answer = np.zeros(len(rows), dtype=np.int64)
    for number, mine in enumerate(groups, start=1):
        answer[mine] = number
    return [int(one) for one in answer]


def hard_rows(count: int) -> Floats:
    """Clusters of several densities, noise, piles, a pole, both sides of 180 degrees, spans."""
    rng = np.random.default_rng(12)
    lon, lat = rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    part = count // 6
    lon[:part], lat[:part] = rng.normal(38, 0.1, part), rng.normal(33, 0.1, part)
    lon[part : 2 * part], lat[part : 2 * part] = (
        rng.normal(36, 0.5, part),
        rng.normal(35, 0.5, part),
    )
    some = slice(2 * part, 3 * part)
    lon[some] = (180 + rng.normal(0, 0.1, part) + 180) % 360 - 180
    lat[some] = rng.normal(-17, 0.05, part)
    pole = slice(3 * part, 3 * part + 100)
    lat[pole] = 90 - np.abs(rng.normal(0, 0.1, 100))
    pile = slice(3 * part + 100, 3 * part + 300)
    lon[pile], lat[pile] = 44.4, 33.3
    first = rng.integers(0, 200, count).astype(np.float64)
    return np.column_stack((lon, lat, first, first + rng.choice([0, 0, 0, 3], count)))


@pytest.mark.parametrize(
    ("distance_m", "least", "days"),
    [(3_000.0, 5, None), (20_000.0, 12, None), (4_000.0, 4, 10), (30_000.0, 8, 2), (0.0, 3, 0)],
)
def test_clusters_of_three_thousand_are_the_naive_ones(
    distance_m: float, least: int, days: float | None
) -> None:
    rows = hard_rows(3_000)

    found = geo.add_clusters(table_of(rows), distance_m=distance_m, min_incidents=least, days=days)

    number = found["cluster"].fillna(0).tolist()
    assert number == naive(rows, distance_m, least, days)
    assert max(number) >= 3


# Few places and days, so that many are on equal terms.
places = st.tuples(st.integers(-3, 3), st.integers(-3, 3)).map(lambda at: (at[0] / 50, at[1] / 50))
spans = st.tuples(st.integers(0, 6), st.integers(0, 2)).map(lambda at: (at[0], at[0] + at[1]))
tables = st.lists(st.tuples(places, spans).map(lambda at: (*at[0], *at[1])), max_size=30)
asked = st.fixed_dictionaries(
    {
        "distance_m": st.sampled_from([0.0, 2_500.0, 3_500.0]),
        "min_incidents": st.integers(1, 6),
        "days": st.sampled_from([None, 0, 1, 3]),
    }
)


@settings(max_examples=60, deadline=None)
@given(tables, asked, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    rows: list[Row], asked: dict[str, Any], random: Any
) -> None:
    table = table_of(rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    before = table.copy()

    found = geo.add_clusters(table, **asked)
    turned = geo.add_clusters(table.iloc[order], **asked)

    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(found.drop(columns="cluster"), table)
    pd.testing.assert_series_equal(turned["cluster"].sort_index(), found["cluster"])
    if rows:
        every = np.array(rows, dtype=np.float64)
        wanted = naive(every, asked["distance_m"], asked["min_incidents"], asked["days"])
        assert found["cluster"].fillna(0).tolist() == wanted


def test_a_long_chain_is_one_cluster_and_a_gap_cuts_it() -> None:
    along = np.arange(6_000) * 0.008
    along[4_000:] += 0.02
    nothing = np.zeros(6_000)
    rows = np.column_stack((along, nothing, nothing, nothing))
    shuffled = np.random.default_rng(5).permutation(6_000)

    found = geo.add_clusters(table_of(rows[shuffled]), distance_m=1_000, min_incidents=3)

    number = np.empty(6_000, dtype=np.int64)
    number[shuffled] = found["cluster"]
    assert number.tolist() == [1] * 4_000 + [2] * 2_000


def test_piles_and_whole_worlds_are_done_at_once() -> None:
    rng = np.random.default_rng(6)
    count = 100_000
    pile = np.tile([38.703, 33.306, 5.0, 5.0], (count, 1))
    pile[:50_000, 0] += rng.normal(0, 1e-4, 50_000)
    nothing = np.zeros(count)
    world = np.column_stack(
        (rng.uniform(-180, 180, count), rng.uniform(-90, 90, count), nothing, nothing)
    )

    assert geo.add_clusters(table_of(pile), distance_m=5_000)["cluster"].tolist() == [1] * count
    everywhere = geo.add_clusters(table_of(world), distance_m=20_000_000, min_incidents=count // 2)
    assert everywhere["cluster"].tolist() == [1] * count


def test_a_few_or_none() -> None:
    one = table_of([(38.7, 33.3, 0, 0)])

    assert geo.add_clusters(one, distance_m=1_000)["cluster"].isna().all()
    assert geo.add_clusters(one, distance_m=0, min_incidents=1)["cluster"].tolist() == [1]
    empty = geo.add_clusters(one.iloc[:0], distance_m=1_000)
    assert (len(empty), str(empty["cluster"].dtype)) == (0, "Int64")


def test_what_has_no_place_or_no_date_is_in_no_cluster() -> None:
    table = table_of([(38.7, 33.3, 0, 0)] * 5)
    table["precision"] = ["exact", "admin1", "exact", "exact", "exact"]
    table.loc[2, "geometry"] = None
    table.loc[3, ["date_start", "date_end"]] = pd.NaT

    near = geo.add_clusters(table, distance_m=10, min_incidents=2)
    timely = geo.add_clusters(table, distance_m=10, min_incidents=2, days=1)

    assert near["cluster"].fillna(0).tolist() == [1, 0, 0, 1, 1]
    assert timely["cluster"].fillna(0).tolist() == [1, 0, 0, 0, 1]
    undated = table.drop(columns=["date_start", "date_end"])
    assert geo.add_clusters(undated, distance_m=10, min_incidents=3)["cluster"].max() == 1


def test_what_happened_in_some_month_chains_no_days() -> None:
    table = table_of([(38.7, 33.3, day, day) for day in (0, 1, 20, 21, 10)])
    table["date_precision"] = ["day", "day", "day", "day", "month"]
    asked: dict[str, Any] = {"distance_m": 10, "min_incidents": 2, "days": 10}

    assert geo.add_clusters(table, **asked)["cluster"].fillna(0).tolist() == [1, 1, 2, 2, 0]
    table["date_precision"] = "day"
    assert geo.add_clusters(table, **asked)["cluster"].tolist() == [1] * 5
    table.loc[4, "date_end"] += pd.Timedelta(days=11)
    assert geo.add_clusters(table, **asked)["cluster"].fillna(0).tolist() == [1, 1, 2, 2, 0]


def test_another_crs_and_an_older_column() -> None:
    table = table_of(hard_rows(600))
    wanted = geo.add_clusters(table, distance_m=20_000)

    again = geo.add_clusters(wanted.assign(cluster="old"), distance_m=20_000)
    flat = geo.add_clusters(table[table.geometry.y.abs() < 80].to_crs(3857), distance_m=20_000)

    pd.testing.assert_frame_equal(again, wanted)
    assert flat["cluster"].notna().sum() == wanted["cluster"][flat.index].notna().sum()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"distance_m": -1}, "0 or more metres, not -1"),
        ({"distance_m": float("nan")}, "0 or more metres, not nan"),
        ({"distance_m": 1, "days": -1}, "days must be 0 or more, not -1"),
        ({"distance_m": 1, "min_incidents": 0}, "min_incidents is 0; expected 1 or more"),
    ],
)
def test_impossible_wishes_are_refused(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        geo.add_clusters(table_of([(0, 0, 0, 0)]), **asked)


def test_days_need_dates() -> None:
    bare = table_of([(0, 0, 0, 0)])[["geometry"]]

    with pytest.raises(SchemaError, match="date_start"):
        geo.add_clusters(bare, distance_m=1, days=1)
