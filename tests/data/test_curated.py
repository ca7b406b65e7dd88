"""The curated places: complete rows, honest positions, names in several scripts."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from geo.grammar.names import normalise_name

if TYPE_CHECKING:
    import geopandas as gpd

Open = Callable[[str], sqlite3.Connection]
GEOD = pyproj.Geod(ellps="WGS84")
TABLE = Path(__file__).parents[2] / "data" / "sources" / "curated" / "curated.csv"
COLUMNS = ["id", "name", "aliases", "lon", "lat", "radius_m", "kind", "country_a3", "source"]
# Islands that the provinces do not hold.
NOT_IN_THE_PROVINCES = {"snake-island"}
EXPECTED = [
    ("Tower 22", "curated:tower-22"), ("البرج 22", "curated:tower-22"),
    ("Al-Tanf", "curated:al-tanf"), ("التنف", "curated:al-tanf"), ("Trebil", "curated:trebil"),
    ("Ain al-Asad", "curated:ain-al-asad"), ("عين الأسد", "curated:ain-al-asad"),
    ("Zaatari", "curated:zaatari-camp"), ("Strait of Hormuz", "curated:strait-of-hormuz"),
    ("تنگه هرمز", "curated:strait-of-hormuz"), ("Bab el-Mandeb", "curated:bab-el-mandeb"),
    ("רצועת עזה", "curated:gaza-strip"), ("Донбас", "curated:donbas"),
    ("Чорне море", "curated:black-sea"), ("南海", "curated:south-china-sea"),
    ("Kutupalong", "curated:kutupalong"), ("ZNPP", "curated:zaporizhzhia-npp"),
    ("판문점", "curated:panmunjom"), ("Rafah crossing", "curated:rafah-crossing"),
    ("Sahel", "curated:sahel"), ("Robotyne", "curated:robotyne"),
    ("Middle East", "curated:middle-east"), ("الشرق الأوسط", "curated:middle-east"),
    ("Galwan Valley", "curated:galwan-valley"), ("Al-Mawasi", "curated:al-mawasi"),
    ("Ahrtal", "curated:ahrtal"), ("Wad al-Noura", "curated:wad-al-noura"),
    ("נבטים", "curated:nevatim"), ("سد النهضة", "curated:gerd"), ("Майдан", "curated:maidan"),
]  # fmt: skip


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    frame = pd.read_csv(TABLE, dtype=str, keep_default_na=False, encoding="utf-8")
    return frame.astype({"lon": float, "lat": float, "radius_m": float})


def test_rows_are_complete(table: pd.DataFrame) -> None:
    assert list(table.columns) == COLUMNS
    assert len(table) >= 600
    assert table["id"].is_unique
    assert list(table["id"]) == sorted(table["id"])
    assert table["lon"].between(-180, 180).all()
    assert table["lat"].between(-90, 90).all()
    assert (table["radius_m"] > 0).all()
    assert (table["source"].str.len() > 5).all()
    assert set(table["kind"]) == {"site", "area", "water", "line", "settlement"}


def test_tower_22_has_one_coordinate(table: pd.DataFrame) -> None:
    row = table.set_index("id").loc["tower-22"]
    assert (row["lon"], row["lat"], row["radius_m"]) == (38.703, 33.306, 1000)
    assert row["country_a3"] == "JOR"


def test_aliases_are_clean(table: pd.DataFrame) -> None:
    for row in table.itertuples(index=False):
        names = [row.name, *filter(None, row.aliases.split("|"))]
        keys = [normalise_name(name) for name in names]
        assert all(keys), row.id
        assert names == [name.strip() for name in names], row.id
        for name in names:
            assert len(_scripts(name)) == 1, f"{row.id}: {name} mixes scripts"


def _scripts(name: str) -> set[str]:
    scripts = {unicodedata.name(letter).split()[0] for letter in name if letter.isalpha()}
    return {"CJK"} if scripts <= {"CJK", "HIRAGANA", "KATAKANA"} else scripts


def test_no_two_places_share_a_name_by_accident(gazetteer: Open) -> None:
    shared = (
        gazetteer("curated")
        .execute(
            "SELECT key, group_concat(place_id) FROM (SELECT key, place_id FROM name JOIN place"
            " ON place = id ORDER BY place_id) GROUP BY key HAVING count(*) > 1"
        )
        .fetchall()
    )
    assert shared == []


def test_places_lie_in_their_country(table: pd.DataFrame, provinces: gpd.GeoDataFrame) -> None:
    parts = provinces.geometry.to_numpy()
    owner = provinces["country_a3"].to_numpy()
    for row in table.itertuples(index=False):
        point = shapely.Point(row.lon, row.lat)
        for code in filter(None, row.country_a3.split("|")):
            if row.id in NOT_IN_THE_PROVINCES:
                continue
            metres = _distance_m(point, parts[owner == code])
            assert metres <= row.radius_m, f"{row.id}: {metres:.0f} m outside {code}"


def _distance_m(point: shapely.Point, polygons: np.ndarray) -> float:
    nearest = polygons[np.argmin(shapely.distance(polygons, point))]
    there = shapely.get_point(shapely.shortest_line(nearest, point), 0)
    return float(GEOD.inv(point.x, point.y, there.x, there.y)[2])


@pytest.mark.parametrize(("name", "place_id"), EXPECTED)
def test_place_is_found(gazetteer: Open, name: str, place_id: str) -> None:
    found = gazetteer("curated").execute(
        "SELECT place_id FROM name JOIN place ON place = id WHERE key = ?", (normalise_name(name),)
    )
    assert (place_id,) in found.fetchall()


def test_database_holds_the_table(table: pd.DataFrame, gazetteer: Open) -> None:
    places = pd.read_sql("SELECT * FROM place ORDER BY place_id", gazetteer("curated"))
    assert list(places["place_id"]) == list("curated:" + table["id"])
    assert np.array_equal(places[["lon", "lat", "radius_m"]], table[["lon", "lat", "radius_m"]])
    first = table["country_a3"].str.split("|").str[0]
    assert list(places["country_a3"].fillna("")) == list(first)
