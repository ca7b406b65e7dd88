"""The nearest lines that belong to different owners: the walk down the tree, and for few points."""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats, earth_centred, inverse
from geo.spatial.line_kernels import Vertices, chord, foot
from geo.spatial.line_pieces import Integers
from geo.spatial.line_search import Room, compare, limit_of, push
from geo.spatial.line_tree import Tree

__all__ = [
    "OwnerAnswers",
    "Slots",
    "nearest_owners",
    "no_owner_answers",
    "no_slots",
    "offer",
    "owners_of_boxes",
]


class Slots(NamedTuple):
    """Nearest owners so far, nearest first: owner, piece (-1 for none), shortest squared chord.

    `place` has distance, longitude, latitude and azimuth in columns.
    """

    owner: npt.NDArray[np.int64]
    piece: npt.NDArray[np.int64]
    squared: Floats
    place: Floats


class OwnerAnswers(NamedTuple):
    """Nearest pieces of each point, one for each owner; places as in `Slots`."""

    piece: Integers
    place: Floats


def no_owner_answers(points: int, count: int) -> OwnerAnswers:
    """Room for the answers for a number of points."""
    return OwnerAnswers(
        np.full((points, count), -1, dtype=np.int64), np.full((points, count, 4), np.nan)
    )


def owners_of_boxes(tree: Tree, leaf_owner: Integers) -> Integers:
    """Owner of all that lies in a box, -1 where there are several; shape (groups, width).

    Parameters
    ----------
    tree
        Whose boxes.
    leaf_owner
        Owner of each leaf.
    """
    width = tree.boxes.shape[2]
    owners = np.full((len(tree.boxes), width), -1, dtype=np.int64)
    inside, stop = leaf_owner, len(tree.boxes)
    for first in tree.level.tolist():
        level = owners[first:stop]
        level.ravel()[: len(inside)] = inside
        inside = np.where((level == level[:, :1]).all(axis=1), level[:, 0], -1)
        stop = first
    return owners


@no_type_check
def no_slots(count: int) -> Slots:
    """Nothing found so far."""
    return Slots(
        np.full(count, -1, dtype=np.int64),
        np.full(count, -1, dtype=np.int64),
        np.full(count, math.inf),
        np.full((count, 4), math.nan),
    )


@no_type_check
def _start_again(lon_deg: float, lat_deg: float, tree: Tree, guess: Slots, slots: Slots) -> None:
    """Begin with the pieces that were nearest to the point before."""
    for k in range(len(slots.piece)):
        guess.owner[k] = slots.owner[k]
        guess.piece[k] = slots.piece[k]
        slots.piece[k] = -1
        slots.squared[k] = math.inf
    x, y, z = earth_centred(lon_deg, lat_deg)
    for k in range(len(slots.piece)):
        piece = int(guess.piece[k])
        if piece >= 0:
            squared, share = chord(x, y, z, tree.xyz_m, piece)
            owner = int(guess.owner[k])
            offer(lon_deg, lat_deg, tree.vertices, owner, piece, squared, share, slots)


@no_type_check
def offer(  # noqa: PLR0913, PLR0917
    lon_deg: float,
    lat_deg: float,
    vertices: Vertices,
    owner: int,
    piece: int,
    squared: float,
    share: float,
    slots: Slots,
) -> None:
    """Take a piece among the nearest owners if it belongs there."""
    count, at = len(slots.piece), 0
    while at < count and int(slots.piece[at]) >= 0 and int(slots.owner[at]) != owner:
        at += 1
    known = at < count and int(slots.piece[at]) >= 0
    if known and squared > limit_of(float(slots.squared[at])):
        return
    lon, lat = foot(vertices, piece, share)
    distance_m, azimuth_deg = inverse(lon_deg, lat_deg, lon, lat)
    # No distance is known close to the point opposite on the globe: nothing is farther.
    distance_m = math.inf if math.isnan(distance_m) else distance_m
    if known and squared < float(slots.squared[at]):
        slots.squared[at] = squared
    at = at if at < count else count - 1
    if not _comes_before(distance_m, piece, slots, at):
        return
    if not known:
        slots.squared[at] = squared
    shortest = float(slots.squared[at])
    while at > 0 and _comes_before(distance_m, piece, slots, at - 1):
        slots.owner[at] = slots.owner[at - 1]
        slots.piece[at] = slots.piece[at - 1]
        slots.squared[at] = slots.squared[at - 1]
        for column in range(4):
            slots.place[at, column] = slots.place[at - 1, column]
        at -= 1
    slots.owner[at] = owner
    slots.piece[at] = piece
    slots.squared[at] = shortest
    slots.place[at, 0] = distance_m
    slots.place[at, 1] = lon
    slots.place[at, 2] = lat
    slots.place[at, 3] = azimuth_deg


