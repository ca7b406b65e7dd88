"""Geodesic distances of many pairs of places, from their earth-centred coordinates.

Up to 2,000 km one formula without loops and angles answers, which the compiler turns into wide
instructions; farther `geo.geodesy.inverse` does, and for nearly opposite places `pyproj.Geod`.
"""

import math
from typing import no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import SEMI_MAJOR_AXIS_M, Floats, geod, inverse
from geo.spatial.chords import Places
from geo.spatial.compiling import kernel_for

__all__ = ["fill_distances", "fill_middling", "measured"]

_FLATTENING = 1 / 298.257223563
_SEMI_MINOR_AXIS_M = SEMI_MAJOR_AXIS_M * (1 - _FLATTENING)
_SECOND_ECCENTRICITY_SQUARED = 1 / ((1 - _FLATTENING) * (1 - _FLATTENING)) - 1
_THIRD_FLATTENING = _FLATTENING / (2 - _FLATTENING)
_PER_MAJOR, _PER_MINOR = 1 / SEMI_MAJOR_AXIS_M, 1 / _SEMI_MINOR_AXIS_M
# Farther, the series of the arc would need more terms.
_MIDDLING_SQUARED = 2_000_000.0 * 2_000_000.0
# A micrometre: +180 and -180 degrees are one place, but for the rounding.
_SAME_SQUARED = 1e-12
# Pairs that are measured in one go: what they need stays close to the processor.
_BLOCK = 256


def measured(
    places: Places,
    i: npt.NDArray[np.int64],
    others: Places,
    j: npt.NDArray[np.int64],
) -> Floats:
    """Geodesic distances in metres of pairs of places, also of opposite ones.

    Parameters
    ----------
    places, i
        Places on one side, and the number of one of them for each pair.
    others, j
        The same on the other side.

    Examples
    --------
    >>> from geo.spatial.chords import places_of
    >>> ends = places_of(np.array([0.0, 1.0, 180.0]), np.zeros(3))
    >>> measured(ends, np.array([0, 0]), ends, np.array([1, 2])).round(3).tolist()
    [111319.491, 20003931.459]
    """
    distance_m = np.empty(len(i))
    kernel_for(fill_distances, len(i))(places, i, others, j, distance_m)
    opposite = np.flatnonzero(np.isnan(distance_m))
    if len(opposite):
        ends = (*places.lonlat[:, i[opposite]], *others.lonlat[:, j[opposite]])
        distance_m[opposite] = geod().inv(*ends)[2]
    return distance_m


@no_type_check
def fill_distances(
    places: Places,
    i: npt.NDArray[np.int64],
    others: Places,
    j: npt.NDArray[np.int64],
    distance_m: Floats,
) -> None:
    """Fill in the distances of pairs; NaN where two places are nearly opposite on the globe.

    Parameters
    ----------
    places, i, others, j
        As for `measured`.
    distance_m
        Is filled.
    """
    xyz_m, others_m = places.xyz_m, others.xyz_m
    ends_m, middling_m = np.empty((6, _BLOCK)), np.empty(_BLOCK)
    waits = np.empty(_BLOCK, dtype=np.int64)
    for first in range(0, len(i), _BLOCK):
        waiting = 0
        for pair in range(first, min(first + _BLOCK, len(i))):
            a, b = int(i[pair]), int(j[pair])
            squared = 0.0
            for axis in range(3):
                start_m, end_m = float(xyz_m[axis, a]), float(others_m[axis, b])
                ends_m[axis, waiting] = start_m
                ends_m[axis + 3, waiting] = end_m
                squared += (end_m - start_m) * (end_m - start_m)
            if squared < _SAME_SQUARED:
                distance_m[pair] = 0.0
            elif squared > _MIDDLING_SQUARED:
                far_m, _ = inverse(
                    float(places.lonlat[0, a]),
                    float(places.lonlat[1, a]),
                    float(others.lonlat[0, b]),
                    float(others.lonlat[1, b]),
                )
                distance_m[pair] = far_m
            else:
                waits[waiting] = pair
                waiting += 1
        fill_middling(ends_m, waiting, middling_m)
        for k in range(waiting):
            distance_m[int(waits[k])] = middling_m[k]


