import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from geo.geodesy import Floats, geod
from geo.spatial.lines import LineIndex

LON, LAT = st.floats(-180, 180), st.floats(-85, 85)
VERTICES = st.lists(st.tuples(LON, LAT), min_size=2, max_size=6, unique=True)


def brute_force_m(line: shapely.LineString, lon: float, lat: float, *, step_m: float) -> float:
    """Distance by an independent walk along the line, straight in longitude and latitude."""
    best = np.inf
    vertices = np.array(line.coords)
    for start, end in itertools.pairwise(vertices):
        length_m = 112_000 * np.hypot(*(end - start))
        share = np.linspace(0, 1, max(int(length_m / step_m), 1) + 1)
        along: Floats = start + share[:, None] * (end - start)
        lons, lats = np.full(len(share), lon), np.full(len(share), lat)
        best = min(best, geod().inv(lons, lats, along[:, 0], along[:, 1])[2].min())
    return float(best)


@settings(max_examples=30, deadline=None)
@given(VERTICES, LON, LAT)
def test_distance_equals_a_walk_along_the_line(
    vertices: list[tuple[float, float]], lon: float, lat: float
) -> None:
    line = shapely.LineString(vertices)
    step_m = 2_000.0

    nearest = LineIndex([line]).nearest(np.array([lon]), np.array([lat]))

    expected = brute_force_m(line, lon, lat, step_m=step_m)
    assert nearest.distance_m[0] <= expected * (1 + 1e-6) + 0.5
    assert nearest.distance_m[0] >= expected - step_m


def test_a_parallel_is_a_straight_edge_in_longitude_and_latitude() -> None:
    # The geodesic between the ends runs up to 95 km north of the 49th parallel.
    parallel = shapely.LineString([(-123.0, 49.0), (-95.0, 49.0)])

    nearest = LineIndex([parallel]).nearest(np.array([-109.0]), np.array([49.5]))

    assert nearest.lat_deg[0] == pytest.approx(49.0, abs=1e-4)
    assert nearest.distance_m[0] == pytest.approx(geod().inv(-109, 49.5, -109, 49)[2], abs=2.0)


def test_the_nearest_line_may_lie_beyond_the_date_line() -> None:
    lines = [
        shapely.LineString([(-179.5, -17.0), (-179.5, -16.0)]),
        shapely.LineString([(170.0, -17.0), (170.0, -16.0)]),
    ]

    nearest = LineIndex(lines).nearest(np.array([179.5]), np.array([-16.5]))

    assert nearest.line[0] == 0
    assert nearest.azimuth_deg[0] == pytest.approx(90.0, abs=0.5)


def test_the_end_of_a_long_piece_beats_the_middle_of_a_short_one() -> None:
    long = shapely.LineString([(0.0, 0.0), (0.0, 0.0089)])
    short = shapely.LineString([(0.0024, 0.0089), (0.0024, 0.00891)])

    nearest = LineIndex([short, long]).nearest(np.array([0.0005]), np.array([0.0089]))

    assert nearest.line[0] == 1
    assert nearest.distance_m[0] == pytest.approx(55.7, abs=0.5)


def test_ties_go_to_the_first_line() -> None:
    line = shapely.LineString([(0, 0), (0, 1)])

    nearest = LineIndex([line, line]).nearest(np.array([1.0]), np.array([0.5]))

    assert nearest.line[0] == 0


def test_multilines_count_as_one_line() -> None:
    parts = shapely.MultiLineString([[(0, 0), (0, 1)], [(5, 0), (5, 1)]])

    nearest = LineIndex([parts]).nearest(np.array([4.9, 0.1]), np.array([0.5, 0.5]))

    assert nearest.line.tolist() == [0, 0]
    assert (nearest.distance_m < 12_000).all()


@pytest.mark.parametrize(
    "lines", [[], [shapely.LineString()], [shapely.LineString([(1, 1), (1, 1)])]]
)
def test_an_index_needs_an_edge(lines: list[shapely.LineString]) -> None:
    with pytest.raises(ValueError, match="at least one line"):
        LineIndex(lines)
