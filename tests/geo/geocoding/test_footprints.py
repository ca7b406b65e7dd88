import pytest
import shapely
from hypothesis import given, settings, strategies as st

from geo.geocoding.shapes.footprints import (
    best_point,
    common_area,
    corridor,
    disc,
    farthest_m,
    part_of,
    ring,
    sector,
)
from geo.geodesy import geod

LONS = st.floats(-180, 180)
LATS = st.floats(-90, 90)


@pytest.mark.parametrize(
    ("lon", "lat"), [(38.7, 33.3), (179.95, -17.0), (-179.9, 65.0), (10.0, 0.0)]
)
def test_shapes_hold_what_lies_within_their_radius(lon: float, lat: float) -> None:
    round_it = disc(lon, lat, 20_000)
    for azimuth in range(0, 360, 30):
        inside, outside = (geod().fwd(lon, lat, azimuth, metres) for metres in (19_800, 20_100))
        assert shapely.covers(round_it, shapely.Point(*inside[:2]))
        assert not shapely.covers(round_it, shapely.Point(*outside[:2]))
    assert round_it.is_valid
    assert -180 <= round_it.bounds[0] <= round_it.bounds[2] <= 180
    hollow = ring(lon, lat, 10_000, 20_000)
    assert not shapely.covers(hollow, shapely.Point(lon, lat))
    wedge = sector(lon, lat, (10_000, 20_000), 90.0, 22.5)
    east, west = (shapely.Point(*geod().fwd(lon, lat, way, 15_000)[:2]) for way in (90, 270))
    assert shapely.covers(wedge, east)
    assert not shapely.covers(wedge, west)
    way = corridor(shapely.Point(lon, lat), east, 2_000)
    assert way.is_valid
    assert shapely.covers(way, shapely.Point(*geod().fwd(lon, lat, 90, 7_000)[:2]))


def test_a_disc_may_hold_a_pole() -> None:
    assert disc(10.0, 89.9, 50_000).bounds == pytest.approx((-180, 89.445, 180, 90), abs=0.01)


def test_parts_of_an_area_over_180_degrees() -> None:
    both = shapely.MultiPolygon([shapely.box(170, 60, 180, 70), shapely.box(-180, 60, -170, 70)])

    assert part_of(both, 90.0).bounds[2] <= -170
    assert part_of(both, 270.0).bounds[0] >= 170
    assert abs(best_point(both).x) == pytest.approx(180, abs=1e-6)


def has(area: shapely.Geometry, lon: float, lat: float) -> bool:
    """Whether an area holds a point; a meridian at 180 degrees is one at -180 too."""
    if abs(lat) > 89.999:
        return shapely.distance(area, shapely.box(-180, lat - 0.001, 180, lat + 0.001)) < 1e-6
    spots = [shapely.Point(lon, lat)]
    if 180 - abs(lon) < 1e-6:
        spots.append(shapely.Point(-lon, lat))
    return any(area.distance(spot) < 1e-6 for spot in spots)


def is_on_the_map(area: shapely.Geometry) -> bool:
    west, south, east, north = area.bounds
    return area.is_valid and -180 <= west <= east <= 180 and -90 <= south <= north <= 90


@given(LONS, LATS, st.floats(1_000, 3_000_000), st.floats(0, 360), st.sampled_from([45, 22.5]))
@settings(max_examples=200, deadline=None)
def test_sectors_hold_their_middle_everywhere(
    lon: float, lat: float, metres: float, azimuth: float, half_width: float
) -> None:
    area = sector(lon, lat, (0.75 * metres, 1.25 * metres), azimuth, half_width)
    ahead, behind = (geod().fwd(lon, lat, azimuth + turn, metres)[:2] for turn in (0, 180))

    assert is_on_the_map(area)
    assert has(area, *ahead)
    # At a pole all directions are one.
    assert abs(lat) > 89.9 or not area.covers(shapely.Point(behind))


@given(LONS, LATS, st.floats(5_000, 800_000), st.floats(0, 360))
@settings(max_examples=200, deadline=None)
def test_corridors_hold_the_way_everywhere(
    lon: float, lat: float, metres: float, azimuth: float
) -> None:
    there = shapely.Point(geod().fwd(lon, lat, azimuth, metres)[:2])
    area = corridor(shapely.Point(lon, lat), there, 0.1 * metres)

    assert is_on_the_map(area)
    assert has(area, *geod().fwd(lon, lat, azimuth, 0.4 * metres)[:2])


@given(LONS, LATS, st.floats(1_000, 6_000_000), st.floats(0, 360))
@settings(max_examples=200, deadline=None)
def test_rings_hold_what_lies_between(
    lon: float, lat: float, metres: float, azimuth: float
) -> None:
    whole, hollow = disc(lon, lat, metres), ring(lon, lat, metres / 2, metres)
    between = geod().fwd(lon, lat, azimuth, 0.75 * metres)[:2]

    assert is_on_the_map(whole)
    assert is_on_the_map(hollow)
    assert has(whole, *between)
    assert has(hollow, *between)
    assert abs(lat) > 89.99 or not hollow.covers(shapely.Point(lon, lat))


def test_areas_without_anything_in_common() -> None:
    one, next_to_it, far = (
        shapely.box(0, 0, 1, 1),
        shapely.box(1, 0, 2, 1),
        shapely.box(9, 9, 10, 10),
    )

    assert common_area(one, one) is not None
    assert common_area(one, next_to_it) is None
    assert common_area(one, far) is None


def test_the_farthest_spot_is_measured() -> None:
    assert farthest_m(shapely.Point(0, 0), disc(0.0, 0.0, 50_000)) == pytest.approx(50_000)
