"""One row for each cluster: its middle, extent, dates and counts."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.clusters.extents import extent_of
from geo.clusters.medoids import medoid_of
from geo.clusters.spots import spots_of
from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.joins.columns import texts
from geo.joins.points import Points, points_of
from geo.proximity.date_columns import spans_of
from geo.schema import CRS, require
from geo.spatial.chords import places_of

__all__ = ["summarise_clusters"]


def summarise_clusters(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Summarise each cluster of a table: its middle, extent and dates, and its radius in metres.

    Parameters
    ----------
    table
        Points in any CRS, with `cluster`, as `add_clusters` or `add_hierarchical_clusters` give it.
        `date_start`, `date_end` and `fatalities_best` are used where the table has them.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each cluster, in their order, in EPSG:4326: `cluster`; `incidents` and `places`,
        how many incidents and how many different points; `date_start` and `date_end`, the first and
        the last day of all, null where none has a date; `fatalities_best`, their sum, null where
        none is known; `radius_m`, the distance from the medoid to the farthest incident; `medoid`,
        the index label of the medoid; `geometry`, its point; `extent`, a second geometry column:
        the convex hull of the points, one metre wider, null where it spans half the earth.

    Raises
    ------
    SchemaError
        The table has no `cluster`, or no CRS; a cluster or the fatalities are no whole number.

    Notes
    -----
    The medoid is the incident with the least sum of distances to all others of its cluster
    (Kaufman & Rousseeuw 1990, "Finding Groups in Data", chapter 2); on equal terms the most
    western, then the most southern one; of several at one point the earliest, then the one whose
    `incident_id` comes first.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     {
    ...         "cluster": pd.array([1, 1, 1, None], dtype="Int64"),
    ...         "date_start": pd.to_datetime(["2024-01-30", "2024-01-28", None, None]),
    ...     },
    ...     geometry=gpd.points_from_xy([38.70, 38.71, 38.73, 36.7], [33.3, 33.3, 33.3, 34.7]),
    ...     crs=4326,
    ... )
    >>> found = summarise_clusters(incidents)
    >>> found[["cluster", "incidents", "medoid"]].values.tolist()
    [[1, 3, 1]]
    >>> found["radius_m"].round().tolist()
    [1863.0]
    >>> str(found["date_start"].iloc[0].date()), str(found["date_end"].iloc[0].date())
    ('2024-01-28', '2024-01-30')
    """
    require(table, ("cluster",), by="summarise_clusters")
    points = points_of(table, by="summarise_clusters")
    cluster = _numbers(table, "cluster")
    rows = np.flatnonzero(points.placed & np.isfinite(cluster))
    rows = rows[np.argsort(cluster[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(cluster[rows], prepend=-np.inf))
    first_day, last_day = spans_of(table)
    middles = [_middle(table, points, mine, first_day) for mine in np.split(rows, starts)[1:]]
    at = np.array([one.row for one in middles], dtype=np.int64)
    days = pd.DataFrame({"first": first_day[rows], "last": last_day[rows]}).groupby(cluster[rows])
    columns = {
        "cluster": pd.array(cluster[at].astype(np.int64), dtype="Int64"),
        "incidents": np.diff(starts, append=len(rows)),
        "places": np.array([one.places for one in middles], dtype=np.int64),
        "date_start": _dates(days["first"].min().to_numpy()),
        "date_end": _dates(days["last"].max().to_numpy()),
    }
    if "fatalities_best" in table:
        _numbers(table, "fatalities_best")
        killed = pd.to_numeric(table["fatalities_best"].iloc[rows]).astype("Int64")
        columns["fatalities_best"] = killed.groupby(cluster[rows]).sum(min_count=1).array
    columns |= {
        "radius_m": np.array([one.radius_m for one in middles], dtype=np.float64),
        "medoid": table.index[at],
    }
    extents = np.full(len(middles), None, dtype=object)
    extents[:] = [one.extent for one in middles]
    extent = gpd.GeoSeries(extents, crs=CRS)
    geometry = gpd.points_from_xy(points.lon_deg[at], points.lat_deg[at], crs=CRS)
    return gpd.GeoDataFrame(columns, geometry=geometry).assign(
        extent=gpd.GeoSeries(extent, crs=CRS)
    )


def _numbers(table: pd.DataFrame, column: str) -> Floats:
    """Whole numbers of a column, NaN where it is null."""
    told = table[column]
    numbers: Floats = pd.to_numeric(told, errors="coerce").to_numpy(np.float64, na_value=np.nan)
    wrong = told.notna().to_numpy() & ~(np.floor(numbers) == numbers)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise SchemaError(
            f"summarise_clusters: {column} in row {table.index[row]!s:.60} is"
            f" {told.iloc[row]!s:.60}; expected a whole number, or null."
        )
    return numbers


class _Middle(NamedTuple):
    """Medoid of a cluster by position in the table, and what is told of what lies around it."""

    row: int
    places: int
    radius_m: float
    extent: BaseGeometry | None


def _middle(
    table: pd.DataFrame, points: Points, mine: npt.NDArray[np.int64], first_day: Floats
) -> _Middle:
    spots = spots_of(points.lon_deg[mine], points.lat_deg[mine])
    medoid, away_m = medoid_of(places_of(spots.lon_deg, spots.lat_deg), spots.weight)
    there = mine[spots.spot == medoid]
    told = texts(table.iloc[there], "incident_id").astype(np.str_)
    row = int(there[np.lexsort((told, first_day[there]))[0]])
    extent = extent_of(
        float(spots.lon_deg[medoid]), float(spots.lat_deg[medoid]), spots.lon_deg, spots.lat_deg
    )
    return _Middle(row, len(spots.weight), float(away_m.max()), extent)


def _dates(day: Floats) -> npt.NDArray[np.datetime64]:
    """Days since 1970 as dates, null for NaN."""
    dates = np.full(len(day), "NaT", dtype="datetime64[s]")
    told = np.isfinite(day)
    dates[told] = day[told].astype(np.int64).astype("datetime64[D]")
    return dates
