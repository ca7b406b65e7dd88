"""The box of some places is the smallest one, wherever they lie on the globe."""

import numpy as np
import pytest

from layers.extent import extent


@pytest.mark.parametrize(
    ("lons", "west", "east"),
    [
        ([36.0, 38.703], 36.0, 38.703),
        ([38.703], 38.703, 38.703),
        ([179.0, -178.0], -181.0, -178.0),
        ([178.0, -179.0], 178.0, 181.0),
        ([-100.0, 170.0, -170.0], 170.0, 260.0),
        ([-90.0, 90.0], -90.0, 90.0),
        ([180.0, -180.0], -180.0, -180.0),
    ],
)
def test_the_widest_stretch_without_a_point_lies_outside(
    lons: list[float], west: float, east: float
) -> None:
    box = extent(np.array([[lon, 10.0] for lon in lons]))
    assert box is not None
    assert box[0] % 360 == pytest.approx(west % 360)
    assert box[2] - box[0] == pytest.approx(east - west)
    assert -180 <= (box[0] + box[2]) / 2 <= 180


def test_no_points_have_no_box() -> None:
    assert extent(np.empty((0, 2))) is None


def test_the_box_holds_what_lies_round_each_point() -> None:
    points = np.array([[179.9, 0.0], [10.0, 50.0], [179.9, 0.0]])
    box = extent(points[[0, 2]], reach_m=np.array([1_000.0, 111_000.0]))
    assert box == pytest.approx((178.9, -1.0, 180.9, 1.0), abs=0.01)


@pytest.mark.parametrize("reach_m", [np.inf, 30_000_000.0])
def test_the_world_is_the_largest_box(reach_m: float) -> None:
    box = extent(np.array([[0.0, 80.0], [100.0, 0.0]]), reach_m=np.array([reach_m, 1.0]))
    assert box == (-180.0, -90.0, 180.0, 90.0)


def test_spans_that_cross_the_date_line_cover_what_lies_behind_it() -> None:
    points = np.array([[170.0, 0.0], [-175.0, 0.0]])
    west, _, east, _ = extent(points, reach_m=np.array([2_500_000.0, 1.0])) or (0, 0, 0, 0)
    assert (west, east) == pytest.approx((147.4, 192.6), abs=2)
