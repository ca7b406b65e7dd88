"""The nearest sites, counts around them, and what is far from all."""

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geo
from geo.errors import SchemaError
from geo.geodesy import geod
from geo.proximity.matching import ring_share
from tests import zoo
from tests.geo.spatial.test_points import all_distances_m, hard_points

Watch = Callable[..., AbstractContextManager[Any]]
DEGREE_M = 111_319.49


def table(lon: Any, lat: Any, **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


SITES = table([0.0, 1.0, 3.0], [0.0, 0.0, 0.0], name=["a", "b", "c"], beds=[1, 2, 3])


def test_the_nearest_equal_all_distances_of_pyproj() -> None:
    incidents, sites = hard_points(2_000, 2), hard_points(500, 1)
    true_m = all_distances_m(*incidents, *sites)

    near = geo.nearest(table(*incidents), table(*sites), k=3)

    distance_m = near["site_distance_m"].to_numpy().reshape(-1, 3)
    assert np.abs(distance_m - np.sort(true_m, axis=1)[:, :3]).max() < 1e-3
    assert near.index.tolist() == np.repeat(np.arange(2_000), 3).tolist()
    assert near["site_rank"].tolist() == [1, 2, 3] * 2_000
    assert set(near["match"]) == {"certain"}


def test_attributes_distance_and_bearing() -> None:
    near = geo.nearest(table([0.9], [0.0]), SITES, k=2, columns=["name"])

    assert near["site_name"].tolist() == ["b", "a"]
    assert near["site_distance_m"].tolist() == pytest.approx([0.1 * DEGREE_M, 0.9 * DEGREE_M])
    assert near["site_bearing_deg"].tolist() == pytest.approx([90.0, 270.0])
    assert "site_beds" not in near


def test_the_interval_holds_both_errors() -> None:
    sites = SITES.assign(error_m=[100.0, 0.0, 0.0])

    near = geo.nearest(table([0.01, 2.9], [0, 0], uncertainty_m=[500.0, None]), sites)

    first, second = near.iloc[0], near.iloc[1]
    assert first["site_distance_max_m"] - first["site_distance_m"] == pytest.approx(
        np.hypot(500, 100)
    )
    assert first["site_distance_min_m"] == pytest.approx(0.01 * DEGREE_M - np.hypot(500, 100))
    assert np.isnan(second["site_distance_min_m"])


def test_an_uncertain_incident_has_a_share_for_each_site() -> None:
    middle = table([0.5, 0.5, 0.1], [0, 0, 0], uncertainty_m=[10_000.0, 100.0, 10_000.0])

    near = geo.nearest(middle.iloc[[0, 2]], SITES, k=1)

    assert near["match"].tolist() == ["possible", "certain"]
    assert near["match_share"].tolist() == [pytest.approx(0.5, abs=0.02), 1.0]
    both = geo.nearest(middle.iloc[[0]], SITES, k=2)
    assert both["match"].tolist() == ["certain", "certain"]


def test_a_site_that_the_disc_may_prefer_is_not_ruled_out() -> None:
    # In the part of the disc beyond 0.5° the other site is nearer, and no farther than twice that.
    near = geo.nearest(table([0.45], [0.0], uncertainty_m=[8_000.0]), SITES)

    assert near["match"].tolist() == ["possible"]
    assert 0.5 < near["match_share"].iloc[0] < 1.0


def test_fewer_sites_than_asked_for() -> None:
    near = geo.nearest(table([0.4], [0.0], uncertainty_m=[1e5]), SITES, k=9)

    assert near["site_name"].tolist() == ["a", "b", "c"]
    assert set(near["match"]) == {"certain"}


def test_rows_without_a_place_are_left_out_and_the_input_stays(unchanged: Watch) -> None:
    incidents = zoo.holes()
    vague = table([1, 2], [0, 0], precision=["country", "site"])

    with unchanged(incidents, SITES):
        assert geo.nearest(incidents, SITES, k=2).index.tolist() == ["x", "x"]
    assert geo.nearest(vague, SITES).index.tolist() == [1]
    assert geo.nearest(incidents.iloc[1:], SITES).empty


def test_on_the_site_there_is_no_bearing() -> None:
    near = geo.nearest(table([1.0], [0.0]), SITES)

    assert near["site_distance_m"].tolist() == [0.0]
    assert near["site_bearing_deg"].isna().all()


def test_a_site_on_the_other_side_of_the_globe() -> None:
    near = geo.nearest(table([180.0, 179.7], [0.0, 0.3]), SITES.iloc[[0]])

    truth = geod().inv([180.0, 179.7], [0.0, 0.3], [0.0, 0.0], [0.0, 0.0])[2]
    assert near["site_distance_m"].tolist() == pytest.approx(list(truth), abs=1e-3)


@pytest.mark.parametrize(
    ("sites", "message"),
    [
        (SITES.iloc[:0], "holds nothing"),
        (gpd.GeoSeries([shapely.box(0, 0, 1, 1)], crs=4326), "no points; for lines and areas use"),
        (gpd.GeoSeries([shapely.MultiPoint([(0, 0), (1, 1)])], crs=4326), "several points"),
    ],
)
def test_sites_that_are_none(sites: Any, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        geo.nearest(table([0], [0]), sites)


def test_k_below_one() -> None:
    with pytest.raises(ValueError, match="k is 0; expected 1 or more"):
        geo.nearest(table([0], [0]), SITES, k=0)


def test_rings_equal_all_distances_of_pyproj() -> None:
    incidents, sites = hard_points(2_000, 2), hard_points(500, 1)
    true_m = all_distances_m(*incidents, *sites)
    radii_m = [0.001, 50_000.0, 2_000_000.0, 19_900_000.0, 20_003_932.0]

    rings = geo.count_in_rings(table(*incidents), table(*sites), radii_m=radii_m)

    edges = np.array([-1.0, *radii_m])
    expected = [
        ((true_m > low) & (true_m <= high)).sum(axis=0) for low, high in itertools.pairwise(edges)
    ]
    for name in ("incidents", "certain", "possible", "expected"):
        counted = rings[name].to_numpy().reshape(500, -1)
        np.testing.assert_array_equal(counted, np.transpose(expected))
    assert counted.sum() == 2_000 * 500


def test_uncertain_incidents_are_spread_over_rings() -> None:
    incidents = table([0.1, 0.1], [0.0, 0.0], uncertainty_m=[None, 20_000.0])

    rings = geo.count_in_rings(incidents, SITES.iloc[[0]], radii_m=[5_000, 10_000, 50_000])

    assert rings["incidents"].tolist() == [0, 0, 2]
    assert rings["certain"].tolist() == [0, 0, 1]
    assert rings["possible"].tolist() == [1, 1, 2]
    assert rings["expected"].sum() == pytest.approx(2.0, abs=1e-3)
    assert (rings["expected"] > 0).all()
    assert rings["name"].tolist() == ["a"] * 3
    assert rings["ring_from_m"].tolist() == [0, 5_000, 10_000]


def test_what_lies_on_an_edge_is_certain_in_one_ring() -> None:
    edge_m = float(geo.nearest(table([0.1], [0.0]), SITES)["site_distance_m"].iloc[0])

    rings = geo.count_in_rings(table([0.1], [0.0]), SITES.iloc[[0]], radii_m=[edge_m, 2 * edge_m])

    for name in ("incidents", "certain", "possible"):
        assert rings[name].tolist() == [1, 0]


def test_the_error_of_a_site_makes_rings_uncertain_as_it_does_distances() -> None:
    incident, site = table([0.0083], [0.0]), SITES.iloc[[0]].assign(error_m=5_000.0)

    rings = geo.count_in_rings(incident, site, radii_m=[1_500, 30_000])
    near = geo.within(incident, site, distance_m=1_500)

    assert near["match"].tolist() == ["possible"]
    assert rings["incidents"].tolist() == [1, 0]
    assert rings["certain"].tolist() == [0, 0]
    assert rings["possible"].tolist() == [1, 1]
    assert rings["expected"].iloc[0] == pytest.approx(near["match_share"].iloc[0], abs=0.012)
    # What lies beyond the rings by its point, but not by the error of the site.
    far = geo.count_in_rings(table([0.05], [0.0]), site, radii_m=[1_500])
    assert far[["incidents", "possible"]].to_numpy().tolist() == [[0, 1]]


def test_no_sites_and_no_incidents() -> None:
    assert geo.count_in_rings(table([0], [0]), SITES.iloc[:0], radii_m=[10]).empty
    nothing = geo.count_in_rings(zoo.holes().iloc[1:], SITES, radii_m=[10, 20])
    assert nothing["possible"].tolist() == [0] * 6


@pytest.mark.parametrize("radii_m", [[], [0.0], [5, 5], [10, 5], [-1, 5], [np.nan], [np.inf]])
def test_radii_that_do_not_grow(radii_m: list[float]) -> None:
    with pytest.raises(ValueError, match="expected growing metres"):
        geo.count_in_rings(table([0], [0]), SITES, radii_m=radii_m)


def test_sites_with_columns_of_the_same_name() -> None:
    with pytest.raises(SchemaError, match="a column certain already; rename it"):
        geo.count_in_rings(table([0], [0]), SITES.assign(certain=1), radii_m=[5])


def test_beyond_is_what_within_is_not() -> None:
    incidents = table([0.1, 0.2, 0.5], [0, 0, 0], uncertainty_m=[100.0, 9_000.0, 100.0])

    near = geo.within(incidents, SITES, distance_m=0.2 * DEGREE_M)
    far = geo.beyond(incidents, SITES, distance_m=0.2 * DEGREE_M)

    assert near["match"].tolist() == ["certain", "possible"]
    assert far["match"].tolist() == ["possible", "certain"]
    assert far.index.tolist() == [1, 2]
    assert near.loc[1, "match_share"] + far.loc[1, "match_share"] == pytest.approx(1.0)
    assert geo.beyond(zoo.holes(), SITES, distance_m=1).index.tolist() == ["x"]


@pytest.mark.parametrize("away", [0.0, 0.05, 0.1, 0.18, 0.3])
def test_shares_of_rings_are_those_of_sample_points(away: float) -> None:
    incident = table([away], [0.0], uncertainty_m=[12_000.0])

    near = geo.within(incident, SITES.iloc[[0]], distance_m=0.12 * DEGREE_M)

    share = ring_share(np.array([away * DEGREE_M]), np.array([12_000.0]), 0.12 * DEGREE_M)
    assert near["match_share"].sum() == pytest.approx(share[0], abs=0.012)
