"""What a reader does with the default map, in a real browser."""

from collections.abc import Callable
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely

import layers
from tests.layers import small_world
from tests.layers.incident_tables import TOWER_22

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

DAY = pd.Timestamp("1970-01-01")


def in_window(table: gpd.GeoDataFrame, first: int, last: int) -> int:
    """Incidents that a window of civil days shows; undated ones are always shown."""
    start, end = ((table[name] - DAY).dt.days for name in ("date_start", "date_end"))
    return int((start.isna() | ((start <= last) & (end >= first))).sum())


@pytest.fixture
def opened(visit: Open, incidents: gpd.GeoDataFrame) -> Any:
    return visit(layers.map_incidents(incidents, title="January", provenance="Invented"))


def test_the_page_opens_from_a_file_and_asks_for_nothing(opened: Any) -> None:
    assert opened.requests == []
    assert opened.page.title() == "January"
    assert opened.page.get_by_role("heading", name="January").is_visible()
    assert opened.page.get_by_text("Invented", exact=True).is_visible()


def test_all_incidents_are_counted_and_those_with_a_point_are_drawn(
    opened: Any, incidents: gpd.GeoDataFrame
) -> None:
    state = opened.state()
    assert (state["total"], state["visible"]) == (len(incidents), len(incidents))
    assert state["drawn"] == incidents.geometry.notna().sum()


def test_a_window_shows_the_incidents_of_its_days(opened: Any, incidents: gpd.GeoDataFrame) -> None:
    first, last = opened.state()["window"]
    days = [(first + 5, first + 20), (first, first), (last - 9, last)]
    for window in days:
        opened.run(f"incidentmap.setWindow(map, {window[0]}, {window[1]})")
        expected = in_window(incidents, *window)
        opened.wait_for(f"state.visible === {expected}")
        assert opened.state()["window"] == list(window)
        undated = int(incidents["date_start"].isna().sum())
        told = opened.page.locator(".im-summary", has_text=f", and {undated} without a date.")
        told.get_by_text(f"{expected - undated} incident").wait_for()


def test_dragging_a_handle_with_the_mouse_narrows_the_window(
    opened: Any, incidents: gpd.GeoDataFrame
) -> None:
    first, last = opened.state()["window"]
    handle = opened.page.get_by_role("slider", name="First day")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 150, y, steps=5)
    opened.page.mouse.move(x + 400, y, steps=10)
    opened.page.mouse.up()
    opened.settle()
    start, end = opened.state()["window"]
    assert first < start < last == end
    assert opened.state()["visible"] == in_window(incidents, start, end) < len(incidents)


def test_a_row_of_the_legend_hides_its_kind(opened: Any, incidents: gpd.GeoDataFrame) -> None:
    row = opened.page.get_by_role("checkbox", name="Flood")
    row.first.click()
    rest = int((incidents["kind"] != "flood").sum())
    opened.wait_for(f"state.visible === {rest}")
    assert row.first.get_attribute("aria-checked") == "false"
    row.first.click()
    opened.wait_for(f"state.visible === {len(incidents)}")


def test_a_click_on_a_mark_opens_its_card(opened: Any) -> None:
    opened.view(*TOWER_22, zoom=12)
    opened.click_place(*TOWER_22)
    card = opened.page.get_by_role("dialog", name="Drone attack on Tower 22")
    card.wait_for()
    words = card.inner_text().replace("\N{NO-BREAK SPACE}", " ")
    for said in (
        "28 January 2024",
        "Tower 22",
        "A site, within 1 km",
        "90 % probability",
        "Jordan–Syria border",
        "3 killed",
        "The Invented Times",
    ):
        assert said in words
    link = card.get_by_role("link", name="news.example")
    assert link.get_attribute("href") == "https://news.example/0"
    assert "noopener" in link.get_attribute("rel")


def test_escape_closes_the_card(opened: Any) -> None:
    opened.run("return incidentmap.select(map, 'test:000')")
    card = opened.page.get_by_role("dialog", name="Drone attack on Tower 22")
    card.wait_for()
    opened.page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_a_switch_of_the_layer_panel_takes_a_layer_off(opened: Any) -> None:
    opened.page.get_by_role("button", name="Layers").click()
    switch = opened.page.get_by_role("switch", name="Points and clusters")
    switch.click()
    opened.wait_for("state.drawn === 0")
    assert switch.get_attribute("aria-checked") == "false"
    switch.click()
    opened.wait_for("state.drawn > 0")


