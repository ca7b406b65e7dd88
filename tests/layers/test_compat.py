"""Common elements of folium are carried: only those that a map uses, and nothing is asked for."""

import re
from collections.abc import Callable
from typing import Any

import branca.colormap
import folium
import geopandas as gpd
import pytest
import shapely
from folium import plugins

import layers

POINTS = [[33.3, 38.7], [33.4, 38.8]]


def popup() -> Any:
    return folium.Marker([33, 38], popup=folium.Popup("text"))


def choropleth() -> Any:
    squares = gpd.GeoDataFrame(
        {"code": ["A", "B"], "value": [1, 2]},
        geometry=[shapely.box(36, 31, 38, 33), shapely.box(38, 31, 40, 33)],
        crs="EPSG:4326",
    )
    return folium.Choropleth(
        squares.to_json(), squares, columns=["code", "value"], key_on="feature.properties.code"
    )


OWN_MARKERS = "function (row) { return L.marker(new L.LatLng(row[0], row[1])); }"
CARRIED: list[tuple[Callable[[], Any], set[str]]] = [
    (popup, {"popup"}),
    (lambda: folium.Marker([33, 38], icon=folium.Icon()), {"icon"}),
    (lambda: folium.Marker([33, 38], icon=folium.Icon(prefix="fa")), {"icon", "fontawesome"}),
    (lambda: plugins.MarkerCluster(POINTS), {"cluster"}),
    (lambda: plugins.FastMarkerCluster(POINTS), {"cluster", "icon"}),
    (lambda: plugins.FastMarkerCluster(POINTS, callback=OWN_MARKERS), {"cluster"}),
    (lambda: plugins.HeatMap(POINTS), {"heat"}),
    (plugins.Fullscreen, {"fullscreen"}),
    (plugins.MiniMap, {"minimap"}),
    (lambda: branca.colormap.linear.viridis.scale(0, 1), {"scale"}),
    (choropleth, {"scale"}),
    (lambda: folium.Marker([33, 38], tooltip="text"), set()),
]


@pytest.mark.parametrize(("make", "parts"), CARRIED)
@pytest.mark.parametrize("online", [False, True])
def test_a_map_carries_what_its_elements_need_and_no_more(
    make: Callable[[], Any], parts: set[str], *, online: bool
) -> None:
    map_ = layers.Map(online=online)
    make().add_to(map_)
    html = map_.get_root().render()
    assert set(re.findall(r"/\* (\w+) \*/", html)) == parts
    assert "https://" not in html


def test_carried_scripts_extend_the_leaflet_of_the_page() -> None:
    map_ = layers.Map()
    popup().add_to(map_)
    html = map_.get_root().render()
    assert html.index("window.L = {}") < html.index("/* popup */") < html.index("<body>")


def test_a_minimap_shows_the_ground_of_its_map() -> None:
    map_ = layers.Map()
    plugins.MiniMap().add_to(map_)
    html = map_.get_root().render()
    ground = re.search(r"var (country_layer_\w+) =", html)
    assert ground
    assert f"incidentmap.overview({ground[1]})" in html


def test_what_was_drawn_leaves_the_tree_as_it_was() -> None:
    map_ = layers.Map(online=True)
    tiles = folium.TileLayer("https://tile.example/{z}/{x}/{y}.png", attr="Example").add_to(map_)
    small = plugins.MiniMap().add_to(map_)
    first = map_.get_root().render()
    assert tiles.show
    assert isinstance(small.tile_layer, folium.TileLayer)
    assert map_.get_root().render() == first
