"""Seas, lakes and rivers, and the sea of a point: the most specific one, with no gaps at coasts."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

import geo
from geo import shipped
from geo.errors import ShippedDataError
from geo.reference import waters
from geo.reference.waters import SEA_REACH_M, lake_name, lakes, rivers, sea_name, seas
from geo.spatial.lines import LineIndex

if TYPE_CHECKING:
    from pathlib import Path

SEAS = {
    (56.50, 26.55): "Strait of Hormuz", (52.0, 27.0): "Persian Gulf", (59.0, 25.0): "Gulf of Oman",
    (43.35, 12.60): "Bab el-Mandeb", (42.3, 14.5): "Red Sea", (47.0, 12.5): "Gulf of Aden",
    (60.0, 15.0): "Arabian Sea", (33.2, 28.8): "Gulf of Suez", (34.8, 29.0): "Gulf of Aqaba",
    (31.0, 46.3): "Black Sea", (36.5, 46.0): "Sea of Azov", (36.6, 45.3): "Kerch Strait",
    (29.07, 41.10): "Bosporus", (28.0, 40.7): "Sea of Marmara", (25.0, 38.0): "Aegean Sea",
    (34.3, 31.5): "Mediterranean Sea", (12.0, 37.2): "Strait of Sicily",
    (16.0, 43.0): "Adriatic Sea",
    (-5.60, 35.95): "Strait of Gibraltar", (1.5, 51.0): "Strait of Dover",
    (0.0, 50.2): "English Channel",
    (12.7, 55.9): "Øresund", (19.0, 57.0): "Baltic Sea", (119.5, 24.5): "Taiwan Strait",
    (115.0, 15.0): "South China Sea", (121.5, 20.5): "Luzon Strait",
    (100.5, 3.0): "Strait of Malacca",
    (147.0, -18.5): "Great Barrier Reef", (155.0, -17.0): "Coral Sea",
    (-62.0, -58.0): "Drake Passage",
    (-40.0, 40.0): "North Atlantic Ocean", (-25.0, -20.0): "South Atlantic Ocean",
    (80.0, -20.0): "Indian Ocean", (0.0, -65.0): "Southern Ocean", (51.0, 41.0): "Caspian Sea",
    (180.0, 10.0): "North Pacific Ocean", (-180.0, 10.0): "North Pacific Ocean",
    (179.99999, -40.0): "South Pacific Ocean", (0.0, 90.0): "Arctic Ocean",
}  # fmt: skip
LAKES = {
    (33.0, -1.0): "Lake Victoria", (-88.0, 47.7): "Lake Superior", (-81.0, 45.3): "Georgian Bay",
    (35.5, 31.5): "Dead Sea", (58.5, 45.2): "South Aral Sea", (9.4, 47.62): "Lake Constance",
}  # fmt: skip


def names(points: dict[tuple[float, float], str]) -> dict[tuple[float, float], str]:
    lon, lat = np.array(list(points)).T
    return dict(zip(points, sea_name(lon, lat), strict=True))


def test_most_specific_sea_wins() -> None:
    assert names(SEAS) == SEAS


def test_a_point_alone_has_the_same_sea_as_in_a_crowd() -> None:
    lon, lat = np.array(list(SEAS)).T
    crowd = sea_name(np.tile(lon, 60), np.tile(lat, 60))
    alone = [sea_name(lon[i : i + 1], lat[i : i + 1])[0] for i in range(len(lon))]
    assert crowd.tolist() == alone * 60


def test_water_off_the_coarse_shores_belongs_to_the_nearest_sea() -> None:
    table = seas()
    # The port of Rotterdam, Sydney Harbour, the inner Oslofjord, the lagoon of Venice.
    points = {
        (4.05, 51.96): "North Sea", (151.23, -33.85): "Tasman Sea",
        (10.70, 59.88): "Skagerrak", (12.36, 45.42): "Adriatic Sea",
    }  # fmt: skip
    covered = [
        bool(shapely.intersects_xy(table.geometry.to_numpy(), *point).any()) for point in points
    ]
    assert not all(covered)
    assert names(points) == points


def test_far_from_any_sea_there_is_none() -> None:
    inland = sea_name(np.array([10.0, 5.0, 103.0]), np.array([50.0, 23.0, 47.0]))
    assert inland.tolist() == [None, None, None]
    assert SEA_REACH_M == 100_000.0


def test_the_edges_of_oceans_are_searched_in_short_stretches() -> None:
    # In one ball with an edge that spans the globe, each point was compared with all of it.
    shores = waters._shores(shipped.path("seas.parquet"))

    assert shores._blocks.radius_m.max() < 250_000


def test_no_points() -> None:
    assert sea_name(np.empty(0), np.empty(0)).tolist() == []
    assert lake_name(np.empty(0), np.empty(0)).tolist() == []


def test_every_sea_is_found_at_a_point_of_its_own() -> None:
    table = seas()
    inside = shapely.point_on_surface(table.geometry.to_numpy())
    found = sea_name(shapely.get_x(inside), shapely.get_y(inside))
    area = table.set_index("name")["area_km2"]
    # Where another one answers, it is smaller and lies inside.
    wrong = [
        (mine, other)
        for mine, other in zip(table["name"], found, strict=True)
        if mine != other and area[other] >= area[mine]
    ]
    assert wrong == []


def test_lake_of_a_point() -> None:
    lon, lat = np.array(list(LAKES)).T
    assert lake_name(lon, lat).tolist() == list(LAKES.values())
    assert lake_name(np.array([36.0]), np.array([32.0])).tolist() == [None]


def test_a_lake_is_land_of_its_country() -> None:
    import geopandas as gpd

    points = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy([33.0, -87.0, 51.0], [-2.0, 43.5, 41.0]), crs=4326
    )
    found = geo.add_countries(points)
    assert found["surface"].tolist() == ["land", "land", "high_sea"]
    assert found["country_a3"].tolist()[:2] == ["TZA", "USA"]
    assert found["sea"].iloc[2] == "Caspian Sea"


def test_tables_have_their_columns_and_are_copies() -> None:
    for layer, more in ((seas, "area_km2"), (lakes, "area_km2"), (rivers, "length_km")):
        table = layer()
        assert table.crs.to_epsg() == 4326
        assert {"place_id", "name", "kind", "aliases", "source", more} <= set(table.columns)
        table["name"] = "changed"
        assert not (layer()["name"] == "changed").any()
    assert geo.seas is seas
    assert geo.lakes is lakes
    assert geo.rivers is rivers


def test_a_missing_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(shipped.path("MANIFEST.toml"), tmp_path)
    monkeypatch.setenv("INCIDENTMAP_DATA", str(tmp_path))
    with pytest.raises(ShippedDataError, match=r"seas\.parquet"):
        sea_name(np.array([0.0]), np.array([0.0]))


def test_importing_reads_nothing() -> None:
    code = (
        "import sys, geo.reference.waters as w; "
        "assert w._read.cache_info().currsize == 0; assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_on_a_shared_shore_the_smallest_sea_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    # As near to the Coral Sea as to the Great Barrier Reef, which end in one shore.
    place = np.array([149.485]), np.array([-22.722])
    shores = waters._shores(shipped.path("seas.parquet"))
    both = shores.nearest_lines(*place, count=2)
    assert np.ptp(both.distance_m) < 0.001
    assert set(seas()["name"].iloc[both.line[0]]) == {"Coral Sea", "Great Barrier Reef"}

    for answer in both.line[0]:
        nearest = dataclasses.replace(shores.nearest(*place), line=np.array([answer]))
        monkeypatch.setattr(LineIndex, "nearest", lambda *_, found=nearest, **__: found)
        assert sea_name(*place).tolist() == ["Great Barrier Reef"]
