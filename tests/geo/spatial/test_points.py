"""The point index against every distance of pyproj."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from geo.geodesy import Floats, geod
from geo.spatial.points import PointIndex
from tests import zoo

COUNT = 2_000
RADII_M = (0.0, 1.0, 25_000.0, 1_000_000.0, 9_000_000.0, 19_500_000.0, 20_000_000.0, 2.1e7)


def hard_points(count: int, seed: int) -> tuple[Floats, Floats]:
    """Poles, ±180 degrees, antipodes of others, copies of others, and clusters."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    quarter = count // 4
    lon[:quarter] = rng.normal(179.99, 0.2, quarter)
    lat[quarter : quarter + 60] = np.tile([90.0, -90.0, 89.99, -89.9999, 0.0, 1e-9], 10)
    some = slice(quarter + 60, quarter + 260)
    lon[some], lat[some] = lon[-200:] + 180 + rng.normal(0, 0.1, 200), -lat[-200:]
    lon[some][:40], lat[some][:40] = lon[-40:], lat[-40:]
    places = list(zoo.POINTS.values())
    lon[300 : 300 + len(places)], lat[300 : 300 + len(places)] = np.transpose(places)
    return (lon + 180) % 360 - 180, lat


def all_distances_m(lon: Floats, lat: Floats, lons: Floats, lats: Floats) -> Floats:
    ends = np.broadcast_arrays(lon[:, None], lat[:, None], lons, lats)
    return np.asarray(geod().inv(*(np.ascontiguousarray(end) for end in ends))[2])


@pytest.fixture(params=["compiled", "few"])
def index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> PointIndex:
    monkeypatch.setattr(PointIndex, "_walks", lambda *_: request.param == "compiled")
    return PointIndex(*hard_points(COUNT, 1))


@pytest.fixture(scope="module")
def truth() -> tuple[Floats, Floats, Floats]:
    lon, lat = hard_points(500, 2)
    return lon, lat, all_distances_m(lon, lat, *hard_points(COUNT, 1))


@pytest.mark.parametrize(
    ("index", "radius_m"),
    [*(("compiled", radius_m) for radius_m in RADII_M), ("few", 25_000.0), ("few", 19_500_000.0)],
    indirect=["index"],
)
def test_membership_is_that_of_pyproj(
    index: PointIndex, truth: tuple[Floats, Floats, Floats], radius_m: float
) -> None:
    lon, lat, true_m = truth

    found = index.within(lon, lat, distance_m=radius_m)

    member = np.zeros(true_m.shape, dtype=np.bool_)
    member[found.query, found.point] = True
    assert len(found.query) == member.sum()
    assert (np.diff(found.query) >= 0).all()
    wrong = member != (true_m <= radius_m)
    assert (np.abs(true_m[wrong] - radius_m) <= 1e-3).all()
    assert np.abs(found.distance_m - true_m[member]).max(initial=0) < 2e-5


@pytest.mark.parametrize("count", [1, 7])
def test_the_nearest_are_those_of_pyproj(
    index: PointIndex, truth: tuple[Floats, Floats, Floats], count: int
) -> None:
    lon, lat, true_m = truth

    found = index.nearest(lon, lat, count=count)

    assert np.abs(found.distance_m - np.sort(true_m, axis=1)[:, :count]).max() < 2e-5
    there = np.take_along_axis(true_m, found.point, axis=1)
    assert np.abs(found.distance_m - there).max() < 2e-5
    assert all(len(set(row)) == count for row in found.point.tolist())


def test_both_ways_give_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    lon, lat = hard_points(COUNT, 2)
    answers = []
    for way in (True, False):
        monkeypatch.setattr(PointIndex, "_walks", lambda *_, way=way: way)
        index = PointIndex(*hard_points(COUNT, 1))
        answers.append((index.within(lon, lat, distance_m=3e6), index.nearest(lon, lat, count=4)))

    (within, nearest), (other_within, other_nearest) = answers
    for mine, other in zip((*within, *nearest), (*other_within, *other_nearest), strict=True):
        np.testing.assert_array_equal(mine, other)


