"""Pairs that are too many to be made: counted, and refused with a distance that would do."""

import numpy as np

from geo.errors import TooManyPairsError
from geo.spatial.pairs_within import PairsWithin

__all__ = ["check_pair_count"]

# A radius that does is looked for in so many steps.
_STEPS = 12


def check_pair_count(
    search: PairsWithin,
    *,
    distance_m: float,
    days: float | None,
    most: int,
    by: str,
    advice: str,
) -> None:
    """Stop where there are more pairs than are made at once.

    Parameters
    ----------
    search
        Points.
    distance_m, days
        What was asked of the search.
    most
        Greatest number of pairs.
    by
        Who asks, for the message of the error.
    advice
        What else the user can do: a sentence.

    Raises
    ------
    TooManyPairsError
        Names the number of pairs, and a smaller distance that would do.
    """
    count = search.count()
    if count <= most:
        return
    smaller_m = _smaller_m(search, distance_m, count, most)
    would_do = (
        f"a distance of {smaller_m:,.0f} m would do"
        if smaller_m > 0
        else "no smaller distance would do, many lie on one point or are very uncertain"
    )
    timely = "" if days is None else f" and {days:g} days"
    raise TooManyPairsError(
        f"{by}: {count:,} pairs lie within {distance_m:,.0f} m{timely} of each other, at"
        f" most {most:,} are made at once; {would_do}. {advice}",
        count=count,
        smaller_m=smaller_m,
    )


def _smaller_m(search: PairsWithin, distance_m: float, count: int, most: int) -> float:
    """Distance, of two digits, within which there are not too many pairs; 0 for none."""
    low_m, high_m = 0.0, distance_m
    for step in range(_STEPS):
        # The number of pairs grows about as the surface does, if they are not in clumps.
        share = min((max(most, 0) / max(count, 1)) ** 0.5, 0.5**step)
        middle_m = (low_m + high_m) / 2 if low_m else high_m * max(share, 1 / 32)
        middle_m = _two_digits(middle_m)
        if not low_m < middle_m < high_m:
            break
        found = search.count(distance_m=middle_m)
        if found > most:
            high_m, count = middle_m, found
        else:
            low_m = middle_m
            if found > most / 2:
                break
    return low_m


def _two_digits(value: float) -> float:
    """Value rounded down to two digits."""
    if value <= 0:
        return 0.0
    unit = 10.0 ** (np.floor(np.log10(value)) - 1)
    return float(np.floor(value / unit) * unit)
