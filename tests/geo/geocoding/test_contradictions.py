"""Districts as context, and rows that contradict themselves."""

import json
from typing import Any, Literal

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.names.districts import find_district
from geo.geocoding.names.people_centre import at_people_centre
from geo.geodesy import geod


def placed(text: str, country: str = "", admin1: str = "", admin2: str = "") -> "pd.Series[Any]":
    """Row of one place, geocoded."""
    columns = {"place_text": text, "country": country, "admin1": admin1, "admin2": admin2}
    return geo.geocode(pd.DataFrame([columns])).iloc[0]


@pytest.mark.parametrize(
    ("text", "country", "other"),
    [
        ("Homs, Syria", "Jordan", "geonames:169577"),
        ("Paris, Texas", "France", "geonames:2988507"),
        ("Homs", "Jordan", "geonames:169577"),
        ("Lyon, France", "DEU", "geonames:2996944"),
    ],
)
def test_text_against_the_country_column_is_suspicious(text: str, country: str, other: str) -> None:
    row = placed(text, country)

    candidates = json.loads(row["candidates"])
    assert row["status"] == "suspicious"
    assert other in {one["place_id"] for one in candidates}
    assert len({one["place_id"] for one in candidates}) == len(candidates) >= 2
    assert pd.isna(row["score"])


def test_the_radius_reaches_both_readings() -> None:
    row = placed("Paris, Texas", "France")
    paris = gpd.GeoSeries.from_xy([2.35], [48.85], crs=4326)
    here = gpd.GeoSeries([row["geometry"]], crs=4326)

    apart_m = here.to_crs("ESRI:53032").distance(paris.to_crs("ESRI:53032")).iloc[0]

    assert row["uncertainty_m"] > 7_000_000
    assert apart_m > 0
    assert row["reason"].startswith("The text says Texas, the column of the country “France”")


@pytest.mark.parametrize(
    ("text", "country", "method", "readings"),
    [
        ("20 km north of Gwoza, Nigeria", "Chad", "region", {"geonames:2339665", "ne:TCD"}),
        ("5 km from Homs, Syria", "Jordan", "region", {"geonames:169577", "ne:JOR"}),
        ("near Aleppo, Syria", "Iraq", "region", {"geonames:170063", "ne:IRQ"}),
        ("outskirts of Mosul, Iraq", "Syria", "region", {"geonames:99072", "ne:SYR"}),
        ("between Aleppo, Syria and Idlib, Syria", "Iraq", "region",
         {"geonames:170063", "geonames:169389", "ne:IRQ"}),
        ("near the Turkish border in Aleppo, Syria", "Iraq", "region",
         {"geonames:170063", "ne:IRQ"}),
        ("near Homs", "Jordan", "surrounding place", {"geonames:169577", "ne:JOR"}),
        ("south of Damascus", "Iraq", "surrounding place", {"geonames:170654", "ne:IRQ"}),
    ],
)  # fmt: skip
def test_a_description_against_the_country_column_is_suspicious(
    text: str, country: str, method: str, readings: set[str]
) -> None:
    row = placed(text, country)

    candidates = json.loads(row["candidates"])
    assert (row["status"], row["method"]) == ("suspicious", method)
    assert readings <= {one["place_id"] for one in candidates}
    assert len({one["place_id"] for one in candidates}) == len(candidates)
    for one in candidates:
        if one["place_id"] in readings:
            assert _apart_m(row, one["lon"], one["lat"]) < row["uncertainty_m"]


@pytest.mark.parametrize("relative", ["place", "anchor"])
def test_the_radius_of_a_description_in_doubt_holds_its_footprint(
    relative: Literal["place", "anchor"],
) -> None:
    table = pd.DataFrame({"place_text": ["20 km north of Gwoza, Nigeria"], "country": ["Chad"]})
    row = geo.geocode(table, relative=relative).iloc[0]

    corners = shapely.get_coordinates(row["footprint"])
    assert max(_apart_m(row, lon, lat) for lon, lat in corners) < row["uncertainty_m"]


