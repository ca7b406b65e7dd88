"""The list of a page follows the map, answers to pointer and keys, is a table, and can be saved."""

import json
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from playwright.sync_api import Locator, Page, expect

import layers
from tests.maps.conftest import READY_MS

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

LONG = 3_000


def shown(opened: Any) -> int:
    return int(opened.page.locator(".im-list").get_attribute("data-shown"))


def wait_shown(opened: Any, count: int) -> None:
    opened.wait_until(f"document.querySelector('.im-list').dataset.shown === '{count}'")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def test_the_list_follows_the_map_and_rows_open_cards(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    total = len(incidents)
    wait_shown(opened, total)
    # Titles come with the texts, newest first.
    options(page).get_by_text("Invented incident 38", exact=True).wait_for()
    first = options(page).first
    name = first.text_content() or ""
    for word in ("Invented incident 38", "17\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2024", "killed"):
        assert word in name
    assert first.get_attribute("aria-setsize") == str(total)
    assert page.locator(".im-option[aria-selected=true]").count() == 0

    # A place that only some incidents are at; those without a point stay at the end.
    unplaced = int((incidents.geometry.isna() | (incidents["precision"] == "country")).sum())
    opened.view(38.703, 33.306, 13)
    wait_shown(opened, 1 + unplaced)
    assert "Drone attack on Tower 22" in options(page).first.inner_text()
    page.locator(".im-list-part").first.wait_for()
    heads = page.locator(".im-list-part").all_inner_texts()
    assert heads[0].startswith("Known only to a country")
    options(page).first.click()
    page.get_by_role("dialog", name="Drone attack on Tower 22").wait_for()
    page.get_by_role("option", name="Drone attack on Tower 22", selected=True).wait_for()
    page.keyboard.press("Escape")

    # Far from everything.
    opened.view(-100, 40, 6)
    page.get_by_text("None in this view").wait_for()
    page.get_by_role("button", name="Fit all", exact=True).click()
    wait_shown(opened, total)


def test_keys_walk_through_the_list(opened: Any) -> None:
    page = opened.page
    opened.settle()
    box = page.get_by_role("listbox")
    box.focus()
    for key, place in (
        ("j", 0),
        ("ArrowDown", 1),
        ("k", 0),
        ("End", 39),
        ("ArrowUp", 38),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
        assert active.get_attribute("aria-posinset") == str(place + 1)
        row, panel = active.bounding_box(), page.locator(".im-panel-scroll").bounding_box()
        assert row["y"] >= panel["y"]
        assert row["y"] + row["height"] <= panel["y"] + panel["height"]
    title = options(page).first.locator(".im-row-title").inner_text()
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name=title).wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "listbox"


@pytest.fixture
def opened(visit: Open, incidents: gpd.GeoDataFrame) -> Any:
    return visit(layers.map_incidents(incidents))


def test_a_row_and_its_mark_point_at_each_other(visit: Open) -> None:
    table = gpd.GeoDataFrame(
        {"incident_id": ["a", "b"], "title": ["West", "East"], "precision": "site"},
        geometry=[shapely.Point(37, 33), shapely.Point(40, 33)],
        crs="EPSG:4326",
    )
    opened = visit(layers.map_incidents(table))
    page = opened.page
    wait_shown(opened, 2)
    options(page).get_by_text("West").wait_for()
    opened.settle()
    around = """const at = map.latLngToContainerPoint([33, 40]);
        const canvas = map.getPane("im-top").querySelector("canvas");
        const ratio = canvas.width / canvas.getBoundingClientRect().width;
        const box = canvas.getBoundingClientRect();
        const whole = map.getContainer().getBoundingClientRect();
        const [x, y] = [at.x + whole.left - box.left - 16, at.y + whole.top - box.top - 16];
        const copy = document.createElement("canvas");
        const part = [x, y, 32, 32].map((each) => each * ratio);
        copy.getContext("2d").drawImage(canvas, ...part, 0, 0, 32, 32);
        return copy.toDataURL();"""
    before = opened.run(around)
    options(page).get_by_text("East").hover()
    opened.wait_until(f"(await (async () => {{ {around} }})()) !== {json.dumps(before)}")
    options(page).get_by_text("West").hover()
    opened.wait_until(f"(await (async () => {{ {around} }})()) === {json.dumps(before)}")
    box = page.locator(f"#{opened.map_name}").bounding_box()
    x, y = opened.run("const at = map.latLngToContainerPoint([33, 40]); return [at.x, at.y];")
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.locator(".im-option.im-hovered").get_by_text("East").wait_for()


def many(count: int) -> gpd.GeoDataFrame:
    """Incidents on a grid, one each day."""
    start = pd.Timestamp("2015-01-01") + pd.to_timedelta(pd.RangeIndex(count), unit="D")
    return gpd.GeoDataFrame(
        {
            "incident_id": [f"many:{i}" for i in range(count)],
            "title": [f"Number {i}" for i in range(count)],
            "kind": "protest",
            "precision": "site",
            "uncertainty_m": 1_000.0,
            "date_start": pd.Series(start).astype("datetime64[s]"),
            "fatalities_best": pd.Series([i % 10 for i in range(count)], dtype="Int64"),
        },
        geometry=shapely.points([[36 + i % 50 / 10, 32 + i % 30 / 10] for i in range(count)]),
        crs="EPSG:4326",
    )


def test_a_long_list_makes_the_rows_in_sight_and_sorts_as_a_table(visit: Open) -> None:
    opened = visit(layers.map_incidents(many(LONG)))
    page = opened.page
    wait_shown(opened, LONG)
    options(page).get_by_text(f"Number {LONG - 1}", exact=True).wait_for()
    scroll = "document.querySelector('.im-panel-scroll')"
    for share in (0.5, 1.0, 0.0):
        page.evaluate(f"{scroll}.scrollTop = {share} * {scroll}.scrollHeight")
        number = round((1 - share) * (LONG - 1))
        opened.wait_until(
            "[...document.querySelectorAll('.im-row-title')].some((title) => "
            f"Math.abs(Number(title.textContent.slice(7)) - {number}) < 12)"
        )
        assert options(page).count() < 40
    page.get_by_label("Sort the list").select_option("Oldest first")
    options(page).get_by_text("Number 0", exact=True).wait_for()

    page.keyboard.press("t")
    table = page.get_by_role("table", name="Incidents in view")
    table.wait_for()
    assert page.locator(".im-panel").bounding_box()["width"] == 720
    assert table.get_attribute("aria-rowcount") == str(LONG + 1)
    head = table.get_by_role("columnheader", name="Date")
    assert head.get_attribute("aria-sort") == "ascending"
    killed = table.get_by_role("columnheader", name="Killed")
    killed.get_by_role("button").click()
    opened.wait_until("document.querySelector('th[aria-sort]').textContent === 'Killed'")
    assert killed.get_attribute("aria-sort") == "descending"
    assert head.get_attribute("aria-sort") is None
    assert page.evaluate("document.activeElement.textContent") == "Killed"
    rows = table.locator("tbody tr")
    assert rows.first.get_attribute("aria-rowindex") == "2"
    assert rows.first.locator("td").nth(5).inner_text() == "9"
    assert rows.first.locator("td").nth(1).inner_text() == f"Number {LONG - 1}"
    killed.get_by_role("button").click()
    opened.wait_until("document.querySelector('tbody td:nth-child(6)').textContent === '0'")
    table.get_by_role("button", name="Number 2990", exact=True).click()
    page.get_by_role("dialog", name="Number 2990").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="View as table").click()
    page.get_by_role("listbox").wait_for()


