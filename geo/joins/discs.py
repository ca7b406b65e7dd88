"""Where an incident can be: its 90 % disc, or its footprint, as a fixed set of sample points.

The error of a position is taken as normal in two dimensions, and `uncertainty_m` as the radius that
holds 90 % of it: a standard deviation of `uncertainty_m / 2.146`. The samples lie inside the disc
on a sunflower spiral, at radii of equal probability, so that each stands for the same share. The
tenth outside the disc is left out: what lies farther away than the radius does not count as
possible.
"""

from functools import cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import ECCENTRICITY_SQUARED, SEMI_MAJOR_AXIS_M, Floats, wrap_lon_deg

__all__ = ["SAMPLES", "disc_points", "drawn_points", "footprint_points"]

#: Sample points of a disc; a share is exact to about a hundredth.
SAMPLES = 256

_HELD = 0.9
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
# Of a footprint that fills little of its box, a finer lattice would take longer than it is worth.
_FINEST_LATTICE = 400


def disc_points(lon_deg: Floats, lat_deg: Floats, radius_m: Floats) -> tuple[Floats, Floats]:
    """Sample points of the discs around some points.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,).
    radius_m
        Radius that holds the true place with 90 % probability, in metres, shape (n,).

    Returns
    -------
    tuple
        Longitudes and latitudes in degrees, each of shape (n, SAMPLES).

    Notes
    -----
    A step of the length r in a direction turns the ellipsoid's normal by r divided by the radius of
    curvature in this direction (Euler 1767), which is exact to a thousandth up to 500 km.

    Examples
    --------
    >>> lon, lat = disc_points(np.array([180.0]), np.array([0.0]), np.array([1_000.0]))
    >>> lon.shape, bool((np.abs(lon) > 179.9).all())
    ((1, 256), True)
    """
    share_of_radius, azimuth = _spiral()
    return _moved(lon_deg[:, None], lat_deg[:, None], radius_m[:, None] * share_of_radius, azimuth)


def drawn_points(
    lon_deg: Floats, lat_deg: Floats, radius_m: Floats, *, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """One place in each disc, drawn as the disc's sample points are spread.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,).
    radius_m
        Radius that holds the true place with 90 % probability, in metres, shape (n,); with 0 the
        point itself is drawn.
    rng
        Source of the draws.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> lon, lat = drawn_points(np.zeros(1_000), np.zeros(1_000), np.full(1_000, 1_113.2), rng=rng)
    >>> bool(np.hypot(lon, lat).max() < 0.0101)
    True
    """
    probability = rng.random(len(lon_deg)) * _HELD
    share_of_radius = np.sqrt(np.log1p(-probability) / np.log1p(-_HELD))
    azimuth = rng.random(len(lon_deg)) * 2 * np.pi
    return _moved(lon_deg, lat_deg, radius_m * share_of_radius, azimuth)


def _moved(
    lon_deg: Floats, lat_deg: Floats, distance_m: Floats, azimuth: Floats
) -> tuple[Floats, Floats]:
    """Places at a distance from some points, in a direction in radians."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    squared = 1 - ECCENTRICITY_SQUARED * np.sin(lat) ** 2
    across_m = SEMI_MAJOR_AXIS_M / np.sqrt(squared)
    along_m = across_m * (1 - ECCENTRICITY_SQUARED) / squared
    curvature = np.cos(azimuth) ** 2 / along_m + np.sin(azimuth) ** 2 / across_m
    turn = distance_m * curvature
    sine = np.sin(lat) * np.cos(turn) + np.cos(lat) * np.sin(turn) * np.cos(azimuth)
    east = np.sin(turn) * np.sin(azimuth)
    north = np.cos(lat) * np.cos(turn) - np.sin(lat) * np.sin(turn) * np.cos(azimuth)
    lon_there = np.degrees(lon + np.arctan2(east, north))
    return wrap_lon_deg(lon_there), np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))


def footprint_points(footprint: BaseGeometry) -> tuple[Floats, Floats]:
    """Sample points of an area, evenly over its surface.

    Parameters
    ----------
    footprint
        Polygon or MultiPolygon, WGS 84.

    Returns
    -------
    tuple
        Longitudes and latitudes in degrees, about `SAMPLES` of each, at least one.
    """
    west, south, east, north = footprint.bounds
    box = (east - west) * (north - south)
    filled = footprint.area / box if box > 0 else 0.0
    size = int(np.ceil(np.sqrt(SAMPLES / filled))) if filled > 0 else 1
    middle = (np.arange(min(size, _FINEST_LATTICE)) + 0.5) / min(size, _FINEST_LATTICE)
    # Rows of equal surface, not of equal height.
    low, high = np.sin(np.radians([south, north]))
    lat = np.degrees(np.arcsin(low + middle * (high - low)))
    lons, lats = (axis.ravel() for axis in np.meshgrid(west + middle * (east - west), lat))
    inside = shapely.contains_xy(footprint, lons, lats)
    if not inside.any():
        point = footprint.representative_point()
        return np.array([point.x]), np.array([point.y])
    return lons[inside], lats[inside]


@cache
def _spiral() -> tuple[Floats, Floats]:
    """Radius of each sample as a share of the disc's, and azimuth in radians."""
    number = np.arange(SAMPLES)
    probability = (number + 0.5) / SAMPLES * _HELD
    radius = np.sqrt(np.log1p(-probability) / np.log1p(-_HELD))
    return radius, number * _GOLDEN_ANGLE
