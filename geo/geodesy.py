"""WGS 84: earth-centred coordinates, lines cut into short pieces, local squares in metres.

Geodesic distances and azimuths are `pyproj.Geod`'s (Karney 2013, doi:10.1007/s00190-012-0578-z).
"""

from functools import cache

import numpy as np
import numpy.typing as npt
from pyproj import Geod

__all__ = [
    "ECCENTRICITY_SQUARED",
    "SEMI_MAJOR_AXIS_M",
    "Floats",
    "bounds_around",
    "from_ecef",
    "geod",
    "to_ecef",
    "wrap_lon_deg",
]

Floats = npt.NDArray[np.float64]

SEMI_MAJOR_AXIS_M = 6_378_137.0
_FLATTENING = 1 / 298.257223563
ECCENTRICITY_SQUARED = _FLATTENING * (2 - _FLATTENING)


@cache
def geod() -> Geod:
    """The WGS 84 ellipsoid for geodesic distances in metres."""
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


def wrap_lon_deg(lon_deg: Floats) -> Floats:
    """Longitude brought into [-180, 180]; what lies there already keeps every bit.

    Examples
    --------
    >>> wrap_lon_deg(np.array([181.0, -180.0, 540.0])).tolist()
    [-179.0, -180.0, -180.0]
    """
    return np.where(np.abs(lon_deg) > 180.0, (lon_deg + 180.0) % 360.0 - 180.0, lon_deg)


def bounds_around(lon_deg: Floats, lat_deg: Floats, distance_m: float) -> Floats:
    """Boxes that hold every point within a distance of the given points.

    A box may reach beyond ±180° of longitude; near a pole it spans all longitudes.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, shape (n,).
    distance_m
        Geodesic distance in metres.

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
