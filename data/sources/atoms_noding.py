"""Nodes line work on the grid of the products and closes it to faces."""

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

import topology
from topology import GRID, NONE, Ints, Polygons, to_grid

Floats = NDArray[np.float64]

_KM_PER_DEG = 111.32
_MERCATOR_LIMIT_DEG = 85.0


def ring_edges(polygons: Polygons) -> tuple[Ints, Ints]:
    """Edges of all rings as (x1, y1, x2, y2) grid steps, lower end first, and their polygons.

    An edge comes once per ring that it lies in; edges of no length are left out.
    """
    parts, owner = shapely.get_parts(polygons, return_index=True)
    # get_rings returns nothing for a MultiPolygon, so the parts come first.
    rings, part = shapely.get_rings(parts, return_index=True)
    degrees, ring = shapely.get_coordinates(rings, return_index=True)
    grid = np.round(degrees * GRID).astype(np.int64)
    inside = ring[1:] == ring[:-1]
    one, other = grid[:-1][inside], grid[1:][inside]
    owners = owner[part[ring[:-1][inside]]].astype(np.int64)
    real = (one != other).any(axis=1)
    one, other, owners = one[real], other[real], owners[real]
    turned = (one[:, 0] > other[:, 0]) | ((one[:, 0] == other[:, 0]) & (one[:, 1] > other[:, 1]))
    one[turned], other[turned] = other[turned], one[turned].copy()
    return np.hstack((one, other)), owners


def unique_edges(edges: Ints) -> Ints:
    """Each edge once, sorted."""
    keys = np.column_stack((vertex_keys(edges[:, :2]), vertex_keys(edges[:, 2:])))
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    keys = keys[order]
    first = np.ones(len(keys), dtype=bool)
    first[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    return edges[order][first]


def vertex_keys(grid: Ints) -> Ints:
    """One sortable number per vertex: 32 bits of x and 31 bits of y fit into 63.

    A decimal factor (x * 4e9 + y) overflows east of 50 degrees, silently.
    """
    return ((grid[:, 0] + 180 * int(GRID)) << 31) | (grid[:, 1] + 90 * int(GRID))


def faces_of(edges: Ints) -> Polygons:
    """Faces that edges close, after snap rounding to the grid, in a stable order."""
    lines = shapely.linestrings(unique_edges(edges).reshape(-1, 2, 2) / GRID)
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    noded = shapely.union_all(shapely.get_parts(merged), grid_size=1 / GRID)
    found = to_grid(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))
    west, south, east, north = shapely.bounds(found).T
    return found[np.lexsort((shapely.area(found), north, east, south, west))]


def mercator(xy: Floats) -> Floats:
    """Conformal plane in degrees, where the nearest of near points is truly nearest."""
    lat = np.clip(xy[:, 1], -_MERCATOR_LIMIT_DEG, _MERCATOR_LIMIT_DEG)
    return np.column_stack((xy[:, 0], np.degrees(np.arctanh(np.sin(np.radians(lat))))))


def area_km2(polygons: Polygons) -> Floats:
    """Areas, by the cosine of the latitude in the middle of each polygon."""
    _, south, _, north = shapely.bounds(polygons).T
    scale = np.cos(np.radians((south + north) / 2)) * _KM_PER_DEG**2
    areas: Floats = shapely.area(polygons) * scale
    return areas


def mean_width_km(polygons: Polygons) -> Floats:
    """Area over half the perimeter: the width of a long thin polygon."""
    rings, owner = shapely.get_rings(polygons, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    step = np.hypot(*_step_km(xy[:-1], xy[1:]))
    step[ring[1:] != ring[:-1]] = 0
    perimeter = np.bincount(owner[ring[:-1]], weights=step, minlength=len(polygons))
    widths: Floats = 2 * area_km2(polygons) / perimeter
    return widths


def edge_km(edges: topology.Edges) -> Floats:
    """Length of each edge of a coverage."""
    xy = edges.vertices / GRID
    length: Floats = np.hypot(*_step_km(xy[edges.ends[:, 0]], xy[edges.ends[:, 1]]))
    return length


def _step_km(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    middle = np.radians((one[:, 1] + other[:, 1]) / 2)
    dx = (other[:, 0] - one[:, 0]) * np.cos(middle) * _KM_PER_DEG
    return dx, (other[:, 1] - one[:, 1]) * _KM_PER_DEG


def shared_km(faces: Polygons) -> dict[int, dict[int, float]]:
    """Length of the border between faces: neighbour and km, by face."""
    found = topology.edges(faces)
    inner = found.faces[:, 1] != NONE
    pairs, km = found.faces[inner], edge_km(found)[inner]
    keys, group = np.unique(pairs[:, 0] * len(faces) + pairs[:, 1], return_inverse=True)
    sums = np.bincount(group, weights=km, minlength=len(keys))
    by_face: dict[int, dict[int, float]] = {number: {} for number in range(len(faces))}
    for key, length in zip(keys.tolist(), sums.tolist(), strict=True):
        one, other = divmod(key, len(faces))
        by_face[one][other] = by_face[other][one] = length
    return by_face


def holders_of(points: Polygons, polygons: Polygons) -> list[list[int]]:
    """Numbers of the polygons that hold each point."""
    # The tree holds the points: then the polygons are prepared, which is far faster.
    polygon, point = shapely.STRtree(points).query(polygons, predicate="contains")
    found: list[list[int]] = [[] for _ in points]
    for number, holder in sorted(zip(point.tolist(), polygon.tolist(), strict=True)):
        found[number].append(holder)
    return found


def absorb(
    small: NDArray[np.bool_],
    shared: dict[int, dict[int, float]],
    rank: Callable[[int, int], int | None],
) -> dict[int, int]:
    """Which face takes each small one: the best by rank, then by the longest common border.

    A rank of None forbids. Small faces behind small faces follow in the next pass; those that
    nobody may take stay.
    """
    taken: dict[int, int] = {}
    waiting = set(np.flatnonzero(small).tolist())
    while True:
        passed: dict[int, int] = {}
        for number in sorted(waiting):
            choice = [
                (order, km, -taken.get(other, other))
                for other, km in shared[number].items()
                if other not in waiting
                and (order := rank(number, taken.get(other, other))) is not None
            ]
            if choice:
                passed[number] = -max(choice)[2]
        if not passed:
            return taken
        taken |= passed
        waiting -= passed.keys()
