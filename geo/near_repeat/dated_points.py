"""Incidents whose place and day are known well enough to be compared, in an order of their own."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.joins.line_distance import measured_rows
from geo.joins.points import points_of, uncertainties_m
from geo.proximity.civil_days import civil_days
from geo.proximity.pair_limits import check_pair_count
from geo.schema import require
from geo.spatial.curve_order import cell_numbers
from geo.spatial.pairs_within import PairsWithin

__all__ = ["DatedPoints"]

# Loops over days of 32 bits are twice as fast; no date lies this far off.
_FARTHEST_DAY = 1e9
_CURVE_BITS = 16


@dataclass(frozen=True)
class DatedPoints:
    """Positions of rows, their points and days, sorted by place, then by day.

    Neither the order of the rows nor their labels decide how they are sorted. `vague_places` and
    `vague_days` count the rows that are left out.
    """

    row: npt.NDArray[np.int64]
    lon_deg: Floats
    lat_deg: Floats
    day: npt.NDArray[np.int32]
    vague_places: int
    vague_days: int

    @classmethod
    def of(
        cls,
        table: gpd.GeoDataFrame,
        *,
        distance_m: float,
        days: float,
        by: str,
        rank: npt.NDArray[np.int64] | None = None,
    ) -> "DatedPoints":
        """Incidents of a table, each at its first day.

        Left out are rows without a point, known only to a province or a country or with an
        `uncertainty_m` above the distance, then those without a date, known only to a month or a
        year, or whose span of precision `week` or `range` is longer than the days.

        Parameters
        ----------
        table
            Points in any CRS.
        distance_m, days
            How exactly place and day must be known.
        by
            Who asks, for the message of an error.
        rank
            Which rows come first where place and day are the same; None where they are of one kind.
        """
        require(table, ("date_start",), by=by)
        points, when = points_of(table, by=by), civil_days(table)
        placed = measured_rows(table, points)
        placed = placed[~(uncertainties_m(table)[placed] > distance_m)]
        first = when.first[placed]
        told = (np.abs(first) <= _FARTHEST_DAY) & when.tells_day[placed]
        begin, end = (side[placed] for side in when.whole_spans())
        exact = (when.precision[placed] == "day") | (end - begin <= days)
        row = placed[told & exact]
        lon, lat, day = points.lon_deg[row], points.lat_deg[row], when.first[row]
        last = row if rank is None else rank[row]
        order = np.lexsort((last, day, lat, lon, cell_numbers(lon, lat, bits=_CURVE_BITS)))
        return cls(
            row[order],
            lon[order],
            lat[order],
            day[order].astype(np.int32),
            len(table) - len(placed),
            len(placed) - len(row),
        )

    def pairs(self, *, distance_m: float, days: float | None, most: int, by: str) -> PairsWithin:
        """Search for pairs within a distance and some days, known not to find too many.

        Parameters
        ----------
        distance_m, days
            Greatest ones, inclusive; None for any days.
        most, by
            As in `check_pair_count`.

        Raises
        ------
        TooManyPairsError
            Names the number of pairs, and a smaller distance that would do.
        """
        spans = {} if days is None else {"first_day": self.day.astype(np.float64)}
        search = PairsWithin(self.lon_deg, self.lat_deg, distance_m=distance_m, days=days, **spans)
        advice = "Ask for a smaller distance, or for a greater most=."
        check_pair_count(search, distance_m=distance_m, days=days, most=most, by=by, advice=advice)
        return search
