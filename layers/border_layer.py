"""Border lines at full precision."""

import geopandas as gpd

from layers.line_columns import encode_lines
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["BorderLayer"]


class BorderLayer(ViewerLayer):
    """Borders as lines: solid where agreed, dashed where disputed, indefinite or a line of control.

    Parameters
    ----------
    table
        Lines in EPSG:4326 with `border_pair` and `status`, such as `geo.borders()` returns.
    name
        Name in layer controls.
    show
        Whether the layer is on when the map opens.

    Raises
    ------
    SchemaError
        The table lacks a column, or a geometry is no line.
    """

    viewer_function = "borders"
    viewer_parts = ("borders",)
    group = "reference"

    def __init__(
        self, table: gpd.GeoDataFrame, *, name: str = "Borders", show: bool = True
    ) -> None:
        super().__init__(name=name, show=show)
        self.lines = encode_lines(table, by="BorderLayer")
        west, south, east, north = table.total_bounds.tolist() if len(table) else (None,) * 4
        self._bounds = [[south, west], [north, east]]

    def drawing(self) -> Drawing:
        """Lines and what they divide."""
        return Drawing([self.lines], [self.lines.id, {"name": self.layer_name}])

    def shipped_files(self) -> tuple[str, ...]:
        """Shipped files that `geo.borders` reads."""
        return ("atom_arcs.parquet", "atom_vertices.npy")

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Bounds as Leaflet writes them: [[south, west], [north, east]] in degrees."""
        return self._bounds
