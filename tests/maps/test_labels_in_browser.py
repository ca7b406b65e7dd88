"""Names on the map never collide, in the world that is shipped, over several views."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import geopandas as gpd
import pytest
import shapely

import geo
import layers
from tests.layers import incident_tables

Open = Callable[..., Any]

#: Longitude, latitude, zoom: continents, regions, towns, both sides of the date line.
VIEWS = [
    (20.0, 30.0, 2),
    (20.0, 48.0, 4),
    (38.7, 33.3, 5),
    (38.7, 33.3, 6),
    (36.5, 33.0, 8),
    (38.7, 33.3, 11),
    (179.0, -16.0, 5),
    (-75.0, 15.0, 5),
]
#: How far the name of a small coastal country may lie out at sea, beyond half its own length.
SEA_PX = 34


@pytest.fixture(scope="module")
def land() -> gpd.GeoDataFrame:
    countries = geo.countries()
    return countries.assign(text=countries["country"].str.upper())


@pytest.fixture(params=["light", "dark", "phone"])
def opened(request: pytest.FixtureRequest, visit: Open) -> Any:
    table = incident_tables.realistic()
    map_ = layers.map_incidents(table)
    sites = gpd.GeoDataFrame(
        {"name": ["North Camp", "South Camp"]},
        geometry=[shapely.Point(38.7, 33.32), shapely.Point(38.7, 33.3)],
        crs="EPSG:4326",
    )
    layers.SiteLayer(sites).add_to(map_)
    found = visit(map_)
    if request.param == "phone":
        found.resize(390, 844)
    if request.param == "dark":
        found.page.keyboard.press("d")
    return found


def overlap(one: list[float], other: list[float]) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 0.5
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.5
    )


def test_no_name_touches_another_a_mark_or_a_panel(opened: Any, land: gpd.GeoDataFrame) -> None:
    named = 0
    for lon, lat, zoom in VIEWS:
        opened.view(lon, lat, zoom)
        found = opened.run("return incidentmap.labels(map)")
        labels = found["labels"]
        named += len(labels)
        for one, other in combinations(labels, 2):
            assert not overlap(one["box"], other["box"]), (one, other, zoom)
        for label in labels:
            for box in [*found["marks"], *found["panels"]]:
                assert not overlap(label["box"], box), (label, box, zoom)
            if label["style"] in {"country", "subject"}:
                assert_in_country(opened, label, land)
    assert named > 40


def assert_in_country(opened: Any, label: dict[str, Any], land: gpd.GeoDataFrame) -> None:
    """The middle of the name lies in the country, or not far out at sea beside it."""
    left, top, right, bottom = label["box"]
    x, y = (left + right) / 2, (top + bottom) / 2
    lon, lat, edge = opened.run(
        f"const at = map.containerPointToLatLng([{x}, {y}]).wrap();"
        f"const out = map.containerPointToLatLng([{x + (right - left) / 2 + SEA_PX}, {y}]).wrap();"
        "return [at.lng, at.lat, Math.abs(out.lng - at.lng)];"
    )
    country = land[land["text"] == label["text"]]
    assert len(country) == 1, label
    assert shapely.distance(country.geometry.iloc[0], shapely.Point(lon, lat)) <= edge, label


def test_a_name_keeps_off_the_legs_of_a_spread(visit: Open, incidents: gpd.GeoDataFrame) -> None:
    shots = incidents[incidents["precision"] == "settlement"].head(6).copy()
    shots["geometry"] = gpd.points_from_xy([36.2] * 6, [31.9] * 6, crs=4326)
    opened = visit(layers.map_incidents(shots))
    opened.view(36.2, 31.9, 10)
    opened.click_place(36.2, 31.9)
    opened.wait_until("incidentmap.labels(map).marks.length === 6")
    found = opened.run("return incidentmap.labels(map)")
    spread = shapely.union_all([shapely.box(*mark) for mark in found["marks"]]).convex_hull
    names = [shapely.box(*label["box"]) for label in found["labels"]]
    assert [name for name in names if name.intersects(spread)] == []
