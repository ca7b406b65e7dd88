"""The area that the places of a cluster take up."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.shapes.outlines import polygon_of
from geo.geodesy import Floats, geod

__all__ = ["extent_of"]

# So that one place, or places along a line, have an area too.
_AROUND_M = 1.0
_LONGEST_EDGE_M = 50_000.0
# A quarter of the way round the earth: what reaches farther has no outside.
_HALF_THE_EARTH_M = 10_000_000.0


def extent_of(
    lon_deg: float, lat_deg: float, lons_deg: Floats, lats_deg: Floats
) -> BaseGeometry | None:
    """Polygon around places, one metre wider than their convex hull; None for half the earth.

    Parameters
    ----------
    lon_deg, lat_deg
        Middle, WGS 84.
    lons_deg, lats_deg
        Places, shape (n,).

    Notes
    -----
    The hull is that of the azimuthal equidistant projection around the middle (Snyder 1987, USGS
    Professional Paper 1395, p. 191), on the ellipsoid; it is cut at ±180°.

    Examples
    --------
    >>> area = extent_of(0.0, 0.0, np.array([0.0, 0.01, 0.0]), np.array([0.0, 0.0, 0.01]))
    >>> [round(side, 4) for side in area.bounds]
    [-0.0, -0.0, 0.01, 0.01]
    """
    here = np.full(len(lons_deg), lon_deg), np.full(len(lons_deg), lat_deg)
    azimuth_deg, _, away_m = geod().inv(*here, lons_deg, lats_deg)
    if away_m.max() > _HALF_THE_EARTH_M:
        return None
    azimuth = np.radians(azimuth_deg)
    plane = np.column_stack((away_m * np.sin(azimuth), away_m * np.cos(azimuth)))
    hull = shapely.convex_hull(shapely.multipoints(plane))
    around = shapely.buffer(hull, _AROUND_M, cap_style="square", join_style="mitre")
    x, y = shapely.get_coordinates(shapely.segmentize(around, _LONGEST_EDGE_M))[:-1].T
    here = np.full(len(x), lon_deg), np.full(len(x), lat_deg)
    lon, lat, _ = geod().fwd(*here, np.degrees(np.arctan2(x, y)), np.hypot(x, y))
    return polygon_of(np.column_stack((lon, lat)))
