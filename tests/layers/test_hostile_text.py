"""Text never becomes markup, script or template, wherever it comes from."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import folium
import geopandas as gpd
import pytest

import layers
from tests.layers.decoder import blocks, unpack

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "${alert(1)}",
    "`+alert(1)+`",
    "{{9973*9967}}",
    "{% raw %}",
    "{# gone #}",
    "'\"><svg onload=alert(1)>",
    "javascript:alert(1)",
    "line\u2028separator\u2029",
    "]]></noscript>",
]
#: Columns whose words travel into the page.
TEXT_COLUMNS = (
    "incident_id",
    "title",
    "kind",
    "place_text",
    "place",
    "method",
    "reason",
    "country_a3",
    "admin1_code",
    "border_pair",
    "verification",
    "worldview",
    "date_note",
    "date_zone",
    "claimed_by",
    "tripoint",
    "sensitivity",
)
TAGS = {
    *("html", "head", "meta", "title", "style", "script", "link"),
    *("body", "noscript", "h1", "p", "div"),
}


class Reader(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.scripts = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["script"]:
            self.scripts += data


def assert_inert(html: str, *, scripts: int) -> None:
    page = Reader(html)
    assert set(page.tags) <= TAGS
    assert page.tags.count("script") == scripts
    assert not [name for name in page.attributes if name.startswith("on")]
    assert "\u2028" not in page.scripts
    assert "99400891" not in page.scripts


def scripts_of(html: str) -> int:
    return Reader(html).tags.count("script")


@pytest.fixture
def harmless(incidents: gpd.GeoDataFrame) -> int:
    return scripts_of(layers.map_incidents(incidents).get_root().render())


@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_text_of_a_table_stays_in_the_block_as_it_is(
    incidents: gpd.GeoDataFrame, harmless: int, column: str
) -> None:
    incidents.loc[: len(HOSTILE) - 1, column] = HOSTILE
    html = layers.map_incidents(incidents).get_root().render()
    assert_inert(html, scripts=harmless)
    carried = json.dumps([unpack(block) for block in blocks(html).values()], ensure_ascii=False)
    for text in HOSTILE:
        assert json.dumps(text, ensure_ascii=False)[1:-1] in carried


@pytest.mark.parametrize("column", ["sources", "actors", "candidates"])
def test_text_inside_json_stays_text(
    incidents: gpd.GeoDataFrame, harmless: int, column: str
) -> None:
    for row, text in enumerate(HOSTILE):
        incidents.loc[row, column] = json.dumps([{"publisher": text, "name": text, "url": text}])
    html = layers.map_incidents(incidents).get_root().render()
    assert_inert(html, scripts=harmless)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("option", ["title", "provenance", "language"])
def test_options_of_the_map_are_text(
    incidents: gpd.GeoDataFrame, harmless: int, option: str, text: str
) -> None:
    html = layers.map_incidents(incidents, **{option: text}).get_root().render()
    assert_inert(html, scripts=harmless)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("make_map", [layers.Map, lambda: folium.Map(tiles=None)])
def test_names_of_layers_are_text(
    make_map: Callable[[], Any], incidents: gpd.GeoDataFrame, text: str
) -> None:
    def render(name: str) -> str:
        layer = layers.IncidentLayer(incidents, name=name)
        return layer.add_to(make_map()).get_root().render()

    assert_inert(render(text), scripts=scripts_of(render("harmless")))


def test_names_of_foreign_layers_are_no_templates_on_our_map(incidents: gpd.GeoDataFrame) -> None:
    map_ = layers.map_incidents(incidents)
    folium.FeatureGroup(name="{{9973*9967}}").add_to(map_)
    html = map_.get_root().render()
    assert "99400891" not in Reader(html).scripts
    assert "{{9973*9967}}" in html
