"""Pairs of incidents that lie within a distance, and within some days, of each other."""

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.geodesy import Floats
from geo.joins.line_distance import measured_rows
from geo.joins.points import points_of, uncertainties_m
from geo.proximity.amounts import check_amounts
from geo.proximity.civil_days import civil_days
from geo.proximity.matching import match_columns, ring_share
from geo.proximity.pair_limits import check_pair_count
from geo.schema import require
from geo.spatial.pairs_within import Pairs, PairsWithin

__all__ = ["pair_parts", "pairs"]

# Pairs whose shares are worked on at a time.
_ROUND = 100_000
_LEAST_SHARE = 0.001
_ADVICE = "Ask for fewer, for a greater most=, or write them to a file with geo.write_pairs."


def pairs(
    table: gpd.GeoDataFrame,
    *,
    distance_m: float,
    days: float | None = None,
    most: int = 20_000_000,
) -> pd.DataFrame:
    """Pairs of incidents within a geodesic distance in metres, and within some days.

    Parameters
    ----------
    table
        Points in any CRS. `uncertainty_m` and `precision` are used where the table has them, and
        with `days` also `date_start`, `date_end` and `date_precision`. Incidents without a point,
        or known only to a province or a country, are in no pair; with `days`, neither are those
        without a date.
    distance_m
        Greatest distance, inclusive.
    days
        Greatest number of days from one to the other, inclusive; None for any.
    most
        Pairs are counted first; where there are more, none is made.

    Returns
    -------
    pandas.DataFrame
        One row for each pair: `first` and `second`, index labels of the table, the earlier incident
        first (else in the order of the table); `distance_m` between the points; `days_min` and
        `days_max`, least and greatest number of days between the two, null where a date is missing;
        `match` (`certain` where both hold whatever the uncertainties) and `match_share`. Sorted by
        the positions of the two in the table.

    Raises
    ------
    TooManyPairsError
        Names the number of pairs, and a smaller distance that would do.
    SchemaError
        The table has no CRS, or with `days` no `date_start`; a cell of the dates is no date.
    ValueError
        The distance or the days are below 0 or no number.

    Notes
    -----
    The error between two points is the root of the sum of the squares of their radii: a pair whose
    distance, less that, is within the distance asked for, is possible. The share is that of such a
    disc, times that of the pairs of days in both spans (from `date_start` to `date_end`, or the
    whole week, month or year where no more is known) which are no farther apart; both errors are
    taken as independent.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     {
    ...         "date_start": pd.to_datetime(["2024-01-30", "2024-01-28", "2023-05-01", None]),
    ...         "uncertainty_m": [100.0, 100.0, 100.0, 100.0],
    ...     },
    ...     geometry=gpd.points_from_xy([38.703, 38.71, 38.7, 38.7], [33.306, 33.31, 33.3, 33.3]),
    ...     crs=4326,
    ... )
    >>> near = pairs(incidents, distance_m=5_000, days=14)
    >>> near[["first", "second", "days_max", "match"]].values.tolist()
    [[1, 0, 2.0, 'certain']]
    >>> len(pairs(incidents, distance_m=5_000))
    6
    >>> len(pairs(incidents, distance_m=5_000, most=3))
    Traceback (most recent call last):
    geo.errors.TooManyPairsError: pairs: 6 pairs lie within 5,000 m of each other, at most 3 are...
    """
    search = _Search.of(table, distance_m, days)
    search.check(most)
    parts = [search.frame(part) for part in _cut(search.within.all())]
    return pd.concat(parts, ignore_index=True)


def pair_parts(
    table: gpd.GeoDataFrame, *, distance_m: float, days: float | None = None
) -> Iterator[pd.DataFrame]:
    """What `pairs` gives, in parts that fit into memory, however many there are.

    Parameters
    ----------
    table, distance_m, days
        As for `pairs`.
    """
    search = _Search.of(table, distance_m, days)
    for part in search.within.parts():
        order = np.lexsort((part.other, part.one))
        for one in _cut(_some(part, order)):
            yield search.frame(one)


