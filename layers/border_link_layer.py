"""The way from each incident to the nearest border."""

import geopandas as gpd

from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["BorderLinkLayer"]


class BorderLinkLayer(ViewerLayer):
    """Lines from incidents to the nearest border point, with the distance and its interval.

    The selected incident shows its line while the layer is off. The layer follows the time window
    and the filters of the incident layers on its map.

    Parameters
    ----------
    table
        Incident table, EPSG:4326; needs `incident_id`, `border_pair`, `border_distance_m` and
        `border_bearing_deg`, as `geo.add_borders` adds them. What `encode_incidents` made of a
        table may be given to several layers.
    name
        Name in layer controls.
    show
        Whether the layer is on when the map opens.

    Raises
    ------
    SchemaError
        The table lacks a column, or a column holds what it must not.
    """

    viewer_function = "borderLinks"
    viewer_parts = ("borderLinks",)
    group = "reference"

    def __init__(
        self,
        table: gpd.GeoDataFrame | IncidentBlocks,
        *,
        name: str = "Links to nearest border",
        show: bool = True,
    ) -> None:
        super().__init__(name=name, show=show)
        self.incidents = encode_incidents(
            table,
            by="BorderLinkLayer",
            needs=("border_pair", "border_distance_m", "border_bearing_deg"),
        )

    def drawing(self) -> Drawing:
        """Columns of the incidents, shared with their marks."""
        block = self.incidents.columns
        return Drawing([block], [block.id, {"name": self.layer_name}])
