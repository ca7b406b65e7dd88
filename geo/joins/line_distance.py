"""Distance of each row to the nearest of some lines, with its interval."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.joins.points import Points, Shapes, points_of, uncertainties_m
from geo.reference.atoms import atoms

__all__ = ["AREA_PRECISIONS", "arc_errors_m", "interval_m", "measured_points", "spread"]

#: The best point of such an area says nothing about the distance of the incident itself.
AREA_PRECISIONS = ("admin1", "admin2", "country")


def measured_points(
    table: gpd.GeoDataFrame, *, by: str, shapes: Shapes, wrap: bool
) -> tuple[Points, npt.NDArray[np.int64]]:
    """Points of a table, and the rows among them that are measured.

    Rows known only to a province or a country are not.
    """
    points = points_of(table, by=by, shapes=shapes, wrap=wrap)
    measured = points.placed
    if "precision" in table:
        measured = measured & ~table["precision"].isin(AREA_PRECISIONS).to_numpy()
    return points, np.flatnonzero(measured)


def arc_errors_m(arc: npt.NDArray[np.int64]) -> Floats:
    """Positional error of some arcs, in metres."""
    return np.asarray(atoms().arcs["error_m"].to_numpy(dtype=np.float64)[arc])


def interval_m(
    table: gpd.GeoDataFrame, rows: npt.NDArray[np.int64], distance_m: Floats, error_m: Floats
) -> tuple[Floats, Floats]:
    """Least and greatest distance, given the errors of point and line; null where unknown."""
    reach_m = uncertainties_m(table)[rows] + error_m
    return np.maximum(distance_m - reach_m, 0.0), distance_m + reach_m


def spread(values: npt.NDArray[Any], rows: npt.NDArray[np.int64], count: int) -> npt.NDArray[Any]:
    """Values of some rows among all rows; null for the others."""
    missing = np.nan if np.issubdtype(values.dtype, np.floating) else None
    everywhere = np.full(count, missing, dtype=values.dtype)
    everywhere[rows] = values
    return everywhere
