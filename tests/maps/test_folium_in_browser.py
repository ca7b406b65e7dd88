"""Common elements of folium on our map, without a network."""

from collections.abc import Callable
from typing import Any

import branca.colormap
import folium
import geopandas as gpd
import pytest
import shapely
from folium import plugins

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

POINTS = [[33.3, 38.7], [33.32, 38.72], [33.34, 38.74]]


def squares() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"code": ["A", "B"], "value": [1, 2]},
        geometry=[shapely.box(36, 31, 38, 33), shapely.box(38, 31, 40, 33)],
        crs="EPSG:4326",
    )


def choropleth() -> Any:
    table = squares()
    return folium.Choropleth(
        table.to_json(),
        table,
        columns=["code", "value"],
        key_on="feature.properties.code",
        legend_name="How many",
    )


#: What a reader must see of each.
SEEN: list[tuple[str, Callable[[], Any], str]] = [
    ("marker", lambda: folium.Marker([33, 38]), ".leaflet-marker-icon"),
    (
        "icon",
        lambda: folium.Marker([33, 38], icon=folium.Icon(color="red", angle=30)),
        ".awesome-marker-icon-red .glyphicon-info-sign",
    ),
    (
        "font awesome",
        lambda: folium.Marker([33, 38], icon=folium.Icon(icon="car", prefix="fa")),
        ".awesome-marker .fa-car",
    ),
    (
        "popup",
        lambda: folium.Marker([33, 38], popup=folium.Popup("read me", show=True)),
        ".leaflet-popup-content >> text=read me",
    ),
    (
        "tooltip",
        lambda: folium.Marker([33, 38], tooltip=folium.Tooltip("stay", permanent=True)),
        ".leaflet-tooltip >> text=stay",
    ),
    ("geojson", lambda: folium.GeoJson(squares()), "path.leaflet-interactive"),
    ("choropleth", choropleth, "svg#legend >> text=How many"),
    (
        "colour scale",
        lambda: branca.colormap.LinearColormap(["white", "black"], caption="Share"),
        "svg#legend >> text=Share",
    ),
    ("cluster", lambda: plugins.MarkerCluster(POINTS), ".marker-cluster >> text=3"),
    (
        "fast cluster",
        lambda: plugins.FastMarkerCluster([[33, 38]]),
        ".awesome-marker-icon-blue",
    ),
    ("heat", lambda: plugins.HeatMap(POINTS), "canvas.leaflet-heatmap-layer"),
    ("fullscreen", plugins.Fullscreen, ".leaflet-control-zoom-fullscreen"),
    ("minimap", plugins.MiniMap, ".leaflet-control-minimap canvas"),
]


@pytest.mark.parametrize(("make", "seen"), [row[1:] for row in SEEN], ids=[row[0] for row in SEEN])
def test_an_element_of_folium_is_seen_and_asks_for_nothing(
    visit: Open, make: Callable[[], Any], seen: str
) -> None:
    map_ = layers.Map(location=[33, 38], zoom_start=7)
    make().add_to(map_)
    opened = visit(map_)
    assert opened.requests == []
    element = opened.page.locator(seen).first
    element.wait_for(state="visible")
    if not seen.startswith("."):
        return
    # It lies in the free part of the window, so that the reader can reach it.
    box = element.bounding_box()
    assert box["width"] > 0
    assert box["height"] > 0


def test_all_of_them_on_one_map_stand_beside_ours(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    map_ = layers.map_incidents(incidents)
    for _, make, _ in SEEN:
        make().add_to(map_)
    opened = visit(map_)
    assert opened.requests == []
    assert opened.state()["drawn"] == incidents.geometry.notna().sum()
    # The panel hears of incidents that were read before it stood there.
    dated = int(incidents["date_start"].notna().sum())
    opened.page.get_by_text(f"{dated} incidents").first.wait_for()
    for _, _, seen in SEEN:
        assert opened.page.locator(seen).count() > 0


def test_a_control_is_not_under_the_panels(visit: Open) -> None:
    map_ = layers.Map(location=[33, 38], zoom_start=7)
    plugins.Fullscreen().add_to(map_)
    plugins.MiniMap().add_to(map_)
    opened = visit(map_)
    opened.settle()
    for seen in (".leaflet-control-zoom-fullscreen", ".leaflet-control-minimap"):
        inside = opened.page.locator(seen).first.evaluate(
            "element => { const box = element.getBoundingClientRect();"
            "const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);"
            "return element.contains(top); }"
        )
        assert inside, seen


def test_one_layer_panel_and_one_scale(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    map_ = layers.map_incidents(incidents, control_scale=True)
    group = folium.FeatureGroup(name="Own group")
    folium.GeoJson(squares()).add_to(group)
    group.add_to(map_)
    folium.LayerControl().add_to(map_)
    opened = visit(map_)
    assert opened.page.locator(".leaflet-control-layers, .leaflet-control-scale").count() == 0
    assert opened.page.locator(".im-scale").count() == 1
    opened.page.get_by_role("button", name="Layers").click()
    opened.page.get_by_role("switch", name="Own group").click()
    opened.page.locator("path.leaflet-interactive").first.wait_for(state="detached")


def test_what_shall_stay_in_front_does_so_when_a_layer_is_switched_on(visit: Open) -> None:
    map_ = layers.Map(location=[33, 38], zoom_start=7)
    front = folium.GeoJson(squares(), name="Front").add_to(map_)
    folium.GeoJson(squares(), name="Later", show=False).add_to(map_)
    map_.keep_in_front(front)
    opened = visit(map_)
    paths = "document.querySelectorAll('path.leaflet-interactive')"
    opened.run(f"window.front = [...{paths}]")
    opened.page.get_by_role("button", name="Layers").click()
    opened.page.get_by_role("switch", name="Later").click()
    opened.wait_until(f"{paths}.length === 4")
    assert opened.run(f"return window.front.includes([...{paths}].at(-1))")


def test_colour_scale_and_overview_leave_a_phone_its_map(visit: Open) -> None:
    map_ = layers.Map(location=[33, 38], zoom_start=7)
    plugins.Fullscreen().add_to(map_)
    plugins.MiniMap().add_to(map_)
    choropleth().add_to(map_)
    opened = visit(map_)
    opened.resize(390, 844)
    assert not opened.page.locator(".leaflet-control-minimap").is_visible()
    scale = opened.page.locator(".legend.leaflet-control").bounding_box()
    assert scale["x"] >= 0
    assert scale["x"] + scale["width"] <= opened.page.locator(".im-tools").bounding_box()["x"]
    button = opened.page.locator(".leaflet-control-zoom-fullscreen").bounding_box()
    assert button["y"] >= scale["y"] + scale["height"]


def test_a_foreign_layer_that_fails_does_not_stop_ours(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    map_ = layers.Map()
    failing = folium.Element("throw new Error('foreign');")
    map_.get_root().script.add_child(failing, name="failing")
    layers.IncidentLayer(incidents).add_to(map_)
    opened = visit(map_)
    assert opened.state()["drawn"] == incidents.geometry.notna().sum()
    assert opened.complaints == ["page error: foreign"]
    opened.complaints.clear()
