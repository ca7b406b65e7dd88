"""The user's own places on the map."""

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import SchemaError
from geo.schema import CRS, require
from layers.extent import extent
from layers.payload import delta, pack, texts
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["SiteLayer"]

_UNITS_PER_DEGREE = 1e5


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
        lonlat, names = _places(table, label)
        #: How many places the layer shows.
        self.count = len(lonlat)
        steps = np.rint(lonlat * _UNITS_PER_DEGREE).astype(np.int32)
        columns = {"lon": delta(steps[:, 0]), "lat": delta(steps[:, 1]), "name": texts(names)}
        self._block = pack(columns, {})
        self._bounds = extent(lonlat)

    def drawing(self) -> Drawing:
        """Places and their names."""
        return Drawing([self._block], [self._block.id, {"name": self.layer_name}])

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Bounds as Leaflet writes them: [[south, west], [north, east]] in degrees."""
        west, south, east, north = self._bounds or (None,) * 4
        return [[south, west], [north, east]]


def _places(table: gpd.GeoDataFrame, label: str) -> tuple[np.ndarray, list[str | None]]:
    """Longitude and latitude in degrees, shape (n, 2), and the name of each place."""
    require(table, (label, "geometry"), by="SiteLayer")
    if table.crs is None or table.crs.to_epsg() != 4326:
        raise SchemaError(
            f"SiteLayer: the CRS is {table.crs}, expected {CRS}; use table.to_crs(4326)."
        )
    geometry = np.asarray(table.geometry.array)
    placed = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    other = placed & (shapely.get_type_id(geometry) != shapely.GeometryType.POINT)
    if other.any():
        row = int(np.argmax(other))
        raise SchemaError(
            f"SiteLayer: a {geometry[row].geom_type} in row {table.index[row]}, expected a Point "
            "or null; use table.representative_point()."
        )
    names = table.loc[placed, label]
    return (
        shapely.get_coordinates(geometry[placed]),
        [None if missing else str(text) for text, missing in zip(names, names.isna(), strict=True)],
    )
