"""How often other cells in a cell's neighbourhood would sum to more, or to less, than its own."""

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.hotspots.neighbours import Weights

__all__ = ["permuted_p"]

Ints = npt.NDArray[np.int64]

# Numbers that are held at a time.
_HELD = 4_000_000
# A sum that differs by rounding alone is the same.
_SAME = 1e-9


def permuted_p(values: Floats, weights: Weights, *, permutations: int, seed: int) -> Floats:
    """Two-sided p-value of each cell's weighted sum of neighbours, if its own value stays.

    Parameters
    ----------
    values
        Value of each cell, shape (n,).
    weights
        Of the neighbours, 0 on the diagonal.
    permutations
        How many times the other values are dealt anew.
    seed
        Of the random numbers.

    Returns
    -------
    numpy.ndarray
        Shape (n,); NaN for cells without neighbours.

    Notes
    -----
    Conditional permutation (Anselin 1995): a cell keeps its value, and its k neighbours get k of
    the n - 1 others, each set as likely. All cells share one deal of k + 1 cells; where a cell is
    among its own first k, the last takes its place, which leaves each set as likely as before. With
    m of P sums as far out as the cell's own on the side that has fewer, p is 2 (m + 1) / (P + 1),
    at most 1; equal sums count for both sides.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> line = csr_array(np.eye(9, k=1) + np.eye(9, k=-1))
    >>> values = np.array([9.0, 8.0, 9.0, 0, 1, 0, 1, 0, 1])
    >>> permuted_p(values, line, permutations=999, seed=0).round(2).tolist()[:2]
    [0.44, 0.07]
    """
    degree = np.diff(weights.indptr)
    n, most = len(values), int(degree.max(initial=0))
    p = np.full(n, np.nan)
    if most == 0 or permutations < 1:
        return p
    deals = _deals(np.random.default_rng(seed), n, most + 1, permutations)
    tail = np.zeros(n, dtype=np.int64)
    alike = _all_alike(weights, degree)
    for size in np.unique(degree[alike]).tolist():
        cells = np.flatnonzero(alike & (degree == size))
        tail[cells] = _tails_of_sums(values, weights[cells], cells, deals[:, [*range(size), -1]])
    cells = np.flatnonzero(~alike)
    if len(cells):
        tail[cells] = _tails_of_weighted_sums(values, weights[cells], cells, deals)
    near = degree > 0
    p[near] = np.minimum(2.0 * (tail[near] + 1) / (permutations + 1), 1.0)
    return p


def _all_alike(weights: Weights, degree: Ints) -> npt.NDArray[np.bool_]:
    """Cells all of whose neighbours have the same weight."""
    row = np.repeat(np.arange(len(degree)), degree)
    first = weights.data[np.minimum(weights.indptr[:-1], len(weights.data) - 1)]
    other = np.bincount(row, weights=weights.data != first[row], minlength=len(degree))
    return np.asarray(other == 0)


def _tails_of_sums(values: Floats, weights: Weights, cells: Ints, deals: Ints) -> Ints:
    """Deals on the side that has fewer, of cells with as many neighbours of the same weight."""
    size = deals.shape[1] - 1
    if size == 0:
        return np.zeros(len(cells), dtype=np.int64)
    own = values[weights.indices.reshape(-1, size)].sum(axis=1)
    room = _SAME * max(float(np.abs(values).max()), 1e-300) * size
    sums = values[deals[:, :size]].sum(axis=1)
    ranked = np.sort(sums)
    above = len(sums) - np.searchsorted(ranked, own - room, side="left")
    below = np.searchsorted(ranked, own + room, side="right")
    # Where a cell was dealt to itself, the spare one takes its place.
    place = np.full(len(values), -1)
    place[cells] = np.arange(len(cells))
    deal, slot = np.nonzero(place[deals[:, :size]] >= 0)
    cell = deals[deal, slot]
    which, was = place[cell], sums[deal]
    now = was - values[cell] + values[deals[deal, -1]]
    low, high = own[which] - room, own[which] + room
    np.add.at(above, which, (now >= low).astype(np.int64) - (was >= low))
    np.add.at(below, which, (now <= high).astype(np.int64) - (was <= high))
    return np.asarray(np.minimum(above, below))


def _tails_of_weighted_sums(values: Floats, weights: Weights, cells: Ints, deals: Ints) -> Ints:
    """Deals on the side that has fewer, of cells whose neighbours differ in weight."""
    degree, most = np.diff(weights.indptr), deals.shape[1] - 1
    slots = np.zeros((len(cells), most))
    row = np.repeat(np.arange(len(cells)), degree)
    slots[row, np.arange(len(row)) - np.repeat(weights.indptr[:-1], degree)] = weights.data
    own = weights @ values
    room = _SAME * max(float(np.abs(values).max()), 1e-300) * slots.sum(axis=1)
    place = np.full(len(values), -1)
    place[cells] = np.arange(len(cells))
    above, below = np.zeros((2, len(cells)), dtype=np.int64)
    step = max(_HELD // len(cells), 1)
    for first in range(0, len(deals), step):
        some = deals[first : first + step]
        sums = slots @ values[some[:, :most].T]
        deal, slot = np.nonzero(place[some[:, :most]] >= 0)
        cell = some[deal, slot]
        moved = values[some[deal, most]] - values[cell]
        sums[place[cell], deal] += slots[place[cell], slot] * moved
        above += (sums >= (own - room)[:, None]).sum(axis=1)
        below += (sums <= (own + room)[:, None]).sum(axis=1)
    return np.minimum(above, below)


def _deals(rng: np.random.Generator, n: int, size: int, count: int) -> Ints:
    """Cells dealt at random, none twice in a deal; shape (count, size)."""
    return np.stack([rng.choice(n, size, replace=False) for _ in range(count)])
