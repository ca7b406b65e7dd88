"""What a reader does with the layer panel and the legend, in a real browser."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import layers
from tests.layers import small_world
from tests.maps.sights import CLEAR, colour, legend

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

#: In the middle of provinces of the small world where no incident stands.
ANBAR, NINAWA = (41.9, 31.2), (41.95, 34.95)


@pytest.fixture
def counted(visit: Open, incidents: gpd.GeoDataFrame) -> Any:
    """A map on which a reader may count by province; 12 of the incidents are placed in Anbar."""
    map_ = layers.map_incidents(incidents)
    layers.ChoroplethLayer(incidents, show=False).add_to(map_)
    layers.ChoroplethLayer(incidents, by="country", show=False).add_to(map_)
    opened = visit(map_)
    opened.page.get_by_role("button", name="Layers").click()
    opened.view(39, 33, 6)
    return opened


def choose(opened: Any, name: str) -> None:
    opened.page.get_by_role("radio", name=name).click()
    opened.wait_for("state.ready")


def placed(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Rows that lie in a province: they have a point, and are known to more than a country."""
    return table[table.geometry.notna() & (table["precision"] != "country")]


def test_layers_stand_in_groups(counted: Any) -> None:
    panel = counted.page.get_by_label("Layers", exact=True).last
    headings = panel.get_by_role("heading", level=3).all_inner_texts()
    assert headings == ["Incidents", "Summary, one at a time", "Reference"]
    assert panel.get_by_role("switch").all_inner_texts() == [
        "Points and clusters",
        "Uncertainty areas",
        "Size by number of killed",
        "Country borders\nde facto",
        "Provinces",
        "Links to nearest border",
        "Place names",
    ]


def test_one_summary_at_a_time(counted: Any) -> None:
    assert colour(counted, ANBAR) == CLEAR
    for name in ("Count by province", "Count by country", "None"):
        choose(counted, name)
        group = counted.page.get_by_role("radiogroup", name="Summary, one at a time")
        assert group.get_by_role("radio", checked=True).all_inner_texts() == [name]
        assert (colour(counted, ANBAR) == CLEAR) == (name == "None")


def test_colours_follow_the_number_of_incidents(counted: Any, incidents: gpd.GeoDataFrame) -> None:
    choose(counted, "Count by province")
    in_province = placed(incidents)["admin1_code"].value_counts()
    assert 10 <= in_province.max() < 20
    words = legend(counted)
    assert "Incidents by province" in words
    assert "10 or more" in words
    assert f"{in_province.sum()} of {len(incidents)} are counted here." in words
    country = incidents["precision"].eq("country").sum()
    assert f"{country} known only to a country: in no province." in words
    # Ninawa has none, so it shows the land below.
    assert colour(counted, NINAWA) == CLEAR


def test_colours_follow_the_clock_and_the_filters(
    counted: Any, incidents: gpd.GeoDataFrame
) -> None:
    choose(counted, "Count by province")
    before = colour(counted, ANBAR)
    counted.page.get_by_role("checkbox", name="Flood").first.click()
    counted.wait_for("state.ready")
    left = placed(incidents[incidents["kind"] != "flood"])
    assert f"{len(left)} of {(incidents['kind'] != 'flood').sum()} are counted" in legend(counted)
    counted.run("incidentmap.setWindow(map, -9999, -9999)")
    counted.wait_for("state.ready")
    assert colour(counted, ANBAR) != before


