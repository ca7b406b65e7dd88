"""The gazetteers: one schema, and names that people write find the right place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pandas as pd
import pyproj
import pytest
import shapely

from geo.grammar.names import normalise_name

Open = Callable[[str], sqlite3.Connection]
GEOD = pyproj.Geod(ellps="WGS84")
FILES = ("geonames", "uscensus", "naturalearth", "curated", "airports", "ports")
KINDS = {
    "geonames": {"settlement", "admin2"},
    "uscensus": {"settlement", "admin2"},
    "naturalearth": {"country", "admin1", "water", "line"},
    "curated": {"site", "area", "water", "line", "settlement"},
    "airports": {"site"},
    "ports": {"site"},
}
PLACE_COLUMNS = [
    "id", "place_id", "name", "kind", "feature_code", "lon", "lat", "radius_m", "country_a3",
    "admin1_code", "admin2", "population",
]  # fmt: skip
SETTLEMENTS = [
    ("Rukban", "JOR", 38.7034, 33.3141),
    ("Ruwaished", "JOR", 38.2011, 32.5041),
    ("Gaza", "PSE", 34.4667, 31.5016),
    ("غزة", "PSE", 34.4667, 31.5016),
    ("עזה", "PSE", 34.4667, 31.5016),
    ("Khan Yunis", "PSE", 34.3063, 31.3402),
    ("خان يونس", "PSE", 34.3063, 31.3402),
    ("Avdiivka", "UKR", 37.7501, 48.1402),
    ("Авдіївка", "UKR", 37.7501, 48.1402),
    ("Авдеевка", "UKR", 37.7501, 48.1402),
    ("Bakhmut", "UKR", 37.9989, 48.5942),
    ("Бахмут", "UKR", 37.9989, 48.5942),
    ("Hodeidah", "YEM", 42.9545, 14.7978),
    ("الحديدة", "YEM", 42.9545, 14.7978),
    ("Goma", "COD", 29.2285, -1.6741),
    ("El Fasher", "SDN", 25.3494, 13.6279),
    ("Al-Fashir", "SDN", 25.3494, 13.6279),
    ("Myawaddy", "MMR", 98.5089, 16.6891),
    ("Erbil", "IRQ", 44.0094, 36.1912),
    ("أربيل", "IRQ", 44.0094, 36.1912),
    ("Deir ez-Zor", "SYR", 40.1408, 35.3359),
    ("Qamishli", "SYR", 41.2314, 37.0522),
    ("تهران", "IRN", 51.4215, 35.6944),
    ("北京", "CHN", 116.3972, 39.9075),
    ("São Paulo", "BRA", -46.6361, -23.5475),
    ("Simferopol", "UKR", 34.1, 44.957),
    ("Pristina", "XKX", 21.1669, 42.6727),
]
UNITS = [
    ("Jordan", "ne:JOR"), ("JOR", "ne:JOR"), ("الأردن", "ne:JOR"), ("ירדן", "ne:JOR"),
    ("Йорданія", "ne:JOR"), ("约旦", "ne:JOR"), ("USA", "ne:USA"), ("U.S.", "ne:USA"),
    ("UK", "ne:GBR"), ("UAE", "ne:ARE"), ("DR Congo", "ne:COD"), ("DRC", "ne:COD"),
    ("CAR", "ne:CAF"), ("South Korea", "ne:KOR"), ("North Korea", "ne:PRK"), ("Burma", "ne:MMR"),
    ("Ivory Coast", "ne:CIV"), ("Swaziland", "ne:SWZ"), ("Czech Republic", "ne:CZE"),
    ("Holland", "ne:NLD"), ("Türkiye", "ne:TUR"), ("Palestine", "ne:PSE"), ("Vatican", "ne:VAT"),
    ("Kosovo", "ne:XKX"), ("Taiwan", "ne:TWN"), ("Réunion", "ne:REU"),
    ("Mafraq", "ne:JO-MA"), ("المفرق", "ne:JO-MA"), ("Crimea", "ne:UA-43"), ("Крим", "ne:UA-43"),
    ("West Bank", "ne:PS-WBK"), ("Gaza Strip", "ne:PS-GZZ"), ("North Kivu", "ne:CD-NK"),
    ("Gilgit-Baltistan", "ne:PK-GB"), ("Kyiv Oblast", "ne:UA-32"),
]  # fmt: skip
NAMES_THAT_ARE_WORDS = ("and", "are", "can", "per")


def _find(database: sqlite3.Connection, name: str) -> list[tuple[str, str, float, float]]:
    return database.execute(
        "SELECT place_id, country_a3, lon, lat FROM name JOIN place ON place = id WHERE key = ?",
        (normalise_name(name),),
    ).fetchall()


@pytest.mark.parametrize("file", FILES)
def test_schema(gazetteer: Open, file: str) -> None:
    database = gazetteer(file)
    tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    assert {"place", "name", "meta"} <= tables
    columns = [row[1] for row in database.execute("PRAGMA table_info(place)")]
    assert columns == PLACE_COLUMNS
    assert database.execute("PRAGMA page_size").fetchone() == (4096,)
    meta = dict(database.execute("SELECT key, value FROM meta"))
    assert meta["schema_version"] == "1"
    assert all(meta[key] for key in ("source", "licence", "attribution"))


@pytest.mark.parametrize("file", FILES)
def test_places_are_sane(gazetteer: Open, file: str) -> None:
    places = pd.read_sql("SELECT * FROM place", gazetteer(file))
    assert set(places["kind"]) == KINDS[file]
    assert places["place_id"].is_unique
    assert places["place_id"].str.startswith({"naturalearth": "ne"}.get(file, file) + ":").all()
    assert (places["name"].str.len() > 0).all()
    assert places["lon"].between(-180, 180).all()
    assert places["lat"].between(-90, 90).all()
    assert not (places["radius_m"] <= 0).any()
    assert (places["population"] >= 0).all()


@pytest.mark.parametrize("file", FILES)
def test_codes_are_those_of_the_provinces(
    gazetteer: Open, file: str, provinces: pd.DataFrame
) -> None:
    places = pd.read_sql("SELECT country_a3, admin1_code FROM place", gazetteer(file))
    assert set(places["country_a3"].dropna()) <= set(provinces["country_a3"])
    assert set(places["admin1_code"].dropna()) <= set(provinces["admin1_code"])


@pytest.mark.parametrize("file", FILES)
def test_keys_are_normalised_and_point_somewhere(gazetteer: Open, file: str) -> None:
    database = gazetteer(file)
    orphans = "SELECT count(*) FROM name LEFT JOIN place ON place = id WHERE id IS NULL"
    assert database.execute(orphans).fetchone() == (0,)
    lengths = "SELECT min(length(key)), max(length(key)) FROM name"
    shortest, longest = database.execute(lengths).fetchone()
    assert 1 <= shortest <= longest <= 80
    some = database.execute("SELECT key FROM name LIMIT 2000 OFFSET 100").fetchall()
    assert all(normalise_name(key) == key for (key,) in some)


@pytest.mark.parametrize("file", FILES)
def test_preferred_name_is_a_key(gazetteer: Open, file: str) -> None:
    database = gazetteer(file)
    places = database.execute("SELECT id, name FROM place WHERE id % 97 = 1").fetchall()
    lookup = "SELECT 1 FROM name WHERE key = ? AND place = ?"
    for number, name in places:
        assert database.execute(lookup, (normalise_name(name), number)).fetchone(), name


@pytest.mark.parametrize(("name", "country_a3", "lon", "lat"), SETTLEMENTS)
def test_settlement_is_found(
    gazetteer: Open, name: str, country_a3: str, lon: float, lat: float
) -> None:
    found = [one for one in _find(gazetteer("geonames"), name) if one[1] == country_a3]
    assert any(GEOD.inv(lon, lat, one[2], one[3])[2] < 5_000 for one in found)


def test_settlements_know_their_province(gazetteer: Open) -> None:
    database = gazetteer("geonames")
    missing, coded = database.execute(
        "SELECT sum(admin1_code IS NULL), sum(feature_code IS NOT NULL) FROM place"
    ).fetchone()
    assert missing == 0
    assert coded > 190_000
    rows = dict(database.execute("SELECT place_id, admin1_code FROM place WHERE population > 4e5"))
    # Gaza, Goma, Paris (a city whose GeoNames code is a region), Simferopol is smaller.
    assert rows["geonames:281133"] == "PS-GZZ"
    assert rows["geonames:216281"] == "CD-NK"
    assert rows["geonames:2988507"] == "FR-75"


@pytest.mark.parametrize(("name", "place_id"), UNITS)
def test_country_or_province_is_found(gazetteer: Open, name: str, place_id: str) -> None:
    assert place_id in [one[0] for one in _find(gazetteer("naturalearth"), name)]


@pytest.mark.parametrize("word", NAMES_THAT_ARE_WORDS)
def test_codes_that_are_words_are_left_out(gazetteer: Open, word: str) -> None:
    assert not [one for one in _find(gazetteer("naturalearth"), word) if len(one[0]) == 6]


def test_every_country_and_province_has_a_row(
    gazetteer: Open, provinces: pd.DataFrame, countries: pd.DataFrame
) -> None:
    places = pd.read_sql("SELECT * FROM place", gazetteer("naturalearth"))
    found = places.groupby("kind")["place_id"].apply(set)
    assert found["country"] == set("ne:" + countries["country_a3"])
    assert found["admin1"] == set("ne:" + provinces["admin1_code"])
    assert places["radius_m"].notna().all()


def test_radius_holds_the_province(gazetteer: Open, provinces: pd.DataFrame) -> None:
    row = (
        gazetteer("naturalearth")
        .execute("SELECT lon, lat, radius_m FROM place WHERE place_id = 'ne:JO-MA'")
        .fetchone()
    )
    mafraq = provinces.set_index("admin1_code").geometry["JO-MA"]
    metres = [GEOD.inv(row[0], row[1], *xy)[2] for xy in shapely.get_coordinates(mafraq)]
    # The radius is measured on Natural Earth's province, whose border is a little off the map's.
    assert abs(max(metres) - row[2]) < 5_000
