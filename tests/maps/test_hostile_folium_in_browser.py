"""Names given to elements of folium, and to the page itself, stay text beside our layers."""

from collections.abc import Callable
from typing import Any

import branca.colormap
import folium
import geopandas as gpd
import pytest
from folium import plugins

import layers
from tests.maps.test_folium_in_browser import POINTS, squares
from tests.maps.test_hostile_names_in_browser import HOSTILE, OVERRIDES

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

MARKUP = "img[src=x], svg[onload], a[href^=javascript], iframe, [onerror], [onload], [onmouseover]"


def named_elements(text: str) -> list[Any]:
    """Elements of folium whose name is this text."""
    table = squares()
    return [
        folium.FeatureGroup(name=text),
        folium.GeoJson(table, name=text),
        folium.Choropleth(
            table.to_json(),
            table,
            name=text,
            columns=["code", "value"],
            key_on="feature.properties.code",
            legend_name="How many",
        ),
        plugins.MarkerCluster(POINTS, name=text),
        plugins.FastMarkerCluster(POINTS, name=text),
        plugins.HeatMap(POINTS, name=text),
        folium.WmsTileLayer("https://wms.example/", layers="a", name=text, attr=text),
        folium.TileLayer("https://tile.example/{z}/{x}/{y}.png", name=text, attr=text),
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_names_of_elements_stay_text(visit: Open, text: str) -> None:
    # branca compiles what folium's elements write, and refuses a tag that is not closed.
    text = text.replace("{%", "{ %")
    map_ = layers.Map(location=[33, 38], zoom_start=7, online=True)
    elements = named_elements(text)
    for element in elements:
        element.add_to(map_)
    opened = visit(map_)
    opened.page.locator(".im-tool-layers").click()
    shown = opened.page.locator(".im-layers").inner_text()
    plain = OVERRIDES.sub("", text).split("\u2028", maxsplit=1)[0].strip()
    assert shown.count(plain) == len(elements)
    assert OVERRIDES.search(shown) is None
    assert opened.page.locator(MARKUP).count() == 0
    assert "99400891" not in opened.page.locator("body").inner_text()
    assert opened.requests == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_caption_of_a_colour_scale_runs_nothing(visit: Open, text: str) -> None:
    map_ = layers.Map(location=[33, 38], zoom_start=7)
    caption = text.replace("{%", "{ %")
    branca.colormap.LinearColormap(["white", "black"], caption=caption).add_to(map_)
    opened = visit(map_)
    assert opened.page.locator(MARKUP).count() == 0
    assert opened.page.locator(".im-panel").is_visible()
    opened.complaints.clear()


@pytest.mark.parametrize("text", ["en\"><img src=x onerror=alert('run')>", "ar' dir='", "</html>"])
def test_a_language_is_an_attribute(visit: Open, incidents: gpd.GeoDataFrame, text: str) -> None:
    opened = visit(layers.map_incidents(incidents, language=text))
    assert opened.page.locator("html").get_attribute("lang") == text
    assert opened.page.locator(MARKUP).count() == 0


def test_hostile_kinds_are_listed_as_text(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    incidents["kind"] = [HOSTILE[i % len(HOSTILE)] for i in range(len(incidents))]
    opened = visit(layers.map_incidents(incidents))
    opened.page.get_by_role("button", name="Reading the marks").first.click()
    said = opened.page.locator(".im-legend").inner_text()
    for text in HOSTILE:
        assert OVERRIDES.sub("", text).split("\u2028", maxsplit=1)[0] in said
    assert opened.page.locator(MARKUP).count() == 0
