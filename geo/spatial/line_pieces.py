"""Arcs, and the short pieces whose chords stand for them.

An edge between two vertices is the straight line in longitude and latitude (RFC 7946, section
3.1.1): along the 49th parallel it leaves the geodesic by kilometres, and its chord runs below the
ground. Edges are cut until a piece and its chord are nowhere more than `BEND_M` apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.geodesy import SEMI_MAJOR_AXIS_M, Floats

__all__ = ["BEND_M", "Arcs", "Integers", "Pieces", "arcs_of_lines", "cut"]

Integers = npt.NDArray[np.int64]

#: Greatest distance between a piece of an edge and its chord.
BEND_M = 0.1
# An edge within such a step of longitude and of latitude bends less than BEND_M anywhere.
_SHORT_DEG = 0.0119
_LINE_TYPES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)


@dataclass(frozen=True)
class Arcs:
    """Runs of vertices out of one array.

    `vertices` holds longitude and latitude, shape (n, 2), in parts of a degree: `units` of them are
    one. Arc i has the `count[i]` vertices from `start[i]` on and belongs to the line `owner[i]`.
    """

    vertices: npt.NDArray[np.int32] | Floats
    units: float
    start: Integers
    count: Integers
    owner: Integers

    def degrees(self, vertex: Integers) -> tuple[Floats, Floats]:
        """Longitude and latitude of vertices."""
        lon, lat = self.vertices[:, 0][vertex], self.vertices[:, 1][vertex]
        return np.asarray(lon / self.units), np.asarray(lat / self.units)


@dataclass(frozen=True)
class Pieces:
    """Runs of vertices, dense enough; piece i joins the vertices i and i + 1 of one run.

    `first` and `count` are the first vertex and the number of vertices of each run; `edge` tells
    for each vertex which edge of its run starts there or is cut there.
    """

    lon_deg: Floats
    lat_deg: Floats
    first: Integers
    count: Integers
    edge: npt.NDArray[np.int32]


def arcs_of_lines(lines: Sequence[shapely.Geometry] | npt.NDArray[np.object_]) -> Arcs:
    """Arcs of lines; each part of a MultiLineString is an arc.

    Parameters
    ----------
    lines
        LineStrings or MultiLineStrings, WGS 84.

    Raises
    ------
    ValueError
        A geometry is not a line.
    """
    parts, line = shapely.get_parts(np.asarray(lines, dtype=object), return_index=True)
    kinds = shapely.get_type_id(parts)
    other = np.flatnonzero(~np.isin(kinds, _LINE_TYPES))
    if len(other) > 0:
        kind = shapely.GeometryType(kinds[other[0]]).name
        message = f"a LineIndex takes lines; geometry {line[other[0]]} is or holds a {kind}"
        raise ValueError(message)
    vertices, part = shapely.get_coordinates(parts, return_index=True)
    count = np.bincount(part, minlength=len(parts)).astype(np.int64)
    return Arcs(vertices, 1.0, np.cumsum(count) - count, count, np.asarray(line, dtype=np.int64))


def cut(arcs: Arcs, start: Integers, count: Integers) -> Pieces:
    """Pieces of runs of vertices.

    Parameters
    ----------
    arcs
        Where the vertices are.
    start, count
        First vertex and number of vertices of each run, at least one run.
    """
    begin = np.cumsum(count) - count
    lon_deg, lat_deg = arcs.degrees(np.arange(count.sum()) + np.repeat(start - begin, count))
    run = np.repeat(np.arange(len(count), dtype=np.int32), count)
    edge = np.arange(len(run), dtype=np.int32) - begin.astype(np.int32)[run]
    lon_step, lat_step = lon_deg[1:] - lon_deg[:-1], lat_deg[1:] - lat_deg[:-1]
    wide = np.maximum(np.abs(lon_step), np.abs(lat_step)) > _SHORT_DEG
    long = np.flatnonzero(wide & (run[1:] == run[:-1]))
    if len(long) == 0:
        return Pieces(lon_deg, lat_deg, begin, count, edge)
    parts = _parts(lat_deg[long], lon_step[long], lat_step[long])
    more = parts - 1
    at = np.repeat(long, more)
    position = np.arange(1, len(at) + 1) - np.repeat(np.cumsum(more) - more, more)
    share = position / np.repeat(parts, more)
    count = count + np.bincount(run[at], minlength=len(count))
    return Pieces(
        np.insert(lon_deg, at + 1, lon_deg[at] + share * lon_step[at]),
        np.insert(lat_deg, at + 1, lat_deg[at] + share * lat_step[at]),
        np.cumsum(count) - count,
        count,
        np.insert(edge, at + 1, edge[at]),
    )


def _parts(lat_deg: Floats, lon_step_deg: Floats, lat_step_deg: Floats) -> Integers:
    """Number of pieces that keep an edge within BEND_M of its chords.

    A curve leaves its chord by an eighth of its second derivative at most. Here that derivative has
    a part downwards, one towards the equator, and one along the parallel.
    """
    start, stop = np.abs(np.radians(lat_deg)), np.abs(np.radians(lat_deg + lat_step_deg))
    highest = np.maximum(start, stop)
    crosses = lat_deg * (lat_deg + lat_step_deg) < 0
    lowest = np.where(crosses, 0.0, np.minimum(start, stop))
    east, north = np.abs(np.radians(lon_step_deg)), np.abs(np.radians(lat_step_deg))
    down = north**2 + (east * np.cos(lowest)) ** 2
    towards_equator = east**2 * np.sin(highest) * np.cos(lowest)
    along = 2 * east * north * np.sin(highest)
    bend_m = SEMI_MAJOR_AXIS_M / 8 * np.sqrt(down**2 + towards_equator**2 + along**2)
    return np.asarray(np.maximum(np.ceil(np.sqrt(bend_m / BEND_M)), 1), dtype=np.int64)
