"""Pairs by the days between them, for many permutations of the days at a time."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.spatial.compiling import kernel_for

__all__ = ["PairsOfBand", "count_late", "counts_by_days", "permutations_of"]

# Permutations that are counted at a time: their days fill some registers.
_LANES = 64
# Pairs between two chances to interrupt; also, their counts fit into 32 bits.
_PAIRS = 4_000_000
# Comparisons in plain Python that take as long as the import of numba.
_FEW = 1_000_000

Days = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]


class PairsOfBand(NamedTuple):
    """Pairs of points whose distance lies in one band, by their numbers."""

    one: npt.NDArray[np.int32]
    other: npt.NDArray[np.int32]


def permutations_of(day: Days, permutations: int, seed: int) -> Iterator[Days]:
    """Permutations of days, some at a time: arrays of shape (points, permutations).

    Parameters
    ----------
    day
        Day of each point.
    permutations
        How many in all.
    seed
        Seed of numpy's `default_rng`; each permutation is its next `permutation` of the days.
    """
    rng = np.random.default_rng(seed)
    # numpy shuffles whole words a third faster than their halves.
    words = day.astype(np.int64)
    for first in range(0, permutations, _LANES):
        some = min(_LANES, permutations - first)
        drawn = np.stack([rng.permutation(words) for _ in range(some)])
        yield np.ascontiguousarray(drawn.T, dtype=np.int32)


def counts_by_days(bands: Sequence[PairsOfBand], day: Days, latest: Days, *, rounds: int) -> Counts:
    """Count the pairs of each band of distance by the days between them.

    Parameters
    ----------
    bands
        Pairs of each band of distance.
    day
        Days of each point, shape (points, permutations).
    latest
        Greatest days of each band of days, growing; a band holds more than that of the one before.
    rounds
        How many permutations will be counted in all: for few the loop is not compiled.

    Returns
    -------
    numpy.ndarray
        Shape (permutations, bands of distance, bands of days).
    """
    work = sum(len(band.one) for band in bands) * len(latest) * rounds
    count = kernel_for(count_late, work, plain_below=_FEW)
    total = np.zeros((day.shape[1], len(bands), len(latest)), dtype=np.int64)
    for number, (one, other) in enumerate(bands):
        for first in range(0, len(one), _PAIRS):
            some = slice(first, first + _PAIRS)
            counts = np.zeros((len(latest), day.shape[1]), dtype=np.int32)
            count(one[some], other[some], day, latest, counts)
            total[:, number] += counts.T
    return np.diff(total, axis=2, prepend=0)


@no_type_check
def count_late(
    one: npt.NDArray[np.int32],
    other: npt.NDArray[np.int32],
    day: Days,
    latest: Days,
    counts: npt.NDArray[np.int32],
) -> None:
    """Add up pairs that are no more than some days apart.

    All numbers stay in 32 bits, as that many more of them are worked on at once.

    Parameters
    ----------
    one, other
        Numbers of the points of each pair.
    day
        Days of each point, shape (points, permutations).
    latest
        Greatest days.
    counts
        Is added to, shape (greatest days, permutations).
    """
    permutations = day.shape[1]
    for pair in range(len(one)):
        i, j = one[pair], other[pair]
        for band in range(len(latest)):
            most = latest[band]
            for k in range(permutations):
                counts[band, k] += abs(day[i, k] - day[j, k]) <= most
