"""Cells of a table as a grid: in which of them a place lies, and which rows count there."""

from dataclasses import dataclass
from typing import Self

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.hotspots.coarse import coarse_rows
from geo.hotspots.hexagons import Cells, cells_at, numbers_of, positions_in, resolution_of
from geo.joins.columns import texts
from geo.joins.points import Points
from geo.reference.atoms import atoms
from geo.reference.views import admin1_codes, holders
from geo.schema import require

__all__ = ["Grid", "HexagonGrid", "ProvinceGrid", "coarse_in_provinces", "grid_of"]

_KEYS = ["admin1_code", "country_a3"]
# The words name the province, whatever the disc around its point covers.
_NAMED = ("admin1", "admin2")

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class HexagonGrid:
    """Hexagons of one resolution: their numbers, sorted, and the row of each in the table.

    `coarsest_m` is the greatest uncertainty of what counts in them.
    """

    cells: Cells
    row: Ints
    resolution: int
    coarsest_m: float

    @classmethod
    def of(cls, table: pd.DataFrame) -> Self:
        """Grid of a table of cells."""
        require(table, ("coarsest_m",), by="the cells")
        cells = numbers_of(table["hex_id"])
        order = np.argsort(cells)
        if (np.diff(cells[order]) == 0).any():
            raise SchemaError("the cells name a hexagon twice; expected one row for each.")
        coarsest_m = float(table["coarsest_m"].max()) if len(table) else np.inf
        return cls(cells[order], order, resolution_of(cells), coarsest_m)

    def at(self, lon_deg: Floats, lat_deg: Floats) -> Ints:
        """Row of the cell in which each place lies; -1 where none does."""
        if len(self.cells) == 0:
            return np.full(len(lon_deg), -1)
        place = positions_in(self.cells, cells_at(lon_deg, lat_deg, self.resolution))
        return np.where(place >= 0, self.row[place], -1)

    def counting(self, table: pd.DataFrame, points: Points) -> tuple[Ints, Mask]:
        """Rows of incidents that count, and which of them stay in their cell whatever is drawn."""
        coarse = coarse_rows(table, points, coarsest_m=self.coarsest_m)
        rows = np.flatnonzero(points.placed & ~coarse)
        return rows, np.zeros(len(rows), dtype=np.bool_)

    def of_rows(self, table: pd.DataFrame, points: Points) -> Ints:
        """Row of the cell of each incident; -1 where it has none."""
        found = np.full(len(table), -1)
        found[points.placed] = self.at(points.lon_deg[points.placed], points.lat_deg[points.placed])
        return found


@dataclass(frozen=True, eq=False)
class ProvinceGrid:
    """Provinces: the row of each atom in the table, -1 for none, and what each row can resolve."""

    keys: pd.MultiIndex
    row_of_atom: Ints
    coarsest_m: Floats

    @classmethod
    def of(cls, table: pd.DataFrame) -> Self:
        """Grid of a table of provinces, of one worldview."""
        require(table, (*_KEYS, "worldview"), by="the cells")
        views = table["worldview"].unique().tolist() or ["default"]
        keys = pd.MultiIndex.from_frame(table[_KEYS].astype("str"))
        if not keys.is_unique:
            raise SchemaError("the cells name a province twice; expected one row for each.")
        of_atom = pd.MultiIndex.from_arrays(
            [admin1_codes(views[0]), holders(views[0])], names=_KEYS
        )
        row = keys.get_indexer(of_atom).astype(np.int64)
        limit_m = np.asarray(table.get("coarsest_m", pd.Series(np.inf, table.index)), np.float64)
        # The last entry answers for no atom.
        return cls(keys, np.append(row, -1), limit_m)

    def at(self, lon_deg: Floats, lat_deg: Floats) -> Ints:
        """Row of the province in which each place lies; -1 where none does."""
        return self.row_of_atom[atoms().index.containing(lon_deg, lat_deg)]

    def counting(self, table: pd.DataFrame, points: Points) -> tuple[Ints, Mask]:
        """Rows of incidents that count, and which of them stay in their cell whatever is drawn."""
        place = self.of_rows(table, points)
        # Outside of the provinces the usual limit holds: what may leave them may also enter.
        usual_m = float(np.median(self.coarsest_m)) if len(self.coarsest_m) else np.inf
        coarse = coarse_in_provinces(table, points, place, self.coarsest_m, outside_m=usual_m)
        rows = np.flatnonzero(~coarse)
        named = np.isin(texts(table, "precision"), _NAMED) | ~points.placed
        return rows, named[rows]

    def of_rows(self, table: pd.DataFrame, points: Points) -> Ints:
        """Row of the province of each incident, by its codes, else its point; -1 for none."""
        found = np.full(len(table), -1)
        found[points.placed] = self.at(points.lon_deg[points.placed], points.lat_deg[points.placed])
        if set(_KEYS) <= set(table.columns):
            own = pd.MultiIndex.from_arrays([texts(table, name) for name in _KEYS], names=_KEYS)
            stated = self.keys.get_indexer(own).astype(np.int64)
            found = np.where(stated >= 0, stated, found)
        return found


Grid = HexagonGrid | ProvinceGrid


def grid_of(cells: gpd.GeoDataFrame) -> Grid:
    """Grid of a table of cells, as `count_by_hexagon` and `count_by_province` give them.

    Raises
    ------
    SchemaError
        The table has neither `hex_id` nor `admin1_code`.
    """
    if "hex_id" in cells:
        return HexagonGrid.of(cells)
    if "admin1_code" in cells:
        return ProvinceGrid.of(cells)
    raise SchemaError(
        "the cells have neither hex_id nor admin1_code; expected what geo.count_by_hexagon or"
        " geo.count_by_province gives."
    )


def coarse_in_provinces(
    table: pd.DataFrame,
    points: Points,
    place: Ints,
    limit_m: Floats,
    *,
    outside_m: float = np.inf,
) -> Mask:
    """Rows whose province is not known well enough.

    Parameters
    ----------
    table, points
        Incidents and their positions.
    place
        Province of each row, -1 for none.
    limit_m
        Greatest uncertainty in each province.
    outside_m
        Greatest uncertainty of what is in none.
    """
    limits = np.append(limit_m, outside_m)[place]
    named = np.isin(texts(table, "precision"), _NAMED)
    coarse = coarse_rows(table, points, coarsest_m=limits, vague=("country", "water", "none"))
    return coarse & ~named
