"""Nearest pieces of lines for many points: a walk down the tree, compiled.

Points come along a space-filling curve, so that the answer for one is a good first guess for the
next.
"""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats, earth_centred
from geo.spatial.line_kernels import (
    Best,
    Found,
    Vertices,
    chord,
    no_best,
    reach_m,
    settle,
)
from geo.spatial.line_pieces import Integers
from geo.spatial.line_tree import Tree

__all__ = ["Answers", "Room", "compare", "limit_of", "nearest_pieces", "no_answers", "push"]

_FOUND = 64


class Answers(NamedTuple):
    """Nearest piece of each point, and in columns distance, longitude, latitude, azimuth."""

    piece: Integers
    place: Floats


class Room(NamedTuple):
    """What waits: groups of boxes with level and squared distance; and those of one group."""

    group: npt.NDArray[np.int64]
    squared: Floats
    near: Floats


def no_answers(count: int) -> Answers:
    """Room for the answers for a number of points."""
    return Answers(np.full(count, -1, dtype=np.int64), np.full((count, 4), np.nan))


@no_type_check
def nearest_pieces(  # noqa: C901
    lon_deg: Floats, lat_deg: Floats, tree: Tree, answers: Answers
) -> None:
    """Find the nearest piece of each point; neighbours among the points should follow each other.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite.
    tree
        Where to search.
    answers
        Is filled.
    """
    # One long loop, and each tuple opened once: compiled code counts the users of an array
    # whenever it comes out of a tuple, which cost a fifth of the time.
    boxes, levels, firsts, counts, xyz_m, vertices = tree
    room = Room(np.empty((256, 2), dtype=np.int64), np.empty(256), np.empty(boxes.shape[2]))
    groups, waits_m, near = room
    found = Found(np.empty(_FOUND, dtype=np.int64), np.empty(_FOUND), np.empty(_FOUND))
    found_piece, found_squared, found_share = found
    best = no_best()
    guess, root = int(firsts[0]), len(levels) - 1
    for i in range(len(lon_deg)):
        lon, lat = float(lon_deg[i]), float(lat_deg[i])
        x, y, z = earth_centred(lon, lat)
        shortest, _ = chord(x, y, z, xyz_m, guess)
        limit = limit_of(shortest)
        best.piece[0] = -1
        groups[0, 0] = 0
        groups[0, 1] = root
        waits_m[0] = 0.0
        waiting, count = 1, 0
        while waiting > 0:
            waiting -= 1
            if float(waits_m[waiting]) > limit:
                continue
            group, level = int(groups[waiting, 0]), int(groups[waiting, 1])
            compare(x, y, z, boxes, group, near)
            child = (group - int(levels[level])) * len(near)
            if level > 0:
                child += int(levels[level - 1])
                waiting = push(groups, waits_m, near, limit, child, level - 1, waiting)
                continue
            for k in range(len(near)):
                if float(near[k]) > limit:
                    continue
                first = int(firsts[child + k])
                for piece in range(first, first + int(counts[child + k])):
                    squared, share = chord(x, y, z, xyz_m, piece)
                    if squared > limit:
                        continue
                    if squared < shortest:
                        shortest = squared
                        limit = limit_of(shortest)
                    if count == _FOUND:
                        count = _make_room(lon, lat, vertices, found, limit, best)
                    found_piece[count] = piece
                    found_squared[count] = squared
                    found_share[count] = share
                    count += 1
        settle(lon, lat, vertices, found, _prune(found, count, limit), best)
        guess = int(best.piece[0])
        answers.piece[i] = guess
        for column in range(4):
            answers.place[i, column] = best.place[column]


@no_type_check
def limit_of(shortest: float) -> float:
    """Square of `reach_m`, from the square of the shortest chord."""
    reach = reach_m(math.sqrt(shortest))
    return reach * reach


@no_type_check
def compare(x: float, y: float, z: float, boxes: Floats, group: int, near: Floats) -> None:
    """Squared distances from a point to the boxes of a group."""
    # A length known only at run time lets the compiler use its wide registers here; `max`, which
    # minds NaN, would cost a seventh of the whole search.
    for k in range(len(near)):
        below, above = float(boxes[group, 0, k]) - x, x - float(boxes[group, 3, k])
        across = below if below > above else above  # noqa: FURB136
        across = across if across > 0.0 else 0.0  # noqa: FURB136
        squared = across * across
        below, above = float(boxes[group, 1, k]) - y, y - float(boxes[group, 4, k])
        across = below if below > above else above  # noqa: FURB136
        across = across if across > 0.0 else 0.0  # noqa: FURB136
        squared += across * across
        below, above = float(boxes[group, 2, k]) - z, z - float(boxes[group, 5, k])
        across = below if below > above else above  # noqa: FURB136
        across = across if across > 0.0 else 0.0  # noqa: FURB136
        near[k] = squared + across * across


@no_type_check
def push(
    groups: npt.NDArray[np.int64],
    waits_m: Floats,
    near: Floats,
    limit: float,
    child: int,
    level: int,
    waiting: int,
) -> int:
    """Let the near boxes wait for their turn, the nearest for the next; number that waits."""
    bottom = waiting
    for k in range(len(near)):
        squared = float(near[k])
        if squared > limit:
            continue
        at = waiting
        while at > bottom and float(waits_m[at - 1]) < squared:
            waits_m[at] = waits_m[at - 1]
            groups[at, 0] = groups[at - 1, 0]
            at -= 1
        waits_m[at] = squared
        groups[at, 0] = child + k
        groups[waiting, 1] = level
        waiting += 1
    return waiting


@no_type_check
def _prune(found: Found, count: int, limit: float) -> int:
    """Forget what turned out to be too far; number of pieces left."""
    kept = 0
    for i in range(count):
        if float(found.squared[i]) <= limit:
            found.piece[kept] = found.piece[i]
            found.squared[kept] = found.squared[i]
            found.share[kept] = found.share[i]
            kept += 1
    return kept


@no_type_check
def _make_room(
    lon_deg: float, lat_deg: float, vertices: Vertices, found: Found, limit: float, best: Best
) -> int:
    """Number of pieces left, at most half of what there is room for."""
    count = _prune(found, _FOUND, limit)
    if count <= _FOUND // 2:
        return count
    settle(lon_deg, lat_deg, vertices, found, count, best)
    return 0
