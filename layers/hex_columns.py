"""Hexagons as a block: their corners, what is known of each, and the hexagon of each incident."""

import math
from dataclasses import dataclass
from typing import Self

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtr

from geo.errors import SchemaError
from geo.hotspots.coarse import coarse_rows, coarsest_in_m
from geo.hotspots.hexagons import (
    Cells,
    cells_at,
    numbers_of,
    positions_in,
    resolution_of,
    rings_of,
    usual_area_km2,
)
from geo.joins.points import points_of
from layers.extent import Bounds, extent
from layers.incident_columns import IncidentBlocks
from layers.payload import Block, Column, delta, integers, measures, pack, plain

__all__ = ["HexCells", "IncidentCells", "encode_cells"]

#: Corners are kept to this share of the length of an edge, and to a centimetre.
_SHARE_OF_EDGE = 1 / 300
_M_PER_DEGREE = 111_320.0
_MOST_DIGITS = 7
#: Levels of the viewer: 0 to 2 cold, 3 neither, 4 to 6 hot, the surest at both ends.
_NEITHER = 3
_SURE = (0.05, 0.01, 0.001)
_MEASURES = {"count": "count", "gi_z": "z", "gi_q": "q", "hotspot_share": "share"}

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class HexCells:
    """Hexagons of one resolution, sorted by number, and what their table says of each.

    Parameters
    ----------
    numbers
        H3's numbers.
    resolution
        Of the grid.
    coarsest_m
        Greatest `uncertainty_m` of an incident that counts in them.
    columns
        What is known of each, as the viewer reads it.
    total, coarse
        Incidents that the table counts, and those that were too coarse for it; None where it does
        not say.
    loosest
        Greatest q of what the table calls hot or cold, where it is above 0.05.
    """

    numbers: Cells
    resolution: int
    coarsest_m: float
    columns: dict[str, Column]
    total: int | None = None
    coarse: int | None = None
    loosest: float | None = None

    @classmethod
    def of(cls, table: gpd.GeoDataFrame, *, by: str) -> Self:
        """Hexagons of a table with `hex_id`.

        Parameters
        ----------
        table
            As `geo.count_by_hexagon` and `geo.find_hotspots` give it.
        by
            Who asks, for the message of an error.

        Raises
        ------
        SchemaError
            A text is no hexagon, or stands twice; the hexagons are of several resolutions.
        """
        try:
            numbers = numbers_of(table["hex_id"].tolist())
            resolution = resolution_of(numbers) if len(numbers) else 0
        except ValueError as error:
            raise SchemaError(f"{by}: hex_id: {error}.") from error
        order = np.argsort(numbers, kind="stable")
        if (np.diff(numbers[order]) == 0).any():
            raise SchemaError(f"{by}: hex_id names a hexagon twice; expected one row for each.")
        rows = table.iloc[order]
        columns = {
            new: measures(_numbers(rows, name), "f32")
            for name, new in _MEASURES.items()
            if name in rows
        }
        if "gi_z" in rows:
            columns["level"] = plain(_levels(rows), "u8")
        told = {name: int(rows[name].sum()) for name in ("count", "coarse_count") if name in rows}
        coarsest_m = _numbers(rows, "coarsest_m").max(initial=0.0) if "coarsest_m" in rows else 0.0
        return cls(
            numbers[order],
            resolution,
            coarsest_m or coarsest_in_m(usual_area_km2(resolution)),
            columns,
            total=told.get("count"),
            coarse=told.get("coarse_count"),
            loosest=_loosest(rows),
        )

    @classmethod
    def none(cls, resolution: int) -> Self:
        """No hexagons, of a resolution.

        Parameters
        ----------
        resolution
            Of the grid.
        """
        numbers = np.empty(0, dtype=np.uint64)
        return cls(numbers, resolution, coarsest_in_m(usual_area_km2(resolution)), {})

    def bounds(self) -> Bounds | None:
        """Box of all corners; None without hexagons."""
        corners = [(lon, lat) for ring in rings_of(self.numbers) for lat, lon in ring]
        return extent(np.array(corners).reshape(-1, 2))


