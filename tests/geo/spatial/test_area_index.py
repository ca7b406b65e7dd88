import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely import MultiPolygon, Polygon, box

from geo.spatial import areas_kernels
from geo.spatial.areas import NOWHERE, AreaIndex
from geo.spatial.compiling import compiled
from geo.spatial.coverage import Coverage

LEFT, RIGHT = box(0, 0, 1, 1), box(1, 0, 2, 1)


def coverage_of(*rings: tuple[int, int, list[tuple[float, float]]]) -> Coverage:
    """Coverage of arcs: left face, right face, vertices in degrees."""
    vertices = np.concatenate([np.asarray(points) for _, _, points in rings])
    start = np.cumsum([0, *(len(points) for _, _, points in rings)])
    left, right = np.array([ring[:2] for ring in rings]).T
    return Coverage(np.rint(vertices * 1e7).astype(np.int32), start, left, right)


def shared_edges(areas: list[Any]) -> Coverage:
    """Coverage of polygons whose edges are the same on both sides; one arc for each edge."""
    sides: dict[tuple[tuple[float, float], tuple[float, float]], int] = {}
    for number, area in enumerate(areas):
        for part in shapely.get_parts(shapely.orient_polygons(area)):
            for ring in (part.exterior, *part.interiors):
                points = [tuple(point) for point in shapely.get_coordinates(ring)]
                sides.update(dict.fromkeys(pairwise(points), number))
    # Rings run anticlockwise around what they enclose, so the area lies on their left.
    once = {(a, b): n for (a, b), n in sides.items() if (b, a) not in sides or a < b}
    return coverage_of(*((n, sides.get((b, a), NOWHERE), [a, b]) for (a, b), n in once.items()))


# Coordinates are read to 1.5e-12 of a degree; nearer than this to a line either side is right.
HAIR_DEG = 1e-11


def expected(areas: list[Any], lon: Any, lat: Any) -> list[set[int]]:
    """Right answers by shapely: the first that holds a point inside, or one that it touches."""
    points = shapely.points(lon, lat)
    first = np.full(len(points), NOWHERE)
    right = [set() for _ in points]
    for number, area in reversed(list(enumerate(areas))):
        is_near = shapely.distance(points, area.boundary) < HAIR_DEG
        is_inside = shapely.contains_xy(area, lon, lat) & ~is_near
        first[is_inside] = number
        for position in np.flatnonzero(is_near | is_inside):
            right[position] = {number} | (set() if is_inside[position] else right[position])
    return [answers | {int(n)} for answers, n in zip(right, first, strict=True)]


def assert_right(index: AreaIndex, areas: list[Any], lon: Any, lat: Any) -> None:
    found = index.containing(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
    wrong = [
        (x, y, int(answer), right)
        for x, y, answer, right in zip(lon, lat, found, expected(areas, lon, lat), strict=True)
        if answer not in right
    ]
    assert not wrong


def points_around(areas: list[Any], seed: int = 0) -> tuple[Any, Any]:
    """Vertices, middles of edges, points a hair from them, and random points."""
    generator = np.random.default_rng(seed)
    vertices = shapely.get_coordinates(areas)
    middles = (vertices[1:] + vertices[:-1]) / 2
    on = np.concatenate((vertices, middles))
    low, high = vertices.min(axis=0) - 0.3, vertices.max(axis=0) + 0.3
    spread = generator.uniform(low, high, (100, 2))
    points = np.concatenate((on, on + generator.normal(0, 1e-6, on.shape), spread))
    return np.clip(points, (-180, -90), (180, 90)).T


ANGLES = np.linspace(0, 6.28, 400)
REACH = np.tile((0.001, 1.0), 200)
STAR = np.column_stack((10 + np.cos(ANGLES) * REACH, 60 + np.sin(ANGLES) * REACH))

ZOO = {
    "a square with a hole": [box(0, 0, 3, 3) - box(1, 1, 2, 2)],
    "an enclave in the hole": [box(0, 0, 3, 3) - box(1, 1, 2, 2), box(1, 1, 2, 2)],
    "an island in a lake on an island": [
        box(0, 0, 5, 5) - box(1, 1, 4, 4) | box(2, 2, 3, 3),
        box(1, 1, 4, 4) - box(2, 2, 3, 3),
    ],
    "parts far from each other": [MultiPolygon([box(0, 0, 1, 1), box(50, 50, 51, 51)]), RIGHT],
    "parts that touch at a point": [MultiPolygon([box(0, 0, 1, 1), box(1, 1, 2, 2)])],
    "a hole that touches the shell": [
        Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(0, 2), (1, 1), (1, 3)]])
    ],
    "four squares at a corner": [LEFT, RIGHT, box(0, 1, 1, 2), box(1, 1, 2, 2)],
    "overlapping squares": [box(0, 0, 2, 2), box(1, 1, 3, 3), box(0.5, 0.5, 2.5, 2.5)],
    "one within the other": [box(1, 1, 2, 2), box(0, 0, 3, 3)],
    "one hidden by the other": [box(0, 0, 3, 3), box(1, 1, 2, 2)],
    "the same twice": [LEFT, LEFT],
    "a sliver": [Polygon([(0, 0), (10, 1e-7), (10, 2e-7)]), Polygon([(0, 0), (10, 0), (10, 1e-7)])],
    "a slanted sliver": [Polygon([(0, 0), (10, 7), (10, 7.0000001)])],
    "smaller than a millimetre": [box(5, 5, 5.000000002, 5.000000002)],
    "sides on the grid of cells": [box(0.25, 0.25, 0.75, 0.5), box(0.75, 0.25, 1.0, 0.5)],
    "sides at the antimeridian": [box(179, -1, 180, 1), box(-180, -1, -179, 1)],
    "both poles": [box(-180, 80, 180, 90), box(-180, -90, 180, -80)],
    "the whole world": [box(-180, -90, 180, 90)],
    "a comb": [
        Polygon([(0, 0), *((x / 50, 1 + x % 2) for x in range(200)), (4, 0)]),
        Polygon([(0, 3), *((x / 50, 1 + x % 2) for x in range(200)), (4, 3)]),
    ],
    "a star of needles": [Polygon(np.round(STAR, 7))],
}  # fmt: skip


