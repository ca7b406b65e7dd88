"""What needs the network is refused by name, unless it was allowed."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import pytest
from branca.element import CssLink, JavascriptLink
from folium import plugins

import layers
from layers.errors import OnlineAssetError, TemplateTextError
from layers.page_policy import host_of

POINTS = [[33.3, 38.7], [33.4, 38.8]]


def tiles() -> Any:
    return folium.TileLayer("https://{s}.tile.example/{z}/{x}/{y}.png", attr="Example")


NEEDY = [
    (plugins.Draw, "Draw", "leaflet.draw.js"),
    (plugins.MousePosition, "MousePosition", "L.Control.MousePosition"),
    (tiles, "TileLayer", "https://{s}.tile.example/{z}/{x}/{y}.png"),
    (
        lambda: folium.WmsTileLayer("https://wms.example/", layers="a"),
        "WmsTileLayer",
        "https://wms.example/",
    ),
    (
        lambda: folium.raster_layers.ImageOverlay("https://img.example/a.png", [[0, 0], [1, 1]]),
        "ImageOverlay",
        "https://img.example/a.png",
    ),
    (
        lambda: folium.raster_layers.VideoOverlay("https://video.example/a.webm", [[0, 0], [1, 1]]),
        "VideoOverlay",
        "https://video.example/a.webm",
    ),
    (
        lambda: folium.Marker([33, 38], icon=folium.CustomIcon("https://img.example/i.png")),
        "CustomIcon",
        "https://img.example/i.png",
    ),
    (lambda: plugins.MiniMap(tile_layer=tiles()), "TileLayer", "tile.example"),
]
OFFLINE = [
    lambda: folium.Marker([33, 38], tooltip="text"),
    lambda: folium.Marker([33, 38], icon=folium.DivIcon("x")),
    lambda: folium.CircleMarker([33, 38]),
    lambda: folium.PolyLine(POINTS),
    lambda: folium.FeatureGroup(name="group"),
    folium.LayerControl,
]


@pytest.mark.parametrize(("make", "name", "address"), NEEDY, ids=[row[1] for row in NEEDY])
def test_an_element_that_needs_the_network_is_refused_by_name(
    make: Callable[[], Any], name: str, address: str, tmp_path: Path
) -> None:
    map_ = layers.Map()
    make().add_to(map_)
    with pytest.raises(OnlineAssetError, match=rf"{name} \(.*online=True") as caught:
        map_.save(tmp_path / "map.html")
    assert any(address in url for url in caught.value.urls)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("make", OFFLINE)
def test_elements_that_need_nothing_pass(make: Callable[[], Any]) -> None:
    map_ = layers.Map()
    make().add_to(map_)
    assert "https://" not in map_.get_root().render()


def test_all_are_named_at_once() -> None:
    map_ = layers.Map()
    plugins.Draw().add_to(map_)
    tiles().add_to(map_)
    with pytest.raises(OnlineAssetError, match=r"Draw \(.*TileLayer \("):
        map_.get_root().render()


def test_html_that_loads_a_file_is_refused_and_a_link_is_not() -> None:
    map_ = layers.Map()
    map_.get_root().html.add_child(folium.Element('<a href="https://news.example">read</a>'))
    map_.get_root().render()
    map_.get_root().html.add_child(folium.Element('<img src="https://spy.example/1.gif">'))
    with pytest.raises(OnlineAssetError, match=r"HTML \(https://spy.example/1.gif\)"):
        map_.get_root().render()


def test_links_that_were_added_by_hand_are_refused() -> None:
    map_ = layers.Map()
    map_.add_js_link("extra", "https://cdn.example/extra.js")
    with pytest.raises(OnlineAssetError, match=r"Map \(https://cdn.example/extra.js\)"):
        map_.get_root().render()
    assert "extra" not in dict(folium.Map.default_js)


def test_online_opens_just_the_hosts_that_are_needed() -> None:
    map_ = layers.Map(online=True)
    tiles().add_to(map_)
    html = map_.get_root().render()
    directives = dict(
        part.split(" ", 1) for part in re.search(r'Policy" content="([^"]*)"', html)[1].split("; ")
    )
    assert directives["img-src"] == "data: blob: https://*.tile.example"
    assert [name for name in directives if "example" in directives[name]] == ["img-src"]
    assert directives["default-src"] == "'none'"
    # Nothing is asked for before the reader agrees: the tiles are not on the map yet.
    assert re.search(r"tile_layer_\w+\.addTo", html) is None
    assert '"host":"tile.example"' in html
    assert "incidentmap.countries(" in html


@pytest.mark.parametrize(
    "address",
    ["https://a;script-src *;x/y", "https://a 'unsafe-inline'/y", "https://{h}/y", "https:///y"],
)
def test_an_address_cannot_write_into_the_policy(address: str) -> None:
    map_ = layers.Map(online=True)
    map_.get_root().html.add_child(folium.Element(f'<img src="{address}">'))
    with pytest.raises(OnlineAssetError, match="names no plain host"):
        map_.get_root().render()


def test_a_port_is_part_of_a_host() -> None:
    assert host_of("http://tile.example:8080/{z}.png") == "http://tile.example:8080"
    assert host_of("//cdn.example/a.js") == "https://cdn.example"


def test_tiles_asked_for_by_name_need_online_too() -> None:
    with pytest.raises(OnlineAssetError, match=r"TileLayer \(https://tile.openstreetmap.org"):
        layers.Map(tiles="OpenStreetMap").get_root().render()


def test_a_plugin_opens_its_own_files_for_what_they_are() -> None:
    map_ = layers.Map(online=True)
    map_.get_root().header.add_child(JavascriptLink("https://cdn.example/npm/a@1/a.js"))
    map_.get_root().header.add_child(CssLink("https://cdn.example/npm/a@1/a.css"))
    html = map_.get_root().render()
    directives = dict(
        part.split(" ", 1) for part in re.search(r'Policy" content="([^"]*)"', html)[1].split("; ")
    )
    assert directives["script-src"].split()[-1] == "https://cdn.example/npm/a@1/a.js"
    assert directives["style-src"] == "'unsafe-inline' https://cdn.example"
    assert "connect-src" not in directives


def test_an_address_in_capitals_is_an_address() -> None:
    map_ = layers.Map()
    map_.get_root().html.add_child(folium.Element('<img src="HTTPS://spy.example/1.gif">'))
    with pytest.raises(OnlineAssetError, match=r"spy\.example"):
        map_.get_root().render()


def test_texts_that_read_as_templates_are_told() -> None:
    map_ = layers.Map()
    folium.Marker([1, 2], icon=folium.DivIcon(html="{% open")).add_to(map_)
    with pytest.raises(TemplateTextError, match="reads as a template"):
        map_.get_root().render()
