"""Topology of a polygon coverage: its edges, nodes and arcs, by exact vertex identity."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

GRID = 1e7
"""Steps per degree: every vertex of a product lies on this grid."""

NONE = -1
"""Face number of what no polygon covers."""

Polygons = NDArray[np.object_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Edges:
    """Edges of a coverage, each once, with the faces on its two sides."""

    vertices: Ints  # (n, 2) grid steps, sorted by x, then y
    ends: Ints  # (m, 2) vertex numbers, the lower first
    faces: Ints  # (m, 2) face numbers, the lower first; NONE comes last


@dataclass(frozen=True)
class Arcs:
    """Maximal chains of edges between two nodes with the same two faces."""

    faces: Ints  # (k, 2)
    lines: Polygons  # LineStrings in degrees


def to_grid(geometry: Polygons) -> Polygons:
    """Round all vertices to the grid, which keeps shared vertices shared."""
    rounded: Polygons = shapely.transform(geometry, lambda xy: np.round(xy, 7) + 0.0)
    return rounded


def edges(polygons: Polygons) -> Edges:
    """Find the edges of a coverage and the faces beside them.

    Raises
    ------
    ValueError
        An edge has more than two faces, or twice the same one: the coverage is not valid.
    """
    vertices, ends, owner = _ring_edges(polygons)
    order = np.lexsort((owner, ends[:, 1], ends[:, 0]))
    ends, owner = ends[order], owner[order]
    first = np.ones(len(ends), dtype=bool)
    first[1:] = (ends[1:] != ends[:-1]).any(axis=1)
    starts = np.flatnonzero(first)
    uses = np.diff(np.append(starts, len(ends)))
    faces = np.full((len(starts), 2), NONE, dtype=np.int64)
    faces[:, 0] = owner[starts]
    shared = uses == 2
    faces[shared, 1] = owner[starts[shared] + 1]
    broken = (uses > 2) | (faces[:, 0] == faces[:, 1])
    if broken.any():
        where = vertices[ends[starts[broken][0], 0]] / GRID
        raise ValueError(f"{broken.sum()} edges lie in more than two faces, first at {where}.")
    return Edges(vertices, ends[starts], faces)


def _ring_edges(polygons: Polygons) -> tuple[Ints, Ints, Ints]:
    parts, face_of_part = shapely.get_parts(polygons, return_index=True)
    # get_rings returns nothing for a MultiPolygon, so the parts come first.
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    degrees, ring = shapely.get_coordinates(rings, return_index=True)
    grid = np.round(degrees * GRID).astype(np.int64)
    # One sortable number per vertex: 32 bits of x and 31 bits of y fit into 63.
    key = ((grid[:, 0] + 180 * int(GRID)) << 31) | (grid[:, 1] + 90 * int(GRID))
    unique, number = np.unique(key, return_inverse=True)
    vertices = np.column_stack(
        ((unique >> 31) - 180 * int(GRID), (unique & (2**31 - 1)) - 90 * int(GRID))
    )
    inside = ring[1:] == ring[:-1]
    ends = np.column_stack((number[:-1][inside], number[1:][inside])).astype(np.int64)
    owner = face_of_part[part_of_ring[ring[:-1][inside]]].astype(np.int64)
    real = ends[:, 0] != ends[:, 1]
    return vertices, np.sort(ends[real], axis=1), owner[real]


def arcs(found: Edges) -> Arcs:
    """Chain the edges into arcs.

    A node is a vertex where the number of edges is not two, or where the faces change. An arc runs
    from its lower end (by x, then y) to the other; arcs without a node are closed rings. The arcs
    are sorted by faces, then by their first vertices.
    """
    neighbours, offsets, node = _incidence(found)
    walker = _Walker(found.ends.tolist(), neighbours.tolist(), offsets.tolist(), node.tolist())
    degrees = found.vertices / GRID
    chains = walker.chains()
    chains.sort(key=lambda chain: (*found.faces[chain[0]].tolist(), *chain[1]))
    faces = found.faces[[edge for edge, _ in chains]]
    lines = [shapely.LineString(degrees[path]) for _, path in chains]
    return Arcs(faces, np.array(lines, dtype=object))


def _incidence(found: Edges) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    count = len(found.vertices)
    flat = found.ends.ravel()
    order = np.argsort(flat, kind="stable")
    degree = np.bincount(flat, minlength=count)
    offsets = np.concatenate(([0], np.cumsum(degree))).astype(np.int64)
    neighbours = (order // 2).astype(np.int64)
    node = degree != 2
    plain = np.flatnonzero(~node)
    here, there = neighbours[offsets[plain]], neighbours[offsets[plain] + 1]
    node[plain] = (found.faces[here] != found.faces[there]).any(axis=1)
    return neighbours, offsets, node


def hole_at(polygons: Polygons, position: tuple[float, float]) -> shapely.Polygon:
    """Gap of a coverage that holds a position and that faces surround.

    Raises
    ------
    ValueError
        There is none.
    """
    point = shapely.Point(position)
    for part in shapely.get_parts(shapely.coverage_union_all(polygons)):
        for ring in part.interiors:
            gap = shapely.Polygon(ring)
            if gap.contains(point):
                return gap
    raise ValueError(f"The coverage has no gap at {position}.")


@dataclass
class _Walker:
    """Walks along edges from node to node; plain lists, because every step is scalar."""

    ends: list[list[int]]
    neighbours: list[int]
    offsets: list[int]
    node: list[bool]

    def chains(self) -> list[tuple[int, list[int]]]:
        """All chains, each as one of its edges and its vertices."""
        self.free = [True] * len(self.ends)
        corners = (vertex for vertex, is_node in enumerate(self.node) if is_node)
        rest = range(len(self.node))
        found = []
        for start in (*corners, *rest):
            for edge in self._edges(start):
                if self.free[edge]:
                    path = self._walk(start, edge)
                    found.append((edge, path if path[0] < path[-1] else _ring_order(path)))
        return found

    def _edges(self, vertex: int) -> list[int]:
        return self.neighbours[self.offsets[vertex] : self.offsets[vertex + 1]]

    def _walk(self, start: int, edge: int) -> list[int]:
        path = [start]
        while True:
            self.free[edge] = False
            one, other = self.ends[edge]
            here = other if path[-1] == one else one
            path.append(here)
            if here == start or self.node[here]:
                return path
            edge = next(following for following in self._edges(here) if self.free[following])


def _ring_order(path: list[int]) -> list[int]:
    backwards = path[::-1]
    return min(path, backwards)


def faces_of(found: Arcs) -> dict[int, list[int]]:
    """Arc numbers of each face."""
    by_face: dict[int, list[int]] = defaultdict(list)
    for number, (left, right) in enumerate(found.faces.tolist()):
        for face in {left, right} - {NONE}:
            by_face[face].append(number)
    return by_face


def stitched_area(lines: Polygons) -> float | None:
    """Square degrees that arcs enclose (even-odd), None when they do not close."""
    ends = np.array([line.coords[at] for line in lines for at in (0, -1)])
    _, uses = np.unique(ends, axis=0, return_counts=True)
    if (uses % 2).any():
        return None
    return float(shapely.area(shapely.build_area(shapely.MultiLineString(list(lines)))))
