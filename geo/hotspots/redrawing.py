"""Counts of cells when each incident lies elsewhere within its uncertainty."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.errors import SchemaError
from geo.hotspots.grids import grid_of
from geo.joins.discs import drawn_points
from geo.joins.points import points_of, uncertainties_m
from geo.schema import require

__all__ = ["redrawn_counts"]


def redrawn_counts(
    cells: gpd.GeoDataFrame, incidents: gpd.GeoDataFrame, *, draws: int, seed: int, by: str
) -> Iterator[npt.NDArray[np.int64]]:
    """Counts of each cell, draw by draw.

    Parameters
    ----------
    cells
        As `count_by_hexagon` and `count_by_province` give them.
    incidents
        The table that they count.
    draws
        How often each incident is placed anew.
    seed
        Of the random numbers.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        The cells do not count these incidents.
    """
    require(cells, ("count",), by=by)
    grid, points = grid_of(cells), points_of(incidents, by=by)
    rows, stays = grid.counting(incidents, points)
    place = grid.of_rows(incidents, points)[rows]
    counted = np.bincount(place[place >= 0], minlength=len(cells))
    if not np.array_equal(counted, cells["count"].to_numpy()):
        raise SchemaError(
            f"{by}: the cells count {int(cells['count'].sum()):,} incidents, and the table has"
            f" {int(counted.sum()):,} in them; expected the table that was counted."
        )
    radius_m = np.nan_to_num(uncertainties_m(incidents)[rows])
    moving = np.flatnonzero(~stays & (radius_m > 0))
    moved, radius_m = rows[moving], radius_m[moving]
    lon, lat = points.lon_deg[moved], points.lat_deg[moved]
    rng = np.random.default_rng(seed)
    for _ in range(draws):
        there = place.copy()
        there[moving] = grid.at(*drawn_points(lon, lat, radius_m, rng=rng))
        yield np.bincount(there[there >= 0], minlength=len(cells))
