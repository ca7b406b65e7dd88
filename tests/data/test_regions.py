"""Regions composed of provinces: where they lie, and that their circles are those of the areas."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

if TYPE_CHECKING:
    import geopandas as gpd

Open = Callable[[str], sqlite3.Connection]
GEOD = pyproj.Geod(ellps="WGS84")
# A point inside, a point outside but near.
POINTS = {
    "donbas": ((37.80, 48.00), (36.25, 50.00)), "darfur": ((25.35, 13.63), (30.22, 13.18)),
    "crimea": ((34.10, 44.95), (32.62, 46.64)),
    "kurdistan-region": ((44.01, 36.19), (43.13, 36.34)),
    "sinai": ((33.80, 31.13), (32.27, 30.60)), "tigray": ((39.47, 13.50), (38.75, 9.02)),
    "kivu": ((29.23, -1.66), (29.36, -3.38)), "kashmir": ((74.80, 34.08), (74.87, 31.63)),
    "west-bank": ((35.20, 31.90), (34.78, 32.08)), "gaza-strip": ((34.45, 31.50), (34.57, 31.67)),
    "levant": ((35.93, 31.95), (44.36, 33.31)), "maghreb": ((3.06, 36.75), (31.24, 30.04)),
    "horn-of-africa": ((45.32, 2.04), (36.82, -1.29)), "balkans": ((20.46, 44.80), (26.10, 44.43)),
    "caucasus": ((44.79, 41.72), (39.70, 47.23)), "sahel": ((-8.00, 12.65), (-17.44, 14.69)),
    "punjab-region": ((74.34, 31.55), (67.01, 24.86)), "catalonia": ((2.17, 41.39), (-0.38, 39.47)),
    "balochistan-region": ((66.99, 30.18), (71.52, 34.01)),
    "scotland": ((-3.19, 55.95), (-1.61, 54.97)),
    "niger-delta": ((7.01, 4.82), (3.38, 6.52)), "mindanao": ((125.61, 7.07), (123.89, 10.32)),
    "sicily": ((13.36, 38.12), (16.25, 39.30)),
    "republika-srpska": ((17.19, 44.77), (17.80, 43.34)),
}  # fmt: skip


@pytest.fixture(scope="module")
def regions() -> gpd.GeoDataFrame:
    from geo.reference.regions import regions

    table = regions()
    return table.set_index(table["place_id"].str.removeprefix("curated:"))


def test_there_are_many(regions: gpd.GeoDataFrame) -> None:
    assert len(regions) >= 140
    assert regions["place_id"].is_unique
    assert shapely.is_valid(regions.geometry.to_numpy()).all()


@pytest.mark.parametrize("region", POINTS)
def test_region_holds_what_lies_in_it(regions: gpd.GeoDataFrame, region: str) -> None:
    inside, outside = map(shapely.Point, POINTS[region])
    area = regions.geometry[region]
    assert area.contains(inside)
    assert not area.contains(outside)


def test_circles_of_the_gazetteer_are_those_of_the_areas(
    regions: gpd.GeoDataFrame, gazetteer: Open
) -> None:
    query = "SELECT place_id, lon, lat, radius_m FROM place"
    places = pd.read_sql(query, gazetteer("curated")).set_index("place_id")
    for row in regions.itertuples():
        lon, lat, radius_m = places.loc[row.place_id]
        assert shapely.dwithin(row.geometry, shapely.Point(lon, lat), 0.1), row.Index
        largest = max(shapely.get_parts(row.geometry), key=shapely.area)
        # The land of the map differs a little from the provinces that were measured.
        assert _farthest_m(largest, lon, lat) <= radius_m + 15_000, row.Index
        assert radius_m <= _farthest_m(row.geometry, lon, lat) + 15_000, row.Index


def _farthest_m(area: shapely.Geometry, lon: float, lat: float) -> float:
    x, y = shapely.get_coordinates(area).T
    return float(GEOD.inv(np.full_like(x, lon), np.full_like(y, lat), x, y)[2].max())


def test_members_are_provinces(regions: gpd.GeoDataFrame, province_table: pd.DataFrame) -> None:
    codes = regions["admin1_codes"].str.split("|").explode()
    assert set(codes) <= set(province_table["admin1_code"])
    assert regions.loc["donbas", "admin1_codes"] == "UA-09|UA-14"


def test_other_places_have_no_area() -> None:
    from geo.reference.regions import region_area

    assert region_area("curated:tower-22") is None
    assert region_area("nowhere") is None
    assert region_area("curated:gaza-strip") is not None
