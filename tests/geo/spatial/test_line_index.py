"""Nearest lines against brute force, and both ways of searching against each other."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from geo.geodesy import Floats, geod
from geo.spatial import lines as lines_module
from geo.spatial.curve_order import cell_numbers, curve_order, fill_order
from geo.spatial.line_owners import nearest_owners, no_owner_answers, owners_of_boxes
from geo.spatial.line_pieces import BEND_M, Arcs, arcs_of_lines, cut
from geo.spatial.line_search import nearest_pieces, no_answers
from geo.spatial.line_tree import cluster, fill_boxes, fill_earth_centred, tree_of
from geo.spatial.lines import LineIndex, Nearest

ROOT = Path(__file__).parents[3]
FIELDS = ("line", "arc", "edge", "distance_m", "lon_deg", "lat_deg", "azimuth_deg")

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
LINES = st.lists(
    st.lists(st.tuples(LON, LAT), min_size=2, max_size=5, unique=True).map(shapely.LineString),
    min_size=1,
    max_size=4,
)


def wandering_lines(seed: int, count: int, vertices: int) -> list[shapely.LineString]:
    """Random walks all over the globe, also up to the poles and along +-180 degrees."""
    rng = np.random.default_rng(seed)
    result = []
    for _ in range(count):
        lat = np.degrees(np.arcsin(rng.uniform(-1, 1)))
        size = 10 ** rng.uniform(-3, 0.5)
        walk = np.cumsum(rng.normal(0, size, (vertices, 2)), axis=0)
        walk += (rng.uniform(-180, 180), lat)
        result.append(shapely.LineString(np.clip(walk, (-180, -90), (180, 90))))
    return result


def some_points(seed: int, count: int) -> tuple[Floats, Floats]:
    """Points at all latitudes; a tenth each on +-180 degrees, and within 10 degrees of a pole."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    tenth = count // 10
    lon[:tenth] = rng.choice([-180.0, 180.0, 179.9999, -179.9999], tenth)
    lat[tenth : 2 * tenth] = rng.choice([-1, 1], tenth) * rng.uniform(80, 90, tenth)
    lat[2 * tenth : 2 * tenth + 2] = (90.0, -90.0)
    return lon, lat


def both_ways(index: LineIndex, lon: Floats, lat: Floats) -> tuple[Nearest, Nearest]:
    few = index._answer(lon, lat, index._nearest_of_few(lon, lat, np.inf))
    many = index._answer(lon, lat, index._nearest_of_many(lon, lat))
    return few, many


def assert_same_bits(one: Nearest, other: Nearest) -> None:
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


def walked_m(line: shapely.LineString, lon: float, lat: float) -> float:
    """Geodesic distance to a line: a walk along it, finer and finer where it is nearest."""
    vertices = np.array(line.coords)
    length = 112_000 * np.hypot(*np.diff(vertices, axis=0).T)
    steps = np.maximum(np.ceil(length / 5_000), 1).astype(int)
    along = np.concatenate([i + np.arange(n) / n for i, n in enumerate(steps)] + [[len(steps)]])
    best = np.inf
    for _ in range(4):
        spots = _at(vertices, along)
        distance = geod().inv(np.full(len(along), lon), np.full(len(along), lat), *spots)[2]
        best = min(best, float(distance.min()))
        close = np.argsort(distance)[:5]
        before, after = (
            along[np.maximum(close - 1, 0)],
            along[np.minimum(close + 1, len(along) - 1)],
        )
        along = np.unique(np.linspace(before, after, 41))
    return best


def _at(vertices: Floats, along: Floats) -> tuple[Floats, Floats]:
    first = np.minimum(along.astype(int), len(vertices) - 2)
    spots = vertices[first] + (along - first)[:, None] * (vertices[first + 1] - vertices[first])
    return spots[:, 0], spots[:, 1]


