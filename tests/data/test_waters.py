"""Seas, straits and rivers: named, with a point in the water and a circle that holds them."""

from __future__ import annotations

import io
import pickle
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyproj
import pytest
import shapely

from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.resolve import PlaceQuery, resolve_place

Open = Callable[[str], sqlite3.Connection]
GEOD = pyproj.Geod(ellps="WGS84")
# Name, then a point in or on it.
WATERS = [
    ("Strait of Gibraltar", -5.5, 35.95), ("مضيق جبل طارق", -5.5, 35.95),
    ("Gulf of Suez", 33.0, 29.0), ("Baltic Sea", 19.0, 58.0), ("Балтийское море", 19.0, 58.0),
    ("North Sea", 3.0, 56.0), ("Aegean Sea", 25.0, 38.5), ("Sea of Japan", 134.0, 40.0),
    ("동해", 134.0, 40.0), ("Mozambique Channel", 41.0, -18.0), ("Caribbean Sea", -75.0, 15.0),
    ("English Channel", -1.0, 50.0), ("Indian Ocean", 80.0, -20.0), ("Bay of Bengal", 88.0, 15.0),
    ("Euphrates", 40.9, 34.45), ("الفرات", 40.9, 34.45), ("Евфрат", 40.9, 34.45),
    ("River Nile", 33.0, 20.0), ("Mekong", 104.0, 17.0), ("Jordan River", 35.55, 32.3),
    ("Dnieper River", 33.4, 46.8), ("Darien Gap", -77.5, 7.9), ("Black Sea", 34.0, 43.0),
    ("Lake Victoria", 33.0, -1.0), ("Dead Sea", 35.5, 31.5), ("Strait of Tiran", 34.47, 27.98),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lon", "lat"), WATERS)
def test_water_is_found_and_its_circle_holds_a_point_of_it(
    name: str, lon: float, lat: float
) -> None:
    place = resolve_place(PlaceQuery(name), shipped_gazetteer()).place

    assert place is not None
    assert place.radius_m is not None
    assert GEOD.inv(lon, lat, place.lon, place.lat)[2] <= place.radius_m


def test_a_sea_of_the_curated_table_is_not_there_twice(gazetteer: Open) -> None:
    keys = [
        {key for (key,) in gazetteer(file).execute(query)}
        for file, query in (
            ("curated", "SELECT key FROM name"),
            (
                "naturalearth",
                "SELECT key FROM name JOIN place ON place = id WHERE kind IN ('water', 'line')",
            ),
        )
    ]
    assert not keys[0] & keys[1]


def test_seas_lie_in_the_water(gazetteer: Open, provinces: pd.DataFrame) -> None:
    seas = pd.read_sql(
        "SELECT lon, lat, name FROM place WHERE kind = 'water'", gazetteer("naturalearth")
    )
    points = shapely.points(seas["lon"], seas["lat"])
    at, _ = provinces.sindex.query(points, predicate="within")
    # Natural Earth draws lagoons and fjords as part of the province round them.
    assert len(set(at)) <= 0.06 * len(seas), seas["name"].iloc[sorted(set(at))].tolist()


def test_the_reader_of_the_seas_refuses_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parents[2] / "data/sources"), *sys.path])
    waters = pytest.importorskip("gazetteer_waters")

    with pytest.raises(pickle.UnpicklingError, match="asks for"):
        waters._marine(io.BytesIO(pickle.dumps({"marine": print})))
