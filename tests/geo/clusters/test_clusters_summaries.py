"""Medoids, extents and dates of clusters."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.clusters.medoids import medoid_of
from geo.errors import SchemaError
from geo.geodesy import geod
from geo.spatial.chords import places_of
from tests.geo.spatial.test_points import all_distances_m, hard_points


def table_of(lon: Any, lat: Any, cluster: Any, **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"cluster": pd.array(cluster, dtype="Int64"), **columns},
        geometry=gpd.points_from_xy(lon, lat),
        crs=4326,
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_medoid_has_the_least_sum_of_all_distances(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lon, lat = hard_points(1_000, seed)
    if seed % 2:
        lon, lat = rng.normal(38, 1, 1_000), rng.normal(33, 1, 1_000)
    weight = rng.integers(1, 9, 1_000)

    medoid, away_m = medoid_of(places_of(lon, lat), weight)

    true_m = all_distances_m(lon, lat, lon, lat)
    sums = true_m @ weight
    assert sums[medoid] <= sums.min() + 1e-4 * weight.sum()
    assert np.abs(away_m - true_m[medoid]).max() < 2e-5


def test_what_is_told_of_a_cluster() -> None:
    table = table_of(
        [38.70, 38.71, 38.73, 36.70, 36.70, 30.0],
        [33.3, 33.3, 33.3, 34.7, 34.7, 30.0],
        [2, 2, 2, 1, 1, None],
        date_start=pd.to_datetime(["2024-01-30", "2024-01-28", None, None, None, "2020-01-01"]),
        date_end=pd.to_datetime([None, "2024-02-02", None, None, None, None]),
        fatalities_best=pd.array([3, None, 4, None, None, 9], dtype="Int64"),
    ).set_index(pd.Index(list("abcdef")))
    before = table.copy()

    found = geo.summarise_clusters(table)

    pd.testing.assert_frame_equal(table, before)
    assert found["cluster"].tolist() == [1, 2]
    assert found["incidents"].tolist() == [2, 3]
    assert found["places"].tolist() == [1, 3]
    assert found["medoid"].tolist() == ["d", "b"]
    assert found["date_start"].isna().tolist() == [True, False]
    assert found["date_start"].iloc[1] == pd.Timestamp("2024-01-28")
    assert found["date_end"].iloc[1] == pd.Timestamp("2024-02-02")
    assert found["fatalities_best"].fillna(-1).tolist() == [-1, 7]
    away_m = geod().inv(38.71, 33.3, 38.73, 33.3)[2]
    assert found["radius_m"].tolist() == pytest.approx([0.0, away_m], abs=1e-4)
    assert found.geometry.iloc[1] == shapely.Point(38.71, 33.3)
    assert (found["extent"].geom_type == "Polygon").all()
    assert found["extent"].covers(found.geometry).all()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-3, 3), st.integers(-3, 3), st.integers(0, 2), st.integers(0, 4)),
        min_size=1,
        max_size=12,
        unique=True,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_does_not_matter(rows: list[tuple[int, ...]], random: Any) -> None:
    lon, lat, cluster, day = np.array(rows).T
    dates = pd.to_datetime(pd.Series(day), unit="D")
    ids = [f"incident {i}" for i in range(len(rows))]
    table = table_of(lon / 100 + 180, lat / 100, cluster, date_start=dates, incident_id=ids)
    order = list(range(len(rows)))
    random.shuffle(order)

    found, turned = (geo.summarise_clusters(one) for one in (table, table.iloc[order]))

    pd.testing.assert_frame_equal(found, turned)
    assert found["incidents"].sum() == len(table)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [([179.9, -179.9, 180.0], [10.0, 10.0, 10.1]), ([0.0, 120.0, -120.0], [89.9, 89.9, 89.9])],
)
def test_extents_over_180_degrees_and_the_pole(lon: list[float], lat: list[float]) -> None:
    found = geo.summarise_clusters(table_of(lon, lat, [1, 1, 1]))

    extent = found["extent"].iloc[0]
    inside = [shapely.Point(x, y) for x, y in zip(lon, lat, strict=True)]
    assert shapely.is_valid(extent)
    assert all(shapely.dwithin(extent, inside, 1e-6))
    assert extent.area < 80


def test_a_cluster_of_half_the_earth_has_no_extent() -> None:
    found = geo.summarise_clusters(table_of([0.0, 90.0, 180.0], [0.0, 0.0, 0.0], [1, 1, 1]))

    assert found["extent"].isna().all()
    assert found["radius_m"].iloc[0] == pytest.approx(10_018_754.171, abs=1e-3)


def test_no_clusters_have_no_rows_but_all_columns() -> None:
    some = geo.summarise_clusters(table_of([1.0], [1.0], [1]))
    none = geo.summarise_clusters(table_of([1.0], [1.0], [None]))

    assert len(none) == 0
    assert none.dtypes.astype(str).tolist() == some.dtypes.astype(str).tolist()
    assert none.crs == some.crs


def test_a_table_without_clusters_is_refused() -> None:
    with pytest.raises(SchemaError, match="cluster"):
        geo.summarise_clusters(table_of([1.0], [1.0], [1]).drop(columns="cluster"))
