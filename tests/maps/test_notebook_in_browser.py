"""Maps in the frames of notebooks: they show, and keep to themselves what is done in them."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

STATE = "incidentmap.state(map_1)"


def show(opened: Any, path: Path, body: str) -> None:
    """Open a page as a notebook writes its outputs, at an address with a state of its own."""
    path.write_text(f'<!DOCTYPE html><meta charset="utf-8">{body}', encoding="utf-8")
    opened.page.goto(f"{path.as_uri()}#theme=dark&incident=test:001&cell=3")


def ready(frame: Any) -> Any:
    frame.locator("html[data-ready=true]").wait_for(state="attached", timeout=20_000)
    return frame


def test_each_frame_keeps_its_state_to_itself(
    visit: Open, incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    opened = visit(layers.Map())
    cells = [layers.map_incidents(incidents, title=title)._repr_html_() for title in "AB"]
    show(opened, tmp_path / "notebook.html", "".join(cells))
    page = opened.page
    address = page.url
    first, second = (ready(page.frame_locator("iframe").nth(place)) for place in (0, 1))
    assert first.get_by_role("heading", name="A", exact=True).count() == 1
    # The address of the notebook is none of theirs.
    assert first.locator("html").get_attribute("data-im-theme") == "light"
    assert not first.locator(".im-card").is_visible()

    inner = page.frames[1]
    total = inner.evaluate(STATE)["visible"]
    first.get_by_role("checkbox", name="Flood").first.click()
    inner.evaluate("incidentmap.select(map_1, 'test:000')")
    card = first.get_by_role("dialog")
    card.wait_for()
    inner.evaluate("document.querySelector('.im-tool-moon').click()")
    # The page writes its address a quarter of a second after the last change.
    page.wait_for_timeout(400)
    assert inner.evaluate(STATE)["visible"] < total
    assert first.locator("html").get_attribute("data-im-theme") == "dark"
    assert second.locator("html").get_attribute("data-im-theme") == "light"
    assert page.frames[2].evaluate(STATE)["visible"] == total
    assert page.url == address
    # What has no address offers no link.
    assert card.get_by_role("button", name="Copy link").count() == 0
    card.get_by_role("button", name="Zoom to uncertainty").wait_for()


def test_a_frame_without_an_origin_works_too(
    visit: Open, incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    # Editors put outputs into a sandbox that has neither storage nor a clipboard.
    opened = visit(layers.Map())
    cell = escape(layers.map_incidents(incidents)._repr_html_())
    sandbox = f'<iframe sandbox="allow-scripts" width="900" height="700" srcdoc="{cell}"></iframe>'
    show(opened, tmp_path / "editor.html", sandbox)
    frame = ready(opened.page.frame_locator("iframe").frame_locator("iframe"))
    frame.get_by_role("button", name="How this map was made").first.click()
    panel = frame.get_by_role("dialog", name="How this map was made")
    panel.get_by_text("31 of 40 incidents could be placed.").wait_for()
    panel.get_by_role("button", name="Copy as text").click()
    panel.get_by_role("button", name="Copied").wait_for()
    panel.get_by_role("button", name="Close").click()
    assert not panel.is_visible()
