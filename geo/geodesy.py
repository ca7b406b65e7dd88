"""WGS 84: earth-centred coordinates, geodesics, boxes around points.

Geodesic distances and azimuths are `pyproj.Geod`'s (Karney 2013, doi:10.1007/s00190-012-0578-z), or
`inverse`'s where a compiled loop needs them.
"""

import math
from functools import cache
from typing import TYPE_CHECKING, no_type_check

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pyproj import Geod

__all__ = [
    "ECCENTRICITY_SQUARED",
    "FARTHEST_M",
    "SEMI_MAJOR_AXIS_M",
    "Floats",
    "bounds_around",
    "earth_centred",
    "from_ecef",
    "geod",
    "inverse",
    "to_ecef",
    "wrap_lon_deg",
]

Floats = npt.NDArray[np.float64]

SEMI_MAJOR_AXIS_M = 6_378_137.0
#: No two points on Earth are farther apart, in metres: from pole to pole.
FARTHEST_M = 20_004_000.0
_FLATTENING = 1 / 298.257223563
ECCENTRICITY_SQUARED = _FLATTENING * (2 - _FLATTENING)
_SEMI_MINOR_AXIS_M = SEMI_MAJOR_AXIS_M * (1 - _FLATTENING)
_SECOND_ECCENTRICITY_SQUARED = ECCENTRICITY_SQUARED / (1 - ECCENTRICITY_SQUARED)
_THIRD_FLATTENING = _FLATTENING / (2 - _FLATTENING)
# Short lines need one or two rounds, lines of 19,000 km six; more come only near the antipode.
_ROUNDS = 12


@cache
def geod() -> "Geod":
    """The WGS 84 ellipsoid for geodesic distances in metres."""
    from pyproj import Geod  # noqa: PLC0415  # a name is looked up without it

    return Geod(ellps="WGS84")


def to_ecef(lon_deg: Floats, lat_deg: Floats) -> Floats:
    """Earth-centred, earth-fixed coordinates in metres of points on the ellipsoid.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (n, 3).

    Examples
    --------
    >>> to_ecef(np.array([0.0, 90.0]), np.array([0.0, 0.0])).round(3).tolist()
    [[6378137.0, 0.0, 0.0], [0.0, 6378137.0, 0.0]]
    """
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    normal_m = SEMI_MAJOR_AXIS_M / np.sqrt(1 - ECCENTRICITY_SQUARED * np.sin(lat) ** 2)
    return np.column_stack(
        (
            normal_m * np.cos(lat) * np.cos(lon),
            normal_m * np.cos(lat) * np.sin(lon),
            normal_m * (1 - ECCENTRICITY_SQUARED) * np.sin(lat),
        )
    )


