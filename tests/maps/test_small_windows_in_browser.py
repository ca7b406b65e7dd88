"""Phones, fingers, frames of notebooks, wide tables: what is in sight, and what keys reach."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import expect

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

PHONE, SIDEWAYS, FRAME = (390, 844), (844, 390), (900, 540)
READY = "html[data-ready=true]"
#: What fingers aim at, with the room that its box and an enlarged hit area take.
SMALL_TARGETS = """
const seen = (each) => each.offsetParent !== null && getComputedStyle(each).visibility !== "hidden";
const all = [...document.querySelectorAll(".im-shell :is(button, select, a, [role=slider])")];
return all.filter((each) => seen(each) && !each.closest(".im-skip")).map((each) => {
    const { width, height } = each.getBoundingClientRect();
    const more = getComputedStyle(each, "::after");
    const beyond = more.position === "absolute" ? -parseFloat(more.top) : 0;
    return [each.textContent, width, height + 2 * beyond];
}).filter(([, width, height]) => Math.min(width, height) < 44);
"""


#: Tools that something lies over, or that are not in the window.
COVERED = """
const seen = (each) => each.offsetParent !== null && getComputedStyle(each).visibility !== "hidden";
const tools = ".im-shell .im-tool, .im-strip button, .im-list-head button";
return [...document.querySelectorAll(tools)].filter(seen).filter((each) => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return !each.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}).map((each) => each.ariaLabel ?? each.textContent);
"""


#: A whole row of the list is seen, and the credits cover no mark.
IN_SIGHT = """(() => {
    const box = (part) => document.querySelector(part)?.getBoundingClientRect();
    const [row, foot, credits] = [".im-option", ".im-panel-foot", ".im-credits"].map(box);
    const { marks } = incidentmap.labels(map);
    return row?.height > 0 && row.bottom <= foot.top && marks.length > 0
        && marks.every(([, , , bottom]) => bottom <= credits.top);
})()"""


def assert_all_in_sight(opened: Any) -> None:
    """No tool is covered, and what one came to see is seen."""
    opened.wait_until(IN_SIGHT)
    assert opened.run(COVERED) == []


def reopen(opened: Any, size: tuple[int, int]) -> None:
    """Open the page anew in a window of this size."""
    opened.page.set_viewport_size({"width": size[0], "height": size[1]})
    opened.page.reload()
    opened.page.wait_for_selector(READY, state="attached", timeout=20_000)
    opened.settle()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_phone_opens_with_all_marks_clear_of_its_tools(
    visit: Open, incidents: gpd.GeoDataFrame, language: str
) -> None:
    # Marks at the edges of what is shown, at any height.
    ends = gpd.GeoSeries(
        [shapely.Point(lon, lat) for lon in (-60, 60) for lat in range(-40, 60, 5)], crs=4326
    )
    incidents["geometry"] = ends.to_numpy()
    incidents["precision"] = "site"
    opened = visit(layers.map_incidents(incidents, language=language))
    reopen(opened, PHONE)
    tools = opened.page.locator(".im-tools").bounding_box()
    marks = opened.run("return incidentmap.labels(map).marks")
    assert marks
    for left, top, right, bottom in marks:
        beside = right < tools["x"] or left > tools["x"] + tools["width"]
        assert beside or bottom < tools["y"] or top > tools["y"] + tools["height"]


def test_keys_stay_in_the_full_sheet_of_a_phone(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    reopen(opened, PHONE)
    page = opened.page
    panel, behind = page.locator(".im-panel"), "document.querySelector('.im-map').inert"
    page.locator(".im-tool-filter").click()
    opened.wait_until(behind)
    assert panel.get_attribute("role") == "dialog"
    assert panel.get_attribute("aria-label") == "Incidents and filters"
    inside = "document.activeElement.closest('.im-panel, .im-search-top, body') !== document.body"
    for _ in range(30):
        page.keyboard.press("Tab")
        # After the last part the browser's own bars may come, which a page knows as its body.
        assert page.evaluate(f"document.activeElement === document.body || {inside}")
    # An incident of the list opens over the sheet, and can be read.
    opened.run("incidentmap.select(map, 'test:000')")
    page.locator(".im-card").wait_for()
    opened.wait_until(f"!{behind}")
    page.keyboard.press("Escape")
    opened.wait_until(behind)
    page.keyboard.press("Escape")
    opened.wait_until(f"!{behind}")
    assert panel.get_attribute("data-height") == "half"
    assert panel.get_attribute("role") is None
    assert page.locator(".im-grip").evaluate("grip => grip === document.activeElement")


@pytest.mark.parametrize("size", [PHONE, (800, 1000), SIDEWAYS])
def test_fingers_have_room_on_devices_that_are_touched(
    visit: Open, incidents: gpd.GeoDataFrame, size: tuple[int, int]
) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    page.context.new_cdp_session(page).send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    reopen(opened, size)
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    assert opened.run(SMALL_TARGETS) == []
    if size == SIDEWAYS:
        assert_all_in_sight(opened)
        opened.resize(932, 430)
        assert_all_in_sight(opened)
    page.locator(".im-tool-layers").click()
    opened.run("document.querySelector('.im-option').click()")
    page.locator(".im-card").wait_for()
    assert opened.run(SMALL_TARGETS) == []


def test_the_strip_of_a_phone_leaves_the_list_a_row(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents, title="A title of a line"))
    reopen(opened, PHONE)
    page = opened.page
    step, more = page.get_by_role("button", name="Later"), page.locator(".im-strip-more")
    row = page.locator(".im-option").first.bounding_box()
    assert row["y"] + row["height"] <= PHONE[1]
    assert not step.is_visible()
    more.click()
    assert more.get_attribute("aria-expanded") == "true"
    step.wait_for()
    more.click()
    step.wait_for(state="hidden")


def test_the_frame_of_a_notebook_shows_rows_of_the_list(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents, provenance="Invented"))
    reopen(opened, FRAME)
    page = opened.page
    foot = page.locator(".im-panel-foot").bounding_box()
    boxes = [page.locator(".im-option").nth(place).bounding_box() for place in range(2)]
    assert all(box["y"] + box["height"] <= foot["y"] for box in boxes)
    for title in page.locator(".im-section-title").all():
        assert title.bounding_box()["height"] < 24
        assert title.evaluate("each => each.scrollWidth <= each.clientWidth")
    reopen(opened, (720, 450))
    assert_all_in_sight(opened)


def test_a_table_has_room_for_titles_and_rows(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    kinds = page.locator(".im-section-head[data-key=kind]")
    assert kinds.get_attribute("aria-expanded") == "true"
    page.get_by_role("button", name="View as table").click()
    opened.settle()
    assert kinds.get_attribute("aria-expanded") == "false"
    foot = page.locator(".im-panel-foot").bounding_box()["y"]
    rows = [row.bounding_box() for row in page.locator(".im-table tbody tr[data-place]").all()]
    assert sum(box["y"] + box["height"] <= foot for box in rows) >= 14
    assert page.locator("th.im-col-title").bounding_box()["width"] >= 195
    first, last = opened.state()["window"]
    opened.run(f"incidentmap.setWindow(map, {first + 10}, {last - 10})")
    page.get_by_role("button", name="All dates").wait_for()
    opened.settle()
    assert page.locator(".im-range").evaluate("each => each.scrollWidth <= each.clientWidth")
    kinds.click()
    assert kinds.get_attribute("aria-expanded") == "true"
    # Beside the table the strip is narrow, and keeps all of its switches.
    opened.resize(1024, 768)
    week = page.get_by_role("radio", name="Week")
    week.click()
    expect(week).to_be_checked()
    assert page.locator(".im-plot").bounding_box()["height"] >= 50
    opened.resize(1440, 900)
    page.get_by_role("button", name="View as table").click()
    opened.settle()
    assert kinds.get_attribute("aria-expanded") == "true"


def test_where_nothing_matches_the_page_says_so_in_sight_and_keeps_its_bars(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    opened.run("""
        const closed = ".im-section-head[aria-expanded=false]";
        while (document.querySelector(closed) !== null) document.querySelector(closed).click();
    """)
    opened.run("document.querySelectorAll('.im-filter').forEach((row) => row.click())")
    state = page.locator(".im-state")
    state.get_by_role("heading", name="No incidents match").wait_for()
    opened.settle()
    box, foot = state.bounding_box(), page.locator(".im-panel-foot").bounding_box()
    assert box["y"] + box["height"] <= foot["y"] + 1
    # The bars are grey: no pixel of the plot has a hue.
    hues = opened.run("""
        const plot = document.querySelector(".im-plot canvas");
        const [pen, wide, high] = [plot.getContext("2d"), plot.width - 40, plot.height - 36];
        const { data } = pen.getImageData(0, 12, wide, high);
        let [bars, coloured] = [0, 0];
        for (let i = 0; i < data.length; i += 4) {
            const [red, green, blue] = data.slice(i, i + 3);
            if (data[i + 3] > 0 && red < 215) bars++;
            if (Math.max(red, green, blue) - Math.min(red, green, blue) > 25) coloured++;
        }
        return [bars, coloured];
    """)
    assert hues[0] > 100
    assert hues[1] == 0
    # Those who hear the page are told of no incidents that are not shown.
    page.locator(".im-strip tbody tr").first.wait_for(state="detached")


def test_land_beside_the_one_world_of_the_marks_is_faded(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.view(38.0, 33.0, 1)
    covered = opened.run("""
        const canvas = document.querySelector(".leaflet-im-top-pane canvas");
        const box = canvas.getBoundingClientRect(), ratio = devicePixelRatio;
        const pen = canvas.getContext("2d");
        const row = pen.getImageData(0, 60 * ratio, canvas.width, 1).data;
        return [380, 800, 1300].map((x) => row[4 * Math.round((x - box.left) * ratio) + 3]);
    """)
    assert covered[0] > 100
    assert covered[1] == 0
    assert covered[2] > 100
