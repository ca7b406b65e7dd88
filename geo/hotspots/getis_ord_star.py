"""Where high and low values gather: Gi* of Getis and Ord."""

import geopandas as gpd
import numpy as np
from scipy.sparse import csr_array
from scipy.special import ndtr

from geo.geodesy import Floats
from geo.hotspots.asking import whole_number
from geo.hotspots.fields import adjusted, field_of
from geo.hotspots.neighbours import Neighbours, Weights
from geo.hotspots.permuting import permuted_p
from geo.joins.columns import spread, with_columns

__all__ = ["getis_ord", "star_z", "two_sided"]

# A share of rounding.
_NO_ROOM = 1e-12


def getis_ord(
    cells: gpd.GeoDataFrame,
    *,
    value: str = "count",
    neighbours: Neighbours = 1,
    permutations: int = 0,
    seed: int = 0,
) -> gpd.GeoDataFrame:
    """Measure how far the sum around each cell is from what chance would bring, as a z-score.

    Parameters
    ----------
    cells
        As `count_by_hexagon` and `count_by_province` give them, with the cells without incidents.
    value
        Column of numbers: `count`, `count_per_km2`, `count_per_100k` or one of your own. Cells
        where it is null are left out, also as neighbours.
    neighbours
        Steps from cell to cell, or weights of your own (`geo.hotspots.neighbours`), a sparse array
        with a row and a column for each cell.
    permutations
        How often the values are dealt anew to find p without a normal distribution.
    seed
        Of the random numbers.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with `gi_z`; `gi_p`, two-sided; `gi_p_permuted` with permutations; `gi_q`, the p
        (permuted where there is one) after Benjamini and Hochberg: cells with q up to 0.05 hold 5 %
        false discoveries. Null where all values are the same, where the neighbours are all the
        cells there are, and of a single cell.

    Raises
    ------
    SchemaError
        There is no such column, it does not hold numbers, or the weights do not fit.
    ValueError
        The neighbours are fewer than one step away, or the permutations below 0.

    Notes
    -----
    Gi* (Getis and Ord 1992, doi:10.1111/j.1538-4632.1992.tb00261.x) as the standard deviate of Ord
    and Getis (1995, doi:10.1111/j.1538-4632.1995.tb00912.x, equation 14), with weights of 1 for the
    cell itself and its neighbours:

    z = (Σj wij xj - Wi x̄) / (s √((n S1i - Wi²) / (n - 1))), Wi = Σj wij, S1i = Σj wij²

    where x̄ and s² are the mean and variance (by n) of all cells. Own weights keep their values, and
    the cell itself has 1. Few incidents in many cells make z far from normal: trust the permuted p.
    It cannot be below 2 / (permutations + 1), so that many cells need many permutations. False
    discoveries as in Benjamini and Hochberg (1995, doi:10.1111/j.2517-6161.1995.tb02031.x); cells
    that overlap in neighbours depend on each other positively, for which it holds.

    Examples
    --------
    >>> from geo.hotspots.hexagon_counts import count_by_hexagon
    >>> points = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy([36.29] * 4 + [36.31, 36.9], [33.51] * 4 + [33.49, 34.1]),
    ...     crs=4326,
    ... )
    >>> cells = points.pipe(count_by_hexagon, resolution=5, study_area="Syria").pipe(getis_ord)
    >>> cells.loc[cells["count"].idxmax(), ["gi_z", "gi_q"]].round(2).tolist()
    [9.6, 0.0]
    """
    permutations = whole_number(permutations, "getis_ord: the permutations are {}", least=0)
    field = field_of(cells, value, neighbours, by="getis_ord")
    z = star_z(field.values, field.weights)
    p = two_sided(z)
    columns = {"gi_z": z, "gi_p": p, "gi_q": adjusted(p)}
    if permutations:
        permuted = permuted_p(field.values, field.weights, permutations=permutations, seed=seed)
        permuted[~np.isfinite(z)] = np.nan
        columns |= {"gi_p_permuted": permuted, "gi_q": adjusted(permuted)}
    return with_columns(
        cells, {name: spread(one, field.rows, len(cells)) for name, one in columns.items()}
    )


def star_z(values: Floats, weights: Weights) -> Floats:
    """Z of Gi* for each cell, which has the weight 1 itself; NaN where it has none.

    Parameters
    ----------
    values
        Shape (n,).
    weights
        Of the neighbours, shape (n, n), 0 on the diagonal.
    """
    n = len(values)
    if n < 2 or values.min() == values.max():
        return np.full(n, np.nan)
    everywhere = np.ones(n)
    size = np.asarray(weights @ everywhere) + 1.0
    squared = csr_array((weights.data**2, weights.indices, weights.indptr), shape=weights.shape)
    squares = np.asarray(squared @ everywhere) + 1.0
    room = (n * squares - size * size) / (n - 1)
    scale = values.std() * np.sqrt(np.where(room > _NO_ROOM * size * size, room, np.nan))
    away = values - values.mean()
    return np.asarray((weights @ away + away) / scale)


def two_sided(z: Floats) -> Floats:
    """Probability that a normal deviate is at least as far from 0."""
    return np.asarray(2.0 * ndtr(-np.abs(z)))
