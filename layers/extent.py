"""The box of some places, also where they lie on both sides of the date line."""

import numpy as np
import numpy.typing as npt

from geo.geodesy import bounds_around, wrap_lon_deg

__all__ = ["Bounds", "extent"]

#: West, south, east, north in degrees; beyond the date line east exceeds 180, or west -180.
Bounds = tuple[float, float, float, float]

_WORLD_DEG = 360.0
#: From so many spans on, those that begin in the same tenth of a degree are joined first.
_MANY = 10_000
_BINS = 3600


def extent(
    points: npt.NDArray[np.float64], *, reach_m: npt.NDArray[np.float64] | None = None
) -> Bounds | None:
    """The smallest box that holds all points; its sides are apart by a world at most.

    Parameters
    ----------
    points
        Longitude and latitude in degrees, EPSG:4326, shape (n, 2).
    reach_m
        What the box holds round each point, in metres, shape (n,).

    Returns
    -------
    tuple[float, float, float, float] | None
        West, south, east, north in degrees. A box across the date line has its middle within
        ±180° and one side beyond. None without points.

    Examples
    --------
    >>> extent(np.array([[179.0, -17.0], [-178.0, -18.0]]))
    (-181.0, -18.0, -178.0, -17.0)
    """
    if not len(points):
        return None
    lon, lat = points.T
    boxes = np.hstack([points, points]) if reach_m is None else bounds_around(lon, lat, reach_m)
    west, east = _shorter_way_round(boxes[:, 0], boxes[:, 2])
    return west, float(boxes[:, 1].min()), east, float(boxes[:, 3].max())


def _shorter_way_round(
    west: npt.NDArray[np.float64], east: npt.NDArray[np.float64]
) -> tuple[float, float]:
    """West and east of all the spans, where the widest stretch without any lies outside."""
    if len(west) > _MANY:
        west, east = _per_bin(west, east)
    turned = wrap_lon_deg(west)
    order = np.argsort(turned, kind="stable")
    start = turned[order]
    reached = np.maximum.accumulate((east + (turned - west))[order])
    # What reaches beyond a full turn covers the beginning again.
    reached = np.maximum(reached, reached[-1] - _WORLD_DEG)
    gap = np.append(start[1:], start[0] + _WORLD_DEG) - reached
    # Of equal gaps the last one, so that nothing is turned without need.
    widest = len(gap) - 1 - int(np.argmax(gap[::-1]))
    if gap[widest] <= 0:
        return -180.0, 180.0
    if widest == len(gap) - 1:
        return _middle_within(float(start[0]), float(reached[-1]))
    return _middle_within(float(start[widest + 1]), float(reached[widest]) + _WORLD_DEG)


def _per_bin(
    west: npt.NDArray[np.float64], east: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """One span per tenth of a degree that holds all that begin there."""
    turned = wrap_lon_deg(west)
    place = np.floor((turned + _WORLD_DEG / 2) / _WORLD_DEG * _BINS).astype(np.int64)
    start, reached = np.full(_BINS + 1, np.inf), np.full(_BINS + 1, -np.inf)
    np.minimum.at(start, place, turned)
    np.maximum.at(reached, place, east + (turned - west))
    held = np.isfinite(start)
    return start[held], reached[held]


def _middle_within(west: float, east: float) -> tuple[float, float]:
    turn = _WORLD_DEG if west + east > _WORLD_DEG else 0.0
    return west - turn, east - turn