@pytest.mark.slow
def test_two_thousand_points_have_the_line_that_brute_force_finds() -> None:
    lines = wandering_lines(5, 60, 40)
    lon, lat = some_points(6, 2_000)

    nearest = LineIndex(lines).nearest(lon, lat)

    step_m = 10_000.0
    spots, owner = shapely.get_coordinates(
        [shapely.segmentize(line, step_m / 112_000) for line in lines], return_index=True
    )
    for i, at in enumerate(zip(lon, lat, strict=True)):
        starts = np.full((len(spots), 2), at)
        coarse_m = geod().inv(*starts.T, *spots.T)[2]
        close = np.unique(owner[coarse_m <= coarse_m.min() + step_m])
        expected = {int(line): walked_m(lines[line], *at) for line in close}
        assert expected[int(nearest.line[i])] <= min(expected.values()) + 0.01
        assert nearest.distance_m[i] == pytest.approx(min(expected.values()), abs=0.2)


def test_the_nearest_is_no_farther_than_any_spot_on_a_line() -> None:
    lines = wandering_lines(1, 12, 30)
    lon, lat = some_points(2, 60)

    nearest = LineIndex(lines).nearest(lon, lat)

    for i, at in enumerate(zip(lon, lat, strict=True)):
        expected = [walked_m(line, *at) for line in lines]
        assert nearest.line[i] == np.argmin(expected)
        assert nearest.distance_m[i] == pytest.approx(min(expected), abs=0.2)


def test_distance_and_azimuth_lead_to_the_nearest_point() -> None:
    lon, lat = some_points(3, 200)

    nearest = LineIndex(wandering_lines(4, 20, 30)).nearest(lon, lat)

    to_lon, to_lat, _ = geod().fwd(lon, lat, nearest.azimuth_deg, nearest.distance_m)
    off_m = geod().inv(to_lon, to_lat, nearest.lon_deg, nearest.lat_deg)[2]
    assert off_m.max() < 1.0
    assert np.abs(nearest.lon_deg).max() <= 180.0


def test_few_and_many_points_get_the_same_bits() -> None:
    index = LineIndex(wandering_lines(7, 80, 60))
    lon, lat = some_points(8, 1_500)

    assert_same_bits(*both_ways(index, lon, lat))


@settings(max_examples=60, deadline=None)
@given(LINES, st.lists(st.tuples(LON, LAT), min_size=1, max_size=4))
def test_any_lines_give_the_same_bits_both_ways(
    lines: list[shapely.LineString], points: list[tuple[float, float]]
) -> None:
    lon, lat = np.array(points).T

    assert_same_bits(*both_ways(LineIndex(lines), lon, lat))


