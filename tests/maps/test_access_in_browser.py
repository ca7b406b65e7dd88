"""The map for everyone: no violation that axe knows, and every step by keys alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

AXE = Path(__file__).parents[2] / "maps" / "viewer" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = (390, 844)


def violations(opened: Any) -> list[str]:
    """What axe finds wrong in the page as it stands, with the elements that are."""
    if not opened.page.evaluate("'axe' in window"):
        # The page's policy refuses a script element; the debugger is not asked.
        opened.page.evaluate(f"{AXE.read_text(encoding='utf-8')};0")
    opened.settle()
    found = opened.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['target']} {node['html'][:120]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def focused(opened: Any) -> str:
    """Classes and id of the element with the focus."""
    return opened.page.evaluate(
        "`${document.activeElement.className} ${document.activeElement.id}`"
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_in_any_state_of_the_page(
    visit: Open, incidents: gpd.GeoDataFrame, language: str
) -> None:
    opened = visit(layers.map_incidents(incidents, language=language, title="Title"))
    page, found = opened.page, {}
    page.keyboard.press("l")
    page.keyboard.press("m")
    page.locator(".im-keybar button").click()
    found["layers, measure and legend"] = violations(opened)
    if language == "en":
        page.keyboard.press("?")
        found["keys"] = violations(opened)
        page.keyboard.press("Escape")
        page.keyboard.press("t")
        found["table"] = violations(opened)
        page.keyboard.press("t")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.keyboard.press("d")
    opened.run("return incidentmap.select(map, 'test:000')")
    page.get_by_role("dialog").wait_for()
    found["dark card"] = violations(opened)
    opened.resize(*PHONE)
    found["dark card on a phone"] = violations(opened)
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    page.locator(".im-tool-more").click()
    found["phone"] = violations(opened)
    page.locator(".im-grip").click()
    found["phone, sheet at full height"] = violations(opened)
    assert {where: each for where, each in found.items() if each} == {}


def test_keys_lead_from_the_opening_to_the_link_of_an_incident(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    # Once the texts are open, marks are named as soon as a key is pressed.
    opened.settle()
    page = opened.page
    press = page.keyboard.press
    # The links that skip come first; the second leads to the map.
    press("Tab")
    press("Tab")
    press("Enter")
    assert "im-map" in focused(opened) or "folium-map" in focused(opened)
    live = page.locator("[aria-live=polite].im-unseen")
    press("n")
    opened.wait_until("document.querySelector('[aria-live=polite].im-unseen').textContent !== ''")
    first = live.text_content()
    press("n")
    opened.wait_until(
        f"document.querySelector('[aria-live=polite].im-unseen').textContent !== {first!r}"
    )
    press("p")
    press("n")
    for _ in range(40):
        if "incidents" not in (live.text_content() or ""):
            break
        press("n")
    press("Enter")
    card = page.get_by_role("dialog")
    card.wait_for()
    assert "im-card" in focused(opened)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = card.get_by_role("button", name="Copy link")
    for _ in range(12):
        press("Tab")
        if copy.evaluate("element => element === document.activeElement"):
            break
    press("Enter")
    card.get_by_role("button", name="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "incident=test" in link
    press("Escape")
    assert not card.is_visible()
    assert "folium-map" in focused(opened)


def test_keys_open_and_close_what_they_name(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    page, press = opened.page, opened.page.keyboard.press
    press("l")
    page.locator(".im-layers").wait_for()
    page.locator(".im-layers button").first.focus()
    press("Escape")
    assert not page.locator(".im-layers").is_visible()
    assert "im-tool-layers" in focused(opened)
    # Arrows walk through the bar, and its ends meet.
    press("ArrowDown")
    assert "im-tool-ruler" in focused(opened)
    press("Home")
    press("ArrowUp")
    press("ArrowUp")
    assert "im-tool-ruler" in focused(opened)
    everything = opened.state()["window"]
    press("]")
    narrow = opened.state()["window"]
    assert narrow != everything
    press("}")
    assert opened.state()["window"][1] > narrow[1]
    press(" ")
    page.locator("body").focus()
    press("?")
    keys = page.get_by_role("dialog", name="Keys")
    keys.wait_for()
    keys.get_by_role("switch").press("Enter")
    press("Escape")
    before = page.evaluate("document.documentElement.dataset.imTheme")
    press("d")
    assert page.evaluate("document.documentElement.dataset.imTheme") == before
    assert "keys=off" in page.evaluate("location.hash")


def test_play_begins_where_there_is_something_to_see(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    # One kind alone in January, which the filter hides.
    early = incidents["date_start"] < "2024-02-01"
    incidents["kind"] = ["flood" if each else "protest" for each in early]
    opened = visit(layers.map_incidents(incidents))
    opened.page.get_by_role("checkbox", name="Flood").click()
    opened.page.get_by_role("radio", name="Week").click()
    opened.page.locator("body").evaluate("() => document.activeElement.blur()")
    opened.page.keyboard.press(" ")
    assert opened.state()["visible"] > 0
    opened.page.keyboard.press("Escape")
    assert opened.page.get_by_role("button", name="Play").is_visible()
    # The bars can be read as a table, which says what the filter leaves.
    protests = int((incidents["kind"] == "protest").sum())
    told = (
        "[...document.querySelectorAll('.im-strip td')]"
        ".reduce((sum, { textContent }) => sum + parseInt(textContent), 0)"
    )
    undated = int(incidents.loc[incidents["kind"] == "protest", "date_start"].isna().sum())
    opened.wait_until(f"{told} === {protests - undated}")


def test_keys_measure_from_the_middle_of_the_map(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    page, press = opened.page, opened.page.keyboard.press
    press("m")
    words = page.locator(".im-measure p")
    press("Enter")
    places = opened.run("""
        const place = () => [map.getCenter().lng, map.getCenter().lat];
        const from = place();
        map.panBy([200, 0], { animate: false });
        return [from, place()];
    """)
    press("Enter")
    said = words.inner_text()
    metres = opened.run(
        f"return map.distance([{places[0][1]}, {places[0][0]}], [{places[1][1]}, {places[1][0]}])"
    )
    number = float(said.replace("\u00a0km", "").replace(",", ""))
    assert number == pytest.approx(metres / 1000, rel=0.02)
    press("Backspace")
    assert "next point" in words.inner_text()
    total = opened.state()["visible"]
    page.mouse.click(900, 400)
    page.mouse.click(1000, 400)
    # A click that measures opens nothing.
    assert page.get_by_role("dialog").count() == 0
    assert "last leg" in words.inner_text()
    press("Escape")
    assert not page.locator(".im-measure").is_visible()
    assert opened.state()["visible"] == total


def test_the_panel_of_a_tablet_folds_into_a_rail(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    opened.resize(800, 1000)
    panel = page.locator(".im-panel")
    assert panel.bounding_box()["width"] == 320
    page.get_by_role("button", name="Fold panel").press("Enter")
    assert panel.bounding_box()["width"] == 44
    strip = page.locator(".im-strip").bounding_box()
    assert strip["x"] < 80
    assert (
        page.get_by_role("button", name="Filters and list").get_attribute("aria-expanded")
        == "false"
    )
    page.keyboard.press("/")
    assert panel.bounding_box()["width"] == 320
    assert page.get_by_role("searchbox").evaluate("element => element === document.activeElement")


def test_arabic_pages_speak_arabic(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    incidents["title"] = "حادثة"
    opened = visit(layers.map_incidents(incidents, language="ar", title="خريطة"))
    page = opened.page
    for key in ("l", "t", "t"):
        page.keyboard.press(key)
    page.locator(".im-keybar button").click()
    english = opened.run("""
        const found = new Set();
        const sight = [...document.querySelectorAll(".im-shell *")]
            .filter((each) => each.closest("bdi, .im-credits, .im-option, dialog") === null);
        for (const each of sight) {
            const own = [...each.childNodes].filter(({ nodeType }) => nodeType === 3);
            const named = ["aria-label", "title", "placeholder"];
            const said = named.map((name) => each.getAttribute(name));
            for (const text of [...own.map(({ data }) => data), ...said]) {
                if (/[a-z]{3}/.test(text ?? "")) found.add(text);
            }
        }
        return [...found];
    """)
    assert english == []
    # Names that Python gives in English are known to the catalogue too.
    switches = page.locator(".im-layers .im-switch-name").all_inner_texts()
    assert [name for name in switches if name.isascii()] == []
    kinds = page.get_by_role("group", name="النوع").get_by_role("checkbox").all_inner_texts()
    assert len(kinds) == 5
    assert [name for name in kinds if name.isascii()] == []


def test_fingers_find_what_they_aim_at(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    opened.resize(*PHONE)
    grip, panel = page.locator(".im-grip"), page.locator(".im-panel")
    heights = []
    for _ in range(3):
        heights.append((panel.bounding_box()["height"], grip.get_attribute("aria-expanded")))
        grip.press("Enter")
        opened.settle()
    assert heights == [(336, "true"), (780, "true"), (132, "false")]
    page.locator(".im-tool-more").click()
    small = opened.run("""
        const all = ".im-shell :is(button, select, [role=slider])";
        const targets = [...document.querySelectorAll(all)];
        return targets.filter((each) => each.offsetParent !== null && !each.closest(".im-skip"))
            .map((each) => [each.className, each.offsetWidth, each.offsetHeight])
            .filter(([name, width, height]) =>
                Math.min(width, height) < (/im-tool|im-play|im-handle/.test(name) ? 44 : 24));
    """)
    assert small == []