@pytest.mark.parametrize(
    ("text", "country"),
    [("50 km from Aleppo, Syria", "Turkey"), ("between Tyre, Lebanon and Haifa, Israel", "LBN")],
)
def test_a_description_that_reaches_into_the_stated_country_is_not_suspicious(
    text: str, country: str
) -> None:
    row = placed(text, country)

    assert (row["status"], row["method"]) == ("located", "region")
    assert pd.isna(row["candidates"])
    assert "it reaches into" in row["reason"]


@pytest.mark.parametrize(
    ("text", "country", "admin1", "readings", "said"),
    [
        ("Mosul, Nineveh", "Iraq", "Basra", ["geonames:99072", "ne:IQ-BA"], "not in Basra"),
        ("Chicago", "USA", "Texas", ["geonames:4887398", "ne:US-TX"], "not in Texas"),
        ("Texas", "", "California", ["ne:US-TX", "ne:US-CA"], "not in California"),
        ("Springfield, Illinois", "USA", "Missouri", ["geonames:4250542", "geonames:4409896"],
         "The text says Illinois, the column of the province “Missouri”"),
        ("5 km from Mosul", "Iraq", "Basra", ["geonames:99072", "ne:IQ-BA"], "not in Basra"),
    ],
)  # fmt: skip
def test_text_against_the_province_column_is_suspicious(
    text: str, country: str, admin1: str, readings: list[str], said: str
) -> None:
    row = placed(text, country, admin1)

    candidates = {one["place_id"]: one for one in json.loads(row["candidates"])}
    assert row["status"] == "suspicious"
    assert (row["place_id"], next(iter(candidates))) == (readings[0], readings[0])
    assert said in row["reason"]
    for one in readings:
        lon, lat = candidates[one]["lon"], candidates[one]["lat"]
        assert _apart_m(row, lon, lat) < row["uncertainty_m"]


@pytest.mark.parametrize(
    ("text", "country", "admin1", "admin2", "said"),
    [
        ("Idlib", "Syria", "Aleppo", "Afrin", "in Syria, not in Aleppo, near ‘Afrīn"),
        ("Baghdad", "Iraq", "Babil", "", "in Iraq, not in Babylon"),
        ("Mosul, Ninawa", "Iraq", "Nineveh", "", "in Nineveh"),
        ("Douma, Damascus", "Syria", "Rif Dimashq", "", "in Rif Dimashq"),
    ],
)
def test_a_place_near_its_stated_province_is_located_and_told_as_it_is(
    text: str, country: str, admin1: str, admin2: str, said: str
) -> None:
    row = placed(text, country, admin1, admin2)

    assert row["status"] == "located"
    assert f" {said}" in row["reason"]


@pytest.mark.parametrize(
    ("text", "country", "admin1", "place_id"),
    [
        ("Lima", "Peru", "Lima", "geonames:3936456"),
        ("Minsk", "Belarus", "Minsk", "geonames:625144"),
        ("Kyiv", "Ukraine", "Kyiv Oblast", "geonames:703448"),
        ("Buenos Aires", "Argentina", "Buenos Aires", "geonames:3435910"),
        ("Buenos Aires Province", "Argentina", "Buenos Aires", "ne:AR-B"),
        ("Leningrad", "Russia", "Leningrad", "ne:RU-LEN"),
        ("Washington", "United States", "Washington", "ne:US-WA"),
        ("Anbar", "Iraq", "Anbar", "ne:IQ-AN"),
    ],
)
def test_a_city_beside_the_province_of_its_name_is_meant_where_the_text_says_just_that(
    text: str, country: str, admin1: str, place_id: str
) -> None:
    row = placed(text, country, admin1)

    assert (row["place_id"], row["status"]) == (place_id, "located")


def _apart_m(row: "pd.Series[Any]", lon: float, lat: float) -> float:
    point = row["geometry"]
    return float(geod().inv(point.x, point.y, lon, lat)[2])


@pytest.mark.parametrize(
    ("text", "country"),
    [("Homs, Syria", "SYR"), ("Paris, Texas", "United States"), ("Paris", "Texas"),
     ("Khan Yunis", "Palestine"), ("Tripoli", "Lebanon"), ("Ebril", "Iran")],
)  # fmt: skip
def test_rows_that_agree_are_not_suspicious(text: str, country: str) -> None:
    assert placed(text, country)["status"] == "located"