def test_few_incidents_are_hatched_and_rates_are_said(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    people = pd.Series({"JOR": 1_000_000, "SYR": 100_000})
    map_ = layers.map_incidents(incidents)
    layers.ChoroplethLayer(incidents, by="country", population=people).add_to(map_)
    words = legend(visit(map_))
    assert "Incidents per 100,000 people, by country" in words
    assert "1 to 2" in words
    unknown = placed(incidents)["country_a3"].eq("IRQ").sum()
    unknown += incidents["precision"].eq("country").mul(incidents["country_a3"].eq("IRQ")).sum()
    assert f"{unknown} lie where the number of people is not known: hatched." in words


def test_a_resting_pointer_is_told_the_number(counted: Any, incidents: gpd.GeoDataFrame) -> None:
    choose(counted, "Count by province")
    counted.page.keyboard.press("Escape")
    number = (placed(incidents)["admin1_code"] == "IQ-AN").sum()
    box = counted.page.locator(f"#{counted.map_name}").bounding_box()
    lon, lat = ANBAR
    x, y = counted.run(
        f"const at = map.latLngToContainerPoint([{lat}, {lon}]); return [at.x, at.y];"
    )
    counted.page.mouse.move(box["x"] + x, box["y"] + y)
    counted.page.get_by_text(f"Anbar: {number} incidents").wait_for()


def test_parts_of_the_ground_can_be_taken_off(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.view(39, 33, 7)
    names = "return incidentmap.labels(map).labels.map(({ text }) => text)"
    assert "JORDAN" in opened.run(names)
    opened.page.get_by_role("button", name="Layers").click()
    for name, place in (("Country borders", (39.0, 33.0)), ("Place names", None)):
        if place is not None:
            assert "Border" in legend(opened)
        opened.page.get_by_role("switch", name=name).click()
        opened.wait_for("state.ready")
    assert opened.run(names) == []
    assert "Border\n" not in legend(opened)


def test_sites_are_named_and_told_apart(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    sites = gpd.GeoDataFrame(
        {"name": ["Far Camp"]}, geometry=[shapely.Point(41.5, 31.4)], crs="EPSG:4326"
    )
    map_ = layers.map_incidents(incidents)
    layers.SiteLayer(sites, name="Camps").add_to(map_)
    opened = visit(map_)
    opened.view(41.5, 31.4, 8)
    labels = opened.run("return incidentmap.labels(map).labels")
    assert [each["text"] for each in labels if each["style"] == "site"] == ["Far Camp"]
    assert opened.page.locator(".im-keys").get_by_text("Camps").is_visible()
    opened.page.get_by_role("button", name="Layers").click()
    switch = opened.page.get_by_role("switch", name="Camps")
    assert switch.inner_text() == "Camps\n1"
    switch.click()
    opened.wait_for("state.ready")
    assert opened.page.locator(".im-keys").get_by_text("Camps").count() == 0


def test_chosen_borders_stand_in_the_legend(visit: Open) -> None:
    frontier = layers.BorderLayer(small_world.borders(), name="Our frontier")
    opened = visit(layers.Map(frontier))
    assert "Our frontier" in legend(opened)
    opened.page.get_by_role("button", name="Layers").click()
    opened.page.get_by_role("switch", name="Our frontier").click()
    opened.wait_for("state.ready")
    assert "Our frontier" not in legend(opened)


def test_the_legend_names_only_what_is_on_the_map(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    exact = incidents[incidents["precision"] == "site"]
    opened = visit(layers.map_incidents(exact))
    opened.view(38.703, 33.306, 12)
    words = legend(opened)
    assert "Exact or site, within 1 km" in words
    assert "True place inside, 90 % sure" in words
    for absent in ("Settlement", "Vicinity", "Province", "Several"):
        assert absent not in words
    opened.view(41.9, 35.9, 12)
    assert "Exact or site" not in legend(opened)


def test_on_a_phone_the_legend_is_opened_from_the_layers(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(incidents))
    opened.resize(390, 844)
    opened.page.get_by_role("button", name="Layers").click()
    opened.page.get_by_role("button", name="Reading the marks").last.click()
    assert opened.page.get_by_role("heading", name="Reading the marks").is_visible()


def test_a_disc_at_sea_ends_at_the_coast(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    one = incidents.iloc[[0]].assign(precision="water", uncertainty_m=40_000.0)
    one = one.set_geometry(gpd.points_from_xy([35.9], [32], crs=4326))
    opened = visit(layers.map_incidents(one))
    opened.view(35.9, 32, 9)
    sea, land = opened.run("""
        const canvas = [...document.querySelectorAll(".leaflet-pane canvas")].at(-1);
        const box = canvas.getBoundingClientRect();
        const shift = map.getContainer().getBoundingClientRect();
        const ratio = canvas.width / box.width;
        const [from, to] = [35.7, 36.1].map((lon) => map.latLngToContainerPoint([32.05, lon]));
        const left = (from.x + shift.x - box.x) * ratio;
        const top = (from.y + shift.y - box.y) * ratio;
        const width = (to.x - from.x) * ratio;
        const { data } = canvas.getContext("2d").getImageData(left, top, width, 1);
        return [data[3], data[data.length - 1]];
    """)
    assert sea > 0
    assert land == 0
    opened.page.get_by_role("button", name="Reading the marks").first.click()
    assert opened.page.get_by_text("At sea only the water of the circle").is_visible()
