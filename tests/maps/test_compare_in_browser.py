"""Two periods side by side: what a reader does with two windows, in a real browser."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pytest

import layers
from tests.maps.test_access_in_browser import violations

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

EPOCH = date(1970, 1, 1)
PHONE = (390, 844)
OTHER = "incidentmap.compared(map)"
#: Where the other half has two places of this one, and whether both have one zoom.
APART = f"""
const other = {OTHER};
const places = [[33.3, 38.7], [31, 41]];
const [[a, b], [c, d]] = places.map((place) => {{
    const at = [map, other].map((each) => {{
        const box = each.getContainer().getBoundingClientRect();
        const {{ x, y }} = each.latLngToContainerPoint(place);
        return [box.x + x, box.y + y];
    }});
    return [at[1][0] - at[0][0], at[1][1] - at[0][1]];
}});
return [a - c, b - d, map.getZoom() - other.getZoom(), a, b];
"""
#: The middle of a mark that stands for one incident in the other half, in pixels of the window.
SINGLE = f"""
const box = {OTHER}.getContainer().getBoundingClientRect();
const {{ marks, panels }} = incidentmap.labels({OTHER});
const inside = ([x, y], [left, top, right, bottom]) =>
    x > left && x < right && y > top && y < bottom;
const middles = marks.filter(([left, , right]) => right - left < 19)
    .map(([left, top, right, bottom]) => [(left + right) / 2, (top + bottom) / 2])
    .filter((at) => !panels.some((panel) => inside(at, panel)));
const [[x, y]] = middles;
return [box.x + x, box.y + y];
"""
#: Pixels of the strip where the window of A begins, in its lower and its upper half.
MEETING = """
const boxes = [".im-plot > .im-handle", ".im-bands .im-handle:last-of-type"].map((each) =>
    document.querySelector(each).getBoundingClientRect());
const [{ left, right, top }, other] = boxes;
const says = (y) =>
    document.elementFromPoint((left + right) / 2, y).closest("[role=slider]").ariaLabel;
const rows = Array.from({ length: Math.floor(other.top - top) - 4 }, (_, i) => top + 1 + i);
return [[...new Set(rows.map(says))], says(other.bottom - 4)];
"""
#: Parts of the head of the strip that are wider than the room that they have.
CUT = """
const heads = ".im-strip-head, .im-strip-head > *, .im-range-line > *";
const parts = document.querySelectorAll(heads);
const cut = [...parts].filter((each) => each.scrollWidth > each.clientWidth);
return cut.map((each) => each.className);
"""


def rest(opened: Any) -> None:
    """Wait until both halves change no more by themselves."""
    opened.settle()
    opened.wait_until(f"[map, {OTHER}].every((each) => incidentmap.state(each).ready)")
    opened.settle()


def begin(opened: Any) -> None:
    opened.page.get_by_role("button", name="Compare", exact=True).click()
    opened.wait_until(f"{OTHER} !== null && incidentmap.state({OTHER}).total > 0")
    rest(opened)


def drag(opened: Any, start: tuple[float, float], way: tuple[float, float]) -> None:
    mouse = opened.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + way[0], start[1] + way[1], steps=4)
    mouse.up()


def box_of(opened: Any, selector: str) -> dict[str, float]:
    box: dict[str, float] | None = opened.page.locator(selector).bounding_box()
    assert box is not None
    return box


def paper_says(opened: Any) -> str:
    """The sentence at the head of the sheet; the page is then as before."""
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    said = str(opened.page.locator(".im-paper header p").text_content())
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    rest(opened)
    return said.replace("\xa0", " ")


def windows(opened: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Counts and windows of both halves."""
    return opened.state(), opened.run(f"return incidentmap.state({OTHER})")


def assert_same_place(opened: Any) -> None:
    *apart, x, y = opened.run(APART)
    # Both round to whole pixels.
    assert np.abs(apart[:2]).max() <= 1
    assert apart[2] == 0
    assert abs(x) > 100 or abs(y) > 100


def expected(table: gpd.GeoDataFrame, window: list[int]) -> int:
    """Incidents whose days meet a window, and those without any."""
    first, last = (np.datetime64(EPOCH + timedelta(days=day)) for day in window)
    meets = (table["date_start"] <= last) & (table["date_end"] >= first)
    return int((meets | table["date_start"].isna()).sum())


def look(opened: Any, lat: float, lon: float, zoom: float) -> None:
    opened.run(f"map.setView([{lat}, {lon}], {zoom}, {{animate: false}})")
    rest(opened)


