"""Gi*, local Moran and their permutations against the formulas of the papers, written plainly."""

import itertools
import math
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from scipy.sparse import csr_array
from scipy.stats import norm

import geo
from geo.errors import SchemaError
from geo.hotspots.few_incidents import binomial_p
from geo.hotspots.neighbours import cells_within, neighbours_within
from geo.hotspots.permuting import permuted_p


def hexagons(seed: int = 0) -> gpd.GeoDataFrame:
    rng = np.random.default_rng(seed)
    points = np.concatenate(
        (rng.uniform((35.5, 32.5), (42.0, 37.0), (400, 2)), rng.normal((36.3, 33.5), 0.2, (80, 2)))
    )
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*points.T), crs=4326)
    return geo.count_by_hexagon(table, resolution=4, study_area=(35.5, 32.5, 42.0, 37.0))


def naive_star(x: list[float], w: Any) -> list[float]:
    """Ord and Getis 1995, equation 14, one cell at a time."""
    n = len(x)
    mean = math.fsum(x) / n
    s = math.sqrt(math.fsum(v * v for v in x) / n - mean * mean)
    found = []
    for i in range(n):
        row = [1.0 if j == i else float(w[i, j]) for j in range(n)]
        total, squares = math.fsum(row), math.fsum(v * v for v in row)
        over = math.fsum(a * b for a, b in zip(row, x, strict=True)) - total * mean
        found.append(over / (s * math.sqrt((n * squares - total * total) / (n - 1))))
    return found


def naive_moran(x: list[float], w: Any) -> tuple[list[float], list[float]]:
    """Anselin 1995, equation 7; moments by the mean and variance of draws without replacement."""
    n = len(x)
    z = [v - math.fsum(x) / n for v in x]
    m2 = math.fsum(v * v for v in z) / n
    i_s, z_s = [], []
    for i in range(n):
        total = float(w[i].sum())
        row = [float(w[i, j]) / total for j in range(n)]
        lag = math.fsum(a * b for a, b in zip(row, z, strict=True))
        others = [z[j] for j in range(n) if j != i]
        mean = math.fsum(others) / (n - 1)
        spread = math.fsum((v - mean) ** 2 for v in others) / (n - 2)
        squares = math.fsum(v * v for v in row)
        variance = spread * (squares - 1.0 / (n - 1))
        i_s.append(z[i] / m2 * lag)
        z_s.append(math.copysign(1, z[i]) * (lag - mean) / math.sqrt(variance))
    return i_s, z_s


def test_gi_star_is_that_of_the_paper() -> None:
    cells = hexagons()
    found = geo.getis_ord(cells)
    dense = neighbours_within(cells).toarray()

    expected = naive_star(cells["count"].tolist(), dense)
    np.testing.assert_allclose(found["gi_z"], expected, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found["gi_p"], 2 * norm.sf(np.abs(expected)), rtol=1e-9)
    assert found["gi_z"].max() > 5


def test_gi_star_with_weights_of_ones_own() -> None:
    cells = hexagons(1)
    rng = np.random.default_rng(5)
    dense = neighbours_within(cells, steps=2).toarray() * rng.uniform(0.1, 2, (len(cells),) * 2)

    found = geo.getis_ord(cells, value="count_per_km2", neighbours=csr_array(dense))

    expected = naive_star(cells["count_per_km2"].tolist(), dense)
    np.testing.assert_allclose(found["gi_z"], expected, rtol=1e-9, atol=1e-9)


def test_local_moran_is_that_of_the_paper() -> None:
    cells = hexagons(2)
    found = geo.local_moran(cells)
    dense = neighbours_within(cells).toarray()

    expected_i, expected_z = naive_moran(cells["count"].tolist(), dense)
    np.testing.assert_allclose(found["moran_i"], expected_i, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found["moran_z"], expected_z, rtol=1e-9, atol=1e-9)
    away = cells["count"] - cells["count"].mean()
    lag = dense @ away.to_numpy()
    words = [
        f"{'high' if a > 0 else 'low'}-{'high' if b > 0 else 'low'}"
        for a, b in zip(away, lag, strict=True)
    ]
    assert found["moran_quadrant"].tolist() == words


def test_false_discoveries_are_controlled() -> None:
    found = geo.getis_ord(hexagons())
    p = found["gi_p"].to_numpy()

    order = np.argsort(p)
    expected = np.empty(len(p))
    least = 1.0
    for rank in range(len(p), 0, -1):
        least = min(least, p[order[rank - 1]] * len(p) / rank)
        expected[order[rank - 1]] = least
    np.testing.assert_allclose(found["gi_q"], expected, rtol=1e-9)


@pytest.mark.parametrize("alike", [True, False])
def test_permuted_p_tends_to_the_share_of_all_deals(*, alike: bool) -> None:
    rng = np.random.default_rng(3)
    values = np.array([7.0, 0, 0, 1, 2, 0, 1, 5])
    dense = (rng.random((8, 8)) < 0.4).astype(float)
    np.fill_diagonal(dense, 0)
    dense[0] = 0
    if not alike:
        dense *= rng.uniform(0.5, 2, dense.shape)
    found = permuted_p(values, csr_array(dense), permutations=40_000, seed=1)

    assert math.isnan(found[0])
    for i in range(1, 8):
        others = [value for j, value in enumerate(values) if j != i]
        weights = dense[i][dense[i] > 0]
        own = dense[i] @ values
        sums = np.array(
            [np.dot(weights, one) for one in itertools.permutations(others, len(weights))]
        )
        tail = min((sums >= own - 1e-9).mean(), (sums <= own + 1e-9).mean())
        assert found[i] == pytest.approx(min(2 * tail, 1.0), abs=0.012)


