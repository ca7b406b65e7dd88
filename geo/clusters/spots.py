"""Distinct places of incidents, with how many there are at each: a pile counts, and costs nothing.

Spots are sorted by position, so that nothing that is computed of them depends on the order of rows.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats

__all__ = ["Spots", "spots_of"]


class Spots(NamedTuple):
    """Distinct places, or distinct places and spans of days, in ascending order of all of these.

    `weight` counts the incidents of each, `spot` is the number of the spot of each incident.
    """

    lon_deg: Floats
    lat_deg: Floats
    first_day: Floats
    last_day: Floats
    weight: npt.NDArray[np.int64]
    spot: npt.NDArray[np.int64]


def spots_of(
    lon_deg: Floats,
    lat_deg: Floats,
    first_day: Floats | None = None,
    last_day: Floats | None = None,
) -> Spots:
    """Spots of some incidents.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,). The two names of one meridian are one, and so are all of a pole.
    first_day, last_day
        Span of each incident; incidents of different spans are then at different spots.

    Examples
    --------
    >>> spots = spots_of(np.array([180.0, 7.0, -180.0]), np.array([10.0, 50.0, 10.0]))
    >>> spots.lon_deg.tolist(), spots.weight.tolist(), spots.spot.tolist()
    ([-180.0, 7.0], [2, 1], [0, 1, 0])
    """
    # A zero below zero is one more name.
    lon = np.where(np.abs(lat_deg) == 90.0, 0.0, np.where(lon_deg == 180.0, -180.0, lon_deg)) + 0.0
    nothing = np.zeros(len(lon))
    first = nothing if first_day is None else first_day
    last = first if last_day is None else last_day
    keys = np.stack((lon, lat_deg + 0.0, first, last))
    # Without days two rows of keys are the same everywhere.
    order = np.lexsort(keys[1::-1] if first_day is None else keys[::-1])
    keys = keys[:, order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    number = np.cumsum(new) - 1
    spot = np.empty(len(order), dtype=np.int64)
    spot[order] = number
    weight = np.bincount(number, minlength=int(new.sum()))
    lon, lat, first, last = keys[:, new]
    return Spots(lon, lat, first, last, weight, spot)