def assert_whole_world(opened: Any, incidents: gpd.GeoDataFrame) -> None:
    """Both halves agree at its edge, too, and each counts what it has no room for."""
    view = opened.run("return [map.getCenter().lat, map.getCenter().lng, map.getZoom()]")
    way = opened.run(APART)[3:]
    # Beyond the poles there are pixels, but no latitudes.
    look(opened, 0, 20, 1)
    assert opened.run(APART)[3:] == pytest.approx(way, abs=1)
    north = opened.run("return map.getCenter().lat")
    drag(opened, (600, 350), (40, 60))
    opened.wait_until(f"map.getCenter().lat > {north} + 5")
    rest(opened)
    assert opened.run(APART)[3:] == pytest.approx(way, abs=1)
    # Where no country has its name on the map, each half says how many are known no better.
    look(opened, 0, -30, 6)
    broad = incidents[incidents["precision"] == "country"]
    for half, chip in zip(
        windows(opened), opened.page.locator(".im-half-head .im-corner-chip").all(), strict=True
    ):
        said = chip.inner_text().replace("\xa0", " ")
        assert said == f"{expected(broad, half['window'])} more: country only"
    look(opened, *view)


def assert_measures(opened: Any, box: dict[str, float]) -> None:
    """A way is measured in the other half, too."""
    opened.page.keyboard.press("m")
    opened.page.locator(".im-measure").wait_for()
    opened.page.mouse.click(box["x"] + 100, box["y"] + 560)
    opened.page.mouse.click(box["x"] + 200, box["y"] + 560)
    opened.wait_until("/^[\\d.,]+\\skm$/.test(document.querySelector('.im-measure p').textContent)")
    opened.page.keyboard.press("Escape")
    opened.page.locator(".im-measure").wait_for(state="hidden")


