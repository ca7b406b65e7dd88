"""Which incidents are placed too coarsely to be counted in a cell, or to be in a density."""

import math
from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.geodesy import Floats
from geo.hotspots.centroid_piles import VAGUE, piles_of
from geo.joins.columns import texts
from geo.joins.points import Points, uncertainties_m

__all__ = ["coarse_rows", "coarsest_in_m"]

# At this multiple of the radius of a disc as large as the cell, half of the incidents lie in the
# hexagon in which their points do (0.53, by a million draws).
_OF_RADIUS = 1.5
# Two incidents on the point of a whole province are hardly there by chance.
_LEAST_PILE = 2


def coarsest_in_m(area_km2: float) -> float:
    """Greatest uncertainty in metres at which half of the incidents lie in the cell of their point.

    Parameters
    ----------
    area_km2
        Surface of the cell.

    Examples
    --------
    >>> round(coarsest_in_m(36.1))
    5085
    """
    return _OF_RADIUS * 1_000.0 * math.sqrt(area_km2 / math.pi)


def coarse_rows(
    table: pd.DataFrame,
    points: Points,
    *,
    coarsest_m: float | Floats,
    vague: Collection[str] = VAGUE,
) -> npt.NDArray[np.bool_]:
    """Rows that are known less well than some metres, or only to an area, or lie in a pile.

    Parameters
    ----------
    table, points
        Incidents and their positions.
    coarsest_m
        Greatest `uncertainty_m`, of all or of each; infinite lets in all but piles. A row without
        one counts as exact, as everywhere.
    vague
        Values of `precision` that are too coarse whatever the uncertainty.

    Notes
    -----
    Two incidents on one point are a pile here. A pile counts where the area for which it stands is
    known to be no larger.
    """
    limit_m = np.broadcast_to(np.asarray(coarsest_m, dtype=np.float64), len(table))
    coarse = uncertainties_m(table) > limit_m
    coarse |= np.isin(texts(table, "precision"), list(vague)) & np.isfinite(limit_m)
    piles = piles_of(table, points, min_incidents=_LEAST_PILE)
    rows = np.flatnonzero(piles.of_row >= 0)
    fine = piles.radius_m[piles.of_row[rows]] <= np.where(np.isfinite(limit_m), limit_m, 0.0)[rows]
    coarse[rows] |= ~fine
    return coarse
