"""Points in a tree of bounding boxes, in earth-centred coordinates.

Leaves are eight points that lie close together; eight boxes lie together in memory, as in
`geo.spatial.line_tree`.
"""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.chords import Places
from geo.spatial.compiling import compiled
from geo.spatial.curve_order import curve_order
from geo.spatial.line_tree import cluster, empty_boxes, surround_groups

__all__ = ["WIDTH", "PointTree", "fill_leaves", "point_tree_of"]

#: Points of a leaf, and boxes of a group.
WIDTH = 8
# Farther than any place on earth: what fills up the last leaf is never near.
_NOWHERE_M = 1e9


class PointTree(NamedTuple):
    """Points in boxes; leaf j holds the points 8 j to 8 j + 7.

    `boxes` and `level` are those of `geo.spatial.line_tree.Tree`. `row` numbers the points as they
    were given; it is -1 where the last leaf is not full.
    """

    boxes: Floats
    level: npt.NDArray[np.int64]
    places: Places
    row: npt.NDArray[np.int64]


def point_tree_of(places: Places, *, beside: Floats | None = None) -> PointTree:
    """Tree over points, built by compiled loops.

    Parameters
    ----------
    places
        At least one.
    beside
        One more coordinate of each point, in metres, that leaves should be narrow in too.
    """
    order = curve_order(*places.lonlat)
    axes = places.xyz_m if beside is None else np.vstack((places.xyz_m, beside))
    # What is close on earth should be close in memory, also while it is sorted.
    close = np.arange(len(order))
    compiled(cluster)(axes.T[order], close)
    order = order[close]
    filling = -len(order) % WIDTH
    row = np.append(order, np.full(filling, -1))
    xyz_m = np.full((3, len(row)), _NOWHERE_M)
    xyz_m[:, : len(order)] = places.xyz_m[:, order]
    lonlat = np.zeros((2, len(row)))
    lonlat[:, : len(order)] = places.lonlat[:, order]
    boxes, level = empty_boxes(len(row) // WIDTH, axes=3)
    first = int(level[0])
    compiled(fill_leaves)(xyz_m[:, : len(order)], xyz_m[:, : len(order)], boxes[first:])
    compiled(surround_groups)(boxes, level)
    return PointTree(boxes, level, Places(lonlat, xyz_m), row)


@no_type_check
def fill_leaves(low: Floats, high: Floats, boxes: Floats) -> None:
    """Fill in the boxes of the lowest level.

    Parameters
    ----------
    low, high
        Bounds of each point, shape (axes, n).
    boxes
        Groups of the lowest level, shape (m, 2 * axes, 8).
    """
    axes, points = low.shape
    for leaf in range(-(-points // WIDTH)):
        for axis in range(axes):
            least, greatest = math.inf, -math.inf
            for i in range(leaf * WIDTH, min(leaf * WIDTH + WIDTH, points)):
                least = min(least, float(low[axis, i]))
                greatest = max(greatest, float(high[axis, i]))
            boxes[leaf // WIDTH, axis, leaf % WIDTH] = least
            boxes[leaf // WIDTH, axis + axes, leaf % WIDTH] = greatest
