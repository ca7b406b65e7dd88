"""Tiles are the only way to a server, and the reader decides."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pytest
import xyzservices

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

PROVIDER = xyzservices.TileProvider(
    name="Example.Plain",
    url="https://tile.example/{z}/{x}/{y}.png",
    attribution="(C) Example <img src=x onerror=alert(1)>",
    html_attribution="(C) Example <img src=x onerror=alert(1)>",
)
ONE_PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\xdac\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82"
)


@pytest.fixture
def opened(visit: Open, incidents: gpd.GeoDataFrame, tmp_path: Path) -> Any:
    map_ = layers.map_incidents(incidents, tiles=PROVIDER, online=True)
    (tmp_path / "one.png").write_bytes(ONE_PIXEL)
    # Any name would do: every other request is answered with nothing.
    found = visit(map_, served={"one.png": tmp_path / "one.png"})
    found.page.get_by_role("button", name="Layers").click()
    return found


def test_nothing_is_asked_for_before_the_reader_agrees(opened: Any) -> None:
    assert opened.requests == []
    radio = opened.page.get_by_role("radio", name="asks a server")
    assert opened.page.get_by_role("radio", name="no network").get_attribute("aria-checked")
    radio.click()
    opened.page.get_by_text("This asks tile.example for pictures").wait_for()
    assert radio.get_attribute("aria-checked") == "false"
    opened.page.get_by_role("button", name="Keep built in").click()
    opened.view(38, 33, 7)
    assert opened.requests == []


def test_tiles_are_shown_after_the_reader_agreed(opened: Any) -> None:
    opened.page.get_by_role("radio", name="asks a server").click()
    with opened.page.expect_request("https://tile.example/**"):
        opened.page.get_by_role("button", name="Ask it").click()
    opened.wait_for("state.ready")
    assert {url.split("/")[2] for url in opened.requests} == {"tile.example"}
    radio = opened.page.get_by_role("radio", name="asks a server")
    assert radio.get_attribute("aria-checked") == "true"
    # Borders of the named worldview lie above the tiles, and whose the tiles are is said as text.
    above = opened.run(
        "return Number(map.getPane('im-base').style.zIndex)"
        " > Number(getComputedStyle(map.getPane('tilePane')).zIndex)"
    )
    assert above
    assert "(C) Example" in opened.page.get_by_label("Sources of the map").inner_text()
    opened.page.get_by_role("radio", name="no network").click()
    asked = len(opened.requests)
    opened.view(40, 31, 8)
    assert len(opened.requests) == asked


def test_without_leave_tiles_are_refused(incidents: gpd.GeoDataFrame) -> None:
    with pytest.raises(layers.errors.OnlineAssetError, match=r"tile\.example"):
        layers.map_incidents(incidents, tiles=PROVIDER).get_root().render()


def test_a_wide_address_names_its_host(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    map_ = layers.map_incidents(incidents, online=True)
    folium.TileLayer("https://{s}.tile.example/{z}/{x}/{y}.png", attr="Ex", name="Wide").add_to(
        map_
    )
    found = visit(map_)
    found.page.get_by_role("button", name="Layers").click()
    found.page.get_by_role("radio", name="Wide").click()
    found.page.get_by_text("This asks tile.example for pictures").wait_for()
    assert found.requests == []
