"""What a reader sees of disputed land: hatching, words, and whose borders are drawn."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest

import layers
from tests.layers import small_world

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

LON, LAT = (start + small_world.SIZE_DEG * (at + 0.5) for start, at in zip(
    (small_world.WEST, small_world.SOUTH), small_world.STRIP, strict=True
))  # fmt: skip
WORDS = "Northern Strip: held by Syria, claimed by Iraq"
#: How many colours the base map has round the middle of the map.
COLOURS = """
const base = document.querySelector(".leaflet-pane canvas");
const copy = document.createElement("canvas");
copy.width = copy.height = 80;
const pen = copy.getContext("2d", { willReadFrequently: true });
pen.drawImage(base, base.width / 2 - 40, base.height / 2 - 40, 80, 80, 0, 0, 80, 80);
const pixels = pen.getImageData(0, 0, 80, 80);
return new Set(new Uint32Array(pixels.data.buffer)).size;
"""


#: Whether a slanted line of one colour crosses the middle of the map, as in hatching.
SLANTED = (
    COLOURS.rpartition("return")[0]
    + """
const colours = new Uint32Array(pixels.data.buffer);
const counts = new Map();
for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
const [land] = [...counts].reduce((most, each) => each[1] > most[1] ? each : most);
for (const turn of [1, -1]) for (let at = 0; at < 80; at++) {
    let painted = 0;
    for (let y = 0; y < 80; y++) painted += colours[80 * y + (at + turn * y + 80) % 80] !== land;
    if (painted > 70) return true;
}
return false;
"""
)


@pytest.fixture
def ground(visit: Open) -> Any:
    return visit(layers.Map(layers.CountryLayer(labels=False)))


def test_disputed_land_is_dotted_and_other_land_is_not(ground: Any) -> None:
    ground.view(LON, LAT, 8)
    assert ground.run(COLOURS) > 1
    ground.view(LON, LAT - small_world.SIZE_DEG, 8)
    assert ground.run(COLOURS) == 1


def test_disputed_land_has_another_texture_than_a_province_of_incidents(ground: Any) -> None:
    ground.view(LON, LAT, 8)
    assert not ground.run(SLANTED)


def test_a_window_full_of_disputed_land_is_not_hatched(ground: Any) -> None:
    ground.view(LON, LAT, 12)
    assert ground.run(COLOURS) == 1


def test_the_legend_names_disputes_in_sight(ground: Any) -> None:
    legend = ground.page.get_by_label("Reading the marks")
    ground.view(LON, LAT, 12)
    ground.page.get_by_role("button", name="Reading the marks").click()
    assert WORDS in legend.inner_text()
    assert ground.page.locator(".im-keys").get_by_text("Disputed area").is_visible()
    ground.view(LON, small_world.SOUTH + 0.5, 9)
    assert "Disputed area" not in legend.inner_text()
    assert ground.page.locator(".im-keys").get_by_text("Disputed area").count() == 0


def test_a_resting_pointer_is_told_who_claims_the_land(ground: Any) -> None:
    ground.view(LON, LAT, 10)
    x, y = ground.run("const at = map.getSize().divideBy(2); return [at.x + 60, at.y - 40];")
    ground.page.mouse.move(x, y)
    ground.page.get_by_text(WORDS).first.wait_for(state="visible")


def test_the_credits_say_whose_borders_are_drawn(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    note = visit(layers.map_incidents(incidents)).page.get_by_label("Sources of the map")
    assert "Borders: de facto" in note.inner_text()
    incidents["worldview"] = "IQ"
    note = visit(layers.map_incidents(incidents)).page.get_by_label("Sources of the map")
    assert "Borders: as seen by Iraq" in note.inner_text()
