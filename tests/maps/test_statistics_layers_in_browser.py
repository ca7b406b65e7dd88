"""Layers of results in a real browser: numbers follow the clock, and words stay text."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import h3
import pandas as pd
import pytest
import shapely

import geo
import layers
from layers.viewer_layer import ViewerLayer
from tests.maps.sights import CLEAR, colour, legend

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

TOWER_22 = (38.703, 33.306)
HOSTILE = "<img src=x onerror=\"alert('run')\"></script>{{9973*9967}}\u202egnp\u2028"


def days(table: gpd.GeoDataFrame) -> "pd.Series[int]":
    """Civil days since 1970-01-01 of the dated rows."""
    dated = table["date_start"].dropna()
    return (dated - pd.Timestamp(0)).dt.days


def brush(opened: Any, first: int, last: int) -> None:
    opened.run(f"incidentmap.setWindow(map, {first}, {last})")
    opened.wait_for("state.ready")


def labels(opened: Any, style: str) -> list[str]:
    """Names and numbers of one sort on the map."""
    found = opened.run("return incidentmap.labels(map).labels")
    return sorted(each["text"].replace("\xa0", " ") for each in found if each["style"] == style)


def point_at(opened: Any, place: tuple[float, float]) -> None:
    """Rest with the pointer on a place."""
    lon, lat = place
    x, y = opened.run(
        f"const at = map.latLngToContainerPoint([{lat}, {lon}]); return [at.x, at.y];"
    )
    box = opened.page.locator(f"#{opened.map_name}").bounding_box()
    opened.page.mouse.move(box["x"] + x, box["y"] + y)


@pytest.fixture
def near() -> gpd.GeoDataFrame:
    """Twelve incidents round Tower 22 on twelve days, and one known to its province."""
    lon = [38.703 + 0.02 * i for i in range(12)] + [38.9]
    precision = ["site"] * 12 + ["admin1"]
    start = pd.Series(pd.date_range("2024-01-01", periods=13)).astype("datetime64[s]")
    return gpd.GeoDataFrame(
        {
            "incident_id": [f"near:{i}" for i in range(13)],
            "title": "Invented",
            "kind": ["battle", "protest"] * 6 + ["flood"],
            "date_start": start,
            "date_precision": "day",
            "precision": precision,
            "uncertainty_m": [100.0] * 12 + [90_000.0],
        },
        geometry=gpd.points_from_xy(lon, [33.306] * 13),
        crs="EPSG:4326",
    )


@pytest.fixture
def sites() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"name": ["Tower 22"]}, geometry=[shapely.Point(TOWER_22)], crs="EPSG:4326"
    )


def test_rings_count_what_the_window_shows(
    visit: Open, near: gpd.GeoDataFrame, sites: gpd.GeoDataFrame
) -> None:
    radii_m = [5_000, 15_000]
    rings = layers.RingLayer(sites, distances_m=radii_m, incidents=near, name="Round the outpost")
    opened = visit(layers.Map(rings))
    opened.view(*TOWER_22, 10)
    counts = geo.count_in_rings(near, sites, radii_m=radii_m)["incidents"].tolist()
    assert labels(opened, "ring") == [f"5 to 15 km: {counts[1]}", f"within 5 km: {counts[0]}"]
    assert f"{sum(counts)} of 13 shown lie within 15 km of the site." in legend(opened)
    first = days(near).min()
    brush(opened, first + 2, first + 3)
    some = near[days(near).between(first + 2, first + 3)]
    counts = geo.count_in_rings(some, sites, radii_m=radii_m)["incidents"].tolist()
    assert labels(opened, "ring") == [f"5 to 15 km: {counts[1]}", f"within 5 km: {counts[0]}"]
    point_at(opened, (38.703, 33.40))
    opened.page.get_by_text(f"Tower 22, 5 to 15 km: {counts[1]} incident").wait_for()


def test_rings_are_circles_on_the_ground(visit: Open) -> None:
    there = gpd.GeoDataFrame(
        {"name": ["Cape"]}, geometry=[shapely.Point(179.9, 68.0)], crs="EPSG:4326"
    )
    opened = visit(layers.Map(layers.RingLayer(there, distances_m=[40_000], name="Reach")))
    opened.view(179.9, 68.0, 8)
    assert labels(opened, "ring") == ["40 km"]
    for azimuth in (90, 200, 270, 315):
        lon, lat, _ = geo.geodesy.geod().fwd(179.9, 68.0, azimuth, 40_000)
        lon = lon + 360 if lon < 0 else lon
        assert colour(opened, (lon, lat)) != CLEAR
    assert colour(opened, (179.9, 68.2)) == CLEAR


def test_links_need_both_ends_in_the_window(visit: Open, near: gpd.GeoDataFrame) -> None:
    pairs = geo.pairs(near, distance_m=2_500)
    opened = visit(layers.Map(layers.LinkLayer(pairs, incidents=near, name="Neighbours")))
    opened.view(*TOWER_22, 12)
    middle = (38.713, 33.306)
    assert f"{len(pairs)} of {len(pairs)} pairs" in legend(opened)
    assert colour(opened, middle) != CLEAR
    point_at(opened, middle)
    opened.page.get_by_text(re.compile(r"1\.9.km and 1.day apart")).wait_for()
    first = days(near).min()
    brush(opened, first + 1, first + 3)
    assert f"2 of {len(pairs)} pairs" in legend(opened)
    assert colour(opened, middle) == CLEAR


def test_links_to_sites_follow_their_incident(
    visit: Open, near: gpd.GeoDataFrame, sites: gpd.GeoDataFrame
) -> None:
    links = layers.LinkLayer(geo.nearest(near.iloc[4:], sites), incidents=near)
    opened = visit(layers.Map(links))
    assert "8 of 8 links" in legend(opened)
    brush(opened, days(near).min(), days(near).min() + 5)
    assert "2 of 8 links" in legend(opened)


def test_hexagons_count_what_the_window_shows(visit: Open, near: gpd.GeoDataFrame) -> None:
    opened = visit(layers.Map(layers.HexLayer(near, resolution=6)))
    opened.view(*TOWER_22, 10)
    assert "12 of 13 are counted here." in legend(opened)
    assert "1 not known well enough for these hexagons" in legend(opened)
    cell = h3.latlng_to_cell(TOWER_22[1], TOWER_22[0], 6)
    lat, lon = h3.cell_to_latlng(cell)
    before = colour(opened, (lon, lat))
    first = days(near).min()
    brush(opened, first + 11, first + 11)
    assert "1 of 1 are counted here." in legend(opened)
    assert before != CLEAR
    assert colour(opened, (lon, lat)) == CLEAR


def test_hotspots_say_what_they_rest_on(visit: Open, near: gpd.GeoDataFrame) -> None:
    middle = h3.latlng_to_cell(TOWER_22[1], TOWER_22[0], 6)
    ids = h3.grid_disk(middle, 1)
    cells = gpd.GeoDataFrame(
        {
            "hex_id": ids,
            "count": [9 if each == middle else 1 for each in ids],
            "gi_z": [4.5 if each == middle else 0.3 for each in ids],
            "gi_q": [0.0002 if each == middle else 0.8 for each in ids],
            "hotspot_share": [0.83 if each == middle else 0.0 for each in ids],
            "coarsest_m": 5_000.0,
        },
        geometry=[shapely.Point(h3.cell_to_latlng(each)[::-1]) for each in ids],
        crs="EPSG:4326",
    )
    opened = visit(layers.Map(layers.HexLayer(cells, incidents=near)))
    opened.view(*TOWER_22, 10)
    words = legend(opened)
    assert "Hot, 99.9 % sure" in words
    assert "Cold" not in words
    assert "from the 15 incidents of all dates: the window does not change the colours" in words
    assert "stays so in under 90 % of the draws" in words
    lat, lon = h3.cell_to_latlng(middle)
    point_at(opened, (lon, lat))
    tip = opened.page.get_by_text("stays so in 83 % of the draws;".replace(" %", "\xa0%"))
    tip.wait_for()
    first = days(near).min()
    brush(opened, first, first)
    point_at(opened, (lon + 0.001, lat))
    opened.page.get_by_text(re.compile(r"[01] of 9.incidents shown")).wait_for()


def test_density_follows_the_window(visit: Open, near: gpd.GeoDataFrame) -> None:
    opened = visit(layers.Map(layers.DensityLayer(near, bandwidth_m=3_000)))
    opened.view(*TOWER_22, 11)
    assert "12 of 13 are in it, each spread over 3 km round its point." in legend(opened)
    assert "1 incident not known well enough, or not placed: left out." in legend(opened)
    east = (38.923, 33.306)
    assert colour(opened, TOWER_22) != CLEAR
    assert colour(opened, east) != CLEAR
    first = days(near).min()
    brush(opened, first, first + 2)
    assert colour(opened, TOWER_22) != CLEAR
    assert colour(opened, east) == CLEAR
    point_at(opened, TOWER_22)
    opened.page.get_by_text(re.compile(r"About [\d.]+ incidents per")).wait_for()


def test_clusters_count_what_the_window_shows(visit: Open, near: gpd.GeoDataFrame) -> None:
    found = geo.add_clusters(near, distance_m=2_500, min_incidents=3)
    opened = visit(layers.Map(layers.ClusterLayer(found)))
    opened.view(38.81, 33.306, 11)
    assert labels(opened, "cluster") == ["12, 1 Jan 2024 – 12 Jan 2024"]
    first = days(near).min()
    brush(opened, first + 4, first + 6)
    assert labels(opened, "cluster") == ["3, 5 Jan 2024 – 7 Jan 2024"]
    assert "1 of 1 cluster has incidents that are shown: 3." in legend(opened)
    point_at(opened, (38.815, 33.306))
    opened.page.get_by_text(re.compile(r"Cluster 1: 3 of 12.incidents shown")).wait_for()
    # The last one is in no cluster.
    brush(opened, first + 12, first + 12)
    assert labels(opened, "cluster") == []
    assert "0 of 1 cluster has incidents that are shown" in legend(opened)
    assert colour(opened, (38.815, 33.306)) == CLEAR


def all_layers(table: gpd.GeoDataFrame, where: gpd.GeoDataFrame, name: str) -> list[ViewerLayer]:
    """One of each, under one name."""
    return [
        layers.RingLayer(where, distances_m=[5_000], incidents=table, name=name),
        layers.LinkLayer(geo.pairs(table, distance_m=2_500), incidents=table, name=name),
        layers.LinkLayer(geo.nearest(table, where), incidents=table, name=name),
        layers.HexLayer(table, resolution=6, name=name),
        layers.DensityLayer(table, bandwidth_m=3_000, name=name, show=False),
        layers.ClusterLayer(geo.add_clusters(table, distance_m=2_500, min_incidents=3), name=name),
    ]


def test_summaries_are_shown_one_at_a_time(
    visit: Open, near: gpd.GeoDataFrame, sites: gpd.GeoDataFrame
) -> None:
    map_ = layers.map_incidents(near)
    for layer in all_layers(near, sites, "Results"):
        layer.add_to(map_)
    opened = visit(map_)
    opened.page.get_by_role("button", name="Layers").click()
    group = opened.page.get_by_role("radiogroup", name="Summary, one at a time")
    assert group.get_by_role("radio").all_inner_texts() == ["None", "Results", "Results"]
    assert opened.page.get_by_role("switch", name="Results").count() == 4
    assert "Hexagons are about" in legend(opened)
    group.get_by_role("radio").last.click()
    opened.wait_for("state.ready")
    assert "Hexagons are about" not in legend(opened)
    assert "each spread over 3 km" in legend(opened)
    for switch in opened.page.get_by_role("switch", name="Results").all():
        switch.click()
    group.get_by_role("radio", name="None").click()
    opened.wait_for("state.ready")
    assert "Results" not in legend(opened)


def test_hostile_words_stay_text(visit: Open, near: gpd.GeoDataFrame) -> None:
    where = gpd.GeoDataFrame(
        {"name": [HOSTILE]}, geometry=[shapely.Point(TOWER_22)], crs="EPSG:4326"
    )
    opened = visit(layers.Map(*all_layers(near, where, HOSTILE)))
    opened.view(*TOWER_22, 12)
    words = legend(opened)
    assert words.count("<img src=x onerror=") >= 3
    assert "{{9973*9967}}" in words
    assert "\u202e" not in words
    opened.page.get_by_role("button", name="Reading the marks").first.click()
    point_at(opened, (38.71, 33.306))
    # One tip speaks for all layers that know the place.
    tip = opened.page.locator(".im-tip")
    tip.filter(has_text="<img src=x").wait_for()
    assert tip.count() == 1
    assert "Cluster 1: 12 incidents" in tip.inner_text().replace("\xa0", " ")
    assert opened.page.locator("img[src=x], [onerror]").count() == 0


def test_all_work_on_a_page_of_folium(
    visit: Open,
    near: gpd.GeoDataFrame,
    sites: gpd.GeoDataFrame,
    folium_files: dict[str, Path],
) -> None:
    map_ = folium.Map([33.306, 38.703], zoom_start=11, tiles=None)
    for layer in all_layers(near, sites, "Results"):
        layer.add_to(map_)
    opened = visit(map_, served=folium_files)
    opened.wait_for("state.ready")
    assert opened.state()["visible"] == 13
    assert labels(opened, "ring") == ["within 5 km: 3"]
    assert colour(opened, (38.713, 33.306)) != CLEAR
    first = days(near).min()
    brush(opened, first, first)
    assert labels(opened, "ring") == ["within 5 km: 1"]
