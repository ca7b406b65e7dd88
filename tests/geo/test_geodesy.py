import numpy as np
import pytest
from hypothesis import given, strategies as st

from geo.geodesy import bounds_around, from_ecef, geod, to_ecef, wrap_lon_deg

LON = st.floats(-180, 180)
LAT = st.floats(-89.9, 89.9)


@given(LON, LAT)
def test_earth_centred_coordinates_come_back(lon: float, lat: float) -> None:
    back_lon, back_lat = from_ecef(to_ecef(np.array([lon]), np.array([lat])))

    assert geod().inv(lon, lat, back_lon[0], back_lat[0])[2] < 1e-6


@given(LON, LAT, st.floats(0, 360), st.floats(1, 2_000_000), st.floats(0, 1))
def test_the_box_holds_every_point_within_the_distance(
    lon: float, lat: float, azimuth: float, distance_m: float, share: float
) -> None:
    west, south, east, north = bounds_around(np.array([lon]), np.array([lat]), distance_m)[0]

    to_lon, to_lat, _ = geod().fwd(lon, lat, azimuth, distance_m * share)

    assert south - 1e-9 <= to_lat <= north + 1e-9
    offset = wrap_lon_deg(np.array([to_lon - lon]))[0]
    assert abs(offset) <= (east - west) / 2 + 1e-9


@pytest.mark.parametrize(("lon", "expected"), [(180.0, 180.0), (-181.0, 179.0), (0.0, 0.0)])
def test_longitudes_wrap(lon: float, expected: float) -> None:
    assert wrap_lon_deg(np.array([lon]))[0] == expected
