"""The drawer that tells how a map was made, in a real browser."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

TITLE = "How this map was made"
HOSTILE = "<img src=x onerror=\"alert('run')\">\u202e{{ 7*7 }}</script>"


def open_panel(opened: Any) -> Any:
    opened.page.get_by_role("button", name=TITLE).click()
    panel = opened.page.get_by_role("dialog", name=TITLE)
    panel.wait_for()
    return panel


def words(panel: Any) -> str:
    return str(panel.inner_text()).replace("\xa0", " ")


def test_it_tells_the_run_and_lists_what_has_no_place(
    visit: Open, incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    source = tmp_path / "incidents.csv"
    source.write_text("a\n", encoding="utf-8")
    incidents.loc[5, "status"] = "suspicious"
    map_ = layers.map_incidents(incidents, provenance="Invented").made_from(
        source, on=dt.date(2024, 3, 1)
    )
    opened = visit(map_)
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel = open_panel(opened)
    said = words(panel)
    for sentence in (
        "31 of 40 incidents could be placed.", "Nothing on this page asks a server.",
        "Could not be placed, or doubtful: 5", "Not placed: 4. Doubtful: 1.", "“near place 9”",
        "No place of this name is known.", "Borders: de facto.", "Made on 1 March 2024.",
        "Input: incidents.csv, sha256 ", "CC0-1.0", "Invented", "Reports are not events",
    ):  # fmt: skip
        assert sentence in said, sentence
    box = panel.bounding_box()
    assert box == {"x": 1440 - 12 - 464, "y": 12, "width": 464, "height": 876}

    panel.get_by_role("button", name="Copy as text").click()
    panel.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").replace("\xa0", " ")
    assert copied.startswith(f"{TITLE}\n\n31 of 40 incidents could be placed.")
    assert "Invented incident 9\t“near place 9”\tNo place of this name is known." in copied

    # Keys of the map rest while the drawer is open.
    theme = page.evaluate("document.documentElement.dataset.imTheme")
    page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.imTheme") == theme
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.textContent") == TITLE

    panel = open_panel(opened)
    panel.get_by_role("button", name="Invented incident 19").click()
    card = page.locator(".im-card")
    card.wait_for()
    assert "Invented incident 19" in card.inner_text()
    assert not panel.is_visible()


def test_all_that_has_no_place_can_be_shown(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    incidents["geometry"] = gpd.GeoSeries([None] * len(incidents), incidents.index, crs=4326)
    incidents["precision"] = "none"
    panel = open_panel(visit(layers.map_incidents(incidents)))
    rows = panel.locator(".im-columns-3 tbody tr")
    assert rows.count() == 8
    panel.get_by_role("button", name="Show more (32 left)").click()
    assert rows.count() == 40
    assert panel.get_by_role("button", name=re.compile("Show more")).count() == 0


def test_a_table_of_unknown_origin_says_what_is_not_known(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    panel = open_panel(visit(layers.map_incidents(incidents[["incident_id", "geometry"]])))
    said = words(panel)
    for sentence in (
        "36 of 40 incidents could be placed.", "Not placed: 4.", "40 have no date.",
        "40 name no source.", "The day of making is not stated.",
        "The input files are not stated.",
    ):  # fmt: skip
        assert sentence in said, sentence
    assert "How the places were found" not in said


def test_grouped_incidents_are_counted_and_not_listed(
    visit: Open, incidents: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.size_budget._LEAST_MB", 0.001)
    said = words(open_panel(visit(layers.map_incidents(incidents, max_size_mb=0))))
    assert "31 of 40 incidents could be placed." in said
    assert "Grouped into cells." in said
    assert "Not placed: 4." in said
    assert "they were counted by cell" in said


def test_hostile_words_stay_words_in_both_themes(
    visit: Open, incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    source = tmp_path / "{{7}}<b>.csv"
    source.write_text("a\n", encoding="utf-8")
    for column in ("title", "place_text", "reason", "method", "status"):
        incidents[column] = HOSTILE
    incidents["place_id"] = f"{HOSTILE}:1"
    opened = visit(layers.map_incidents(incidents, provenance=HOSTILE).made_from(source))
    colours = set()
    for _ in range(2):
        panel = open_panel(opened)
        said = words(panel)
        assert said.count("<img src=x onerror=\"alert('run')\">{{ 7*7 }}</script>") >= 12
        assert "\u202e" not in said
        assert "{{7}}<b>.csv" in said
        assert panel.locator("img, b, script").count() == 0
        colours.add(panel.evaluate("(e) => getComputedStyle(e).backgroundColor"))
        opened.page.keyboard.press("Escape")
        opened.page.keyboard.press("d")
    assert len(colours) == 2


def test_on_a_phone_it_fills_the_page(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.resize(390, 844)
    opened.page.locator(".im-tool-more").click()
    opened.page.locator(".im-tool-info").click()
    panel = opened.page.get_by_role("dialog", name=TITLE)
    panel.wait_for()
    assert panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    body = panel.locator(".im-method-body")
    assert body.evaluate("(e) => e.scrollWidth <= e.clientWidth")
    panel.get_by_role("button", name="Close").click()
    assert not panel.is_visible()
