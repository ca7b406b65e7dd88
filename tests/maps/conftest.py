"""A real browser without a network, and a watch over everything a page does."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from tests.layers import incident_tables, small_world

NODE_MODULES = Path(__file__).parents[2] / "maps" / "viewer" / "node_modules"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_MS = 20_000
POLL_MS = 20
#: Ends when for some frames nothing was drawn, listed or moved, and fails if that never comes.
SETTLED = f"""
const frame = () => new Promise(requestAnimationFrame);
const moves = () => document.getAnimations().some(({{ playState }}) => playState === "running");
const busy = () => !incidentmap.state(map).ready || moves()
    || document.querySelector("[aria-busy=true]") !== null;
const until = performance.now() + {READY_MS};
for (let quiet = 0; quiet < 4; quiet = busy() ? 0 : quiet + 1) {{
    if (performance.now() > until) throw new Error("the page does not come to rest");
    await frame();
}}
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@dataclass
class Visit:
    """An open page, the name of its map, and all that it did and should not do."""

    page: Page
    map_name: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    address: str = ""

    def run(self, script: str) -> Any:
        """Value of a script in which `map` is the map of the page."""
        return self.page.evaluate(f"(async () => {{ const map = {self.map_name}; {script} }})()")

    def state(self) -> dict[str, Any]:
        """Counts and window of the map, as plain data."""
        return self.run("return incidentmap.state(map)")

    def wait_until(self, expression: str) -> None:
        """Wait until an expression of the page is true."""
        # Playwright's own wait evaluates its text inside the page, which the page's policy refuses.
        deadline = time.monotonic() + READY_MS / 1000
        while not self.run(f"return {expression};"):
            if time.monotonic() > deadline:
                message = f"still not true in the page: {expression}"
                raise AssertionError(message)
            self.page.wait_for_timeout(POLL_MS)

    def wait_for(self, condition: str) -> None:
        """Wait until a condition on `state` holds."""
        self.wait_until(f"(state => {condition})(incidentmap.state(map))")

    def settle(self) -> None:
        """Wait until the page changes no more by itself."""
        self.run(SETTLED)

    def view(self, lon: float, lat: float, zoom: float) -> None:
        """Look at a place, without animation."""
        self.run(f"map.setView([{lat}, {lon}], {zoom}, {{animate: false}})")
        # The marks move in one frame, and the ground in the next.
        self.settle()

    def resize(self, width: int, height: int) -> None:
        """Give the page another window, and wait until all of it stands where it belongs."""
        self.page.set_viewport_size({"width": width, "height": height})
        # The page is told of it in the frame after.
        self.wait_until(f"innerWidth === {width} && innerHeight === {height}")
        self.settle()

    def click_place(self, lon: float, lat: float) -> None:
        """Click on a place of the map with the mouse."""
        box = self.page.locator(f"#{self.map_name}").bounding_box()
        assert box is not None
        x, y = self.run(
            f"const at = map.latLngToContainerPoint([{lat}, {lon}]); return [at.x, at.y];"
        )
        self.page.mouse.click(box["x"] + x, box["y"] + y)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def world_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_world.build(tmp_path_factory.mktemp("world"))


@pytest.fixture
def _small_world(world_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTMAP_DATA", str(world_folder))


@pytest.fixture
def incidents() -> gpd.GeoDataFrame:
    return incident_tables.realistic()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Save a map, open it from its file, and wait for its first picture.

    A page fails its test when it asks the network, reports an error or opens a dialog.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    visits: list[Visit] = []

    def open_map(map_: folium.Map, *, served: dict[str, Path] | None = None) -> Visit:
        path = tmp_path / f"map{len(visits)}.html"
        map_.save(str(path))
        own = 'id="map_1"' in path.read_text(encoding="utf-8")
        page = context.new_page()
        opened = Visit(page, "map_1" if own else map_.get_name())
        visits.append(opened)
        _watch(opened, served or {})
        opened.address = path.as_uri()
        page.goto(opened.address)
        page.wait_for_selector("html[data-ready=true]", state="attached", timeout=READY_MS)
        return opened

    yield open_map
    complaints = [complaint for opened in visits for complaint in opened.complaints]
    context.close()
    assert complaints == []


def _watch(visit: Visit, served: dict[str, Path]) -> None:
    def answer(route: Route) -> None:
        url = route.request.url
        if url.startswith(("file:", "data:", "blob:")):
            route.continue_()
            return
        visit.requests.append(url)
        name = url.rpartition("/")[2]
        if name in served:
            route.fulfill(path=served[name])
        elif served:
            # Files of folium's page that these tests do not need.
            route.fulfill(body="", content_type=_TYPES.get(Path(name).suffix, "text/plain"))
        else:
            visit.complaints.append(f"asked for {url}")
            route.abort()

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visit.complaints.append(f"console: {message.text}")

    visit.page.route("**/*", answer)
    visit.page.on("console", listen)
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"page error: {error}"))
    visit.page.on("dialog", lambda dialog: visit.complaints.append(f"dialog: {dialog.message}"))


_TYPES = {".js": "text/javascript", ".css": "text/css"}


@pytest.fixture
def folium_files() -> dict[str, Path]:
    """Files that pages of folium load, from the packages of the viewer's tests."""
    files = {
        path.name: path
        for path in (
            NODE_MODULES / "leaflet/dist/leaflet.js",
            NODE_MODULES / "leaflet/dist/leaflet.css",
            NODE_MODULES / "leaflet.markercluster/dist/leaflet.markercluster.js",
            NODE_MODULES / "leaflet.markercluster/dist/MarkerCluster.css",
            NODE_MODULES / "leaflet.markercluster/dist/MarkerCluster.Default.css",
        )
    }
    missing = sorted(
        str(path.relative_to(NODE_MODULES)) for path in files.values() if not path.is_file()
    )
    if missing:
        sentence = f"{', '.join(missing)} missing: run `npm ci --ignore-scripts` in maps/viewer"
        if os.environ.get("INCIDENTMAP_REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return files
