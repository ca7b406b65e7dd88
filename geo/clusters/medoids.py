"""The place with the least sum of distances to all others, without measuring all pairs."""

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.chords import Places
from geo.spatial.geodesics import measured

__all__ = ["medoid_of"]

# Sums that differ by less than this for each incident are equal: distances are no more exact.
_EXACT_M = 2e-5


def medoid_of(places: Places, weight: npt.NDArray[np.int64]) -> tuple[int, Floats]:
    """Number of the medoid, and the distance of each place to it in metres.

    Parameters
    ----------
    places
        At least one; of those on equal terms the first is taken.
    weight
        Incidents at each.

    Notes
    -----
    A place j at the distance d from another one i, whose sum over W incidents is S(i), has a sum of
    |S(i) - W d| at least; so most places need not be summed up, and the answer is exact. Source:
    Newling & Fleuret 2017, "A sub-quadratic exact medoid algorithm", AISTATS (arXiv:1605.06950).

    Examples
    --------
    >>> from geo.spatial.chords import places_of
    >>> lon = np.array([0.0, 1.0, 5.0])
    >>> medoid, away_m = medoid_of(places_of(lon, np.zeros(3)), np.ones(3, dtype=np.int64))
    >>> medoid, away_m.round().tolist()
    (1, [111319.0, 0.0, 445278.0])
    """
    count, total = len(weight), float(weight.sum())
    every = np.arange(count)
    middle_m = (places.xyz_m * weight).sum(axis=1) / total
    slack_m = _EXACT_M * total
    least_m = np.zeros(count)
    sum_m = np.full(count, np.inf)
    # Those near the middle have small sums, which rule out many.
    for i in np.argsort(((places.xyz_m.T - middle_m) ** 2).sum(axis=1), kind="stable").tolist():
        if least_m[i] > sum_m.min() + 2 * slack_m:
            continue
        away_m = measured(places, np.full(count, i), places, every)
        sum_m[i] = away_m @ weight
        np.maximum(least_m, np.abs(sum_m[i] - total * away_m), out=least_m)
    medoid = int(np.argmax(sum_m <= sum_m.min() + slack_m))
    return medoid, measured(places, np.full(count, medoid), places, every)
