from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import SchemaError
from geo.reference import provinces
from tests import zoo

Watch = Callable[..., AbstractContextManager[Any]]


@pytest.mark.parametrize(
    ("name", "country_a3"),
    [
        ("tower 22", "JOR"),
        ("lesotho, an enclave", "LSO"),
        ("vatican", "VAT"),
        ("just west of 180", "FJI"),
        ("just east of 180", "FJI"),
        ("on 180", "RUS"),
        ("south pole", "ATA"),
    ],
)
def test_country_of_hard_points(name: str, country_a3: str) -> None:
    joined = geo.add_countries(zoo.points(name))

    assert joined["country_a3"].tolist() == [country_a3]
    assert joined["worldview"].tolist() == ["default"]


@pytest.mark.parametrize("name", ["null island", "mid pacific", "north pole"])
def test_the_high_sea_belongs_to_nobody(name: str) -> None:
    assert geo.add_countries(zoo.points(name))["country_a3"].isna().all()


def test_rows_and_index_stay_and_inputs_too(unchanged: Watch) -> None:
    table = zoo.holes()

    with unchanged(table):
        joined = geo.add_countries(table)

    assert joined.index.tolist() == ["x", "y", "z"]
    assert joined["country_a3"].isna().tolist() == [False, True, True]


def test_other_crs_are_understood() -> None:
    joined = geo.add_countries(zoo.points("tower 22").to_crs(3857))

    assert joined["admin1_code"].tolist() == ["JO-MA"]
    assert joined.crs == 3857


def test_a_point_just_off_the_coast_belongs_to_the_country() -> None:
    beirut_roads = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy([35.47, 35.2], [33.90, 33.90]), crs=4326
    )

    joined = geo.add_countries(beirut_roads)

    assert joined["country_a3"].fillna("-").tolist() == ["LBN", "-"]


def test_a_row_known_only_to_country_gets_no_province() -> None:
    table = zoo.points("tower 22").assign(precision="country")

    joined = geo.add_countries(table)

    assert joined.loc[0, "country_a3"] == "JOR"
    assert joined["admin1_code"].isna().all()


def test_a_row_without_a_point_keeps_what_it_says() -> None:
    table = gpd.GeoDataFrame({"country": ["Syria"]}, geometry=[None], crs=4326)

    assert geo.add_countries(table)["country"].tolist() == ["Syria"]


def test_answers_equal_the_polygons() -> None:
    rng = np.random.default_rng(22)
    lon, lat = rng.uniform(-180, 180, 2_000), np.degrees(np.arcsin(rng.uniform(-1, 1, 2_000)))
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    areas = provinces()
    tree = shapely.STRtree(areas.geometry.to_numpy())
    point, area = tree.query(table.geometry.to_numpy(), predicate="within")

    joined = geo.add_countries(table)

    assert joined["admin1_code"].iloc[point].tolist() == areas["admin1_code"].iloc[area].tolist()


def test_order_does_not_matter() -> None:
    table = zoo.points()

    forth, back = geo.add_countries(table), geo.add_countries(table[::-1])

    assert forth["country_a3"].fillna("-").equals(back["country_a3"].fillna("-")[::-1])


def test_an_empty_table_gets_the_columns() -> None:
    joined = geo.add_countries(zoo.points()[:0])

    assert len(joined) == 0
    assert {"country_a3", "country", "admin1_code", "admin1", "worldview"} <= set(joined.columns)


def test_a_table_without_points_is_refused() -> None:
    with pytest.raises(SchemaError, match="add_countries needs the column geometry"):
        geo.add_countries(gpd.GeoDataFrame({"a": [1]}))


def placed(place: str, country: str, **columns: str) -> "pd.Series[Any]":
    """Row of one place, geocoded and joined."""
    table = pd.DataFrame({"place": [place], "country": [country]} | columns)
    return geo.add_countries(geo.geocode(geo.read_incidents(table))).iloc[0]


@pytest.mark.parametrize(
    ("place", "country", "country_a3"), [("Goma", "DR Congo", "COD"), ("Myawaddy", "Burma", "MMR")]
)
def test_a_town_on_a_border_river_keeps_its_side(place: str, country: str, country_a3: str) -> None:
    row = placed(place, country)

    assert (row["country_a3"], row["status"]) == (country_a3, "located")


@pytest.mark.parametrize(
    ("place", "country", "columns"),
    [("Sevastopol", "Ukraine", {}), ("Homs", "Syria", {"lat": "36.72", "lon": "34.73"})],
)
def test_a_point_outside_its_country_is_suspicious(
    place: str, country: str, columns: dict[str, str]
) -> None:
    row = placed(place, country, **columns)

    assert row["status"] == "suspicious"
    assert "Given as in" in row["reason"]
