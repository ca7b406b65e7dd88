import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import SchemaError
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.names.context import PlaceQuery
from geo.geocoding.row_documents import with_other_rows
from geo.geodesy import geod

Watch = Callable[..., AbstractContextManager[Any]]
SAMPLE = Path(__file__).parents[3] / "data" / "samples" / "incidents.csv"


def placed(place: str, country: str = "", admin1: str = "") -> "pd.Series[Any]":
    """Row of one place, geocoded."""
    table = pd.DataFrame({"place_text": [place], "country": [country], "admin1": [admin1]})
    return geo.geocode(table).iloc[0]


@pytest.mark.parametrize(
    ("place", "country", "lon", "lat"),
    [
        ("Tower 22", "Jordan", 38.703, 33.306),
        ("Rukban", "Jordan", 38.703, 33.314),
        ("Deir ez-Zor", "Syria", 40.14, 35.34),
        ("دمشق", "SYR", 36.31, 33.51),
        ("Авдіївка", "Ukraine", 37.75, 48.14),
        ("Khan Yunis", "Palestine", 34.306, 31.340),
        ("Goma", "DR Congo", 29.228, -1.674),
        ("São Paulo", "Brasil", -46.636, -23.547),
        ("Springfield, Illinois, United States", "", -89.644, 39.802),
        ("Kyiv", "", 30.523, 50.450),
        ("33.306, 38.703", "", 38.703, 33.306),
    ],
)
def test_places_are_where_they_are(place: str, country: str, lon: float, lat: float) -> None:
    row = placed(place, country)

    assert row["status"] == "located"
    assert geod().inv(lon, lat, row["geometry"].x, row["geometry"].y)[2] < 5_000
    assert row["uncertainty_m"] >= 1_000


@pytest.mark.parametrize(
    ("place", "country", "admin1", "precision"),
    [
        ("Tower 22", "Jordan", "", "site"),
        ("Amman", "Jordan", "", "settlement"),
        ("Anbar Governorate", "Iraq", "", "admin1"),
        ("", "Iraq", "Anbar", "admin1"),
        ("", "Sudan", "", "country"),
        ("Sudan", "", "", "country"),
        ("Red Sea", "", "", "water"),
        ("33.306 N, 38.703 E", "", "", "exact"),
    ],
)
def test_precision_says_what_kind_of_place_it_is(
    place: str, country: str, admin1: str, precision: str
) -> None:
    assert placed(place, country, admin1)["precision"] == precision


@pytest.mark.parametrize("place", ["Springfield", "San José"])
def test_a_name_without_a_favourite_stays_unplaced(place: str) -> None:
    row = placed(place, "United States" if place == "Springfield" else "")

    assert row["status"] == "ambiguous"
    assert row["geometry"] is None
    assert "none preferred" in row["reason"]
    candidates = json.loads(row["candidates"])
    assert len(candidates) == 5
    assert candidates == sorted(candidates, key=lambda one: -one["weight"])


def test_a_favourite_is_taken_with_its_rivals_named() -> None:
    row = placed("Tripoli")

    assert row["place_id"].startswith("geonames:")
    assert "most prominent of" in row["reason"]
    assert 0.5 < row["score"] < 1
    assert {"LBY", "LBN"} <= {one["country_a3"] for one in json.loads(row["candidates"])}


def test_the_country_column_decides_between_namesakes() -> None:
    assert placed("Tripoli", "Lebanon")["geometry"].x == pytest.approx(35.84, abs=0.05)


def test_an_unknown_place_falls_back_to_the_area_round_it() -> None:
    row = placed("Wadi of No Name", "Iraq", "Anbar")

    assert (row["precision"], row["method"]) == ("admin1", "surrounding place")
    assert row["reason"].startswith("No place named “Wadi of No Name” is known")


def test_what_follows_a_comma_is_the_next_best_place() -> None:
    row = placed("Hospital of No Name, Kyiv", "Ukraine")

    assert (row["place"], row["precision"]) == ("Kyiv", "settlement")


