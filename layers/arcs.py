"""The shipped arcs of the world: what countries, provinces and borders are drawn from.

An arc is the line between two nodes of the province coverage; a face (a province) is closed by its
arcs end to end. The ends of an arc are the same in all three levels of detail, so the arcs of one
face may come from different levels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq
import shapely

from geo import shipped

__all__ = ["LEVELS", "Arcs", "Faces", "Level", "faces", "read_arcs"]

Level = Literal["low", "medium", "full"]
#: From the coarsest to the precise lines.
LEVELS: tuple[Level, ...] = ("low", "medium", "full")
_UNITS_PER_DEGREE = 1e6


@dataclass(frozen=True)
class Faces:
    """Provinces that the arcs close, by position."""

    admin1_code: npt.NDArray[np.object_]
    country_a3: npt.NDArray[np.object_]


@dataclass(frozen=True)
class Arcs:
    """Arcs of one level of detail.

    Parameters
    ----------
    left, right
        Positions in `Faces` of the two sides; -1 is the sea.
    kind, border_pair, status
        Words of each arc; None where they do not apply.
    x, y
        Vertices of all arcs end to end, in 1e-6 degree of longitude and latitude.
    length
        Vertices per arc.
    """

    left: npt.NDArray[np.intp]
    right: npt.NDArray[np.intp]
    kind: npt.NDArray[np.object_]
    border_pair: npt.NDArray[np.object_]
    status: npt.NDArray[np.object_]
    x: npt.NDArray[np.int32]
    y: npt.NDArray[np.int32]
    length: npt.NDArray[np.int32]

    def touching(self, faces: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Which arcs have one of the faces on a side, as a mask."""
        # The last entry answers for -1, the sea.
        mask: npt.NDArray[np.bool_] = np.append(faces, [False])
        return np.logical_or(mask[self.left], mask[self.right])

    def take(self, arcs: npt.NDArray[np.bool_]) -> "Arcs":
        """The arcs of a mask."""
        vertices = np.repeat(arcs, self.length)
        return Arcs(
            left=self.left[arcs],
            right=self.right[arcs],
            kind=self.kind[arcs],
            border_pair=self.border_pair[arcs],
            status=self.status[arcs],
            x=self.x[vertices],
            y=self.y[vertices],
            length=self.length[arcs],
        )

    @staticmethod
    def concatenate(parts: Sequence["Arcs"]) -> "Arcs":
        """Arcs of several levels, one part after the other."""
        fields = Arcs.__dataclass_fields__
        return Arcs(
            **{name: np.concatenate([getattr(part, name) for part in parts]) for name in fields}
        )


def faces() -> Faces:
    """Provinces and their countries, in the order of `provinces.parquet`."""
    return _faces(shipped.path("provinces.parquet"))


def read_arcs(level: Level) -> Arcs:
    """Arcs of a level of detail."""
    return _arcs(shipped.path(f"arcs_{level}.parquet"), shipped.path("provinces.parquet"))


@cache
def _faces(path: Path) -> Faces:
    table = pq.read_table(path, columns=["admin1_code", "country_a3"])
    return Faces(*(column.to_numpy(zero_copy_only=False) for column in table.columns))


@cache
def _arcs(path: Path, provinces: Path) -> Arcs:
    table = pq.read_table(path)
    lines = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
    xy = shapely.get_coordinates(lines)
    x, y = np.rint(xy * _UNITS_PER_DEGREE).astype(np.int32).T
    position = pd.Index(_faces(provinces).admin1_code)
    left, right = (
        position.get_indexer(table[side].to_numpy(zero_copy_only=False))
        for side in ("left", "right")
    )
    kind, border_pair, status = (
        table[name].to_numpy(zero_copy_only=False) for name in ("kind", "border_pair", "status")
    )
    length = shapely.get_num_coordinates(lines).astype(np.int32)
    return Arcs(left, right, kind, border_pair, status, x, y, length)
