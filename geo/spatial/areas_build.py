"""Building the cells of an area index.

The world is cut into cells of a quarter degree. A cell without edges holds its answer. A cell with
few edges is a leaf: it lists runs of edges that follow each other, by their first vertex and their
number; nothing is copied. A cell with many edges is split into four by four, and so on.
"""

from abc import abstractmethod
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from geo.spatial.areas_cells import Cells, leaf_entry, split_entry
from geo.spatial.areas_kernels import CELL, COLUMNS, FANOUT, ROWS, SOUTH, WEST, touched
from geo.spatial.areas_level import Arcs, Ints, Level
from geo.spatial.compiling import kernel_for

__all__ = ["Answers", "build"]

# More edges than this split a cell, unless it is as small as a house.
_EDGES = 24
_LEVELS = 7
# Runs of one arc are joined over so many edges that do not meet the cell.
_GAP = 2
_CHILDREN = FANOUT * FANOUT


class Answers(Protocol):
    """What lies at the corners of cells; differs between faces and areas that may overlap."""

    @abstractmethod
    def of_world(self, level: Level) -> tuple[Ints, Level]:
        """Answer of each cell of the first level, and the level with what can still matter."""

    @abstractmethod
    def of_children(self, parents: Level, answers: Ints, level: Level) -> tuple[Ints, Level]:
        """Answer of each child of each split cell; `answers` are those of the split cells."""

    @abstractmethod
    def tags(self, level: Level) -> Ints:
        """Tag of each run."""


def build(arcs: Arcs, answers: Answers) -> Cells:
    """Cut the world into cells.

    Parameters
    ----------
    arcs
        Lines between areas.
    answers
        What lies at the corners of cells.
    """
    parts = _Parts()
    table, level = answers.of_world(_world(arcs))
    for depth in range(_LEVELS + 1):
        is_split = np.zeros(len(table), dtype=bool)
        if depth < _LEVELS:
            is_split[_crowded(level)] = True
        parts.add_leaves(table, level.only(~is_split[level.cells]), answers)
        kept = table[is_split]
        parts.add_table(table, is_split)
        if not len(kept):
            break
        parents = level.only(is_split[level.cells])
        table, level = answers.of_children(parents, kept, _children(arcs, parents))
    return parts.cells()


class _Parts:
    """What has been built so far."""

    def __init__(self) -> None:
        self._tables: list[Ints] = []
        self._runs: list[Ints] = [np.empty((0, 4), dtype=np.int64)]
        self._run_count = self._split_count = 0

    def add_leaves(self, table: Ints, ends: Level, answers: Answers) -> None:
        """Make a leaf of each cell, and have the table point to it."""
        first, last = _stretches(np.diff(ends.cell) != 0, len(ends.cell))
        edges = -ends.runs[:, 1]
        edges[last] *= -1
        self._runs.append(
            np.column_stack((table[ends.cell], ends.runs[:, 0], edges, answers.tags(ends)))
        )
        table[ends.cell[first]] = leaf_entry(self._run_count + first)
        self._run_count += len(edges)

    def add_table(self, table: Ints, is_split: npt.NDArray[np.bool_]) -> None:
        """Keep a level's table, with pointers to what is split further."""
        count = int(np.count_nonzero(is_split))
        table[is_split] = split_entry(self._split_count + np.arange(count))
        self._split_count += count
        self._tables.append(table)

    def cells(self) -> Cells:
        """All levels together."""
        world, *splits = self._tables
        return Cells(
            world.reshape(ROWS, COLUMNS).astype(np.int32),
            np.concatenate([world[:0], *splits]).reshape(-1, _CHILDREN).astype(np.int32),
            np.concatenate(self._runs).astype(np.int32),
        )


def _crowded(level: Level) -> Ints:
    """Cells with many edges."""
    edges = np.bincount(level.of_runs(level.ranks), weights=level.runs[:, 1])
    first, _ = _stretches(np.diff(level.cells) != 0, len(level.cells))
    return level.cells[first[edges > _EDGES]]


