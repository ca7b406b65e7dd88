"""Users' own places: taken from dumps and tables, searched together with the shipped ones."""

from __future__ import annotations

import sqlite3
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

import geo
from geo.errors import PlaceNotFoundError, ReadError, ShippedDataError, WriteError
from geo.gazetteer.user_places import (
    all_places,
    place_sets,
    remove_places,
    verify_place_set,
)
from geo.tables.place_sets import FIRST, PlaceOptions, install_places
from tests.place_files import CHANGED, DUMP, VILLAGE, dump, line, placed, sites

if TYPE_CHECKING:
    from pathlib import Path

    from geo.gazetteer.entries import Fault

pytestmark = pytest.mark.usefixtures("own_folder")

BROKEN = [
    "not a dump at all",
    line(90_000_007, "No Place", 95.0, 38.0),
    line(90_000_008, "", 32.0, 38.0),
    line(90_000_009, "Null Island", 0, 0),
    VILLAGE.replace("90000001", "ninety"),
    line(90_000_010, "Crowd", 32.0, 38.0, people="many"),
    line(90_000_001, "Twice", 32.0, 38.0),
    line(90_000_011, "x" * 300, 32.0, 38.0),
    line(90_000_012, "Long", 32.0, 38.0, others="y" * 200_000),
]


def test_a_village_only_in_the_users_dump_is_found(tmp_path: Path) -> None:
    assert placed("Qasr Burqu Village")["status"] == "unlocated"

    added = install_places(dump(tmp_path / "a b.zip", DUMP))

    row = placed("Qasr Burqu Village", "Jordan")
    assert (row["place_id"], row["precision"]) == ("geonames:90000001", "settlement")
    assert (row["geometry"].x, row["geometry"].y) == (37.96, 32.61)
    assert placed("قصر برقع الصغير")["place_id"] == "geonames:90000001"
    assert all_places().find("qsrbrqw") == []
    assert (added.name, added.rows, added.bad_rows, added.left_out) == ("a-b", 4, 0, 2)
    assert (added.vintage, added.licence) == (CHANGED, "CC-BY-4.0")


def test_features_have_their_kind_radius_and_units(tmp_path: Path) -> None:
    install_places(dump(tmp_path / "xx.zip", DUMP))

    camp = all_places().get("geonames:90000006")
    assert camp is not None
    assert (camp.kind, camp.radius_m, camp.country_a3) == ("site", 2_500.0, "JOR")
    assert (camp.admin1_code, camp.admin2) == ("JO-MA", "Badiya Testun District")
    assert placed("Badiya Testun")["precision"] == "admin2"
    assert placed("Wadi Testun")["precision"] == "line"
    assert placed("Road 10")["status"] == "unlocated"


def test_broken_rows_are_named_and_the_others_kept(tmp_path: Path) -> None:
    faults: list[Fault] = []

    added = install_places(dump(tmp_path / "xx.zip", [*DUMP, *BROKEN]), on_fault=faults.append)

    assert (added.rows, added.bad_rows) == (4, len(BROKEN))
    reasons = {fault.line - len(DUMP): fault.reason for fault in faults}
    assert sorted(reasons) == list(range(1, len(BROKEN) + 1))
    assert reasons[1] == "1 column, a GeoNames dump has 19"
    assert "not on the earth" in reasons[2]
    assert reasons[3] == "the name is empty"
    assert "0, 0" in reasons[4]
    assert reasons[5] == "geonameid 'ninety' is not a whole number"
    assert reasons[6] == "population 'many' is not a whole number"
    assert reasons[7] == "geonames:90000001 stands twice"
    assert reasons[8] == "the name has 300 characters, at most 200 count"
    assert reasons[9] == "longer than 100,000 bytes"


def test_a_dump_that_repeats_ours_makes_nothing_ambiguous(tmp_path: Path) -> None:
    names = ["Mafraq", "Rukban", "Ruwaished", "Amman"]
    before = [placed(name, "Jordan") for name in names]
    with closing(sqlite3.connect(geo.shipped.path("geonames.sqlite"))) as database:
        ours = database.execute(
            "SELECT id, name, lat, lon, population FROM place WHERE country_a3 = 'JOR'"
        ).fetchall()
    database.close()
    lines = [line(n, name, lat, lon, people=people) for n, name, lat, lon, people in ours]

    install_places(dump(tmp_path / "JO.zip", lines))

    for old, name in zip(before, names, strict=True):
        now = placed(name, "Jordan")
        assert (now["place_id"], now["status"]) == (old["place_id"], old["status"])


