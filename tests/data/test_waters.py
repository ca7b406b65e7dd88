"""Seas, lakes and rivers: their areas, their names, and as places with a circle that holds them."""

from __future__ import annotations

import io
import pickle
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyproj
import pytest
import shapely

from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.names.resolve import PlaceQuery, resolve_place

if TYPE_CHECKING:
    import geopandas as gpd

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
    ("Lake Balkhash", 74.0, 46.2), ("Lake Toba", 98.8, 2.6),
    ("Kremenchuk Reservoir", 32.6, 49.3), ("بحيرة الثرثار", 43.2, 34.0),
    ("Lake Nicaragua", -85.4, 11.5),
    ("Columbia River", -119.3, 46.0), ("Godavari River", 80.0, 18.6), ("Иртыш", 73.4, 55.0),
    ("Songhua River", 126.6, 45.8), ("Murray River", 142.0, -34.2),
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
        "SELECT lon, lat, name FROM place WHERE place_id LIKE 'ne:sea-%'",
        gazetteer("naturalearth"),
    )
    points = shapely.points(seas["lon"], seas["lat"])
    at, _ = provinces.sindex.query(points, predicate="within")
    # Natural Earth draws lagoons and fjords as part of the province round them.
    assert len(set(at)) <= 0.06 * len(seas), seas["name"].iloc[sorted(set(at))].tolist()


@pytest.fixture(scope="module")
def layers() -> dict[str, gpd.GeoDataFrame]:
    from geo.reference.waters import lakes, rivers, seas

    return {"seas": seas(), "lakes": lakes(), "rivers": rivers()}


def test_layers_are_whole(layers: dict[str, gpd.GeoDataFrame]) -> None:
    for name, least in (("seas", 300), ("lakes", 1_350), ("rivers", 240)):
        table = layers[name]
        shapes = table.geometry.to_numpy()
        assert len(table) >= least
        assert shapely.is_valid(shapes).all()
        assert not shapely.is_empty(shapes).any()
        assert table["place_id"].dropna().is_unique
        assert table["name"].dropna().is_unique
        west, south, east, north = table.total_bounds
        assert west >= -180 and south >= -90 and east <= 180 and north <= 90  # noqa: PT018


def test_seas_stand_in_the_order_of_their_size(layers: dict[str, gpd.GeoDataFrame]) -> None:
    seas = layers["seas"]
    assert seas["area_km2"].is_monotonic_increasing
    assert seas["area_km2"].iloc[0] >= 50
    assert set(seas["kind"]) == {
        "bay", "estuary", "fjord", "gulf", "lagoon", "ocean", "reef", "sea", "sound", "strait",
    }  # fmt: skip
    kind = seas.set_index("name")["kind"]
    named = ["Black Sea", "Hudson Bay", "Gulf of Aden", "Kattegat", "Indian Ocean"]
    assert kind[named].tolist() == ["sea", "bay", "gulf", "strait", "ocean"]


def test_seas_leave_no_open_water_without_a_name(layers: dict[str, gpd.GeoDataFrame]) -> None:
    ocean_km2 = layers["seas"].geometry.union_all().area
    # Natural Earth's coast leaves 43,372 square degrees of water.
    assert 43_250 <= ocean_km2 <= 43_450


def test_large_lakes_are_named_and_as_large_as_published(
    layers: dict[str, gpd.GeoDataFrame],
) -> None:
    lakes = layers["lakes"]
    assert lakes["name"].head(60).notna().all()
    assert lakes["name"].notna().sum() >= 220
    area = lakes.set_index("name")["area_km2"]
    published = {
        "Lake Superior": 82_100, "Lake Victoria": 68_900, "Lake Baikal": 31_700,
        "Lake Ladoga": 17_700, "Lake Titicaca": 8_400, "Lake Kariba": 5_400, "Dead Sea": 605,
    }  # fmt: skip
    for name, km2 in published.items():
        assert abs(area[name] / km2 - 1) < 0.15, name


def test_rivers_are_not_much_longer_than_they_are(layers: dict[str, gpd.GeoDataFrame]) -> None:
    length = layers["rivers"].set_index("name")["length_km"]
    published = {
        "Nile River": 6_650, "Danube River": 2_850, "Rhine River": 1_230, "Dnieper River": 2_201,
        "Columbia River": 2_000, "Kura River": 1_515, "Murray River": 2_508, "Tagus River": 1_007,
    }  # fmt: skip
    for name, km in published.items():
        assert 0.55 < length[name] / km < 1.15, name


def test_the_reader_of_the_seas_refuses_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parents[2] / "data/sources"), *sys.path])
    recipe = pytest.importorskip("seas")

    with pytest.raises(pickle.UnpicklingError, match="asks for"):
        recipe.marine(io.BytesIO(pickle.dumps({"marine": print})))
