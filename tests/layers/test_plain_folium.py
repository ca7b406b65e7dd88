"""Our layers on a map that is folium's own."""

import folium
import geopandas as gpd
import pytest
from folium import plugins

import layers
from tests.layers import small_world
from tests.layers.decoder import blocks


def test_the_plugin_is_embedded_once_after_leaflet(incidents: gpd.GeoDataFrame) -> None:
    map_ = folium.Map(tiles=None)
    layers.UncertaintyLayer(incidents).add_to(map_)
    layers.IncidentLayer(incidents).add_to(map_)
    html = map_.get_root().render()
    plugin = "<script>window.incidentmap = {};</script>"
    assert html.count(plugin) == 1
    assert html.index("dist/leaflet.js") < html.index(plugin) < html.index("</head>")
    assert html.count("<style>.leaflet-container{}</style>") == 1


def test_blocks_stand_before_the_scripts_that_read_them(incidents: gpd.GeoDataFrame) -> None:
    map_ = folium.Map(tiles=None)
    layers.IncidentLayer(incidents).add_to(map_)
    html = map_.get_root().render()
    assert len(blocks(html)) == 2
    for name in blocks(html):
        assert html.index(f'id="{name}"') < html.index("incidentmap.incidents(")


def test_every_layer_joins_layers_of_folium(incidents: gpd.GeoDataFrame) -> None:
    map_ = folium.Map(tiles=None)
    plugins.MarkerCluster([[33, 38]]).add_to(map_)
    for layer in (
        layers.CountryLayer(incidents),
        layers.BorderLayer(small_world.borders()),
        layers.UncertaintyLayer(incidents),
        layers.BorderLinkLayer(incidents),
        layers.IncidentLayer(incidents),
    ):
        layer.add_to(map_)
        assert isinstance(layer, folium.map.Layer)
    folium.LayerControl().add_to(map_)
    html = map_.get_root().render()
    for function in ("countries", "borders", "uncertainty", "borderLinks", "incidents"):
        assert f"incidentmap.{function}(" in html
    assert "incidentmap.open(" not in html


def test_a_layer_may_stand_in_a_group(incidents: gpd.GeoDataFrame) -> None:
    map_ = folium.Map(tiles=None)
    group = folium.FeatureGroup(name="group").add_to(map_)
    layer = layers.IncidentLayer(incidents).add_to(group)
    html = map_.get_root().render()
    assert f"{layer.get_name()}.addTo({group.get_name()});" in html


def test_a_layer_that_is_on_no_map_says_so(incidents: gpd.GeoDataFrame) -> None:
    with pytest.raises(TypeError, match="IncidentLayer: add the layer to a map"):
        layers.IncidentLayer(incidents).render()


def test_folium_can_fit_the_bounds_of_our_layer(incidents: gpd.GeoDataFrame) -> None:
    map_ = folium.Map(tiles=None)
    points = incidents.drop(columns="uncertainty_m")
    layers.IncidentLayer(points).add_to(map_)
    west, south, east, north = points.total_bounds
    assert map_.get_bounds() == [[south, west], [north, east]]
