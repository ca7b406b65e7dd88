"""All pairs of points within a distance and some days: walks of leaves down the tree, compiled.

A leaf of eight points is compared with whole boxes, so that what is far in space or in time is
ruled out for all eight at once.
"""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.chords import apart_m
from geo.spatial.point_search import Found, squared_chord
from geo.spatial.point_tree import PointTree

__all__ = ["Asked", "PairTree", "close_pairs", "count_close_pairs"]


class PairTree(NamedTuple):
    """Points in boxes, with first day, last day and radius in metres of each.

    `spans` bounds these for each box, shape (groups, 4, 8): least day, least radius, greatest day,
    greatest radius. Days are any real numbers, radii 0 or more.
    """

    points: PointTree
    spans: Floats
    first_day: Floats
    last_day: Floats
    radius_m: Floats


class Asked(NamedTuple):
    """Greatest distance and chord in metres, and greatest days.

    Whoever only counts does not need the distance of pairs whose squared chord is below `enough`.
    """

    distance_m: float
    chord_m: float
    days: float
    enough: float


@no_type_check
def close_pairs(tree: PairTree, asked: Asked, first: int, found: Found) -> tuple[int, int]:
    """Find pairs whose discs can lie within the distance, and whose spans within the days.

    Parameters
    ----------
    tree
        Points.
    asked
        How far and how long.
    first
        Number of the point in the tree to begin with.
    found
        Is filled with numbers of the tree; has room for as many pairs as there are points, at
        least. The distance is NaN where the two are nearly opposite on the globe.

    Returns
    -------
    tuple
        Number of the next point, for which there was no room, and number of pairs.
    """
    # Each tuple is opened once: compiled code counts the users of what comes out of it.
    points, spans = tree.points, (tree.first_day, tree.last_day, tree.radius_m)
    places, row, width = points.places, points.row, points.boxes.shape[2]
    (first_day, last_day, radius_m), xyz_m = spans, places.xyz_m
    one, other, apart = found
    count, reached = 0, 0
    leaves = np.empty(len(points.boxes) * width, dtype=np.int64)
    for i in range(first, len(first_day)):
        if i == first or i % width == 0:
            reached = _close_leaves(tree, asked, i // width, leaves)
        x, y, z = float(xyz_m[0, i]), float(xyz_m[1, i]), float(xyz_m[2, i])
        starts, ends, own_m = float(first_day[i]), float(last_day[i]), float(radius_m[i])
        start = count
        for n in range(reached):
            begin = int(leaves[n]) * width
            for j in range(max(begin, i + 1), min(begin + width, len(first_day))):
                room_m = _joined(own_m, float(radius_m[j]))
                late = _gap(starts, ends, float(first_day[j]), float(last_day[j]))
                reach_m = asked.chord_m + room_m
                if late > asked.days or squared_chord(xyz_m, j, x, y, z) > reach_m * reach_m:
                    continue
                # Rounding depends on which comes first.
                a, b = (i, j) if int(row[i]) < int(row[j]) else (j, i)
                far_m = apart_m(places, a, places, b)
                # What is no number is not known to be farther.
                if far_m > asked.distance_m + room_m:
                    continue
                if count == len(one):
                    return i, start
                one[count] = i
                other[count] = j
                apart[count] = far_m
                count += 1
    return len(first_day), count


@no_type_check
def _joined(radius_m: float, other_m: float) -> float:
    """Radius of two errors together."""
    return math.sqrt(radius_m * radius_m + other_m * other_m)


@no_type_check
def _gap(first: float, last: float, other_first: float, other_last: float) -> float:
    """Days between two spans, below 0 where they overlap."""
    after, before = other_first - last, first - other_last
    return after if after > before else before  # noqa: FURB136


@no_type_check
def _close_leaves(tree: PairTree, asked: Asked, leaf: int, leaves: npt.NDArray[np.int64]) -> int:
    """Number of the leaves from this one on whose points can be close; puts them into `leaves`."""
    boxes, levels, _, _ = tree.points
    width = boxes.shape[2]
    box = np.empty(10)
    _open(tree, leaf, box)
    near, late = np.empty(width), np.empty(width)
    waits = np.empty((256, 2), dtype=np.int64)
    waits[0, 0] = 0
    waits[0, 1] = len(levels) - 1
    waiting, count = 1, 0
    while waiting > 0:
        waiting -= 1
        group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
        _compare_boxes(box, tree, group, asked.chord_m, near, late)
        child = (group - int(levels[level])) * width
        for k in range(width):
            if float(near[k]) > 0.0 or float(late[k]) > asked.days:
                continue
            if level == 0:
                if child + k >= leaf:
                    leaves[count] = child + k
                    count += 1
            elif (child + k + 1) * width**level > leaf:
                waits[waiting, 0] = int(levels[level - 1]) + child + k
                waits[waiting, 1] = level - 1
                waiting += 1
    return count


@no_type_check
def _compare_boxes(
    box: Floats, tree: PairTree, group: int, chord_m: float, near: Floats, late: Floats
) -> None:
    """How far the boxes of a group are out of reach, above 0 if they are, and how many days off."""
    boxes, spans = tree.points.boxes, tree.spans
    for k in range(len(near)):
        squared = 0.0
        for axis in range(3):
            below = float(boxes[group, axis, k]) - float(box[axis + 3])
            above = float(box[axis]) - float(boxes[group, axis + 3, k])
            across = below if below > above else above  # noqa: FURB136
            across = across if across > 0.0 else 0.0  # noqa: FURB136
            squared += across * across
        room, own = float(spans[group, 3, k]), float(box[9])
        reach = chord_m + math.sqrt(room * room + own * own)
        near[k] = squared - reach * reach
        below = float(spans[group, 0, k]) - float(box[8])
        above = float(box[6]) - float(spans[group, 2, k])
        late[k] = below if below > above else above  # noqa: FURB136


@no_type_check
def _open(tree: PairTree, leaf: int, box: Floats) -> None:
    """Fill in the box of a leaf: six sides in space, then least and greatest day and radius."""
    boxes, levels, _, _ = tree.points
    width = boxes.shape[2]
    group, at = int(levels[0]) + leaf // width, leaf % width
    for side in range(6):
        box[side] = boxes[group, side, at]
    for side in range(4):
        box[6 + side] = tree.spans[group, side, at]


@no_type_check
def count_close_pairs(tree: PairTree, asked: Asked, first_leaf: int, stop_leaf: int) -> int:
    """Number of the pairs that `close_pairs` would find for some leaves.

    Pairs that are nearly opposite on the globe count as found.

    Parameters
    ----------
    tree
        Points.
    asked
        How far and how long.
    first_leaf, stop_leaf
        The leaves whose pairs with later points are counted.
    """
    boxes, levels, _, _ = tree.points
    points, width, total = len(tree.first_day), boxes.shape[2], 0
    box, near, late = np.empty(10), np.empty(width), np.empty(width)
    waits = np.empty((256, 2), dtype=np.int64)
    for leaf in range(first_leaf, stop_leaf):
        _open(tree, leaf, box)
        begin, end = leaf * width, min(leaf * width + width, points)
        waits[0, 0] = 0
        waits[0, 1] = len(levels) - 1
        waiting = 1
        while waiting > 0:
            waiting -= 1
            group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
            _compare_boxes(box, tree, group, asked.chord_m, near, late)
            child = (group - int(levels[level])) * width
            for k in range(width):
                start = (child + k) * width ** (level + 1)
                stop = min(start + width ** (level + 1), points)
                if float(near[k]) > 0.0 or float(late[k]) > asked.days or stop <= begin:
                    continue
                if start >= end and _is_sure(box, tree, group, k, asked):
                    total += (end - begin) * (stop - start)
                elif level > 0:
                    waits[waiting, 0] = int(levels[level - 1]) + child + k
                    waits[waiting, 1] = level - 1
                    waiting += 1
                else:
                    total += _count(tree, asked, begin, end, start, stop)
    return total


@no_type_check
def _count(tree: PairTree, asked: Asked, begin: int, end: int, start: int, stop: int) -> int:
    """Close pairs of the points of one leaf and later ones of another."""
    places, row = tree.points.places, tree.points.row
    xyz_m = places.xyz_m
    first_day, last_day, radius_m = tree.first_day, tree.last_day, tree.radius_m
    chord_m, days, enough, count = asked.chord_m, asked.days, asked.enough, 0
    for i in range(begin, end):
        x, y, z = float(xyz_m[0, i]), float(xyz_m[1, i]), float(xyz_m[2, i])
        starts, ends, own_m = float(first_day[i]), float(last_day[i]), float(radius_m[i])
        for j in range(max(start, i + 1), stop):
            if _gap(starts, ends, float(first_day[j]), float(last_day[j])) > days:
                continue
            squared = squared_chord(xyz_m, j, x, y, z)
            if squared < enough:
                count += 1
                continue
            room_m = _joined(own_m, float(radius_m[j]))
            reach_m = chord_m + room_m
            if squared > reach_m * reach_m:
                continue
            a, b = (i, j) if int(row[i]) < int(row[j]) else (j, i)
            # What is no number is not known to be farther.
            if not apart_m(places, a, places, b) > asked.distance_m + room_m:
                count += 1
    return count


@no_type_check
def _is_sure(box: Floats, tree: PairTree, group: int, k: int, asked: Asked) -> bool:
    """Whether each point of one box is close to each of another."""
    boxes, spans = tree.points.boxes, tree.spans
    squared = 0.0
    for axis in range(3):
        across = max(
            float(boxes[group, axis + 3, k]) - float(box[axis]),
            float(box[axis + 3]) - float(boxes[group, axis, k]),
        )
        squared += across * across
    latest = max(
        float(spans[group, 2, k]) - float(box[6]), float(box[8]) - float(spans[group, 0, k])
    )
    return squared < asked.enough and latest <= asked.days
