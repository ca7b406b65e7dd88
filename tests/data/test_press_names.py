"""Names as the press writes them, and the points that stand for countries and provinces."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import shapely

from geo.gazetteer.places import shipped_gazetteer
from geo.geodesy import geod
from geo.grammar.place_forms import name_forms
from geo.vocabulary import demonym_places

if TYPE_CHECKING:
    import geopandas as gpd

Open = Callable[[str], sqlite3.Connection]
SOURCES = Path(__file__).parents[2] / "data" / "sources"
NAMES = [
    ("W.Va.", "ne:US-WV"), ("Calif.", "ne:US-CA"), ("Neb.", "ne:US-NE"), ("Kan.", "ne:US-KS"),
    ("D.C.", "ne:US-DC"), ("B.C.", "ne:CA-BC"), ("Ont.", "ne:CA-ON"), ("P.E.I.", "ne:CA-PE"),
    ("N.S.W.", "ne:AU-NSW"), ("NRW", "ne:DE-NW"), ("Chechnya", "ne:RU-CE"), ("KP", "ne:PK-KP"),
    ("U.S. Virgin Islands", "ne:VIR"), ("T&T", "ne:TTO"), ("NZ", "ne:NZL"), ("Ceylon", "ne:LKA"),
    ("Upper Volta", "ne:BFA"), ("the Congo", "ne:COG"), ("S. Africa", "ne:ZAF"),
    ("Europe", "curated:europe"), ("Africa", "curated:africa"), ("EU", "curated:european-union"),
    ("Soviet Union", "curated:soviet-union"), ("Yugoslavia", "curated:yugoslavia"),
    ("the Midwest", "curated:midwest"), ("Korea", "curated:korean-peninsula"),
    ("Sahara", "curated:sahara"), ("Gobi", "curated:gobi-desert"), ("Gulf", "curated:persian-gulf"),
    ("the Atlantic", "curated:atlantic-ocean"), ("Amazonia", "curated:amazon-basin"),
    ("Nile", "ne:river-nile"), ("Danube", "ne:river-danube"), ("Thames", "ne:river-thames"),
    ("Alishing district", "geonames:7053970"),
]  # fmt: skip
DEMONYMS = [
    ("Syrian", ("ne:SYR",)), ("Georgian", ("ne:GEO", "ne:US-GA")), ("Texans", ("ne:US-TX",)),
    ("Catalan", ("curated:catalonia",)), ("Bavarian", ("ne:DE-BY",)),
    ("European", ("curated:europe", "curated:european-union")), ("Congolese", ("ne:COD", "ne:COG")),
    ("Québécois", ("ne:CA-QC",)), ("Dagestani", ("ne:RU-DA",)), ("Martian", ()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "place_id"), NAMES)
def test_names_of_the_press_are_found(name: str, place_id: str) -> None:
    found = [
        place.place_id for form in name_forms(name) for place in shipped_gazetteer().find(form)
    ]
    assert place_id in found


@pytest.mark.parametrize(("word", "place_ids"), DEMONYMS)
def test_demonyms_name_places(word: str, place_ids: tuple[str, ...]) -> None:
    assert demonym_places(word) == place_ids
    assert all(shipped_gazetteer().get(place_id) for place_id in place_ids)


def test_all_places_with_demonyms_exist() -> None:
    import tomllib

    folder = Path(__file__).parents[2] / "geo" / "vocabulary"
    named = tomllib.loads((folder / "region_demonyms.toml").read_text(encoding="utf-8"))
    assert len(named) > 180
    assert [key for key in named if shipped_gazetteer().get(key) is None] == []


def test_countries_and_provinces_hold_their_points(
    gazetteer: Open, provinces: gpd.GeoDataFrame
) -> None:
    places = pd.read_sql(
        "SELECT kind, country_a3, admin1_code, lon, lat FROM place"
        " WHERE kind IN ('country', 'admin1')",
        gazetteer("naturalearth"),
    )
    # A province with two holders has two rows.
    areas = provinces.dissolve("admin1_code").geometry
    rows = places[places["kind"] == "admin1"]
    away_deg = shapely.distance(
        areas[rows["admin1_code"]].to_numpy(), shapely.points(rows[["lon", "lat"]])
    )
    # Some atolls are not in the map, whose borders are not those of the gazetteer's source.
    assert away_deg.max() < 0.15
    assert (away_deg > 1e-4).sum() <= 8
    for row in places[places["kind"] == "country"].itertuples(index=False):
        own = provinces.geometry[provinces["country_a3"] == row.country_a3].to_numpy()
        # Monaco of the gazetteer's source lies a kilometre beside that of the map.
        assert shapely.dwithin(own, shapely.Point(row.lon, row.lat), 0.02).any(), row.country_a3


def test_most_countries_have_their_published_point(gazetteer: Open) -> None:
    table = pd.read_csv(SOURCES / "country_points.csv", keep_default_na=False)
    places = pd.read_sql(
        "SELECT country_a3, lon, lat FROM place WHERE kind = 'country'", gazetteer("naturalearth")
    )
    both = table.merge(places, on="country_a3", suffixes=("", "_shipped"))
    metres = geod().inv(both["lon"], both["lat"], both["lon_shipped"], both["lat_shipped"])[2]
    assert len(both) == len(table) > 220
    assert sum(metres < 1) >= 180
