"""What the building of an area index works on: arcs, and their runs in the cells of one size."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.spatial.areas_kernels import ROUNDER, UNITS
from geo.spatial.coverage import Coverage

__all__ = ["Arcs", "Ints", "Level", "arcs_of_areas", "arcs_of_coverage"]

Ints = npt.NDArray[np.int64]

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True, eq=False)
class Arcs:
    """Lines between areas.

    Parameters
    ----------
    vertices
        Longitude and latitude in 1e-7 degree, shape (n, 2).
    start
        First vertex of each arc and, at last, n.
    owner
        Area of each arc, ascending; all 0 where arcs divide faces.
    """

    vertices: npt.NDArray[np.int32 | np.float64]
    start: Ints
    owner: Ints

    def edges(self) -> Ints:
        """First vertex of each edge."""
        is_edge = np.ones(len(self.vertices), dtype=bool)
        is_edge[self.start[1:] - 1] = False
        return np.flatnonzero(is_edge)

    def of_vertices(self, vertices: Ints) -> Ints:
        """Arc of each vertex."""
        return np.searchsorted(self.start, vertices, side="right") - 1


@dataclass(frozen=True, eq=False)
class Level:
    """Runs in the cells of one size, in the order of cells, owners and vertices.

    A group is what one owner has in one cell.

    Parameters
    ----------
    runs
        First vertex, number of edges and arc.
    cell
        Cell of each run.
    group
        First run of each group and, at last, the number of runs.
    owner
        Owner of each group.
    inside
        1 where a group's owner holds the corner of the cell, else 0.
    corner
        South-western corner of each group's cell.
    width
        Width of a cell in 1e-7 degree.
    """

    runs: Ints
    cell: Ints
    group: Ints
    owner: Ints
    inside: Ints
    corner: npt.NDArray[np.float64]
    width: float

    @property
    def cells(self) -> Ints:
        """Cell of each group."""
        return self.cell[self.group[:-1]]

    @property
    def ranks(self) -> Ints:
        """Number of each group's cell, counting cells with groups only."""
        return np.cumsum(np.diff(self.cells, prepend=-1) != 0) - 1

    def of_runs(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Values of groups, for each run."""
        return np.repeat(values, np.diff(self.group), axis=0)

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Level":
        """Level with some of its groups."""
        runs = self.of_runs(chosen)
        return Level(
            self.runs[runs],
            self.cell[runs],
            np.concatenate(([0], np.cumsum(np.diff(self.group)[chosen]))),
            self.owner[chosen],
            self.inside[chosen],
            self.corner[chosen],
            self.width,
        )


def arcs_of_coverage(coverage: Coverage) -> Arcs:
    """Arcs between the faces of a coverage."""
    start = coverage.start.astype(np.int64)
    return Arcs(coverage.vertices, start, np.zeros(len(coverage.left), dtype=np.int64))


def arcs_of_areas(areas: npt.NDArray[np.object_]) -> Arcs:
    """Rings of polygons.

    Parameters
    ----------
    areas
        Polygons or MultiPolygons in longitude and latitude, empty geometries, or None.
    """
    kinds = shapely.get_type_id(areas)
    wrong = np.flatnonzero(~np.isin(kinds, _POLYGONS) & ~shapely.is_empty(areas) & (kinds != -1))
    if len(wrong):
        raise ValueError(
            f"an AreaIndex takes Polygons and MultiPolygons; position {wrong[0]} is a"
            f" {shapely.GeometryType(kinds[wrong[0]]).name}"
        )
    polygons, area = shapely.get_parts(areas, return_index=True)
    ring, polygon = shapely.get_rings(polygons, return_index=True)
    degrees, ring_of_vertex = shapely.get_coordinates(ring, return_index=True)
    # Coordinates that were computed may miss 180 and 90 by their last bits.
    limits = np.array([180.0, 90.0])
    outside = np.flatnonzero(~(np.abs(degrees) <= limits + 1e-9).all(axis=1))
    if len(outside):
        lon, lat = degrees[outside[0]]
        raise ValueError(
            f"an AreaIndex takes longitudes within ±180° and latitudes within ±90°; position"
            f" {area[polygon[ring_of_vertex[outside[0]]]]} reaches {lon}, {lat}: reproject it to"
            " WGS 84, and cut it at the antimeridian"
        )
    units = np.clip(degrees, -limits, limits) * UNITS
    start = np.append(0, np.cumsum(np.bincount(ring_of_vertex, minlength=len(ring))))
    return Arcs((units + ROUNDER) - ROUNDER, start, area[polygon])