@no_type_check
def _comes_before(distance_m: float, piece: int, slots: Slots, at: int) -> bool:
    held, held_m = int(slots.piece[at]), float(slots.place[at, 0])
    return held < 0 or distance_m < held_m or (distance_m == held_m and piece < held)


@no_type_check
def nearest_owners(
    lon_deg: Floats, lat_deg: Floats, tree: Tree, box_owner: Integers, answers: OwnerAnswers
) -> None:
    """Find the nearest pieces of different owners for each point.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite.
    tree
        Where to search.
    box_owner
        As `owners_of_boxes` gives them.
    answers
        Is filled.
    """
    count = answers.piece.shape[1]
    slots, guess = no_slots(count), no_slots(count)
    room = Room(np.empty((256, 2), dtype=np.int64), np.empty(256), np.empty(tree.boxes.shape[2]))
    for i in range(len(lon_deg)):
        lon, lat = float(lon_deg[i]), float(lat_deg[i])
        _start_again(lon, lat, tree, guess, slots)
        _walk(lon, lat, tree, box_owner, room, slots)
        for k in range(count):
            answers.piece[i, k] = slots.piece[k]
            for column in range(4):
                if int(slots.piece[k]) >= 0:
                    answers.place[i, k, column] = slots.place[k, column]


@no_type_check
def _skip_known(box_owner: Integers, group: int, limit: float, near: Floats, slots: Slots) -> None:
    """Put boxes out of reach that hold one owner only, for which something nearer is known."""
    for k in range(len(near)):
        owner = int(box_owner[group, k])
        if owner >= 0 and float(near[k]) <= limit:
            for at in range(len(slots.piece)):
                if int(slots.owner[at]) == owner and int(slots.piece[at]) >= 0:
                    if float(near[k]) > limit_of(float(slots.squared[at])):
                        near[k] = math.inf
                    break


@no_type_check
def _walk(
    lon_deg: float, lat_deg: float, tree: Tree, box_owner: Integers, room: Room, slots: Slots
) -> None:
    x, y, z = earth_centred(lon_deg, lat_deg)
    near, last = room.near, len(slots.piece) - 1
    room.group[0, 0] = 0
    room.group[0, 1] = len(tree.level) - 1
    room.squared[0] = 0.0
    waiting = 1
    # Greater than any squared distance on earth, less than that of what has no box.
    limit = 1e15
    if int(slots.piece[last]) >= 0:
        limit = limit_of(float(slots.squared[last]))
    while waiting > 0:
        waiting -= 1
        if float(room.squared[waiting]) > limit:
            continue
        group, level = int(room.group[waiting, 0]), int(room.group[waiting, 1])
        compare(x, y, z, tree.boxes, group, near)
        _skip_known(box_owner, group, limit, near, slots)
        child = (group - int(tree.level[level])) * len(near)
        if level > 0:
            child += int(tree.level[level - 1])
            waiting = push(room.group, room.squared, near, limit, child, level - 1, waiting)
            continue
        for k in range(len(near)):
            if float(near[k]) > limit:
                continue
            leaf = child + k
            first, owner = int(tree.leaf_first[leaf]), int(box_owner[group, k])
            for piece in range(first, first + int(tree.leaf_count[leaf])):
                squared, share = chord(x, y, z, tree.xyz_m, piece)
                if squared <= limit:
                    offer(lon_deg, lat_deg, tree.vertices, owner, piece, squared, share, slots)
                    if int(slots.piece[last]) >= 0:
                        limit = limit_of(float(slots.squared[last]))
