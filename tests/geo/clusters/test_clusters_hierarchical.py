"""Clusters of any density, by the extra."""

import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from numpy.typing import ArrayLike
from sklearn import cluster

import geo
from geo.errors import MissingExtraError


def table_of(lon: np.ndarray, lat: np.ndarray) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)


def some_points() -> tuple[np.ndarray, np.ndarray]:
    """A dense and a wide cluster with points on each other, a pile, and noise."""
    rng = np.random.default_rng(1)
    lon = [rng.normal(38, 0.1, 60).round(2), rng.normal(36, 0.02, 40).round(3)]
    lat = [rng.normal(33, 0.1, 60).round(2), rng.normal(34, 0.02, 40).round(3)]
    lon += [np.full(30, 35.0), rng.uniform(20, 60, 20)]
    lat += [np.full(30, 31.0), rng.uniform(20, 60, 20)]
    return np.concatenate(lon), np.concatenate(lat)


def test_groups_of_different_densities() -> None:
    found = geo.add_hierarchical_clusters(table_of(*some_points()), min_incidents=8)

    number = found["cluster"].fillna(0).to_numpy()
    # The largest is 1; the pile, of which none is left out, comes after the dense one.
    for first, last, wanted in ((0, 60, 1), (60, 100, 2), (100, 130, 3)):
        assert (number[first:last] == wanted).mean() > 0.7
    firm = found["cluster_probability"]
    assert (firm.isna().to_numpy() == (number == 0)).all()
    assert firm.dropna().between(0, 1).all()


def test_the_order_of_rows_does_not_matter() -> None:
    table = table_of(*some_points())
    before, order = table.copy(), np.random.default_rng(2).permutation(len(table))

    found = geo.add_hierarchical_clusters(table)
    turned = geo.add_hierarchical_clusters(table.iloc[order])

    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(turned.sort_index(), found)


@pytest.mark.parametrize("count", [0, 1, 20])
def test_none_one_and_a_pile_are_no_cluster(count: int) -> None:
    found = geo.add_hierarchical_clusters(table_of(np.full(count, 38.7), np.full(count, 33.3)))

    assert len(found) == count
    assert found["cluster"].isna().all()
    assert str(found["cluster"].dtype) == "Int64"


def test_the_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.cluster", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'incidentmap\[stats\]'"):
        geo.add_hierarchical_clusters(table_of(np.zeros(1), np.zeros(1)))


def test_one_incident_is_no_group() -> None:
    with pytest.raises(ValueError, match="min_incidents is 1; expected 2 or more"):
        geo.add_hierarchical_clusters(table_of(np.zeros(1), np.zeros(1)), min_incidents=1)


def test_a_pile_that_is_cut_in_two_goes_where_it_is_firmest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    class CutsPiles:
        """Gives half of one pile to either of two clusters."""

        labels_ = np.array([0, 0, 1, 1])
        probabilities_ = np.array([0.3, 0.2, 0.9, 0.4])

        def __init__(self, **_: object) -> None: ...

        def fit(self, _: ArrayLike) -> None: ...

    monkeypatch.setattr(cluster, "HDBSCAN", CutsPiles)

    pile = table_of(np.full(4, 38.7), np.full(4, 33.3))

    found = geo.add_hierarchical_clusters(pile, min_incidents=2)

    assert found["cluster"].tolist() == [1] * 4
    assert found["cluster_probability"].tolist() == [0.9] * 4
