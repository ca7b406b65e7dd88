"""Which incidents repeat earlier ones nearby, and which are repeated."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.joins.columns import Column, spread, with_columns, words
from geo.near_repeat.dated_points import DatedPoints
from geo.proximity.amounts import check_amounts
from geo.schema import require
from geo.spatial.pairs_within import Pairs, PairsWithin

__all__ = ["mark_repeats"]

Numbers = npt.NDArray[np.int64]


class _Links(NamedTuple):
    """Repeats that follow each point, others of its day, the latest point before it (else -1)."""

    repeats: Numbers
    same_day: Numbers
    before: Numbers
    before_m: Floats


def mark_repeats(
    table: gpd.GeoDataFrame, *, distance_m: float, days: float, most: int = 20_000_000
) -> gpd.GeoDataFrame:
    """Mark incidents that follow, or are followed by, others within metres and days.

    Parameters
    ----------
    table
        Points in any CRS, with `incident_id` and `date_start`; `date_end`, `date_precision`,
        `uncertainty_m` and `precision` are used where the table has them. An incident stands at its
        first day.
    distance_m, days
        Greatest distance and number of days from one incident to another, inclusive. At a distance
        of 0 only incidents without any `uncertainty_m` take part.
    most
        Pairs are counted first; where there are more, none is made.

    Returns
    -------
    geopandas.GeoDataFrame
        All rows, index kept, with the columns

        - `repeat_role`: `originator` (others follow it, it follows none), `repeat` (it follows
          others, none follow it), `both`, `same_day` (only others of its own day are near, and
          nobody can say which came first) or `isolated` (no other is near);
        - `repeats` and `repeats_same_day`: number of incidents near it on later days, and on its
          own day;
        - `originator_id`, `originator_distance_m` and `originator_days`: of the incidents that it
          follows the latest, of several of one day the nearest, then that of the lowest identifier;
          null where it follows none. A distance of 0 is a repeat in the narrow sense, above it a
          near repeat.

        All are null where place or day are not known well enough: without a point or a date, known
        only to a province, a country, a month or a year, with an `uncertainty_m` above the
        distance, or with a span (of precision `week` or `range`) that is longer than the days.

    Raises
    ------
    TooManyPairsError
        Names the number of pairs, and a smaller distance that would do.
    SchemaError
        The table has no CRS, no `incident_id` or no `date_start`, a cell of the dates is no date,
        or an `incident_id` is missing or occurs twice.
    ValueError
        The distance or the days are below 0 or no number.

    Notes
    -----
    What lies on the point of a province or a country, and does not say so by its `precision`,
    repeats itself: leave it out before, with `geo.find_centroid_piles`.

    Of each pair that is close in space and time the earlier one is the originator, so that one
    incident can repeat a second and be the originator of a third: Townsley, Homel and Chaseling
    (2003), British Journal of Criminology 43, 615-633; Ratcliffe and Rengert (2008), Security
    Journal 21, 58-76.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     {
    ...         "incident_id": ["a", "b", "c", "d"],
    ...         "date_start": pd.to_datetime(["2024-01-01", "2024-01-03", "2024-01-09", None]),
    ...     },
    ...     geometry=gpd.points_from_xy([36.7, 36.7, 36.701, 36.7], [34.7] * 4),
    ...     crs=4326,
    ... )
    >>> marked = mark_repeats(incidents, distance_m=200, days=7)
    >>> marked["repeat_role"].tolist()
    ['originator', 'both', 'repeat', nan]
    >>> marked["originator_id"].tolist()
    [nan, 'a', 'b', nan]
    >>> marked.loc[2, ["originator_distance_m", "originator_days"]].round(2).tolist()
    [91.62, 6.0]
    """
    check_amounts(by="mark_repeats", distance_m=distance_m, days=days)
    for name, value in (("distance", distance_m), ("days", days)):
        if value == np.inf:
            raise ValueError(f"mark_repeats: the {name} must be 0 or more, not {value}")
    ids = _ids(table)
    # Where place and day are the same, the identifier decides, not the order of the rows.
    rank = np.empty(len(ids), dtype=np.int64)
    rank[np.argsort(ids)] = np.arange(len(ids))
    incidents = DatedPoints.of(
        table, distance_m=distance_m, days=days, by="mark_repeats", rank=rank
    )
    search = incidents.pairs(distance_m=distance_m, days=days, most=most, by="mark_repeats")
    day = incidents.day.astype(np.int64)
    links = _links(search, day, rank[incidents.row])
    return with_columns(table, _columns(ids, incidents.row, day, links))


def _ids(table: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Identifiers of the rows, all there and all different."""
    require(table, ("incident_id",), by="mark_repeats")
    ids = table["incident_id"].astype("str")
    wrong = ids.isna() | ids.duplicated()
    if wrong.any():
        row = int(np.argmax(wrong.to_numpy()))
        fault = "is missing" if ids.isna().iloc[row] else "occurs more than once"
        raise SchemaError(
            f"mark_repeats: the incident_id {ids.iloc[row]!r} in row {table.index[row]} {fault};"
            " originators are named by it, so give each incident its own."
        )
    return ids.to_numpy(dtype=object)


