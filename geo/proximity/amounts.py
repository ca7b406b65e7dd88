"""Distances and days that a question states, checked before anything is computed."""

from collections.abc import Iterable

import numpy as np

from geo.errors import SchemaError
from geo.geodesy import Floats

__all__ = ["check_amounts", "growing", "is_whole", "two_ends"]


def check_amounts(*, by: str, distance_m: object = 0.0, days: object = None) -> None:
    """Stop where a distance or a number of days is none.

    Parameters
    ----------
    by
        Who asks, for the message of an error.
    distance_m
        Should be 0 or more metres.
    days
        Should be 0 or more, or None.

    Raises
    ------
    ValueError
        One is below 0, or no number.

    Examples
    --------
    >>> check_amounts(by="the example", distance_m="5km")
    Traceback (most recent call last):
    ValueError: the example: the distance must be 0 or more metres, not '5km'
    """
    if not _is_amount(distance_m):
        raise ValueError(f"{by}: the distance must be 0 or more metres, not {_shown(distance_m)}")
    if days is not None and not _is_amount(days):
        raise ValueError(f"{by}: the days must be 0 or more, not {_shown(days)}")


def growing(values: object, *, by: str, what: str, expected: str = "growing metres") -> Floats:
    """Finite numbers, at least one, each greater than the one before.

    Parameters
    ----------
    values
        Should be a list of numbers.
    by, what, expected
        Who asks, what for and what is expected, for the message of an error.

    Raises
    ------
    ValueError
        They are something else.

    Examples
    --------
    >>> growing([5, 25], by="the example", what="distances").tolist()
    [5.0, 25.0]
    >>> growing(25, by="the example", what="distances")
    Traceback (most recent call last):
    ValueError: the example: the distances are 25; expected growing metres in a list
    """
    listed = isinstance(values, Iterable) and not isinstance(values, str)
    told = list(values) if isinstance(values, Iterable) and listed else []
    fits = bool(told) and all(map(_is_number, told))
    edges = np.array(told if fits else [np.nan], dtype=np.float64)
    if not np.isfinite(edges).all() or not (np.diff(edges) > 0).all():
        shown = told if listed else values
        raise ValueError(
            f"{by}: the {what} are {shown!r:.200}; expected {expected}"
            f"{'' if listed else ' in a list'}"
        )
    return edges


def is_whole(value: object, *, least: int) -> bool:
    """Whether a value is a whole number, and no less than some other."""
    return isinstance(value, int | np.integer) and bool(value >= least)


def two_ends(value: object, *, by: str, what: str) -> tuple[object, object]:
    """First and last day of a period.

    Parameters
    ----------
    value
        Should be two of them.
    by, what
        Who asks and what for, for the message of an error.

    Raises
    ------
    SchemaError
        It is something else, such as one text.

    Examples
    --------
    >>> two_ends("2024-01", by="the example", what="before")
    Traceback (most recent call last):
    geo.errors.SchemaError: the example: before is '2024-01'; expected its first and last day, as...
    """
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise SchemaError(
            f"{by}: {what} is {value!r:.60}; expected its first and last day, as in"
            " ('2024-01-01', '2024-01-31')."
        )
    return value[0], value[1]


def _shown(value: object) -> str:
    """Value as its user wrote it: a number of numpy as a number, a text in quotes."""
    return f"{value!r:.60}" if isinstance(value, str) else f"{value!s:.60}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating)


def _is_amount(value: object) -> bool:
    """Whether it is a number that is not below 0."""
    return isinstance(value, int | float | np.integer | np.floating) and bool(value >= 0)
