"""Targets that cannot be written: every format says so, and leaves nothing behind."""

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import geopandas as gpd
import pytest

import geo
from geo.errors import SchemaError, WriteError
from geo.formats.registry import FORMATS
from tests.geo.formats.sample import sample

ENDS = sorted({one.suffixes[0] for one in FORMATS.values()})
FULL_BYTES = 1_000


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond some bytes, as on a disk that is full."""
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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to any folder")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(WriteError, match=r"is .* a folder that you may write to"):
        geo.write(sample(), tmp_path / "out.gpkg")


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
