"""Take the pictures of the README and guides from sample and gallery; needs Chromium and QGIS.

python docs/make_pictures.py
"""

import os
import runpy
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import geo
import layers

ROOT = Path(__file__).parents[1]
PICTURES = Path(__file__).parent / "pictures"
SAMPLES = ROOT / "data" / "samples"
GALLERY = ROOT / "maps" / "gallery"
QGIS = ROOT / "tests" / "geo" / "formats" / "qgis_report.py"
SETTLE_MS = 1_000
NO_NETWORK = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pages(folder: Path) -> None:
    """Save the maps that are photographed."""
    table = geo.geocode(geo.read_incidents(SAMPLES / "incidents.csv"))
    table = table.pipe(geo.add_countries).pipe(geo.add_borders)
    layers.review_page(table, title="Review: the sample").save(folder / "review.html")
    near_east = table.cx[28:52, 24:42]
    layers.map_incidents(near_east, title="Incidents in the Near East").save(folder / "map.html")
    for name in ("outpost", "protests"):
        runpy.run_path(str(GALLERY / f"{name}.py"))["draw"]().save(folder / f"{name}.html")


def draw_in_qgis(target: Path) -> None:
    """Draw the sample as QGIS opens it; needs Debian's python3-qgis."""
    table = geo.geocode(geo.read_incidents(SAMPLES / "incidents.csv"))
    table = table.pipe(geo.add_countries).pipe(geo.add_borders)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.gpkg"
        geo.write(table.cx[28:52, 24:42], path)
        subprocess.run(  # noqa: S603  # our own script
            ["/usr/bin/python3", str(QGIS), str(path), str(target)],
            check=True,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder},
        )


def open_page(page: Page, path: Path) -> None:
    """Open a map and wait for its first picture, and for the titles of its list."""
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached")
    page.wait_for_timeout(SETTLE_MS)


def main() -> None:
    """Make all pictures."""
    PICTURES.mkdir(exist_ok=True)
    draw_in_qgis(PICTURES / "qgis.png")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        pages(folder)
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=NO_NETWORK)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        open_page(page, folder / "map.html")
        page.screenshot(path=PICTURES / "map.png")
        page.set_viewport_size({"width": 1440, "height": 900})
        open_page(page, folder / "protests.html")
        page.screenshot(path=PICTURES / "protests.png")
        open_page(page, folder / "outpost.html")
        # The first mark from the west is the outpost; its card is what a reader opens first.
        page.locator(".folium-map").focus()
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Zoom to uncertainty").click()
        page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=PICTURES / "card.png")
        page.set_viewport_size({"width": 1280, "height": 800})
        open_page(page, folder / "review.html")
        # The second of the candidates is chosen, and the item looked at once more.
        for key in ("j", "j", "2", "k"):
            page.keyboard.press(key)
        page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=PICTURES / "review.png")
        browser.close()


if __name__ == "__main__":
    main()