@dataclass(frozen=True, eq=False)
class IncidentCells:
    """Hexagon of each row of a table of incidents, in the order of its block.

    Parameters
    ----------
    numbers
        H3's number, 0 for a row without a point.
    coarse
        Rows that are not known well enough for a hexagon.
    resolution
        Of the grid.
    """

    numbers: Cells
    coarse: npt.NDArray[np.bool_]
    resolution: int
    coarsest_m: float

    @classmethod
    def of(cls, incidents: IncidentBlocks, resolution: int, coarsest_m: float) -> Self:
        """Hexagons of incidents.

        Parameters
        ----------
        incidents
            Encoded incident table.
        resolution
            Of the grid.
        coarsest_m
            Greatest `uncertainty_m` of an incident that counts.
        """
        points = points_of(incidents.source, by="HexLayer")
        placed = points.placed
        numbers = np.zeros(len(placed), dtype=np.uint64)
        numbers[placed] = cells_at(points.lon_deg[placed], points.lat_deg[placed], resolution)
        coarse = coarse_rows(incidents.source, points, coarsest_m=coarsest_m) & placed
        order = incidents.order
        return cls(numbers[order], coarse[order], resolution, coarsest_m)

    def occupied(self) -> HexCells:
        """Hexagons in which an incident counts."""
        numbers = np.unique(self.numbers[~self.coarse & (self.numbers > 0)])
        return HexCells(numbers, self.resolution, self.coarsest_m, {})

    def codes(self, cells: Cells) -> Column:
        """Place of each row's hexagon among sorted ones; then too coarse, then in none of them."""
        place = positions_in(cells, self.numbers)
        nowhere = np.where(place < 0, len(cells) + 1, place)
        return integers(np.where(self.coarse, len(cells), nowhere))


def encode_cells(cells: HexCells, of_incidents: Column | None = None) -> Block:
    """Block of hexagons.

    Parameters
    ----------
    cells
        Hexagons.
    of_incidents
        What `IncidentCells.codes` gives, where incidents are counted in them.
    """
    rings = rings_of(cells.numbers)
    corners = np.array([corner for ring in rings for corner in ring]).reshape(-1, 2)
    area_m2 = usual_area_km2(cells.resolution) * 1e6
    edge_m = math.sqrt(2 * area_m2 / (3 * math.sqrt(3)))
    digits = math.ceil(math.log10(_M_PER_DEGREE / (edge_m * _SHARE_OF_EDGE)))
    units = 10 ** max(1, min(_MOST_DIGITS, digits))
    lat, lon = np.rint(corners * units).astype(np.int32).T
    columns = cells.columns | {
        "x": delta(lon),
        "y": delta(lat),
        "corners": plain([len(ring) for ring in rings], "u8"),
    }
    if of_incidents is not None:
        columns["cell"] = of_incidents
    meta: dict[str, object] = {"units": units, "width_m": round(edge_m * math.sqrt(3))}
    told = {"total": cells.total, "coarse": cells.coarse, "loosest": cells.loosest}
    return pack(columns, meta | {name: value for name, value in told.items() if value is not None})


def _numbers(rows: pd.DataFrame, name: str) -> Floats:
    return rows[name].to_numpy(dtype=np.float64, na_value=np.nan)


def _levels(rows: pd.DataFrame) -> npt.NDArray[np.uint8]:
    """How surely each hexagon is hot or cold, by the share of false discoveries if it is known."""
    z, q = _numbers(rows, "gi_z"), _unsureness(rows)
    steps = sum((q <= sure).astype(np.int64) for sure in _SURE)
    if "hotspot" in rows:
        # Which are called so is the table's to say.
        steps = np.where(rows["hotspot"].isin(["hot", "cold"]), np.maximum(steps, 1), 0)
    return (_NEITHER + np.sign(np.nan_to_num(z)) * steps).astype(np.uint8)


def _unsureness(rows: pd.DataFrame) -> Floats:
    """The q of each hexagon; without one, the two-sided probability of so extreme a score."""
    if "gi_q" in rows:
        return _numbers(rows, "gi_q")
    return np.asarray(2 * ndtr(-np.abs(_numbers(rows, "gi_z"))))


def _loosest(rows: pd.DataFrame) -> float | None:
    """Greatest q of what the table calls hot or cold, where that is more than usual."""
    if "hotspot" not in rows or "gi_z" not in rows:
        return None
    called = _unsureness(rows)[rows["hotspot"].isin(["hot", "cold"]).to_numpy()]
    most = float(called.max(initial=0.0))
    return math.ceil(100 * most) / 100 if most > _SURE[0] else None
