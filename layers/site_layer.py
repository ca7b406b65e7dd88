"""The user's own places on the map."""

import geopandas as gpd

from layers.extent import extent
from layers.payload import pack
from layers.site_places import places_of
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["SiteLayer"]


class SiteLayer(ViewerLayer):
    """Places such as camps, offices or crossings: diamonds in ink, which no incident has.

    Parameters
    ----------
    table
        Points in EPSG:4326; rows without a point are left out.
    label
        Column that holds the names of the places; a place without a name goes without.
    name
        Name in layer controls and in the legend.
    show
        Whether the layer is on when the map opens.

    Raises
    ------
    SchemaError
        The column is missing, the CRS is another one, or a geometry is no point.

    Examples
    --------
    >>> import geopandas, shapely
    >>> sites = geopandas.GeoDataFrame(
    ...     {"name": ["Tower 22"]}, geometry=[shapely.Point(38.703, 33.306)], crs="EPSG:4326"
    ... )
    >>> SiteLayer(sites).count
    1
    """

    viewer_function = "sites"
    viewer_parts = ("sites",)
    group = "reference"

    def __init__(
        self,
        table: gpd.GeoDataFrame,
        *,
        label: str = "name",
        name: str = "Sites",
        show: bool = True,
    ) -> None:
        super().__init__(name=name, show=show)
        places = places_of(table, label, by="SiteLayer")
        #: How many places the layer shows.
        self.count = len(places.names)
        self._block = pack(places.columns(), {})
        self._bounds = extent(places.lonlat)

    def drawing(self) -> Drawing:
        """Places and their names."""
        return Drawing([self._block], [self._block.id, {"name": self.layer_name}])

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Bounds as Leaflet writes them: [[south, west], [north, east]] in degrees."""
        west, south, east, north = self._bounds or (None,) * 4
        return [[south, west], [north, east]]
