"""Texts that come late, with a layer that is switched on, and texts that cannot be read."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import geopandas as gpd
import pytest
from playwright.sync_api import Page, expect

import layers
from layers.incident_columns import encode_incidents
from tests.maps.conftest import READY_MS

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")


def switch(page: Page, layer: str) -> None:
    page.get_by_role("switch", name=layer, exact=True).click()


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=READY_MS)


def latecomers(incidents: gpd.GeoDataFrame, name: str, count: int) -> gpd.GeoDataFrame:
    numbers = range(count)
    return incidents.head(count).assign(
        incident_id=[f"{name}:{i}" for i in numbers],
        # The override would turn what follows it.
        title=[f"Latecomer \u202e{name} {i}" for i in numbers],
    )


def test_what_comes_later_has_titles_and_is_searched(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    wholly, partly = (latecomers(incidents, name, rows) for name, rows in (("all", 7), ("area", 3)))
    map_ = layers.map_incidents(incidents)
    layers.IncidentLayer(wholly, name="Later", show=False).add_to(map_)
    # Areas bring their incidents without the texts.
    layers.UncertaintyLayer(partly, name="Areas of them").add_to(map_)
    layers.IncidentLayer(partly, name="Marks of them", show=False).add_to(map_)
    opened = visit(map_)
    page = opened.page
    titles = page.get_by_role("listbox").locator(".im-row-title").filter(has_text="Latecomer")
    page.keyboard.press("l")
    field = page.get_by_role("searchbox")
    field.fill("latecomer")
    page.get_by_text("No text holds all of these words.").wait_for()
    # Nor has a file any name for them.
    export = page.get_by_role("button", name="Export what is visible")
    expect(export).to_be_disabled()
    expect(export).to_have_attribute("title", re.compile("identifiers of incidents"))
    for layer, count in (("Later", 7), ("Marks of them", 10), ("Later", 3), ("Later", 10)):
        switch(page, layer)
        opened.wait_for(f"state.visible === {count}")
        expect(titles).to_have_count(count)
    expect(export).to_be_enabled()
    expect(page.locator(".im-option u").first).to_have_text("Latecomer")
    assert "\u202e" not in (titles.first.text_content() or "\u202e")
    field.fill("")
    opened.wait_for(f"state.visible === {len(incidents) + 10}")


def test_the_order_of_the_list_stands_in_the_address(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    menu = page.get_by_label("Sort the list")
    first = page.get_by_role("listbox").get_by_role("option").first
    expect(first).to_contain_text("Invented incident 38")
    menu.select_option("Oldest first")
    expect(first).to_contain_text("Invented incident 1")
    opened.wait_until("location.hash.includes('sort=date.up')")
    reload(page)
    expect(menu).to_have_value("date.up")
    expect(first).to_contain_text("Invented incident 1")
    opened.run("location.hash = location.hash.replace('date.up', 'no.such')")
    expect(first).to_contain_text("Invented incident 38")
    opened.wait_until("!location.hash.includes('sort=')")
    opened.run("location.hash += '&sort=title.up'")
    expect(first).to_contain_text("Drone attack on Tower 22")
    menu.select_option("Newest first")
    opened.wait_until("!location.hash.includes('sort=')")


def test_texts_that_cannot_be_read_are_missed_aloud(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    map_ = layers.map_incidents(incidents)
    opened = visit(map_)
    page = opened.page
    texts = encode_incidents(incidents, by="test").texts.id
    path = Path(unquote(urlsplit(opened.address).path))
    html = path.read_text(encoding="utf-8")
    block = re.search(rf'<script[^>]* id="{re.escape(texts)}"[^>]*>', html)
    assert block is not None
    path.write_text(f"{html[: block.end()]}AAAA{html[block.end() + 4 :]}", encoding="utf-8")
    reload(page)
    page.get_by_role("alert").get_by_text("cannot be read").wait_for()
    # Nothing leaves the page without its identifier; all else still works.
    export = page.get_by_role("button", name="Export what is visible")
    expect(export).to_be_disabled()
    assert opened.state()["visible"] == len(incidents)
    page.get_by_role("searchbox").fill("drone")
    page.get_by_text("No text holds all of these words.").wait_for()
