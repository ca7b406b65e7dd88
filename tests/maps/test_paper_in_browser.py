"""What leaves the page: paper, a picture, and a link."""

import io
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pypdf
import pytest

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")


def start_printing(opened: Any) -> None:
    """What a browser does before it prints; the page is then looked at as paper."""
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")


def pages(pdf: bytes) -> list[str]:
    """Sizes of the pages of a document that Chromium has written."""
    count = len(re.findall(rb"/Type\s*/Page\b", pdf))
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", pdf)
    assert len(boxes) == count
    return ["landscape" if float(width) > float(height) else "portrait" for width, height in boxes]


def test_paper_names_every_filter_and_lists_every_incident(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents, title="January", provenance="Invented"))
    page = opened.page
    page.keyboard.press("d")
    page.get_by_role("checkbox", name="Flood").first.click()
    page.get_by_role("button", name="Verification").click()
    page.get_by_role("checkbox", name="Disputed").click()
    page.get_by_role("searchbox").fill("incident")
    opened.wait_until("document.querySelectorAll('[role=option] u').length > 0")
    before = opened.run("return [map.getZoom(), map.getCenter()]")
    shown = opened.state()["visible"]
    start_printing(opened)
    paper = page.locator(".im-paper")
    head = paper.locator("header p").inner_text().replace("\u00a0", " ")
    days, undated = "between 3 January 2024 and 19 March 2024", 2
    assert head.startswith(f"{shown - undated} incidents {days}, and {undated} without a date. ")
    assert "Left out: Flood; verification: Disputed; " in head
    assert "what the search “incident” does not find." in head
    assert paper.locator("h1").inner_text() == "January"
    assert "Flood" not in paper.locator(".im-paper-kinds").inner_text()
    assert paper.locator("tbody tr").count() == shown
    assert "Place" in paper.locator("thead").inner_text()
    foot = paper.locator("tfoot").inner_text()
    assert foot.startswith("Invented. Small world")
    assert "de facto" in foot
    # Neither buttons nor what is not for paper is seen.
    assert page.locator(".im-page").is_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    # The map is light, though the screen is dark, and the screen is as it was.
    assert opened.run("""
        const picture = document.querySelector(".im-paper-map canvas");
        const pen = picture.getContext("2d");
        const { data } = pen.getImageData(picture.width / 2, picture.height / 2, 60, 60);
        return Math.min(...data.filter((_, i) => i % 4 < 3)) > 0
            && data.reduce((sum, each) => sum + each, 0) / data.length > 200;
    """)
    assert page.evaluate("document.documentElement.dataset.imTheme") == "dark"
    assert opened.run("return [map.getZoom(), map.getCenter()]") == before
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert paper.locator("*").count() == 0


def test_a_document_repeats_head_and_sources_in_both_orientations(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents, title="January"))
    opened.settle()
    for landscape, expected in ((True, "landscape"), (False, "portrait")):
        pdf = opened.page.pdf(format="A4", landscape=landscape, print_background=True)
        found = pages(pdf)
        texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
        for number, text in enumerate(texts, start=1):
            assert f"{number} / {len(found)}" in text
            assert "January" in text
            assert "Small world" in text
        assert all("Incident Kind Place" in text for text in texts[1:])
        # The table begins beside head, map and legend, not on the page after them.
        assert texts[0].count("Invented incident") >= 8
        assert set(found) == {expected}
        assert 2 <= len(found) <= 3
    start_printing(opened)
    display = "(part) => getComputedStyle(document.querySelector(`.im-paper ${part}`)).display"
    assert opened.page.evaluate(display, "thead") == "table-header-group"
    assert opened.page.evaluate(display, "tfoot") == "table-footer-group"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_view_is_saved_as_a_picture_of_twice_its_size(
    visit: Open, incidents: gpd.GeoDataFrame, tmp_path: Path, language: str
) -> None:
    opened = visit(layers.map_incidents(incidents, title="In January!", language=language))
    with opened.page.expect_download() as download:
        opened.page.locator(".im-tool-picture").click()
    assert download.value.suggested_filename == "in-january.png"
    path = tmp_path / "picture.png"
    download.value.save_as(path)
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2400
    assert 1600 < height < 2600
    # A picture of one colour would be far smaller.
    assert len(content) > 50_000


def test_a_link_shows_the_same_map_again(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("checkbox", name="Flood").first.click()
    page.keyboard.press("]")
    page.keyboard.press("d")
    opened.view(38.0, 33.0, 8)
    opened.run("return incidentmap.select(map, 'test:000')")
    page.get_by_role("dialog").wait_for()
    seen = opened.state()
    page.get_by_role("button", name="Copy link to this view").click()
    page.get_by_text("Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    # Never the texts themselves.
    assert "Drone" not in link
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("html[data-ready=true]", state="attached")
    opened.wait_for(f"state.visible === {seen['visible']}")
    page.get_by_role("dialog").wait_for()
    assert opened.state()["window"] == seen["window"]
    assert page.evaluate("document.documentElement.dataset.imTheme") == "dark"
    assert opened.run("return map.getZoom()") == 8