@pytest.mark.parametrize("count", [1, 5, 40])
def test_many_places_around_few_sites(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(PointIndex, "_walks", lambda *_: True)
    rng = np.random.default_rng(4)
    lon, lat = rng.normal(38, 2, 3_000), np.clip(rng.normal(33, 1, 3_000), -90, 90)
    site_lon, site_lat = rng.normal(38, 4, 300), rng.normal(33, 3, 300)
    # More on one point than are wanted, and the farthest of several lists.
    site_lon[100:160], site_lat[100:160] = 38.703, 33.306
    lon[:200], lat[:200] = 38.703, 33.306 + rng.normal(0, 1e-5, 200)

    found = PointIndex(site_lon, site_lat).nearest(lon, lat, count=count)

    true_m = all_distances_m(lon, lat, site_lon, site_lat)
    assert np.abs(found.distance_m - np.sort(true_m, axis=1)[:, :count]).max() < 2e-5
    monkeypatch.setattr(PointIndex, "_walks", lambda *_: False)
    few = PointIndex(site_lon, site_lat).nearest(lon, lat, count=count)
    np.testing.assert_array_equal(found.point, few.point)
    np.testing.assert_array_equal(found.distance_m, few.distance_m)


@pytest.mark.usefixtures("index")
def test_all_on_one_point() -> None:
    pile = PointIndex(np.full(COUNT, 38.703), np.full(COUNT, 33.306))
    here = np.array([38.703, 38.8]), np.array([33.306, 33.306])

    assert pile.within(*here, distance_m=0).point.tolist() == list(range(COUNT))
    assert pile.nearest(*here, count=3).point.tolist() == [[0, 1, 2]] * 2


def test_nobody_asks(index: PointIndex) -> None:
    nothing = np.empty(0)

    assert len(index.within(nothing, nothing, distance_m=1e6).query) == 0
    assert index.nearest(nothing, nothing, count=3).point.shape == (0, 3)


def test_the_nearest_of_sites_that_all_lie_opposite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PointIndex, "_walks", lambda *_: True)
    rng = np.random.default_rng(8)
    sites = 180 - rng.uniform(0, 3, 300), rng.uniform(-1.5, 1.5, 300)
    here = rng.uniform(-1, 1, 40), rng.uniform(-1, 1, 40)

    found = PointIndex(*sites).nearest(*here, count=3)

    true_m = np.sort(all_distances_m(*here, *sites), axis=1)
    assert np.abs(found.distance_m - true_m[:, :3]).max() < 2e-5


def test_more_are_wanted_than_there_are() -> None:
    two = PointIndex(np.array([0.0, 180.0]), np.zeros(2))

    found = two.nearest(np.array([1.0]), np.zeros(1), count=5)

    assert found.point.tolist() == [[0, 1]]


def test_answers_come_in_parts_that_hold_each_place_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.spatial.points._ROOM", 1)
    monkeypatch.setattr(PointIndex, "_walks", lambda *_: True)
    lon, lat = hard_points(COUNT, 2)
    index = PointIndex(*hard_points(COUNT, 1))

    parts = list(index.parts_within(lon, lat, distance_m=5e6))

    assert len(parts) > 10
    places = [set(part.query.tolist()) for part in parts]
    assert sum(map(len, places)) == len(set.union(*places))
    assert sum(len(part.query) for part in parts) == len(
        index.within(lon, lat, distance_m=5e6).query
    )


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_that_is_none(count: int) -> None:
    with pytest.raises(ValueError, match="at least 1 point"):
        PointIndex(np.zeros(1), np.zeros(1)).nearest(np.zeros(1), np.zeros(1), count=count)
    with pytest.raises(ValueError, match="at least one point"):
        PointIndex(np.empty(0), np.empty(0))


@settings(max_examples=60)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 2.1e7), st.floats(0, 360))
def test_a_point_is_within_its_own_distance(
    lon: float, lat: float, radius_m: float, azimuth_deg: float
) -> None:
    there_lon, there_lat, _ = geod().fwd(lon, lat, azimuth_deg, radius_m)
    true_m = geod().inv(lon, lat, there_lon, there_lat)[2]
    index, here = PointIndex(np.array([lon]), np.array([lat])), np.array([[there_lon], [there_lat]])

    assert len(index.within(*here, distance_m=true_m + 1e-3).query) == 1
    if true_m > 1e-3:
        assert len(index.within(*here, distance_m=true_m - 1e-3).query) == 0
