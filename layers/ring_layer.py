"""Rings round sites, with the incidents in each."""

from collections.abc import Iterable, Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.joins.line_distance import measured_rows
from geo.joins.points import points_of
from geo.spatial.points import PointIndex
from layers.extent import extent
from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.payload import Block, Column, delta, integers, pack
from layers.site_places import places_of
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["RingLayer"]

#: Nothing on WGS 84 is farther away.
_HALF_MERIDIAN_M = 20_003_931.5


class RingLayer(ViewerLayer):
    """Rings at some distances in metres round sites: true circles on the ellipsoid.

    With `incidents` each ring says how many of those that the map shows lie in it, and follows the
    time window and all filters.

    Parameters
    ----------
    sites
        Points in EPSG:4326; rows without a point are left out.
    distances_m
        Outer radius of each ring, growing; the first ring is a disc. A ring holds its outer edge,
        not its inner one.
    incidents
        Incident table, EPSG:4326; needs `incident_id`. Counted by their points, as
        `geo.count_in_rings` does; those known only to a province or a country are in no ring. What
        `encode_incidents` made of a table may be given to several layers.
    label
        Column that holds the names of the sites.
    name
        Name in layer controls and in the legend.
    show
        Whether the layer is on when the map opens.

    Raises
    ------
    SchemaError
        A column is missing, a CRS is another one, or a geometry is no point.
    ValueError
        The distances are none, do not grow, or reach beyond half a meridian (20,003,931.5 m).

    Examples
    --------
    >>> import geopandas, shapely
    >>> sites = geopandas.GeoDataFrame(
    ...     {"name": ["Tower 22"]}, geometry=[shapely.Point(38.703, 33.306)], crs="EPSG:4326"
    ... )
    >>> RingLayer(sites, distances_m=[5_000, 25_000]).distances_m
    (5000.0, 25000.0)
    """

    viewer_function = "rings"
    viewer_parts = ("rings",)
    group = "reference"

    def __init__(
        self,
        sites: gpd.GeoDataFrame,
        *,
        distances_m: Sequence[float],
        incidents: gpd.GeoDataFrame | IncidentBlocks | None = None,
        label: str = "name",
        name: str = "Rings",
        show: bool = True,
    ) -> None:
        super().__init__(name=name, show=show)
        #: Outer radius of each ring, in metres.
        self.distances_m = _growing(distances_m)
        self.incidents = None
        if incidents is not None:
            self.incidents = encode_incidents(incidents, by="RingLayer")
        self._places = places_of(sites, label, by="RingLayer")
        reach_m = np.full(len(self._places.names), self.distances_m[-1])
        self._bounds = extent(self._places.lonlat, reach_m=reach_m)

    def drawing(self) -> Drawing:
        """Sites, distances, and which incident lies in which ring."""
        columns = self._places.columns()
        if self.incidents is not None:
            columns |= _members(self.incidents, self._places.lonlat, self.distances_m)
        block = pack(columns, {"distances_m": self.distances_m})
        options = {"name": self.layer_name}
        if self.incidents is None:
            return Drawing([block], [block.id, None, options])
        shared: Block = self.incidents.columns
        return Drawing([block, shared], [block.id, shared.id, options])

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Bounds as Leaflet writes them: [[south, west], [north, east]] in degrees."""
        west, south, east, north = self._bounds or (None,) * 4
        return [[south, west], [north, east]]


def _growing(distances_m: object) -> tuple[float, ...]:
    edges = tuple(map(float, distances_m)) if isinstance(distances_m, Iterable) else ()
    grows = bool((np.diff([0.0, *edges]) > 0).all())
    if not edges or not grows or not edges[-1] <= _HALF_MERIDIAN_M:
        raise ValueError(
            f"RingLayer: distances_m is {distances_m!r:.200}; expected growing metres, in a "
            f"list, above 0 and up to {_HALF_MERIDIAN_M:,}."
        )
    return edges


def _members(
    incidents: IncidentBlocks, lonlat: npt.NDArray[np.float64], distances_m: tuple[float, ...]
) -> dict[str, Column]:
    """Row of an incident and number of a ring, for each pair; sorted by row."""
    points = points_of(incidents.source, by="RingLayer")
    rows = measured_rows(incidents.source, points)
    query = point = np.empty(0, dtype=np.int64)
    ring = np.empty(0, dtype=np.int64)
    if len(lonlat) and len(rows):
        index = PointIndex(lonlat[:, 0].copy(), lonlat[:, 1].copy())
        asked = points.lon_deg[rows], points.lat_deg[rows]
        query, point, distance_m = index.within(*asked, distance_m=distances_m[-1])
        ring = point * len(distances_m) + np.searchsorted(distances_m, distance_m)
    row = incidents.row_of()[rows[query]]
    order = np.lexsort((ring, row))
    return {"row": delta(row[order]), "ring": integers(ring[order])}
