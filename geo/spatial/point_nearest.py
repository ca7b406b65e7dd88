"""The nearest points of many places: what lies around several of them is searched once, compiled.

Places that follow each other lie close together, and so have nearly the same points around them.
The tree is asked for one of them, widely enough that the list of what it finds holds the nearest
points of the next ones too.
"""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.chords import Places
from geo.spatial.geodesics import fill_distances
from geo.spatial.line_kernels import reach_m
from geo.spatial.line_search import compare, limit_of, push
from geo.spatial.point_search import Found, prune, squared_chord
from geo.spatial.point_tree import PointTree

__all__ = ["nearest_points"]

# How far from the place that was asked for others may use its list: this share of its farthest
# point. More makes lists longer, less makes more of them.
_SHARE = 0.5
# Pairs that are measured in one go.
_PAIRS = 4_096


class _Least(NamedTuple):
    """The shortest chords of a list, squared, the shortest first, and where in it they stand."""

    squared: Floats
    at: npt.NDArray[np.int64]


@no_type_check
def nearest_points(
    asking: Places,
    order: npt.NDArray[np.int64],
    tree: PointTree,
    nearest: npt.NDArray[np.int64],
    distance_m: Floats,
) -> int:
    """Find the nearest points of each place that asks, the nearest first.

    Of points equally near the one that was given first is taken.

    Parameters
    ----------
    asking
        Places; neighbours should follow each other.
    order
        Row of the answers of each place.
    tree
        Where to search.
    nearest, distance_m
        Are filled: points by the numbers that they were given with, and distances, shape (n, k); k
        is not above the number of points.

    Returns
    -------
    int
        Number of pairs nearly opposite on the globe; their distance counts as infinite, so that
        they have not been told apart.
    """
    asking_m, points_m, wanted = asking.xyz_m, tree.places.xyz_m, nearest.shape[1]
    # Room for all points; only what is used becomes memory.
    points = len(tree.row)
    listed, squares, listed_m = np.empty(points, np.int64), np.empty(points), np.empty((3, points))
    room = _PAIRS + points
    found = Found(np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room))
    least = _Least(np.empty(wanted), np.empty(wanted, np.int64))
    middle_m, around = np.zeros((3, 1)), -1.0
    count, filled, opposite = 0, 0, 0
    for i in range(asking_m.shape[1]):
        x, y, z = float(asking_m[0, i]), float(asking_m[1, i]), float(asking_m[2, i])
        if squared_chord(middle_m, 0, x, y, z) > around:
            limit = math.inf
            if count > 0:
                limit = _wide(_compare_all(x, y, z, listed_m[:, :count], squares, least))
            count = _look_around(x, y, z, tree, limit, listed, least)
            for axis in range(3):
                middle_m[axis, 0] = asking_m[axis, i]
                for k in range(count):
                    listed_m[axis, k] = points_m[axis, int(listed[k])]
            around = _SHARE * _SHARE * float(least.squared[wanted - 1])
        limit = limit_of(_compare_all(x, y, z, listed_m[:, :count], squares, least))
        filled = _add(i, listed[:count], squares, least, limit, found, filled)
        if filled >= _PAIRS or i == asking_m.shape[1] - 1:
            query, point, apart_m = found
            fill_distances(asking, query[:filled], tree.places, point[:filled], apart_m)
            opposite += _settle(found, filled, order, tree.row, nearest, distance_m)
            filled = 0
    return opposite


@no_type_check
def _wide(squared: float) -> float:
    """Squared length of a list, from the squared chord of the farthest point that is wanted."""
    chord_m = math.sqrt(squared)
    share_m = _SHARE * chord_m
    length_m = reach_m(chord_m + share_m) + share_m
    return length_m * length_m


@no_type_check
def _compare_all(
    x: float, y: float, z: float, listed_m: Floats, squares: Floats, least: _Least
) -> float:
    """Squared chord of the last point that is wanted; fills in all of a list, and the least."""
    for k in range(listed_m.shape[1]):
        squares[k] = squared_chord(listed_m, k, x, y, z)
    least.squared[:] = math.inf
    for k in range(listed_m.shape[1]):
        _put(least, float(squares[k]), k)
    return float(least.squared[len(least.squared) - 1])


