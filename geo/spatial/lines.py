"""Nearest line to a point, in geodesic metres.

An edge between two vertices is the straight line in longitude and latitude (RFC 7946, section
3.1.1). Edges are cut into pieces of at most one kilometre; the chord of such a piece lies within
half a metre of the edge up to 80° of latitude. The search runs over chords in earth-centred
coordinates, where ±180° and the poles are ordinary places; the winner gets its exact geodesic.
Chords and geodesics may disagree on the winner by a millionth of the distance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

from geo.geodesy import Floats, from_ecef, geod, to_ecef

__all__ = ["LineIndex", "Nearest"]

_PIECE_M = 1_000.0
_METRES_PER_DEGREE = 111_320.0
# Points per round: bounds the memory that the candidate lists take.
_BATCH = 20_000


@dataclass(frozen=True)
class Nearest:
    """Nearest point on the nearest line, for each of n points; arrays of shape (n,).

    `line` is the position of the line in the index, `distance_m` the geodesic distance, `lon_deg`
    and `lat_deg` the nearest point on it, `azimuth_deg` the direction towards it at the point.
    """

    line: npt.NDArray[np.int64]
    distance_m: Floats
    lon_deg: Floats
    lat_deg: Floats
    azimuth_deg: Floats


class LineIndex:
    """Index over lines for nearest-line queries.

    Parameters
    ----------
    lines
        LineStrings or MultiLineStrings, WGS 84 longitude and latitude; at least one edge in all.

    Examples
    --------
    >>> index = LineIndex([shapely.LineString([(0, 0), (0, 1)])])
    >>> nearest = index.nearest(np.array([1.0]), np.array([0.5]))
    >>> round(float(nearest.distance_m[0])), round(float(nearest.azimuth_deg[0]))
    (111315, -90)
    """

    def __init__(self, lines: Sequence[shapely.Geometry] | npt.NDArray[np.object_]) -> None:
        start, end, owner = _edges(np.asarray(lines, dtype=object))
        if len(start) == 0:
            raise ValueError("a LineIndex needs at least one line with two different points")
        self._start_m, self._end_m, self._owner = _pieces(start, end, owner)
        self._tree = cKDTree((self._start_m + self._end_m) / 2)
        self._half_piece_m = float(np.linalg.norm(self._end_m - self._start_m, axis=1).max() / 2)

    def nearest(self, lon_deg: Floats, lat_deg: Floats) -> Nearest:
        """Nearest line to each point.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        """
        points_m = to_ecef(lon_deg, lat_deg)
        piece = np.empty(len(points_m), dtype=np.int64)
        foot_m = np.empty_like(points_m)
        for first in range(0, len(points_m), _BATCH):
            batch = slice(first, first + _BATCH)
            piece[batch], foot_m[batch] = self._nearest_piece(points_m[batch])
        foot_lon, foot_lat = from_ecef(foot_m)
        azimuth, _, distance = geod().inv(lon_deg, lat_deg, foot_lon, foot_lat)
        return Nearest(
            self._owner[piece], np.asarray(distance), foot_lon, foot_lat, np.asarray(azimuth)
        )

    def _nearest_piece(self, points_m: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
        middle_m, _ = self._tree.query(points_m)
        # The nearest piece has its middle at most two half pieces beyond the nearest middle.
        reach_m = middle_m + 2 * self._half_piece_m + 1e-6
        # scipy's stubs do not know that many points give many lists.
        found: list[Any] = list(self._tree.query_ball_point(points_m, reach_m, return_sorted=True))
        count = np.fromiter(map(len, found), dtype=np.int64, count=len(points_m))
        candidate = np.concatenate([np.asarray(pieces, dtype=np.int64) for pieces in found])
        query = np.repeat(np.arange(len(points_m)), count)
        foot_m = _feet(points_m[query], self._start_m[candidate], self._end_m[candidate])
        distance_m = np.linalg.norm(foot_m - points_m[query], axis=1)
        # Ties go to the first piece, so that the order of the lines decides, not the search.
        order = np.lexsort((candidate, distance_m, query))
        best = order[np.concatenate(([0], np.cumsum(count)[:-1]))]
        return candidate[best], foot_m[best]


def _edges(
    lines: npt.NDArray[np.object_],
) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    parts, line = shapely.get_parts(lines, return_index=True)
    vertices, part = shapely.get_coordinates(parts, return_index=True)
    joined = (part[1:] == part[:-1]) & (vertices[1:] != vertices[:-1]).any(axis=1)
    return vertices[:-1][joined], vertices[1:][joined], line[part[:-1][joined]]


def _pieces(
    start: Floats, end: Floats, owner: npt.NDArray[np.int64]
) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    """Cut edges into short pieces, evenly along longitude and latitude."""
    step = end - start
    middle_lat = np.radians((start[:, 1] + end[:, 1]) / 2)
    length_m = _METRES_PER_DEGREE * np.hypot(step[:, 0] * np.cos(middle_lat), step[:, 1])
    count = np.maximum(np.ceil(length_m / _PIECE_M), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(start)), count)
    position = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    share = np.column_stack((position, position + 1)) / count[edge][:, None]
    from_deg = start[edge] + share[:, :1] * step[edge]
    to_deg = start[edge] + share[:, 1:] * step[edge]
    return to_ecef(*from_deg.T), to_ecef(*to_deg.T), owner[edge]


def _feet(points_m: Floats, start_m: Floats, end_m: Floats) -> Floats:
    """Nearest points on chords."""
    chord = end_m - start_m
    # Two vertices can be so close that they are one point in metres.
    squared = np.maximum(np.einsum("ij,ij->i", chord, chord), np.finfo(np.float64).tiny)
    along = np.einsum("ij,ij->i", points_m - start_m, chord) / squared
    return np.asarray(start_m + np.clip(along, 0, 1)[:, None] * chord)
