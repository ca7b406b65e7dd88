"""Numbers of clusters that do not depend on the order of rows."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.clusters.spots import Spots
from geo.geodesy import Floats

__all__ = ["cluster_column"]


def cluster_column(
    group: npt.NDArray[np.int64],
    spots: Spots,
    first_day: Floats,
    rows: npt.NDArray[np.int64],
    total: int,
) -> pd.api.extensions.ExtensionArray:
    """Column of cluster numbers from 1, null where a row is in none.

    The cluster with the most incidents is 1; of equal ones that with the earliest first day (those
    without any come last), then that whose most western spot (of these the most southern) lies
    farther west.

    Parameters
    ----------
    group
        Group of each spot, any number from 0; -1 for none.
    spots
        Places of the incidents that took part.
    first_day
        First day of each of these, NaN where unknown.
    rows, total
        Positions of these in the table, and how many rows it has.
    """
    _, group = np.unique(np.append(-1, group), return_inverse=True)
    group = group[1:] - 1
    mine = group[spots.spot]
    members = np.flatnonzero(mine >= 0)
    groups = int(group.max(initial=-1)) + 1
    size = np.bincount(mine[members], minlength=groups)
    first = np.full(groups, np.inf)
    np.fmin.at(first, mine[members], first_day[members])
    west = np.full(groups, len(group))
    np.minimum.at(west, group[group >= 0], np.flatnonzero(group >= 0))
    number = np.empty(groups, dtype=np.int64)
    number[np.lexsort((west, first, -size))] = np.arange(1, groups + 1)
    column = pd.array(np.zeros(total, dtype=np.int64), dtype="Int64")
    column[:] = pd.NA
    column[rows[members]] = number[mine[members]]
    return column