@pytest.mark.parametrize(
    ("priority", "status", "place"),
    # A site of one's own with no priority is as likely as a city: nothing decides.
    [
        (FIRST, "located", "site:mine/p1"),
        (0, "ambiguous", None),
        (-1, "located", "geonames:361058"),
    ],
)
def test_priority_decides_between_ours_and_theirs(
    tmp_path: Path, priority: int, status: str, place: str | None
) -> None:
    path = sites(tmp_path / "mine.csv", "id,name,lon,lat\np1,Alexandria,2.0,44.0\np2,Qxyzzy,2,45\n")

    install_places(path, PlaceOptions(priority=priority))

    found = placed("Alexandria")
    assert found["status"] == status
    assert place in (None, found["place_id"])
    assert "site:mine/p1" in found["candidates"] or priority < 0
    assert placed("Qxyzzy")["place_id"] == "site:mine/p2"
    # Elsewhere than the text says, a first place is no answer.
    assert placed("Alexandria", "Egypt")["country_a3"] == "EGY"


def test_a_csv_of_sites_in_any_encoding_and_with_a_delimiter_of_its_own(tmp_path: Path) -> None:
    text = (
        "Site Name;Breite;Latitude;Longitude;Aliases;Country;Type;Radius\n"
        "Dépôt Qürx;x;48,5;2.5;Lager Qürx|Qurx Depot;France;camp;750\n"
        "Dorf Qürx;x;48.6;2.6;;FR;village;\n"
    )
    path = sites(tmp_path / "Sites (2024).csv", text, "cp1252")
    with pytest.raises(ReadError, match="not one place among 2 rows"):
        install_places(path)

    added = install_places(path, PlaceOptions(encoding="cp1252"))

    assert added.name == "sites-2024"
    depot, village = placed("Qurx Depot"), placed("Dorf Qurx")
    assert (depot["uncertainty_m"], depot["precision"]) == (750.0, "site")
    assert depot["place_id"] == "site:sites-2024/line-2"
    assert (depot["country_a3"], depot["geometry"].y) == ("FRA", 48.5)
    assert "Your own list “sites-2024”" in depot["reason"]
    assert (village["precision"], village["uncertainty_m"]) == ("settlement", 2_500.0)


def test_bad_rows_of_a_csv_are_named(tmp_path: Path) -> None:
    rows = [
        "a,Good Qurx,38.0,33.0", "b,,38.0,33.0", "c,Far,938.0,33.0", "d,Word,east,33.0",
        "a,Again,38.0,33.0", "e,Wide,38.0,33.0,extra", f"f,{'z' * 200_000},38.0,33.0",
        f"g,{'z' * 1_500_000},38.0,33.0", "h,Byte\0,38.0,33.0", "i,Good Qarx,38.1,33.1",
    ]  # fmt: skip
    faults: list[Fault] = []

    added = install_places(
        sites(tmp_path / "s.csv", "id,name,lon,lat\n" + "\n".join(rows)), on_fault=faults.append
    )

    assert added.rows == 2
    assert [fault.line for fault in faults] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert "stands twice" in faults[3].reason
    assert "5 cells, the header has 4" in faults[4].reason
    assert "field larger than field limit" in faults[5].reason
    assert placed("Good Qarx")["status"] == "located"


def test_names_are_data_whatever_they_hold(tmp_path: Path) -> None:
    name = "<script>alert(1)</script> Qurx'); DROP TABLE place;--"
    install_places(sites(tmp_path / "s.csv", f'name,lon,lat\n"{name}",38,33\n'))

    assert placed(name)["place"] == name


def test_polygons_are_held_by_their_circle(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {"name": ["Qurx Field", "Qurx Point", "Nowhere"], "admin2": ["D", None, None]},
        geometry=[shapely.box(38, 34, 38.4, 34.2), shapely.Point(39, 33), None],
        crs=4326,
    )
    faults: list[Fault] = []
    table.to_file(tmp_path / "s.geojson", driver="GeoJSON")
    table.to_crs(32637).to_file(tmp_path / "t.gpkg", layer="fields")

    for file in ("s.geojson", "t.gpkg"):
        install_places(tmp_path / file, PlaceOptions(kind="area"), on_fault=faults.append)

    for name in ("s", "t"):
        field = all_places().get(f"site:{name}/line-1")
        assert field is not None
        assert 20_000 < (field.radius_m or 0) < 24_000
        assert (field.lon, field.lat) == (
            pytest.approx(38.2, abs=1e-3),
            pytest.approx(34.1, abs=1e-3),
        )
        assert (field.country_a3, field.admin2) == ("SYR", "D")
    assert [(fault.line, fault.reason) for fault in faults] == [(3, "no geometry")] * 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.zip", b"PK\x03\x04 broken", "cannot be read"),
        ("x.gpkg", b"not a database", "neither GeoJSON nor a GeoPackage"),
        ("x.geojson", b'{"type": "FeatureCollection", "features": [', "cannot be read"),
        ("x.csv", b"a,b\n1,2\n", "the columns are a, b; expected a column with the name"),
        ("x.csv", b"", "the columns are none"),
        ("x.docx", b"words", "unknown kind of file"),
        ("x.txt", b"plain words\n", r"not one place among 1 row \(1 bad\)"),
    ],
)
def test_what_is_no_list_of_places_is_refused(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ReadError, match=words):
        install_places(tmp_path / name)
    assert place_sets() == []


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", b"\0" * 50_000_000)

    with pytest.raises(ReadError, match=r"would unpack from 48,6.. to 50,000,000 bytes"):
        install_places(tmp_path / "x.zip")


