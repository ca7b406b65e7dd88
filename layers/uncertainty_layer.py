"""The ground in which each incident may lie."""

import geopandas as gpd

from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["UncertaintyLayer"]


class UncertaintyLayer(ViewerLayer):
    """Discs that hold the true place of an incident with 90 % probability.

    Where a row has a `footprint`, that area stands for the disc. Both show as soon as they are
    larger than the mark. The layer follows the time window and the
    filters of the incident layers on its map.

    Parameters
    ----------
    table
        Incident table, EPSG:4326; needs `incident_id` and `uncertainty_m`, and may have
        `footprint`: polygons, or null. What `encode_incidents` made of a table may be given to
        several layers.
    name
        Name in layer controls.
    show
        Whether the layer is on when the map opens.

    Raises
    ------
    SchemaError
        The table lacks a column, or a column holds what it must not.
    """

    viewer_function = "uncertainty"
    group = "incidents"

    def __init__(
        self,
        table: gpd.GeoDataFrame | IncidentBlocks,
        *,
        name: str = "Uncertainty areas",
        show: bool = True,
    ) -> None:
        super().__init__(name=name, show=show)
        self.incidents = encode_incidents(table, by="UncertaintyLayer", needs=("uncertainty_m",))

    def drawing(self) -> Drawing:
        """Columns of the incidents, shared with their marks, and their footprints."""
        block, footprints = self.incidents.columns, self.incidents.footprints
        options = {"name": self.layer_name}
        if footprints is None:
            return Drawing([block], [block.id, options, None])
        return Drawing([block, footprints], [block.id, options, footprints.id])
