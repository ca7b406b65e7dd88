"""Hexagons by the number of incidents in them, or by where these are hot and cold."""

import geopandas as gpd

from geo.errors import SchemaError
from geo.hotspots.asking import whole_number
from geo.hotspots.hexagons import FINEST
from layers.hex_columns import HexCells, IncidentCells, encode_cells
from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["HexLayer"]


class HexLayer(ViewerLayer):
    """Hexagons of the H3 grid by the number of incidents, or by hotspots and coldspots.

    Given incidents, the viewer counts them, so the colours follow the time window and all filters.
    Given cells, the colours are those of the table: hot and cold if it has `gi_z`, else counts.

    Parameters
    ----------
    table
        Incident table, EPSG:4326, with `incident_id`; or cells, with `hex_id`, as
        `geo.count_by_hexagon` and `geo.find_hotspots` give them: `count`, and for hotspots `gi_z`
        with `gi_q`, `hotspot` and `hotspot_share` where they are known.
    resolution
        Of the hexagons in which incidents are counted: 4 has hexagons 45 km wide, 5 of 17 km, 6 of
        6 km, 7 of 2.4 km. Cells have their own.
    incidents
        Incident table whose incidents the viewer counts in the given cells.
    name
        Name in layer controls and in the legend.
    show
        Whether the layer is on when the map opens. Of several summaries one is shown at a time.

    Raises
    ------
    SchemaError
        A table lacks a column, or a column holds what it must not.
    ValueError
        The resolution is not from 0 to 15.

    Notes
    -----
    Incidents that are not known well enough for the hexagons are left out, as in
    `geo.count_by_hexagon`; the legend gives their number. A statistic rests on all incidents of its
    table: it does not change with the window, and the legend says so.

    Examples
    --------
    >>> import geopandas, shapely
    >>> table = geopandas.GeoDataFrame(
    ...     {"incident_id": ["a"]}, geometry=[shapely.Point(38.703, 33.306)], crs="EPSG:4326"
    ... )
    >>> HexLayer(table, resolution=6).layer_name
    'Count by hexagon'
    """

    viewer_function = "hexes"
    viewer_parts = ("hexes",)
    group = "summary"

    def __init__(
        self,
        table: gpd.GeoDataFrame | IncidentBlocks,
        *,
        resolution: int = 5,
        incidents: gpd.GeoDataFrame | IncidentBlocks | None = None,
        name: str | None = None,
        show: bool = True,
    ) -> None:
        resolution = whole_number(
            resolution, "HexLayer: the resolution is {}", least=0, most=FINEST
        )
        cells = table if isinstance(table, gpd.GeoDataFrame) and "hex_id" in table else None
        if cells is None and isinstance(table, gpd.GeoDataFrame) and _are_provinces(table):
            raise SchemaError(
                "HexLayer: the table holds provinces, not hexagons; expected incidents, or what"
                " geo.count_by_hexagon gives. ChoroplethLayer counts incidents by province, and"
                " folium.GeoJson draws hot provinces (docs/hotspots.md)."
            )
        counted = table if cells is None else incidents
        judged = cells is not None and "gi_z" in cells
        super().__init__(name=name or ("Hotspots" if judged else "Count by hexagon"), show=show)
        self.incidents = None if counted is None else encode_incidents(counted, by="HexLayer")
        #: Whether the hexagons are those of the incidents, not of a table.
        self._from_incidents = cells is None
        self._cells = (
            HexCells.none(resolution) if cells is None else HexCells.of(cells, by="HexLayer")
        )

    def drawing(self) -> Drawing:
        """Hexagons, what is known of each, and the hexagon of each incident."""
        options = {"name": self.layer_name}
        cells, shared = self._cells, self.incidents
        if shared is None:
            block = encode_cells(cells)
            return Drawing([block], [block.id, None, options])
        found = IncidentCells.of(shared, cells.resolution, cells.coarsest_m)
        if self._from_incidents:
            cells = found.occupied()
        block = encode_cells(cells, found.codes(cells.numbers))
        return Drawing([block, shared.columns], [block.id, shared.columns.id, options])

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Bounds as Leaflet writes them: [[south, west], [north, east]] in degrees."""
        shared = self.incidents
        bounds = shared.bounds if self._from_incidents and shared else self._cells.bounds()
        west, south, east, north = bounds or (None,) * 4
        return [[south, west], [north, east]]


def _are_provinces(table: gpd.GeoDataFrame) -> bool:
    """Whether a table is one of `geo.count_by_province`."""
    return {"admin1_code", "count"} <= set(table.columns) and "incident_id" not in table
