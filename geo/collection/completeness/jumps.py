"""Months in which numbers rise because somebody new speaks, not because more has happened."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from geo.collection.completeness.speakers import Cell

__all__ = ["find_jumps"]

# Below this, a rise says nothing.
_LEAST_RISE = 3
_FACTOR = 2


def find_jumps(cells: Sequence[Cell]) -> Iterator[str]:
    """Sentences on months with twice the incidents of the month before, and why to doubt them.

    A month counts where at least half of the rise are incidents that nobody reports but sources
    that were not heard of this region before.

    Parameters
    ----------
    cells
        Of `count_cells`.

    Examples
    --------
    >>> cells = [
    ...     Cell("Jordan", "2024-01", 2, 2, 1, 2, ("wire",)),
    ...     Cell("Jordan", "2024-02", 8, 8, 2, 5, ("police",)),
    ... ]
    >>> next(find_jumps(cells))
    'Jordan, 2024-02: 8 incidents after 2 in 2024-01; 5 of them only by police, first heard here...'
    """
    for region, group in groupby(cells, key=lambda cell: cell.region):
        dated = [cell for cell in group if cell.month[:1].isdigit()]
        for last, cell in pairwise(dated):
            before = last.incidents if _next_month(last.month) == cell.month else 0
            rise = cell.incidents - before
            if rise < _LEAST_RISE or cell.incidents < _FACTOR * before or 2 * cell.alone < rise:
                continue
            when = f"in {last.month}" if before else "in the month before"
            yield (
                f"{region}, {cell.month}: {cell.incidents:,} incidents after {before:,} {when}; "
                f"{cell.alone:,} of them only by {_listed(cell.first)}, first heard here this "
                "month. More may have been reported, not more have happened."
            )


def _next_month(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
