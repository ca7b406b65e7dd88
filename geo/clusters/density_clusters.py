"""Clusters of incidents by density, in space or in space and time (DBSCAN, ST-DBSCAN)."""

import geopandas as gpd

from geo.clusters.density import density_groups
from geo.clusters.numbering import cluster_column
from geo.clusters.spots import spots_of
from geo.joins.columns import with_columns
from geo.joins.line_distance import measured_rows
from geo.joins.points import points_of
from geo.proximity.amounts import check_amounts
from geo.proximity.civil_days import civil_days
from geo.schema import require

__all__ = ["add_clusters"]


def add_clusters(
    table: gpd.GeoDataFrame,
    *,
    distance_m: float,
    min_incidents: int = 5,
    days: float | None = None,
) -> gpd.GeoDataFrame:
    """Add the cluster of each incident: dense groups within a geodesic distance in metres.

    Parameters
    ----------
    table
        Points in any CRS. Incidents without a point, or known only to a province or a country, are
        in no cluster; with `days`, neither are those without a date, known only to a month or a
        year (`date_precision`), or of a span of more days: they would chain what is far apart.
    distance_m
        Greatest distance to a neighbour, inclusive.
    min_incidents
        An incident with so many neighbours, itself among them, is dense.
    days
        Greatest number of days from one span (`date_start` to `date_end`) to a neighbour's,
        inclusive; None for any.

    Returns
    -------
    geopandas.GeoDataFrame
        The table with the column `cluster`: 1, 2, 3 ..., null for incidents that are in none. A
        column of this name is replaced.

    Raises
    ------
    SchemaError
        The table has no CRS, or with `days` no `date_start`; a cell of the dates is no date.
    ValueError
        The distance or the days are below 0 or no number, or `min_incidents` is below 1.

    Notes
    -----
    With N(p) the incidents within the distance (and the days) of p, p is *dense* where

        |N(p)| >= min_incidents.

    Dense incidents that are neighbours are in one cluster; one that is not dense, but has a dense
    neighbour, belongs to the cluster of the nearest one (in metres, then in days, then the most
    western, southern and earliest). Sources: Ester, Kriegel, Sander & Xu 1996, "A density-based
    algorithm for discovering clusters in large spatial databases with noise", KDD-96; with days
    Birant & Kut 2007, doi:10.1016/j.datak.2006.01.013, without its bound on other values.

    Cluster 1 has the most incidents; of equal ones that with the earliest date comes first, then
    the most western one. So neither the clusters nor their numbers depend on the order of rows.

    Distances are those between the points; `uncertainty_m` is not used. What lies on the point of a
    province or a country, and does not say so by its `precision`, is a cluster: leave it out
    before, with `geo.find_centroid_piles`. From 19,900 km on, what is nearly opposite on the globe
    counts as a neighbour. Time and memory grow with the number of incidents, not with that of
    pairs, so that no distance is too great.

    Examples
    --------
    >>> import pandas as pd
    >>> incidents = gpd.GeoDataFrame(
    ...     {"date_start": pd.to_datetime(["2024-01-28", "2024-01-29", "2024-03-01", None])},
    ...     geometry=gpd.points_from_xy([38.70, 38.71, 38.72, 36.7], [33.3, 33.3, 33.3, 34.7]),
    ...     crs=4326,
    ... )
    >>> add_clusters(incidents, distance_m=1_000, min_incidents=3)["cluster"].tolist()
    [1, 1, 1, <NA>]
    >>> add_clusters(incidents, distance_m=1_000, min_incidents=2, days=7)["cluster"].tolist()
    [1, 1, <NA>, <NA>]
    """
    check_amounts(by="add_clusters", distance_m=distance_m, days=days)
    if min_incidents < 1:
        raise ValueError(f"add_clusters: min_incidents is {min_incidents}; expected 1 or more")
    points = points_of(table, by="add_clusters")
    rows = measured_rows(table, points)
    when = civil_days(table)
    if days is None:
        spots = spots_of(points.lon_deg[rows], points.lat_deg[rows])
    else:
        require(table, ("date_start",), by="add_clusters with days")
        begin, end = when.whole_spans()
        timely = (end - begin <= days) & when.tells_day
        rows = rows[timely[rows]]
        spots = spots_of(points.lon_deg[rows], points.lat_deg[rows], begin[rows], end[rows])
    group = density_groups(spots, distance_m=distance_m, days=days, min_incidents=min_incidents)
    return with_columns(
        table, {"cluster": cluster_column(group, spots, when.first[rows], rows, len(table))}
    )
