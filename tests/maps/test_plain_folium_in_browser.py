"""Our layers on folium's own map, beside a plugin that extends the page's Leaflet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pytest
from folium import plugins

import layers
from tests.layers.incident_tables import TOWER_22

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

CLUSTERED = [[33.3, 38.7], [33.31, 38.71], [33.32, 38.72]]


def plain_map() -> folium.Map:
    return folium.Map(location=[33.3, 38.7], zoom_start=7, tiles=None, maxZoom=18)


@pytest.mark.parametrize("plugin_first", [True, False])
def test_a_plugin_works_before_and_after_our_layers(
    visit: Open, incidents: gpd.GeoDataFrame, folium_files: dict[str, Path], *, plugin_first: bool
) -> None:
    map_ = plain_map()
    ours = [layers.CountryLayer(incidents), layers.IncidentLayer(incidents)]
    cluster = [plugins.MarkerCluster(CLUSTERED)]
    for layer in [*cluster, *ours] if plugin_first else [*ours, *cluster]:
        layer.add_to(map_)
    opened = visit(map_, served=folium_files)
    assert opened.state()["drawn"] > 0
    assert opened.page.locator(".marker-cluster").inner_text() == "3"


def test_a_mark_can_be_clicked_on_a_plain_map(
    visit: Open, incidents: gpd.GeoDataFrame, folium_files: dict[str, Path]
) -> None:
    map_ = plain_map()
    layers.IncidentLayer(incidents).add_to(map_)
    opened = visit(map_, served=folium_files)
    opened.view(*TOWER_22, zoom=12)
    opened.click_place(*TOWER_22)
    opened.page.get_by_text("Drone attack on Tower 22").first.wait_for()


def test_the_layer_control_of_folium_takes_our_layer_off(
    visit: Open, incidents: gpd.GeoDataFrame, folium_files: dict[str, Path]
) -> None:
    map_ = plain_map()
    layers.IncidentLayer(incidents, name="Reports").add_to(map_)
    folium.LayerControl(collapsed=False).add_to(map_)
    opened = visit(map_, served=folium_files)
    opened.page.get_by_label("Reports").click()
    opened.wait_for("state.drawn === 0")
