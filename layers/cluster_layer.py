"""Clusters of incidents: what they span, where their middle is, and how many are shown."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.clusters.summaries import summarise_clusters
from layers.extent import extent
from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.payload import Column, delta, integers, pack, plain, texts
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["ClusterLayer"]

_UNITS_PER_DEGREE = 1e5


class ClusterLayer(ViewerLayer):
    """Outlines of clusters, with the number and the dates of their incidents that the map shows.

    A cluster of which no incident is shown is hidden. The layer follows the time window and the
    filters of its map; what a cluster is does not change with them.

    Parameters
    ----------
    table
        Incident table, EPSG:4326; needs `incident_id` and `cluster`, as `geo.add_clusters` adds it.
        What `encode_incidents` made of a table may be given to several layers.
    name
        Name in layer controls and in the legend.
    show
        Whether the layer is on when the map opens.

    Raises
    ------
    SchemaError
        The table lacks a column, or a column holds what it must not.

    Notes
    -----
    Where a page groups its incidents because of its size, groups keep their cluster.

    Examples
    --------
    >>> import geo, geopandas
    >>> incidents = geopandas.GeoDataFrame(
    ...     {"incident_id": ["a", "b", "c"]},
    ...     geometry=geopandas.points_from_xy([38.70, 38.71, 38.72], [33.3, 33.3, 33.3]),
    ...     crs="EPSG:4326",
    ... )
    >>> found = geo.add_clusters(incidents, distance_m=2_000, min_incidents=3)
    >>> ClusterLayer(found).count
    1
    """

    viewer_function = "clusterHulls"
    viewer_parts = ("clusterHulls",)
    group = "incidents"

    def __init__(
        self,
        table: gpd.GeoDataFrame | IncidentBlocks,
        *,
        name: str = "Clusters",
        show: bool = True,
    ) -> None:
        super().__init__(name=name, show=show)
        self.incidents = encode_incidents(table, by="ClusterLayer", needs=("cluster",))
        summary = summarise_clusters(self.incidents.source)
        #: How many clusters there are.
        self.count = len(summary)
        self._numbers = summary["cluster"].to_numpy(dtype=np.int64)
        self._columns = _hulls(summary)
        middles = shapely.get_coordinates(summary.geometry.to_numpy())
        self._bounds = extent(middles, reach_m=summary["radius_m"].to_numpy())
        self._of_rows = _cluster_of_each(self.incidents, self._numbers)
        self._ungrouped = self.incidents.columns.id

    def drawing(self) -> Drawing:
        """Outlines and middles, and the cluster of each incident."""
        shared = self.incidents
        grouped = shared.columns.id != self._ungrouped
        of_rows = _cluster_of_each(shared, self._numbers) if grouped else self._of_rows
        lost = grouped and "cluster" not in shared.source
        block = pack(self._columns | {"cluster": of_rows}, {"grouped": True} if lost else {})
        options = {"name": self.layer_name}
        return Drawing([block, shared.columns], [block.id, shared.columns.id, options])

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Bounds as Leaflet writes them: [[south, west], [north, east]] in degrees."""
        west, south, east, north = self._bounds or (None,) * 4
        return [[south, west], [north, east]]


def _hulls(summary: gpd.GeoDataFrame) -> dict[str, Column]:
    """Names, sizes, middles and outlines of clusters."""
    middles = shapely.get_coordinates(summary.geometry.to_numpy())
    lon, lat = np.rint(middles * _UNITS_PER_DEGREE).astype(np.int32).T
    parts, of_part = shapely.get_parts(summary["extent"].to_numpy(), return_index=True)
    rings = shapely.get_exterior_ring(parts)
    corners = shapely.get_coordinates(rings)
    x, y = np.rint(corners * _UNITS_PER_DEGREE).astype(np.int32).T
    return {
        "name": texts(summary["cluster"].astype("str")),
        "total": plain(summary["incidents"].to_numpy(), "i32"),
        "lon": delta(lon),
        "lat": delta(lat),
        "x": delta(x),
        "y": delta(y),
        "ring_length": plain(shapely.get_num_coordinates(rings), "i32"),
        "ring_cluster": plain(of_part, "i32"),
    }


def _cluster_of_each(incidents: IncidentBlocks, numbers: np.ndarray) -> Column:
    """Place of each row's cluster among the numbers, which rise; after them stands none."""
    if "cluster" not in incidents.source:
        return integers(np.full(len(incidents.order), len(numbers)))
    # Groups of incidents keep their cluster as a word.
    own = pd.to_numeric(incidents.source["cluster"], errors="coerce")
    wanted = own.to_numpy(dtype=np.float64, na_value=np.nan)[incidents.order]
    place = np.searchsorted(numbers, wanted)
    found = np.isin(wanted, numbers)
    return integers(np.where(found, place, len(numbers)))
