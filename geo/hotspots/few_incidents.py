"""How likely as many, or as few, incidents are by chance alone, where there are few of them."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.special import bdtr, bdtrc

from geo.geodesy import Floats
from geo.hotspots.neighbours import Weights

__all__ = ["binomial_p"]


def binomial_p(
    counts: Floats,
    exposure: Floats,
    weights: Weights,
    rows: npt.NDArray[np.int64],
    *,
    more: npt.NDArray[np.bool_],
) -> Floats:
    """P-value of so many, or so few, incidents in each cell and its neighbours together.

    Parameters
    ----------
    counts
        Incidents in each cell, shape (n,).
    exposure
        Size of each cell, to which chance is proportional: 1, a surface or people.
    weights
        Of the neighbours, shape (n, n); only which are above 0 matters.
    rows
        Cells that are asked about, shape (k,).
    more
        Whether to ask for so many incidents or more; else for so few or fewer. Shape (k,).

    Returns
    -------
    numpy.ndarray
        Shape (k,).

    Notes
    -----
    Each of N incidents falls into the neighbourhood with the share of the exposure that lies there,
    independently of the others: a binomial law, of which p is twice the tail asked for, at most 1.
    Twice, as which tail to ask for is decided by the same counts.

    Examples
    --------
    >>> around = csr_array(np.eye(100, k=1) + np.eye(100, k=-1))
    >>> counts = np.zeros(100)
    >>> counts[50] = 1
    >>> rows, more = np.array([10, 50]), np.array([False, True])
    >>> binomial_p(counts, np.ones(100), around, rows, more=more).round(2).tolist()
    [1.0, 0.06]
    """
    total = int(np.rint(counts.sum()))
    beside = csr_array(
        (np.ones_like(weights.data), weights.indices, weights.indptr), shape=weights.shape
    )
    inside = np.rint(beside @ counts + counts)[rows]
    around = (beside @ exposure + exposure)[rows]
    share = np.minimum(around / max(float(exposure.sum()), 1e-300), 1.0)
    # Most cells have none, for which the law is short.
    tail = np.where(more, 1.0, np.power(1.0 - share, total))
    some = np.flatnonzero((inside > 0) & more)
    tail[some] = bdtrc(inside[some] - 1.0, total, share[some])
    some = np.flatnonzero((inside > 0) & ~more)
    tail[some] = bdtr(inside[some], total, share[some])
    return np.minimum(2.0 * tail, 1.0)