def test_every_layer_is_on_the_map_or_not_as_it_was_asked(opened: Any) -> None:
    assert opened.run(
        "return [country_layer_2, uncertainty_layer_3, border_link_layer_4, incident_layer_5]"
        ".map((layer) => map.hasLayer(layer))"
    ) == [True, True, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=\"alert('run')\">",
        "</script><script>alert('run')</script>",
        "${alert('run')}`{{9973*9967}}",
        "<iframe srcdoc=\"<script>parent.alert('run')</script>\">",
    ],
)
def test_hostile_words_stay_words(visit: Open, incidents: gpd.GeoDataFrame, text: str) -> None:
    columns = ["title", "place_text", "place", "reason", "method"]
    incidents.loc[0, columns] = text
    incidents.loc[0, "sources"] = '[{"publisher":"P","quote":"Q","url":"javascript:alert(1)"}]'
    map_ = layers.map_incidents(incidents, title=text, provenance=text)
    folium.FeatureGroup(name=text).add_to(map_)
    opened = visit(map_)
    opened.run("return incidentmap.select(map, 'test:000')")
    card = opened.page.get_by_role("dialog")
    card.get_by_role("heading", name=text).wait_for()
    assert opened.page.title() == text
    assert opened.page.locator("img[src=x], iframe, a[href^=javascript]").count() == 0
    opened.page.get_by_role("button", name="Layers").click()
    assert opened.page.get_by_role("switch", name=text).is_visible()


#: Keeps each text that is written on a canvas, with the direction that the canvas was told.
RECORD = """
const pen = CanvasRenderingContext2D.prototype, { fillText } = pen;
window.written = [];
pen.fillText = function (text, ...rest) {
    written.push([text, this.direction]);
    return fillText.call(this, text, ...rest);
};
"""


def test_the_page_reads_from_right_to_left(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    incidents["admin1_code"], incidents["admin1"] = "JO-AM", "Amman"
    map_ = layers.map_incidents(incidents, language="ar")
    site = gpd.GeoDataFrame({"name": ["Base"]}, geometry=gpd.points_from_xy([37], [32]), crs=4326)
    layers.RingLayer(site, distances_m=[20_000, 60_000], incidents=incidents).add_to(map_)
    opened = visit(map_)
    opened.settle()
    slider = opened.page.get_by_role("slider")
    first, last = slider.first.bounding_box(), slider.last.bounding_box()
    assert first["x"] > last["x"]
    opened.run(RECORD)
    opened.view(36.6, 32, 8)
    opened.wait_until("incidentmap.labels(map).labels.some(({ style }) => style === 'ring')")
    rings = {direction for text, direction in opened.run("return written") if "إلى 60" in text}
    assert rings == {"rtl"}
    # Its province has an Arabic name, the city of the same name has none.
    named = opened.run("return incidentmap.labels(map).labels")
    assert [each["text"] for each in named if each["style"] == "city"].count("Amman") == 1


def test_a_map_without_any_point_says_so(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    incidents.geometry = [None] * len(incidents)
    incidents["precision"] = "none"
    state = visit(layers.map_incidents(incidents)).state()
    assert (state["total"], state["drawn"]) == (len(incidents), 0)


def test_the_borders_of_a_table_are_drawn(visit: Open) -> None:
    opened = visit(layers.Map(layers.BorderLayer(small_world.borders(), name="Frontier")))
    opened.page.get_by_role("button", name="Layers").click()
    opened.page.get_by_role("switch", name="Frontier").wait_for()


def test_elements_of_folium_work_offline(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    map_ = layers.map_incidents(incidents)
    folium.Marker([33.5, 38.0], tooltip="here").add_to(map_)
    folium.Circle([33.5, 38.0], radius=9_000).add_to(map_)
    shape = {"type": "Point", "coordinates": [38.2, 33.2]}
    folium.GeoJson({"type": "Feature", "properties": {}, "geometry": shape}).add_to(map_)
    opened = visit(map_)
    assert opened.page.locator(".leaflet-marker-icon").count() == 2


def test_a_footprint_is_drawn_instead_of_the_disc(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    one = incidents.iloc[:1].assign(precision="line", uncertainty_m=150_000.0)
    one["footprint"] = gpd.GeoSeries([shapely.box(37, 33.1, 40, 33.5)], one.index, crs="EPSG:4326")
    opened = visit(layers.map_incidents(one))
    opened.view(38.7, 33.3, 8)

    places = [[37.5, 33.2], [39.7, 33.2], [38.3, 33.7], [39.3, 32.8]]
    covered = opened.run(
        "const pane = map.getPane('im-top').querySelector('canvas');"
        "const margin = (pane.width - map.getSize().x) / 2;"
        "const { data } = pane.getContext('2d').getImageData(0, 0, pane.width, pane.height);"
        f"return {places}.map(([lon, lat]) => {{"
        "  const at = map.latLngToContainerPoint([lat, lon]).add([margin, margin]).round();"
        "  return data[4 * (at.y * pane.width + at.x) + 3] > 0;"
        "});"
    )
    assert covered == [True, True, False, False]
    opened.run(f"await incidentmap.select(map, '{one['incident_id'].iloc[0]}')")
    card = opened.page.get_by_role("dialog")
    card.wait_for()
    assert "lies inside the area" in card.inner_text()


def test_a_map_without_incidents_offers_nothing_to_filter(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    page = visit(layers.map_incidents(incidents.iloc[:0])).page
    page.get_by_text("No incidents").first.wait_for()
    page.get_by_role("group", name="Time").wait_for(state="hidden")
    assert page.get_by_role("slider").count() == 0
    assert page.get_by_role("button", name="Kind").count() == 0


def test_a_narrow_page_does_not_move_sideways(opened: Any) -> None:
    for width in (390, 320):
        opened.resize(width, 844)
        assert opened.page.evaluate("document.documentElement.scrollWidth") == width
