"""What chords, the straight lines through the earth, tell of the distance between two places.

A chord costs a few multiplications and rules out nearly everything; `geo.spatial.geodesics`
measures what remains.
"""

import math
from typing import NamedTuple, no_type_check

import numpy as np

from geo.geodesy import SEMI_MAJOR_AXIS_M, Floats
from geo.spatial.compiling import kernel_for

__all__ = [
    "FARTHEST_M",
    "NEARLY_OPPOSITE_M",
    "Places",
    "greatest_chord_m",
    "places_of",
    "sure_chord_m",
]

#: Nothing on earth is farther apart (half a meridian is 20,003,931.5 m).
FARTHEST_M = 20_003_932.0

_FLATTENING = 1 / 298.257223563
_SEMI_MINOR_AXIS_M = SEMI_MAJOR_AXIS_M * (1 - _FLATTENING)
# The curvature of a meridian at the equator, the strongest there is.
_LEAST_RADIUS_M = _SEMI_MINOR_AXIS_M * (1 - _FLATTENING)
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
