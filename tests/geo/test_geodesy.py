import numpy as np
import pytest
from hypothesis import given, strategies as st

from geo.geodesy import (
    Floats,
    bounds_around,
    earth_centred,
    from_ecef,
    geod,
    inverse,
    to_ecef,
    wrap_lon_deg,
)
from geo.spatial.compiling import compiled

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


def _inverses(*ends: Floats) -> Floats:
    return np.array([inverse(*map(float, one)) for one in zip(*ends, strict=True)])


def _pairs(case: str) -> tuple[Floats, Floats, Floats, Floats]:
    rng = np.random.default_rng(23)
    n = 2_000
    lon, lat = rng.uniform(-180, 180, n), np.degrees(np.arcsin(rng.uniform(-1, 1, n)))
    to_lon, to_lat, _ = geod().fwd(lon, lat, rng.uniform(0, 360, n), 10 ** rng.uniform(-2, 7, n))
    zero, pole = np.zeros(n), np.where(rng.random(n) < 0.5, 90.0, -90.0)
    edge = np.where(rng.random(n) < 0.5, 180.0, -180.0)
    return {
        "anywhere": (lon, lat, to_lon, to_lat),
        "equator": (lon, zero, to_lon, zero),
        "near the equator": (lon, lat * 1e-9, lon + rng.uniform(-90, 90, n), to_lat * 1e-9),
        "meridian": (lon, lat, lon, to_lat),
        "from a pole": (lon, pole, to_lon, to_lat),
        "to a pole": (lon, lat, to_lon, pole),
        "along the date line": (edge, lat, edge[::-1], to_lat),
        "across the date line": (edge - 0.1, lat, 0.1 - edge, lat),
        "same point": (lon, lat, lon, lat),
    }[case]


@pytest.mark.parametrize(
    "case",
    [
        "anywhere",
        "equator",
        "near the equator",
        "meridian",
        "from a pole",
        "to a pole",
        "along the date line",
        "across the date line",
        "same point",
    ],
)
def test_the_inverse_equals_pyproj(case: str) -> None:
    pairs = _pairs(case)
    azimuth, _, distance_m = geod().inv(*pairs)

    found = _inverses(*pairs)

    known = distance_m < 10_000_000
    assert known.sum() > 500
    np.testing.assert_allclose(found[known, 0], distance_m[known], atol=1e-4, rtol=0)
    turned = np.radians((found[:, 1] - azimuth + 180) % 360 - 180)
    far = known & (distance_m > 0.01)
    # Across the way, at the end of a geodesic of up to an earth's radius.
    assert np.abs(turned * np.minimum(distance_m, 6.4e6))[far].max(initial=0.0) < 1.0


def test_the_inverse_knows_its_limit() -> None:
    assert np.isnan(inverse(0.0, 0.0, 179.9, 0.1)).all()
    assert inverse(0.0, 0.0, 160.0, 10.0)[0] == pytest.approx(
        geod().inv(0, 0, 160, 10)[2], abs=1e-4
    )


def test_compiled_geodesics_have_the_bits_of_plain_ones() -> None:
    fast_inverse, fast_place = compiled(inverse), compiled(earth_centred)
    for one in zip(*_pairs("anywhere"), strict=True):
        ends = tuple(map(float, one))
        assert fast_inverse(*ends) == inverse(*ends)
        assert fast_place(*ends[:2]) == earth_centred(*ends[:2])