@pytest.mark.parametrize("name", ZOO)
def test_hard_geometries_agree_with_shapely(name: str) -> None:
    areas = ZOO[name]

    assert_right(AreaIndex(areas), areas, *points_around(areas))


@pytest.mark.parametrize(
    "name",
    [
        "an enclave in the hole",
        "an island in a lake on an island",
        "parts that touch at a point",
        "four squares at a corner",
        "a sliver",
        "sides on the grid of cells",
        "sides at the antimeridian",
        "both poles",
        "the whole world",
        "a star of needles",
    ],
)
def test_coverages_of_hard_geometries_agree_with_shapely(name: str) -> None:
    areas = ZOO[name]

    index = AreaIndex.from_coverage(shared_edges(areas))

    assert_right(index, areas, *points_around(areas))


def test_a_point_on_a_line_belongs_to_the_area_north_of_it_or_else_east() -> None:
    four = [LEFT, RIGHT, box(0, 1, 1, 2), box(1, 1, 2, 2)]
    lon, lat = np.array([1.0, 0.5, 1.0, 0.0, 2.0]), np.array([0.5, 1.0, 1.0, 0.0, 2.0])

    for index in (AreaIndex(four), AreaIndex.from_coverage(shared_edges(four))):
        assert index.containing(lon, lat).tolist() == [1, 2, 3, 0, NOWHERE]


def test_the_ends_of_the_world_belong_to_what_lies_beside_them() -> None:
    areas = [box(170, -90, 180, 90), box(-180, -90, -170, 90)]
    lon = np.array([180.0, -180.0, 175.0, 175.0, 180.0, -180.0])
    lat = np.array([0.0, 0.0, 90.0, -90.0, 90.0, -90.0])

    assert AreaIndex(areas).containing(lon, lat).tolist() == [0, 1, 0, 0, 0, 1]


def test_longitudes_are_wrapped_and_what_is_no_place_lies_nowhere() -> None:
    lon = np.array([360.5, -359.5, 720.5, 0.5, 0.5, np.nan, np.inf, 0.5])
    lat = np.array([0.5, 0.5, 0.5, 90.1, np.nan, 0.5, 0.5, -np.inf])

    assert AreaIndex([LEFT]).containing(lon, lat).tolist() == [0, 0, 0, *[NOWHERE] * 5]


def test_nothing_lies_in_empty_and_missing_areas() -> None:
    index = AreaIndex([None, Polygon(), LEFT, MultiPolygon()])

    assert index.containing(np.array([0.5, 5.0]), np.array([0.5, 5.0])).tolist() == [2, NOWHERE]
    assert AreaIndex([]).containing(np.array([0.5]), np.array([0.5])).tolist() == [NOWHERE]
    assert AreaIndex([LEFT]).containing(np.array([]), np.array([])).tolist() == []


def test_a_geometry_without_an_inside_is_refused() -> None:
    with pytest.raises(ValueError, match="position 1 is a LINESTRING"):
        AreaIndex([LEFT, shapely.LineString([(0, 0), (1, 1)])])


