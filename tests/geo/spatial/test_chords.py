"""Geodesics from chords, and what chords rule out and in."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from geo.geodesy import Floats, geod, to_ecef
from geo.spatial.chords import (
    FARTHEST_M,
    greatest_chord_m,
    places_of,
    sure_chord_m,
)
from geo.spatial.geodesics import measured


def lines(count: int, distance_m: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Ends of geodesics of some lengths in all directions, with the steepest places among them."""
    rng = np.random.default_rng(11)
    lon, lat = rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    lat[: count // 4] = np.tile([0.0, 90.0, -90.0, 45.0], count)[: count // 4]
    azimuth = rng.uniform(0, 360, count)
    azimuth[: count // 2] = np.tile([0.0, 90.0, 180.0, 89.99], count)[: count // 2]
    to_lon, to_lat, _ = geod().fwd(lon, lat, azimuth, distance_m)
    return lon, lat, np.asarray(to_lon), np.asarray(to_lat)


@pytest.mark.parametrize("most_m", [1.0, 10_000.0, 1_990_000.0, 2_010_000.0, 18_000_000.0])
def test_distances_are_those_of_pyproj(most_m: float) -> None:
    distance_m = np.linspace(0, most_m, 4_000)
    lon, lat, to_lon, to_lat = lines(4_000, distance_m)
    every = np.arange(4_000)

    found = measured(places_of(lon, lat), every, places_of(to_lon, to_lat), every)

    assert np.abs(found - geod().inv(lon, lat, to_lon, to_lat)[2]).max() < 1.1e-5


def test_opposite_places() -> None:
    here = places_of(np.array([0.0, 10.0, 30.0]), np.array([0.0, 90.0, 30.0]))
    there = places_of(np.array([180.0, 70.0, -150.3]), np.array([0.0, -90.0, -29.9]))
    every = np.arange(3)

    found = measured(here, every, there, every)

    truth = geod().inv(*here.lonlat, *there.lonlat)[2]
    assert found.tolist() == pytest.approx(list(truth), abs=1e-5)
    assert max(found) < FARTHEST_M


def test_the_same_place_under_two_names_is_no_distance_away() -> None:
    here = places_of(np.array([180.0, 0.0, 7.0]), np.array([10.0, 90.0, 7.0]))
    there = places_of(np.array([-180.0, 55.0, 7.0]), np.array([10.0, 90.0, 7.0]))
    every = np.arange(3)

    assert measured(here, every, there, every).tolist() == [0.0, 0.0, 0.0]


@settings(max_examples=80)
@given(st.floats(0, 20_003_931), st.floats(0.5, 1.0))
def test_chords_rule_out_and_in_what_they_may(distance_m: float, share: float) -> None:
    lon, lat, to_lon, to_lat = lines(400, np.full(400, distance_m))
    true_m = geod().inv(lon, lat, to_lon, to_lat)[2]
    chord_m = np.linalg.norm(to_ecef(to_lon, to_lat) - to_ecef(lon, lat), axis=1)

    assert (chord_m <= greatest_chord_m(float(np.max(true_m)))).all()
    sure = chord_m <= sure_chord_m(distance_m * share)
    assert (true_m[sure] <= distance_m * share).all()
    assert sure_chord_m(distance_m) <= greatest_chord_m(distance_m)
