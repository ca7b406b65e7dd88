"""Values of cells with their neighbours, without the cells whose value is not known."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
from scipy.stats import false_discovery_control

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.hotspots.neighbours import Neighbours, Weights, weights_of
from geo.schema import require

__all__ = ["Field", "adjusted", "field_of"]


class Field(NamedTuple):
    """Cells whose value is known, by position; their values, and weights between them."""

    rows: npt.NDArray[np.int64]
    values: Floats
    weights: Weights

    @property
    def varies(self) -> bool:
        """Whether not all values are the same."""
        return len(self.values) > 1 and bool(self.values.min() < self.values.max())


def field_of(cells: gpd.GeoDataFrame, value: str, neighbours: Neighbours, *, by: str) -> Field:
    """Field of a column.

    Parameters
    ----------
    cells
        As `count_by_hexagon` and `count_by_province` give them.
    value
        Name of a column of numbers.
    neighbours
        Steps from cell to cell, or weights.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        There is no such column, it does not hold numbers, or the weights do not fit.
    """
    require(cells, (value,), by=by)
    try:
        values = cells[value].to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise SchemaError(f"{by}: the column {value} holds no numbers.") from error
    weights = weights_of(cells, neighbours, by=by)
    rows = np.flatnonzero(np.isfinite(values))
    if len(rows) < len(values):
        weights = weights[rows][:, rows]
    return Field(rows, values[rows], weights)


def adjusted(p: Floats) -> Floats:
    """Values of p after Benjamini and Hochberg (1995); NaN stays.

    The least share of false discoveries at which a cell would be one of them.
    """
    q = np.full(len(p), np.nan)
    known = np.isfinite(p)
    if known.any():
        q[known] = false_discovery_control(p[known])
    return q
