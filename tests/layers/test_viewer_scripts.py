"""A page carries the scripts of the viewer that it uses: a Leaflet, the page, and parts."""

import re
from collections.abc import Callable
from typing import Any

import folium
import geopandas as gpd
import pytest
import shapely
from branca.element import Element

import layers
from tests.layers import small_world

BORDER = ["border_pair", "border_distance_m", "border_bearing_deg"]


def leaflet(map_: folium.Map) -> str:
    """Which Leaflet the page of a map carries."""
    found: list[str] = re.findall(r"window\.L = \{\}; '(\w+)'", map_.get_root().render())
    assert len(found) == 1
    return found[0]


def parts(map_: folium.Map) -> list[str]:
    """The parts that the page of a map carries, in order."""
    return re.findall(r"/\* part (\w+) \*/", map_.get_root().render())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: None, "slim"),
        (lambda map_: folium.FitBounds([[30, 35], [35, 40]]).add_to(map_), "slim"),
        (lambda map_: folium.LayerControl().add_to(map_), "slim"),
        (lambda map_: folium.Marker([33, 38]).add_to(map_), "whole"),
        (lambda map_: folium.FeatureGroup("empty").add_to(map_), "whole"),
        (lambda map_: map_.get_root().html.add_child(Element("<b>own</b>")), "whole"),
        (lambda map_: map_.get_root().script.add_child(Element("L.marker")), "whole"),
        (lambda map_: map_.get_root().header.add_child(Element("<script></script>")), "whole"),
    ],
)
def test_a_page_of_our_layers_alone_carries_a_slim_leaflet(
    incidents: gpd.GeoDataFrame, change: Callable[[Any], object], expected: str
) -> None:
    map_ = layers.map_incidents(incidents)
    change(map_)
    assert leaflet(map_) == expected


@pytest.mark.parametrize(
    "options",
    [
        {"crs": "EPSG4326"},
        {"zoom_control": "bottomright"},
        {"no_touch": True},
        {"disable_3d": True},
    ],
)
def test_options_of_the_map_may_need_the_whole_leaflet(options: dict[str, Any]) -> None:
    assert leaflet(layers.Map(**options)) == "whole"


def test_a_map_of_incidents_carries_what_their_columns_allow(
    incidents: gpd.GeoDataFrame,
) -> None:
    assert parts(layers.map_incidents(incidents.drop(columns=BORDER))) == ["compare"]
    assert parts(layers.Map(layers.IncidentLayer(incidents))) == ["borderLinks", "compare"]
    # A single day has nothing to be compared with; a month of which no day is known has.
    day = incidents[incidents["date_start"] == incidents["date_start"].max()].drop(columns=BORDER)
    assert parts(layers.map_incidents(day)) == []
    assert parts(layers.map_incidents(day.assign(date_precision="month"))) == ["compare"]
    assert parts(layers.map_incidents(incidents[:0].drop(columns=BORDER))) == []


def test_a_layer_brings_its_part_once() -> None:
    sites = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(38, 33)], crs="EPSG:4326")
    rings = [layers.RingLayer(sites, distances_m=[radius_m]) for radius_m in (5_000, 9_000)]
    map_ = layers.Map(*rings, layers.SiteLayer(sites), layers.BorderLayer(small_world.borders()))
    assert parts(map_) == ["borders", "rings", "sites"]
    assert leaflet(map_) == "slim"


def test_a_layer_in_a_group_brings_its_part(incidents: gpd.GeoDataFrame) -> None:
    map_ = layers.Map()
    group = folium.FeatureGroup("group").add_to(map_)
    layers.DensityLayer(incidents.drop(columns=BORDER), bandwidth_m=20_000).add_to(group)
    assert parts(map_) == ["compare", "density"]


def test_parts_stand_between_the_page_and_the_layers(incidents: gpd.GeoDataFrame) -> None:
    html = layers.Map(layers.DensityLayer(incidents, bandwidth_m=20_000)).get_root().render()
    places = [
        html.index(text)
        for text in ("window.L", "window.incidentmap", "/* part density */", "incidentmap.density(")
    ]
    assert places == sorted(places)


def test_a_page_of_folium_carries_the_plugin_with_all_parts(incidents: gpd.GeoDataFrame) -> None:
    map_ = folium.Map(tiles=None)
    layers.DensityLayer(incidents, bandwidth_m=20_000).add_to(map_)
    assert parts(map_) == []