def test_the_district_decides_between_namesakes() -> None:
    one = placed("Springfield", "United States", "Illinois", "Sangamon County")
    other = placed("Springfield", "United States", "Missouri", "Greene County")

    assert one["place_id"] == "geonames:4250542"
    assert other["place_id"] == "geonames:4409896"


def test_an_unknown_village_falls_back_to_the_district_then_the_province() -> None:
    district = placed("Qwxyz village", "Syria", "Aleppo", "Afrin district")
    province = placed("Qwxyz village", "Syria", "Aleppo", "Qwxyz district")
    country = placed("Qwxyz village", "Syria")

    precisions = [row["precision"] for row in (district, province, country)]
    assert precisions == ["admin2", "admin1", "country"]
    radii = [row["uncertainty_m"] for row in (district, province, country)]
    assert radii == sorted(radii)
    assert {row["method"] for row in (district, province, country)} == {"surrounding place"}


def test_a_namesake_far_from_the_district_is_not_taken() -> None:
    row = placed("Homs", "Syria", "", "Afrin district")

    assert (row["precision"], row["method"]) == ("admin2", "surrounding place")


def test_a_district_column_may_be_missing_or_named_otherwise() -> None:
    table = pd.DataFrame({"place_text": ["Qwxyz"], "country": ["Syria"], "rayon": ["Afrin"]})

    assert geo.geocode(table, admin2="rayon").loc[0, "precision"] == "admin2"
    assert geo.geocode(table).loc[0, "precision"] == "country"


def test_units_of_any_word_are_districts() -> None:
    gazetteer = shipped_gazetteer()
    names = ("Sangamon County", "Sangamon", "Sangamon district", "Sangamon (county)")

    found = {find_district(name, gazetteer, country_a3="USA", province=None) for name in names}

    assert len(found) == 1


def test_provinces_in_another_spelling_and_countries_with_two_names() -> None:
    assert placed("Qwxyz", "DR Congo (Zaire)", "Sud-Kivu")["place_id"] == "ne:CD-SK"
    assert placed("Qwxyz", "Afghanistan", "Baghlaan province")["place_id"] == "ne:AF-BGL"


def test_unknown_villages_lie_where_people_live() -> None:
    gazetteer = shipped_gazetteer()
    egypt = gazetteer.get("ne:EGY")
    assert egypt is not None

    moved = at_people_centre(egypt, gazetteer)

    assert moved.lat > 28.5
    assert (moved.radius_m or 0.0) > (egypt.radius_m or 0.0)
    assert at_people_centre(moved._replace(kind="settlement"), gazetteer).lat == moved.lat


@pytest.mark.parametrize(
    ("admin1", "admin2", "said"),
    [
        ("Qurxistan", "", "; no province named “Qurxistan” in Syria is known"),
        ("Homs", "Qurxistan", "; no district named “Qurxistan” in Homs is known"),
    ],
)
def test_units_that_nobody_knows_are_told(admin1: str, admin2: str, said: str) -> None:
    row, area = placed("Homs", "Syria", admin1, admin2), placed("", "Syria", admin1, admin2)

    assert (row["status"], row["place"]) == ("located", "Homs")
    assert row["reason"].endswith(said)
    assert area["reason"].endswith(said)


def test_the_gaza_strip_is_no_unknown_province() -> None:
    assert "no province" not in placed("Gaza", "Israel", "Gaza Strip")["reason"]


@pytest.mark.parametrize("column", ["country", "admin1", "admin2"])
def test_columns_longer_than_any_name_are_no_place(column: str) -> None:
    row = placed("Homs", **{column: "(" * 100_000})

    assert row["status"] == "unlocated"
    assert row["reason"].endswith("has 100,000 characters; that is no place")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("20,000 km from the Qurxian border with Qurx", "No country “Qurxian” is known"),
        ("20 km from Qurx, Syria", "No place named “Qurx” is known in Syria; placed by Syria aro"),
        ("within 20,000 km of Gwoza", "GeoNames knows"),
    ],
)
def test_a_description_that_leads_nowhere_tells_only_why(text: str, reason: str) -> None:
    row = placed(text)

    assert row["reason"].startswith(reason)
    assert row["reason"].count("placed by") <= 1
    assert "is no name" not in row["reason"]
    assert not row["uncertainty_m"] > 20_004_000.0
