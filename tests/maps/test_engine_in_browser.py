"""The clock, the marks and the states of a page, as a reader meets them in a real browser."""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from playwright.sync_api import Browser

import layers
from tests.maps.conftest import READY_MS

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

SPOT = (38.703, 33.306)


def on_one_spot(count: int) -> gpd.GeoDataFrame:
    """Incidents of one day and one place."""
    return gpd.GeoDataFrame(
        {
            "incident_id": [f"spot:{i}" for i in range(count)],
            "title": [f"Shot {i}" for i in range(count)],
            "kind": "battle",
            "precision": "site",
            "date_start": pd.Series([pd.Timestamp("2024-01-28")] * count, dtype="datetime64[s]"),
            "fatalities_high": pd.Series(range(1, count + 1), dtype="Int64"),
        },
        geometry=[shapely.Point(*SPOT)] * count,
        crs="EPSG:4326",
    )


def test_incidents_of_one_spot_spread_out_and_each_can_be_opened(visit: Open) -> None:
    opened = visit(layers.map_incidents(on_one_spot(3)))
    opened.view(*SPOT, zoom=12)
    box = opened.page.locator(f"#{opened.map_name}").bounding_box()
    x, y = opened.run(
        f"const at = map.latLngToContainerPoint([{SPOT[1]}, {SPOT[0]}]); return [at.x, at.y];"
    )
    opened.click_place(*SPOT)
    opened.wait_until("incidentmap.labels(map).marks.length === 3")
    opened.settle()
    assert opened.page.get_by_role("dialog").count() == 0
    # The first leg of a ring of three ends straight above the spot.
    opened.page.mouse.click(box["x"] + x, box["y"] + y - 26)
    opened.page.get_by_role("dialog", name="Shot 0").wait_for()


def test_more_on_one_spot_than_can_be_spread_are_listed(visit: Open) -> None:
    opened = visit(layers.map_incidents(on_one_spot(60)))
    opened.view(*SPOT, zoom=12)
    opened.click_place(*SPOT)
    dialog = opened.page.get_by_role("dialog")
    dialog.get_by_role("heading", name="60\N{NO-BREAK SPACE}incidents").wait_for()
    assert dialog.get_by_role("listitem").count() == 60


