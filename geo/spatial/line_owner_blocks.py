"""The nearest lines that belong to different owners, for few points and without compiled loops."""

import numpy as np

from geo.geodesy import Floats, earth_centred, to_ecef
from geo.spatial.line_blocks import Blocks, Near, chords, distances, reach
from geo.spatial.line_kernels import Vertices, chord, reach_m
from geo.spatial.line_owners import Slots, no_slots, offer
from geo.spatial.line_pieces import Arcs, Integers, Pieces, cut

__all__ = ["nearest_owners_in_blocks"]


def nearest_owners_in_blocks(
    lon_deg: Floats, lat_deg: Floats, arcs: Arcs, blocks: Blocks, count: int
) -> Near:
    """Nearest edges of different owners for each point; shape (n, count), -1 and NaN for none.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,); some dozens at a time, since memory grows with them.
    arcs, blocks
        Where to search.
    count
        Number of owners, at least 1.
    """
    points_m = to_ecef(lon_deg, lat_deg)
    point, block = _close_blocks(points_m, arcs, blocks, count)
    used, run = np.unique(block, return_inverse=True)
    pieces = cut(arcs, blocks.start[used], blocks.count[used])
    xyz_m = to_ecef(pieces.lon_deg, pieces.lat_deg)
    owner = arcs.owner[blocks.arc[used]]
    shape = (len(lon_deg), count)
    near = Near(np.full(shape, -1), np.full(shape, -1), np.full((*shape, 4), np.nan))
    stops = np.searchsorted(point, np.arange(len(lon_deg)), side="right")
    for query, stop in enumerate(stops):
        runs = run[stops[query - 1] if query > 0 else 0 : stop]
        piece = np.concatenate([_of_run(pieces, int(one)) for one in runs])
        owners = np.repeat(owner[runs], pieces.count[runs] - 1)
        close = _close_pieces(chords(points_m[query], xyz_m, piece), owners, count)
        place = float(lon_deg[query]), float(lat_deg[query])
        slots = _slots(place, pieces, piece[close], owners[close], count)
        filled = slots.piece >= 0
        winner = slots.piece[filled]
        run_of = np.searchsorted(pieces.first, winner, side="right") - 1
        near.arc[query, filled] = blocks.arc[used[run_of]]
        near.edge[query, filled] = blocks.edge[used[run_of]] + pieces.edge[winner]
        near.place[query] = slots.place
    return near


def _of_run(pieces: Pieces, run: int) -> Integers:
    return np.arange(pieces.first[run], pieces.first[run] + pieces.count[run] - 1)


def _close_blocks(
    points_m: Floats, arcs: Arcs, blocks: Blocks, count: int
) -> tuple[Integers, Integers]:
    """Pairs of a point and a block that may hold an edge of one of the nearest owners, sorted."""
    owner = arcs.owner[blocks.arc]
    order = np.argsort(owner, kind="stable")
    first = np.flatnonzero(np.diff(owner[order], prepend=owner[order[0]] - 1))
    apart_m = distances(points_m, blocks.centre_m)
    longest_m = np.minimum.reduceat((apart_m + blocks.radius_m)[:, order], first, axis=1)
    wanted = min(count, len(first)) - 1
    limit = reach(np.partition(longest_m, wanted, axis=1)[:, wanted])
    point, block = np.nonzero(apart_m - blocks.radius_m <= limit[:, None])
    return point, block


def _close_pieces(chord_m: Floats, owners: Integers, count: int) -> Integers:
    """Those that may be the nearest of one of the nearest owners."""
    different, number = np.unique(owners, return_inverse=True)
    shortest_m = np.full(len(different), np.inf)
    np.minimum.at(shortest_m, number, chord_m)
    wanted = min(count, len(different)) - 1
    limit_m = reach_m(float(np.partition(shortest_m, wanted)[wanted]))
    return np.flatnonzero(chord_m <= np.minimum(reach(shortest_m)[number], limit_m + 1e-3))


def _slots(
    place: tuple[float, float], pieces: Pieces, piece: Integers, owners: Integers, count: int
) -> Slots:
    vertices = Vertices(pieces.lon_deg, pieces.lat_deg)
    x, y, z = earth_centred(*place)
    ends_m = np.empty((2, 3))
    slots: Slots = no_slots(count)
    for start, owner in zip(piece.tolist(), owners.tolist(), strict=True):
        for end in (0, 1):
            lon, lat = float(pieces.lon_deg[start + end]), float(pieces.lat_deg[start + end])
            ends_m[end] = earth_centred(lon, lat)
        squared, share = chord(x, y, z, ends_m, 0)
        offer(*place, vertices, owner, start, squared, share, slots)
    return slots
