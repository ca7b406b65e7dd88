"""Where the parts of the page stand: on phones, on tablets, and on what is taken away."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

PHONE, TABLET = (390, 844), (800, 1000)


@pytest.fixture
def phone(visit: Open, incidents: gpd.GeoDataFrame) -> Any:
    opened = visit(layers.map_incidents(incidents))
    opened.resize(*PHONE)
    return opened


@pytest.fixture
def tablet(visit: Open, incidents: gpd.GeoDataFrame) -> Any:
    opened = visit(layers.map_incidents(incidents))
    opened.resize(*TABLET)
    return opened


def kilometres(words: str) -> float:
    """Length that a scale names."""
    return float(words.replace("\u00a0km", "").replace(",", ""))


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """True if two boxes of the page have more than an edge in common."""
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )


def test_the_scale_of_a_phone_fits_the_map_above_the_sheet(phone: Any) -> None:
    page = phone.page
    # The middle of the container is south of the world; that of what is in sight is not.
    phone.view(20.0, -88.0, 0)
    scale = page.locator(".im-scale")
    metres = phone.run("""
        const north = map.latLngToContainerPoint([85.0511, 0]).y;
        const sheet = document.querySelector(".im-panel").offsetHeight;
        const high = Math.max(64, north);
        const low = Math.min(map.getSize().y - sheet - 32, north + 256);
        const { lat } = map.containerPointToLatLng([0, (high + low) / 2]);
        return map.distance([lat, 0], [lat, 1]);
    """)
    wide = page.locator(".im-scale i").evaluate("bar => bar.getBoundingClientRect().width")
    degrees = wide * 360 / 256
    assert kilometres(scale.inner_text()) == pytest.approx(degrees * metres / 1000, rel=0.04)


def test_a_picture_holds_all_marks_and_the_chip_of_the_corner(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    few = incidents[incidents["precision"] == "site"].iloc[:3].copy()
    few["geometry"] = gpd.points_from_xy([-72.0, 20.0, 150.0], [19.0, 30.0, -20.0])
    vague = incidents[incidents["precision"] == "country"].iloc[:1]
    table = pd.concat([few, vague])
    table["kind"] = "flood"
    opened = visit(layers.map_incidents(table, title="Far apart"))
    page = opened.page
    # The world is as wide as the sheet, and the first place left of what the panel covers.
    opened.view(20, 10, 2.25)
    opened.run("""
        const { fillText } = CanvasRenderingContext2D.prototype;
        window.written = [];
        CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
            window.written.push(text);
            return fillText.call(this, text, ...rest);
        };
        const { toBlob } = HTMLCanvasElement.prototype;
        HTMLCanvasElement.prototype.toBlob = function (...rest) {
            window.sheet = this;
            toBlob.apply(this, rest);
        };
    """)
    with page.expect_download():
        page.locator(".im-tool-picture").click()
    # Marks of the kind's colour, as groups of columns; its swatch stands above the map.
    groups = opened.run("""
        const { width, height } = window.sheet;
        const { data } = window.sheet.getContext("2d").getImageData(0, 300, width, height - 700);
        const swatch = document.createElement("canvas").getContext("2d");
        swatch.fillStyle = getComputedStyle(document.querySelector(".im-page"))
            .getPropertyValue("--im-kind-" + document.querySelector(".im-panel .im-swatch")
                .getAttribute("style").match(/kind-(\\d)/)[1]);
        const [r, g, b] = [1, 3, 5].map((at) => parseInt(swatch.fillStyle.slice(at, at + 2), 16));
        const columns = new Set();
        for (let at = 0; at < data.length; at += 4) {
            if (data[at] === r && data[at + 1] === g && data[at + 2] === b) {
                columns.add((at / 4) % width);
            }
        }
        return [...columns].filter((column) => !columns.has(column - 1)).length;
    """)
    assert groups >= 3
    assert any("known only to country" in each for each in page.evaluate("window.written"))


def test_the_table_of_a_tablet_leaves_bar_credits_and_strip_their_room(tablet: Any) -> None:
    page = tablet.page
    page.keyboard.press("t")
    page.locator(".im-table").wait_for()
    tablet.settle()
    boxes = {
        name: page.locator(f".im-{name}").first.bounding_box()
        for name in ("panel", "topbar", "credits", "strip")
    }
    names = list(boxes)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            assert not overlap(boxes[one], boxes[other]), (one, other)
    assert boxes["strip"]["width"] > 700
    assert boxes["strip"]["x"] + boxes["strip"]["width"] <= TABLET[0]
    assert not page.locator(".im-corner-chip").is_visible()
    page.locator(".im-table tbody tr").first.click()
    card = page.get_by_role("dialog")
    card.wait_for()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= TABLET[0]


def test_the_card_of_a_tablet_leaves_its_mark_in_sight(
    tablet: Any, incidents: gpd.GeoDataFrame
) -> None:
    page = tablet.page
    tablet.view(38.0, 33.0, 8)
    tablet.run("return incidentmap.select(map, 'test:000')")
    card = page.get_by_role("dialog")
    card.wait_for()
    tablet.settle()
    row = incidents.set_index("incident_id").loc["test:000"]
    x, y = tablet.run(
        f"const at = map.latLngToContainerPoint([{row.geometry.y}, {row.geometry.x}]);"
        "return [at.x, at.y];"
    )
    mark = {"x": x - 8, "y": y - 8, "width": 16, "height": 16}
    assert not overlap(card.bounding_box(), mark)
    assert not overlap(page.locator(".im-panel").bounding_box(), mark)
    assert not overlap(page.locator(".im-topbar").bounding_box(), mark)


def test_the_full_sheet_of_a_phone_has_the_credits_in_its_foot(phone: Any) -> None:
    page = phone.page
    page.locator(".im-tool-filter").click()
    credit, foot = page.locator(".im-credits"), page.locator(".im-panel-foot")
    phone.wait_until("document.querySelector('.im-panel').offsetHeight === 780")
    phone.settle()
    box = credit.bounding_box()
    assert box["y"] + box["height"] == pytest.approx(PHONE[1] - 6, abs=1)
    text = page.locator(".im-credits p")
    assert text.evaluate("""
        (part) => {
            part.parentElement.style.setProperty("pointer-events", "auto", "important");
            const { left, top, width, height } = part.getBoundingClientRect();
            const on = document.elementFromPoint(left + width / 2, top + height / 2);
            return on.closest(".im-credits") !== null;
        }
    """)
    if foot.is_visible():
        assert not overlap(foot.bounding_box(), box)


def test_more_tools_of_a_phone_hold_paper_screen_and_keys_and_close_on_escape(phone: Any) -> None:
    page = phone.page
    more = page.locator(".im-tool-more")
    hidden = [page.locator(f".im-tool-{name}") for name in ("print", "full", "keys", "ruler")]
    assert not any(tool.is_visible() for tool in hidden)
    more.click()
    assert all(tool.is_visible() for tool in hidden)
    page.locator(".im-tool-keys").focus()
    page.keyboard.press("Escape")
    assert more.get_attribute("aria-expanded") == "false"
    assert not any(tool.is_visible() for tool in hidden)
    assert more.evaluate("element => element === document.activeElement")
