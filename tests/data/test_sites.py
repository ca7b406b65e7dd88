"""Airports and ports: found by names that say what they are, and never in the way of a town."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable

import pyproj
import pytest

from geo import shipped
from geo.gazetteer.places import Gazetteer, shipped_gazetteer
from geo.geocoding.names.resolve import PlaceQuery, resolve_place
from geo.grammar.names import normalise_name

Open = Callable[[str], sqlite3.Connection]
GEOD = pyproj.Geod(ellps="WGS84")
FILES = ("airports", "ports")
WORD = {
    "airports": r"\b(air ?(base|field|port|strip|park|station|facility)|aerodrome|heliport|afb"
    r"|seaplane base|intl|air force (base|station))\b",
    "ports": r"\b(port|harbou?r|seaport)\b",
}
SITES = [
    ("Erbil airport", "IRQ", 43.9632, 36.2376), ("El Fasher airport", "SDN", 25.3246, 13.6149),
    ("Hodeidah International Airport", "YEM", 42.9763, 14.753),
    ("Heathrow airport", "GBR", -0.4614, 51.4706), ("Incirlik Air Base", "TUR", 35.4259, 37.0021),
    ("Dumayr airbase", "SYR", 36.749, 33.6096), ("Luxor airport", "EGY", 32.7066, 25.671),
    ("Kidal Airport", "MLI", 1.417, 18.433), ("Gaziantep airport", "TUR", 37.4787, 36.9472),
    ("Port of Haifa", "ISR", 34.99, 32.82), ("Aqaba port", "JOR", 35.0, 29.52),
    ("ميناء العقبة", "JOR", 35.0, 29.52), ("Port of Odesa", "UKR", 30.74, 46.49),
    ("נמל חיפה", "ISR", 34.99, 32.82), ("Port of Aden", "YEM", 45.0, 12.79),
    ("Massawa harbour", "ERI", 39.45, 15.6), ("Новороссийский порт", "RUS", 37.79, 44.72),
    ("ميناء طرابلس", "LBN", 35.82, 34.45), ("ميناء طرابلس", "LBY", 13.19, 32.9),
]  # fmt: skip


@pytest.mark.parametrize(("name", "country", "lon", "lat"), SITES)
def test_site_is_found(name: str, country: str, lon: float, lat: float) -> None:
    resolution = resolve_place(PlaceQuery(name, country), shipped_gazetteer())

    place = resolution.place
    assert resolution.method == "name"
    assert place is not None
    assert place.kind == "site"
    assert GEOD.inv(lon, lat, place.lon, place.lat)[2] < 5_000


@pytest.mark.parametrize("file", FILES)
def test_every_latin_name_says_what_the_site_is(gazetteer: Open, file: str) -> None:
    word = re.compile(WORD[file])
    keys = [key for (key,) in gazetteer(file).execute("SELECT DISTINCT key FROM name")]
    bare = [key for key in keys if key.isascii() and not word.search(key)]
    assert bare == []


@pytest.mark.parametrize("file", FILES)
def test_no_town_or_province_has_the_name_of_a_site(gazetteer: Open, file: str) -> None:
    sites = {key for (key,) in gazetteer(file).execute("SELECT key FROM name")}
    for other in ("geonames", "naturalearth"):
        names = gazetteer(other).execute("SELECT DISTINCT key FROM name")
        assert [key for (key,) in names if key in sites] == []


@pytest.mark.parametrize("file", FILES)
def test_sites_have_an_honest_radius_and_a_country(gazetteer: Open, file: str) -> None:
    unknown = "SELECT count(*) FROM place WHERE country_a3 IS NULL OR radius_m < 2000"
    assert gazetteer(file).execute(unknown).fetchone() == (0,)
    total, placed = (
        gazetteer(file).execute("SELECT count(*), count(admin1_code) FROM place").fetchone()
    )
    assert total > 1_000
    assert placed > 0.8 * total


def test_an_airport_of_the_curated_table_is_not_there_twice(gazetteer: Open) -> None:
    known = "SELECT 1 FROM place WHERE place_id = ?"
    assert not gazetteer("airports").execute(known, ("airports:ORAA",)).fetchone()
    assert gazetteer("airports").execute(known, ("airports:HSFS",)).fetchone()


def test_an_airport_belongs_to_the_territory_where_it_stands(gazetteer: Open) -> None:
    country = "SELECT country_a3 FROM place WHERE place_id = ?"
    expected = {"TJSJ": "PRI", "ENSB": "SJM", "UKFF": "UKR", "EGLL": "GBR"}
    for code, a3 in expected.items():
        assert gazetteer("airports").execute(country, (f"airports:{code}",)).fetchone() == (a3,)


def _towns_with_airport_and_port(gazetteer: Open) -> list[tuple[str, str]]:
    """Largest towns first whose own name makes the name of an airport and of a port."""
    sites = [{key for (key,) in gazetteer(file).execute("SELECT key FROM name")} for file in FILES]
    largest = gazetteer("geonames").execute(
        "SELECT name, country_a3 FROM place ORDER BY population DESC, id LIMIT 20000"
    )
    return [
        (name, country)
        for name, country in largest
        if f"{normalise_name(name)} airport" in sites[0]
        and f"port of {normalise_name(name)}" in sites[1]
    ]


def test_a_bare_name_still_means_the_town(gazetteer: Open) -> None:
    files = ("curated.sqlite", "naturalearth.sqlite", "geonames.sqlite", "uscensus.sqlite")
    towns = _towns_with_airport_and_port(gazetteer)[:150]
    meant = 0
    with Gazetteer([shipped.path(file) for file in files]) as before:
        for query in (PlaceQuery(name, country) for name, country in towns):
            now = resolve_place(query, shipped_gazetteer())
            assert now == resolve_place(query, before), query
            meant += now.place is not None and now.place.kind == "settlement"
    assert meant >= 50