def test_two_windows_stand_side_by_side_and_one_can_be_put_away(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    page, note = opened.page, opened.page.locator(".im-range-note")
    opened.settle()
    before = (opened.run("return map.getCenter()"), opened.run("return map.getZoom()"))
    canvases = page.locator("canvas").count()
    said = note.inner_text()

    begin(opened)
    own, other = windows(opened)
    assert own["window"][0] == other["window"][1] + 1
    for half in (own, other):
        assert half["visible"] == expected(incidents, half["window"])
    assert note.inner_text() == f"{own['visible']}, before {other['visible']}"
    heads = page.locator(".im-half-head").all_inner_texts()
    assert [re.sub(r"\s+", " ", head) for head in heads] == [
        f"A 11 Feb 2024 – 19 Mar 2024 38 days · {own['visible']} incidents",
        f"B 4 Jan 2024 – 10 Feb 2024 38 days · {other['visible']} incidents",
    ]
    assert_same_place(opened)
    assert opened.run(MEETING) == [["First day"], "Last day of B"]

    # A filter and a layer hold for both.
    page.get_by_role("checkbox", name="Flood").first.click()
    rest(opened)
    some = [half["visible"] for half in windows(opened)]
    assert 0 < some[0] < own["visible"]
    assert 0 < some[1] < other["visible"]
    page.get_by_role("button", name="Clear filters").click()
    opened.wait_until(f"incidentmap.state({OTHER}).visible > {some[1]}")

    page.get_by_role("button", name="End the comparison").click()
    opened.wait_until(
        f"{OTHER} === null && document.querySelector('.im-compare, .im-bands') === null"
    )
    opened.settle()
    assert page.locator("canvas").count() == canvases
    assert page.evaluate("document.activeElement.textContent") == "Compare"
    assert note.inner_text() == said
    assert "compare" not in page.evaluate("location.hash")
    after = (opened.run("return map.getCenter()"), opened.run("return map.getZoom()"))
    assert after[1] == before[1]
    assert after[0]["lat"] == pytest.approx(before[0]["lat"], abs=0.05)
    assert after[0]["lng"] == pytest.approx(before[0]["lng"], abs=0.05)


def test_both_halves_show_the_same_place_and_open_the_same_cards(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    begin(opened)

    # What the reader does with either map, the other one does too.
    opened.run("map.panBy([40, -30], {animate: false})")
    rest(opened)
    assert_same_place(opened)
    assert_whole_world(opened, incidents)
    box = box_of(opened, ".im-half")
    center = opened.run("return map.getCenter()")
    drag(opened, (box["x"] + 200, box["y"] + 500), (-60, -45))
    opened.wait_until(f"map.getCenter().lng > {center['lng']} + 0.1")
    rest(opened)
    assert_same_place(opened)
    zoom = opened.run("return map.getZoom()")
    page.mouse.wheel(0, -240)
    opened.wait_until(f"map.getZoom() > {zoom} && {OTHER}.getZoom() === map.getZoom()")
    rest(opened)
    assert_same_place(opened)
    page.get_by_role("button", name="Fit all incidents").click()
    opened.wait_until(f"map.getZoom() !== {zoom} + 1")
    rest(opened)
    assert_same_place(opened)

    assert_measures(opened, box)

    # A mark of the other half opens the card of an incident of its own window.
    own, other = windows(opened)
    page.mouse.click(*opened.run(SINGLE))
    page.locator(".im-card").wait_for()
    opened.wait_until("/incident=/.test(location.hash)")
    rest(opened)
    number = re.search(r"incident=(test:\d+)", page.evaluate("location.hash"))
    assert number is not None
    found = incidents.set_index("incident_id").loc[number[1]]
    assert expected(incidents[incidents["incident_id"] == number[1]], other["window"]) == 1
    assert page.locator(".im-card .im-headline").inner_text() == found["title"]
    assert page.locator(".im-card-place").inner_text().endswith(f"of {other['visible']}")

    # The link holds both windows; paper says that it shows one of them.
    told = f"half B, 4 Jan 2024 – 10 Feb 2024, has {other['visible']} incidents."
    assert told in paper_says(opened)
    assert_same_place(opened)
    address = page.evaluate("location.href")
    assert "compare=2024-01-04..2024-02-10" in address
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("html[data-ready=true]", state="attached")
    opened.wait_until(f"{OTHER} !== null && incidentmap.state({OTHER}).total > 0")
    rest(opened)
    for half, before in zip(windows(opened), (own, other), strict=True):
        assert (half["window"], half["visible"]) == (before["window"], before["visible"])
    page.locator(".im-card-place", has_text=f"of {other['visible']}").wait_for()
    page.evaluate("location.hash = location.hash.replace(/&?compare=[^&]*/, '')")
    opened.wait_until(f"{OTHER} === null")
    opened.settle()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_comparison_is_for_everyone(
    visit: Open, incidents: gpd.GeoDataFrame, language: str
) -> None:
    opened = visit(layers.map_incidents(incidents, language=language))
    page = opened.page
    toggle = page.locator(".im-compare-periods")
    toggle.focus()
    page.keyboard.press("Enter")
    opened.wait_until(f"{OTHER} !== null && incidentmap.state({OTHER}).total > 0")
    rest(opened)
    assert violations(opened) == []
    assert toggle.get_attribute("aria-pressed") == "true"

    # Time runs with the words; the handles of the other window move by keys, too.
    handles = page.locator(".im-bands [role=slider]")
    own, other = windows(opened)
    handles.nth(1).focus()
    page.keyboard.press("ArrowLeft" if language == "en" else "ArrowRight")
    last = other["window"][1] - 1
    opened.wait_until(f"incidentmap.state({OTHER}).window[1] === {last}")
    rest(opened)
    assert handles.nth(1).get_attribute("aria-valuenow") == str(last)
    assert windows(opened)[0] == own
    box = box_of(opened, ".im-band")
    drag(opened, (box["x"] + 150, box["y"] + 8), (60 if language == "en" else -60, 0))
    opened.wait_until(f"incidentmap.state({OTHER}).window[1] > {last}")
    rest(opened)
    moved = windows(opened)[1]["window"]
    assert moved[1] - moved[0] == last - other["window"][0]
    assert windows(opened)[0] == own

    # Keys lead through the marks of the other half; halves lie below each other on a phone.
    page.locator(".im-half").focus()
    page.keyboard.press("n")
    opened.wait_until("document.querySelector('.im-compare [aria-live]').textContent !== ''")
    spoken = "B: 2" if language == "en" else "ب: 2"
    said = "document.querySelector('.im-compare [role=status]').textContent"
    opened.wait_until(f"{said}.includes('{spoken}')")
    # Nothing of the strip is cut at any width.
    for width in (1024, 1139, 1240):
        opened.resize(width, 768)
        rest(opened)
        assert opened.run(CUT) == []
    opened.resize(*PHONE)
    rest(opened)
    assert_same_place(opened)
    half, sheet = box_of(opened, ".im-half"), box_of(opened, ".im-panel")
    assert half["width"] == PHONE[0]
    assert 200 < half["y"] < sheet["y"] < half["y"] + half["height"]
    assert not toggle.is_visible()
    page.locator(".im-strip-more").click()
    toggle.wait_for()
    assert violations(opened) == []
    toggle.click()
    opened.wait_until(f"{OTHER} === null")
    opened.settle()
