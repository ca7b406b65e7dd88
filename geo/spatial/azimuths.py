"""Directions between pairs of places."""

from typing import no_type_check

import numpy as np

from geo.geodesy import Floats, geod, inverse
from geo.spatial.compiling import kernel_for

__all__ = ["azimuths_deg", "fill_azimuths"]


def azimuths_deg(
    lon_deg: Floats, lat_deg: Floats, to_lon_deg: Floats, to_lat_deg: Floats
) -> Floats:
    """Azimuth of the geodesic at the first place, in degrees clockwise from north.

    Parameters
    ----------
    lon_deg, lat_deg, to_lon_deg, to_lat_deg
        WGS 84, finite, shape (n,).

    Examples
    --------
    >>> east = azimuths_deg(np.array([0.0]), np.array([0.0]), np.array([1.0]), np.array([0.0]))
    >>> east.tolist()
    [90.0]
    """
    azimuth_deg = np.empty(len(lon_deg))
    kernel_for(fill_azimuths, len(lon_deg))(lon_deg, lat_deg, to_lon_deg, to_lat_deg, azimuth_deg)
    opposite = np.flatnonzero(np.isnan(azimuth_deg))
    if len(opposite):
        lon, lat, to_lon, to_lat = (
            end[opposite] for end in (lon_deg, lat_deg, to_lon_deg, to_lat_deg)
        )
        azimuth_deg[opposite] = geod().inv(lon, lat, to_lon, to_lat)[0]
    return azimuth_deg


@no_type_check
def fill_azimuths(
    lon_deg: Floats, lat_deg: Floats, to_lon_deg: Floats, to_lat_deg: Floats, azimuth_deg: Floats
) -> None:
    """Fill in the azimuths; NaN where the two places are nearly opposite on the globe."""
    for i in range(len(lon_deg)):
        _, azimuth = inverse(
            float(lon_deg[i]), float(lat_deg[i]), float(to_lon_deg[i]), float(to_lat_deg[i])
        )
        azimuth_deg[i] = azimuth
