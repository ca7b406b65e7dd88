import numpy as np
import pytest
import shapely
from hypothesis import given, strategies as st

from geo.geodesy import geod
from geo.joins.discs import SAMPLES, disc_points, footprint_points


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 500_000))
def test_samples_lie_in_the_disc_at_their_probability(
    lon: float, lat: float, radius: float
) -> None:
    lons, lats = disc_points(np.array([lon]), np.array([lat]), np.array([radius]))

    assert lons.shape == lats.shape == (1, SAMPLES)
    assert (np.abs(lons) <= 180).all()
    here = np.full(SAMPLES, lon), np.full(SAMPLES, lat)
    distance_m = geod().inv(*here, lons[0], lats[0])[2]
    assert distance_m.max() < radius * 1.001
    # Of the nine tenths inside, five lie within the median of the normal distribution.
    median_m = radius * np.sqrt(np.log(2) / np.log(10))
    assert (distance_m < median_m).mean() == pytest.approx(5 / 9, abs=0.01)


def test_samples_are_balanced_round_the_middle() -> None:
    lons, lats = disc_points(np.array([10.0]), np.array([50.0]), np.array([1_000.0]))

    for share in ((lons > 10).mean(), (lats > 50).mean()):
        assert share == pytest.approx(0.5, abs=0.02)


def test_samples_of_a_footprint_are_even_over_its_surface() -> None:
    tall = shapely.box(0, 0, 10, 60)

    lon, lat = footprint_points(tall)

    assert SAMPLES <= len(lon) <= 2 * SAMPLES
    # On a sphere, half of the surface between the equator and 60° lies south of 25.66°.
    assert (lat < 25.66).mean() == pytest.approx(0.5, abs=0.04)


def test_a_sliver_still_has_a_sample() -> None:
    sliver = shapely.Polygon([(0, 0), (10, 10), (10, 10.000001)])

    lon, lat = footprint_points(sliver)

    assert len(lon) >= 1
    assert shapely.intersects_xy(sliver.buffer(1e-9), lon, lat).all()
