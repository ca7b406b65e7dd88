import time

import pytest
from hypothesis import given, strategies as st

from geo.grammar.coordinates import (
    coordinate_fault,
    coordinate_radius_m,
    pair_radius_m,
    parse_coordinates,
    parse_degrees,
)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_decimal_pairs_come_back(lon: float, lat: float) -> None:
    parsed = parse_coordinates(f"{lat:.6f}, {lon:.6f}")

    assert parsed == pytest.approx((lon, lat), abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "33.306, 38.703",
        "(33.306 38.703)",
        "33.306° N, 38.703° E",
        "33°18'21.6\"N 38°42'10.8\"E",
        "33 18 21.6 N 38 42 10.8 E",
        "33° 18' 21.6\" N, 38° 42' 10.8\" E",
        "33°18′21.6″N, 38°42′10.8″E",
        "38.703 E, 33.306 N",
    ],
)
def test_forms_of_one_place(text: str) -> None:
    assert parse_coordinates(text) == pytest.approx((38.703, 33.306), abs=1e-6)


@pytest.mark.parametrize(
    "text",
    ["", "Tower 22", "33", "North Sea", "Nowhere, Earth", "S E", "33°75'N 38°E", "33.5 18 N 38 E"],
)
def test_what_states_no_coordinates_is_not_read(text: str) -> None:
    assert parse_coordinates(text) is None


@pytest.mark.parametrize(
    "text", ["", "n/a", "nan", "inf", "1,2,3", "33° 75'", "1 2 3 4", "N", "12X"]
)
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert parse_degrees(text) is None


def test_fewer_digits_leave_more_open() -> None:
    assert coordinate_radius_m("38.703", "33.306") < 100
    assert coordinate_radius_m("39", "33") > 70_000
    assert coordinate_radius_m("38,703", "33") == coordinate_radius_m("39", "33")


@pytest.mark.parametrize(
    "text", ["1" + " " * 1_990 + "x", "1 " * 40 + "x", "1" * 2_000, "1 ° ' " * 13, "1.1" * 26]
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.perf_counter()

    assert parse_coordinates(text) is None
    parse_degrees(text)
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("33.306N", 33.306), ("33.306 S", -33.306), ("33° 18' 36\"", 33.31), ("-12 30", -12.5)],
)
def test_a_cell_may_name_its_hemisphere_and_minutes(text: str, degrees: float) -> None:
    assert parse_degrees(text) == pytest.approx(degrees)


def test_a_latitude_is_no_longitude() -> None:
    assert parse_degrees("33.306N", hemispheres="EW") is None


@pytest.mark.parametrize(
    ("text", "radius_m"),
    [
        ("33, 38", 78_715),
        ("33.3,38.7", 7_872),
        ("33.3, 38.703", 7_872),
        ("33.306° N, 38.703° E", 79),
        ("33°18'N 38°42'E", 1_312),
        ("33°18'21\"N 38°42'10\"E", 22),
    ],
)
def test_the_digits_of_a_pair_say_how_sure(text: str, radius_m: float) -> None:
    assert pair_radius_m(text) == pytest.approx(radius_m, abs=1)


def test_a_number_forgets_zeros_at_its_end() -> None:
    assert coordinate_radius_m(38.0, 33.25) == coordinate_radius_m("38", "33")
    assert coordinate_radius_m(38.703, 1e-5) == coordinate_radius_m("38.703", "33.306")


@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [(181, 10, "not on the earth"), (0, 91, "may be swapped"), (0, 0, "stands for unknown")],
)
def test_what_cannot_be_is_said(lon: float, lat: float, words: str) -> None:
    assert words in (coordinate_fault(lon, lat) or "")
