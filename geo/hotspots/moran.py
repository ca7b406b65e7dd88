"""Which cells are like their neighbours, and which are not: local Moran."""

import geopandas as gpd
import numpy as np
from scipy.sparse import diags_array

from geo.geodesy import Floats
from geo.hotspots.asking import whole_number
from geo.hotspots.fields import Field, adjusted, field_of
from geo.hotspots.getis_ord_star import two_sided
from geo.hotspots.neighbours import Neighbours, Weights
from geo.hotspots.permuting import permuted_p
from geo.joins.columns import coded, spread, with_columns, words

__all__ = ["local_moran"]

_QUADRANTS = ["high-high", "low-high", "low-low", "high-low"]


def local_moran(
    cells: gpd.GeoDataFrame,
    *,
    value: str = "count",
    neighbours: Neighbours = 1,
    permutations: int = 0,
    seed: int = 0,
) -> gpd.GeoDataFrame:
    """Measure how much each cell is like its neighbours, as the local Moran of Anselin.

    Parameters
    ----------
    cells, value, neighbours
        As for `getis_ord`.
    permutations
        How often the values are dealt anew to find p without a normal distribution.
    seed
        Of the random numbers.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with `moran_i`; `moran_z`; `moran_p`, two-sided; `moran_p_permuted` with permutations;
        `moran_q`, the p (permuted where there is one) after Benjamini and Hochberg;
        `moran_quadrant`: `high-high` (a high cell among high ones), `low-low`, `high-low` (a high
        cell among low ones) or `low-high`. Null where all values are the same, and of cells without
        neighbours.

    Raises
    ------
    SchemaError, ValueError
        As for `getis_ord`.

    Notes
    -----
    Anselin (1995, doi:10.1111/j.1538-4632.1995.tb00338.x), equation 7 with the weights of each cell
    scaled to a sum of 1: Ii = (zi / m2) Σj wij zj, zi = xi - x̄, m2 = Σ zi² / n. The mean and
    variance for z are those under conditional permutation (Sokal, Oden and Thomson 1998,
    doi:10.1111/j.1538-4632.1998.tb00406.x, equations A7 and A8). High and low are above the mean
    and not above it.

    Examples
    --------
    >>> from geo.hotspots.province_counts import count_by_province
    >>> points = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy([36.3, 36.3, 35.9, 38.7], [31.6, 31.7, 32.1, 33.3]),
    ...     crs=4326,
    ... )
    >>> cells = points.pipe(count_by_province).pipe(local_moran, permutations=99)
    >>> cells.set_index("admin1_code").loc[["JO-AM", "JO-MA"], "moran_quadrant"].tolist()
    ['high-low', 'high-high']
    """
    permutations = whole_number(permutations, "local_moran: the permutations are {}", least=0)
    field = field_of(cells, value, neighbours, by="local_moran")
    i, z, quadrant = _measured(field)
    p = two_sided(z)
    columns = {"moran_i": i, "moran_z": z, "moran_p": p, "moran_q": adjusted(p)}
    if permutations:
        permuted = permuted_p(field.values, field.weights, permutations=permutations, seed=seed)
        permuted[~np.isfinite(z)] = np.nan
        columns |= {"moran_p_permuted": permuted, "moran_q": adjusted(permuted)}
    names = {name: spread(one, field.rows, len(cells)) for name, one in columns.items()}
    place = np.full(len(cells), -1)
    place[field.rows] = quadrant
    return with_columns(cells, {**names, "moran_quadrant": coded(words(_QUADRANTS), place)})


def _measured(field: Field) -> tuple[Floats, Floats, np.ndarray]:
    """I and z of each cell, and the position of its quadrant, -1 for none."""
    n = len(field.values)
    nothing = np.full(n, np.nan)
    if n < 3 or not field.varies:
        return nothing, nothing.copy(), np.full(n, -1)
    weights, alone = _scaled(field.weights)
    away = field.values - field.values.mean()
    spread_out = float((away * away).mean())
    lag = weights @ away
    size, squares = weights.sum(axis=1), (weights * weights).sum(axis=1)
    mean = -away * away * size / ((n - 1) * spread_out)
    variance = (
        (away / spread_out) ** 2
        * (n / (n - 2))
        * (squares - size * size / (n - 1))
        * (spread_out - away * away / (n - 1))
    )
    i = np.where(alone, np.nan, away * lag / spread_out)
    room = np.where(variance > 1e-12 * mean * mean, variance, np.nan)
    quadrant = np.where(away > 0, np.where(lag > 0, 0, 3), np.where(lag > 0, 1, 2))
    return i, (i - mean) / np.sqrt(room), np.where(alone, -1, quadrant)


def _scaled(weights: Weights) -> tuple[Weights, np.ndarray]:
    """Weights of each cell scaled to a sum of 1; and which cells have no neighbours."""
    size = weights.sum(axis=1)
    alone = size == 0
    scale = np.divide(1.0, size, out=np.zeros(len(size)), where=~alone)
    found: Weights = (diags_array(scale) @ weights).tocsr()
    return found, alone
