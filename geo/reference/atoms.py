"""The atoms: the smallest areas of countries, provinces and disputes, and the lines between them.

Geometry ships once. A point is looked up among the atoms; country, province and dispute are columns
of the atom found. What is drawn is stitched from the same lines when it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from geo import shipped
from geo.errors import ShippedDataError
from geo.spatial.areas import AreaIndex
from geo.spatial.coverage import Coverage

__all__ = ["Atoms", "atoms", "country_attributes", "province_attributes", "province_names"]

_ARCS, _TABLE, _VERTICES = "atom_arcs.parquet", "atoms.parquet", "atom_vertices.npy"
_PREFIX, _CELLS = "atom", ("cells", "splits", "runs")


@dataclass(frozen=True, eq=False)
class Atoms:
    """One coverage of the land and its 12 nautical miles of sea.

    `table` has one row per atom, by its number: `claims`, `holder`, `admin1_code`, `area`,
    `surface`, `status`, `source`, `claimed_by`, `admin1_by_claimant`. `arcs` has one row per line
    between two atoms: `left`, `right` (atoms, -1 is nothing), `kind`, `border_pair`, `status`,
    `error_m`, `start`, `count` (its vertices). `vertices` are longitude and latitude in 1e-7
    degree.
    """

    folder: Path
    table: pd.DataFrame
    arcs: pd.DataFrame
    vertices: npt.NDArray[np.int32]

    @cached_property
    def index(self) -> AreaIndex:
        """Index that finds the atom of a point, opened from its files."""
        start = np.append(self.arcs["start"].to_numpy(), len(self.vertices))
        left, right = self.arcs["left"].to_numpy(), self.arcs["right"].to_numpy()
        coverage = Coverage(self.vertices, start, left, right)
        for part in _CELLS:
            shipped.path(f"{_PREFIX}_{part}.npy")
        return AreaIndex.load(self.folder, _PREFIX, coverage)

    @cached_property
    def is_land(self) -> npt.NDArray[np.bool_]:
        """Which atoms are land."""
        return (self.table["surface"] == "land").to_numpy(dtype=bool)


def atoms() -> Atoms:
    """The shipped atoms, opened once for each folder of data.

    Raises
    ------
    ShippedDataError
        A file is missing or damaged.

    Examples
    --------
    >>> found = atoms()
    >>> at = found.index.containing(np.array([38.703]), np.array([33.306]))
    >>> found.table.loc[at, "holder"].tolist()
    ['JOR']
    """
    return _atoms(shipped.path(_TABLE))


def country_attributes() -> pd.DataFrame:
    """Codes and names of the countries, one row each, without their areas."""
    return _attributes(shipped.path("countries.parquet"))


def province_attributes() -> pd.DataFrame:
    """Codes and names of the provinces, one row each, without their areas."""
    return _attributes(shipped.path("provinces.parquet"))


def province_names() -> "pd.Series[str]":
    """Name by code of each province."""
    return _names(shipped.path("provinces.parquet"))


@cache
def _names(path: Path) -> "pd.Series[str]":
    names: pd.Series[str] = _read(path, columns=["admin1_code", "admin1"]).set_index("admin1_code")[
        "admin1"
    ]
    return names


@cache
def _atoms(table: Path) -> Atoms:
    arcs, vertices = shipped.path(_ARCS), shipped.path(_VERTICES)
    lines = _read(arcs)
    found = Atoms(table.parent, _read(table), lines, _mapped(vertices))
    if int((lines["start"] + lines["count"]).max()) != len(found.vertices):
        raise ShippedDataError(
            f"{arcs}: belongs to another {_VERTICES} than the one beside it, which has "
            f"{len(found.vertices)} vertices. {shipped.repair()}"
        )
    return found


@cache
def _attributes(path: Path) -> pd.DataFrame:
    names: Sequence[str] = pq.read_schema(path).names
    return _read(path, columns=[name for name in names if name != "geometry"])


def _read(path: Path, *, columns: Sequence[str] | None = None) -> pd.DataFrame:
    try:
        # Without threads: for files of this size their start takes longer than the reading.
        table = pq.read_table(path, columns=columns, use_threads=False)
    except (OSError, ValueError):
        shipped.verify(path.name)
        raise
    frame: pd.DataFrame = table.replace_schema_metadata().to_pandas()
    return frame


def _mapped(path: Path) -> npt.NDArray[np.int32]:
    try:
        vertices: npt.NDArray[np.int32] = np.load(path, mmap_mode="r")
    except (OSError, ValueError, EOFError):
        shipped.verify(path.name)
        raise
    return vertices