def test_compiled_loops_give_the_bits_of_plain_ones() -> None:
    pieces = cut(*_all_of(arcs_of_lines(wandering_lines(9, 6, 25))))
    lon, lat = some_points(10, 40)
    tree = tree_of(pieces)

    answers, compiled_answers = no_answers(len(lon)), no_answers(len(lon))
    nearest_pieces(lon, lat, tree, answers)
    lines_module.compiled(nearest_pieces)(lon, lat, tree, compiled_answers)
    np.testing.assert_array_equal(answers.piece, compiled_answers.piece)
    np.testing.assert_array_equal(answers.place, compiled_answers.place)

    boxes = owners_of_boxes(tree, np.arange(len(tree.leaf_first)) // 9)
    owners, compiled_owners = no_owner_answers(len(lon), 3), no_owner_answers(len(lon), 3)
    nearest_owners(lon, lat, tree, boxes, owners)
    lines_module.compiled(nearest_owners)(lon, lat, tree, boxes, compiled_owners)
    np.testing.assert_array_equal(owners.piece, compiled_owners.piece)
    np.testing.assert_array_equal(owners.place, compiled_owners.place)


def test_plain_building_gives_the_same_tree() -> None:
    pieces = cut(*_all_of(arcs_of_lines(wandering_lines(9, 6, 25))))
    tree = tree_of(pieces)
    xyz_m, boxes = np.empty_like(tree.xyz_m), np.full_like(tree.boxes, 1e9)
    fill_earth_centred(pieces.lon_deg, pieces.lat_deg, xyz_m)
    fill_boxes(tree._replace(boxes=boxes))
    leaves = np.sort(tree.leaf_first)
    stop = np.append(leaves[1:], leaves[-1])
    order = np.arange(len(leaves))
    cluster((xyz_m[leaves] + xyz_m[stop]) / 2, order)

    np.testing.assert_array_equal(xyz_m, tree.xyz_m)
    np.testing.assert_array_equal(boxes, tree.boxes)
    assert sorted(order) == list(range(len(leaves)))


def test_the_order_of_the_points_does_not_matter() -> None:
    index = LineIndex(wandering_lines(11, 40, 50))
    lon, lat = some_points(12, 400)
    order = np.random.default_rng(13).permutation(len(lon))

    for straight, mixed in zip(
        both_ways(index, lon, lat), both_ways(index, lon[order], lat[order]), strict=True
    ):
        for name in FIELDS:
            np.testing.assert_array_equal(getattr(straight, name)[order], getattr(mixed, name))


def test_arcs_are_the_same_as_lines() -> None:
    lines = [shapely.set_precision(line, 1e-7) for line in wandering_lines(14, 10, 30)]
    vertices = np.rint(shapely.get_coordinates(lines) * 1e7).astype(np.int32)
    count = shapely.get_num_coordinates(lines)
    start = np.cumsum(count) - count
    lon, lat = some_points(15, 300)
    order = np.arange(len(lines))[::-1]

    of_lines = LineIndex(lines).nearest(lon, lat)
    of_arcs = LineIndex.from_arcs(vertices, start[order], count[order], order + 100)
    found = of_arcs.nearest(lon, lat)

    assert (found.line == of_lines.line + 100).all()
    assert (order[found.arc] == of_lines.line).all()
    np.testing.assert_allclose(found.distance_m, of_lines.distance_m, atol=1e-3)


def test_arc_and_edge_tell_the_stretch() -> None:
    parts = shapely.MultiLineString([[(0, 0), (0, 1), (0, 5)], [(9, 0), (9, 1)]])
    index = LineIndex([shapely.LineString([(50, 0), (51, 0)]), parts])

    nearest = index.nearest(np.array([1.0, 1.0, 8.0]), np.array([0.5, 4.9, 0.5]))

    assert nearest.line.tolist() == [1, 1, 1]
    assert nearest.arc.tolist() == [1, 1, 2]
    assert nearest.edge.tolist() == [0, 1, 0]


@pytest.mark.parametrize("lat", [-89.99, -80.0, 0.0, 49.0, 75.0, 89.99])
def test_a_parallel_is_followed_exactly(lat: float) -> None:
    parallel = shapely.LineString([(-123.0, lat), (-95.0, lat)])
    lon = np.linspace(-122, -96, 30)

    nearest = LineIndex([parallel]).nearest(lon, np.full(30, lat))

    assert nearest.distance_m.max() < 1e-3


def test_no_piece_bends_more_than_it_may() -> None:
    corners = [(-170, -89.99), (-20, -60), (160, 5), (-179, 50), (3, 89.999), (3.0001, 89.9999)]
    pieces = cut(*_all_of(arcs_of_lines([shapely.LineString(corners)])))
    ends = np.column_stack((pieces.lon_deg, pieces.lat_deg))
    xyz_m = np.empty((len(ends), 3))
    fill_earth_centred(pieces.lon_deg, pieces.lat_deg, xyz_m)
    for share in (0.3, 0.5):
        spots = ends[:-1] + share * np.diff(ends, axis=0)
        spots_m = np.empty((len(spots), 3))
        fill_earth_centred(*spots.T, spots_m)
        along = np.diff(xyz_m, axis=0)
        off = np.cross(spots_m - xyz_m[:-1], along)
        off_m = np.linalg.norm(off, axis=1) / np.linalg.norm(along, axis=1)
        assert off_m.max() < BEND_M * 1.05


def test_both_sides_of_the_date_line_are_neighbours() -> None:
    lines = [
        shapely.LineString([(-179.5, -17.0), (-179.5, -16.0)]),
        shapely.LineString([(170.0, -17.0), (170.0, -16.0)]),
        shapely.LineString([(180.0, 60.0), (180.0, 61.0)]),
    ]
    few, many = both_ways(
        LineIndex(lines), np.array([179.5, -180.0, -179.9]), np.array([-16.5, -16.5, 60.5])
    )

    assert few.line.tolist() == [0, 0, 2]
    assert few.azimuth_deg[:2] == pytest.approx([90.0, 90.0], abs=0.5)
    assert_same_bits(few, many)


def test_a_line_may_run_beyond_180_degrees() -> None:
    line = shapely.LineString([(179.0, 10.0), (181.0, 10.0)])

    nearest = LineIndex([line]).nearest(np.array([-179.2]), np.array([10.5]))

    assert -180.0 <= nearest.lon_deg[0] < -179.0
    assert nearest.distance_m[0] == pytest.approx(55_300, abs=200)


def test_poles_are_ordinary_places() -> None:
    lines = [shapely.LineString([(0, 80), (90, 80)]), shapely.LineString([(-120, 85), (-60, 88)])]

    nearest = LineIndex(lines).nearest(np.array([0.0, 77.0, 0.0]), np.array([90.0, 90.0, -90.0]))

    assert nearest.line.tolist() == [1, 1, 0]
    assert nearest.distance_m[0] == pytest.approx(geod().inv(0, 90, 0, 88)[2], abs=1e-3)


def test_repeated_vertices_and_lines_without_length_change_nothing() -> None:
    line = shapely.LineString([(0, 0), (0, 1), (2, 2)])
    doubled = shapely.LineString([(0, 0), (0, 0), (0, 0), (0, 1), (0, 1), (2, 2), (2, 2)])
    dot = shapely.LineString([(0.5, 0.5), (0.5, 0.5)])
    lon, lat = np.array([0.5, -1.0, 3.0]), np.array([0.5, 1.0, 3.0])

    plain = LineIndex([line]).nearest(lon, lat)
    few, many = both_ways(LineIndex([dot, doubled, shapely.LineString()]), lon, lat)

    assert few.line.tolist() == [1, 1, 1]
    np.testing.assert_array_equal(few.distance_m, plain.distance_m)
    assert_same_bits(few, many)


def test_ties_go_to_the_first_arc_and_edge() -> None:
    line = shapely.LineString([(0, 0), (0, 1), (1, 1)])
    few, many = both_ways(LineIndex([line] * 100), np.array([-1.0]), np.array([1.5]))

    assert (few.line[0], few.edge[0]) == (0, 0)
    assert_same_bits(few, many)


def test_a_point_opposite_on_the_globe_has_a_distance() -> None:
    line = shapely.LineString([(0, 0.0), (0.001, 0.0)])

    few, many = both_ways(LineIndex([line]), np.array([179.9]), np.array([0.1]))

    assert few.distance_m[0] == pytest.approx(19_980_000, abs=30_000)
    assert_same_bits(few, many)


def test_nearest_lines_are_different_and_sorted() -> None:
    lines = [*wandering_lines(16, 30, 20), shapely.LineString([(0, 0), (0, 0)])]
    index = LineIndex(lines)
    lon, lat = some_points(17, 100)

    few = index._answer(lon[:, None], lat[:, None], index._owners_of_few(lon, lat, 4))
    many = index._answer(lon[:, None], lat[:, None], index._owners_of_many(lon, lat, 4))

    alone = np.column_stack([LineIndex([one]).nearest(lon, lat).distance_m for one in lines[:-1]])
    np.testing.assert_array_equal(few.distance_m, np.sort(alone, axis=1)[:, :4])
    assert all(len(set(row)) == 4 for row in few.line.tolist())
    assert_same_bits(few, many)
    first = index.nearest(lon, lat)
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(few, name)[:, 0], getattr(first, name))