def test_an_archive_that_breaks_off_adds_nothing(tmp_path: Path, own_folder: Path) -> None:
    path = dump(tmp_path / "x.zip", DUMP)
    content = bytearray(path.read_bytes())
    content[content.index(b"XX.txt") + 60] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(ReadError, match=r"x\.zip"):
        install_places(path)
    assert list(own_folder.iterdir()) == []


def test_a_set_is_replaced_only_when_that_is_said(tmp_path: Path, own_folder: Path) -> None:
    path = sites(tmp_path / "s.csv", "name,lon,lat\nQurx,38,33\n")
    first = install_places(path)
    with pytest.raises(WriteError, match="--overwrite"):
        install_places(path)
    sites(path, "name,lon,lat\nQarx,38,33\n")

    second = install_places(path, PlaceOptions(overwrite=True))

    assert first.sha256 != second.sha256
    assert list(own_folder.iterdir()) == [second.path]
    assert placed("Qurx")["status"] == "unlocated"
    assert placed("Qarx")["status"] == "located"


def test_same_file_same_bytes(tmp_path: Path) -> None:
    path = dump(tmp_path / "x.zip", DUMP)

    one, two = (install_places(path, PlaceOptions(overwrite=True)) for _ in range(2))

    assert one.sha256 == two.sha256
    assert two.path.is_file()


def test_adding_at_the_same_time_leaves_one_whole_set(tmp_path: Path) -> None:
    path = dump(tmp_path / "x.zip", DUMP)
    options = [PlaceOptions(overwrite=True, licence=f"licence {n}") for n in range(4)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: install_places(path, one), options))

    (only,) = place_sets()
    verify_place_set(only.name)
    assert placed("Testun Camp")["status"] == "located"


def test_a_removed_set_is_gone(tmp_path: Path) -> None:
    install_places(sites(tmp_path / "My Sites.csv", "name,lon,lat\nQurx,38,33\n"))
    assert placed("Qurx")["status"] == "located"

    remove_places("My Sites")

    assert placed("Qurx")["status"] == "unlocated"
    with pytest.raises(PlaceNotFoundError, match="there are: none"):
        verify_place_set("my-sites")


def test_a_damaged_set_is_named_with_what_repairs_it(tmp_path: Path) -> None:
    added = install_places(sites(tmp_path / "s.csv", "name,lon,lat\nQurx,38,33\n"))
    content = bytearray(added.path.read_bytes())
    content[-100] ^= 0xFF
    added.path.write_bytes(content)
    with pytest.raises(ShippedDataError, match=rf"{added.sha256}.*data add FILE --name s"):
        verify_place_set(added.name)
    added.path.write_bytes(b"nothing")

    with pytest.raises(ShippedDataError, match=rf"sha256 is .*{added.sha256}.*data remove s"):
        placed("Qurx")
    remove_places("s")
    assert placed("Amman")["status"] == "located"


def test_the_users_folder_must_be_writable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("INCIDENTMAP_PLACES", str(tmp_path / "file" / "places"))

    with pytest.raises(WriteError, match="set INCIDENTMAP_PLACES"):
        install_places(sites(tmp_path / "s.csv", "name,lon,lat\nQurx,38,33\n"))


def test_the_index_has_the_tables_of_the_shipped_ones(tmp_path: Path) -> None:
    added = install_places(dump(tmp_path / "x.zip", DUMP))

    with (
        closing(sqlite3.connect(added.path)) as own,
        closing(sqlite3.connect(geo.shipped.path("curated.sqlite"))) as ours,
    ):
        tables = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        assert own.execute(tables).fetchall() == ours.execute(tables).fetchall()
