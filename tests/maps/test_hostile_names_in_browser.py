"""Names that a user gives stay text: of layers, groups, sites, tiles, legends."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")

HOSTILE = [
    "<img src=x onerror=\"alert('run')\">",
    "</script><script>alert('run')</script>",
    "<!--<script>alert('run')",
    "${alert('run')}`{{9973*9967}}{% raw %}",
    "\"'><svg onload=alert('run')>",
    "javascript:alert('run')",
    "line\u2028\u2029separator",
    "\u202egnp.exe\u2066 turned\u2069",
    "<a href=\"javascript:alert('run')\">x</a>",
    "&lt;b&gt;&amp;",
]
SITE = shapely.Point(41.5, 31.4)


def hostile_map(incidents: gpd.GeoDataFrame, text: str) -> layers.Map:
    """A map on which every name that a user can give is this text."""
    incidents["admin1"] = text
    sites = gpd.GeoDataFrame({"name": [text]}, geometry=[SITE], crs="EPSG:4326")
    map_ = layers.Map(
        layers.CountryLayer(name=text),
        layers.UncertaintyLayer(incidents, name=text),
        layers.ChoroplethLayer(incidents, name=text),
        layers.ChoroplethLayer(incidents, by="country", name=text, population=people(text)),
        layers.BorderLinkLayer(incidents, name=text),
        layers.SiteLayer(sites, name=text),
        layers.IncidentLayer(incidents, name=text),
        title=text,
        provenance=text,
        online=True,
    )
    # branca compiles what folium's own elements write, and refuses a tag that is not closed.
    foreign = text.replace("{%", "{ %")
    folium.FeatureGroup(name=foreign).add_to(map_)
    address = "https://tile.example/{z}/{x}/{y}.png"
    folium.TileLayer(address, attr=foreign, name=foreign).add_to(map_)
    if foreign == text:
        folium.LayerControl().add_to(map_)
    return map_


def people(text: str) -> pd.Series:
    return pd.Series({text: 5.0, "JOR": 1e6})


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_names_stay_text(visit: Open, incidents: gpd.GeoDataFrame, text: str) -> None:
    opened = visit(hostile_map(incidents, text))
    page = opened.page
    opened.view(SITE.x, SITE.y, 8)
    page.locator(".im-tool-layers").click()
    page.get_by_role("button", name="Reading the marks").first.click()
    page.get_by_role("radio", name="asks a server").click()
    shown = page.locator(".im-layers").inner_text()
    # Browsers break lines at the two separators as they please; what turns text round is left out.
    plain = OVERRIDES.sub("", text)
    assert shown.count(plain.split("\u2028", maxsplit=1)[0].strip()) >= 7
    assert OVERRIDES.search(shown) is None
    assert page.locator("img[src=x], svg[onload], a[href^=javascript], [onerror]").count() == 0
    labels = opened.run("return incidentmap.labels(map).labels.map(({ text }) => text)")
    assert plain in [OVERRIDES.sub("", label) for label in labels]
    assert opened.requests == []


def test_whose_the_tiles_are_is_text(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(hostile_map(incidents, " ".join(HOSTILE)), served={"none": Path()})
    page = opened.page
    page.locator(".im-tool-layers").click()
    page.get_by_role("radio", name="asks a server").click()
    page.get_by_role("button", name="Ask it").click()
    opened.wait_for("state.ready")
    assert page.locator(".im-credits img, .im-credits a, .im-credits svg").count() == 0


@pytest.mark.parametrize("text", [*HOSTILE, "${alert('run')}", "a `b` c\\", "{% x {# y {{ z"])
def test_texts_of_folium_do_not_run(visit: Open, text: str) -> None:
    map_ = layers.Map(location=[33, 38], zoom_start=7)
    folium.Marker([33, 38], popup=folium.Popup(f"{text} end", show=True)).add_to(map_)
    tooltip = folium.Tooltip(f"{text} end", permanent=True)
    folium.Marker([33, 37], tooltip=tooltip).add_to(map_)
    opened = visit(map_)
    for seen in (".leaflet-popup-content", ".leaflet-tooltip"):
        words = opened.page.locator(seen).text_content()
        # Markup is markup here, as folium has it; all else is read as it was written.
        assert {"<", "&"} & set(text) or f"{text} end" in words
    assert opened.page.locator(".im-panel").is_visible()
    assert opened.page.locator(".im-tool-layers").is_visible()
    # The page blocks what this markup would run or fetch, and the console says so.
    blocked = "Content Security Policy"
    opened.complaints[:] = [words for words in opened.complaints if blocked not in words]
