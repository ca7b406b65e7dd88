"""What both ways of searching lines share: chords, feet, and which of the close ones is nearest.

The search compares chords, which costs a few multiplications. Chords tell nearly the order of the
geodesics: a piece bends away from its chord, and the curvature of the ellipsoid depends on the
direction. So the search hands over every piece whose chord comes within `reach_m` of the shortest,
and `foot` with the geodesic decides, from the same numbers in both ways.
"""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import SEMI_MAJOR_AXIS_M, Floats, inverse
from geo.spatial.line_pieces import BEND_M

__all__ = ["Best", "Found", "Vertices", "chord", "foot", "no_best", "reach_m", "settle"]


class Vertices(NamedTuple):
    """Vertices of pieces; piece i joins i and i + 1."""

    lon_deg: Floats
    lat_deg: Floats


class Found(NamedTuple):
    """Pieces that may be the nearest: which, its squared chord, and where along it, 0 to 1."""

    piece: npt.NDArray[np.int64]
    squared: Floats
    share: Floats


class Best(NamedTuple):
    """Nearest piece so far, -1 for none; its distance, longitude, latitude and azimuth."""

    piece: npt.NDArray[np.int64]
    place: Floats


# The radii of curvature of WGS 84 lie within 1.01 % of each other.
_CURVATURE_SPREAD = 0.011
_DIAMETER_M = 2 * SEMI_MAJOR_AXIS_M


@no_type_check
def no_best() -> Best:
    """Nothing found so far."""
    return Best(np.full(1, -1, dtype=np.int64), np.full(4, np.nan))


@no_type_check
def reach_m(chord_m: float) -> float:
    """Length up to which a chord may belong to the nearest line, if the shortest is `chord_m`.

    A sphere's arc exceeds its chord by (tan x - x) diameters at most, x being half the angle; the
    difference between two directions is that of the radii.
    """
    sine = chord_m / _DIAMETER_M
    if sine > 0.95:
        return 2.0 * _DIAMETER_M
    tangent = sine / math.sqrt(1.0 - sine * sine)
    spread_m = _CURVATURE_SPREAD * _DIAMETER_M * tangent * tangent * tangent / 3.0
    return chord_m + 2.0 * BEND_M + spread_m


@no_type_check
def chord(x: float, y: float, z: float, xyz_m: Floats, piece: int) -> tuple[float, float]:
    """Squared distance from a place to the chord of a piece, and how far along it, 0 to 1."""
    ax, ay, az = float(xyz_m[piece, 0]), float(xyz_m[piece, 1]), float(xyz_m[piece, 2])
    ux = float(xyz_m[piece + 1, 0]) - ax
    uy = float(xyz_m[piece + 1, 1]) - ay
    uz = float(xyz_m[piece + 1, 2]) - az
    px, py, pz = x - ax, y - ay, z - az
    # Two vertices may be one place; the sum is the same for all others.
    share = (px * ux + py * uy + pz * uz) / (ux * ux + uy * uy + uz * uz + 1e-30)
    share = max(0.0, share)
    share = min(1.0, share)
    px, py, pz = px - share * ux, py - share * uy, pz - share * uz
    return px * px + py * py + pz * pz, share


@no_type_check
def foot(pieces: "Vertices", piece: int, share: float) -> tuple[float, float]:
    """Point of a piece, on the straight line in longitude and latitude."""
    lon, lat = float(pieces.lon_deg[piece]), float(pieces.lat_deg[piece])
    to_lon, to_lat = float(pieces.lon_deg[piece + 1]), float(pieces.lat_deg[piece + 1])
    if share == 1.0:
        lon, lat = to_lon, to_lat
    elif share > 0.0:
        lon, lat = lon + share * (to_lon - lon), lat + share * (to_lat - lat)
    if lon > 180.0:
        lon -= 360.0
    elif lon < -180.0:
        lon += 360.0
    return lon, lat


@no_type_check
def settle(
    lon_deg: float, lat_deg: float, pieces: "Vertices", found: "Found", count: int, best: "Best"
) -> None:
    """Put the nearest of the first `count` found pieces into `best`, unless that is nearer.

    Of pieces equally near the first is taken. Where `inverse` knows no distance, the first stays.
    """
    last_lon, last_lat, distance_m, azimuth_deg = math.nan, math.nan, math.nan, math.nan
    for i in range(count):
        piece = int(found.piece[i])
        lon, lat = foot(pieces, piece, float(found.share[i]))
        # Two pieces that meet are often nearest where they meet.
        if lon != last_lon or lat != last_lat:
            distance_m, azimuth_deg = inverse(lon_deg, lat_deg, lon, lat)
            last_lon, last_lat = lon, lat
        held, held_m = int(best.piece[0]), float(best.place[0])
        if held < 0 or distance_m < held_m or (distance_m == held_m and piece < held):
            best.piece[0] = piece
            best.place[0] = distance_m
            best.place[1] = lon
            best.place[2] = lat
            best.place[3] = azimuth_deg
