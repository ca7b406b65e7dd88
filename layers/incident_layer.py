"""The marks of the incidents."""

import geopandas as gpd

from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["IncidentLayer"]


class IncidentLayer(ViewerLayer):
    """Incidents as marks: the vaguer the place, the more open the mark.

    Parameters
    ----------
    table
        Incident table, EPSG:4326; needs `incident_id`. Rows without a point are counted and
        listed. What `encode_incidents` made of a table may be given to several layers.
    name
        Name in layer controls.
    show
        Whether the layer is on when the map opens.

    Raises
    ------
    SchemaError
        The table lacks a column, or a column holds what it must not.

    Examples
    --------
    >>> import geopandas, shapely
    >>> table = geopandas.GeoDataFrame(
    ...     {"incident_id": ["a"], "title": ["Drone attack on Tower 22"]},
    ...     geometry=[shapely.Point(38.703, 33.306)],
    ...     crs="EPSG:4326",
    ... )
    >>> IncidentLayer(table).layer_name
    'Points and clusters'
    """

    viewer_function = "incidents"
    group = "incidents"

    def __init__(
        self,
        table: gpd.GeoDataFrame | IncidentBlocks,
        *,
        name: str = "Points and clusters",
        show: bool = True,
    ) -> None:
        super().__init__(name=name, show=show)
        self.incidents = encode_incidents(table, by="IncidentLayer")

    def drawing(self) -> Drawing:
        """Columns and texts of the incidents."""
        blocks = self.incidents.columns, self.incidents.texts
        return Drawing(blocks, [*(block.id for block in blocks), {"name": self.layer_name}])

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Bounds as Leaflet writes them: [[south, west], [north, east]] in degrees."""
        west, south, east, north = self.incidents.bounds or (None,) * 4
        return [[south, west], [north, east]]
