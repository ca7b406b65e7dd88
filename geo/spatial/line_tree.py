"""Bounding boxes around pieces of lines, in a tree.

Boxes stand in earth-centred coordinates, where +-180 degrees and the poles are ordinary places.
Leaves are some consecutive pieces of one line; eight boxes lie together in memory, so that they are
compared in one go.
"""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats, earth_centred
from geo.spatial.compiling import compiled
from geo.spatial.line_kernels import Vertices
from geo.spatial.line_pieces import Integers, Pieces

__all__ = [
    "Tree",
    "cluster",
    "empty_boxes",
    "fill_boxes",
    "fill_earth_centred",
    "surround_groups",
    "tree_of",
]

_PIECES_PER_LEAF = 4
_WIDTH = 8
# Farther than any place on earth: what has no box is never near.
_NOWHERE_M = 1e9


class Tree(NamedTuple):
    """Pieces in boxes.

    `boxes` has shape (groups, 6, width): least x, y, z, then greatest. Groups of level i start at
    `level[i]`; box k of group g there surrounds the group `level[i - 1] + (g - level[i]) * width
    + k`, and on level 0 the leaf of that number. Leaf j
    holds `leaf_count[j]` pieces from `leaf_first[j]` on.
    """

    boxes: Floats
    level: Integers
    leaf_first: npt.NDArray[np.int32]
    leaf_count: npt.NDArray[np.int32]
    xyz_m: Floats
    vertices: Vertices


def tree_of(pieces: Pieces) -> Tree:
    """Tree over pieces, built by compiled loops.

    Parameters
    ----------
    pieces
        At least one.
    """
    xyz_m = np.empty((len(pieces.lon_deg), 3))
    compiled(fill_earth_centred)(pieces.lon_deg, pieces.lat_deg, xyz_m)
    first, count = _leaves(pieces)
    order = np.arange(len(first))
    compiled(cluster)((xyz_m[first] + xyz_m[first + count]) / 2, order)
    boxes, level = empty_boxes(len(first), axes=3)
    tree = Tree(
        boxes,
        level,
        first[order].astype(np.int32),
        count[order].astype(np.int32),
        xyz_m,
        Vertices(pieces.lon_deg, pieces.lat_deg),
    )
    compiled(fill_boxes)(tree)
    return tree


def empty_boxes(leaves: int, *, axes: int) -> tuple[Floats, Integers]:
    """Boxes to be filled, and the first group of each level.

    Parameters
    ----------
    leaves
        Number of leaves, at least one.
    axes
        Number of axes of a box.
    """
    groups = [-(-leaves // _WIDTH)]
    while groups[-1] > 1:
        groups.append(-(-groups[-1] // _WIDTH))
    # The root comes first in memory.
    level = np.cumsum([0, *reversed(groups)])[-2::-1].copy()
    return np.full((sum(groups), 2 * axes, _WIDTH), _NOWHERE_M), level


def _leaves(pieces: Pieces) -> tuple[Integers, Integers]:
    """First piece and number of pieces of the leaves: runs cut evenly."""
    length = pieces.count - 1
    leaves = -(-length // _PIECES_PER_LEAF)
    run = np.repeat(np.arange(len(leaves)), leaves)
    number = np.arange(len(run)) - np.repeat(np.cumsum(leaves) - leaves, leaves)
    start = length[run] * number // leaves[run]
    stop = length[run] * (number + 1) // leaves[run]
    return pieces.first[run] + start, stop - start


@no_type_check
def fill_earth_centred(lon_deg: Floats, lat_deg: Floats, xyz_m: Floats) -> None:
    """Fill in the earth-centred coordinates."""
    for i in range(len(lon_deg)):
        x, y, z = earth_centred(float(lon_deg[i]), float(lat_deg[i]))
        xyz_m[i, 0] = x
        xyz_m[i, 1] = y
        xyz_m[i, 2] = z


@no_type_check
def cluster(centre_m: Floats, order: Integers) -> None:
    """Sort such that neighbours follow each other: on every level of the tree groups are full."""
    todo = np.empty((128, 2), dtype=np.int64)
    todo[0, 0] = 0
    todo[0, 1] = len(order)
    waiting = 1
    while waiting > 0:
        waiting -= 1
        start, stop = int(todo[waiting, 0]), int(todo[waiting, 1])
        half = _WIDTH
        while half * 2 < stop - start:
            half *= 2
        if half >= stop - start:
            continue
        _split(centre_m, order, start, stop, start + half)
        todo[waiting, 1] = start + half
        todo[waiting + 1, 0] = start + half
        todo[waiting + 1, 1] = stop
        waiting += 2


@no_type_check
def _split(centre_m: Floats, order: Integers, start: int, stop: int, middle: int) -> None:
    """Bring the least along the widest axis before the middle (Hoare's selection)."""
    axis = _widest_axis(centre_m, order, start, stop)
    low, high = start, stop - 1
    while low < high:
        pivot = float(centre_m[int(order[(low + high) // 2]), axis])
        i, j = low, high
        while i <= j:
            while float(centre_m[int(order[i]), axis]) < pivot:
                i += 1
            while float(centre_m[int(order[j]), axis]) > pivot:
                j -= 1
            if i <= j:
                swapped = int(order[i])
                order[i] = order[j]
                order[j] = swapped
                i += 1
                j -= 1
        if middle <= j:
            high = j
        elif middle >= i:
            low = i
        else:
            low = high


@no_type_check
def _widest_axis(centre_m: Floats, order: Integers, start: int, stop: int) -> int:
    axis, widest = 0, -1.0
    for candidate in range(centre_m.shape[1]):
        least, greatest = math.inf, -math.inf
        for i in range(start, stop):
            value = float(centre_m[int(order[i]), candidate])
            least = min(least, value)
            greatest = max(greatest, value)
        if greatest - least > widest:
            axis, widest = candidate, greatest - least
    return axis


@no_type_check
def fill_boxes(tree: Tree) -> None:
    """Fill in the boxes, from the leaves to the root."""
    for leaf in range(len(tree.leaf_first)):
        group, k = int(tree.level[0]) + leaf // _WIDTH, leaf % _WIDTH
        start = int(tree.leaf_first[leaf])
        for axis in range(3):
            least, greatest = math.inf, -math.inf
            for vertex in range(start, start + int(tree.leaf_count[leaf]) + 1):
                value = float(tree.xyz_m[vertex, axis])
                least = min(least, value)
                greatest = max(greatest, value)
            tree.boxes[group, axis, k] = least
            tree.boxes[group, axis + 3, k] = greatest
    surround_groups(tree.boxes, tree.level)


@no_type_check
def surround_groups(boxes: Floats, level: Integers) -> None:
    """Fill in the boxes of all levels above the lowest."""
    stop = len(boxes)
    for above in range(1, len(level)):
        below = int(level[above - 1])
        for group in range(below, stop):
            parent = int(level[above]) + (group - below) // _WIDTH
            _surround(boxes, group, parent, (group - below) % _WIDTH)
        stop = below


@no_type_check
def _surround(boxes: Floats, group: int, parent: int, k: int) -> None:
    """Make one box of a parent hold all boxes of a group."""
    axes = boxes.shape[1] // 2
    for axis in range(axes):
        least, greatest = math.inf, -math.inf
        for i in range(_WIDTH):
            low, high = float(boxes[group, axis, i]), float(boxes[group, axis + axes, i])
            if low < _NOWHERE_M:
                least = min(least, low)
                greatest = max(greatest, high)
        boxes[parent, axis, k] = least
        boxes[parent, axis + axes, k] = greatest
