"""Clusters of incidents of any density (HDBSCAN, by scikit-learn)."""

from typing import Any

import geopandas as gpd
import numpy as np

from geo.clusters.numbering import cluster_column
from geo.clusters.spots import spots_of
from geo.errors import MissingExtraError
from geo.joins.columns import spread, with_columns
from geo.joins.line_distance import measured_rows
from geo.joins.points import points_of
from geo.proximity.date_columns import spans_of
from geo.spatial.chords import places_of

__all__ = ["add_hierarchical_clusters"]


def add_hierarchical_clusters(
    table: gpd.GeoDataFrame, *, min_incidents: int = 5
) -> gpd.GeoDataFrame:
    """Add the cluster of each incident, found without a distance: dense groups of any density.

    Needs scikit-learn: `pip install incidentmap[stats]`.

    Parameters
    ----------
    table
        Points in any CRS. Incidents without a point, or known only to a province or a country, are
        in no cluster.
    min_incidents
        A smaller group is no cluster; also how many incidents, itself among them, make the core
        distance of an incident. At least 2.

    Returns
    -------
    geopandas.GeoDataFrame
        The table with the columns `cluster`: 1, 2, 3 ..., null for incidents that are in none; and
        `cluster_probability`, how firmly it belongs to it, from 0 to 1, null where it is in none.
        Columns of these names are replaced.

    Raises
    ------
    MissingExtraError
        scikit-learn is not installed.
    SchemaError
        The table has no CRS.
    ValueError
        `min_incidents` is below 2.

    Notes
    -----
    Source: Campello, Moulavi & Sander 2013, "Density-based clustering based on hierarchical density
    estimates", doi:10.1007/978-3-642-37456-2_14, in the implementation of scikit-learn. Distances
    are chords through the earth, which at 100 km are 1 m shorter than the geodesic. The time grows
    with the square of the number of incidents, the memory does not.

    What lies on the point of a province or a country, and does not say so by its `precision`, is a
    cluster: leave it out before, with `geo.find_centroid_piles`.

    Incidents are handed over by position, so that neither the clusters nor their numbers depend on
    the order of rows; clusters are numbered as by `add_clusters`. All incidents are never one
    single cluster.
    """
    if min_incidents < 2:
        raise ValueError(
            f"add_hierarchical_clusters: min_incidents is {min_incidents}; expected 2 or more"
        )
    try:
        # It is an extra.
        from sklearn.cluster import HDBSCAN  # noqa: PLC0415  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise MissingExtraError(
            "add_hierarchical_clusters needs scikit-learn, which is not installed; install it with"
            " pip install 'incidentmap[stats]', or use add_clusters."
        ) from error
    points = points_of(table, by="add_hierarchical_clusters")
    rows = measured_rows(table, points)
    spots = spots_of(points.lon_deg[rows], points.lat_deg[rows])
    group, firm = np.full(len(spots.weight), -1), np.zeros(len(spots.weight))
    if len(rows) >= min_incidents:
        spot = np.sort(spots.spot)
        # Its default for `copy` is a text that warns, which a type checker takes for its type.
        options: dict[str, Any] = {"min_cluster_size": min_incidents, "copy": True}
        search = HDBSCAN(**options)
        search.fit(places_of(spots.lon_deg, spots.lat_deg).xyz_m.T[spot])
        # Equal distances may cut a pile in two; it goes where it belongs most firmly.
        order = np.lexsort((search.labels_, -search.probabilities_, spot))
        best = order[np.diff(spot[order], prepend=-1) != 0]
        group, firm = search.labels_[best].astype(np.int64), search.probabilities_[best]
    first_day, _ = (side[rows] for side in spans_of(table))
    firm = np.where(group < 0, np.nan, firm)
    return with_columns(
        table,
        {
            "cluster": cluster_column(group, spots, first_day, rows, len(table)),
            "cluster_probability": spread(firm[spots.spot], rows, len(table)),
        },
    )