def _world(arcs: Arcs) -> Level:
    whole = np.column_stack((arcs.start[:-1], np.diff(arcs.start) - 1, np.arange(len(arcs.owner))))
    corner = np.full((len(whole), 2), (WEST, SOUTH))
    first_cell = np.zeros(len(whole), dtype=np.int64)
    runs, cell = _cut(arcs, whole, _Grid(corner, CELL, COLUMNS, ROWS, first_cell))
    group, owner = _groups(arcs, runs, cell)
    row, column = np.divmod(cell[group[:-1]], COLUMNS)
    corner = np.column_stack((WEST + column * CELL, SOUTH + row * CELL))
    return Level(runs, cell, group, owner, np.zeros_like(owner), corner, CELL)


def _children(arcs: Arcs, parents: Level) -> Level:
    """Runs of the split cells, cut at their children; children are numbered parent by parent."""
    width = parents.width / FANOUT
    corner = parents.of_runs(parents.corner)
    first_cell = parents.of_runs(parents.ranks * _CHILDREN)
    runs, cell = _cut(arcs, parents.runs, _Grid(corner, width, FANOUT, FANOUT, first_cell))
    group, owner = _groups(arcs, runs, cell)
    parent, child = np.divmod(cell[group[:-1]], _CHILDREN)
    row, column = np.divmod(child, FANOUT)
    first, _ = _stretches(np.diff(parents.cells) != 0, len(parents.cells))
    corner = parents.corner[first[parent]] + np.column_stack((column, row)) * width
    return Level(runs, cell, group, owner, np.zeros_like(owner), corner, width)


def _groups(arcs: Arcs, runs: Ints, cell: Ints) -> tuple[Ints, Ints]:
    """First run of each group and, at last, the number of runs; and each group's owner."""
    owner = arcs.owner[runs[:, 2]]
    first, _ = _stretches((np.diff(cell) != 0) | (np.diff(owner) != 0), len(cell))
    return np.append(first, len(cell)), owner[first]


class _Grid(NamedTuple):
    """Cells that each run is cut at: their first corner and first number, for each run."""

    corner: npt.NDArray[np.float64]
    width: float
    columns: int
    rows: int
    first_cell: Ints


def _cut(arcs: Arcs, runs: Ints, grid: _Grid) -> tuple[Ints, Ints]:
    """Runs in each cell, and their cells."""
    keys, found = _touched(arcs, runs, grid)
    cell = grid.first_cell[found[:, 0]] + keys
    order = np.argsort(cell, kind="stable")
    cell, vertex, arc = cell[order], found[order, 1], runs[found[order, 0], 2]
    ends = (np.diff(cell) != 0) | (np.diff(arc) != 0) | (np.diff(vertex) > _GAP + 1)
    first, last = _stretches(ends, len(cell))
    edges = vertex[last] - vertex[first] + 1
    return np.column_stack((vertex[first], edges, arc[first])), cell[first]


def _stretches(ends: npt.NDArray[np.bool_], count: int) -> tuple[Ints, Ints]:
    """First and last positions of stretches; `ends` tells what differs from the next."""
    inner = np.flatnonzero(ends)
    outer = np.arange(min(count, 1))
    return np.append(outer, inner + 1), np.append(inner, outer + count - 1)


def _touched(arcs: Arcs, runs: Ints, grid: _Grid) -> tuple[Ints, Ints]:
    edges = int(runs[:, 1].sum())
    kernel = kernel_for(touched, edges, plain_below=100_000)
    capacity = edges + edges // 2 + 1_000
    while True:
        keys = np.empty(capacity, dtype=np.int64)
        found = np.empty((capacity, 2), dtype=np.int64)
        total = kernel(
            arcs.vertices, runs, grid.corner, grid.width, grid.columns, grid.rows, keys, found
        )
        if total <= capacity:
            return keys[:total], found[:total]
        capacity = total
