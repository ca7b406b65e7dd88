"""Density of incidents as a smooth surface, in true metres."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.errors import SchemaError, TooManyCellsError
from geo.geodesy import Floats, bounds_around, wrap_lon_deg
from geo.hotspots.asking import metres_above_0
from geo.hotspots.coarse import coarse_rows
from geo.hotspots.density import Density
from geo.joins.points import points_of
from geo.spatial.points import PointIndex

__all__ = ["kernel_density"]

_BY = "kernel_density"
# Cells of the grid within a bandwidth, where nothing else is asked for.
_FINENESS = 8
_USUAL_CELLS, _MOST_CELLS = 500_000, 4_000_000
# Coarser cells than this share of the bandwidth no longer draw the kernel.
_COARSEST = 0.5
_DEGREE_M = 111_319.49
# Cells that are asked about at a time.
_ROUND = 200_000

Bounds = tuple[float, float, float, float]


def kernel_density(
    table: gpd.GeoDataFrame,
    *,
    bandwidth_m: float,
    bounds: Bounds | None = None,
    cell_m: float | None = None,
    coarsest_m: float | None = None,
) -> Density:
    """Density of incidents per km², smoothed over a bandwidth in metres.

    Parameters
    ----------
    table
        Points in any CRS. `uncertainty_m` and `precision` are used where the table has them.
    bandwidth_m
        Radius within which an incident adds to the density.
    bounds
        West, south, east, north of the grid in degrees, east above 180 for a grid across ±180°; by
        default as far as the incidents reach. Incidents just outside count too.
    cell_m
        Greatest width and height of a cell of the grid; by default an eighth of the bandwidth, or
        more where this would be more than half a million cells.
    coarsest_m
        Greatest `uncertainty_m` of an incident that is in it; by default the bandwidth. `math.inf`
        lets in all but centroid piles.

    Returns
    -------
    Density
        Values at the middles of the cells of a grid of equal steps in degrees, its bounds, and how
        many incidents are in it or too coarse for it. Without incidents and bounds it is empty.

    Raises
    ------
    TooManyCellsError
        The grid would have more than four million cells, or cells too large for the bandwidth;
        names what would do.
    SchemaError
        The table has no geometry column or no CRS, or the bounds are none.
    ValueError
        The bandwidth, the cell or `coarsest_m` is no number above 0.

    Notes
    -----
    The quartic kernel of Silverman (1986, Density Estimation for Statistics and Data Analysis,
    equation 4.5): an incident at the geodesic distance d adds 3 (1 - d²/h²)² / (π h²), and nothing
    beyond the bandwidth h. It holds one incident (on a plane; up to a bandwidth of 500 km the
    Earth's curvature changes this by less than 0.1 %). Its standard deviation is h / √8 on each
    axis.

    What is too coarse adds nothing: an `uncertainty_m` above `coarsest_m`, a `precision` of
    `admin1`, `admin2`, `country`, `water` or `none`, and piles of `find_centroid_piles`.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy([36.3, 36.31, 36.9], [33.5, 33.51, 34.1]), crs=4326
    ... )
    >>> density = kernel_density(incidents, bandwidth_m=10_000)
    >>> density.values.shape, [round(one, 1) for one in density.bounds]
    ((70, 61), [36.2, 33.4, 37.0, 34.2])
    >>> round(density.most_per_km2, 4)
    0.0189
    """
    bandwidth_m = metres_above_0(bandwidth_m, "bandwidth_m", by=_BY)
    cell_m = None if cell_m is None else metres_above_0(cell_m, "cell_m", by=_BY)
    limit_m = bandwidth_m
    if coarsest_m is not None:
        limit_m = metres_above_0(coarsest_m, "coarsest_m", by=_BY, infinite=True)
    points = points_of(table, by=_BY)
    coarse = coarse_rows(table, points, coarsest_m=limit_m) & points.placed
    rows = np.flatnonzero(points.placed & ~coarse)
    lon, lat = points.lon_deg[rows], points.lat_deg[rows]
    told = (bandwidth_m, len(rows), int(coarse.sum()))
    if bounds is None:
        if len(rows) == 0:
            return Density(np.zeros((0, 0)), (0.0, 0.0, 0.0, 0.0), *told)
        bounds = _reach(lon, lat, bandwidth_m)
    shape = _shape(_checked(bounds), bandwidth_m, cell_m)
    values = _surface(lon, lat, bounds, shape, bandwidth_m)
    return Density(values, bounds, *told)


def _reach(lon: Floats, lat: Floats, bandwidth_m: float) -> Bounds:
    """Bounds of all that the kernels reach, round the shorter way."""
    boxes = bounds_around(lon, lat, bandwidth_m)
    south, north = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    order = np.argsort(lon)
    around = lon[order]
    gaps = np.append(np.diff(around), around[0] + 360.0 - around[-1])
    last = int(np.argmax(gaps))
    half = float((boxes[:, 2] - lon).max())
    west, east = float(around[(last + 1) % len(around)]), float(around[last])
    if east < west:
        east += 360.0
    west, east = west - half, east + half
    if east - west >= 360.0:
        return (-180.0, south, 180.0, north)
    turn = 360.0 if west < -180.0 else 0.0
    return (west + turn, south, east + turn, north)


def _checked(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    fits = -180 <= west < east <= 540 and east - west <= 360 and -90 <= south < north <= 90
    if not fits:
        raise SchemaError(
            f"{_BY}: the bounds are {bounds}; expected west, south, east, north in degrees, east"
            " above west, and above 180 for a grid across ±180°."
        )
    return bounds


def _shape(bounds: Bounds, bandwidth_m: float, cell_m: float | None) -> tuple[int, int]:
    """Rows and columns of the grid."""
    west, south, east, north = bounds
    # Where the grid is widest.
    lat = 0.0 if south < 0 < north else min(abs(south), abs(north))
    width_m = (east - west) * _DEGREE_M * float(np.cos(np.radians(lat)))
    height_m = (north - south) * _DEGREE_M
    if cell_m is None:
        cell_m = bandwidth_m / _FINENESS
        cell_m = max(cell_m, float(np.sqrt(width_m * height_m / _USUAL_CELLS)))
    rows, columns = (max(int(np.ceil(size / cell_m)), 1) for size in (height_m, width_m))
    if rows * columns > _MOST_CELLS or cell_m > bandwidth_m * _COARSEST:
        least_m = float(np.sqrt(width_m * height_m / _MOST_CELLS))
        raise TooManyCellsError(
            f"{_BY}: a grid with a bandwidth of {bandwidth_m:,.0f} m and cells of {cell_m:,.0f} m"
            f" over {width_m / 1_000:,.0f} x {height_m / 1_000:,.0f} km has {rows * columns:,}"
            f" cells; at most {_MOST_CELLS:,} are made, of at most half a bandwidth: ask for a"
            f" cell_m of {least_m:,.0f} or more and a bandwidth_m of {2 * least_m:,.0f} or more, or"
            " for smaller bounds.",
            count=rows * columns,
        )
    return rows, columns


def _surface(
    lon: Floats, lat: Floats, bounds: Bounds, shape: tuple[int, int], bandwidth_m: float
) -> Floats:
    """Incidents per km² at the middle of each cell."""
    values = np.zeros(shape[0] * shape[1])
    if len(lon) == 0:
        return values.reshape(shape)
    places, weight = np.unique(np.column_stack((lon, lat)), axis=0, return_counts=True)
    index = PointIndex(places[:, 0].copy(), places[:, 1].copy())
    west, south, east, north = bounds
    column = west + (np.arange(shape[1], dtype=np.float64) + 0.5) * ((east - west) / shape[1])
    row = north - (np.arange(shape[0], dtype=np.float64) + 0.5) * ((north - south) / shape[0])
    for first in range(0, len(values), _ROUND):
        cell = np.arange(first, min(first + _ROUND, len(values)))
        at = wrap_lon_deg(column[cell % shape[1]]), row[cell // shape[1]]
        for part in index.parts_within(*at, distance_m=bandwidth_m):
            added = _quartic(part.distance_m / bandwidth_m) * weight[part.point]
            values[cell] += np.bincount(part.query, weights=added, minlength=len(cell))
    return (values * (1e6 / bandwidth_m**2)).reshape(shape)


def _quartic(share: Floats) -> npt.NDArray[np.float64]:
    """Kernel at a share of its bandwidth, over the square of the bandwidth."""
    room = np.maximum(1.0 - share * share, 0.0)
    return 3.0 / np.pi * room * room
