"""Distance of each row to the nearest of some lines, with its interval."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.geodesy import Floats
from geo.joins.points import Points, uncertainties_m
from geo.reference.atoms import atoms

__all__ = ["AREA_PRECISIONS", "arc_errors_m", "interval_m", "measured_rows"]

#: The best point of such an area says nothing about the distance of the incident itself.
AREA_PRECISIONS = ("admin1", "admin2", "country")


def measured_rows(table: pd.DataFrame, points: Points) -> npt.NDArray[np.int64]:
    """Rows whose distance is measured: those known only to a province or a country are not."""
    measured = points.placed
    if "precision" in table:
        measured = measured & ~table["precision"].isin(AREA_PRECISIONS).to_numpy()
    return np.flatnonzero(measured)


def arc_errors_m(arc: npt.NDArray[np.int64]) -> Floats:
    """Positional error of some arcs, in metres."""
    return np.asarray(atoms().arcs["error_m"].to_numpy(dtype=np.float64)[arc])


def interval_m(
    table: pd.DataFrame, rows: npt.NDArray[np.int64], distance_m: Floats, error_m: Floats
) -> tuple[Floats, Floats]:
    """Least and greatest distance, given the errors of point and line; null where unknown."""
    reach_m = uncertainties_m(table)[rows] + error_m
    return np.maximum(distance_m - reach_m, 0.0), distance_m + reach_m
