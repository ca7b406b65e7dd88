"""Which area a point lies in, and which is nearest when it lies in none."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.geodesy import Floats, bounds_around, wrap_lon_deg
from geo.spatial.lines import LineIndex

__all__ = ["NOWHERE", "AreaIndex"]

#: Position that stands for no area.
NOWHERE = -1


class AreaIndex:
    """Index over areas that do not overlap.

    Parameters
    ----------
    areas
        Polygons or MultiPolygons, WGS 84 longitude and latitude within ±180°.

    Examples
    --------
    >>> index = AreaIndex([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> index.containing(np.array([0.5, 1.5, 9.0]), np.array([0.5, 0.5, 0.5])).tolist()
    [0, 1, -1]
    """

    def __init__(self, areas: Sequence[shapely.Geometry] | npt.NDArray[np.object_]) -> None:
        self._areas = np.asarray(areas, dtype=object)
        self._tree = shapely.STRtree(self._areas)

    def containing(self, lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.int64]:
        """Position of the area that holds each point; -1 where none does.

        A point on a shared edge belongs to the area that comes first.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        """
        points = shapely.points(np.column_stack((wrap_lon_deg(lon_deg), lat_deg)))
        point, area = self._tree.query(points, predicate="intersects")
        result = np.full(len(lon_deg), len(self._areas), dtype=np.int64)
        np.minimum.at(result, point, area)
        result[result == len(self._areas)] = NOWHERE
        return result

    def nearest_within(
        self, lon_deg: Floats, lat_deg: Floats, *, distance_m: float
    ) -> npt.NDArray[np.int64]:
        """Position of the area nearest to each point, if it lies within a distance; else -1.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, finite, shape (n,).
        distance_m
            Greatest geodesic distance to the area's edge, in metres.
        """
        result = np.full(len(lon_deg), NOWHERE, dtype=np.int64)
        pieces: list[shapely.Geometry] = []
        owners: list[int] = []
        near: set[int] = set()
        for position, box in enumerate(bounds_around(lon_deg, lat_deg, distance_m)):
            for bounds in _both_sides(box):
                for area in self._tree.query(shapely.box(*bounds)):
                    shape: Any = self._areas[area]
                    edge = shapely.clip_by_rect(shapely.boundary(shape), *bounds)
                    if not shapely.is_empty(edge):
                        pieces.append(edge)
                        owners.append(int(area))
                        near.add(position)
        if pieces:
            asked = np.array(sorted(near), dtype=np.int64)
            nearest = LineIndex(pieces).nearest(lon_deg[asked], lat_deg[asked])
            close = nearest.distance_m <= distance_m
            result[asked[close]] = np.array(owners)[nearest.line[close]]
        return result


def _both_sides(box: Floats) -> list[tuple[float, float, float, float]]:
    """Box, and its twin beyond ±180° when it reaches there."""
    west, south, east, north = map(float, box)
    boxes = [(west, south, east, north)]
    if west <= -180.0:
        boxes.append((west + 360.0, south, east + 360.0, north))
    if east >= 180.0:
        boxes.append((west - 360.0, south, east - 360.0, north))
    return boxes
