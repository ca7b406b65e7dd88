"""Which cells are neighbours: by rings of hexagons, shared borders of provinces, or distance."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geo.errors import SchemaError
from geo.hotspots.asking import whole_number
from geo.hotspots.grids import HexagonGrid, grid_of
from geo.hotspots.hexagons import disks, positions_in
from geo.joins.points import points_of
from geo.reference.atoms import atoms
from geo.spatial.pairs_within import PairsWithin

__all__ = ["Neighbours", "Weights", "cells_within", "neighbours_within", "weights_of"]

#: Weight of each cell's neighbours, one row for each cell, 0 on the diagonal.
if TYPE_CHECKING:
    Weights = csr_array[Any, tuple[int, int]]
else:
    # Older versions of scipy refuse the brackets when they run.
    Weights = csr_array
#: Steps from cell to cell, or weights of one's own.
Neighbours = int | Weights

Ints = npt.NDArray[np.int64]


def weights_of(cells: gpd.GeoDataFrame, neighbours: Neighbours, *, by: str) -> Weights:
    """Weights of some cells.

    Parameters
    ----------
    cells
        As `count_by_hexagon` and `count_by_province` give them.
    neighbours
        Steps from cell to cell, at least 1; or weights, which are returned without their diagonal.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        The weights do not fit the cells, or are below 0 or NaN somewhere.
    ValueError
        There are fewer than 1 step.
    """
    if isinstance(neighbours, (int, float, np.number)):
        steps = whole_number(neighbours, f"{by}: the neighbours are {{}} steps away", least=1)
        return neighbours_within(cells, steps=steps)
    weights: Weights = csr_array(neighbours).astype(np.float64)
    if weights.shape != (len(cells), len(cells)) or not (weights.data >= 0).all():
        raise SchemaError(
            f"{by}: the weights have the shape {weights.shape}; expected one row and one column for"
            f" each of the {len(cells)} cells, and no weight below 0 or unknown."
        )
    weights.setdiag(0.0)
    weights.eliminate_zeros()
    return weights


def neighbours_within(cells: gpd.GeoDataFrame, *, steps: int = 1) -> Weights:
    """Weights of 1 for the cells that lie no more than some steps apart.

    Parameters
    ----------
    cells
        As `count_by_hexagon` and `count_by_province` give them.
    steps
        From hexagon to hexagon, or from province to province over a border that they share on land.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (cells, cells), in the order of the rows, 0 on the diagonal.

    Examples
    --------
    >>> from geo.hotspots.province_counts import count_by_province
    >>> points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([36.3], [31.6]), crs=4326)
    >>> cells = count_by_province(points)
    >>> around = neighbours_within(cells)
    >>> amman = around[[cells["admin1_code"].tolist().index("JO-AM")]]
    >>> cells["admin1_code"].iloc[amman.indices].tolist()
    ['JO-AZ', 'JO-BA', 'JO-KA', 'JO-MD', 'JO-MN']
    """
    grid = grid_of(cells)
    if isinstance(grid, HexagonGrid):
        middle, around = disks(grid.cells, steps)
        other = positions_in(grid.cells, around)
        kept = (other >= 0) & (other != middle)
        return _weights(grid.row[middle[kept]], grid.row[other[kept]], len(cells))
    arcs = atoms().arcs
    land = np.append(atoms().is_land, False)
    left, right = (arcs[side].to_numpy(dtype=np.int64) for side in ("left", "right"))
    one, other = grid.row_of_atom[left], grid.row_of_atom[right]
    kept = (one >= 0) & (other >= 0) & (one != other) & land[left] & land[right]
    beside = _weights(
        np.append(one[kept], other[kept]), np.append(other[kept], one[kept]), len(cells)
    )
    reached = beside
    for _ in range(steps - 1):
        reached = csr_array(reached + reached @ beside)
    row, column = (one.astype(np.int64) for one in reached.nonzero())
    return _weights(row[row != column], column[row != column], len(cells))


def cells_within(cells: gpd.GeoDataFrame, *, distance_m: float) -> Weights:
    """Weights of 1 for the cells whose middles lie within a geodesic distance in metres.

    Parameters
    ----------
    cells
        Areas in any CRS; a point inside it stands for each.
    distance_m
        Greatest distance, inclusive.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (cells, cells), in the order of the rows, 0 on the diagonal.
    """
    if len(cells) == 0:
        return csr_array((0, 0))
    points = points_of(cells, by="cells_within")
    placed = np.flatnonzero(points.placed)
    search = PairsWithin(points.lon_deg[placed], points.lat_deg[placed], distance_m=distance_m)
    one, other, _ = search.all()
    one, other = placed[one], placed[other]
    return _weights(np.append(one, other), np.append(other, one), len(cells))


def _weights(row: Ints, column: Ints, count: int) -> Weights:
    """Weights of 1 at some places, each once."""
    key = np.unique(row * count + column)
    row, column = np.divmod(key, max(count, 1))
    start = np.searchsorted(row, np.arange(count + 1))
    return csr_array((np.ones(len(key)), column, start), shape=(count, count))