def test_an_area_beyond_the_antimeridian_is_refused() -> None:
    with pytest.raises(ValueError, match=r"position 1 reaches 181\.0"):
        AreaIndex([LEFT, box(179, 0, 181, 1)])


def test_the_label_of_a_face_that_does_not_close_is_refused() -> None:
    open_line = coverage_of((0, NOWHERE, [(0, 0), (1, 1), (0, 2)]))

    with pytest.raises(ValueError, match="must close around"):
        AreaIndex.from_coverage(open_line)


@pytest.mark.parametrize(
    "kind", [AreaIndex, lambda areas: AreaIndex.from_coverage(shared_edges(areas))]
)
def test_labels_merge_areas(kind: Any) -> None:
    four = [LEFT, RIGHT, box(0, 1, 1, 2), box(1, 1, 2, 2)]
    lon, lat = points_around(four)
    labels = np.array([5, 5, NOWHERE, 0])
    index = kind(four)

    found = index.containing(lon, lat)
    merged = index.relabelled(labels).containing(lon, lat)

    assert merged.tolist() == np.append(labels, NOWHERE)[found].tolist()
    assert index.relabelled(labels).relabelled([0, 1, 2, 3]).containing(lon, lat).tolist() == (
        found.tolist()
    )


def test_too_few_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="2 areas need 2 labels"):
        AreaIndex([LEFT, RIGHT]).relabelled([1])


def test_labels_below_nowhere_are_refused() -> None:
    with pytest.raises(ValueError, match="go down to -2"):
        AreaIndex([LEFT]).relabelled([-2])


def test_merged_cells_keep_no_inner_lines() -> None:
    coverage = shared_edges([LEFT, RIGHT])

    cells, splits, runs, _ = AreaIndex.from_coverage(coverage).relabelled([0, 0])._search.arrays

    assert (cells[360:364, 720:728] == 0).all()
    assert len(splits) == len(runs) == 0


def test_a_saved_index_answers_alike(tmp_path: Path) -> None:
    areas = ZOO["a star of needles"]
    coverage = shared_edges(areas)
    index = AreaIndex.from_coverage(coverage)
    lon, lat = points_around(areas)

    names = [path.name for path in index.save(tmp_path, "area")]
    opened = AreaIndex.load(tmp_path, "area", coverage)

    assert names == ["area_cells.npy", "area_splits.npy", "area_runs.npy"]
    assert opened.containing(lon, lat).tolist() == index.containing(lon, lat).tolist()


def test_the_index_of_polygons_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="only the index of a coverage"):
        AreaIndex([LEFT]).save(tmp_path, "area")


def test_a_coverage_whose_arrays_do_not_fit_is_refused() -> None:
    vertices = np.zeros((3, 2), dtype=np.int32)

    with pytest.raises(ValueError, match="one start more"):
        Coverage(vertices, np.array([0, 3]), np.array([0]), np.array([0, 1]))
    with pytest.raises(ValueError, match="from 0 to its 3 vertices"):
        Coverage(vertices, np.array([0, 2]), np.array([0]), np.array([1]))


@st.composite
def partitions(draw: st.DrawFn) -> list[Any]:
    """Voronoi cells on a lattice, so that many edges are level, upright or end at a node."""
    lattice = st.tuples(st.integers(-8, 8), st.integers(-8, 8))
    seeds = draw(st.lists(lattice, min_size=2, max_size=12, unique=True))
    scale = draw(st.sampled_from([0.05, 0.25, 1.0, 9.0]))
    points = shapely.MultiPoint(np.array(seeds) * scale)
    frame = box(*np.array((-9, -9, 9, 9)) * scale)
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=frame))
    cut = shapely.set_precision(shapely.intersection(cells, frame), 1e-7)
    return [cell for cell in cut if not cell.is_empty and cell.geom_type == "Polygon"]


@settings(max_examples=25, deadline=None)
@given(partitions(), st.integers(0, 2**31))
def test_random_areas_agree_with_shapely(areas: list[Any], seed: int) -> None:
    assert_right(AreaIndex(areas), areas, *points_around(areas, seed))


@st.composite
def lattice_coverages(draw: st.DrawFn) -> list[Any]:
    """Triangles of a jittered lattice in groups: all edges are shared from node to node."""
    size = draw(st.integers(1, 6))
    scale = draw(st.sampled_from([0.01, 0.125, 3.0]))
    generator = np.random.default_rng(draw(st.integers(0, 2**31)))
    jitter = generator.uniform(-0.2, 0.2, (size + 1, size + 1, 2)) * draw(st.booleans())
    rows, columns = np.mgrid[0 : size + 1, 0 : size + 1]
    nodes = np.rint((np.stack((columns, rows), axis=-1) + jitter) * scale * 1e7) / 1e7
    triangles = []
    for row in range(size):
        for column in range(size):
            a, b = nodes[row, column], nodes[row, column + 1]
            c, d = nodes[row + 1, column + 1], nodes[row + 1, column]
            triangles += [Polygon([a, b, c]), Polygon([a, c, d])]
    return triangles


