"""Nearest line to a point, in geodesic metres.

Few points are compared with balls around stretches of the lines, many walk down a tree of boxes
with compiled loops. Both ways only gather what may be nearest; the same few lines of code then
measure it, so that both give the same bits.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt
import shapely

from geo.geodesy import Floats, geod
from geo.spatial.compiling import compiled, kernel_for
from geo.spatial.curve_order import curve_order
from geo.spatial.line_blocks import Near, blocks_of, nearest_in_blocks
from geo.spatial.line_owner_blocks import nearest_owners_in_blocks
from geo.spatial.line_owners import nearest_owners, no_owner_answers, owners_of_boxes
from geo.spatial.line_pieces import Arcs, Integers, Pieces, arcs_of_lines, cut
from geo.spatial.line_search import nearest_pieces, no_answers
from geo.spatial.line_tree import Tree, tree_of

__all__ = ["LineIndex", "Nearest"]

# From here on the import of numba and the building of the tree pay.
_MANY = 10_000
# Points per round: bounds the memory that pairs of points and stretches take.
_FEW = 500
_ROUND = 200_000
_UNITS_PER_DEGREE = 1e7


@dataclass(frozen=True)
class Nearest:
    """Nearest point on the nearest line, for each of n points; arrays of shape (n,) or (n, k).

    `line` is the position of the line in the index, `arc` the arc of it and `edge` the edge of the
    arc, `distance_m` the geodesic distance, `lon_deg` and `lat_deg` the nearest point,
    `azimuth_deg` the direction towards it at the point. Of lines equally near the one with the
    first arc is taken, of its edges the first. Where there is no line, numbers are -1 and NaN.
    """

    line: Integers
    arc: Integers
    edge: Integers
    distance_m: Floats
    lon_deg: Floats
    lat_deg: Floats
    azimuth_deg: Floats


class LineIndex:
    """Index over lines for nearest-line queries.

    Edges are straight in longitude and latitude (RFC 7946). Distances are exact to a millimetre.

    Parameters
    ----------
    lines
        LineStrings or MultiLineStrings, WGS 84 longitude and latitude, each part of which is an
        arc; or `Arcs`. At least one edge in all.

    Examples
    --------
    >>> index = LineIndex([shapely.LineString([(0, 0), (0, 1)])])
    >>> nearest = index.nearest(np.array([1.0]), np.array([0.5]))
    >>> round(float(nearest.distance_m[0])), round(float(nearest.azimuth_deg[0]))
    (111315, -90)
    """

    def __init__(self, lines: Sequence[shapely.Geometry] | npt.NDArray[np.object_] | Arcs) -> None:
        self._arcs = lines if isinstance(lines, Arcs) else arcs_of_lines(lines)
        self._blocks = blocks_of(self._arcs)

    @classmethod
    def from_arcs(
        cls,
        vertices: npt.NDArray[np.int32],
        start: npt.NDArray[np.integer],
        count: npt.NDArray[np.integer],
        owner: npt.NDArray[np.integer],
    ) -> Self:
        """Index over arcs that share one array of vertices, which may be mapped from a file.

        Parameters
        ----------
        vertices
            Longitude and latitude in 1e-7 degree, shape (n, 2).
        start, count
            First vertex and number of vertices of each arc.
        owner
            Number of the line that each arc belongs to.

        Examples
        --------
        >>> vertices = np.array([[0, 0], [0, 10_000_000], [50_000_000, 0]], dtype=np.int32)
        >>> index = LineIndex.from_arcs(vertices, np.array([0]), np.array([2]), np.array([7]))
        >>> index.nearest(np.array([1.0]), np.array([0.5])).line.tolist()
        [7]
        """
        whole = (np.asarray(numbers, dtype=np.int64) for numbers in (start, count, owner))
        return cls(Arcs(vertices, _UNITS_PER_DEGREE, *whole))

    def nearest(self, lon_deg: Floats, lat_deg: Floats, *, within_m: float = math.inf) -> Nearest:
        """Nearest line to each point.

        Where all lines lie within 300 km of the point opposite on the globe, the nearest is taken
        by its chord through the earth.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        within_m
            Greatest distance: where all lines are farther, there is none. Few points are answered
            sooner so.

        Examples
        --------
        >>> index = LineIndex([shapely.LineString([(0, 0), (0, 1)])])
        >>> lon, lat = np.array([0.01, 1.0]), np.array([0.5, 0.5])
        >>> index.nearest(lon, lat, within_m=50_000).line.tolist()
        [0, -1]
        """
        lon_deg = np.ascontiguousarray(lon_deg, dtype=np.float64)
        lat_deg = np.ascontiguousarray(lat_deg, dtype=np.float64)
        if self._walks(nearest_pieces, len(lon_deg), _MANY):
            near = self._nearest_of_many(lon_deg, lat_deg)
        else:
            near = self._nearest_of_few(lon_deg, lat_deg, within_m)
        found = self._answer(lon_deg, lat_deg, near)
        beyond = found.distance_m > within_m
        if not beyond.any():
            return found
        near.arc[beyond], near.edge[beyond], near.place[beyond] = -1, -1, np.nan
        return self._answer(lon_deg, lat_deg, near)

    def nearest_lines(self, lon_deg: Floats, lat_deg: Floats, *, count: int) -> Nearest:
        """Nearest lines to each point, the nearest first, each line once.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        count
            Lines for each point, at least 1; the arrays have the shape (n, count).

        Examples
        --------
        >>> index = LineIndex([shapely.LineString([(x, 0), (x, 1)]) for x in (0, 1, 3)])
        >>> index.nearest_lines(np.array([1.2]), np.array([0.5]), count=2).line.tolist()
        [[1, 0]]
        """
        if count < 1:
            raise ValueError(f"count is {count}; ask for at least 1 line")
        lon_deg = np.ascontiguousarray(lon_deg, dtype=np.float64)
        lat_deg = np.ascontiguousarray(lat_deg, dtype=np.float64)
        if self._walks(nearest_owners, len(lon_deg), _MANY // 10):
            near = self._owners_of_many(lon_deg, lat_deg, count)
        else:
            near = self._owners_of_few(lon_deg, lat_deg, count)
        return self._answer(lon_deg[:, None], lat_deg[:, None], near)

    def _walks(self, kernel: Callable[..., None], points: int, many: int) -> bool:
        """Whether to walk down the tree: there are many points, or it is there, and numba is."""
        prepared = "_tree" in self.__dict__
        return (points >= many or prepared) and kernel_for(kernel, many, plain_below=many) is not (
            kernel
        )

    def _owners_of_few(self, lon_deg: Floats, lat_deg: Floats, count: int) -> Near:
        near = Near(
            np.empty((len(lon_deg), count), dtype=np.int64),
            np.empty((len(lon_deg), count), dtype=np.int64),
            np.empty((len(lon_deg), count, 4)),
        )
        for first in range(0, len(lon_deg), _FEW // 10):
            few = slice(first, first + _FEW // 10)
            found = nearest_owners_in_blocks(
                lon_deg[few], lat_deg[few], self._arcs, self._blocks, count
            )
            near.arc[few], near.edge[few], near.place[few] = found
        return near

    def _owners_of_many(self, lon_deg: Floats, lat_deg: Floats, count: int) -> Near:
        order = curve_order(lon_deg, lat_deg)
        pieces, tree = self._tree
        owner = self._arcs.owner[self._run_arc]
        boxes = owners_of_boxes(tree, owner[self._run[tree.leaf_first]])
        answers = no_owner_answers(len(order), count)
        compiled(nearest_owners)(lon_deg[order], lat_deg[order], tree, boxes, answers)
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        piece = answers.piece[back]
        arc = np.where(piece < 0, -1, self._run_arc[self._run[piece]])
        return Near(arc, np.where(piece < 0, -1, pieces.edge[piece]), answers.place[back])

    def _nearest_of_few(self, lon_deg: Floats, lat_deg: Floats, within_m: float) -> Near:
        rounds = [slice(first, first + _FEW) for first in range(0, len(lon_deg), _FEW)]
        found = [
            nearest_in_blocks(lon_deg[few], lat_deg[few], self._arcs, self._blocks, within_m)
            for few in rounds
        ]
        if not found:
            nothing = np.empty(0, dtype=np.int64)
            return Near(nothing, nothing, np.empty((0, 4)))
        return Near(*map(np.concatenate, zip(*found, strict=True)))

    def _nearest_of_many(self, lon_deg: Floats, lat_deg: Floats) -> Near:
        order = curve_order(lon_deg, lat_deg)
        pieces, tree = self._tree
        near = Near(np.empty_like(order), np.empty_like(order), np.empty((len(order), 4)))
        for first in range(0, len(order), _ROUND):
            asked = order[first : first + _ROUND]
            answers = no_answers(len(asked))
            compiled(nearest_pieces)(lon_deg[asked], lat_deg[asked], tree, answers)
            near.arc[asked] = self._run_arc[self._run[answers.piece]]
            near.edge[asked] = pieces.edge[answers.piece]
            near.place[asked] = answers.place
        return near

    @cached_property
    def _tree(self) -> tuple[Pieces, Tree]:
        arcs = self._run_arc
        pieces = cut(self._arcs, self._arcs.start[arcs], self._arcs.count[arcs])
        return pieces, tree_of(pieces)

    @cached_property
    def _run_arc(self) -> Integers:
        """Arcs with two different points."""
        return np.unique(self._blocks.arc)

    @cached_property
    def _run(self) -> npt.NDArray[np.int32]:
        """Run of each vertex of the pieces."""
        count = self._tree[0].count
        return np.repeat(np.arange(len(count), dtype=np.int32), count)

    def _answer(self, lon_deg: Floats, lat_deg: Floats, near: Near) -> Nearest:
        places = np.moveaxis(near.place, -1, 0).copy()
        distance_m, foot_lon, foot_lat, azimuth_deg = places
        opposite = ~np.isfinite(distance_m) & (near.arc >= 0)
        if opposite.any():
            ends = np.broadcast_arrays(lon_deg, lat_deg, foot_lon, foot_lat)
            lon, lat, to_lon, to_lat = (one[opposite] for one in ends)
            azimuth_deg[opposite], _, distance_m[opposite] = geod().inv(lon, lat, to_lon, to_lat)
        line = np.where(near.arc < 0, -1, self._arcs.owner[near.arc])
        return Nearest(line, near.arc, near.edge, distance_m, foot_lon, foot_lat, azimuth_deg)
