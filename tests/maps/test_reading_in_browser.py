"""Links that change, reading directions and keys, in a real browser."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest
import shapely

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")


@pytest.fixture
def opened(visit: Open, incidents: gpd.GeoDataFrame) -> Any:
    return visit(layers.map_incidents(incidents, title="January"))


def test_the_page_follows_a_changed_address(opened: Any) -> None:
    total = opened.state()["visible"]
    first, _ = opened.state()["window"]
    day = opened.run(f"return new Date({first} * 864e5).toISOString().slice(0, 10)")
    opened.page.evaluate(
        f"location.hash = '#map=7/33/38&dates={day}..{day}&undated=off&theme=dark'"
    )
    opened.wait_for(f"state.visible < {total} && state.window[1] === {first}")
    assert opened.run("return [map.getZoom(), Math.round(map.getCenter().lat)]") == [7, 33]
    assert opened.page.evaluate("document.documentElement.dataset.imTheme") == "dark"
    # What the page itself writes comes after a pause.
    opened.wait_until("!location.hash.startsWith('#map=7/33/38')")
    opened.page.evaluate("location.hash = '#map=6/33/38'")
    opened.wait_for(f"state.visible === {total}")
    # A link counts for more than a zoom that has begun, and than what was still to be written.
    opened.run("map.zoomIn(); location.hash = '#map=8/33/39';")
    opened.wait_until("location.hash.startsWith('#map=8/33.000/39.000') && !map._animatingZoom")
    opened.run(
        # In the same moment, so that the page hears of the link after it has written.
        "setTimeout(() => { location.hash = '#map=6/34/38'; }, 250);"
        f"incidentmap.setWindow(map, {first}, {first});"
        "for (const until = performance.now() + 400; performance.now() < until;);"
    )
    opened.wait_until("location.hash === '#map=6/34.00/38.00'")
    opened.wait_for(f"state.visible === {total}")


def test_dates_keep_their_order_from_right_to_left(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    incidents["geometry"] = gpd.GeoSeries([None] * len(incidents), incidents.index, crs=4326)
    opened = visit(layers.map_incidents(incidents, language="he"))
    opened.page.get_by_role("button", name="not on the map").click()
    opened.page.locator(".im-row-date").first.wait_for()
    # Day, month and year of each date stand from left to right.
    assert (
        opened.run("""
        return [...document.querySelectorAll(".im-row-date")].filter((row) => {
            const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
            const text = walker.nextNode();
            const at = [...text.data.matchAll(/\\S/g)].map(({ index }) => {
                const range = document.createRange();
                range.setStart(text, index);
                range.setEnd(text, index + 1);
                return range.getBoundingClientRect().left;
            });
            return at.some((x, i) => i > 0 && x < at[i - 1]);
        }).length
    """)
        == 0
    )


def test_a_name_cannot_turn_the_words_round_it(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents, title="In \u202ereverse\u202c order"))
    assert opened.page.locator("h1").inner_text() == "In reverse order"


def test_the_next_mark_is_moved_from_under_the_panel(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    one = incidents[incidents.geometry.notna()].head(1).copy()
    one["geometry"] = gpd.GeoSeries([shapely.Point(38.7, 33.3)], one.index, crs=4326)
    opened = visit(layers.map_incidents(one))
    opened.run(
        "const at = map.project([33.3, 38.7], 9);"
        "const there = map.unproject([at.x + map.getSize().x / 2 - 100, at.y], 9);"
        "map.setView(there, 9, {animate: false})"
    )
    opened.wait_for("state.ready")
    opened.page.locator("#" + opened.map_name).focus()
    opened.page.keyboard.press("n")
    opened.wait_until("document.querySelector('[aria-live=polite].im-unseen').textContent !== ''")
    panel = opened.page.locator("#im-panel").bounding_box()
    x = opened.run("return map.latLngToContainerPoint([33.3, 38.7]).x")
    assert x > panel["x"] + panel["width"]


@pytest.mark.parametrize(("lon", "side"), [(36.0, "right"), (41.0, "left")])
def test_the_legend_opens_where_fewer_incidents_are(
    visit: Open, incidents: gpd.GeoDataFrame, lon: float, side: str
) -> None:
    one = incidents[incidents.geometry.notna()].head(1).copy()
    one["geometry"] = gpd.GeoSeries([shapely.Point(lon, 33.3)], one.index, crs=4326)
    opened = visit(layers.map_incidents(one))
    opened.view(38, 33.3, 7)
    opened.page.get_by_role("button", name="Reading the marks").first.click()
    box = opened.page.locator(".im-legend").bounding_box()
    assert (box["x"] > 720) == (side == "right")


@pytest.mark.parametrize("width", [320, 390, 800])
def test_narrow_pages_step_and_show_the_whole_period(opened: Any, width: int) -> None:
    opened.resize(width, 844)
    more = opened.page.locator(".im-strip-more")
    assert more.is_visible() == (width < 640)
    if more.is_visible():
        more.click()
    for name in ("Day", "Week", "Month"):
        assert opened.page.get_by_role("radio", name=name, exact=True).is_visible()
    assert opened.page.get_by_role("button", name="Later").is_visible()
    line = opened.page.locator(".im-range")
    assert line.evaluate("(e) => e.offsetWidth <= e.parentElement.clientWidth + 1")


def test_the_smallest_phone_keeps_bars_and_all_words(opened: Any) -> None:
    opened.resize(320, 640)
    plot, panel, chip, credit = (
        opened.page.locator(name).bounding_box()
        for name in (".im-plot", ".im-panel", ".im-corner-chip", ".im-credits")
    )
    assert plot["height"] >= 70
    assert plot["y"] + plot["height"] <= panel["y"] + panel["height"]
    assert chip["y"] + chip["height"] <= credit["y"]


def test_a_link_to_days_outside_the_data_shows_all_of_it(opened: Any) -> None:
    whole = opened.state()
    opened.page.evaluate("location.hash = '#undated=off&dates=1999-01-01..1999-02-01'")
    opened.wait_for(f"state.visible < {whole['visible']}")
    assert opened.state()["window"] == whole["window"]


def test_a_long_title_leaves_room_on_a_phone_until_one_asks(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    incidents.loc[0, "title"] = "Words without end " * 24
    opened = visit(layers.map_incidents(incidents))
    opened.resize(390, 844)
    opened.page.evaluate("incidentmap.select(map_1, 'test:000')")
    title = opened.page.locator(".im-card .im-headline")
    title.wait_for()
    assert title.bounding_box()["height"] <= 4 * 25 + 1
    title.click()
    assert title.bounding_box()["height"] > 6 * 25


def test_a_source_without_a_date_says_nothing_of_it(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    incidents.loc[0, "sources"] = '[{"publisher": "US military"}]'
    opened = visit(layers.map_incidents(incidents))
    opened.page.evaluate("incidentmap.select(map_1, 'test:000')")
    line = opened.page.locator(".im-source figcaption")
    line.wait_for()
    assert line.inner_text() == "US military"


@pytest.mark.parametrize("language", ["ar", "he"])
def test_the_period_reads_as_its_words_do(
    visit: Open, incidents: gpd.GeoDataFrame, language: str
) -> None:
    opened = visit(layers.map_incidents(incidents, language=language))
    first, last = (
        opened.page.locator(".im-range bdi").nth(place).bounding_box() for place in (0, 1)
    )
    # There are no Hebrew sentences: the page says its dates in English.
    if language == "he":
        assert first["x"] + first["width"] < last["x"]
    else:
        assert last["x"] + last["width"] < first["x"]


def test_the_scale_holds_its_words(opened: Any) -> None:
    # Here the first bar is as short as bars get.
    for zoom in range(4, 9):
        opened.view(38.7, 48, zoom)
        scale, words = (
            opened.page.locator(name).bounding_box() for name in (".im-scale", ".im-scale span")
        )
        assert words["x"] + words["width"] <= scale["x"] + scale["width"]


def test_ways_to_the_border_say_why_none_is_drawn(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.Map(layers.IncidentLayer(incidents), layers.BorderLinkLayer(incidents)))
    opened.view(38, 33, 3)
    opened.page.get_by_text("Nearest border: zoom in to single marks").first.wait_for()
    opened.view(38.703, 33.306, 12)
    opened.page.get_by_text("Nearest border", exact=True).first.wait_for()


@pytest.mark.parametrize("language", ["en", "he"])
def test_the_card_covers_no_part_of_the_circle_that_one_zooms_to(
    visit: Open, incidents: gpd.GeoDataFrame, language: str
) -> None:
    opened = visit(layers.map_incidents(incidents, language=language))
    opened.run("return incidentmap.select(map, 'test:000')")
    opened.page.get_by_role("button", name="Zoom to uncertainty").click()
    opened.wait_until("map.getZoom() > 12")
    opened.settle()
    card = opened.page.get_by_role("dialog").bounding_box()
    west, east = opened.run("""
        const reach = 1000 / (111320 * Math.cos(33.306 * Math.PI / 180));
        const x = (lon) => map.latLngToContainerPoint([33.306, lon]).x;
        return [x(38.703 - reach), x(38.703 + reach)];
    """)
    assert east - west > 200
    assert east <= card["x"] or west >= card["x"] + card["width"]