@no_type_check
def _put(least: _Least, squared: float, k: int) -> None:
    """Put a chord among the shortest, if it is one."""
    at = len(least.squared) - 1
    if squared >= float(least.squared[at]):
        return
    while at > 0 and float(least.squared[at - 1]) > squared:
        least.squared[at] = least.squared[at - 1]
        least.at[at] = least.at[at - 1]
        at -= 1
    least.squared[at] = squared
    least.at[at] = k


@no_type_check
def _look_around(
    x: float,
    y: float,
    z: float,
    tree: PointTree,
    limit: float,
    listed: npt.NDArray[np.int64],
    least: _Least,
) -> int:
    """List the points around a place; their number. Their shortest chords are put into `least`.

    `limit` is a squared length that surely holds them.
    """
    boxes, levels, xyz_m, last = tree.boxes, tree.level, tree.places.xyz_m, len(least.squared) - 1
    waits, waits_m, near = np.empty((256, 2), np.int64), np.empty(256), np.empty(boxes.shape[2])
    width = len(near)
    least.squared[:] = math.inf
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
        if level > 0:
            child += int(levels[level - 1])
            waiting = push(waits, waits_m, near, limit, child, level - 1, waiting)
            continue
        for k in range(width):
            if float(near[k]) > limit:
                continue
            for j in range((child + k) * width, (child + k + 1) * width):
                squared = squared_chord(xyz_m, j, x, y, z)
                if squared <= limit:
                    listed[count] = j
                    count += 1
                    _put(least, squared, j)
                    limit = min(limit, _wide(float(least.squared[last])))
    return prune(listed, count, xyz_m, x, y, z, limit)


@no_type_check
def _add(
    i: int,
    listed: npt.NDArray[np.int64],
    squares: Floats,
    least: _Least,
    limit: float,
    found: Found,
    filled: int,
) -> int:
    """Add to what was found the points of a list that may be the nearest of a place."""
    query, point, wanted = found.query, found.point, len(least.at)
    near = 0
    for k in range(len(listed)):
        near += float(squares[k]) <= limit
    if near == wanted:
        # Sorted by their chords they are nearly sorted by their distances.
        for k in range(wanted):
            query[filled + k] = i
            point[filled + k] = listed[int(least.at[k])]
        return filled + wanted
    for k in range(len(listed)):
        if float(squares[k]) <= limit:
            query[filled] = i
            point[filled] = listed[k]
            filled += 1
    return filled


@no_type_check
def _settle(
    found: Found,
    filled: int,
    order: npt.NDArray[np.int64],
    row: npt.NDArray[np.int64],
    nearest: npt.NDArray[np.int64],
    distance_m: Floats,
) -> int:
    """Write the nearest of what was found; number of pairs nearly opposite on the globe."""
    query, point, apart_m = found
    asked, answer, count, opposite, wanted = -1, 0, 0, 0, nearest.shape[1]
    for k in range(filled):
        if int(query[k]) != asked:
            asked, count = int(query[k]), 0
            answer = int(order[asked])
        number, far_m = int(row[int(point[k])]), float(apart_m[k])
        if math.isnan(far_m):
            far_m = math.inf
            opposite += 1
        at = count
        while at > 0 and (
            far_m < float(distance_m[answer, at - 1])
            or (
                far_m == float(distance_m[answer, at - 1]) and number < int(nearest[answer, at - 1])
            )
        ):
            at -= 1
        if at == wanted:
            continue
        count = min(count + 1, wanted)
        for last in range(count - 1, at, -1):
            distance_m[answer, last] = distance_m[answer, last - 1]
            nearest[answer, last] = nearest[answer, last - 1]
        distance_m[answer, at] = far_m
        nearest[answer, at] = number
    return opposite
