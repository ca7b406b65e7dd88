import numpy as np
import shapely
from hypothesis import given, strategies as st

from geo.spatial.areas import NOWHERE, AreaIndex

LEFT, RIGHT = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)


def test_a_point_on_a_shared_edge_belongs_to_the_first_area() -> None:
    inside = AreaIndex([LEFT, RIGHT]).containing(np.array([1.0]), np.array([0.5]))

    assert inside.tolist() == [0]


def test_a_hole_is_outside() -> None:
    ring = shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2)

    inside = AreaIndex([ring]).containing(np.array([1.5, 0.5]), np.array([1.5, 0.5]))

    assert inside.tolist() == [NOWHERE, 0]


@given(st.floats(-0.5, 2.5), st.floats(-0.5, 1.5))
def test_containing_agrees_with_shapely(lon: float, lat: float) -> None:
    areas = [LEFT, RIGHT]

    found = AreaIndex(areas).containing(np.array([lon]), np.array([lat]))[0]

    touched = [n for n, area in enumerate(areas) if area.intersects(shapely.Point(lon, lat))]
    assert found == (touched[0] if touched else NOWHERE)


def test_the_nearest_area_counts_only_within_the_distance() -> None:
    index = AreaIndex([LEFT, RIGHT])
    lon, lat = np.array([2.01, 2.5]), np.array([0.5, 0.5])

    assert index.nearest_within(lon, lat, distance_m=5_000).tolist() == [1, NOWHERE]


def test_the_nearest_area_may_lie_beyond_the_date_line() -> None:
    index = AreaIndex([shapely.box(179, 0, 180, 1), shapely.box(-179.9, 0, -179, 1)])
    lon, lat = np.array([-179.99, 179.999]), np.array([0.5, 5.0])

    assert index.nearest_within(lon, lat, distance_m=5_000).tolist() == [0, NOWHERE]