def test_permutations_are_repeatable_and_add_a_column() -> None:
    cells = hexagons()
    one, two, other = (geo.getis_ord(cells, permutations=199, seed=seed) for seed in (1, 1, 2))

    assert one["gi_p_permuted"].equals(two["gi_p_permuted"])
    assert not one["gi_p_permuted"].equals(other["gi_p_permuted"])
    assert one["gi_p_permuted"].min() == pytest.approx(2 / 200)
    assert "gi_p_permuted" not in geo.getis_ord(cells)
    assert geo.local_moran(cells, permutations=99)["moran_p_permuted"].between(0.02, 1).all()


def test_neighbours_of_hexagons_touch() -> None:
    cells = hexagons()
    dense = neighbours_within(cells).toarray()

    shapes = shapely.buffer(cells.geometry.to_numpy(), 1e-6)
    touching = shapely.intersects(shapes[:, None], shapes[None, :])
    np.fill_diagonal(touching, val=False)
    np.testing.assert_array_equal(dense > 0, touching)
    two = ((dense + dense @ dense) > 0) & ~np.eye(len(cells), dtype=bool)
    assert two[neighbours_within(cells, steps=2).toarray() > 0].all()


def test_neighbours_of_provinces_share_a_border() -> None:
    cells = geo.count_by_province(
        gpd.GeoDataFrame(geometry=gpd.points_from_xy([36.3, 36.3], [31.6, 33.5]), crs=4326)
    )
    dense = neighbours_within(cells).toarray()

    shapes = cells.geometry.to_numpy()
    shared = shapely.length(shapely.intersection(shapes[:, None], shapes[None, :])) > 0
    np.fill_diagonal(shared, val=False)
    np.testing.assert_array_equal(dense > 0, shared)
    across = cells["country_a3"].to_numpy()
    assert (dense[across == "JOR"][:, across == "SYR"] > 0).any()


def test_neighbours_within_a_distance() -> None:
    cells = hexagons().iloc[:40]
    points = cells.representative_point()
    dense = cells_within(cells, distance_m=60_000).toarray()
    lon, lat = points.x.to_numpy(), points.y.to_numpy()
    for i in range(len(cells)):
        here = np.full(len(cells), lon[i]), np.full(len(cells), lat[i])
        apart_m = geo.geodesy.geod().inv(*here, lon, lat)[2]
        expected = apart_m <= 60_000
        expected[i] = False
        np.testing.assert_array_equal(dense[i] > 0, expected)


def test_without_variance_nothing_is_said() -> None:
    cells = hexagons()
    same = cells.assign(count=3)
    assert geo.getis_ord(same, permutations=9)[["gi_z", "gi_p", "gi_q"]].isna().all(axis=None)
    moran = geo.local_moran(same)
    assert moran[["moran_i", "moran_p", "moran_quadrant"]].isna().all(axis=None)
    for few in (cells.iloc[:1], cells.iloc[:0]):
        assert geo.getis_ord(few)["gi_z"].isna().all()
        assert geo.local_moran(few)["moran_z"].isna().all()


def test_cells_of_unknown_value_are_left_out() -> None:
    cells = hexagons()
    values = cells["count"].astype(float).where(cells.index % 7 != 0)
    found = geo.getis_ord(cells.assign(count=values))

    kept = np.flatnonzero(values.notna())
    alone = geo.getis_ord(cells.iloc[kept])
    assert found["gi_z"].isna().sum() == values.isna().sum()
    np.testing.assert_array_equal(found["gi_z"].to_numpy()[kept], alone["gi_z"])


def test_bad_weights_are_refused() -> None:
    cells = hexagons()
    with pytest.raises(ValueError, match="are 0 steps away"):
        geo.getis_ord(cells, neighbours=0)
    with pytest.raises(SchemaError, match="one row and one column"):
        geo.getis_ord(cells, neighbours=csr_array((2, 2)))
    with pytest.raises(SchemaError, match="needs the column rate"):
        geo.getis_ord(cells, value="rate")
    with pytest.raises(SchemaError, match="hex_id holds no numbers"):
        geo.getis_ord(cells, value="hex_id")
    with pytest.raises(SchemaError, match="neither hex_id nor admin1_code"):
        geo.getis_ord(cells.drop(columns="hex_id"))


def test_the_binomial_law_is_summed_term_by_term() -> None:
    weights = csr_array(np.eye(12, k=1) + np.eye(12, k=-1))
    counts = np.array([0, 0, 4, 3, 0, 0, 0, 0, 0, 1, 0, 0], dtype=np.float64)
    size = np.linspace(1, 3, 12)
    high = np.arange(12) % 3 > 0
    found = binomial_p(counts, size, weights, np.arange(12), more=high)
    around = weights.toarray() + np.eye(12)
    for i in range(12):
        k, share = int(around[i] @ counts), around[i] @ size / size.sum()
        term = [math.comb(8, j) * share**j * (1 - share) ** (8 - j) for j in range(9)]
        expected = min(2 * sum(term[k:] if high[i] else term[: k + 1]), 1.0)
        assert found[i] == pytest.approx(expected, rel=1e-9)
