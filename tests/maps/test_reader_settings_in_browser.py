"""What readers have set in their system: forced colours, less motion."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

#: Counts the pixels of the marks that have a hue.
COLOURS = """
const copy = document.createElement("canvas");
const [canvas] = document.querySelectorAll(".leaflet-im-top-pane canvas");
[copy.width, copy.height] = [canvas.width, canvas.height];
const pen = copy.getContext("2d", { willReadFrequently: true });
pen.drawImage(canvas, 0, 0);
const { data } = pen.getImageData(0, 0, copy.width, copy.height);
let hues = 0;
for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue, alpha] = data.subarray(i, i + 4);
    if (alpha > 200 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) hues++;
}
return hues;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_marks_to_their_shapes(
    visit: Open, incidents: gpd.GeoDataFrame, scheme: str
) -> None:
    # Hatching and faint lines have the system's colour for what is off, which may be a hue.
    exact = incidents[incidents["precision"].isin(["exact", "settlement", "vicinity"])]
    opened = visit(layers.map_incidents(exact))
    # The page draws anew when it hears of it.
    hues = f"(() => {{ {COLOURS} }})()"
    opened.page.emulate_media(color_scheme=scheme)
    opened.wait_until(f"{hues} > 300")
    opened.page.emulate_media(color_scheme=scheme, forced_colors="active")
    opened.wait_until(f"{hues} === 0")
    assert opened.state()["drawn"] == len(exact)
    opened.page.emulate_media(color_scheme=scheme, forced_colors="none")
    opened.wait_until(f"{hues} > 300")


def test_forced_colours_keep_switches_and_panels_visible(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.page.emulate_media(forced_colors="active")
    opened.page.get_by_role("button", name="Layers").click()
    opened.wait_until("matchMedia('(forced-colors: active)').matches")
    opened.settle()

    def style(selector: str, name: str) -> str:
        return opened.page.locator(selector).first.evaluate(
            f"(element) => getComputedStyle(element)['{name}']"
        )

    ground = style(".im-panel", "backgroundColor")
    assert style(".im-panel", "borderTopStyle") == "solid"
    assert style("[aria-checked=true] > .im-track", "backgroundColor") != ground
    on = style(".im-segments [aria-checked=true]", "backgroundColor")
    assert on != style(".im-segments [aria-checked=false]", "backgroundColor")


@pytest.mark.parametrize(("wish", "animated"), [("reduce", 0), ("no-preference", 1)])
def test_zooming_is_a_cut_for_those_who_want_less_motion(
    visit: Open, incidents: gpd.GeoDataFrame, wish: str, animated: int
) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.page.emulate_media(reduced_motion=wish)
    opened.page.reload()
    opened.page.wait_for_selector("html[data-ready=true]", state="attached")
    opened.run("window.zooms = 0; map.on('zoomanim', () => { window.zooms++; })")
    before = opened.run("return map.getZoom()")
    opened.page.get_by_role("button", name="Zoom in").click()
    opened.wait_until(f"map.getZoom() > {before}")
    assert opened.run("return window.zooms") == animated
    opened.wait_for("state.ready")
    moved = opened.run("""
        const before = map.latLngToContainerPoint([33, 38]).x;
        map.panBy([200, 0]);
        return before - map.latLngToContainerPoint([33, 38]).x;
    """)
    assert (moved == 200) == (wish == "reduce")
