"""Density against sums over pyproj's distances; contours against the surface."""

import itertools

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError, TooManyCellsError
from geo.geodesy import Floats
from geo.hotspots.density import Density

GEOD = Geod(ellps="WGS84")


def incidents(lon: Floats | list[float], lat: Floats | list[float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)


def brute(density: Density, lon: Floats, lat: Floats) -> Floats:
    """Sum of the quartic kernels at the middle of each cell."""
    x, y = middles(density)
    values = np.zeros(density.values.shape)
    for a, b in zip(lon, lat, strict=True):
        away = GEOD.inv(np.full(x.shape, a), np.full(x.shape, b), x, y)[2] / density.bandwidth_m
        values += 3 / (np.pi * (density.bandwidth_m / 1_000) ** 2) * np.clip(1 - away**2, 0, 1) ** 2
    return values


def middles(density: Density) -> tuple[Floats, Floats]:
    west, south, east, north = density.bounds
    rows, columns = density.values.shape
    x = west + (np.arange(columns) + 0.5) * (east - west) / columns
    y = north - (np.arange(rows) + 0.5) * (north - south) / rows
    lon, lat = np.meshgrid(x, y)
    return lon, lat


def cells_km2(density: Density) -> Floats:
    """Surface of the cells of each row."""
    west, south, east, north = density.bounds
    rows, columns = density.values.shape
    edges = np.linspace(north, south, rows + 1)
    step = (east - west) / columns
    found = [
        abs(GEOD.geometry_area_perimeter(shapely.box(0, low, step, high))[0]) / 1e6
        for high, low in itertools.pairwise(edges.tolist())
    ]
    return np.array(found)[:, None]


@pytest.mark.parametrize(
    ("lon", "lat", "bandwidth_m"),
    [(36.3, 33.5, 15_000.0), (179.98, -17.0, 20_000.0), (20.0, 78.0, 40_000.0), (10.0, 89.9, 60e3)],
)
def test_the_surface_is_the_sum_of_kernels(lon: float, lat: float, bandwidth_m: float) -> None:
    rng = np.random.default_rng(0)
    lons = (lon + rng.normal(0, 0.1, 25) + 180) % 360 - 180
    lats = np.minimum(lat + rng.normal(0, 0.05, 25), 90)
    density = geo.kernel_density(incidents(lons, lats), bandwidth_m=bandwidth_m)

    np.testing.assert_allclose(density.values, brute(density, lons, lats), rtol=1e-6, atol=1e-12)
    held = (density.values * cells_km2(density)).sum()
    assert held == pytest.approx(25, rel=0.005)
    assert density.incidents == 25
    assert -180 <= density.bounds[0] < density.bounds[2] <= 540


@pytest.mark.parametrize(
    ("lon", "lat", "bandwidth_m"),
    [
        ([175.0, -175.0], [89.5, 89.5], 100_000.0),
        ([170.0, -170.0, -170.0], [80.0, 80.0, 89.5], 100_000.0),
        ([179.9, -179.9, 0.0], [10.0, 10.0, 89.9], 200_000.0),
        # The kernels in the north are wider than those in the south.
        ([10.0, 10.2], [0.0, 75.0], 60_000.0),
        ([10.0, 10.2], [75.0, 0.0], 60_000.0),
    ],
)
def test_the_usual_bounds_hold_all(lon: list[float], lat: list[float], bandwidth_m: float) -> None:
    density = geo.kernel_density(incidents(lon, lat), bandwidth_m=bandwidth_m)
    held = (density.values * cells_km2(density)).sum()
    assert held == pytest.approx(len(lon), rel=0.005)


def test_a_grid_across_180_degrees_goes_on() -> None:
    density = geo.kernel_density(incidents([179.9, -179.9], [0.0, 0.0]), bandwidth_m=30_000)

    west, _, east, _ = density.bounds
    assert 179 < west < 180 < east < 181
    areas = geo.density_contours(density, levels=2)
    assert (areas.total_bounds[[0, 2]] == [-180, 180]).all()
    assert areas.is_valid.all()


def test_bounds_and_cells_as_asked() -> None:
    table = incidents([36.3, 37.5], [33.5, 33.5])
    bounds = (36.0, 33.0, 37.0, 34.0)
    density = geo.kernel_density(table, bandwidth_m=60_000, bounds=bounds, cell_m=5_000)

    assert density.bounds == bounds
    assert density.values.shape == (23, 19)
    # What lies outside of the bounds counts where it reaches inside.
    np.testing.assert_allclose(
        density.values, brute(density, np.array([36.3, 37.5]), np.array([33.5, 33.5])), rtol=1e-6
    )
    assert density.values[:, -1].max() > 0


def test_what_is_known_too_coarsely_adds_nothing() -> None:
    table = incidents([36.3, 36.31, 36.32], [33.5, 33.5, 33.5]).assign(
        uncertainty_m=[100.0, 20_000.0, 100.0], precision=["exact", "exact", "admin1"]
    )
    density = geo.kernel_density(table, bandwidth_m=10_000)

    assert (density.incidents, density.coarse) == (1, 2)
    np.testing.assert_allclose(
        density.values, brute(density, np.array([36.3]), np.array([33.5])), rtol=1e-6
    )


def test_what_is_as_sure_as_asked_adds() -> None:
    table = incidents([36.3] * 3, [33.5] * 3).assign(uncertainty_m=[100.0, 2_000.0, 50_000.0])
    for coarsest_m, held in ((1_000.0, 1), (None, 2), (np.inf, 3)):
        density = geo.kernel_density(table, bandwidth_m=10_000, coarsest_m=coarsest_m)
        assert (density.incidents, density.coarse) == (held, 3 - held)


def test_contours_hold_what_is_above_their_levels() -> None:
    rng = np.random.default_rng(2)
    lon, lat = rng.normal((36.3, 33.5), 0.15, (60, 2)).T
    density = geo.kernel_density(incidents(lon, lat), bandwidth_m=20_000)
    levels = [0.005, 0.01, 0.02]
    areas = geo.density_contours(density, levels=levels)

    assert areas["per_km2_from"].tolist() == levels
    assert areas["per_km2_to"].tolist() == [0.01, 0.02, density.most_per_km2]
    assert areas.is_valid.all()
    x, y = (axis.ravel() for axis in middles(density))
    band = np.searchsorted(levels, density.values.ravel()) - 1
    clear = np.abs(density.values.ravel()[:, None] - levels).min(axis=1) > 1e-4
    for number, shape in enumerate(areas.geometry):
        inside = shapely.contains_xy(shape, x, y)
        np.testing.assert_array_equal(inside[clear], (band == number)[clear])
    assert shapely.intersection(*areas.geometry[:2]).area == pytest.approx(0, abs=1e-9)


def test_nothing_to_smooth() -> None:
    empty = geo.kernel_density(incidents([], []), bandwidth_m=5_000)
    assert empty.values.shape == (0, 0)
    assert empty.most_per_km2 == 0.0
    assert geo.density_contours(empty).empty
    framed = geo.kernel_density(incidents([], []), bandwidth_m=5_000, bounds=(36, 33, 37, 34))
    assert framed.values.size > 0
    assert (framed.values == 0).all()
    assert geo.density_contours(framed).empty


def test_bad_questions_are_refused() -> None:
    table = incidents([-100.0, 100.0], [-50.0, 60.0])
    with pytest.raises(ValueError, match="bandwidth_m is 0"):
        geo.kernel_density(table, bandwidth_m=0)
    with suppress_type_checks(), pytest.raises(ValueError, match="bandwidth_m is '5km'"):
        geo.kernel_density(table, bandwidth_m="5km")  # type: ignore[arg-type]
    with pytest.raises(TooManyCellsError, match="at most 4,000,000 are made"):
        geo.kernel_density(table, bandwidth_m=1_000)
    with pytest.raises(SchemaError, match="the bounds are"):
        geo.kernel_density(table, bandwidth_m=1_000, bounds=(10, 0, 5, 5))
    density = geo.kernel_density(incidents([36.0], [33.0]), bandwidth_m=10_000)
    with suppress_type_checks():
        two = geo.density_contours(density, levels=np.int64(2))  # type: ignore[arg-type]
    assert (
        two["per_km2_from"].tolist()
        == geo.density_contours(density, levels=2)["per_km2_from"].tolist()
    )
    for levels in (0, [], [0.0, 1.0], [2.0, 1.0]):
        with pytest.raises(SchemaError, match="levels"):
            geo.density_contours(density, levels=levels)
