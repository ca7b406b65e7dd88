"""Balls around stretches of lines: the search for few points.

It needs no compiled loop and no preparation beyond the bounds of each stretch, so that one point is
answered at once. Whole arrays are compared with the balls; what remains is measured piece by piece.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from geo.geodesy import SEMI_MAJOR_AXIS_M, Floats, earth_centred, to_ecef
from geo.spatial.curve_order import cell_numbers
from geo.spatial.line_kernels import Found, Vertices, chord, no_best, reach_m, settle
from geo.spatial.line_pieces import Arcs, Integers, Pieces, cut

__all__ = [
    "Blocks",
    "Near",
    "blocks_of",
    "chords",
    "distances",
    "nearest_in_blocks",
    "reach",
]

_EDGES = 32
_PER_GROUP = 32
# Pairs of a point and a piece that are held at once.
_PAIRS = 500_000
# The meridian is longer than the equator per radian, at the poles.
_LONGEST_RADIUS_M = 1.0034 * SEMI_MAJOR_AXIS_M


class Near(NamedTuple):
    """Arc and edge next to each point; in columns distance, longitude, latitude, azimuth."""

    arc: Integers
    edge: Integers
    place: Floats


@dataclass(frozen=True)
class Blocks:
    """Stretches of arcs in balls, and neighbouring balls in larger ones.

    Stretch i has the `count[i]` vertices from `start[i]` on, which begin with edge `edge[i]` of the
    arc `arc[i]`; it lies in a ball (`centre_m[:, i]`, `radius_m[i]`). Group j holds the balls
    `member[j]`; one that is not full repeats the last.
    """

    arc: Integers
    edge: Integers
    start: Integers
    count: Integers
    centre_m: Floats
    radius_m: Floats
    member: Integers
    group_centre_m: Floats
    group_radius_m: Floats


def blocks_of(arcs: Arcs) -> Blocks:
    """Stretches of arcs; arcs without two different points are left out.

    Raises
    ------
    ValueError
        No arc has two different points.
    """
    length = np.maximum(arcs.count - 1, 0)
    number = -(-length // _EDGES)
    arc = np.repeat(np.arange(len(length)), number)
    position = np.arange(len(arc)) - np.repeat(np.cumsum(number) - number, number)
    edge = length[arc] * position // number[arc]
    count = length[arc] * (position + 1) // number[arc] - edge + 1
    start = arcs.start[arc] + edge
    west, south, east, north = _bounds(arcs, start, count)
    moving = np.zeros(len(length), dtype=np.bool_)
    moving[arc[(west < east) | (south < north)]] = True
    if not moving.any():
        raise ValueError("a LineIndex needs at least one line with two different points")
    kept = moving[arc]
    west, south, east, north = west[kept], south[kept], east[kept], north[kept]
    centre_m, radius_m = _balls(west, south, east, north)
    member = _groups((west + east) / 2, (south + north) / 2)
    group_centre_m = centre_m[:, member].mean(axis=2)
    apart_m = distances(group_centre_m.T, centre_m[:, member])
    return Blocks(
        arc[kept],
        edge[kept],
        start[kept],
        count[kept],
        centre_m,
        radius_m,
        member,
        group_centre_m,
        (apart_m + radius_m[member]).max(axis=1),
    )


def _bounds(arcs: Arcs, start: Integers, count: Integers) -> tuple[Floats, ...]:
    """West, south, east and north of runs of vertices, in degrees."""
    # Every second slice is a run without its last vertex; in order, what lies between is short.
    order = np.argsort(start, kind="stable")
    last = start + count - 1
    slices = np.column_stack((start[order], last[order])).ravel()
    sides = []
    for extreme in (np.minimum, np.maximum):
        for column in (0, 1):
            values = arcs.vertices[:, column]
            found = values[last]
            if len(slices) > 0:
                found[order] = extreme(found[order], extreme.reduceat(values, slices)[::2])
            sides.append(np.asarray(found / arcs.units, dtype=np.float64))
    return tuple(sides)


def _balls(west: Floats, south: Floats, east: Floats, north: Floats) -> tuple[Floats, Floats]:
    """Centres, shape (3, n), and radii of balls that hold what lies within bounds."""
    lat = np.radians(np.where(south * north < 0, 0.0, np.minimum(np.abs(south), np.abs(north))))
    half_width = np.radians(east - west) / 2 * np.cos(lat)
    half_height = np.radians(north - south) / 2
    centre_m = to_ecef((west + east) / 2, (south + north) / 2).T.copy()
    return centre_m, _LONGEST_RADIUS_M * np.hypot(half_width, half_height)


def _groups(lon_deg: Floats, lat_deg: Floats) -> Integers:
    """Balls of each group: neighbours along a curve."""
    order = np.argsort(cell_numbers(lon_deg, lat_deg, bits=10), kind="stable")
    groups = -(-len(order) // _PER_GROUP)
    filled = np.append(order, np.repeat(order[-1:], groups * _PER_GROUP - len(order)))
    return filled.reshape(groups, _PER_GROUP)


def nearest_in_blocks(
    lon_deg: Floats, lat_deg: Floats, arcs: Arcs, blocks: Blocks, within_m: float
) -> Near:
    """Nearest edge to each point.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,); some hundreds at a time, since memory grows with them.
    arcs, blocks
        Where to search.
    within_m
        What lies farther away need not be found; without an answer numbers are -1 and NaN.
    """
    point, block = _close_blocks(to_ecef(lon_deg, lat_deg), blocks, within_m)
    near = Near(
        np.full(len(lon_deg), -1, dtype=np.int64),
        np.full(len(lon_deg), -1, dtype=np.int64),
        np.full((len(lon_deg), 4), np.nan),
    )
    if len(point) == 0:
        return near
    used, run = np.unique(block, return_inverse=True)
    pieces = cut(arcs, blocks.start[used], blocks.count[used])
    length = pieces.count[run] - 1
    total = np.cumsum(length)
    begin = 0
    while begin < len(point):
        done = total[begin - 1] if begin > 0 else 0
        end = max(int(np.searchsorted(total, done + _PAIRS, side="right")), begin + 1)
        # A point's pieces stay together.
        end = int(np.searchsorted(point, point[end - 1], side="right"))
        found = _close_pieces((lon_deg, lat_deg), point[begin:end], run[begin:end], pieces)
        _settle_all((lon_deg, lat_deg), found, pieces, (blocks, used), near)
        begin = end
    return near


def _close_blocks(points_m: Floats, blocks: Blocks, within_m: float) -> tuple[Integers, Integers]:
    """Pairs of a point and a block that may hold its nearest edge, sorted."""
    apart_m = distances(points_m, blocks.group_centre_m)
    first = blocks.member[np.argmin(apart_m, axis=1)]
    longest_m = distances(points_m, blocks.centre_m[:, first]) + blocks.radius_m[first]
    # A chord is never longer than the way over ground.
    limit_m = np.minimum(reach(longest_m.min(axis=1)), within_m)
    point, group = np.nonzero(apart_m - blocks.group_radius_m <= limit_m[:, None])
    block = blocks.member[group]
    apart_m = distances(points_m[point], blocks.centre_m[:, block])
    radius_m = blocks.radius_m[block]
    starts = np.flatnonzero(np.diff(point, prepend=-1))
    limit_m = np.full(len(points_m), within_m)
    longest_m = np.minimum.reduceat((apart_m + radius_m).min(axis=1), starts)
    limit_m[point[starts]] = np.minimum(reach(longest_m), within_m)
    pair, member = np.nonzero(apart_m - radius_m <= limit_m[point][:, None])
    # A group that is not full repeats a ball.
    key = np.unique(point[pair] * len(blocks.arc) + block[pair, member])
    return key // len(blocks.arc), key % len(blocks.arc)


def distances(points_m: Floats, centre_m: Floats) -> Floats:
    """Distances of each point, shape (n, 3), to places, shape (3, m) or (3, n, m)."""
    squared = np.zeros(1)
    for axis in range(3):
        across = centre_m[axis] - points_m[:, axis, None]
        across *= across
        squared = squared + across
    return np.sqrt(squared)


def reach(chord_m: Floats) -> Floats:
    """`reach_m` of each chord."""
    # Numpy's sines may differ from `math`'s in the last digit.
    return np.fromiter(map(reach_m, chord_m.tolist()), dtype=np.float64, count=len(chord_m)) + 1e-3


def _close_pieces(
    lon_lat: tuple[Floats, Floats], point: Integers, run: Integers, pieces: Pieces
) -> tuple[Integers, Integers]:
    """Pairs of a point and a piece that may be its nearest, sorted."""
    xyz_m = to_ecef(pieces.lon_deg, pieces.lat_deg)
    length = pieces.count[run] - 1
    begin = np.cumsum(length) - length
    piece = np.arange(length.sum()) + np.repeat(pieces.first[run] - begin, length)
    query = np.repeat(point, length)
    points_m = to_ecef(*lon_lat)
    apart_m = chords(points_m[query], xyz_m, piece)
    starts = np.flatnonzero(np.diff(query, prepend=-1))
    shortest_m = np.minimum.reduceat(apart_m, starts)
    close = apart_m <= np.repeat(reach(shortest_m), np.diff(starts, append=len(query)))
    return query[close], piece[close]


def chords(points_m: Floats, xyz_m: Floats, piece: Integers) -> Floats:
    """Distances of points to the chords of pieces."""
    start_m = xyz_m[piece]
    along_m = xyz_m[piece + 1] - start_m
    offset_m = points_m - start_m
    share = np.einsum("ij,ij->i", offset_m, along_m)
    share /= np.einsum("ij,ij->i", along_m, along_m) + 1e-30
    offset_m -= np.clip(share, 0, 1)[:, None] * along_m
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", offset_m, offset_m)))


def _settle_all(
    lon_lat: tuple[Floats, Floats],
    found: tuple[Integers, Integers],
    pieces: Pieces,
    numbers: tuple[Blocks, Integers],
    near: Near,
) -> None:
    vertices = Vertices(pieces.lon_deg, pieces.lat_deg)
    blocks, used = numbers
    point, piece = found
    starts = np.flatnonzero(np.diff(point, prepend=-1))
    winner = np.empty(len(starts), dtype=np.int64)
    best, ends_m = no_best(), np.empty((2, 3))
    for i, (begin, end) in enumerate(zip(starts, [*starts[1:], len(point)], strict=True)):
        query = int(point[begin])
        lon, lat = float(lon_lat[0][query]), float(lon_lat[1][query])
        best.piece[0] = -1
        settle(
            lon,
            lat,
            vertices,
            _found(lon, lat, vertices, piece[begin:end], ends_m),
            end - begin,
            best,
        )
        winner[i] = best.piece[0]
        near.place[query] = best.place
    run = np.searchsorted(pieces.first, winner, side="right") - 1
    settled = point[starts]
    near.arc[settled] = blocks.arc[used[run]]
    near.edge[settled] = blocks.edge[used[run]] + pieces.edge[winner]


def _found(
    lon_deg: float, lat_deg: float, vertices: Vertices, piece: Integers, ends_m: Floats
) -> Found:
    """Pieces with where along them the point is nearest; `ends_m` is room to work in."""
    x, y, z = earth_centred(lon_deg, lat_deg)
    found = Found(piece, np.empty(len(piece)), np.empty(len(piece)))
    for i, start in enumerate(piece.tolist()):
        for end in (0, 1):
            lon, lat = vertices.lon_deg[start + end], vertices.lat_deg[start + end]
            ends_m[end] = earth_centred(float(lon), float(lat))
        found.squared[i], found.share[i] = chord(x, y, z, ends_m, 0)
    return found
