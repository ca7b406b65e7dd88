"""Points within a distance of others, and the nearest ones, in geodesic metres.

Few points are compared one with each, many walk down a tree of boxes with compiled loops. Both ways
only gather what may be near; the same lines of code then measure it, so that both give the same
bits.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.chords import (
    NEARLY_OPPOSITE_M,
    Places,
    greatest_chord_m,
    places_of,
)
from geo.spatial.compiling import compiled, kernel_for
from geo.spatial.curve_order import curve_order
from geo.spatial.geodesics import measured
from geo.spatial.line_blocks import reach
from geo.spatial.point_nearest import nearest_points
from geo.spatial.point_search import Found, points_within
from geo.spatial.point_tree import PointTree, point_tree_of

__all__ = ["NearestPoints", "PointIndex"]

# So many comparisons of one with each take as long as the import of numba.
_FEW = 20_000_000
# Comparisons that are held at a time.
_HELD = 1_000_000
# Room for pairs, of 16 bytes.
_ROOM = 1_000_000


class NearestPoints(NamedTuple):
    """Nearest points to each of n places, and their distances in metres; shape (n, k)."""

    point: npt.NDArray[np.int64]
    distance_m: Floats


class PointIndex:
    """Index over points for queries by distance, exact to a hundredth of a millimetre.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,); at least one point.

    Examples
    --------
    >>> index = PointIndex(np.array([0.0, 1.0, 180.0]), np.array([0.0, 0.0, 0.0]))
    >>> found = index.within(np.array([-180.0]), np.array([0.1]), distance_m=20_000)
    >>> found.point.tolist(), found.distance_m.round(2).tolist()
    ([2], [11057.43])
    >>> index.nearest(np.array([0.6]), np.array([0.0]), count=2).point.tolist()
    [[1, 0]]
    """

    def __init__(self, lon_deg: Floats, lat_deg: Floats) -> None:
        if len(lon_deg) == 0:
            raise ValueError("a PointIndex needs at least one point")
        self._places = places_of(lon_deg, lat_deg)

    def within(self, lon_deg: Floats, lat_deg: Floats, *, distance_m: float) -> Found:
        """Points within a distance of each place, by place and point.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        distance_m
            Greatest geodesic distance in metres, inclusive.
        """
        parts = list(self.parts_within(lon_deg, lat_deg, distance_m=distance_m))
        query, point, apart = map(np.concatenate, zip(*parts, strict=True))
        order = np.lexsort((point, query))
        return Found(query[order], point[order], apart[order])

    def parts_within(
        self, lon_deg: Floats, lat_deg: Floats, *, distance_m: float
    ) -> Iterator[Found]:
        """What `within` gives, in parts that fit into memory, at least one; each place in one.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        distance_m
            Greatest geodesic distance in metres, inclusive.
        """
        chord_m = greatest_chord_m(distance_m)
        yield Found(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))
        if self._walks(len(lon_deg)):
            order, asking = _along_curve(lon_deg, lat_deg)
            for query, point in self._walked(asking, chord_m):
                found = _kept(asking, query, self._tree.places, point, distance_m)
                yield Found(order[found.query], self._tree.row[found.point], found.distance_m)
            return
        asking = places_of(lon_deg, lat_deg)
        for few in self._rounds(len(lon_deg)):
            squared = _squares(asking, few, self._places)
            query, point = np.nonzero(squared <= chord_m * chord_m)
            yield _kept(asking, query + few.start, self._places, point, distance_m)

    def nearest(self, lon_deg: Floats, lat_deg: Floats, *, count: int) -> NearestPoints:
        """Nearest points to each place, the nearest first; on equal terms the one given first.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        count
            Points for each place, at least 1; as many as there are where there are fewer.
        """
        if count < 1:
            raise ValueError(f"count is {count}; ask for at least 1 point")
        wanted = min(count, self._places.lonlat.shape[1])
        point = np.empty((len(lon_deg), wanted), dtype=np.int64)
        distance_m = np.empty((len(lon_deg), wanted))
        if not self._walks(len(lon_deg)):
            asking = places_of(lon_deg, lat_deg)
            for few in self._rounds(len(lon_deg)):
                point[few], distance_m[few] = self._compared(asking, few, wanted)
            return NearestPoints(point, distance_m)
        order, asking = _along_curve(lon_deg, lat_deg)
        if compiled(nearest_points)(asking, order, self._tree, point, distance_m):
            opposite = (distance_m[order] > NEARLY_OPPOSITE_M).any(axis=1)
            for i in np.flatnonzero(opposite).tolist():
                one = slice(i, i + 1)
                point[order[one]], distance_m[order[one]] = self._compared(asking, one, wanted)
        return NearestPoints(point, distance_m)

    @cached_property
    def _tree(self) -> PointTree:
        return point_tree_of(self._places)

    def _walks(self, places: int) -> bool:
        """Whether to walk down the tree: there is much to compare, and numba."""
        comparisons = places * self._places.lonlat.shape[1]
        return kernel_for(points_within, comparisons, plain_below=_FEW) is not points_within

    def _rounds(self, places: int) -> Iterator[slice]:
        step = max(_HELD // self._places.lonlat.shape[1], 1)
        return (slice(first, min(first + step, places)) for first in range(0, places, step))

    def _walked(
        self, asking: Places, chord_m: float
    ) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
        """Pairs of a place and a point of the tree within a chord."""
        query, point = np.empty((2, max(_ROOM, len(self._tree.row))), dtype=np.int64)
        first, places = 0, asking.lonlat.shape[1]
        while first < places:
            first, count = compiled(points_within)(
                asking, self._tree, chord_m * chord_m, first, query, point
            )
            yield query[:count], point[:count]

    def _compared(self, asking: Places, few: slice, wanted: int) -> NearestPoints:
        squared = _squares(asking, few, self._places)
        last = np.sqrt(np.partition(squared, wanted - 1, axis=1)[:, wanted - 1])
        query, point = np.nonzero(squared <= np.square(reach(last))[:, None])
        apart = measured(asking, query + few.start, self._places, point)
        order = np.lexsort((point, apart, query))
        begin = np.searchsorted(query, np.arange(squared.shape[0]))
        best = order[begin[:, None] + np.arange(wanted)]
        return NearestPoints(point[best], apart[best])


def _along_curve(lon_deg: Floats, lat_deg: Floats) -> tuple[npt.NDArray[np.int64], Places]:
    """Order of places in which neighbours follow each other, and the places so."""
    lonlat = np.stack((lon_deg, lat_deg)).astype(np.float64, copy=False)
    order = curve_order(*lonlat)
    return order, places_of(*lonlat[:, order])


def _kept(
    asking: Places,
    query: npt.NDArray[np.int64],
    others: Places,
    point: npt.NDArray[np.int64],
    distance_m: float,
) -> Found:
    """Those pairs that are near enough."""
    apart_m = measured(asking, query, others, point)
    kept = apart_m <= distance_m
    return Found(query[kept], point[kept], apart_m[kept])


def _squares(asking: Places, few: slice, others: Places) -> Floats:
    """Squared chords between some places and all others, shape (few, others)."""
    squared = np.zeros((few.stop - few.start, others.xyz_m.shape[1]))
    for axis in range(3):
        across = others.xyz_m[axis] - asking.xyz_m[axis, few, None]
        across *= across
        squared += across
    return squared
