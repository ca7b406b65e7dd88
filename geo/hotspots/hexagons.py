"""Hexagons of the H3 grid: which one a point lies in, their shapes, surfaces and neighbours.

H3 (Uber, h3geo.org) divides the globe into cells that lie within each other at 16 resolutions;
twelve cells of each are pentagons. A cell has a 64-bit number and, in tables, its hexadecimal text.
"""

from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import Floats, geod
from geo.hotspots.cutting import cut_at_180

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "FINEST",
    "Cells",
    "Ring",
    "areas_km2",
    "cells_at",
    "cells_in_boxes",
    "disks",
    "middles",
    "numbers_of",
    "positions_in",
    "resolution_of",
    "rings_of",
    "shapes_of",
    "texts_of",
    "usual_area_km2",
]

#: Number of the finest resolution: hexagons of half a metre.
FINEST = 15
#: Numbers of cells.
Cells = npt.NDArray[np.uint64]
#: Latitude and longitude of each corner, counterclockwise.
Ring = tuple[tuple[float, float], ...]

# A box that is wider than half a turn would be taken for the other half.
_WIDEST_DEG = 60.0
# No cell is missed between two boxes.
_LAP_DEG = 1e-6


def usual_area_km2(resolution: int) -> float:
    """Mean surface of the hexagons of a resolution, in km².

    Examples
    --------
    >>> round(usual_area_km2(6), 1)
    36.1
    """
    from h3.api import basic_int  # noqa: PLC0415  # two tenths of the start of a command

    return float(basic_int.average_hexagon_area(resolution, unit="km^2"))


def cells_at(lon_deg: Floats, lat_deg: Floats, resolution: int) -> Cells:
    """Cell of each point.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,).
    resolution
        From 0 (the largest) to 15.
    """
    from h3.api import basic_int  # noqa: PLC0415

    found = map(basic_int.latlng_to_cell, lat_deg.tolist(), lon_deg.tolist(), repeat(resolution))
    return np.fromiter(found, dtype=np.uint64, count=len(lon_deg))


def positions_in(cells: Cells, wanted: Cells) -> npt.NDArray[np.int64]:
    """Position of some cells among others, which are sorted; -1 for those that are not there."""
    if len(cells) == 0:
        return np.full(len(wanted), -1)
    place = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
    return np.where(cells[place] == wanted, place, -1)


def cells_in_boxes(boxes: "Iterable[tuple[float, float, float, float]]", resolution: int) -> Cells:
    """Cells whose middles lie in some boxes, sorted; some just beside their edges too.

    Parameters
    ----------
    boxes
        West, south, east, north in degrees, within ±180° and ±90°.
    resolution
        From 0 (the largest) to 15.
    """
    from h3 import LatLngPoly  # noqa: PLC0415
    from h3.api import numpy_int  # noqa: PLC0415

    parts = [np.empty(0, dtype=np.uint64)]
    for box in boxes:
        for west, south, east, north in _pieces(box):
            ring = [(south, west), (south, east), (north, east), (north, west)]
            parts.append(np.asarray(numpy_int.h3shape_to_cells(LatLngPoly(ring), resolution)))
    return np.unique(np.concatenate(parts))


def _pieces(
    box: tuple[float, float, float, float],
) -> "Iterable[tuple[float, float, float, float]]":
    west, south, east, north = box
    edges = np.linspace(west, east, int(np.ceil((east - west) / _WIDEST_DEG)) + 1)
    for left, right in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        yield (
            max(left - _LAP_DEG, -180.0),
            max(south - _LAP_DEG, -90.0),
            min(right + _LAP_DEG, 180.0),
            min(north + _LAP_DEG, 90.0),
        )


def disks(cells: Cells, rings: int) -> tuple[npt.NDArray[np.int64], Cells]:
    """Cells within some rings around each cell, which is among them.

    Parameters
    ----------
    cells
        Their numbers.
    rings
        0 or more.

    Returns
    -------
    tuple
        Position of the cell in the middle, and number of a cell around it, one for each pair.
    """
    from h3.api import memview_int  # noqa: PLC0415

    found = [memview_int.grid_disk(cell, rings) for cell in cells.tolist()]
    size = np.fromiter(map(len, found), dtype=np.int64, count=len(cells))
    around = np.frombuffer(b"".join(found), dtype=np.uint64)
    return np.repeat(np.arange(len(cells)), size), around


