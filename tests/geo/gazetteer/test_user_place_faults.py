"""Rows and files of users' own places that are hostile, odd or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from geo.errors import ReadError, WriteError
from geo.gazetteer.user_places import all_places, set_name
from geo.tables.place_sets import install_places
from tests.place_files import dump, line, placed, sites

if TYPE_CHECKING:
    from pathlib import Path

    from geo.gazetteer.entries import Fault

pytestmark = pytest.mark.usefixtures("own_folder")


def polygon(*corners: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon(corners)


def test_a_point_far_outside_its_country_is_a_bad_row(tmp_path: Path) -> None:
    faults: list[Fault] = []
    lines = [
        line(1, "Far Qurx", 38.2, 32.5),
        line(2, "Border Qurx", 33.5, 38.9),
        line(3, "Claimed Qurx", 44.6, 33.5, country="UA"),
        line(4, "Sea Qurx", 30.0, -40.0),
        line(5, "Good Qurx", 32.6, 38.0),
    ]

    added = install_places(dump(tmp_path / "x.zip", lines), on_fault=faults.append)

    assert (added.rows, added.bad_rows) == (4, 1)
    (fault,) = faults
    assert (fault.line, fault.reason) == (1, "the point lies in Turkey, 673 km outside JOR")
    assert placed("Far Qurx")["status"] == "unlocated"


@pytest.mark.parametrize(
    "area",
    [
        polygon((179.9, -17), (-179.7, -17), (-179.7, -16.9), (179.9, -16.9)),
        shapely.MultiPolygon(
            [shapely.box(179.9, -17, 180, -16.9), shapely.box(-180, -17, -179.7, -16.9)]
        ),
    ],
)
def test_an_area_across_the_antimeridian_is_in_one_piece(
    tmp_path: Path, area: shapely.Geometry
) -> None:
    table = gpd.GeoDataFrame({"name": ["Qurx Band"]}, geometry=[area], crs=4326)
    table.to_file(tmp_path / "s.geojson", driver="GeoJSON")

    install_places(tmp_path / "s.geojson")

    band = all_places().get("site:s/line-1")
    assert band is not None
    assert -180 <= band.lon < -179.7
    assert 15_000 < (band.radius_m or 0) < 45_000


def test_the_whole_earth_stays_what_it_is(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {"name": ["Qurx"]}, geometry=[shapely.box(-180, -60, 180, 80)], crs=4326
    )
    table.to_file(tmp_path / "s.geojson", driver="GeoJSON")

    install_places(tmp_path / "s.geojson")

    whole = all_places().get("site:s/line-1")
    assert whole is not None
    assert whole.lon == 0.0
    assert (whole.radius_m or 0) > 1.4e7


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_point_without_coordinates_is_a_bad_row(tmp_path: Path) -> None:
    empty = '{"type": "Feature", "properties": {"name": "%s"}, "geometry": %s}'
    features = [
        empty % ("Qurx", '{"type": "Point", "coordinates": []}'),
        empty % ("Qarx", '{"type": "Point", "coordinates": [38, 33]}'),
    ]
    path = sites(
        tmp_path / "s.geojson",
        f'{{"type": "FeatureCollection", "features": [{", ".join(features)}]}}',
    )
    faults: list[Fault] = []

    added = install_places(path, on_fault=faults.append)

    assert (added.rows, [(one.line, one.reason) for one in faults]) == (1, [(1, "no geometry")])


def test_a_kind_that_nobody_knows_is_that_of_the_set(tmp_path: Path) -> None:
    install_places(sites(tmp_path / "s.csv", "name,lon,lat,kind\nQurx,38,33,castle\n"))

    assert placed("Qurx")["precision"] == "site"


def test_gdal_gives_no_advice_for_programmers(tmp_path: Path) -> None:
    path = sites(tmp_path / "x.gpkg", "SQLite format 3\0" + "broken")

    with pytest.raises(ReadError) as caught:
        install_places(path)

    assert "DRIVER" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTMAP_PLACES", "/proc/places")

    with pytest.raises(WriteError, match=r"/proc/places: .*; set INCIDENTMAP_PLACES"):
        install_places(sites(tmp_path / "s.csv", "name,lon,lat\nQurx,38,33\n"))


def test_only_geojson_and_geopackages_are_opened(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("name,lon,lat\nSecret,1,2\n")
    virtual = (
        '<OGRVRTDataSource><OGRVRTLayer name="other"><SrcDataSource>'
        f"{tmp_path / 'other.csv'}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    for name in ("sites.geojson", "sites.gpkg"):
        (tmp_path / name).write_text(virtual)
        with pytest.raises(ReadError, match="neither GeoJSON nor a GeoPackage"):
            install_places(tmp_path / name)


def test_hostile_counts_and_names_are_faults_or_left_out(tmp_path: Path) -> None:
    zeros = "0" * 12 + "9" * 5_000
    (tmp_path / "sites.csv").write_text(
        f"name,lon,lat,population,admin2\nOne,1,2,{zeros},x\nTwo,1,2,5,\x1b[31m{'y' * 200}\n"
    )
    faults: list[Fault] = []

    install_places(tmp_path / "sites.csv", on_fault=faults.append)

    assert [fault.line for fault in faults] == [2]
    assert all_places().find("Two")[0].admin2 is None
    assert len(set_name("𝒜" * 60 + "地" * 200).encode()) <= 120
