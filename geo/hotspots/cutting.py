"""Areas that reach across ±180°, cut there."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import Floats

__all__ = ["cut_at_180"]


def cut_at_180(shape: BaseGeometry) -> BaseGeometry:
    """Area whose longitudes go on beyond ±180°, as parts within ±180° (RFC 7946, 3.1.9).

    Parameters
    ----------
    shape
        Polygon or MultiPolygon within ±540°.

    Examples
    --------
    >>> cut_at_180(shapely.box(170, 0, 190, 5)).bounds
    (-180.0, 0.0, 180.0, 5.0)
    """
    parts: list[BaseGeometry] = []
    for turn in (-360.0, 0.0, 360.0):
        world = shapely.box(turn - 180.0, -90.0, turn + 180.0, 90.0)
        part = shapely.intersection(shape, world)
        parts.extend(one for one in shapely.get_parts(_turned(part, turn)) if one.area > 0)
    whole = shapely.union_all(np.array(parts, dtype=object))
    return shapely.orient_polygons(shapely.normalize(whole))


def _turned(shape: BaseGeometry, turn: float) -> BaseGeometry:
    """Shape moved west by some degrees."""

    def turned(at: Floats) -> Floats:
        return np.asarray(at - np.array([turn, 0.0]))

    return shapely.transform(shape, turned)
