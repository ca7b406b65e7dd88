"""The lines that maps are drawn from: the land of the atoms, at three levels of detail.

An arc is the line between two nodes; a face (an atom on land) is closed by its arcs end to end. The
ends of an arc are the same at all levels, so the arcs of one face may come from another level than
those of the next. The precise level is the very lines that the joins measure to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from geo import shipped
from geo.reference.atoms import atoms

__all__ = ["LEVELS", "SHIPPED", "Arcs", "Level", "Store", "store"]

Level = Literal["low", "medium", "full"]
#: From the coarsest to the precise lines.
LEVELS: tuple[Level, ...] = ("low", "medium", "full")
#: Files that the levels are read from.
SHIPPED = (
    "atoms.parquet",
    "atom_arcs.parquet",
    "atom_vertices.npy",
    "arcs_low.parquet",
    "arcs_medium.parquet",
)
#: Steps of the atoms' vertices (1e-7 degree) in one step of what is drawn (1e-6 degree).
_ATOM_STEPS = 10

_Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Arcs:
    """Arcs that were taken out of a store.

    Parameters
    ----------
    left, right
        Atoms (rows of `atoms.parquet`) on the two sides; -1, only on the right, is the sea.
    x, y
        Vertices of all arcs end to end, in 1e-6 degree of longitude and latitude.
    length
        Vertices per arc.
    """

    left: _Ints
    right: _Ints
    x: _Ints
    y: _Ints
    length: _Ints

    @staticmethod
    def concatenate(parts: Sequence["Arcs"]) -> "Arcs":
        """Arcs of several levels, one part after the other."""
        fields = Arcs.__dataclass_fields__
        return Arcs(
            **{name: np.concatenate([getattr(part, name) for part in parts]) for name in fields}
        )


@dataclass(frozen=True)
class Store:
    """All arcs of a level of detail; the vertices may still lie in their file.

    Parameters
    ----------
    left, right
        Atoms on the two sides; -1, only on the right, is the sea.
    start, length
        First vertex of each arc, and how many it has.
    vertices
        Longitude and latitude, shape (n, 2).
    steps
        Steps of the vertices in 1e-6 degree.
    """

    left: _Ints
    right: _Ints
    start: npt.NDArray[np.int64]
    length: _Ints
    vertices: _Ints
    steps: int

    def touching(self, faces: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Which arcs have one of the faces on a side, as a mask."""
        # The last entry answers for -1, the sea.
        mask: npt.NDArray[np.bool_] = np.append(faces, [False])
        return np.logical_or(mask[self.left], mask[self.right])

    def take(self, arcs: npt.NDArray[np.bool_]) -> Arcs:
        """The arcs of a mask."""
        length = self.length[arcs]
        first = np.cumsum(length) - length
        within = np.arange(length.sum()) - np.repeat(first, length)
        xy = self.vertices[np.repeat(self.start[arcs], length) + within]
        # Rounded as in the recipe of the other levels, because nodes must agree.
        x, y = (xy if self.steps == 1 else (xy + self.steps // 2) // self.steps).T
        return Arcs(self.left[arcs], self.right[arcs], x, y, length)

    def boxes(self) -> npt.NDArray[np.int64]:
        """West, south, east, north of each arc in 1e-6 degree, shape (n, 4)."""
        # One arc follows the other in the file, but arcs at sea may lie between them.
        bounds = np.column_stack([self.start, self.start + self.length]).ravel()
        inside = np.minimum(bounds, len(self.vertices) - 1)
        ends = [
            get.reduceat(self.vertices, inside, axis=0)[::2] for get in (np.minimum, np.maximum)
        ]
        return np.hstack(ends).astype(np.int64) // self.steps


def store(level: Level) -> Store:
    """All arcs of a level of detail, read once per folder."""
    return _full(shipped.folder()) if level == "full" else _coarse(shipped.folder(), level)


@cache
def _coarse(_folder: Path, level: Level) -> Store:
    # The folder is there for the cache.
    table = pq.read_table(shipped.path(f"arcs_{level}.parquet")).combine_chunks()
    lists = [_chunk(table[name]) for name in ("x", "y")]
    offsets = lists[0].offsets.to_numpy()
    left, right = (table[name].to_numpy() for name in ("left", "right"))
    return Store(
        left=left,
        right=right,
        start=offsets[:-1].astype(np.int64),
        length=np.diff(offsets).astype(np.int32),
        vertices=np.column_stack([axis.values.to_numpy() for axis in lists]),
        steps=1,
    )


def _chunk(column: pa.ChunkedArray) -> pa.ListArray:
    return column.combine_chunks()


@cache
def _full(_folder: Path) -> Store:
    world = atoms()
    is_land = np.append(world.is_land, [False])
    left, right, start, count = (
        world.arcs[name].to_numpy() for name in ("left", "right", "start", "count")
    )
    sides = np.column_stack([np.where(is_land[side], side, -1) for side in (left, right)])
    kept = (sides >= 0).any(axis=1)
    right, left = np.sort(sides[kept].astype(np.int32), axis=1).T
    first = start[kept].astype(np.int64)
    return Store(left, right, first, count[kept], world.vertices, _ATOM_STEPS)
