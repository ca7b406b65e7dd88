"""Targets that cannot be written: every format says so, and leaves nothing behind."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import SchemaError, WriteError
from geo.formats.registry import FORMATS
from tests.geo.formats.read_back import READERS
from tests.geo.formats.sample import sample

ENDS = sorted({one.suffixes[0] for one in FORMATS.values()})
FULL_BYTES = 1_000


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond some bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="this system knows no such limits")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL_BYTES, limits[1]))
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


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame([[1, 2]], columns=["a", "a"], geometry=[None], crs=4326)

    with pytest.raises(SchemaError, match="the column 'a' occurs twice"):
        geo.write(table, tmp_path / "out.geojson")


def test_a_further_layer_must_not_take_one_of_our_names(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="'sources' is the name of one of our own"):
        geo.write(sample(), tmp_path / "out.gpkg", layers={"sources": sample()})


BOW_OVER_180 = shapely.Polygon([(179, 0), (182, 1), (179, 1), (182, 0)])


@pytest.mark.parametrize("end", [one.suffixes[0] for one in FORMATS.values() if one.cuts != "none"])
def test_shapes_that_cannot_be_cut_are_told_with_their_rows(end: str, tmp_path: Path) -> None:
    plain = gpd.GeoDataFrame(geometry=[BOW_OVER_180, shapely.Point(1, 2)] * 4, crs=4326)
    endless = gpd.GeoDataFrame(geometry=gpd.points_from_xy([1, float("inf")], [2, 2]), crs=4326)

    with pytest.raises(SchemaError, match=r"rows 0, 2, 4, 6, beyond ±180°; mend with make_valid"):
        geo.write(plain, tmp_path / f"out{end}")
    with pytest.raises(SchemaError, match="an infinite coordinate in row 1"):
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


@pytest.mark.parametrize("name", ["", "gpkg_roads", "RTREE_roads", "Incidents", "Layer_Styles"])
def test_names_that_a_geopackage_keeps_for_itself_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=rf"layers: '{name}' .*; choose another"):
        geo.write(sample(), tmp_path / "out.gpkg", layers={name: sample()})

    assert list(tmp_path.iterdir()) == []


def test_where_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "folder" / "real.geojson", tmp_path / "link.geojson"
    real.parent.mkdir()
    real.write_text("old")
    link.symlink_to(real)

    geo.write(sample(), link)

    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith('{"type":"FeatureCollection"')
    assert list(real.parent.iterdir()) == [real]
