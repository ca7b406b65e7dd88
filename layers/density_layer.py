"""The density of incidents as a surface."""

import geopandas as gpd
import numpy as np

from geo.hotspots.coarse import coarse_rows
from geo.joins.points import points_of
from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.payload import Block, pack, plain
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["DensityLayer"]


class DensityLayer(ViewerLayer):
    """Kernel density of the incidents that the map shows, in incidents per km².

    The viewer computes the surface for what is in sight, so it follows the time window and all
    filters. The classes follow the densest place in sight; the legend says them.

    Parameters
    ----------
    table
        Incident table, EPSG:4326; needs `incident_id`. `uncertainty_m` and `precision` are used
        where the table has them. What `encode_incidents` made of a table may be given to several
        layers.
    bandwidth_m
        Radius of the kernel: how far each incident is spread, in metres on the ground.
    coarsest_m
        Greatest `uncertainty_m` of an incident that is in the surface; the bandwidth by default.
        Others, those known only to a province or a country, and piles of incidents on the point of
        one, are left out; the legend gives their number.
    name
        Name in layer controls and in the legend.
    show
        Whether the layer is on when the map opens. Of several summaries one is shown at a time.

    Raises
    ------
    SchemaError
        The table lacks a column, or a column holds what it must not.
    ValueError
        The bandwidth is not above 0.

    Notes
    -----
    The kernel is quartic, 3 / (π h²) (1 - (d / h)²)² for a distance d below the bandwidth h
    (Silverman 1986, 4.5), as in `geo.kernel_density`; d is measured on WGS 84.

    Examples
    --------
    >>> import geopandas, shapely
    >>> table = geopandas.GeoDataFrame(
    ...     {"incident_id": ["a"]}, geometry=[shapely.Point(38.703, 33.306)], crs="EPSG:4326"
    ... )
    >>> DensityLayer(table, bandwidth_m=25_000).bandwidth_m
    25000.0
    """

    viewer_function = "density"
    viewer_parts = ("density",)
    group = "summary"

    def __init__(
        self,
        table: gpd.GeoDataFrame | IncidentBlocks,
        *,
        bandwidth_m: float,
        coarsest_m: float | None = None,
        name: str = "Density",
        show: bool = True,
    ) -> None:
        if not 0 < bandwidth_m < np.inf:
            raise ValueError(f"DensityLayer: bandwidth_m is {bandwidth_m}; expected above 0.")
        super().__init__(name=name, show=show)
        self.bandwidth_m = float(bandwidth_m)
        self.coarsest_m = self.bandwidth_m if coarsest_m is None else float(coarsest_m)
        self.incidents = encode_incidents(table, by="DensityLayer")

    def drawing(self) -> Drawing:
        """Which incidents are left out, and the columns of all, shared with their marks."""
        shared = self.incidents.columns
        block = _left_out(self.incidents, self.bandwidth_m, self.coarsest_m)
        return Drawing([block, shared], [block.id, shared.id, {"name": self.layer_name}])


def _left_out(incidents: IncidentBlocks, bandwidth_m: float, coarsest_m: float) -> Block:
    """Block of a flag for each row: 1 where its place is not known well enough."""
    points = points_of(incidents.source, by="DensityLayer")
    coarse = coarse_rows(incidents.source, points, coarsest_m=coarsest_m) | ~points.placed
    return pack({"left_out": plain(coarse[incidents.order], "u8")}, {"bandwidth_m": bandwidth_m})
