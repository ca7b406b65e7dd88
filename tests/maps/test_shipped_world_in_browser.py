"""The default map on the shipped world."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd

import layers

#: Tells the colours of the base map at places of the map, as #rrggbb.
COLOURS = """
const base = document.querySelector(".leaflet-pane canvas");
const copy = document.createElement("canvas");
[copy.width, copy.height] = [base.width, base.height];
const pixels = copy.getContext("2d", { willReadFrequently: true });
pixels.drawImage(base, 0, 0);
const box = base.getBoundingClientRect();
const origin = map.getContainer().getBoundingClientRect();
const scale = base.width / box.width;
return places.map(([lon, lat]) => {
  const at = map.latLngToContainerPoint([lat, lon]);
  const x = (at.x + origin.left - box.left) * scale;
  const y = (at.y + origin.top - box.top) * scale;
  const [red, green, blue] = pixels.getImageData(x, y, 1, 1).data;
  return "#" + [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("");
});
"""
SEA, LAND, OTHER_LAND = "#dee7eb", "#fbf9f5", "#efece5"


def test_sea_and_land_have_their_colours_at_every_range_of_zoom(
    visit: Callable[..., Any], incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    assert opened.state()["drawn"] == incidents.geometry.notna().sum()
    for zoom in (4, 7, 9):
        opened.view(34.9, 31.8, zoom)
        places = [[33.6, 32.4], [36.4, 31.7], [33.3, 30.95]]
        found = opened.run(f"const places = {places}; {COLOURS}")
        assert found == [SEA, LAND, OTHER_LAND], zoom


def test_no_sea_lies_beyond_antarctica(
    visit: Callable[..., Any], incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.view(40.0, -85.0, 1)
    # Beyond the edge of the square that the world is drawn in.
    south = opened.run("""
        const edge = map.latLngToContainerPoint([-85.05, 0]);
        return map.containerPointToLatLng(edge.add([0, 90])).lat;
    """)
    assert south < -86
    found = opened.run(f"const places = [[40, -84.5], [40, {south}], [-70, {south}]]; {COLOURS}")
    assert found == [OTHER_LAND] * 3