def test_more_lines_wanted_than_there_are() -> None:
    index = LineIndex([shapely.LineString([(0, 0), (0, 1)]), shapely.LineString([(2, 0), (2, 1)])])
    lon, lat = np.array([0.5]), np.array([0.5])

    few = index.nearest_lines(lon, lat, count=3)
    many = index._answer(lon[:, None], lat[:, None], index._owners_of_many(lon, lat, 3))

    assert few.line.tolist() == [[0, 1, -1]]
    assert np.isnan(few.distance_m[0, 2])
    assert_same_bits(few, many)
    with pytest.raises(ValueError, match="at least 1 line"):
        index.nearest_lines(lon, lat, count=0)


def test_no_points_get_no_answers() -> None:
    index = LineIndex([shapely.LineString([(0, 0), (0, 1)])])

    few, many = both_ways(index, np.empty(0), np.empty(0))

    assert few.line.shape == many.line.shape == (0,)
    assert index.nearest_lines(np.empty(0), np.empty(0), count=2).line.shape == (0, 2)


def test_many_points_start_the_compiled_search(monkeypatch: pytest.MonkeyPatch) -> None:
    index = LineIndex(wandering_lines(18, 5, 10))
    lon, lat = some_points(19, 50)
    few = index.nearest(lon, lat)
    assert "_tree" not in vars(index)
    monkeypatch.setattr(lines_module, "_MANY", 50)

    many = index.nearest(lon, lat)

    assert "_tree" in vars(index)
    assert_same_bits(few, many)


