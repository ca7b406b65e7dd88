"""Points within a distance of others, and the nearest ones: walks down the tree, compiled."""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.chords import Places, apart_m
from geo.spatial.line_search import compare, limit_of
from geo.spatial.point_tree import PointTree

__all__ = ["Found", "nearest_points", "points_within", "squared_chord"]


class Found(NamedTuple):
    """Pairs of a place that asks and a point of the tree, and their distance in metres."""

    query: npt.NDArray[np.int64]
    point: npt.NDArray[np.int64]
    distance_m: Floats


@no_type_check
def points_within(
    asking: Places, tree: PointTree, distance_m: float, chord_m: float, first: int, found: Found
) -> tuple[int, int]:
    """Find the points within a distance of each place that asks.

    Parameters
    ----------
    asking
        Places; neighbours should follow each other.
    tree
        Where to search.
    distance_m, chord_m
        Greatest geodesic distance, and greatest chord.
    first
        Number of the place to begin with.
    found
        Is filled; has room for as many pairs as the tree has points, at least. The distance is NaN
        where the two are nearly opposite on the globe.

    Returns
    -------
    tuple
        Number of the next place, for which there was no room, and number of pairs.
    """
    boxes, levels, places, _ = tree
    xyz_m, asking_m = places.xyz_m, asking.xyz_m
    query, point, apart = found
    limit = chord_m * chord_m
    waits = np.empty((256, 2), dtype=np.int64)
    near = np.empty(boxes.shape[2])
    width, count = len(near), 0
    for i in range(first, asking_m.shape[1]):
        x, y, z = float(asking_m[0, i]), float(asking_m[1, i]), float(asking_m[2, i])
        start = count
        waits[0, 0] = 0
        waits[0, 1] = len(levels) - 1
        waiting = 1
        while waiting > 0:
            waiting -= 1
            group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
            compare(x, y, z, boxes, group, near)
            child = (group - int(levels[level])) * width
            for k in range(width):
                if float(near[k]) > limit:
                    continue
                if level > 0:
                    waits[waiting, 0] = int(levels[level - 1]) + child + k
                    waits[waiting, 1] = level - 1
                    waiting += 1
                    continue
                for j in range((child + k) * width, (child + k + 1) * width):
                    if squared_chord(xyz_m, j, x, y, z) > limit:
                        continue
                    far_m = apart_m(asking, i, places, j)
                    # What is no number is not known to be farther.
                    if far_m > distance_m:
                        continue
                    if count == len(query):
                        return i, start
                    query[count] = i
                    point[count] = j
                    apart[count] = far_m
                    count += 1
    return asking_m.shape[1], count


@no_type_check
def nearest_points(  # noqa: C901
    asking: Places, tree: PointTree, nearest: npt.NDArray[np.int64], distance_m: Floats
) -> None:
    """Find the nearest points of each place that asks, the nearest first.

    Of points equally near the one that was given first is taken. Where a distance is infinite,
    points that are nearly opposite on the globe have not been told apart.

    Parameters
    ----------
    asking
        Places; neighbours should follow each other.
    tree
        Where to search.
    nearest, distance_m
        Are filled: points by their number in the tree, and distances, shape (n, k); k is not above
        the number of points.
    """
    boxes, levels, places, row = tree
    xyz_m, asking_m = places.xyz_m, asking.xyz_m
    waits, waits_m = np.empty((256, 2), dtype=np.int64), np.empty(256)
    near = np.empty(boxes.shape[2])
    width, wanted = len(near), nearest.shape[1]
    held, held_m, squares = np.arange(wanted), np.empty(wanted), np.empty(wanted)
    for i in range(asking_m.shape[1]):
        x, y, z = float(asking_m[0, i]), float(asking_m[1, i]), float(asking_m[2, i])
        # What was near to the place before is a good first guess.
        limit = 0.0
        for k in range(wanted):
            limit = max(limit, squared_chord(xyz_m, int(held[k]), x, y, z))
        limit = limit_of(limit)
        waits[0, 0] = 0
        waits[0, 1] = len(levels) - 1
        waits_m[0] = 0.0
        waiting, count = 1, 0
        while waiting > 0:
            waiting -= 1
            if float(waits_m[waiting]) > limit:
                continue
            group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
            compare(x, y, z, boxes, group, near)
            child = (group - int(levels[level])) * width
            for k in range(width):
                if float(near[k]) > limit:
                    continue
                if level > 0:
                    waits[waiting, 0] = int(levels[level - 1]) + child + k
                    waits[waiting, 1] = level - 1
                    waits_m[waiting] = float(near[k])
                    waiting += 1
                    continue
                for j in range((child + k) * width, (child + k + 1) * width):
                    squared = squared_chord(xyz_m, j, x, y, z)
                    if squared > limit:
                        continue
                    far_m = apart_m(asking, i, places, j)
                    far_m = math.inf if math.isnan(far_m) else far_m
                    count = _take(row, held, held_m, squares, count, j, far_m, squared)
                    if count == wanted:
                        limit = limit_of(float(squares[wanted - 1]))
        for k in range(wanted):
            nearest[i, k] = held[k]
            distance_m[i, k] = held_m[k]


@no_type_check
def squared_chord(xyz_m: Floats, j: int, x: float, y: float, z: float) -> float:
    """Square of the chord between a point and a place."""
    across, along = float(xyz_m[0, j]) - x, float(xyz_m[1, j]) - y
    squared = across * across + along * along
    across = float(xyz_m[2, j]) - z
    return squared + across * across


@no_type_check
def _take(  # noqa: PLR0913, PLR0917
    row: npt.NDArray[np.int64],
    held: npt.NDArray[np.int64],
    held_m: Floats,
    squares: Floats,
    count: int,
    point: int,
    far_m: float,
    squared: float,
) -> int:
    """Put a point where it belongs among those that are held; number that is held."""
    at = count
    while at > 0 and (
        far_m < float(held_m[at - 1])
        or (far_m == float(held_m[at - 1]) and int(row[point]) < int(row[int(held[at - 1])]))
    ):
        at -= 1
    if at == len(held):
        return count
    count = min(count + 1, len(held))
    for k in range(count - 1, at, -1):
        held[k] = held[k - 1]
        held_m[k] = held_m[k - 1]
        squares[k] = squares[k - 1]
    held[at] = point
    held_m[at] = far_m
    squares[at] = squared
    return count