def _links(search: PairsWithin, day: Numbers, rank: Numbers) -> _Links:
    """Follow each pair from the earlier point to the later one.

    Parameters
    ----------
    search
        Pairs of the points.
    day
        Day of each point.
    rank
        Which of several points of the same day and distance is the originator: the lowest.
    """
    points = len(day)
    repeats, same_day = np.zeros((2, points), dtype=np.int64)
    before, before_m = np.full(points, -1, dtype=np.int64), np.full(points, np.nan)
    for one, other, apart_m in search.parts():
        on_one_day = day[one] == day[other]
        same_day += np.bincount(np.append(one[on_one_day], other[on_one_day]), minlength=points)
        swapped = day[other] < day[one]
        earlier, later = np.where(swapped, other, one), np.where(swapped, one, other)
        ordered = Pairs(earlier[~on_one_day], later[~on_one_day], apart_m[~on_one_day])
        repeats += np.bincount(ordered.one, minlength=points)
        known = np.flatnonzero(before >= 0)
        candidates = Pairs(
            np.append(ordered.one, before[known]),
            np.append(ordered.other, known),
            np.append(ordered.distance_m, before_m[known]),
        )
        best = _latest_before(candidates, day, rank)
        before[best.other], before_m[best.other] = best.one, best.distance_m
    return _Links(repeats, same_day, before, before_m)


def _latest_before(pairs: Pairs, day: Numbers, rank: Numbers) -> Pairs:
    """Of all pairs of an earlier and a later point, the best one for each later point."""
    earlier, later, apart_m = pairs
    order = np.lexsort((rank[earlier], apart_m, -day[earlier], later))
    first = order[np.unique(later[order], return_index=True)[1]]
    return Pairs(earlier[first], later[first], apart_m[first])


def _columns(
    ids: npt.NDArray[np.object_], row: Numbers, day: Numbers, links: _Links
) -> dict[str, Column]:
    """Columns of all rows, from the links between some of them.

    Parameters
    ----------
    ids
        Identifier of each row.
    row, day
        Position in the table and day of each point.
    links
        Between points.
    """
    rows, follows = len(ids), np.flatnonzero(links.before >= 0)
    role = np.select(
        [
            (links.before >= 0) & (links.repeats > 0),
            links.before >= 0,
            links.repeats > 0,
            links.same_day > 0,
        ],
        ["both", "repeat", "originator", "same_day"],
        "isolated",
    )
    roles, originators = np.full((2, rows), None, dtype=object)
    roles[row] = role
    before = links.before[follows]
    originators[row[follows]] = ids[row[before]]
    return {
        "repeat_role": words(roles),
        "repeats": _counts(links.repeats, row, rows),
        "repeats_same_day": _counts(links.same_day, row, rows),
        "originator_id": words(originators),
        "originator_distance_m": spread(links.before_m, row, rows),
        "originator_days": _counts(day[follows] - day[before], row[follows], rows),
    }


def _counts(values: Numbers, row: Numbers, rows: int) -> ExtensionArray:
    """Whole numbers of some rows among all; null for the others."""
    everywhere, unknown = np.zeros(rows, dtype=np.int64), np.ones(rows, dtype=np.bool_)
    everywhere[row], unknown[row] = values, False
    return pd.arrays.IntegerArray(everywhere, unknown)
