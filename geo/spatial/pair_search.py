"""All pairs of points within a distance and some days: walks of leaves down the tree, compiled.

A leaf of eight points is compared with whole boxes, so that what is far in space or in time is
ruled out for all eight at once. Chords are compared; what is found is measured afterwards.
"""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.geodesics import fill_distances
from geo.spatial.pair_tree import PairTree
from geo.spatial.point_search import squared_chord

__all__ = [
    "Asked",
    "close_pairs",
    "compare_boxes",
    "count_close_pairs",
    "gap_days",
    "is_sure",
    "open_box",
]

# Pairs that wait to be measured while others are counted.
_WAITING = 256


class Asked(NamedTuple):
    """Greatest distance and chord in metres, and greatest days.

    Whoever only counts does not need the distance of pairs whose squared chord is below `enough`.
    """

    distance_m: float
    chord_m: float
    days: float
    enough: float


class _Doubtful(NamedTuple):
    """Pairs that have to be measured, the one given first in front, and how many they are."""

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    distance_m: Floats
    number: npt.NDArray[np.int64]


@no_type_check
def close_pairs(
    tree: PairTree,
    asked: Asked,
    first: int,
    one: npt.NDArray[np.int64],
    other: npt.NDArray[np.int64],
) -> tuple[int, int]:
    """Find pairs whose chords let their discs lie within the distance, and spans within the days.

    Parameters
    ----------
    tree
        Points.
    asked
        How far and how long.
    first
        Number of the point in the tree to begin with.
    one, other
        Are filled with numbers of the tree; have room for as many pairs as there are points, at
        least.

    Returns
    -------
    tuple
        Number of the next point, for which there was no room, and number of pairs.
    """
    # Each tuple is opened once: compiled code counts the users of what comes out of it.
    points, spans = tree.points, (tree.first_day, tree.last_day, tree.radius_m)
    width = points.boxes.shape[2]
    (first_day, last_day, radius_m), xyz_m = spans, points.places.xyz_m
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
                late = gap_days(starts, ends, float(first_day[j]), float(last_day[j]))
                reach_m = asked.chord_m + _joined(own_m, float(radius_m[j]))
                if late > asked.days or squared_chord(xyz_m, j, x, y, z) > reach_m * reach_m:
                    continue
                if count == len(one):
                    return i, start
                one[count] = i
                other[count] = j
                count += 1
    return len(first_day), count


@no_type_check
def _joined(radius_m: float, other_m: float) -> float:
    """Radius of two errors together."""
    return math.sqrt(radius_m * radius_m + other_m * other_m)


@no_type_check
def gap_days(first: float, last: float, other_first: float, other_last: float) -> float:
    """Days between two spans, below 0 where they overlap."""
    after, before = other_first - last, first - other_last
    return after if after > before else before  # noqa: FURB136


@no_type_check
def _close_leaves(tree: PairTree, asked: Asked, leaf: int, leaves: npt.NDArray[np.int64]) -> int:
    """Number of the leaves from this one on whose points can be close; puts them into `leaves`."""
    boxes, levels, _, _ = tree.points
    width = boxes.shape[2]
    box = np.empty(10)
    open_box(tree, leaf, box)
    near, late = np.empty(width), np.empty(width)
    waits = np.empty((256, 2), dtype=np.int64)
    waits[0, 0] = 0
    waits[0, 1] = len(levels) - 1
    waiting, count = 1, 0
    while waiting > 0:
        waiting -= 1
        group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
        compare_boxes(box, tree, group, asked.chord_m, near, late)
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
def compare_boxes(
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
def open_box(tree: PairTree, leaf: int, box: Floats) -> None:
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
    doubtful = _Doubtful(
        np.empty(_WAITING, dtype=np.int64),
        np.empty(_WAITING, dtype=np.int64),
        np.empty(_WAITING),
        np.zeros(1, dtype=np.int64),
    )
    for leaf in range(first_leaf, stop_leaf):
        open_box(tree, leaf, box)
        begin, end = leaf * width, min(leaf * width + width, points)
        waits[0, 0] = 0
        waits[0, 1] = len(levels) - 1
        waiting = 1
        while waiting > 0:
            waiting -= 1
            group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
            compare_boxes(box, tree, group, asked.chord_m, near, late)
            child = (group - int(levels[level])) * width
            for k in range(width):
                start = (child + k) * width ** (level + 1)
                stop = min(start + width ** (level + 1), points)
                if float(near[k]) > 0.0 or float(late[k]) > asked.days or stop <= begin:
                    continue
                if start >= end and is_sure(box, tree, group, k, asked):
                    total += (end - begin) * (stop - start)
                elif level > 0:
                    waits[waiting, 0] = int(levels[level - 1]) + child + k
                    waits[waiting, 1] = level - 1
                    waiting += 1
                else:
                    total += _count(tree, asked, leaf, child + k, doubtful)
    return total + _settle(tree, asked, doubtful)


@no_type_check
def _count(tree: PairTree, asked: Asked, leaf: int, other: int, doubtful: _Doubtful) -> int:
    """Close pairs of the points of one leaf and later ones of another; some are put off."""
    row, xyz_m, width = tree.points.row, tree.points.places.xyz_m, tree.points.boxes.shape[2]
    first_day, last_day, radius_m = tree.first_day, tree.last_day, tree.radius_m
    chord_m, days, enough, count = asked.chord_m, asked.days, asked.enough, 0
    points = len(first_day)
    for i in range(leaf * width, min(leaf * width + width, points)):
        x, y, z = float(xyz_m[0, i]), float(xyz_m[1, i]), float(xyz_m[2, i])
        starts, ends, own_m = float(first_day[i]), float(last_day[i]), float(radius_m[i])
        for j in range(max(other * width, i + 1), min(other * width + width, points)):
            if gap_days(starts, ends, float(first_day[j]), float(last_day[j])) > days:
                continue
            squared = squared_chord(xyz_m, j, x, y, z)
            if squared < enough:
                count += 1
                continue
            reach_m = chord_m + _joined(own_m, float(radius_m[j]))
            if squared > reach_m * reach_m:
                continue
            at = int(doubtful.number[0])
            # Rounding depends on which comes first.
            earlier = int(row[i]) < int(row[j])
            doubtful.one[at] = i if earlier else j
            doubtful.other[at] = j if earlier else i
            doubtful.number[0] = at + 1
            if at + 1 == len(doubtful.one):
                count += _settle(tree, asked, doubtful)
    return count


@no_type_check
def _settle(tree: PairTree, asked: Asked, doubtful: _Doubtful) -> int:
    """Number of the pairs that were put off and are close; there are none any more."""
    places, radius_m, waiting, count = tree.points.places, tree.radius_m, int(doubtful.number[0]), 0
    one, other, apart_m = doubtful.one, doubtful.other, doubtful.distance_m
    fill_distances(places, one[:waiting], places, other[:waiting], apart_m)
    for k in range(waiting):
        room_m = _joined(float(radius_m[int(one[k])]), float(radius_m[int(other[k])]))
        # What is no number is not known to be farther.
        if not float(apart_m[k]) > asked.distance_m + room_m:
            count += 1
    doubtful.number[0] = 0
    return count


@no_type_check
def is_sure(box: Floats, tree: PairTree, group: int, k: int, asked: Asked) -> bool:
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
