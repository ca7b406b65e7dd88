"""All pairs of points within a distance and some days, counted before they are made."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.chords import greatest_chord_m, places_of, sure_chord_m
from geo.spatial.compiling import compiled, kernel_for
from geo.spatial.geodesics import measured
from geo.spatial.pair_search import Asked, close_pairs, count_close_pairs
from geo.spatial.pair_tree import PairTree, pair_tree_of
from geo.spatial.point_tree import WIDTH

__all__ = ["Pairs", "PairsWithin"]

# So many comparisons of one with each take as long as the import of numba.
_FEW = 20_000_000
# Comparisons that are held at a time.
_HELD = 1_000_000
# Room for pairs, of 16 bytes.
_ROOM = 1_000_000
# Leaves between two chances to interrupt.
_LEAVES = 8_192
# To the tree a day without a greatest number of days is no distance at all.
_NO_DAYS = 1e12


class Pairs(NamedTuple):
    """Pairs of points by their numbers, the lower first, and their geodesic distance in metres."""

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    distance_m: Floats


class PairsWithin:
    """Pairs of points that are, or can be, within a distance of each other and within some days.

    Exact to a hundredth of a millimetre. A pair is kept where its distance, less the root of the
    sum of the squares of both radii, is within the distance; and where the gap between the spans of
    days of both is within the days.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,).
    distance_m
        Greatest geodesic distance in metres, inclusive.
    days
        Greatest gap in days, inclusive; None for any.
    first_day, last_day
        Span of each point, in days from any origin, finite; all 0 by default.
    radius_m
        Radius of each point in metres, 0 or more; all 0 by default.

    Examples
    --------
    >>> lon, day = np.array([0.0, 0.01, 0.02]), np.array([0.0, 3.0, 30.0])
    >>> search = PairsWithin(
    ...     lon, np.zeros(3), distance_m=1_500, days=7, first_day=day, last_day=day
    ... )
    >>> search.count()
    1
    >>> found = search.all()
    >>> found.one.tolist(), found.other.tolist(), found.distance_m.round(2).tolist()
    ([0], [1], [1113.19])
    """

    def __init__(
        self,
        lon_deg: Floats,
        lat_deg: Floats,
        *,
        distance_m: float,
        days: float | None = None,
        first_day: Floats | None = None,
        last_day: Floats | None = None,
        radius_m: Floats | None = None,
    ) -> None:
        self._places = places_of(lon_deg, lat_deg)
        nothing = np.zeros(len(lon_deg))
        self._first_day = nothing if first_day is None else first_day
        self._last_day = self._first_day if last_day is None else last_day
        self._radius_m = nothing if radius_m is None else radius_m
        self._days = _NO_DAYS if days is None else float(days)
        self._distance_m = float(distance_m)

    def count(self, *, distance_m: float | None = None) -> int:
        """Number of pairs, without making them.

        Beyond 19,000 km pairs of points that are nearly opposite on the globe all count.

        Parameters
        ----------
        distance_m
            Another greatest distance than the one that was asked for.
        """
        asked = self._asked(self._distance_m if distance_m is None else distance_m, counts=True)
        if not self._walks():
            return sum(len(part.one) for part in self._compared(asked))
        leaves = -(-len(self._first_day) // WIDTH)
        return sum(
            compiled(count_close_pairs)(self._tree, asked, first, min(first + _LEAVES, leaves))
            for first in range(0, leaves, _LEAVES)
        )

    def parts(self) -> Iterator[Pairs]:
        """Pairs, in parts that fit into memory; at least one, which may be empty."""
        asked = self._asked(self._distance_m, counts=False)
        yield Pairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
        if not self._walks():
            yield from self._compared(asked)
            return
        points, row = len(self._first_day), self._tree.points.row
        room = max(_ROOM, points)
        one, other = np.empty((2, room), dtype=np.int64)
        first = 0
        while first < points:
            first, count = compiled(close_pairs)(self._tree, asked, first, one, other)
            ends = row[one[:count]], row[other[:count]]
            yield self._measured(np.minimum(*ends), np.maximum(*ends))

    def all(self) -> Pairs:
        """Pairs, sorted by their numbers; `count` says before how many there are."""
        one, other, apart = map(np.concatenate, zip(*self.parts(), strict=True))
        order = np.argsort(one * len(self._first_day) + other)
        return Pairs(one[order], other[order], apart[order])

    def _asked(self, distance_m: float, *, counts: bool) -> Asked:
        sure_m = sure_chord_m(distance_m) if counts else 0.0
        return Asked(distance_m, greatest_chord_m(distance_m), self._days, max(sure_m, 0.0) ** 2)

    def _walks(self) -> bool:
        """Whether to walk down the tree: there is much to compare, and numba."""
        comparisons = len(self._first_day) ** 2
        kernel = kernel_for(close_pairs, comparisons, plain_below=_FEW)
        return comparisons > 0 and kernel is not close_pairs

    @cached_property
    def _tree(self) -> PairTree:
        # So long a time keeps two apart as well as the distance does.
        per_day_m = max(self._distance_m, 1.0) / max(self._days, 1.0)
        return pair_tree_of(
            self._places,
            self._first_day,
            self._last_day,
            self._radius_m,
            per_day_m=per_day_m if self._days < _NO_DAYS else None,
        )

    def _compared(self, asked: Asked) -> Iterator[Pairs]:
        points = len(self._first_day)
        step = max(_HELD // max(points, 1), 1)
        for first in range(0, points, step):
            some = slice(first, min(first + step, points))
            squared = np.zeros((some.stop - first, points - first))
            for axis in self._places.xyz_m:
                across = axis[first:] - axis[some, None]
                squared += across * across
            room_m = np.hypot(self._radius_m[some, None], self._radius_m[first:])
            after = self._first_day[first:] - self._last_day[some, None]
            before = self._first_day[some, None] - self._last_day[first:]
            close = (squared <= np.square(asked.chord_m + room_m)) & (
                np.maximum(after, before) <= asked.days
            )
            one, other = np.nonzero(np.triu(close, 1))
            yield self._measured(one + first, other + first)

    def _measured(self, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> Pairs:
        """Those pairs that are close."""
        apart_m = measured(self._places, one, self._places, other)
        room_m = np.sqrt(self._radius_m[one] ** 2 + self._radius_m[other] ** 2)
        kept = apart_m <= self._distance_m + room_m
        return Pairs(one[kept], other[kept], apart_m[kept])
