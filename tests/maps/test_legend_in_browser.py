"""The key bar and the legend: what they say of what is on the map."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")


def legend_of(opened: Any) -> str:
    opened.page.get_by_role("button", name="Reading the marks").first.click()
    return opened.page.locator(".im-legend").inner_text()


@pytest.mark.parametrize("width", [1040, 1180, 1440])
def test_the_key_bar_has_one_line_and_the_legend_the_rest(
    visit: Open, incidents: gpd.GeoDataFrame, width: int
) -> None:
    map_ = layers.map_incidents(incidents)
    for by in ("province", "country"):
        layers.ChoroplethLayer(incidents, by=by, name=f"Incidents by {by}").add_to(map_)
    opened = visit(map_)
    opened.resize(width, 900)
    bar = opened.page.locator(".im-keybar").bounding_box()
    assert bar["height"] == 32
    assert bar["x"] + bar["width"] <= width
    keys = opened.page.locator(".im-keys li")
    tops = {
        keys.nth(i).bounding_box()["y"] for i in range(keys.count()) if keys.nth(i).is_visible()
    }
    assert len(tops) == 1
    said = legend_of(opened)
    for name in keys.all_text_contents():
        assert name.partition(",")[0].split(" ")[0] in said


def test_hatched_ground_is_explained_where_it_is_drawn(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    sentence = "The province meant; three or more: closer lines"
    opened.view(39, 33, 7)
    assert sentence in legend_of(opened)
    # From zoom 9 on the ground is not hatched.
    opened.view(39, 33, 9)
    assert sentence not in opened.page.locator(".im-legend").inner_text()


def test_kinds_folded_together_are_named(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    incidents.loc[:4, "kind"] = ["whaling", "piracy", "riot", "riot", "<b>odd</b>"]
    opened = visit(layers.map_incidents(incidents))
    said = legend_of(opened)
    others = said.partition("Other kinds: ")[2].partition("\n")[0]
    assert sorted(others.split(", ")) == ["<b>odd</b>", "piracy", "whaling"]
    assert "Riot: its usual colour is taken by another kind of this map" in said
    row = opened.page.get_by_role("checkbox", name="Other kinds, 3")
    assert "piracy" in row.get_attribute("title")