def test_a_span_is_seen_on_each_of_its_days_and_undated_ones_can_be_put_off(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    incidents.loc[0, "date_end"] = pd.Timestamp("2024-02-20")
    opened = visit(layers.map_incidents(incidents))
    day = (pd.Timestamp("2024-02-14") - pd.Timestamp("1970-01-01")).days
    opened.run(f"incidentmap.setWindow(map, {day}, {day})")
    undated = int(incidents["date_start"].isna().sum())
    on_day = int((incidents["date_start"] == pd.Timestamp("2024-02-14")).sum())
    opened.wait_for(f"state.visible === {1 + on_day + undated}")
    opened.page.get_by_role("button", name=f"{undated} undated").click()
    opened.wait_for(f"state.visible === {1 + on_day}")


def test_steps_move_the_window_by_its_unit(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.page.get_by_role("radio", name="Month").click()
    opened.page.get_by_role("button", name="Earlier").click()
    opened.page.get_by_role("button", name="Earlier").click()
    first, last = opened.state()["window"]
    epoch = pd.Timestamp("1970-01-01")
    assert [str((epoch + pd.Timedelta(days=day)).date()) for day in (first, last)] == [
        "2024-02-01",
        "2024-02-29",
    ]


def test_play_moves_the_window_and_stops_when_asked(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.page.get_by_role("button", name="Play").click()
    first = opened.state()["window"]
    opened.wait_for(f"state.window[0] > {first[0]}")
    opened.page.get_by_role("button", name="Pause").click()
    assert opened.page.get_by_role("button", name="Play").is_visible()


def test_the_address_keeps_view_window_filters_and_selection(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.view(38.5, 33.2, 8)
    first, last = opened.state()["window"]
    opened.run(f"incidentmap.setWindow(map, {first}, {last - 10})")
    opened.page.get_by_role("checkbox", name="Flood").first.click()
    opened.run("return incidentmap.select(map, 'test:000')")
    opened.wait_until("location.hash.includes('incident=test:000')")
    before = opened.state()
    address = opened.run("return location.href")
    assert "dates=2024-01-03..2024-03-09&kind=-7&incident" in address
    opened.page.reload()
    opened.page.wait_for_selector("html[data-ready=true]", state="attached", timeout=READY_MS)
    opened.page.get_by_role("dialog", name="Drone attack on Tower 22").wait_for()
    opened.wait_for(f"state.visible === {before['visible']}")
    assert opened.state()["window"] == before["window"]
    flood = opened.page.get_by_role("checkbox", name="Flood").first
    assert flood.get_attribute("aria-checked") == "false"
    assert opened.run("return map.getZoom()") == 8


@pytest.mark.parametrize(
    "address",
    [
        "map=99/x/y&dates=2024-13-01..2024-02-30&kind=-99,<img>&incident=nobody&layers=77,-1",
        "map=&dates=..&precision=-&theme=pink&layers=,,&size=huge&undated=maybe",
        "%00&map=5/91/0&kind=" + "-" * 50,
    ],
)
def test_a_broken_address_changes_nothing(
    visit: Open, incidents: gpd.GeoDataFrame, address: str
) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.settle()
    before = opened.state()
    opened.page.goto("about:blank")
    opened.page.goto(opened.address + "#" + address)
    opened.page.wait_for_selector("html[data-ready=true]", state="attached", timeout=READY_MS)
    opened.settle()
    assert opened.state() == before


def test_nothing_left_by_the_filters_is_said_and_undone(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    dated = incidents[incidents["date_start"].notna()].reset_index(drop=True)
    opened = visit(layers.map_incidents(dated))
    kinds = opened.page.get_by_role("group", name="Kind").first.get_by_role("checkbox")
    for place in range(kinds.count()):
        kinds.nth(place).click()
    opened.page.get_by_role("heading", name="No incidents match").wait_for()
    opened.page.locator(".im-state").get_by_role("button", name="Clear filters").click()
    opened.wait_for(f"state.visible === {len(dated)}")
    opened.page.locator(".im-state").wait_for(state="hidden")


def test_a_view_without_incidents_leads_back_to_them(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.view(-140, -40, 6)
    opened.page.get_by_role("heading", name="None in this view").wait_for()
    opened.page.get_by_role("button", name="Fit all", exact=True).click()
    opened.wait_for("state.drawn > 0")


def test_a_page_over_its_size_counts_groups_and_says_so(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    many = pd.concat([incidents] * 60, ignore_index=True)
    many["incident_id"] = [f"many:{i}" for i in range(len(many))]
    many["title"] = [sha256(bytes([i % 256, i // 256])).hexdigest() * 4 for i in range(len(many))]
    many["place"] = [sha256(bytes([i // 256, i % 256])).hexdigest() for i in range(len(many))]
    opened = visit(layers.map_incidents(gpd.GeoDataFrame(many, crs="EPSG:4326"), max_size_mb=0.1))
    state = opened.state()
    assert (state["total"], state["visible"]) == (len(many), len(many))
    notice = opened.page.locator(".im-notice")
    assert notice.inner_text().startswith("Grouped into cells. 2,400 single incidents")
    notice.get_by_role("button", name="Close").click()
    notice.wait_for(state="detached")
    row = opened.page.get_by_role("checkbox", name="Flood").first
    row.click()
    opened.wait_for(f"state.visible === {int((many['kind'] != 'flood').sum())}")


def test_a_damaged_block_is_named_and_the_page_is_not_blank(
    browser: Browser, incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    map_ = layers.map_incidents(incidents)
    block = next(layer for layer in map_._children.values() if hasattr(layer, "incidents"))
    name = block.incidents.columns.id
    html = map_.get_root().render()
    start = html.index(f'id="{name}">') + len(name) + 5
    middle = start + len(block.incidents.columns.base64) // 2
    other = "A" if html[middle] != "A" else "B"
    path = tmp_path / "damaged.html"
    path.write_text(html[:middle] + other + html[middle + 1 :], encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert re.search(rf"{name}.*checksum.*Ask for the file again", alert.inner_text())
    assert page.get_by_role("heading", name="Incident map").is_visible()
    page.close()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_dates_are_the_same_in_every_time_zone(browser: Browser, tmp_path: Path, zone: str) -> None:
    path = tmp_path / "map.html"
    layers.map_incidents(on_one_spot(2)).save(path)
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=READY_MS)
    assert "28\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2024" in page.locator(".im-range").inner_text()
    context.close()


def test_marks_can_be_as_large_as_their_incidents_are_deadly(visit: Open) -> None:
    table = on_one_spot(2)
    table.geometry = [shapely.Point(38.0, 33.3), shapely.Point(39.0, 33.3)]
    table["fatalities_high"] = pd.Series([1, 50], dtype="Int64")
    opened = visit(layers.map_incidents(table))
    opened.view(38.5, 33.3, 10)
    small = opened.run("return incidentmap.labels(map).marks")
    opened.page.get_by_role("button", name="Layers").click()
    opened.page.get_by_role("switch", name="Size by number of killed").click()
    opened.wait_for("state.ready")
    large = opened.run("return incidentmap.labels(map).marks")
    widths = [sorted(right - left for left, _, right, _ in marks) for marks in (small, large)]
    assert widths[0][0] == widths[0][1] == widths[1][0]
    assert widths[1][1] > 2 * widths[1][0]


def test_dragging_points_at_no_mark_and_with_shift_draws_a_box_to_look_at(visit: Open) -> None:
    opened = visit(layers.map_incidents(on_one_spot(1)))
    page = opened.page
    opened.view(*SPOT, zoom=12)
    pointed = f"#{opened.map_name}.im-over-mark"
    box = page.locator(f"#{opened.map_name}").bounding_box()
    x, y = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(x, y)
    page.locator(pointed).wait_for()
    page.mouse.move(x + 150, y)
    page.locator(pointed).wait_for(state="detached")
    page.mouse.down()
    # Otherwise the map might still glide when the view is set again.
    opened.run("map.options.inertia = false")
    # The mark moves with the ground, so the pointer finds it only where the drag is held up.
    opened.run("map.on('drag', () => map.setView([33.306, 38.703], 12, {animate: false}))")
    seen = """window.pointed = []; const pane = map.getContainer();
        new MutationObserver(() => window.pointed.push(pane.className))
            .observe(pane, {attributeFilter: ["class"]});"""
    opened.run(seen)
    page.mouse.move(x, y, steps=5)
    assert opened.run("return pointed.filter((each) => each.includes('im-over-mark'))") == []
    page.mouse.up()
    opened.run("map.off('drag')")
    opened.view(*SPOT, zoom=12)
    page.mouse.move(x + 1, y + 1)
    page.locator(pointed).wait_for()
    before = opened.run("return map.getZoom()")
    page.mouse.move(x - 60, y - 40)
    page.keyboard.down("Shift")
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=3)
    drawn = page.locator(".leaflet-zoom-box").bounding_box()
    assert (round(drawn["width"]), round(drawn["height"])) == (120, 80)
    edges = [drawn["x"] - box["x"], drawn["y"] - box["y"]]
    edges += [edges[0] + drawn["width"], edges[1] + drawn["height"]]
    opened.run(f"""
        const [left, top, right, bottom] = {edges};
        window.ends = [[left, top], [right, bottom]].map((at) => map.containerPointToLatLng(at));
    """)
    page.mouse.up()
    page.keyboard.up("Shift")
    panel = page.locator(".im-panel").bounding_box()
    strip = page.locator(".im-strip").bounding_box()
    opened.wait_until(f"map.getZoom() > {before} + 1.5")
    opened.wait_until(f"""((from, to) =>
        from.x > {panel["x"] + panel["width"]} && from.y > 0 && to.y < {strip["y"]}
    )(...ends.map((end) => map.latLngToContainerPoint(end)))""")
    page.locator(".leaflet-zoom-box").wait_for(state="detached")
