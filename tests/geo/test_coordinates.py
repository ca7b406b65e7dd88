import pytest
from hypothesis import given, strategies as st

from geo.grammar.coordinates import coordinate_radius_m, parse_coordinates, parse_degrees


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
    ],
)
def test_forms_of_one_place(text: str) -> None:
    assert parse_coordinates(text) == pytest.approx((38.703, 33.306), abs=1e-6)


@pytest.mark.parametrize(
    "text", ["", "Tower 22", "33", "North Sea", "91, 0", "Nowhere, Earth", "S E"]
)
def test_what_states_no_coordinates_is_not_read(text: str) -> None:
    assert parse_coordinates(text) is None


@pytest.mark.parametrize("text", ["", "n/a", "nan", "inf", "1,2,3"])
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert parse_degrees(text) is None


def test_fewer_digits_leave_more_open() -> None:
    assert coordinate_radius_m("38.703", "33.306") < 100
    assert coordinate_radius_m("39", "33") > 70_000
    assert coordinate_radius_m("38,703", "33") == coordinate_radius_m("39", "33")