def from_ecef(xyz_m: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude in degrees of points that lie on, or within metres of, the ellipsoid.

    Parameters
    ----------
    xyz_m
        Shape (n, 3).

    Examples
    --------
    >>> lon, lat = from_ecef(to_ecef(np.array([38.703]), np.array([33.306])))
    >>> round(float(lon[0]), 9), round(float(lat[0]), 9)
    (38.703, 33.306)
    """
    x, y, z = xyz_m.T
    lat = np.arctan2(z, (1 - ECCENTRICITY_SQUARED) * np.hypot(x, y))
    return np.degrees(np.arctan2(y, x)), np.degrees(lat)


@no_type_check
def earth_centred(lon_deg: float, lat_deg: float) -> tuple[float, float, float]:
    """Earth-centred coordinates of one point; like `to_ecef`, and fit for compiled loops.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84.
    """
    lon, lat = math.radians(lon_deg), math.radians(lat_deg)
    sine, cosine = math.sin(lat), math.cos(lat)
    normal_m = SEMI_MAJOR_AXIS_M / math.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
    return (
        normal_m * cosine * math.cos(lon),
        normal_m * cosine * math.sin(lon),
        normal_m * (1.0 - ECCENTRICITY_SQUARED) * sine,
    )


@no_type_check
def inverse(
    from_lon_deg: float, from_lat_deg: float, to_lon_deg: float, to_lat_deg: float
) -> tuple[float, float]:
    """Geodesic distance in metres and azimuth in degrees at the first point.

    Fit for compiled loops. Both are NaN where the points are nearly opposite on the globe, farther
    than some 19,000 km: there `geod` has to answer.

    Parameters
    ----------
    from_lon_deg, from_lat_deg, to_lon_deg, to_lat_deg
        WGS 84.

    Notes
    -----
    Source: the series of Karney 2013 (doi:10.1007/s00190-012-0578-z, equations 15 to 25) to the
    third order, solved by Vincenty's iteration of the longitude difference; within 0.01 mm of
    `pyproj.Geod`.

    Examples
    --------
    >>> distance_m, azimuth_deg = inverse(0.0, 0.0, 1.0, 0.0)
    >>> round(distance_m, 3), azimuth_deg
    (111319.491, 90.0)
    """
    turn_deg = to_lon_deg - from_lon_deg
    if turn_deg > 180.0:
        turn_deg -= 360.0
    elif turn_deg < -180.0:
        turn_deg += 360.0
    turn = math.radians(turn_deg)
    sine1, cosine1 = _reduced(from_lat_deg)
    sine2, cosine2 = _reduced(to_lat_deg)
    # Right for short lines (Karney 2013, near equation 36), near enough for long ones.
    sum_of_sines = (sine1 + sine2) * (sine1 + sine2)
    mean = sum_of_sines / (sum_of_sines + (cosine1 + cosine2) * (cosine1 + cosine2))
    stretch = (1.0 - _FLATTENING) * math.sqrt(1.0 + _SECOND_ECCENTRICITY_SQUARED * mean)
    sphere_turn = turn if abs(turn) > 2.5 else turn / stretch
    for _ in range(_ROUNDS):
        east = cosine2 * math.sin(sphere_turn)
        cosine_turn = math.cos(sphere_turn)
        north = cosine1 * sine2 - sine1 * cosine2 * cosine_turn
        sine_arc = math.sqrt(east * east + north * north)
        cosine_arc = sine1 * sine2 + cosine1 * cosine2 * cosine_turn
        if sine_arc < 1e-15:
            return (0.0, 0.0) if cosine_arc > 0.0 else (math.nan, math.nan)
        equator_sine = cosine1 * east / sine_arc
        length_m, turned = _along(sine1 * sine2, sine_arc, cosine_arc, equator_sine, sphere_turn)
        missing = turn - turned
        if abs(missing) <= 1e-7 * sine_arc + 1e-15:
            # What is missing changes the length by Clairaut's constant.
            length_m += SEMI_MAJOR_AXIS_M * equator_sine * missing
            return length_m, math.degrees(math.atan2(east, north))
        sphere_turn += missing
    return math.nan, math.nan


@no_type_check
def _reduced(lat_deg: float) -> tuple[float, float]:
    """Sine and cosine of the reduced latitude."""
    lat = math.radians(lat_deg)
    sine, cosine = (1.0 - _FLATTENING) * math.sin(lat), math.cos(lat)
    norm = math.sqrt(sine * sine + cosine * cosine)
    return sine / norm, cosine / norm


@no_type_check
def _along(
    sines: float, sine_arc: float, cosine_arc: float, equator_sine: float, sphere_turn: float
) -> tuple[float, float]:
    """Length of an arc of the auxiliary sphere, and its longitude difference, on the ellipsoid."""
    n = _THIRD_FLATTENING
    equator_cosine_squared = 1.0 - equator_sine * equator_sine
    arc = math.atan2(sine_arc, cosine_arc)
    middle = 0.0
    if equator_cosine_squared > 1e-14:
        middle = cosine_arc - 2.0 * sines / equator_cosine_squared
    k_squared = _SECOND_ECCENTRICITY_SQUARED * equator_cosine_squared
    root = 1.0 + math.sqrt(1.0 + k_squared)
    e = k_squared / (root * root)
    # Terms of twice, four times and six times the latitude argument.
    wave1 = 2.0 * middle * sine_arc
    wave2 = 4.0 * (2.0 * middle * middle - 1.0) * sine_arc * cosine_arc
    wave3 = 2.0 * middle * (4.0 * middle * middle - 3.0)
    wave3 *= sine_arc * (4.0 * cosine_arc * cosine_arc - 1.0)
    length = arc + e * (
        (-0.5 + 3.0 / 16.0 * e * e) * wave1 + e * (-1.0 / 16.0 * wave2 - e / 48.0 * wave3)
    )
    length *= (1.0 + 0.25 * e * e) / (1.0 - e)
    swing = arc + e * (
        (0.25 - 0.25 * n + e / 8.0) * wave1 + e * (1.0 / 16.0 - 3.0 / 32.0 * n) * wave2
    )
    swing *= 1.0 - e * (0.5 - 0.5 * n + e * (0.25 + n / 8.0 + e / 16.0))
    return _SEMI_MINOR_AXIS_M * length, sphere_turn - _FLATTENING * equator_sine * swing


def wrap_lon_deg(lon_deg: Floats) -> Floats:
    """Longitude brought into [-180, 180]; what lies there already keeps every bit.

    Examples
    --------
    >>> wrap_lon_deg(np.array([181.0, -180.0, 540.0])).tolist()
    [-179.0, -180.0, -180.0]
    """
    return np.where(np.abs(lon_deg) > 180.0, (lon_deg + 180.0) % 360.0 - 180.0, lon_deg)


def bounds_around(lon_deg: Floats, lat_deg: Floats, distance_m: float | Floats) -> Floats:
    """Boxes that hold every point within a distance of the given points.

    A box may reach beyond ±180° of longitude; near a pole it spans all longitudes.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, shape (n,).
    distance_m
        Geodesic distance in metres, of all points or of each.

    Returns
    -------
    numpy.ndarray
        Shape (n, 4): west, south, east, north in degrees.
    """
    # The ellipsoid's smallest radius of curvature makes the box too large, never too small.
    smallest_radius_m = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED)
    half_height = np.degrees(distance_m / smallest_radius_m)
    farthest_lat = np.minimum(np.abs(lat_deg) + half_height, 90.0)
    with np.errstate(divide="ignore"):
        half_width = np.minimum(half_height / np.cos(np.radians(farthest_lat)), 180.0)
    return np.column_stack(
        (
            lon_deg - half_width,
            np.maximum(lat_deg - half_height, -90.0),
            lon_deg + half_width,
            np.minimum(lat_deg + half_height, 90.0),
        )
    )