def test_points_are_sorted_along_the_curve() -> None:
    lon, lat = some_points(20, 3_000)

    order = curve_order(lon, lat)

    plain, spare = np.empty((2, len(lon)), dtype=np.int64)
    fill_order(lon, lat, plain, spare)
    np.testing.assert_array_equal(order, plain)
    cells = cell_numbers(lon, lat, bits=12)
    np.testing.assert_array_equal(order, np.argsort(cells, kind="stable"))
    step = np.hypot(*np.diff([lon[order], lat[order]]))
    assert np.median(step) < 5


def test_the_curve_goes_from_cell_to_neighbouring_cell() -> None:
    lon, lat = (axis.ravel() for axis in np.meshgrid(np.arange(16), np.arange(16)))

    numbers = cell_numbers(lon * 22.5 - 180, lat * 11.25 - 90, bits=4)

    order = np.argsort(numbers)
    assert sorted(numbers) == list(range(256))
    assert (np.abs(np.diff(lon[order])) + np.abs(np.diff(lat[order])) == 1).all()


def test_areas_are_refused() -> None:
    with pytest.raises(ValueError, match="geometry 1 is or holds a POLYGON"):
        LineIndex([shapely.LineString([(0, 0), (1, 1)]), shapely.box(0, 0, 1, 1)])


def test_few_points_never_import_numba() -> None:
    program = (
        "import sys, numpy as np, shapely\n"
        "from geo.spatial.lines import LineIndex\n"
        "index = LineIndex([shapely.LineString([(0, 0), (0, 1)])])\n"
        "index.nearest(np.zeros(100), np.zeros(100))\n"
        "index.nearest_lines(np.zeros(100), np.zeros(100), count=2)\n"
        "print('numba' in sys.modules)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"


def _all_of(arcs: Arcs) -> tuple[Arcs, Floats, Floats]:
    return arcs, arcs.start, arcs.count


@pytest.mark.parametrize("count", [7, 20_000])
def test_a_greatest_distance_hides_what_lies_farther(count: int) -> None:
    rng = np.random.default_rng(4)
    lon, lat = rng.uniform(-10, 10, count), rng.uniform(-10, 10, count)
    index = LineIndex(
        [shapely.LineString([(0, 0), (1, 5)]), shapely.LineString([(-4, 2), (-3, 2)])]
    )
    free = index.nearest(lon, lat)

    found = LineIndex(index._arcs).nearest(lon, lat, within_m=3e5)

    near = free.distance_m <= 3e5
    assert 0 < near.sum() < count
    for name in ("line", "arc", "edge"):
        assert getattr(found, name).tolist() == np.where(near, getattr(free, name), -1).tolist()
    for name in ("distance_m", "lon_deg", "lat_deg", "azimuth_deg"):
        expected = np.where(near, getattr(free, name), np.nan)
        assert np.array_equal(getattr(found, name), expected, equal_nan=True)


def test_nothing_within_reach() -> None:
    index = LineIndex([shapely.LineString([(0, 0), (1, 5)])])

    found = index.nearest(np.array([50.0, -120.0]), np.array([0.0, 60.0]), within_m=10.0)

    assert found.line.tolist() == [-1, -1]
    assert np.isnan(found.distance_m).all()