@dataclass(frozen=True)
class _Search:
    """Rows that take part: labels, first and last day (NaN where unknown) and radius."""

    within: PairsWithin
    label: pd.Index
    first_day: Floats
    last_day: Floats
    radius_m: Floats
    distance_m: float
    days: float | None

    @classmethod
    def of(cls, table: gpd.GeoDataFrame, distance_m: float, days: float | None) -> "_Search":
        """Rows of a table that can be in a pair."""
        check_amounts(by="pairs", distance_m=distance_m, days=days)
        points = points_of(table, by="pairs")
        rows = measured_rows(table, points)
        if days is not None:
            require(table, ("date_start",), by="pairs with days")
        first_day, last_day = (one[rows] for one in civil_days(table).whole_spans())
        if days is not None:
            dated = np.isfinite(first_day)
            rows, first_day, last_day = rows[dated], first_day[dated], last_day[dated]
        radius_m = np.nan_to_num(uncertainties_m(table)[rows])
        spans = {"first_day": first_day, "last_day": last_day} if days is not None else {}
        search = PairsWithin(
            points.lon_deg[rows],
            points.lat_deg[rows],
            distance_m=distance_m,
            days=days,
            radius_m=radius_m,
            **spans,
        )
        label = table.index[rows]
        return cls(search, label, first_day, last_day, radius_m, float(distance_m), days)

    def check(self, most: int) -> None:
        """Stop where there are more pairs."""
        check_pair_count(
            self.within,
            distance_m=self.distance_m,
            days=self.days,
            most=most,
            by="pairs",
            advice=_ADVICE,
        )

    def frame(self, found: Pairs) -> pd.DataFrame:
        """Table of some pairs."""
        one, other, distance_m = found
        swapped = self.first_day[other] < self.first_day[one]
        first, second = np.where(swapped, other, one), np.where(swapped, one, other)
        starts, ends = self.first_day, self.last_day
        least = np.maximum(
            np.maximum(starts[second] - ends[first], starts[first] - ends[second]), 0
        )
        greatest = np.maximum(ends[second] - starts[first], ends[first] - starts[second])
        room_m = np.hypot(self.radius_m[one], self.radius_m[other])
        share = np.ones(len(one))
        drawn = np.flatnonzero(distance_m + room_m > self.distance_m)
        drawn = drawn[room_m[drawn] > 0]
        near = ring_share(distance_m[drawn], room_m[drawn], self.distance_m)
        share[drawn] = np.clip(near, _LEAST_SHARE, 1 - _LEAST_SHARE)
        if self.days is not None:
            late = np.flatnonzero(greatest > self.days)
            a, b = one[late], other[late]
            timely = _time_share(starts[a], ends[a], starts[b], ends[b], self.days)
            timely = np.clip(timely, _LEAST_SHARE, 1 - _LEAST_SHARE)
            share[late] = np.maximum(share[late] * timely, _LEAST_SHARE)
        return pd.DataFrame(
            {
                "first": self.label[first],
                "second": self.label[second],
                "distance_m": distance_m,
                "days_min": least,
                "days_max": greatest,
                **match_columns(share == 1.0, share),
            }
        )


def _cut(found: Pairs) -> Iterator[Pairs]:
    """Pairs by rounds; one round without pairs where there are none."""
    for first in range(0, max(len(found.one), 1), _ROUND):
        yield _some(found, slice(first, first + _ROUND))


def _some(found: Pairs, which: slice | npt.NDArray[np.int64]) -> Pairs:
    return Pairs(found.one[which], found.other[which], found.distance_m[which])


def _time_share(
    first: Floats, last: Floats, other_first: Floats, other_last: Floats, days: float
) -> Floats:
    """Share of the pairs of days in two spans that are no farther apart than some days."""

    def triangle(side: Floats) -> Floats:
        return np.where(side > 0, side * (side + 1) / 2, 0.0)

    def up_to(gap: float) -> Floats:
        """Pairs of days of which the second is at most so much later."""
        return np.asarray(
            triangle(gap + last - other_first + 1)
            - triangle(gap + first - other_first)
            - triangle(gap + last - other_last)
            + triangle(gap + first - other_last - 1)
        )

    whole = float(np.floor(days))
    number = (last - first + 1) * (other_last - other_first + 1)
    return (up_to(whole) - up_to(-whole - 1)) / number