@settings(max_examples=25, deadline=None)
@given(lattice_coverages(), st.integers(0, 2**31))
def test_random_coverages_agree_with_shapely_and_with_areas(areas: list[Any], seed: int) -> None:
    lon, lat = points_around(areas, seed)
    index = AreaIndex.from_coverage(shared_edges(areas))

    assert_right(index, areas, lon, lat)
    assert index.containing(lon, lat).tolist() == AreaIndex(areas).containing(lon, lat).tolist()


coordinates = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]) | st.floats(-0.5, 2.5)


@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=20))
def test_the_order_of_points_does_not_matter_and_they_are_left_alone(
    points: list[tuple[float, float]],
) -> None:
    lon, lat = np.array(points).T.copy()
    before = lon.copy(), lat.copy()
    index = AreaIndex([box(0, 0, 1, 1), box(0.5, 0.5, 2, 2)])

    found = index.containing(lon, lat)

    assert index.containing(lon[::-1], lat[::-1]).tolist() == found[::-1].tolist()
    assert (lon.tolist(), lat.tolist()) == (before[0].tolist(), before[1].tolist())


@pytest.mark.parametrize("name", ["a comb", "overlapping squares", "a star of needles"])
def test_plain_and_compiled_loops_give_the_same(name: str) -> None:
    areas = ZOO[name]
    lon, lat = points_around(areas)
    lon = np.append(lon, [np.nan, 540.1, 180.0])
    lat = np.append(lat, [0.0, 0.5, 91.0])
    indexes = [AreaIndex(areas)]
    if name == "a star of needles":
        indexes.append(AreaIndex.from_coverage(shared_edges(areas)))
    for index in indexes:
        kernel = index._search.kernel
        answers = []
        for loop in (kernel, compiled(kernel)):
            found = np.empty(len(lon), dtype=np.int64)
            loop(lon, lat, *index._search.arrays, found)
            answers.append(found.tolist())
        assert compiled(kernel) is not kernel
        assert answers[0] == answers[1]


@given(*[st.integers(-(2**40), 2**40).map(lambda n: n / 2**16)] * 6)
def test_the_side_of_a_line_is_exact(
    x1: float, y1: float, x2: float, y2: float, px: float, py: float
) -> None:
    from fractions import Fraction

    ax, ay, bx, by, cx, cy = map(Fraction, (x1, y1, x2, y2, px, py))
    exact = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    right = exact > 0 if exact else (bx > ax if bx != ax else by < ay)

    assert areas_kernels.left_of(x1, y1, x2, y2, px, py) == right


@given(st.integers(-(2**31), 2**31), st.integers(-(2**31), 2**31), st.integers(1, 10**9))
def test_a_point_a_hair_beside_a_long_line_is_on_its_side(dx: int, dy: int, part: int) -> None:
    if dx == 0:
        return
    x, y = dx * (part / 10**9), dy * (part / 10**9)
    x, y = np.rint(x * 2**16) / 2**16, np.rint(y * 2**16) / 2**16
    test_the_side_of_a_line_is_exact.hypothesis.inner_test(0.0, 0.0, dx, dy, x, y)  # type: ignore[attr-defined]


def test_a_few_points_do_not_import_numba() -> None:
    code = """
import sys, numpy, shapely
from geo.spatial.areas import AreaIndex
found = AreaIndex([shapely.box(0, 0, 1, 1)]).containing(numpy.full(100, 0.5), numpy.full(100, 0.5))
assert found.tolist() == [0] * 100
assert "numba" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("missing", ["numba", "folder"])
def test_many_points_need_neither_numba_nor_a_folder(missing: str, tmp_path: Path) -> None:
    code = """
import sys, numpy, shapely
if sys.argv[1] == "numba":
    sys.modules["numba"] = None
from geo.spatial.areas import AreaIndex
found = AreaIndex([shapely.box(0, 0, 1, 1)]).containing(numpy.full(10000, 0.5), numpy.zeros(10000))
assert found.tolist() == [0] * 10000
assert sys.argv[1] == "numba" or "numba" in sys.modules
"""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    # A folder below a file can be made by nobody, not even by root.
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(blocked / "cache")}
    subprocess.run([sys.executable, "-c", code, missing], check=True, env=environment)
