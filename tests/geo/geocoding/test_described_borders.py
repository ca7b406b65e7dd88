"""Borders of two neighbours, of parts of countries, and on the side that a heading tells."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo
from geo.geocoding.coordinates.position_checks import country_at
from geo.geodesy import geod


def located(*texts: str) -> gpd.GeoDataFrame:
    return geo.geocode(pd.DataFrame({"place_text": list(texts)}))


def border_m(point: shapely.Point, one: str, other: str) -> float:
    points = gpd.GeoDataFrame(geometry=[point], crs=4326)
    return float(geo.add_borders(points, between=(one, other))["border_distance_m"].iloc[0])


def metres_from(point: shapely.Point, lon: float, lat: float) -> float:
    return float(geod().inv(point.x, point.y, lon, lat)[2])


@pytest.mark.parametrize(
    ("text", "code", "lon", "lat"),
    [
        ("in Mali near the border with Burkina Faso and Niger", "MLI", 0.23, 15.0),
        ("in Rwanda on the border with Burundi and DRC", "RWA", 29.02, -2.75),
        ("in Turkey near the border with Syria and Iraq", "TUR", 42.36, 37.11),
    ],
)
def test_near_the_border_with_two_neighbours_is_where_all_meet(
    text: str, code: str, lon: float, lat: float
) -> None:
    row = located(text).iloc[0]

    assert country_at(row.geometry.x, row.geometry.y) == code == row["country_a3"]
    assert metres_from(row.geometry, lon, lat) < 50_000
    assert f"on the side of {code}" in row["reason"]


def test_two_neighbours_that_do_not_meet_give_both_borders() -> None:
    row = located("in Mali near the border with Senegal and Niger").iloc[0]

    assert row["country_a3"] == "MLI"
    assert row["footprint"].covers(row.geometry)
    west, _, east, _ = row["footprint"].bounds
    assert west < -11
    assert east > 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10 km from the Gaza border in Egypt", "EGY"),
        ("in Egypt near the border with Gaza", "EGY"),
        ("10 km inside Egypt from Gaza", "EGY"),
        ("in Israel near the Gaza border", "ISR"),
        ("5 km from the Gaza Strip, in Israel", "ISR"),
        ("on the Israeli side of the Gaza border", "ISR"),
    ],
)
def test_a_part_of_a_country_is_the_side_of_a_border(text: str, code: str) -> None:
    row = located(text).iloc[0]

    assert country_at(row.geometry.x, row.geometry.y) == code == row["country_a3"]
    assert border_m(row.geometry, code, "PSE") < 21_000
    # Gaza, not the West Bank.
    assert metres_from(row.geometry, 34.4, 31.4) < 60_000


def test_the_west_bank_is_a_side_too() -> None:
    row = located("in Israel near the border with the West Bank").iloc[0]

    assert country_at(row.geometry.x, row.geometry.y) == "ISR"
    assert metres_from(row.geometry, 35.1, 31.95) < 60_000


def test_a_crossing_between_two_countries() -> None:
    row = located("at the Rafah border crossing between Egypt and Gaza").iloc[0]

    assert metres_from(row.geometry, 34.26, 31.25) < 5_000
    assert "EGY-PSE" in row["reason"]


def test_a_region_of_several_countries_is_a_side_of_a_border() -> None:
    row = located("in Pakistan near the border with Kashmir").iloc[0]

    assert row["country_a3"] == "PAK"
    assert "Kashmir" in row["reason"]


@pytest.mark.parametrize(
    ("text", "code", "pair"),
    [
        ("20 km north of the Syrian border", "TUR", ("SYR", "TUR")),
        ("3 km south of the Lebanese border", "ISR", ("ISR", "LBN")),
        ("15 km south of the Turkey-Syria border", "SYR", ("SYR", "TUR")),
        ("in Congo near the Rwandan border", "COD", ("COD", "RWA")),
        ("near the Congolese border, Rwanda", "RWA", ("COD", "RWA")),
        ("inside Syria, 10 km from Turkey", "SYR", ("SYR", "TUR")),
    ],
)
def test_the_words_settle_border_and_side(text: str, code: str, pair: tuple[str, str]) -> None:
    row = located(text).iloc[0]

    assert country_at(row.geometry.x, row.geometry.y) == code == row["country_a3"]
    assert border_m(row.geometry, *pair) < 30_000


def test_across_the_border_is_inside_a_country() -> None:
    row = located("2 km across the border in Lebanon").iloc[0]

    assert row["country_a3"] == "LBN"
    assert "2 km from the border of LBN" in row["reason"]


def test_one_letter_names_no_side() -> None:
    row = located("the X-Y border").iloc[0]

    assert row["status"] == "unlocated"
    assert row["reason"].count("No country") == 1
    assert "CHL" not in row["reason"]