@pytest.mark.parametrize(
    ("place", "country", "words"),
    [
        ("Qwxyz", "", "No place named “Qwxyz” is known"),
        ("", "", "No place is given"),
        ("", "Atlantis", "No country or province named “Atlantis” is known"),
        ("<script>alert(1)</script>", "", "No place named"),
    ],
)
def test_an_unplaced_row_says_why(place: str, country: str, words: str) -> None:
    row = placed(place, country)

    assert row["status"] == "unlocated"
    assert row["geometry"] is None
    assert pd.isna(row["uncertainty_m"])
    assert words in row["reason"]


def test_given_points_are_kept() -> None:
    table = gpd.GeoDataFrame(
        {"place_text": ["Amman"]}, geometry=[shapely.Point(38.703, 33.306)], crs=4326
    )

    row = geo.geocode(table).iloc[0]

    assert row["geometry"] == shapely.Point(38.703, 33.306)
    assert (row["precision"], row["uncertainty_m"]) == ("exact", 1_000)


def test_what_the_reader_said_comes_first() -> None:
    table = pd.DataFrame({"place": ["Amman"], "lon": ["east"], "lat": ["33"]})

    row = geo.geocode(geo.read_incidents(table)).iloc[0]

    assert row["reason"].startswith("lon “east” is not in decimal degrees. GeoNames knows “Amman”")


def test_rows_and_index_stay_and_inputs_too(unchanged: Watch) -> None:
    table = pd.DataFrame({"place_text": ["Amman", None, "Amman"]}, index=["x", "y", "z"])

    with unchanged(table):
        result = geo.geocode(table)

    assert result.index.tolist() == ["x", "y", "z"]
    assert result["status"].tolist() == ["located", "unlocated", "located"]


def test_other_column_names_can_be_given() -> None:
    table = pd.DataFrame({"ort": ["Tripoli"], "land": ["Libanon"]})

    row = geo.geocode(table, place="ort", country="land").iloc[0]

    assert row["geometry"].y == pytest.approx(34.43, abs=0.05)


def test_a_table_that_says_nothing_of_places_is_refused() -> None:
    with pytest.raises(SchemaError, match="geocode needs the column place_text"):
        geo.geocode(pd.DataFrame({"colour": ["red"]}))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_any_text_is_answered_and_order_does_not_matter(texts: list[str]) -> None:
    table = pd.DataFrame({"place_text": texts})

    forth, back = geo.geocode(table), geo.geocode(table[::-1])

    assert len(forth) == len(texts)
    assert forth["reason"].notna().all()
    assert forth["reason"].tolist() == back["reason"].tolist()[::-1]


def test_the_sample_adds_up() -> None:
    incidents = geo.geocode(geo.read_incidents(SAMPLE))

    geo.validate(incidents)
    counts = incidents["status"].value_counts()
    assert counts.sum() == 60
    assert counts["located"] >= 50
    assert counts["ambiguous"] >= 2
    unlocated = incidents.loc[incidents["status"] == "unlocated", "place_text"]
    assert unlocated.tolist() == ["crash site unknown"]
    assert incidents.loc[incidents["status"] != "located", "reason"].notna().all()


def test_labels_of_the_index_may_repeat() -> None:
    table = pd.DataFrame({"place_text": ["Amman", "Qwxyz"]}, index=[7, 7])

    result = geo.geocode(table)

    assert result.index.tolist() == [7, 7]
    assert result["status"].tolist() == ["located", "unlocated"]


def test_a_country_that_nobody_knows_is_said() -> None:
    row = placed("Lyon", "Frnace")

    assert row["reason"] == (
        "No country or province named “Frnace” is known. "
        "GeoNames knows “Lyon”, the most prominent of 2 places of this name"
    )
    assert row["status"] == "suspicious"


def test_a_province_in_the_country_column_is_understood() -> None:
    assert placed("Paris", "Texas")["country_a3"] == "USA"


def test_rows_of_one_report_tell_each_other_where_they_lie() -> None:
    table = pd.DataFrame(
        {"place_text": ["Tripoli", "Sidon", "Beirut", "Tripoli"], "report": ["a", "a", "a", None]}
    )

    rows = geo.geocode(table, document="report")

    assert rows["country_a3"].tolist() == ["LBN", "LBN", "LBN", "LBY"]
    with pytest.raises(SchemaError, match="geocode needs the column source"):
        geo.geocode(table, document="source")


