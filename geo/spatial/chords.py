"""Geodesics from chords: how far two places are apart, from the straight line through the earth.

A chord costs a few multiplications and rules out nearly everything. What remains is measured: up to
200 km from the chord and the curvature of the ellipsoid, farther by the geodesic itself.
"""

import math
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import SEMI_MAJOR_AXIS_M, Floats, geod, inverse
from geo.spatial.compiling import kernel_for

__all__ = [
    "FARTHEST_M",
    "NEARLY_OPPOSITE_M",
    "Places",
    "apart_m",
    "fill_distances",
    "greatest_chord_m",
    "measured",
    "places_of",
    "sure_chord_m",
]

#: Nothing on earth is farther apart (half a meridian is 20,003,931.5 m).
FARTHEST_M = 20_003_932.0

_FLATTENING = 1 / 298.257223563
_SEMI_MINOR_AXIS_M = SEMI_MAJOR_AXIS_M * (1 - _FLATTENING)
_AXES_SQUARED = 1 / ((1 - _FLATTENING) * (1 - _FLATTENING))
# The curvature of a meridian at the equator, the strongest there is.
_LEAST_RADIUS_M = _SEMI_MINOR_AXIS_M * (1 - _FLATTENING)
# Farther, the error of the series would exceed 0.01 mm.
_SHORT_SQUARED = 200_000.0 * 200_000.0
# A micrometre: +180 and -180 degrees are one place, but for the rounding.
_SAME_SQUARED = 1e-12
#: Farther, two points may lie opposite each other, where only `geo.geodesy.geod` has an answer.
NEARLY_OPPOSITE_M = 19_000_000.0
# No chord so short belongs to a greater distance.
_NEARLY_OPPOSITE_CHORD_M = 12_600_000.0
# Coordinates are rounded to a nanometre; a tenth of a millimetre of chord decides nothing.
_SLACK_M = 1e-4


class Places(NamedTuple):
    """Places in degrees and earth-centred metres, arrays of shape (2, n) and (3, n)."""

    lonlat: Floats
    xyz_m: Floats


def places_of(lon_deg: Floats, lat_deg: Floats) -> Places:
    """Places, with the same bits whether they are few or many.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,).
    """
    lonlat = np.stack((lon_deg, lat_deg)).astype(np.float64, copy=False)
    xyz_m = np.empty((3, lonlat.shape[1]))
    kernel_for(_fill_xyz, lonlat.shape[1])(lonlat, xyz_m)
    return Places(lonlat, xyz_m)


@no_type_check
def _fill_xyz(lonlat: Floats, xyz_m: Floats) -> None:
    for i in range(lonlat.shape[1]):
        lon, lat = math.radians(float(lonlat[0, i])), math.radians(float(lonlat[1, i]))
        sine, cosine = math.sin(lat), math.cos(lat)
        squared = (1.0 - _FLATTENING) * (1.0 - _FLATTENING)
        normal_m = SEMI_MAJOR_AXIS_M / math.sqrt(1.0 - (1.0 - squared) * sine * sine)
        xyz_m[0, i] = normal_m * cosine * math.cos(lon)
        xyz_m[1, i] = normal_m * cosine * math.sin(lon)
        xyz_m[2, i] = normal_m * squared * sine


def greatest_chord_m(distance_m: float) -> float:
    """Length that no chord exceeds between places within a geodesic distance, in metres.

    Parameters
    ----------
    distance_m
        Geodesic distance, 0 or more.

    Notes
    -----
    A chord is no longer than the geodesic. Stretching the polar axis turns the ellipsoid into a
    sphere, which makes chords longer, and geodesics longer by the ratio of the axes at most.

    Examples
    --------
    >>> round(greatest_chord_m(25_000.0), 1), round(greatest_chord_m(10_000_000.0))
    (25000.0, 9030568)
    """
    angle = distance_m / (2.0 * _SEMI_MINOR_AXIS_M)
    if angle >= math.pi / 2:
        return 2.0 * SEMI_MAJOR_AXIS_M
    return min(distance_m, 2.0 * SEMI_MAJOR_AXIS_M * math.sin(angle)) + _SLACK_M


def sure_chord_m(distance_m: float) -> float:
    """Length up to which a chord is surely that of places within a geodesic distance, in metres.

    Parameters
    ----------
    distance_m
        Geodesic distance, 0 or more.

    Notes
    -----
    A curve that nowhere bends more than a circle has no shorter chord than an arc of that circle of
    its length (Schur's comparison theorem).

    Examples
    --------
    >>> round(25_000.0 - sure_chord_m(25_000.0), 3)
    0.016
    """
    if distance_m >= FARTHEST_M:
        return 2.0 * SEMI_MAJOR_AXIS_M
    if distance_m >= NEARLY_OPPOSITE_M:
        return _NEARLY_OPPOSITE_CHORD_M
    chord_m = 2.0 * _LEAST_RADIUS_M * math.sin(distance_m / (2.0 * _LEAST_RADIUS_M))
    return chord_m - _SLACK_M


@no_type_check
def apart_m(places: Places, i: int, others: Places, j: int) -> float:
    """Geodesic distance in metres between place i and another place j.

    NaN where the two are nearly opposite on the globe: there `geo.geodesy.geod` has to answer.

    Notes
    -----
    The middle of a chord lies below a place where the chord touches the ellipsoid's direction; with
    k the curvature there in this direction and c the chord, the distance is that of a circle,
    (2/k) asin(kc/2), here as its series. Up to 200 km it is within 0.01 mm of `pyproj.Geod`; from
    there on `geo.geodesy.inverse` answers.
    """
    ax, ay, az = float(places.xyz_m[0, i]), float(places.xyz_m[1, i]), float(places.xyz_m[2, i])
    bx, by, bz = float(others.xyz_m[0, j]), float(others.xyz_m[1, j]), float(others.xyz_m[2, j])
    ux, uy, uz = bx - ax, by - ay, bz - az
    flat = ux * ux + uy * uy
    squared = flat + uz * uz
    if squared > _SHORT_SQUARED:
        distance_m, _ = inverse(
            float(places.lonlat[0, i]),
            float(places.lonlat[1, i]),
            float(others.lonlat[0, j]),
            float(others.lonlat[1, j]),
        )
        return distance_m
    if squared < _SAME_SQUARED:
        return 0.0
    mx, my, mz = ax + bx, ay + by, az + bz
    wide = mx * mx + my * my
    high = _AXES_SQUARED * mz * mz
    bent = flat + _AXES_SQUARED * uz * uz
    # The square of the chord's angle, seen from the centre of curvature.
    turn = bent * bent / squared * (wide + high)
    turn /= (wide + _AXES_SQUARED * high) * SEMI_MAJOR_AXIS_M * SEMI_MAJOR_AXIS_M
    series = turn * (1.0 / 24.0 + turn * (3.0 / 640.0 + turn * (5.0 / 7168.0)))
    return math.sqrt(squared) * (1.0 + series)


@no_type_check
def fill_distances(
    places: Places,
    i: npt.NDArray[np.int64],
    others: Places,
    j: npt.NDArray[np.int64],
    distance_m: Floats,
) -> None:
    """Fill in the distances of pairs of places, as `apart_m`."""
    for pair in range(len(i)):
        distance_m[pair] = apart_m(places, int(i[pair]), others, int(j[pair]))


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
