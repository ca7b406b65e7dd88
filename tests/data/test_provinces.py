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
PROVINCE_COLUMNS = {
    "admin1_code", "admin1", "admin1_type", "country_a3", "country", "geonames_admin1",
    "wikidata_id", "status",
}  # fmt: skip
COUNTRY_COLUMNS = {
    "country_a3", "country_a2", "country", "sovereign_a3", "continent", "label_lon", "label_lat",
    "label_rank",
}  # fmt: skip


def test_province_schema(province_table: pd.DataFrame) -> None:
    provinces = province_table
    assert set(provinces.columns) > PROVINCE_COLUMNS
    assert "geometry" not in provinces
    assert provinces["admin1_code"].is_unique
    assert provinces["admin1_code"].is_monotonic_increasing
    required = ["admin1_code", "admin1", "country_a3", "country", "status"]
    assert provinces[required].notna().all(axis=None)
    assert (provinces[required] != "").all(axis=None)
    assert set(provinces["status"]) == {"undisputed", "disputed"}
    assert len(provinces) == 4596


def test_provinces_are_a_valid_coverage(provinces: gpd.GeoDataFrame) -> None:
    geometry = provinces.geometry.to_numpy()
    assert provinces.crs.to_epsg() == 4326
    assert set(provinces.geom_type) <= {"Polygon", "MultiPolygon"}
    assert shapely.is_valid(geometry).all()
    assert shapely.coverage_is_valid(geometry)
    xy = shapely.get_coordinates(geometry)
    assert np.array_equal(xy, np.round(xy, 7))


def test_every_province_has_an_area(
    provinces: gpd.GeoDataFrame, province_table: pd.DataFrame
) -> None:
    assert set(provinces["admin1_code"]) == set(province_table["admin1_code"])


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


def test_geonames_codes_are_unique_and_right(province_table: pd.DataFrame) -> None:
    codes = province_table["geonames_admin1"].dropna()
    assert codes.is_unique
    assert codes.str.fullmatch(r"[A-Z]{2}\.\w+").all()
    by_code = province_table.set_index("admin1_code")["geonames_admin1"]
    assert by_code["JO-MA"] == "JO.15"
    assert by_code["UA-43"] == "UA.11"
    assert pd.isna(by_code["FR-75"])


def test_country_schema(countries: pd.DataFrame, province_table: pd.DataFrame) -> None:
    assert set(countries.columns) > COUNTRY_COLUMNS
    assert list(countries["country_a3"]) == sorted(set(province_table["country_a3"]))
    assert countries["country_a3"].str.fullmatch(r"[A-Z]{3}").all()
    assert list(countries.loc[countries["country_a2"].isna(), "country_a3"]) == ["XSP"]
    assert countries["country_a2"].dropna().is_unique
    assert countries["country"].is_unique
    assert set(countries["sovereign_a3"]) <= set(countries["country_a3"])
    assert countries["label_rank"].min() == 1
    names = province_table.groupby("country_a3")["country"].unique().str.join("|")
    assert list(names) == list(countries["country"])


def test_label_points_lie_in_their_country(
    countries: pd.DataFrame, provinces: gpd.GeoDataFrame
) -> None:
    points = shapely.points(countries["label_lon"], countries["label_lat"])
    point, province = provinces.sindex.query(points, predicate="within")
    found = pd.Series(provinces["country_a3"].to_numpy()[province], index=point).sort_index()
    outside = countries["country_a3"][found != countries["country_a3"]]
    # Natural Earth puts most of Monaco into France.
    assert set(outside) <= {"MCO"}


def test_border_schema(borders: gpd.GeoDataFrame, countries: pd.DataFrame) -> None:
    assert not borders.duplicated(["border_pair", "status"]).any()
    assert set(borders["status"]) <= STATUSES
    assert set(borders["worldview"]) == {"default"}
    contested = borders["status"] != "international"
    assert (borders.loc[contested, "source"].str.len() > 10).all()
    named = set(borders["border_pair"].str.split("-").explode())
    assert named <= set(countries["country_a3"])
    assert borders["border_pair"].nunique() == 326


def test_border_lengths_are_geodesic(borders: gpd.GeoDataFrame) -> None:
    geod = pyproj.Geod(ellps="WGS84")
    metres = [geod.geometry_length(line) for line in borders.geometry]
    assert np.allclose(borders["length_km"], np.array(metres) / 1000, atol=0.001)
    lengths = borders.groupby("border_pair")["length_km"].sum()
    assert lengths["CAN-USA"] > 7500
    assert lengths["JOR-SYR"] == pytest.approx(380, abs=5)


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


def test_iso_codes_belong_to_their_country(
    province_table: pd.DataFrame, countries: pd.DataFrame
) -> None:
    iso = province_table[province_table["admin1_code"].map(_is_iso)]
    two = iso["country_a3"].map(countries.set_index("country_a3")["country_a2"])
    sovereign = iso["country_a3"].map(countries.set_index("country_a3")["sovereign_a3"])
    parent = sovereign.map(countries.set_index("country_a3")["country_a2"])
    prefix = iso["admin1_code"].str[:2]
    strange = iso[(prefix != two) & (prefix != parent)]
    assert sorted(strange["admin1_code"]) == ["UA-40", "UA-43"]


def _is_iso(code: str) -> bool:
    return re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", code) is not None
