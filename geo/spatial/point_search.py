"""Points within a distance of others: walks down the tree, compiled.

A walk compares chords only; what it finds is measured afterwards (`geo.spatial.geodesics`).
"""

from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.chords import Places
from geo.spatial.line_search import compare
from geo.spatial.point_tree import PointTree

__all__ = ["Found", "points_within", "prune", "squared_chord"]


class Found(NamedTuple):
    """Pairs of a place that asks and a point of the tree, and their distance in metres."""

    query: npt.NDArray[np.int64]
    point: npt.NDArray[np.int64]
    distance_m: Floats


@no_type_check
def points_within(
    asking: Places,
    tree: PointTree,
    limit: float,
    first: int,
    query: npt.NDArray[np.int64],
    point: npt.NDArray[np.int64],
) -> tuple[int, int]:
    """Find the points within a chord of each place that asks.

    Parameters
    ----------
    asking
        Places; neighbours should follow each other.
    tree
        Where to search.
    limit
        Square of the greatest chord.
    first
        Number of the place to begin with.
    query, point
        Are filled with pairs; have room for as many as the tree has points, at least.

    Returns
    -------
    tuple
        Number of the next place, for which there was no room, and number of pairs.
    """
    xyz_m, asking_m, width = tree.places.xyz_m, asking.xyz_m, tree.boxes.shape[2]
    leaves = np.empty(len(tree.boxes) * width, dtype=np.int64)
    count = 0
    for i in range(first, asking_m.shape[1]):
        x, y, z = float(asking_m[0, i]), float(asking_m[1, i]), float(asking_m[2, i])
        start = count
        for n in range(_close_leaves(x, y, z, tree, limit, leaves)):
            begin = int(leaves[n]) * width
            for j in range(begin, begin + width):
                if squared_chord(xyz_m, j, x, y, z) > limit:
                    continue
                if count == len(query):
                    return i, start
                query[count] = i
                point[count] = j
                count += 1
    return asking_m.shape[1], count


@no_type_check
def _close_leaves(
    x: float, y: float, z: float, tree: PointTree, limit: float, leaves: npt.NDArray[np.int64]
) -> int:
    """Number of the leaves whose boxes are near enough; puts them into `leaves`."""
    boxes, levels = tree.boxes, tree.level
    waits, near = np.empty((256, 2), dtype=np.int64), np.empty(boxes.shape[2])
    waits[0, 0] = 0
    waits[0, 1] = len(levels) - 1
    waiting, count = 1, 0
    while waiting > 0:
        waiting -= 1
        group, level = int(waits[waiting, 0]), int(waits[waiting, 1])
        compare(x, y, z, boxes, group, near)
        child = (group - int(levels[level])) * len(near)
        for k in range(len(near)):
            if float(near[k]) > limit:
                continue
            if level == 0:
                leaves[count] = child + k
                count += 1
            else:
                waits[waiting, 0] = int(levels[level - 1]) + child + k
                waits[waiting, 1] = level - 1
                waiting += 1
    return count


@no_type_check
def squared_chord(xyz_m: Floats, j: int, x: float, y: float, z: float) -> float:
    """Square of the chord between a point and a place."""
    across, along = float(xyz_m[0, j]) - x, float(xyz_m[1, j]) - y
    squared = across * across + along * along
    across = float(xyz_m[2, j]) - z
    return squared + across * across


@no_type_check
def prune(
    listed: npt.NDArray[np.int64],
    count: int,
    xyz_m: Floats,
    x: float,
    y: float,
    z: float,
    limit: float,
) -> int:
    """Forget the points of a list that turned out to be too far; number of those left.

    Parameters
    ----------
    listed, count
        Numbers of points, and how many there are.
    xyz_m
        Coordinates of all points.
    x, y, z
        The place that they were listed for.
    limit
        Square of the greatest chord.
    """
    kept = 0
    for k in range(count):
        if squared_chord(xyz_m, int(listed[k]), x, y, z) <= limit:
            listed[kept] = listed[k]
            kept += 1
    return kept