@pytest.mark.parametrize(
    ("names", "place_id"),
    [
        (("Springfield", "Peoria", "Decatur"), "geonames:4250542"),
        (("Salem", "Portland", "Eugene"), "geonames:5750162"),
        (("Bethlehem", "Hebron", "Nablus"), "geonames:284315"),
        (("Georgia", "Macon", "Savannah"), "ne:US-GA"),
    ],
)
def test_rows_of_one_report_tell_province_and_nearness(
    names: tuple[str, ...], place_id: str
) -> None:
    table = pd.DataFrame({"place_text": names, "report": "a"})

    alone, together = geo.geocode(table).iloc[0], geo.geocode(table, document="report").iloc[0]

    assert alone["place_id"] != place_id
    assert together["place_id"] == place_id
    assert together["status"] == "located"
    assert together["reason"].endswith("the other rows are closer to it")


def test_a_country_of_half_the_other_rows_is_likely() -> None:
    def likely(*names: str) -> tuple[str, ...]:
        rows = [PlaceQuery("Qwxyz"), *map(PlaceQuery, names)]
        return with_other_rows(rows, ["a"] * len(rows), shipped_gazetteer())[0].likely

    assert likely("Beirut", "Damascus") == ("LBN", "SYR")
    assert likely("Beirut", "Sidon", "Damascus") == ("LBN",)


@pytest.mark.parametrize(
    ("name", "country", "admin1", "place_id"),
    [
        # Once a prefecture, now a town.
        ("Qwxyz village", "Rwanda", "Kibuye prefecture", "geonames:202065"),
        # Paktika bears this name besides.
        ("Paktya province", "Afghanistan", "Paktya province", "ne:AF-PKA"),
    ],
)
def test_provinces_under_other_names(name: str, country: str, admin1: str, place_id: str) -> None:
    table = pd.DataFrame({"place_text": [name], "country": [country], "admin1": [admin1]})

    row = geo.geocode(table).iloc[0]

    assert (row["status"], row["place_id"]) == ("located", place_id)


@pytest.mark.parametrize(
    ("name", "country_a3"),
    [("Odessa", "UKR"), ("Washington", "USA"), ("Georgia", "GEO"), ("Jordan", "JOR")],
)
def test_what_the_world_means_comes_first_where_a_name_is_doubtful(
    name: str, country_a3: str
) -> None:
    row = placed(name)

    assert row["status"] in {"located", "ambiguous"}
    assert json.loads(row["candidates"])[0]["country_a3"] == country_a3


def test_gaza_is_not_taken_for_a_province_of_mozambique() -> None:
    row = placed("Gaza")

    assert row["status"] == "ambiguous"
    assert "PSE" in {one["country_a3"] for one in json.loads(row["candidates"])[:2]}


@pytest.mark.parametrize(
    ("name", "country_a3", "precision"),
    [("Virginia", "USA", "admin1"), ("Georgia", "GEO", "country"), ("Victoria", "AUS", "admin1"),
     ("Sloviansk", "UKR", "settlement"), ("Kobani", "SYR", "settlement"),
     ("Homs", "SYR", "settlement")],
)  # fmt: skip
def test_a_name_alone_means_what_the_world_means(
    name: str, country_a3: str, precision: str
) -> None:
    row = placed(name)

    assert (row["status"], row["country_a3"]) == ("located", country_a3)
    assert row["precision"] == precision


def test_namesakes_that_touch_are_one_place_with_a_radius() -> None:
    row = placed("Rafah")
    rival = json.loads(row["candidates"])[1]

    assert row["status"] == "located"
    apart_m = geod().inv(row["geometry"].x, row["geometry"].y, rival["lon"], rival["lat"])[2]
    assert apart_m < row["uncertainty_m"] < 20_000


def test_a_district_alone_is_no_country() -> None:
    table = pd.DataFrame({"place_text": [""], "country": ["Syria"], "admin2": ["Afrin"]})

    row = geo.geocode(table).iloc[0]

    assert row["precision"] == "admin2"
    assert row["reason"] == "Only the district is given"
