"""Areas from the arcs between them: rings closed by vertex identity, never by nearness."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.geodesy import Floats

__all__ = ["GRID_STEPS_PER_DEGREE", "lines_of", "stitched"]

#: Vertices are whole steps of this grid.
GRID_STEPS_PER_DEGREE = 1e7

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Walks:
    """Arcs walked with their area on the left: those of each ring in a row, ring after ring."""

    label: Ints
    ring: Ints
    arc: Ints
    forwards: npt.NDArray[np.bool_]


def lines_of(arcs: pd.DataFrame, vertices: npt.NDArray[np.int32]) -> npt.NDArray[np.object_]:
    """One LineString per row of the arc table, WGS 84 in degrees."""
    count = arcs["count"].to_numpy(dtype=np.int64)
    line = np.repeat(np.arange(len(arcs)), count)
    vertex = _runs(arcs["start"].to_numpy(dtype=np.int64), count)
    return np.asarray(shapely.linestrings(vertices[vertex] / GRID_STEPS_PER_DEGREE, indices=line))


def stitched(
    arcs: pd.DataFrame, vertices: npt.NDArray[np.int32], label_of_atom: Ints, *, count: int
) -> npt.NDArray[np.object_]:
    """Areas that the atoms of one label make together.

    Parameters
    ----------
    arcs
        Arc table with `left`, `right`, `start`, `count`: the atoms on both sides, the vertices.
    vertices
        Shape (n, 2), in steps of the grid.
    label_of_atom
        Number of the area to which each atom belongs, from 0; -1 for none.
    count
        Number of areas.

    Returns
    -------
    numpy.ndarray
        MultiPolygons, one per area, None for one without atoms; shells run counterclockwise. Every
        vertex is one of an arc.
    """
    walks = _walks(arcs, vertices, label_of_atom)
    xy, ring = _ring_vertices(arcs, vertices, walks)
    first = np.flatnonzero(np.diff(ring, prepend=-1))
    label = walks.label[np.flatnonzero(np.diff(walks.ring, prepend=-1))]
    area = _signed_area(xy, ring, first)
    rings = np.asarray(shapely.linearrings(xy, indices=ring))
    shells, holes = np.flatnonzero(area > 0), np.flatnonzero(area < 0)
    shell_of_hole = _shells_around(rings, label, np.abs(area), shells, holes)
    by_shell = dict(pd.Series(holes).groupby(shell_of_hole).indices)
    polygons = [
        shapely.polygons(rings[shell], rings[holes[by_shell[shell]]])
        if shell in by_shell
        else shapely.polygons(rings[shell])
        for shell in shells.tolist()
    ]
    areas = np.full(count, None, dtype=object)
    order = np.argsort(label[shells], kind="stable")
    shapely.multipolygons(
        np.array(polygons, dtype=object)[order], indices=label[shells][order], out=areas
    )
    return areas


def _runs(start: Ints, count: Ints) -> Ints:
    """Concatenation of the ranges [start, start + count)."""
    first = np.cumsum(count) - count
    return np.arange(int(count.sum())) - np.repeat(first - start, count)


def _walks(arcs: pd.DataFrame, vertices: npt.NDArray[np.int32], label_of_atom: Ints) -> _Walks:
    # The last entry answers for -1, nothing.
    labels = np.append(label_of_atom, -1)
    left, right = labels[arcs["left"].to_numpy()], labels[arcs["right"].to_numpy()]
    dividing = left != right
    forth, back = (np.flatnonzero(dividing & (side >= 0)) for side in (left, right))
    arc = np.concatenate((forth, back))
    label = np.concatenate((left[forth], right[back]))
    forwards = np.arange(len(arc)) < len(forth)
    start = arcs["start"].to_numpy(dtype=np.int64)[arc]
    end = start + arcs["count"].to_numpy(dtype=np.int64)[arc] - 1
    leaves, arrives = np.where(forwards, start, end), np.where(forwards, end, start)
    # The second vertex on the way tells the direction at the node.
    after = np.where(forwards, start + 1, end - 1)
    before = np.where(forwards, end - 1, start + 1)
    following = _following(label, vertices, (leaves, after), (before, arrives))
    ring, place = _rings(following, _nodes(label, vertices, leaves))
    order = np.lexsort((place, ring))
    return _Walks(label[order], ring[order], arc[order], forwards[order])


def _nodes(label: Ints, vertices: npt.NDArray[np.int32], vertex: Ints) -> Ints:
    """One number for each place where arcs of one label meet."""
    x, y = vertices[vertex].astype(np.int64).T
    frame = pd.DataFrame({"label": label, "x": x, "y": y})
    return frame.groupby(["label", "x", "y"], sort=False).ngroup().to_numpy().astype(np.int64)


def _following(
    label: Ints,
    vertices: npt.NDArray[np.int32],
    leaving: tuple[Ints, Ints],
    arriving: tuple[Ints, Ints],
) -> Ints:
    """Walk that goes on where each walk ends."""
    count = len(label)
    node = _nodes(np.tile(label, 2), vertices, np.concatenate((leaving[0], arriving[1])))
    out_node, in_node = node[:count], node[count:]
    by_node = np.argsort(out_node, kind="stable")
    first = np.searchsorted(out_node[by_node], in_node, side="left")
    last = np.searchsorted(out_node[by_node], in_node, side="right")
    following = by_node[first]
    for walk in np.flatnonzero(last - first > 1).tolist():
        # Where an area touches itself, its ring turns as far right as it can.
        choices = by_node[first[walk] : last[walk]]
        here = vertices[arriving[1][walk]]
        back_deg = _direction_deg(vertices[arriving[0][walk]], here)
        turns = [
            (back_deg - _direction_deg(vertices[leaving[1][choice]], here)) % 360.0
            for choice in choices.tolist()
        ]
        following[walk] = choices[int(np.argmin(turns))]
    return following


def _direction_deg(towards: npt.NDArray[np.int32], here: npt.NDArray[np.int32]) -> float:
    east, north = towards.astype(np.float64) - here.astype(np.float64)
    return float(np.degrees(np.arctan2(north, east)))


def _rings(following: Ints, node: Ints) -> tuple[Ints, Ints]:
    """Ring of each walk, and its place in the ring; a ring passes each node once."""
    ring = np.full(len(following), -1, dtype=np.int64)
    place = np.zeros(len(following), dtype=np.int64)
    steps, nodes, done = following.tolist(), node.tolist(), 0
    seen = [False] * len(steps)
    for start in range(len(steps)):
        path: list[int] = []
        where: dict[int, int] = {}
        walk = start
        while not seen[walk]:
            seen[walk] = True
            where[nodes[walk]] = len(path)
            path.append(walk)
            walk = steps[walk]
            back = where.get(nodes[walk])
            if back is not None:
                closed = path[back:]
                ring[closed], place[closed] = done, np.arange(len(closed))
                done += 1
                for left_behind in closed:
                    del where[nodes[left_behind]]
                del path[back:]
    return ring, place


def _ring_vertices(
    arcs: pd.DataFrame, vertices: npt.NDArray[np.int32], walks: _Walks
) -> tuple[Floats, Ints]:
    """Vertices of all rings in degrees, each ring without its repeated end, and their rings."""
    start = arcs["start"].to_numpy(dtype=np.int64)[walks.arc]
    step = arcs["count"].to_numpy(dtype=np.int64)[walks.arc] - 1
    along = _runs(np.zeros_like(step), step)
    vertex = np.where(
        np.repeat(walks.forwards, step),
        np.repeat(start, step) + along,
        np.repeat(start + step, step) - along,
    )
    return vertices[vertex] / GRID_STEPS_PER_DEGREE, np.repeat(walks.ring, step)


def _signed_area(xy: Floats, ring: Ints, first: Ints) -> Floats:
    """Square degrees of each ring, above 0 where it runs counterclockwise."""
    following = np.arange(1, len(xy) + 1)
    following[np.append(first[1:], len(xy)) - 1] = first
    # Near its own first vertex, so that no digits are lost.
    x, y = (xy - xy[first][ring]).T
    return np.asarray(np.add.reduceat(x * y[following] - x[following] * y, first) / 2)


def _shells_around(
    rings: npt.NDArray[np.object_], label: Ints, area: Floats, shells: Ints, holes: Ints
) -> Ints:
    """Shell of each hole: the smallest of its label that covers it."""
    filled = np.asarray(shapely.polygons(rings))
    tree = shapely.STRtree(filled[shells])
    hole, shell = tree.query(filled[holes])
    hole, shell = holes[hole], shells[shell]
    fitting = (label[hole] == label[shell]) & (area[shell] > area[hole])
    hole, shell = hole[fitting], shell[fitting]
    order = np.lexsort((area[shell], hole))
    hole, shell = hole[order], shell[order]
    alone = np.bincount(hole, minlength=len(rings))[hole] == 1
    covers = alone.copy()
    covers[~alone] = shapely.covers(filled[shell[~alone]], filled[hole[~alone]])
    hole, shell = hole[covers], shell[covers]
    _, first = np.unique(hole, return_index=True)
    return np.asarray(shell[first])