@no_type_check
def fill_middling(ends_m: Floats, count: int, distance_m: Floats) -> None:
    """Fill in the distances of pairs between a micrometre and 2,000 km.

    Parameters
    ----------
    ends_m
        Earth-centred coordinates of one end in three rows, of the other in three more.
    count
        Number of pairs.
    distance_m
        Is filled.

    Notes
    -----
    Source: the series of Karney 2013 (doi:10.1007/s00190-012-0578-z, equations 15 to 25) to the
    third order. The points of the auxiliary sphere are the earth-centred coordinates over the
    semi-axes; on the way to it the difference of longitudes grows by a turn of less than 1/900. The
    first guess of this turn lacks terms of the order of flattening² arc³; what it misses changes
    the length by Clairaut's constant times that. Within 0.003 mm of `pyproj.Geod`.
    """
    n = _THIRD_FLATTENING
    # One loop without a branch: the compiler takes several pairs at a time.
    for k in range(count):
        x, to_x = float(ends_m[0, k]) * _PER_MAJOR, float(ends_m[3, k]) * _PER_MAJOR
        y, to_y = float(ends_m[1, k]) * _PER_MAJOR, float(ends_m[4, k]) * _PER_MAJOR
        z, to_z = float(ends_m[2, k]) * _PER_MINOR, float(ends_m[5, k]) * _PER_MINOR
        across, along, up = to_x - x, to_y - y, to_z - z
        straight = across * across + along * along + up * up
        ahead, aside, heights = x * to_x + y * to_y, x * to_y - y * to_x, z * to_z
        # `chord` is the square of the arc's chord; `steep` that of the cosine of its azimuth at the
        # equator; `middle` is `steep` times the cosine of twice the latitude argument halfway.
        chord = straight + 2.0 * _FLATTENING * aside * aside
        steep = 1.0 - aside * aside / (chord * (1.0 - 0.25 * chord))
        middle = steep * (1.0 - 0.5 * chord) - 2.0 * heights
        turn = 1.0 + chord * (1.0 / 6.0 + chord * (1.0 / 30.0 + chord / 140.0))
        turn *= _FLATTENING * (1.0 - _SECOND_ECCENTRICITY_SQUARED / 8.0 * (steep - middle))
        turn = turn * aside / (1.0 - turn * ahead)
        versine = turn * turn * (0.5 - turn * turn / 24.0)
        sine = turn * (1.0 - turn * turn * (1.0 / 6.0 - turn * turn / 120.0))
        chord = straight + 2.0 * (ahead * versine + aside * sine)
        cosine_arc, quarter = 1.0 - 0.5 * chord, 0.25 * chord
        sine_arc = math.sqrt(chord * (1.0 - quarter))
        arc = 63.0 / 2816.0 + quarter * (231.0 / 13312.0 + quarter * (143.0 / 10240.0))
        arc = 3.0 / 40.0 + quarter * (5.0 / 112.0 + quarter * (35.0 / 1152.0 + quarter * arc))
        arc = math.sqrt(chord) * (1.0 + quarter * (1.0 / 6.0 + quarter * arc))
        equator_sine = (aside + ahead * sine - aside * versine) / sine_arc
        steep = 1.0 - equator_sine * equator_sine
        root = 1.0 + math.sqrt(1.0 + _SECOND_ECCENTRICITY_SQUARED * steep)
        e = _SECOND_ECCENTRICITY_SQUARED / (root * root)
        middle = e * (steep * cosine_arc - 2.0 * heights)
        e *= steep
        # As in `geo.geodesy`, but that e, its square and its cube are in the waves already, so that
        # nothing is divided by what vanishes on the equator.
        wave1 = 2.0 * middle * sine_arc
        wave2 = 4.0 * (2.0 * middle * middle - e * e) * sine_arc * cosine_arc
        wave3 = 2.0 * middle * (4.0 * middle * middle - 3.0 * e * e)
        wave3 *= sine_arc * (4.0 * cosine_arc * cosine_arc - 1.0)
        length = arc - (0.5 - 3.0 / 16.0 * e * e) * wave1 - wave2 / 16.0 - wave3 / 48.0
        length *= (1.0 + 0.25 * e * e) / (1.0 - e)
        swing = arc + (0.25 - 0.25 * n + e / 8.0) * wave1 + (1.0 / 16.0 - 3.0 / 32.0 * n) * wave2
        swing *= 1.0 - e * (0.5 - 0.5 * n + e * (0.25 + n / 8.0 + e / 16.0))
        missing = _FLATTENING * equator_sine * swing - turn
        distance_m[k] = _SEMI_MINOR_AXIS_M * length + SEMI_MAJOR_AXIS_M * equator_sine * missing
