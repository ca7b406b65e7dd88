"""Provinces, countries and borders: one valid coverage, with codes that fit together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

if TYPE_CHECKING:
    import geopandas as gpd

TOWER_22 = (38.703, 33.306)
STATUSES = {"international", "disputed", "line_of_control", "indefinite", "lease"}
PROVINCE_COLUMNS = [
    "admin1_code", "admin1", "admin1_type", "country_a3", "country", "geonames_admin1",
    "wikidata_id", "status", "geometry",
]  # fmt: skip
COUNTRY_COLUMNS = [
    "country_a3", "country_a2", "country", "sovereign_a3", "continent", "label_lon", "label_lat",
    "label_rank",
]  # fmt: skip
BORDER_COLUMNS = [
    "border_pair", "country_a3_1", "country_a3_2", "status", "source", "worldview", "length_km",
    "geometry",
]  # fmt: skip


def test_province_schema(provinces: gpd.GeoDataFrame) -> None:
    assert list(provinces.columns) == PROVINCE_COLUMNS
    assert provinces.crs.to_epsg() == 4326
    assert set(provinces.geom_type) == {"Polygon", "MultiPolygon"}
    assert provinces["admin1_code"].is_unique
    assert provinces["admin1_code"].is_monotonic_increasing
    required = ["admin1_code", "admin1", "country_a3", "country", "status"]
    assert provinces[required].notna().all(axis=None)
    assert (provinces[required] != "").all(axis=None)
    assert set(provinces["status"]) == {"undisputed", "disputed"}
    assert len(provinces) == 4596


def test_provinces_are_a_valid_coverage(provinces: gpd.GeoDataFrame) -> None:
    geometry = provinces.geometry.to_numpy()
    assert shapely.is_valid(geometry).all()
    assert shapely.coverage_is_valid(geometry)
    xy = shapely.get_coordinates(geometry)
    assert np.array_equal(xy, np.round(xy, 7))


def test_gaps_of_the_coverage_are_known(provinces: gpd.GeoDataFrame) -> None:
    world = shapely.get_parts(shapely.coverage_union_all(provinces.geometry.to_numpy()))
    gaps = [shapely.Polygon(ring) for part in world for ring in part.interiors]
    caspian, ice_field = shapely.Point(50.7, 41.9), shapely.Point(-73.319, -49.512)
    assert len(gaps) == 2
    assert all(any(gap.contains(at) for gap in gaps) for at in (caspian, ice_field))


@pytest.mark.parametrize(
    ("lon", "lat", "admin1_code", "country_a3"),
    [
        (*TOWER_22, "JO-MA", "JOR"),
        (34.4667, 31.5016, "PS-GZZ", "PSE"),
        (34.1, 44.95, "UA-43", "RUS"),
        (21.16, 42.66, None, "XKX"),
        (-52.33, 4.92, None, "GUF"),
        (44.06, 9.56, None, "SOM"),
        (33.6, 35.25, None, "CYP"),
        (28.2, -29.6, None, "LSO"),
        (-57.62305, -30.18796, "BR-RS", "BRA"),
        (179.9, 68.5, None, "RUS"),
        (-179.9, 68.5, None, "RUS"),
        (178.45, -18.13, None, "FJI"),
    ],
)
def test_point_lies_in(
    provinces: gpd.GeoDataFrame, lon: float, lat: float, admin1_code: str | None, country_a3: str
) -> None:
    found = provinces[provinces.contains(shapely.Point(lon, lat))]
    assert list(found["country_a3"]) == [country_a3]
    assert admin1_code in {None, *found["admin1_code"]}


def test_geonames_codes_are_unique_and_right(provinces: gpd.GeoDataFrame) -> None:
    codes = provinces["geonames_admin1"].dropna()
    assert codes.is_unique
    assert codes.str.fullmatch(r"[A-Z]{2}\.\w+").all()
    by_code = provinces.set_index("admin1_code")["geonames_admin1"]
    assert by_code["JO-MA"] == "JO.15"
    assert by_code["UA-43"] == "UA.11"
    assert pd.isna(by_code["FR-75"])


def test_country_schema(countries: pd.DataFrame, provinces: gpd.GeoDataFrame) -> None:
    assert list(countries.columns) == COUNTRY_COLUMNS
    assert list(countries["country_a3"]) == sorted(set(provinces["country_a3"]))
    assert countries["country_a3"].str.fullmatch(r"[A-Z]{3}").all()
    assert list(countries.loc[countries["country_a2"].isna(), "country_a3"]) == ["XSP"]
    assert countries["country_a2"].dropna().is_unique
    assert countries["country"].is_unique
    assert set(countries["sovereign_a3"]) <= set(countries["country_a3"])
    assert countries["label_rank"].min() == 1
    names = provinces.groupby("country_a3")["country"].unique().str.join("|")
    assert list(names) == list(countries["country"])


def test_label_points_lie_in_their_country(
    countries: pd.DataFrame, provinces: gpd.GeoDataFrame
) -> None:
    points = shapely.points(countries["label_lon"], countries["label_lat"])
    point, province = provinces.sindex.query(points, predicate="within")
    found = provinces["country_a3"].to_numpy()[province]
    assert list(found[np.argsort(point)]) == list(countries["country_a3"])


def test_border_schema(borders: gpd.GeoDataFrame, countries: pd.DataFrame) -> None:
    assert list(borders.columns) == BORDER_COLUMNS
    assert set(borders.geom_type) == {"MultiLineString"}
    assert not borders.duplicated(["border_pair", "status"]).any()
    assert set(borders["status"]) <= STATUSES
    assert set(borders["worldview"]) == {"default"}
    assert (borders["source"].str.len() > 10).all()
    assert (borders["country_a3_1"] < borders["country_a3_2"]).all()
    assert (borders["border_pair"] == borders["country_a3_1"] + "-" + borders["country_a3_2"]).all()
    named = set(borders["country_a3_1"]) | set(borders["country_a3_2"])
    assert named <= set(countries["country_a3"])
    assert borders["border_pair"].nunique() == 322


def test_borders_are_edges_of_the_provinces(
    borders: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame
) -> None:
    ends = shapely.get_coordinates(borders.geometry.to_numpy())
    vertices = shapely.get_coordinates(provinces.geometry.to_numpy())
    known = {tuple(xy) for xy in vertices.tolist()}
    assert all(tuple(xy) in known for xy in ends.tolist())


def test_border_lengths_are_geodesic(borders: gpd.GeoDataFrame) -> None:
    geod = pyproj.Geod(ellps="WGS84")
    metres = [geod.geometry_length(line) for line in borders.geometry]
    assert np.allclose(borders["length_km"], np.array(metres) / 1000, atol=0.001)
    lengths = borders.groupby("border_pair")["length_km"].sum()
    assert lengths["CAN-USA"] > 7500
    assert lengths["JOR-SYR"] == pytest.approx(342, abs=10)


@pytest.mark.parametrize(
    ("pair", "status"),
    [
        ("JOR-SYR", {"international"}),
        ("KOR-PRK", {"line_of_control"}),
        ("ISR-PSE", {"line_of_control"}),
        ("ISR-LBN", {"line_of_control"}),
        ("ISR-SYR", {"line_of_control"}),
        ("ESH-MAR", {"disputed"}),
        ("SRB-XKX", {"disputed"}),
        ("RUS-UKR", {"international", "disputed"}),
        ("IND-PAK", {"international", "disputed", "line_of_control"}),
        ("CHN-IND", {"international", "disputed", "line_of_control"}),
        ("SDN-SSD", {"disputed", "indefinite"}),
        ("ARG-CHL", {"international", "indefinite"}),
    ],
)
def test_reviewed_status(borders: gpd.GeoDataFrame, pair: str, status: set[str]) -> None:
    assert set(borders.loc[borders["border_pair"] == pair, "status"]) == status


@pytest.mark.parametrize(("pair", "metres"), [("JOR-SYR", 2685), ("IRQ-JOR", 8346)])
def test_tower_22_to_the_border(borders: gpd.GeoDataFrame, pair: str, metres: float) -> None:
    """A planar distance in a projection round the tower, not the way of the recipe."""
    lon, lat = TOWER_22
    local = f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=WGS84 +units=m"
    to_local = pyproj.Transformer.from_crs("EPSG:4326", local, always_xy=True)
    lines = shapely.union_all(borders.loc[borders["border_pair"] == pair].geometry.to_numpy())
    near = lines.intersection(shapely.box(lon - 1, lat - 1, lon + 1, lat + 1)).segmentize(0.001)
    projected = shapely.transform(
        near, lambda xy: np.column_stack(to_local.transform(xy[:, 0], xy[:, 1]))
    )
    assert projected.distance(shapely.Point(0, 0)) == pytest.approx(metres, abs=5)


def test_iso_codes_belong_to_their_country(
    provinces: gpd.GeoDataFrame, countries: pd.DataFrame
) -> None:
    iso = provinces[provinces["admin1_code"].map(_is_iso)]
    two = iso["country_a3"].map(countries.set_index("country_a3")["country_a2"])
    sovereign = iso["country_a3"].map(countries.set_index("country_a3")["sovereign_a3"])
    parent = sovereign.map(countries.set_index("country_a3")["country_a2"])
    prefix = iso["admin1_code"].str[:2]
    strange = iso[(prefix != two) & (prefix != parent)]
    assert sorted(strange["admin1_code"]) == ["UA-40", "UA-43"]


def _is_iso(code: str) -> bool:
    return re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", code) is not None
