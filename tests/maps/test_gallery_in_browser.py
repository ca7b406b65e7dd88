"""Maps of the gallery: each opens without a network, holds its incidents, and looks as it did."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from syrupy.assertion import SnapshotAssertion

from tests.maps.pictures import WITHOUT_FONTS, Pictures, picture, settle

GALLERY = Path(__file__).parents[2] / "maps" / "gallery"
RECIPES = {"outpost": 2, "earthquakes": 1_707, "protests": 460, "flood": 170}
WINDOW = {"width": 1080, "height": 720}
READY_MS = 60_000
FEWER, LEAST_MB = 20_000, 13.0


def recipe(name: str) -> dict[str, Any]:
    return runpy.run_path(str(GALLERY / f"{name}.py"))


@pytest.fixture
def page(browser: Browser) -> Any:
    opened = browser.new_page(viewport=WINDOW, reduced_motion="reduce")
    opened.add_init_script(WITHOUT_FONTS)
    yield opened
    opened.close()


def show(page: Page, map_: Any, file: Path) -> dict[str, Any]:
    """Open a map without a network; its counts."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    map_.save(file)
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=READY_MS)
    settle(page)
    assert [url for url in asked if url.startswith("http")] == []
    state: dict[str, Any] = page.evaluate("incidentmap.state(map_1)")
    return state


@pytest.mark.parametrize("name", RECIPES)
def test_a_map_of_the_gallery_looks_as_it_did(
    page: Page, tmp_path: Path, snapshot: SnapshotAssertion, name: str
) -> None:
    state = show(page, recipe(name)["draw"](), tmp_path / "map.html")
    assert state["total"] == RECIPES[name]
    assert picture(page) == snapshot.use_extension(Pictures)


def test_a_part_of_the_million_looks_as_it_did(
    page: Page, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    state = show(page, recipe("million")["draw"](FEWER), tmp_path / "map.html")
    assert state["total"] == FEWER
    assert picture(page) == snapshot.use_extension(Pictures)


@pytest.mark.slow
def test_a_million_incidents_fit_into_one_file(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    state = show(page, recipe("million")["draw"](), file)
    assert state["total"] == 1_000_000
    assert file.stat().st_size < LEAST_MB * 1e6
