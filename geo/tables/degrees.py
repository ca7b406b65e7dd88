"""Degrees of a column of cells, a column at a time."""

import re
from typing import Any

import numpy as np
import pandas as pd

from geo.grammar.angles import angle_radius_m, coordinate_radius_m, parse_degrees
from geo.tables.cells import map_distinct

__all__ = ["degrees_of", "last_digits_deg"]

_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
# Finer steps are all the same: they leave less open than given coordinates do anyhow.
_FINEST = 2


def degrees_of(texts: "pd.Series[str]", *, hemispheres: str) -> "pd.Series[float]":
    """Decimal degrees of each cell; null where it states no angle.

    Parameters
    ----------
    texts
        Cells without outer spaces, as `parse_degrees` reads them; null where there is none.
    hemispheres
        Letters that may name the hemisphere: `EW` or `NS`.

    Examples
    --------
    >>> degrees_of(
    ...     pd.Series(["38.703", "38° 30' E", "east"], dtype="str"), hemispheres="EW"
    ... ).tolist()
    [38.703, 38.5, nan]
    """
    plain = texts.str.fullmatch(_DECIMAL).fillna(value=False).astype(bool)
    degrees = pd.to_numeric(texts.where(plain)).astype("float64")
    rest = texts.notna() & ~plain
    if rest.any():
        read = map_distinct(texts[rest], lambda text: parse_degrees(text, hemispheres=hemispheres))
        degrees[rest] = read.astype("float64")
    return degrees


def last_digits_deg(stated: "pd.Series[Any]") -> "pd.Series[float]":
    """Unit of the last digit of each angle in degrees; of two decimals and more, that of two.

    Parameters
    ----------
    stated
        Cells that state angles, as texts or as numbers. A number does not remember zeros at its
        end.

    Examples
    --------
    >>> last_digits_deg(pd.Series(["38.7", "38", "38.703"], dtype="str")).tolist()
    [0.1, 1.0, 0.01]
    """
    if pd.api.types.is_float_dtype(stated):
        numbers = stated.to_numpy(np.float64)
        decimals = np.where(numbers == np.round(numbers), 0, _FINEST)
        decimals = np.where((decimals > 0) & (numbers == np.round(numbers, 1)), 1, decimals)
    else:
        plain = stated.str.fullmatch(_DECIMAL).fillna(value=False).to_numpy(dtype=bool)
        after = stated.str.len() - stated.str.find(".") - 1
        decimals = np.where(stated.str.contains(".", regex=False), after, 0).astype(np.int64)
        steps = np.power(10.0, -np.minimum(decimals, _FINEST))
        if plain.all():
            return pd.Series(steps, index=stated.index)
        rest = map_distinct(stated[~plain], _step_deg).astype("float64")
        result = pd.Series(steps, index=stated.index)
        result[~plain] = rest
        return result
    return pd.Series(np.power(10.0, -decimals), index=stated.index)


def _step_deg(text: str) -> float:
    return coordinate_radius_m(text) / angle_radius_m(1.0)
