"""What a reader sees, beside committed pictures."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, Page
from syrupy.assertion import SnapshotAssertion

import layers
from tests.maps.pictures import SHARE_OFF, WITHOUT_FONTS, Pictures, picture, settle, share_off

pytestmark = pytest.mark.usefixtures("_small_world")

DESKTOP, PHONE = {"width": 1080, "height": 720}, {"width": 390, "height": 844}
READY_MS = 20_000
Shoot = Callable[..., bytes]


def grouped(page: Page) -> None:
    page.evaluate("map_1.setView([33, 39], 5, {animate: false})")


def close(page: Page) -> None:
    """The outpost with its card, its disc and its way to the border."""
    page.evaluate("map_1.setView([33.306, 38.703], 11, {animate: false})")
    page.evaluate("incidentmap.select(map_1, 'test:000')")
    page.get_by_role("dialog").wait_for()


def discs(page: Page) -> None:
    page.evaluate("map_1.setView([32.6, 40.2], 9, {animate: false})")


def panels(page: Page) -> None:
    page.locator(".im-tool-layers").click()
    page.locator(".im-layers .im-switch", has_text="By province").click()
    page.locator(".im-keybar button").click()


#: What is done with a page before it is photographed, its window, and the reader's theme.
VIEWS: dict[str, tuple[Callable[[Page], None] | None, dict[str, int], str]] = {
    "light": (None, DESKTOP, "light"),
    "dark": (None, DESKTOP, "dark"),
    "donuts": (grouped, DESKTOP, "light"),
    "close": (close, DESKTOP, "light"),
    "discs": (discs, DESKTOP, "dark"),
    "panels": (panels, DESKTOP, "light"),
    "phone": (None, PHONE, "light"),
    "phone_card": (close, PHONE, "dark"),
}


@pytest.fixture
def shoot(browser: Browser, tmp_path: Path) -> Shoot:
    """Take the picture of a table's map, without letters."""

    def take(
        table: gpd.GeoDataFrame, view: str = "light", other: tuple[str, str] | None = None
    ) -> bytes:
        do, size, scheme = VIEWS[view]
        sites = gpd.GeoDataFrame(
            {"name": ["Our site"]}, geometry=[shapely.Point(39.6, 32.4)], crs="EPSG:4326"
        )
        map_ = layers.map_incidents(table, title="Incidents")
        layers.ChoroplethLayer(table, name="By province", show=False).add_to(map_)
        layers.SiteLayer(sites).add_to(map_)
        file = tmp_path / "map.html"
        map_.save(file)
        if other is not None:
            text = file.read_text(encoding="utf-8")
            assert other[0] in text
            file.write_text(text.replace(*other), encoding="utf-8")
        page = browser.new_page(
            # The policy of a page names its scripts by their digests.
            viewport=size,
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=bool(other),
        )
        page.add_init_script(WITHOUT_FONTS)
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached", timeout=READY_MS)
        if do is not None:
            do(page)
        settle(page)
        shot = picture(page)
        page.close()
        return shot

    return take


@pytest.fixture(scope="module")
def taken() -> dict[str, bytes]:
    """Pictures of the unchanged table that have been taken, by their view."""
    return {}


@pytest.fixture
def usual(
    shoot: Shoot, incidents: gpd.GeoDataFrame, taken: dict[str, bytes]
) -> Callable[[str], bytes]:
    def of(view: str) -> bytes:
        if view not in taken:
            taken[view] = shoot(incidents, view)
        return taken[view]

    return of


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_looks_as_it_did(
    usual: Callable[[str], bytes], snapshot: SnapshotAssertion, view: str
) -> None:
    assert usual(view) == snapshot.use_extension(Pictures)


def lost(table: gpd.GeoDataFrame) -> None:
    table.loc[6, "geometry"] = None


def of_another_kind(table: gpd.GeoDataFrame) -> None:
    table.loc[6, "kind"] = "flood"


def vaguer(table: gpd.GeoDataFrame) -> None:
    # Row 6 stands in a donut, where precision is not drawn; row 1 stands alone.
    table.loc[1, "precision"] = "vicinity"


def elsewhere(table: gpd.GeoDataFrame) -> None:
    table.loc[6, "geometry"] = shapely.Point(37.0, 31.5)


def test_one_changed_mark_is_another_picture(
    shoot: Shoot, usual: Callable[[str], bytes], incidents: gpd.GeoDataFrame
) -> None:
    before = usual("light")
    unseen = []
    for change in (lost, of_another_kind, vaguer, elsewhere):
        table = incidents.copy()
        change(table)
        if share_off(before, shoot(table)) <= SHARE_OFF:
            unseen.append(change.__name__)
    assert unseen == []


@pytest.mark.parametrize(
    ("view", "token", "before", "after"),
    [
        ("donuts", "sea", "#DEE7EB", "#CCDAE0"),
        ("donuts", "land", "#FBF9F5", "#EFECE5"),
        ("dark", "sea", "#0F141A", "#1A2027"),
        ("dark", "land", "#232A33", "#1A2027"),
    ],
)
def test_other_ground_is_another_picture(
    shoot: Shoot,
    usual: Callable[[str], bytes],
    incidents: gpd.GeoDataFrame,
    view: str,
    token: str,
    before: str,
    after: str,
) -> None:
    other = (f'{token}:"{before}"', f'{token}:"{after}"')
    assert share_off(usual(view), shoot(incidents, view, other)) > SHARE_OFF


def test_the_committed_pictures_are_small() -> None:
    folder = Path(__file__).parent / "__snapshots__" / Path(__file__).stem
    sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
    assert len(sizes) == len(VIEWS)
    assert sum(sizes.values()) < 300_000
