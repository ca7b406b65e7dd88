"""What lies at the corners of an area index's cells."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from geo.spatial.areas_kernels import (
    CELL,
    COLUMNS,
    FANOUT,
    NOWHERE,
    ROWS,
    SOUTH,
    children_of,
    row_crossings,
)
from geo.spatial.areas_level import Arcs, Ints, Level
from geo.spatial.compiling import kernel_for

__all__ = ["AreaAnswers", "FaceAnswers"]

_CHILDREN = FANOUT * FANOUT
# An area may end to the east of the last column.
_STRIDE = COLUMNS + 1
# Cells that are filled at once: bounds the memory that large areas take.
_BATCH = 4_000_000


class FaceAnswers:
    """Faces of a coverage: the answer is the face at the corner.

    Parameters
    ----------
    arcs
        Lines between faces.
    added
        For each arc the face on its left less that on its right.
    """

    def __init__(self, arcs: Arcs, added: Ints) -> None:
        self._arcs = arcs
        self._added = added

    def of_world(self, level: Level) -> tuple[Ints, Level]:
        """Faces from the west, row by row: each crossed arc changes one into the next."""
        row, column, arc, is_upwards = _row_crossings(self._arcs)
        change = np.zeros((ROWS, COLUMNS + 1), dtype=np.int64)
        change[:, 0] = NOWHERE
        added = self._added[arc]
        np.add.at(change, (row, column), np.where(is_upwards, -added, added))
        faces = np.cumsum(change, axis=1)
        if (faces[:, -1] != NOWHERE).any():
            raise ValueError(
                "the arcs of a coverage must close around each face that they name as left or"
                " right; these do not: check the order of their vertices"
            )
        return faces[:, :-1].ravel(), level

    def of_children(self, parents: Level, answers: Ints, level: Level) -> tuple[Ints, Level]:
        """Faces along the way from each cell's corner."""
        sums = _sums(self._arcs, parents, self._added[parents.runs[:, 2]])
        return (answers[:, None] + sums).ravel(), level

    def tags(self, level: Level) -> Ints:
        """The arc, so that faces can be merged later."""
        return level.runs[:, 2]


class AreaAnswers:
    """Areas that may overlap: the answer is the first area that covers the whole cell.

    Parameters
    ----------
    arcs
        Rings of the areas.
    areas
        Number of areas.
    """

    def __init__(self, arcs: Arcs, areas: int) -> None:
        self._arcs = arcs
        self._areas = areas

    def of_world(self, level: Level) -> tuple[Ints, Level]:
        """Cells between each area's entry and its exit, row by row."""
        row, column, arc, _ = _row_crossings(self._arcs)
        # One key counts areas, rows and columns, so that a stretch of keys is a row of cells.
        first = (self._arcs.owner[arc] * ROWS + row) * _STRIDE
        crossed = np.sort(first + column)
        row, column = np.divmod(level.cells, COLUMNS)
        first = (level.owner * ROWS + row) * _STRIDE
        before = np.searchsorted(crossed, first)
        inside = (np.searchsorted(crossed, first + column, side="right") - before) & 1
        table = np.full(ROWS * COLUMNS, NOWHERE, dtype=np.int64)
        for stretches in _batches(crossed[0::2], crossed[1::2]):
            line, column = np.divmod(stretches, _STRIDE)
            owner, row = np.divmod(line, ROWS)
            self._cover(table, row * COLUMNS + column, owner, level)
        return table, _reachable(replace(level, inside=inside), table)

    def of_children(self, parents: Level, answers: Ints, level: Level) -> tuple[Ints, Level]:
        """Areas along the way from each cell's corner."""
        sums = _sums(self._arcs, parents, np.ones(len(parents.runs), dtype=np.int64))
        group, child = np.nonzero((parents.inside[:, None] + sums) & 1)
        cell, owner = parents.ranks[group] * _CHILDREN + child, parents.owner[group]
        table = np.repeat(answers, _CHILDREN)
        self._cover(table, cell, owner, level)
        held = np.isin(self._keys(level.cells, level.owner), self._keys(cell, owner))
        return table, _reachable(replace(level, inside=held.astype(np.int64)), table)

    def tags(self, level: Level) -> Ints:
        """Twice the area, and one more where it holds the corner."""
        return level.of_runs(2 * level.owner + level.inside)

    def _keys(self, cell: Ints, owner: Ints) -> Ints:
        return cell * self._areas + owner

    def _cover(self, table: Ints, cell: Ints, owner: Ints, level: Level) -> None:
        """Enter areas for cells whose corner they hold and which they have no edge in."""
        whole = ~np.isin(self._keys(cell, owner), self._keys(level.cells, level.owner))
        # Without a sign, NOWHERE is greater than every area.
        np.minimum.at(table.view(np.uint64), cell[whole], owner[whole].astype(np.uint64))


def _reachable(level: Level, table: Ints) -> Level:
    """Level without areas that come after one that covers the whole cell."""
    return level.only(level.owner.astype(np.uint64) < table.view(np.uint64)[level.cells])


def _batches(first: Ints, end: Ints) -> Iterator[Ints]:
    """Numbers from each first to before its end, some millions at a time."""
    lengths = end - first
    total = np.cumsum(lengths)
    done = 0
    while done < len(first):
        already = int(total[done - 1]) if done else 0
        stop = max(int(np.searchsorted(total, already + _BATCH, side="right")), done + 1)
        length = lengths[done:stop]
        shift = first[done:stop] - (np.cumsum(length) - length)
        yield np.arange(int(length.sum())) + np.repeat(shift, length)
        done = stop


def _row_crossings(arcs: Arcs) -> tuple[Ints, Ints, Ints, npt.NDArray[np.bool_]]:
    """Where edges cross the southern sides of rows.

    Returns
    -------
    tuple
        Row, first column whose corner lies to the east, arc, and whether the edge goes north.
    """
    below = np.ceil((arcs.vertices[:, 1].astype(np.float64) - SOUTH) / CELL).astype(np.int64)
    edges = arcs.edges()
    edges = edges[below[edges] != below[edges + 1]]
    low = np.clip(np.minimum(below[edges], below[edges + 1]), 0, ROWS)
    high = np.clip(np.maximum(below[edges], below[edges + 1]), 0, ROWS)
    count = high - low
    row = np.arange(int(count.sum())) + np.repeat(low - (np.cumsum(count) - count), count)
    edge = np.repeat(edges, count)
    column = np.empty(len(edge), dtype=np.int64)
    kernel = kernel_for(row_crossings, len(edge), plain_below=50_000)
    kernel(arcs.vertices, edge, row, column)
    return row, column, arcs.of_vertices(edge), below[edge + 1] > below[edge]


def _sums(arcs: Arcs, parents: Level, weights: Ints) -> Ints:
    """What the runs of each group add on the way from its cell's corner to its children's."""
    sums = np.empty((len(parents.group) - 1, _CHILDREN), dtype=np.int64)
    runs = np.column_stack((parents.runs[:, :2], weights))
    kernel = kernel_for(children_of, int(runs[:, 1].sum()), plain_below=10_000)
    kernel(arcs.vertices, parents.group, runs, parents.corner, parents.width / FANOUT, sums)
    return sums
