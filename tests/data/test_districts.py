"""Second-level units: derived positions that hold their settlements, and names that yield."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pandas as pd
import pytest

from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.names.candidates import rank
from geo.geocoding.names.resolve import PlaceQuery, resolve_place
from geo.geodesy import geod

Open = Callable[[str], sqlite3.Connection]

# Positions of the seats or middles of well-known districts.
KNOWN = [
    ("Orange County", "California", "United States", -117.8, 33.7),
    ("Thatta District", "", "Pakistan", 67.9, 24.7),
    ("Koutiala Cercle", "", "Mali", -5.5, 12.4),
    ("Zvenihorodka Raion", "", "Ukraine", 30.9, 49.1),
    ("Kabupaten Garut", "", "Indonesia", 107.8, -7.3),
]


@pytest.mark.parametrize(("name", "admin1", "country", "lon", "lat"), KNOWN)
def test_a_district_is_where_it_is(
    name: str, admin1: str, country: str, lon: float, lat: float
) -> None:
    place = resolve_place(PlaceQuery(name, country, admin1), shipped_gazetteer()).place

    assert place is not None
    assert place.kind == "admin2"
    assert geod().inv(lon, lat, place.lon, place.lat)[2] <= (place.radius_m or 0)


def test_the_circle_holds_most_settlements_of_the_district(gazetteer: Open) -> None:
    places = pd.read_sql(
        "SELECT name, kind, lon, lat, radius_m, country_a3, admin1_code, admin2 FROM place",
        gazetteer("geonames"),
    )
    names = ["name", "country_a3", "admin1_code"]
    units = places[places["kind"] == "admin2"].drop_duplicates(names, keep=False)
    members = places.dropna(subset="admin2").merge(
        units, left_on=["admin2", *names[1:]], right_on=names, suffixes=("", "_unit")
    )
    metres = geod().inv(members["lon"], members["lat"], members["lon_unit"], members["lat_unit"])[2]

    assert len(members) > 150_000
    assert (metres <= members["radius_m_unit"]).mean() > 0.9


def test_no_circle_is_absurd(gazetteer: Open) -> None:
    radius_m = pd.read_sql(
        "SELECT radius_m FROM place WHERE kind = 'admin2'", gazetteer("geonames")
    )["radius_m"]

    assert radius_m.min() >= 3_000
    assert 10_000 < radius_m.median() < 40_000
    assert radius_m.quantile(0.99) < 250_000


@pytest.mark.parametrize("name", ["Lyon", "Orange", "Mafraq", "Thatta", "Garut", "Kharkiv"])
def test_a_district_yields_its_name(name: str) -> None:
    ranked = rank(name, shipped_gazetteer().find(name))

    assert {one.place.kind for one in ranked} - {"admin2"}
    assert "admin2" not in {one.place.kind for one in ranked}


def test_the_word_for_it_calls_the_district() -> None:
    place = resolve_place(PlaceQuery("Thatta district", "Pakistan"), shipped_gazetteer()).place

    assert place is not None
    assert (place.kind, place.country_a3) == ("admin2", "PAK")


def test_airports_and_ports_say_who_knows_them() -> None:
    airport = resolve_place(PlaceQuery("El Fasher airport", "Sudan"), shipped_gazetteer())
    port = resolve_place(PlaceQuery("Port of Massawa", "Eritrea"), shipped_gazetteer())

    assert airport.reason.startswith(("The list of airports knows", "The list of sites knows"))
    assert port.reason.startswith(("The list of ports knows", "The list of sites knows"))
    others = [
        resolve_place(PlaceQuery(name), shipped_gazetteer()).reason
        for name in ("Heathrow airport", "Lisbon airport", "Port of Izmir", "Port of Santos")
    ]
    assert any(reason.startswith("The list of airports knows") for reason in others)
    assert any(reason.startswith("The list of ports knows") for reason in others)
