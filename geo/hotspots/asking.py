"""Numbers that are asked for: refused where they are none, or out of their range."""

import math
import operator

import numpy as np

__all__ = ["metres_above_0", "whole_number"]


def whole_number(value: object, what: str, *, least: int, most: int | None = None) -> int:
    """Whole number, which may be one of NumPy.

    Parameters
    ----------
    value
        What was asked for.
    what
        Beginning of the error, with {} for the value.
    least, most
        Range, inclusive.

    Raises
    ------
    ValueError
        It is no whole number, or out of the range.

    Examples
    --------
    >>> whole_number(np.int64(5), "the resolution is {}", least=0, most=15)
    5
    """
    found = operator.index(value) if isinstance(value, (int, np.integer)) else least - 1
    if found < least or (most is not None and found > most):
        span = f"{least} or more" if most is None else f"{least} to {most}"
        raise ValueError(f"{what.format(value)}; expected {span}, a whole number")
    return found


def metres_above_0(value: object, name: str, *, by: str, infinite: bool = False) -> float:
    """Metres that are more than none.

    Parameters
    ----------
    value
        What was asked for.
    name
        Of the argument, for the message of an error.
    by
        Who asks, for the message of an error.
    infinite
        Whether it may be infinite.

    Raises
    ------
    ValueError
        It is no such number.

    Examples
    --------
    >>> metres_above_0("5km", "bandwidth_m", by="kernel_density")
    Traceback (most recent call last):
    ...
    ValueError: kernel_density: bandwidth_m is '5km'; expected a number of metres above 0
    """
    found = float(value) if isinstance(value, (int, float, np.integer, np.floating)) else math.nan
    if math.isnan(found) or found <= 0 or (found == math.inf and not infinite):
        raise ValueError(f"{by}: {name} is {value!r}; expected a number of metres above 0")
    return found
