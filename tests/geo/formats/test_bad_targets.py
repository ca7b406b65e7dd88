"""Targets that cannot be written: every format says so, and leaves nothing behind."""

import errno
import os
import re
import sqlite3
import sys
from collections import namedtuple
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError, WriteError
from geo.formats.atomic import atomic_path
from geo.formats.driver_faults import as_system_faults
from geo.formats.registry import FORMATS
from tests.geo.formats.read_back import READERS
from tests.geo.formats.sample import sample

ENDS = sorted({one.suffixes[0] for one in FORMATS.values()})
FULL_BYTES = 1_000


@contextmanager
def full_disk(room_bytes: int = FULL_BYTES) -> Iterator[None]:
    """Let no file grow beyond some bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="this system knows no such limits")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room_bytes, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("end", ENDS)
def test_a_full_disk_is_told_and_nothing_is_left(end: str, tmp_path: Path) -> None:
    path = tmp_path / f"out{end}"
    path.write_text("old")
    table = sample()
    long = table.assign(place_text="x" * FULL_BYTES, native_note="x" * FULL_BYTES)

    with pytest.raises(WriteError, match=rf"out\{end}"), full_disk():
        geo.write(long, path)

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("share", [0.9, 0.999])
def test_a_flatgeobuf_is_whole_or_not_there(share: float, tmp_path: Path) -> None:
    path = tmp_path / "out.fgb"
    geo.write(sample(), path)
    whole = path.read_bytes()

    with (
        pytest.raises(WriteError, match=r"out\.fgb: cannot be written"),
        full_disk(int(len(whole) * share)),
    ):
        geo.write(sample(), path)

    assert path.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(errno.ENOSPC, "No space left"), "the disk that holds {} is full; make room on it"),
        (OSError(errno.EFBIG, "File too large"), "larger than its disk or your limits allow"),
        (sqlite3.OperationalError("database or disk is full"), "the disk that holds {} is full"),
        (RuntimeError("no reason is told"), "is {} a folder that you may write to"),
    ],
)
def test_a_fault_of_the_disk_says_what_to_do(fault: Exception, told: str, tmp_path: Path) -> None:
    with (
        pytest.raises(WriteError, match=f"out.gpkg: .*{told.format(tmp_path)}"),
        atomic_path(tmp_path / "out.gpkg") as partial,
        as_system_faults(partial),
    ):
        raise fault


def test_drivers_that_do_not_say_why_may_lack_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = namedtuple("room", "total used free")  # noqa: PYI024  # as shutil has it
    monkeypatch.setattr("shutil.disk_usage", lambda _: room(10**9, 10**9, 5_000))

    with (
        pytest.raises(WriteError, match=f"the disk that holds {tmp_path} is full"),
        atomic_path(tmp_path / "out.fgb") as partial,
        as_system_faults(partial),
    ):
        raise RuntimeError


@pytest.mark.parametrize("end", ENDS)
def test_a_folder_that_is_missing_or_a_file_is_told(end: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    for folder in ("no", "file"):
        with pytest.raises(WriteError, match=f"out{end}: cannot be written"):
            geo.write(sample(), tmp_path / folder / f"out{end}")


def test_a_folder_that_may_not_be_written_is_told() -> None:
    # Folders of the kernel, which not even root may add to.
    folder = Path("/sys")

    with pytest.raises(WriteError, match=r"cannot be written .* is .*sys a folder that you may"):
        geo.write(sample(), folder / "out.gpkg")


@pytest.mark.skipif(sys.platform == "win32", reason="its folders hold no pipes")
def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)

    with pytest.raises(WriteError, match=r"pipe\.csv: cannot .* \(it is a device or a pipe"):
        geo.write(sample(), pipe)

    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_what_a_program_has_open_is_not_replaced(name: str) -> None:
    with pytest.raises(WriteError, match=f"{name}: cannot .* On the command line, -o - writes to"):
        geo.write(sample(), name, file_format="csv")


@pytest.mark.parametrize("table", [[1], None, pd.DataFrame({"geometry": [None]})])
def test_what_is_no_table_with_geometries_is_told(table: Any, tmp_path: Path) -> None:
    with (
        suppress_type_checks(),
        pytest.raises(SchemaError, match=r"the table is a .*; expected a GeoDataFrame"),
    ):
        geo.write(table, tmp_path / "out.csv")
    with (
        suppress_type_checks(),
        pytest.raises(SchemaError, match="layers: roads: the table is a "),
    ):
        geo.write(sample(), tmp_path / "out.gpkg", layers={"roads": table})


def test_a_geopackage_that_is_open_elsewhere_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.gpkg"
    geo.write(sample(), path)
    count = "SELECT count(*) FROM incidents"
    with closing(sqlite3.connect(path)) as reader:
        assert reader.execute(count).fetchone() == (4,)
        geo.write(sample().iloc[:1], path)
        # Who has it open goes on with the old one; who opens it now finds the new one.
        assert reader.execute(count).fetchone() == (4,)
    with closing(sqlite3.connect(path)) as reader:
        assert reader.execute(count).fetchone() == (1,)
    assert list(tmp_path.iterdir()) == [path]


def test_a_geopackage_that_is_being_edited_elsewhere_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.gpkg"
    geo.write(sample(), path)
    before = path.read_bytes()
    # As QGIS does.
    with closing(sqlite3.connect(path)) as editor:
        editor.execute("PRAGMA journal_mode = WAL")
        editor.execute("UPDATE run_info SET value = 'edited'")
        editor.commit()
        names = sorted(tmp_path.iterdir())
        with pytest.raises(WriteError, match=r"open in another program.*keeps out\.gpkg-wal and"):
            geo.write(sample().iloc[:1], path)
        assert sorted(tmp_path.iterdir()) == names
    with closing(sqlite3.connect(path)) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert reader.execute("SELECT value FROM run_info").fetchone() == ("edited",)
    geo.write(sample(), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("end", ENDS)
def test_a_table_with_faults_is_not_begun(end: str, tmp_path: Path) -> None:
    table = sample().assign(status="lost", uncertainty_m=-1.0)

    with pytest.raises(SchemaError, match=r"(?s)- status: 'lost'.*- uncertainty_m: .*-1"):
        geo.write(table, tmp_path / f"out{end}")

    assert list(tmp_path.iterdir()) == []


def test_names_that_a_geopackage_takes_for_one_get_numbers(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {"fid": ["x"], "Name": ["a"], "name": ["b"], "geom": ["c"]},
        geometry=gpd.points_from_xy([1], [2]),
        crs=4326,
    )

    geo.write(table, tmp_path / "out.gpkg")

    back = gpd.read_file(tmp_path / "out.gpkg", layer="layer")
    assert back.drop(columns="geometry").iloc[0].to_dict() == {
        "fid_2": "x", "Name": "a", "name_2": "b", "geom_2": "c",
    }  # fmt: skip
    dictionary = gpd.read_file(tmp_path / "out.gpkg", layer="data_dictionary")
    assert set(dictionary["column"]) == {"fid_2", "Name", "name_2", "geom_2", "geom"}


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame([[1, 2]], columns=["a", "a"], geometry=[None], crs=4326)

    with pytest.raises(SchemaError, match="the column 'a' occurs twice"):
        geo.write(table, tmp_path / "out.geojson")


def test_a_further_layer_must_not_take_one_of_our_names(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="'sources' is the name of one of our own"):
        geo.write(sample(), tmp_path / "out.gpkg", layers={"sources": sample()})
    with pytest.raises(SchemaError, match=r"'Sites' is the name of .* or of another layer"):
        geo.write(sample(), tmp_path / "out.gpkg", layers={"sites": sample(), "Sites": sample()})


BOW_OVER_180 = shapely.Polygon([(179, 0), (182, 1), (179, 1), (182, 0)])


@pytest.mark.parametrize("end", [one.suffixes[0] for one in FORMATS.values() if one.cuts != "none"])
def test_shapes_that_cannot_be_cut_are_told_with_their_rows(end: str, tmp_path: Path) -> None:
    plain = gpd.GeoDataFrame(geometry=[BOW_OVER_180, shapely.Point(1, 2)] * 4, crs=4326)
    points = [(1, 2), (float("inf"), 2), (float("nan"), 2), (500_000, 3_700_000)]
    endless = gpd.GeoDataFrame(geometry=[shapely.Point(*at) for at in points], crs=4326)

    with pytest.raises(SchemaError, match=r"rows 0, 2, 4, 6, beyond ±180°; mend with make_valid"):
        geo.write(plain, tmp_path / f"out{end}")
    with pytest.raises(
        SchemaError,
        match=r"(?s)an infinite coordinate in row 1\n.* no number in row 2\n.* ±90° in row 3;",
    ):
        geo.write(endless, tmp_path / f"out{end}")

    assert list(tmp_path.iterdir()) == []


def test_faults_of_shapes_stand_beside_those_of_the_rows(tmp_path: Path) -> None:
    areas = gpd.GeoSeries([BOW_OVER_180] * 4, crs=4326)
    table = sample().assign(status="lost", footprint=areas)
    layer = gpd.GeoDataFrame(geometry=[BOW_OVER_180], crs=4326)

    with pytest.raises(SchemaError, match=r"(?s)- status: 'lost'.*- footprint: .* in rows 0, 1"):
        geo.write(table, tmp_path / "out.geojson")
    with pytest.raises(SchemaError, match=r"(?s)layers: sites:.*- geometry: Self-inters"):
        geo.write(sample(), tmp_path / "out.gpkg", layers={"sites": layer})


@pytest.mark.parametrize("end", ["geojson", "gpkg", "parquet", "fgb", "kml", "csv", "xlsx"])
def test_years_that_no_program_knows_are_texts(end: str, tmp_path: Path) -> None:
    times = np.array(["-0044-03-15", "12024-03-15", "2024-01-01", "NaT"], dtype="datetime64[s]")
    sparse = pd.arrays.SparseArray([1.5, np.nan, np.nan, 2.0])
    table = sample().assign(native_time=times, native_rare=sparse)

    geo.write(table, tmp_path / f"out.{end}")

    back = geo.read_incidents(tmp_path / f"out.{end}").set_index("incident_id").loc[list("abcd")]
    # In a workbook, an apostrophe stands before what could be run as a formula.
    told = [cell.lstrip("'").partition("T")[0] for cell in back["native_time"].dropna()]
    assert told == ["-0044-03-15", "12024-03-15", "2024-01-01"]
    assert set(back["native_rare"].dropna().astype(float)) == {1.5, 2.0}
    with pytest.raises(SchemaError, match=r"date_start: .* in row 0 is not in a year from 1 to"):
        geo.write(table.assign(date_start=times, date_end=times), tmp_path / f"out.{end}")


@pytest.mark.parametrize("end", [end for end in ENDS if end != ".native.csv"])
def test_tables_of_odd_columns_are_written(end: str, tmp_path: Path) -> None:
    points = gpd.points_from_xy([1.0, 2.0], [3.0, 4.0])
    odd = {
        "incident_id": ["a", "b"], "listed": [["x"], "y"], "huge": [2**70, None],
        "mixed": pd.Categorical([1, "x"]), "complex": [1j, 2j],
        "short": pd.Series([1.5, 2.5], dtype="float16"),
    }  # fmt: skip

    geo.write(gpd.GeoDataFrame(geometry=points, crs=4326), tmp_path / f"bare{end}")
    geo.write(gpd.GeoDataFrame(odd, geometry=points, crs=4326), tmp_path / f"odd{end}")

    if end not in {".hxl.csv", ".acled.csv", ".ucdp.csv"}:
        back = READERS[end](tmp_path / f"odd{end}")
        assert back["listed"].map(lambda cell: str(cell).strip('[]"')).isin(["x", "y"]).all()
        assert sorted(back["short"].astype(float)) == [1.5, 2.5]


@pytest.mark.parametrize("end", [end for end in ENDS if end != ".native.csv"])
def test_an_empty_point_is_none(end: str, tmp_path: Path) -> None:
    nowhere = gpd.GeoSeries([shapely.Point()] * 4, crs=4326)
    geo.write(
        sample().set_geometry(nowhere).assign(status="unlocated", verification="unverified"),
        tmp_path / f"out{end}",
    )

    assert geo.read_incidents(tmp_path / f"out{end}").geometry.isna().all()


@pytest.mark.parametrize(
    "name", ["", "-", "a\nb", "gpkg_roads", "RTREE_roads", "Incidents", "Layer_Styles"]
)
def test_names_that_a_geopackage_keeps_for_itself_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=rf"layers: {re.escape(repr(name))} .*; choose another"):
        geo.write(sample(), tmp_path / "out.gpkg", layers={name: sample()})

    assert list(tmp_path.iterdir()) == []


def test_all_columns_that_are_no_json_are_told(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame({"sources": ["[]", "{"], "actors": ["x", "y"]}, geometry=[None] * 2,
                             crs=4326)  # fmt: skip

    with pytest.raises(SchemaError, match=r"(?s)actors: 'x' in row 0 is.*sources: '{' in row 1 is"):
        geo.write(table, tmp_path / "out.geojson")


def test_the_geometry_may_have_another_name(tmp_path: Path) -> None:
    table = sample()
    areas = table.set_geometry("footprint")

    geo.write(table.rename_geometry("geom"), tmp_path / "out.gpkg")

    back = geo.read_incidents(tmp_path / "out.gpkg")
    assert back.geometry.geom_equals_exact(table.geometry, 1e-6).all()
    with pytest.raises(SchemaError, match=r"is 'footprint'; .* set_geometry\(.geometry.\)"):
        geo.write(areas, tmp_path / "out.gpkg")


def test_a_table_without_any_tag_of_hxl_is_told(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4326)

    with pytest.raises(WriteError, match="none of the columns has a tag of HXL"):
        geo.write(table, tmp_path / "out.hxl.csv")

    assert list(tmp_path.iterdir()) == []


def test_a_date_that_the_user_gave_gdal_stays(tmp_path: Path) -> None:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2020-01-01T00:00:00.000Z"})
    try:
        geo.write(sample(), tmp_path / "out.gpkg")
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == "2020-01-01T00:00:00.000Z"
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def test_a_table_with_more_columns_than_a_layer_is_told(tmp_path: Path) -> None:
    names = pd.DataFrame(1, index=[0], columns=[f"c{number}" for number in range(1_999)])
    table = gpd.GeoDataFrame(names, geometry=gpd.points_from_xy([1], [2]), crs=4326)

    with pytest.raises(WriteError, match=r"2,000 columns do not fit into a layer .*; write GeoPar"):
        geo.write(table, tmp_path / "out.gpkg")
    geo.write(table.drop(columns="c0"), tmp_path / "out.gpkg")


def test_where_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "folder" / "real.geojson", tmp_path / "link.geojson"
    real.parent.mkdir()
    real.write_text("old")
    link.symlink_to(real)

    geo.write(sample(), link)

    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith('{"type":"FeatureCollection"')
    assert list(real.parent.iterdir()) == [real]
