"""Cells of an area index: what is asked, relabelled, saved and opened.

An entry of `cells` and `splits` of at least -1 is the answer. Below, with k = -2 - entry, an odd k
points to row k >> 1 of `runs`, the first of a leaf's, and an even k to row k >> 1 of `splits`. A
run tells the answer at the leaf's corner (or, among areas that overlap, the first area that covers
the whole leaf), its first vertex, its number of edges and a tag.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.spatial.areas_kernels import NOWHERE
from geo.spatial.coverage import Coverage

__all__ = ["Cells", "leaf_entry", "of_faces", "relabelled", "split_entry"]

Int32s = npt.NDArray[np.int32]


def leaf_entry(leaf: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Entry that points to a leaf."""
    return -2 - (2 * leaf + 1)


def split_entry(split: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Entry that points to a row of `splits`."""
    return -2 - 2 * split


@dataclass(frozen=True, eq=False)
class Cells:
    """Arrays of an area index; int32.

    Parameters
    ----------
    cells
        Entry of each cell of a quarter degree, from -180 and -90, shape (720, 1440).
    splits
        Entries of the 16 children of each split cell; parents come before their children.
    runs
        Answer, first vertex, number of edges (below 0 if one more run follows) and tag.
    """

    cells: Int32s
    splits: Int32s
    runs: Int32s

    @property
    def arrays(self) -> tuple[Int32s, Int32s, Int32s]:
        """Cells, splits and runs."""
        return self.cells, self.splits, self.runs

    def save(self, folder: Path, prefix: str) -> list[Path]:
        """Write `<prefix>_cells.npy`, `_splits` and `_runs`."""
        paths = []
        for field in fields(self):
            path = folder / f"{prefix}_{field.name}.npy"
            np.save(path, getattr(self, field.name), allow_pickle=False)
            paths.append(path)
        return paths

    @classmethod
    def load(cls, folder: Path, prefix: str) -> "Cells":
        """Open what `save` wrote; the arrays stay in the files until they are read."""
        arrays = (
            # A plain array over the same memory is read much faster, item by item.
            np.asarray(np.load(folder / f"{prefix}_{field.name}.npy", mmap_mode="r"))
            for field in fields(cls)
        )
        return cls(*arrays)


def of_faces(cells: Cells, coverage: Coverage) -> Cells:
    """Cells of a coverage whose answers are the faces themselves.

    Parameters
    ----------
    cells
        Cells whose tags are arcs.
    coverage
        What the cells were built from.
    """
    runs = np.array(cells.runs)
    runs[:, 3] = (coverage.left - coverage.right)[runs[:, 3]]
    return Cells(cells.cells, cells.splits, runs)


def relabelled(cells: Cells, labels: Int32s, coverage: Coverage) -> Cells:
    """Cells of a coverage whose faces are merged by label.

    Parameters
    ----------
    cells
        Cells whose tags are arcs.
    labels
        Label of each face and, at the end, of nothing.
    coverage
        What the cells were built from.
    """
    added = labels[coverage.left] - labels[coverage.right]
    # New entries by number of the old: even for splits, odd for leaves.
    renewed = np.empty(2 * max(len(cells.runs), len(cells.splits)), dtype=np.int32)
    runs, renewed[1 : 2 * len(cells.runs) : 2] = _relabelled_runs(
        cells.runs, labels, added[cells.runs[:, 3]]
    )
    splits = [cells.splits[:0]]
    count = 0
    for level in reversed(_levels(cells)):
        rows = _renewed(cells.splits[level], labels, renewed)
        is_open = (rows[:, 0] < NOWHERE) | (rows != rows[:, :1]).any(axis=1)
        splits.append(rows[is_open])
        entries = split_entry(count - 1 + np.cumsum(is_open))
        renewed[2 * level.start : 2 * level.stop : 2] = np.where(is_open, entries, rows[:, 0])
        count += len(splits[-1])
    return Cells(_renewed(cells.cells, labels, renewed), np.concatenate(splits), runs)


def _relabelled_runs(runs: Int32s, labels: Int32s, added: Int32s) -> tuple[Int32s, Int32s]:
    """Runs that still divide labels, and the new entry of each old leaf by its first run."""
    is_kept = added != 0
    end = np.flatnonzero(runs[:, 2] > 0) + 1
    first = np.concatenate(([0], end[:-1]))[: len(end)]
    # Rows as single numbers of their size: numpy picks these seven times as fast.
    rows = np.ascontiguousarray(runs).view(np.complex128)[:, 0]
    kept = rows[is_kept].view(np.int32).reshape(-1, 4)
    kept[:, 0] = labels[kept[:, 0]]
    kept[:, 2] = -np.abs(kept[:, 2])
    kept[:, 3] = added[is_kept]
    before = np.concatenate(([0], np.cumsum(is_kept, dtype=np.int32)))
    is_border = before[end] > before[first]
    kept[before[end[is_border]] - 1, 2] *= -1
    entries = np.empty(len(runs), dtype=np.int32)
    entries[first] = np.where(is_border, leaf_entry(before[first]), labels[runs[first, 0]])
    return kept, entries


def _levels(cells: Cells) -> list[slice]:
    """Rows of `splits` by depth."""
    levels = []
    first, entries = 0, cells.cells
    while count := int(np.count_nonzero((entries < NOWHERE) & (entries & 1 == 0))):
        levels.append(slice(first, first + count))
        entries = cells.splits[levels[-1]]
        first += count
    return levels


def _renewed(entries: Int32s, labels: Int32s, renewed: Int32s) -> Int32s:
    """Entries with labels for faces, and with the new entries of leaves and splits."""
    # -1 takes the label at the end.
    result = labels.take(np.maximum(entries, NOWHERE), mode="wrap").ravel()
    pointers = np.flatnonzero(entries < NOWHERE)
    result[pointers] = renewed[-2 - entries.ravel()[pointers]]
    return result.reshape(entries.shape)
