"""Nearest arc of the atoms: where it is, what it divides, how exact it is."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from geo.reference.atoms import Atoms, atoms
from geo.reference.lines import coast_arcs
from geo.spatial.lines import LineIndex

__all__ = ["arc_index", "coast_index"]


def arc_index(arcs: npt.NDArray[np.int64], owner: npt.NDArray[np.int64] | None = None) -> LineIndex:
    """Index over some arcs.

    Parameters
    ----------
    arcs
        Rows of the arc table, at least one; `arc` of an answer is a position among them.
    owner
        What `line` of an answer tells of each arc; by default its row.
    """
    found = atoms()
    start, count = (found.arcs[name].to_numpy()[arcs] for name in ("start", "count"))
    return LineIndex.from_arcs(found.vertices, start, count, arcs if owner is None else owner)


def coast_index() -> LineIndex:
    """Index over all coasts."""
    return _coast_index(atoms())


@lru_cache(maxsize=2)
def _coast_index(_atoms: Atoms) -> LineIndex:
    return arc_index(coast_arcs())