def test_search_finds_what_all_parts_then_show(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    incidents.loc[1, "title"] = "Müşterîler at the <u>gate</u>"
    incidents.loc[2, "place"] = "مدينة الأمل"
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    wait_shown(opened, len(incidents))
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    assert field.evaluate("(field) => field === document.activeElement")
    page.keyboard.type("musteriler GATE")
    opened.wait_for("state.visible === 1")
    wait_shown(opened, 1)
    expect(page.locator(".im-option u")).to_have_text(["Müşterîler", "gate"])
    assert "1\N{NO-BREAK SPACE}incident" in page.locator(".im-summary").inner_text()
    for query, count in (
        ("مدينه", 1),
        ('"Tower 22" drone', 1),
        ("near place 23", 1),
        ('"incident 3"', 11),
        ("A group", 40),
        ("happened syria", 13),
    ):
        field.fill(query)
        opened.wait_for(f"state.visible === {count}")
    # What is searched for stays out of the address, which is written after a change.
    opened.run("return incidentmap.select(map, 'test:000')")
    opened.wait_until("location.hash.includes('incident=test:000')")
    assert opened.run("return /happened|syria/.test(location.href)") is False
    page.keyboard.press("Escape")
    field.fill("no such words")
    page.get_by_text("No text holds all of these words.").wait_for()
    page.locator(".im-state").get_by_role("button", name="Clear filters").click()
    wait_shown(opened, len(incidents))
    assert field.input_value() == ""


def test_the_nearest_match_is_named_with_its_day_and_its_way(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    page.get_by_role("searchbox").fill('"Tower 22"')
    day = (pd.Timestamp("2024-03-01") - pd.Timestamp("1970-01-01")).days
    opened.run(f"incidentmap.setWindow(map, {day}, {day + 5})")
    state = page.locator(".im-state")
    state.get_by_text("No incidents match").wait_for()
    opened.wait_until(
        "document.querySelector('.im-state').textContent.includes('28\\u00a0January 2024')"
    )
    assert "km away" in state.inner_text()
    state.get_by_role("button", name="Show nearest").click()
    page.get_by_role("dialog", name="Drone attack on Tower 22").wait_for()
    wait_shown(opened, 1)


def test_actors_and_sources_are_filtered_and_stay_nameless_in_the_address(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    incidents["actors"] = [json.dumps([{"name": f"Group {i % 3}"}]) for i in range(len(incidents))]
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    wait_shown(opened, len(incidents))
    page.get_by_role("button", name="Actor").click()
    page.get_by_role("checkbox", name="Group 1, 13\N{NO-BREAK SPACE}incidents").click(
        modifiers=["Alt"]
    )
    opened.wait_for("state.visible === 13")
    assert page.get_by_role("button", name="Actor 1 of 3").count() == 1
    opened.wait_until("location.hash.includes('actor=.')")
    assert "Group" not in opened.run("return location.href")
    page.reload()
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=READY_MS)
    opened.wait_for("state.visible === 13")


def test_on_a_phone_the_search_stands_over_the_map(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    opened.resize(390, 844)
    field = page.get_by_role("searchbox")
    assert field.bounding_box()["y"] < 60
    field.fill("Tower")
    opened.wait_for("state.visible === 1")
    page.get_by_role("button", name="Filters", exact=True).click()
    row = page.get_by_role("option", name="Drone attack on Tower 22")
    row.scroll_into_view_if_needed()
    row.click()
    page.get_by_role("dialog", name="Drone attack on Tower 22").wait_for()
    assert not field.is_visible()


def test_a_card_that_a_filter_leaves_out_says_so_and_leads_to_none(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    wait_shown(opened, len(incidents))
    page = opened.page
    options(page).first.click()
    place = page.locator(".im-card-place")
    place.get_by_text(f"of {len(incidents)}").wait_for()
    kind = page.locator(".im-card .im-kind-line").inner_text()
    page.get_by_role("checkbox", name=kind, checked=True).first.click()
    expect(place).to_have_text("outside the filter")
    expect(page.locator(".im-steps button:enabled")).to_have_count(0)
