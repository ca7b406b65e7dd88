"""Counts of cells, and rates by surface and by people."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.geodesy import Floats

__all__ = ["PER_PEOPLE", "Population", "counted", "scales"]

#: People of each cell, by its identifier.
Population = Mapping[str, float] | pd.Series

#: Rates are told for so many people.
PER_PEOPLE = 100_000.0


def counted(
    keys: Sequence[str],
    area_km2: Floats,
    counts: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    population: Population | None,
    *,
    by: str,
) -> dict[str, npt.NDArray[Any]]:
    """Columns of counts and rates, in their order.

    Parameters
    ----------
    keys
        Identifier of each cell.
    area_km2
        Surface of each cell.
    counts
        Incidents in each cell, and those placed too coarsely for it.
    population
        People by identifier; cells that it does not name have an unknown number.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        The population names no cell, or is below 0 somewhere.
    """
    count, coarse = counts
    columns: dict[str, npt.NDArray[Any]] = {
        "count": count,
        "coarse_count": coarse,
        "area_km2": area_km2,
        "count_per_km2": count / area_km2,
    }
    if population is None:
        return columns
    known = dict(population)
    people = np.array([known.get(key, np.nan) for key in keys], dtype=np.float64)
    if len(people) and np.isnan(people).all():
        raise SchemaError(
            f"{by}: the population names none of the cells, such as {keys[0]!r}; expected numbers"
            " of people by the identifiers of the cells."
        )
    if (people < 0).any():
        wrong = keys[int(np.flatnonzero(people < 0)[0])]
        raise SchemaError(f"{by}: the population of {wrong} is below 0.")
    columns["population"] = people
    columns["count_per_100k"] = count * scales(people / PER_PEOPLE)
    return columns


def scales(size: Floats) -> Floats:
    """What to multiply counts by for rates by size; NaN for a size of 0."""
    return np.asarray(np.divide(1.0, size, out=np.full(len(size), np.nan), where=size > 0))
