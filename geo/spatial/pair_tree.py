"""Points in a tree of bounding boxes, with the spans of days and the radii that they have."""

from typing import NamedTuple

import numpy as np

from geo.geodesy import Floats
from geo.spatial.chords import Places
from geo.spatial.compiling import compiled
from geo.spatial.line_tree import surround_groups
from geo.spatial.point_tree import WIDTH, PointTree, fill_leaves, point_tree_of

__all__ = ["PairTree", "pair_tree_of"]


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


def pair_tree_of(
    places: Places,
    first_day: Floats,
    last_day: Floats,
    radius_m: Floats,
    *,
    per_day_m: float | None,
) -> PairTree:
    """Tree over points, built by compiled loops.

    Parameters
    ----------
    places, first_day, last_day, radius_m
        At least one point.
    per_day_m
        How far apart two points are that keep as well apart as a day does; None where days do not
        matter.
    """
    beside = None if per_day_m is None else (first_day + last_day) / 2 * per_day_m
    points = point_tree_of(places, beside=beside)
    order = points.row[: len(first_day)]
    first, last, radius = first_day[order], last_day[order], radius_m[order]
    # As empty as the boxes that it belongs to.
    spans = np.full((len(points.boxes), 4, WIDTH), points.boxes.max())
    low = np.stack((first, np.zeros(len(order))))
    compiled(fill_leaves)(low, np.stack((last, radius)), spans[int(points.level[0]) :])
    compiled(surround_groups)(spans, points.level)
    return PairTree(points, spans, first, last, radius)