def middles(cells: Cells) -> tuple[Floats, Floats]:
    """Longitude and latitude of the middle of each cell, WGS 84 in degrees."""
    from h3.api import basic_int  # noqa: PLC0415

    flat = np.array([basic_int.cell_to_latlng(cell) for cell in cells.tolist()]).reshape(-1, 2)
    return flat[:, 1].copy(), flat[:, 0].copy()


def texts_of(cells: Cells) -> list[str]:
    """Hexadecimal text of each cell, as H3 writes it."""
    return [f"{cell:x}" for cell in cells.tolist()]


def numbers_of(texts: "Iterable[str]") -> Cells:
    """Number of each cell.

    Raises
    ------
    ValueError
        A text is no cell of H3.
    """
    from h3.api import basic_int  # noqa: PLC0415

    found = []
    for text in texts:
        try:
            cell = int(text, 16)
        except (TypeError, ValueError):
            cell = 0
        if not basic_int.is_valid_cell(cell):
            raise ValueError(f"{text!r} is no cell of H3")
        found.append(cell)
    return np.array(found, dtype=np.uint64)


def resolution_of(cells: Cells) -> int:
    """Resolution of some cells; 0 of none.

    Raises
    ------
    ValueError
        The cells are of several resolutions.
    """
    from h3.api import basic_int  # noqa: PLC0415

    found = sorted({basic_int.get_resolution(cell) for cell in cells.tolist()})
    if len(found) > 1:
        raise ValueError(f"the cells are of several resolutions: {', '.join(map(str, found))}")
    return found[0] if found else 0


def rings_of(cells: Cells) -> "list[Ring]":
    """Corners of each cell."""
    from h3.api import basic_int  # noqa: PLC0415

    return [basic_int.cell_to_boundary(cell) for cell in cells.tolist()]


def areas_km2(rings: "Sequence[Ring]") -> Floats:
    """Geodesic surface of each cell in km² (Karney 2013), also around a pole."""
    measure = geod().polygon_area_perimeter
    found = (
        measure([corner[1] for corner in ring], [corner[0] for corner in ring])[0] for ring in rings
    )
    return np.abs(np.fromiter(found, dtype=np.float64, count=len(rings))) / 1e6


def shapes_of(rings: "Sequence[Ring]") -> npt.NDArray[np.object_]:
    """Polygon of each cell, WGS 84; cut at ±180° into a MultiPolygon (RFC 7946, 3.1.9).

    Parameters
    ----------
    rings
        Corners of each cell.

    Notes
    -----
    The edges are straight lines in longitude and latitude between the corners. The cell around a
    pole has the pole's parallel and both sides of ±180° for edges.
    """
    size = np.fromiter(map(len, rings), dtype=np.int64, count=len(rings))
    corners = np.array([corner for ring in rings for corner in ring]).reshape(-1, 2)[:, ::-1]
    which = np.repeat(np.arange(len(rings)), size)
    shapes = np.asarray(shapely.polygons(shapely.linearrings(corners, indices=which)))
    first = np.cumsum(size) - size
    if len(rings):
        lon = corners[:, 0]
        width = np.maximum.reduceat(lon, first) - np.minimum.reduceat(lon, first)
        for number in np.flatnonzero(width > 180.0).tolist():
            some = slice(int(first[number]), int(first[number] + size[number]))
            shapes[number] = _cut(corners[some])
    return shapes


def _cut(corners: Floats) -> BaseGeometry:
    """Shape of a cell that holds a pole, or reaches across ±180°."""
    steps = np.diff(corners[:, 0], append=corners[:1, 0])
    steps -= 360.0 * np.round(steps / 360.0)
    lon, lat = corners[0, 0] + np.cumsum(steps) - steps, corners[:, 1]
    if abs(steps.sum()) > 180.0:
        pole, turned = np.copysign(90.0, lat.sum()), lon[0] + np.copysign(360.0, steps.sum())
        lon, lat = np.append(lon, (turned, turned, lon[0])), np.append(lat, (lat[0], pole, pole))
    whole = shapely.Polygon(np.column_stack((lon, lat)))
    return cut_at_180(whole)
