"""Pairs of points against all pairs of pyproj."""

from typing import Any

import numpy as np
import pytest

from geo.geodesy import Floats
from geo.spatial.pairs_within import Pairs, PairsWithin
from tests.geo.spatial.test_points import COUNT, RADII_M, all_distances_m, hard_points


@pytest.fixture(scope="module")
def true_m() -> Floats:
    lon, lat = hard_points(COUNT, 1)
    return all_distances_m(lon, lat, lon, lat)


@pytest.fixture(params=["compiled", "few"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    go(str(request.param), monkeypatch)
    return str(request.param)


def go(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make few points walk down the tree too, or none."""
    if way == "compiled":
        monkeypatch.setattr("geo.spatial.pairs_within._FEW", 0)
    else:
        monkeypatch.setattr("geo.spatial.pairs_within.kernel_for", lambda kernel, *_, **__: kernel)


def search(distance_m: float, **options: Any) -> PairsWithin:
    return PairsWithin(*hard_points(COUNT, 1), distance_m=distance_m, **options)


def expect(found: Pairs, wanted: np.ndarray, edge_m: Floats, true_m: Floats) -> None:
    member = np.zeros(true_m.shape, dtype=np.bool_)
    member[found.one, found.other] = True
    assert len(found.one) == member.sum()
    assert (found.one < found.other).all()
    wrong = member != np.triu(wanted, 1)
    assert (np.abs(true_m - edge_m)[wrong] <= 1e-3).all()
    assert np.abs(found.distance_m - true_m[found.one, found.other]).max(initial=0) < 2e-5


@pytest.mark.parametrize(
    ("way", "radius_m"),
    [*(("compiled", radius_m) for radius_m in RADII_M), ("few", 25_000.0), ("few", 19_500_000.0)],
    indirect=["way"],
)
@pytest.mark.usefixtures("way")
def test_pairs_are_those_of_pyproj(true_m: Floats, radius_m: float) -> None:
    pairs = search(radius_m)

    found = pairs.all()

    expect(found, true_m <= radius_m, np.full_like(true_m, radius_m), true_m)
    # Beyond 19,000 km nearly opposite points are all counted.
    assert pairs.count() == len(found.one) or (
        radius_m > 1.9e7 and pairs.count() - len(found.one) <= ((true_m > 1.9e7).sum() // 2)
    )


@pytest.mark.parametrize("days", [0.0, 14.0])
@pytest.mark.usefixtures("way")
def test_pairs_in_space_and_time(true_m: Floats, days: float) -> None:
    rng = np.random.default_rng(4)
    first = rng.integers(0, 400, COUNT).astype(np.float64)
    last = first + rng.integers(0, 20, COUNT) * (rng.random(COUNT) < 0.3)
    gap = np.maximum(first[None, :] - last[:, None], first[:, None] - last[None, :])
    pairs = search(1_500_000.0, days=days, first_day=first, last_day=last)

    found = pairs.all()

    expect(found, (true_m <= 1.5e6) & (gap <= days), np.full_like(true_m, 1.5e6), true_m)
    assert pairs.count() == len(found.one) > 100


@pytest.mark.usefixtures("way")
def test_uncertain_points_reach_farther(true_m: Floats) -> None:
    radius_m = np.random.default_rng(5).exponential(300_000.0, COUNT)
    radius_m[::3] = 0.0
    edge_m = 200_000.0 + np.hypot(radius_m[:, None], radius_m)
    pairs = search(200_000.0, radius_m=radius_m)

    found = pairs.all()

    expect(found, true_m <= edge_m, edge_m, true_m)
    assert pairs.count() == len(found.one) > 10_000


def test_both_ways_give_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    for way in ("compiled", "few"):
        go(way, monkeypatch)
        answers.append(search(800_000.0).all())

    for mine, other in zip(*answers, strict=True):
        np.testing.assert_array_equal(mine, other)


@pytest.mark.usefixtures("way")
def test_a_pile_is_counted_at_once() -> None:
    lon, lat = np.full(COUNT, 38.703), np.full(COUNT, 33.306)

    pairs = PairsWithin(lon, lat, distance_m=0)

    assert pairs.count() == COUNT * (COUNT - 1) // 2 == len(pairs.all().one)


def test_a_large_pile_is_counted_without_its_pairs() -> None:
    million = np.zeros(1_000_000)

    assert PairsWithin(million, million, distance_m=10).count() == 499_999_500_000


@pytest.mark.parametrize("points", [0, 1])
@pytest.mark.usefixtures("way")
def test_too_few_for_a_pair(points: int) -> None:
    pairs = PairsWithin(np.zeros(points), np.zeros(points), distance_m=1e6)

    assert pairs.count() == 0
    assert len(pairs.all().one) == 0


def test_parts_together_are_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.spatial.pairs_within._ROOM", 1)
    go("compiled", monkeypatch)
    pairs = search(2_000_000.0)

    parts = list(pairs.parts())

    assert len(parts) > 10
    keys = np.concatenate([part.one * COUNT + part.other for part in parts])
    whole = pairs.all()
    np.testing.assert_array_equal(np.sort(keys), whole.one * COUNT + whole.other)


def test_another_distance_is_counted() -> None:
    pairs = search(500_000.0)

    assert pairs.count(distance_m=100_000.0) == search(100_000.0).count() < pairs.count()
