"""Dense points, which of them hang together, and who is next to them: walks down a tree, compiled.

A point is dense where enough others are near to it. Whole boxes are counted and joined at once, so
that many points close together take no longer than few do; nothing is kept of any pair.
"""

from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.geodesics import fill_distances
from geo.spatial.line_search import compare, limit_of
from geo.spatial.pair_search import Asked, compare_boxes, gap_days, is_sure, open_box
from geo.spatial.pair_tree import PairTree
from geo.spatial.point_search import Found, prune, squared_chord

__all__ = ["border_pairs", "fill_dense", "fill_weights", "unite"]

# Of the dense points of a box: there is none; they are not known to hang together.
_NONE, _SEVERAL = -2, -1

Integers = npt.NDArray[np.int64]


class _Work(NamedTuple):
    """Room to work in: boxes that wait, how near and late those of a group are, one box."""

    waits: Integers
    near: Floats
    late: Floats
    box: Floats


@no_type_check
def _work(width: int) -> _Work:
    return _Work(np.empty((256, 2), np.int64), np.empty(width), np.empty(width), np.empty(10))


@no_type_check
def fill_weights(tree: PairTree, weight: Integers, weights: Integers) -> None:
    """Fill in how much the points of each box weigh.

    Parameters
    ----------
    tree
        Points.
    weight
        Weight of each point of the tree.
    weights
        Is filled; zeros of shape (groups, 8).
    """
    levels, width = tree.points.level, weights.shape[1]
    for i in range(len(weight)):
        leaf = i // width
        weights[int(levels[0]) + leaf // width, leaf % width] += weight[i]
    stop = len(weights)
    for above in range(1, len(levels)):
        below = int(levels[above - 1])
        for group in range(below, stop):
            parent = int(levels[above]) + (group - below) // width
            for k in range(width):
                weights[parent, (group - below) % width] += weights[group, k]
        stop = below


@no_type_check
def fill_dense(
    tree: PairTree,
    asked: Asked,
    weight: Integers,
    weights: Integers,
    least: int,
    dense: npt.NDArray[np.bool_],
) -> None:
    """Fill in which points are dense: those near to it weigh enough, itself among them.

    Pairs that are nearly opposite on the globe count as near.

    Parameters
    ----------
    tree
        Points, without radii.
    asked
        How far and how long.
    weight, weights
        Of each point and of each box.
    least
        Enough.
    dense
        Is filled.
    """
    width, points = weights.shape[1], len(dense)
    room = _work(width)
    leaves = np.empty(len(weights) * width, dtype=np.int64)
    doubtful = Found(np.empty(points, np.int64), np.empty(points, np.int64), np.empty(points))
    for leaf in range(-(-points // width)):
        sure, count = _sure_weight(tree, asked, weights, leaf, least, room, leaves)
        for i in range(leaf * width, min(leaf * width + width, points)):
            total, waiting = sure, 0
            for n in range(count):
                if total >= least:
                    break
                begin = int(leaves[n]) * width
                for j in range(begin, min(begin + width, points)):
                    nearness = _nearness(tree, asked, i, j)
                    if nearness > 0:
                        total += int(weight[j])
                    elif nearness == 0:
                        doubtful.query[waiting], doubtful.point[waiting] = _in_order(tree, i, j)
                        waiting += 1
            if total < least:
                total += _measured_weight(tree, asked, weight, i, doubtful, waiting)
            dense[i] = total >= least


@no_type_check
def _sure_weight(
    tree: PairTree,
    asked: Asked,
    weights: Integers,
    leaf: int,
    least: int,
    room: _Work,
    leaves: Integers,
) -> tuple[int, int]:
    """Weight surely near to all points of a leaf, and number of leaves that have to be looked at.

    Stops where the weight is enough.
    """
    levels, (waits, near, late, box) = tree.points.level, room
    open_box(tree, leaf, box)
    waits[0, 0] = 0
    waits[0, 1] = len(levels) - 1
    waiting, total, count = 1, 0, 0
    while waiting > 0 and total < least:
        waiting -= 1
        group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
        compare_boxes(box, tree, group, asked.chord_m, near, late)
        child = (group - int(levels[level])) * len(near)
        for k in range(len(near)):
            if float(near[k]) > 0.0 or float(late[k]) > asked.days:
                continue
            if is_sure(box, tree, group, k, asked):
                total += int(weights[group, k])
            elif level == 0:
                leaves[count] = child + k
                count += 1
            else:
                waits[waiting, 0] = int(levels[level - 1]) + child + k
                waits[waiting, 1] = level - 1
                waiting += 1
    return total, count


@no_type_check
def _measured_weight(
    tree: PairTree, asked: Asked, weight: Integers, i: int, doubtful: Found, waiting: int
) -> int:
    """Weight of those that turn out to be near to a point."""
    places, (one, other, apart_m), total = tree.points.places, doubtful, 0
    fill_distances(places, one[:waiting], places, other[:waiting], apart_m)
    for k in range(waiting):
        if not float(apart_m[k]) > asked.distance_m:
            total += int(weight[int(other[k]) if int(one[k]) == i else int(one[k])])
    return total


@no_type_check
def _nearness(tree: PairTree, asked: Asked, i: int, j: int) -> int:
    """1 where two points are surely near, -1 where they are not, 0 where only measuring tells."""
    xyz_m = tree.points.places.xyz_m
    x, y, z = float(xyz_m[0, i]), float(xyz_m[1, i]), float(xyz_m[2, i])
    squared = squared_chord(xyz_m, j, x, y, z)
    if squared > asked.chord_m * asked.chord_m:
        return -1
    first, last = float(tree.first_day[i]), float(tree.last_day[i])
    if gap_days(first, last, float(tree.first_day[j]), float(tree.last_day[j])) > asked.days:
        return -1
    return 1 if squared < asked.enough or i == j else 0


@no_type_check
def _in_order(tree: PairTree, i: int, j: int) -> tuple[int, int]:
    """Two points, the one given first in front: rounding depends on which comes first."""
    return (i, j) if int(tree.points.row[i]) < int(tree.points.row[j]) else (j, i)


@no_type_check
def unite(
    tree: PairTree, asked: Asked, dense: npt.NDArray[np.bool_], parent: Integers, whole: Integers
) -> None:
    """Make one group of all dense points that are near to each other, directly or by others.

    Parameters
    ----------
    tree, asked, dense
        As for `fill_dense`.
    parent
        Numbers of the points, in order. Is filled: who goes from each to its parent and on comes to
        the same point of the group.
    whole
        Room to work in, shape (groups, 8): a dense point of each box whose dense points are known
        to hang together.
    """
    levels, width, points = tree.points.level, whole.shape[1], len(dense)
    room = _work(width)
    waits, near, late, box = room.waits, room.near, room.late, room.box
    whole[:] = _NONE
    leaves = -(-points // width)
    for leaf in range(leaves):
        own = _join_leaves(tree, asked, dense, parent, leaf, leaf)
        at = int(levels[0]) + leaf // width
        whole[at, leaf % width] = own
        waiting = 0
        if own != _NONE:
            open_box(tree, leaf, box)
            waits[0, 0] = 0
            waits[0, 1] = len(levels) - 1
            waiting = 1
        while waiting > 0:
            waiting -= 1
            group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
            compare_boxes(box, tree, group, asked.chord_m, near, late)
            child = (group - int(levels[level])) * width
            for k in range(width):
                # Later leaves look back at this one.
                if (child + k) * width**level >= leaf or float(near[k]) > 0.0:
                    continue
                known = int(whole[group, k])
                if float(late[k]) > asked.days or (level == 0 and known == _NONE):
                    continue
                if known >= 0 and own >= 0 and _root(parent, known) == _root(parent, own):
                    continue
                if known >= 0 and is_sure(box, tree, group, k, asked):
                    own = _join_all(dense, parent, leaf, width, known)
                elif level > 0:
                    waits[waiting, 0] = int(levels[level - 1]) + child + k
                    waits[waiting, 1] = level - 1
                    waiting += 1
                else:
                    own = _join_leaves(tree, asked, dense, parent, leaf, child + k)
        whole[at, leaf % width] = own
        _close_groups(levels, whole, parent, leaf, leaves)


@no_type_check
def _root(parent: Integers, i: int) -> int:
    """The point that stands for the group of a point."""
    while int(parent[i]) != i:
        parent[i] = parent[int(parent[i])]
        i = int(parent[i])
    return i


@no_type_check
def _join(parent: Integers, i: int, j: int) -> None:
    a, b = _root(parent, i), _root(parent, j)
    parent[max(a, b)] = min(a, b)


@no_type_check
def _join_all(
    dense: npt.NDArray[np.bool_], parent: Integers, leaf: int, width: int, known: int
) -> int:
    """Join all dense points of a leaf with one that is known; gives it back."""
    for i in range(leaf * width, min(leaf * width + width, len(dense))):
        if dense[i]:
            _join(parent, i, known)
    return known


@no_type_check
def _join_leaves(
    tree: PairTree,
    asked: Asked,
    dense: npt.NDArray[np.bool_],
    parent: Integers,
    leaf: int,
    other: int,
) -> int:
    """Join the dense points of a leaf with those near to them in another, or in itself.

    Gives one of the dense points of the leaf if they hang together by now.
    """
    width, points, places = tree.points.boxes.shape[2], len(dense), tree.points.places
    one, two, apart_m = np.empty(1, np.int64), np.empty(1, np.int64), np.empty(1)
    own = _NONE
    for i in range(leaf * width, min(leaf * width + width, points)):
        if not dense[i]:
            continue
        for j in range(other * width, min(other * width + width, i)):
            if not dense[j] or _root(parent, i) == _root(parent, j):
                continue
            nearness = _nearness(tree, asked, i, j)
            if nearness == 0:
                one[0], two[0] = _in_order(tree, i, j)
                fill_distances(places, one, places, two, apart_m)
                nearness = -1 if float(apart_m[0]) > asked.distance_m else 1
            if nearness > 0:
                _join(parent, i, j)
    for i in range(leaf * width, min(leaf * width + width, points)):
        if dense[i] and own != _SEVERAL:
            hangs = own == _NONE or _root(parent, own) == _root(parent, i)
            own = i if hangs else _SEVERAL
    return own


@no_type_check
def _close_groups(
    levels: Integers, whole: Integers, parent: Integers, leaf: int, leaves: int
) -> None:
    """Tell of the boxes that end with a leaf whether their dense points hang together."""
    width, number = whole.shape[1], leaf
    for level in range(1, len(levels)):
        if (number + 1) % width != 0 and leaf != leaves - 1:
            return
        group, known = int(levels[level - 1]) + number // width, _NONE
        for k in range(width):
            below = int(whole[group, k])
            if below == _NONE or known == _SEVERAL:
                continue
            hangs = known == _NONE or (below >= 0 and _root(parent, known) == _root(parent, below))
            known = below if hangs else _SEVERAL
        number //= width
        whole[int(levels[level]) + number // width, number % width] = known


@no_type_check
def border_pairs(
    tree: PairTree,
    asked: Asked,
    dense: npt.NDArray[np.bool_],
    first: int,
    outer: Integers,
    inner: Integers,
) -> tuple[int, int]:
    """Find for each point that is not dense the dense ones next to it, by their chords.

    Parameters
    ----------
    tree, asked, dense
        As for `fill_dense`.
    first
        Number of the point to begin with.
    outer, inner
        Are filled with pairs of a point and a dense one, among them the nearest dense one if it is
        near; have room for as many as there are points, at least.

    Returns
    -------
    tuple
        Number of the next point, for which there was no room, and number of pairs.
    """
    count, listed = 0, np.empty(len(dense), dtype=np.int64)
    for i in range(first, len(dense)):
        if dense[i]:
            continue
        found = _list_dense(tree, asked, dense, i, listed)
        if count + found > len(outer):
            return i, count
        for k in range(found):
            outer[count + k] = i
            inner[count + k] = listed[k]
        count += found
    return len(dense), count


@no_type_check
def _list_dense(
    tree: PairTree, asked: Asked, dense: npt.NDArray[np.bool_], i: int, listed: Integers
) -> int:
    """List the dense points that may be the nearest to a point; their number."""
    levels, xyz_m = tree.points.level, tree.points.places.xyz_m
    boxes, spans, width = tree.points.boxes, tree.spans, tree.points.boxes.shape[2]
    waits, near = np.empty((256, 2), np.int64), np.empty(width)
    x, y, z = float(xyz_m[0, i]), float(xyz_m[1, i]), float(xyz_m[2, i])
    first, last = float(tree.first_day[i]), float(tree.last_day[i])
    limit, count = asked.chord_m * asked.chord_m, 0
    waits[0, 0] = 0
    waits[0, 1] = len(levels) - 1
    waiting = 1
    while waiting > 0:
        waiting -= 1
        group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
        compare(x, y, z, boxes, group, near)
        child = (group - int(levels[level])) * width
        for k in range(width):
            late = gap_days(first, last, float(spans[group, 0, k]), float(spans[group, 2, k]))
            if float(near[k]) > limit or late > asked.days:
                continue
            if level > 0:
                waits[waiting, 0] = int(levels[level - 1]) + child + k
                waits[waiting, 1] = level - 1
                waiting += 1
                continue
            for j in range((child + k) * width, min((child + k + 1) * width, len(dense))):
                if dense[j] and _nearness(tree, asked, i, j) >= 0:
                    listed[count] = j
                    count += 1
                    limit = min(limit, limit_of(squared_chord(xyz_m, j, x, y, z)))
    return prune(listed, count, xyz_m, x, y, z, limit)
