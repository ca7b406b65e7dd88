import errno
import json
import math
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import SchemaError, WriteError
from geo.formats.atomic import open_atomic
from geo.schema import VERSION
from tests import zoo


def written(table: gpd.GeoDataFrame, folder: Path) -> dict[str, Any]:
    path = folder / "out.geojson"
    geo.write(table, path)
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def test_every_row_is_a_feature(tmp_path: Path) -> None:
    document = written(zoo.holes().assign(n=[1, 2, 3]), tmp_path)

    assert [feature["properties"]["n"] for feature in document["features"]] == [1, 2, 3]
    assert [feature["geometry"] is None for feature in document["features"]] == [False, True, True]


def test_the_collection_names_its_origin(tmp_path: Path) -> None:
    document = written(zoo.points().assign(worldview="default"), tmp_path)

    about = document["incidentmap"]
    assert about["schema_version"] == VERSION
    assert about["worldview"] == ["default"]
    assert any("GeoNames" in line for line in about["attribution"])
    assert "crs" not in document


def test_values_have_the_types_of_json(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {
            "date_start": pd.Series(["2024-01-28"], dtype="datetime64[s]"),
            "time_utc": pd.Series(["2024-01-28T03:04:05Z"], dtype="datetime64[us, UTC]"),
            "sources": ['[{"publisher":"AFP"}]'],
            "injured": pd.Series([None], dtype="Int64"),
            "border_distance_m": [2685.131915],
            "mine": [np.float64(0.123456789)],
            "flag": [True],
            "nothing": [math.nan],
        },
        geometry=[shapely.Point(38.703, 33.306, 5)],
        crs=4326,
    )

    feature = written(table, tmp_path)["features"][0]

    assert feature["properties"] == {
        "date_start": "2024-01-28",
        "time_utc": "2024-01-28T03:04:05Z",
        "sources": [{"publisher": "AFP"}],
        "injured": None,
        "border_distance_m": 2685.1,
        "mine": 0.123456789,
        "flag": True,
        "nothing": None,
    }
    assert feature["geometry"]["coordinates"] == [38.703, 33.306]


def test_other_crs_are_written_as_wgs_84(tmp_path: Path) -> None:
    document = written(zoo.points("tower 22").to_crs(3857), tmp_path)

    assert document["features"][0]["geometry"]["coordinates"] == pytest.approx([38.703, 33.306])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.text()), max_size=5))
def test_what_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[float, float, str]]
) -> None:
    lon, lat, text = zip(*rows, strict=True) if rows else ((), (), ())
    table = gpd.GeoDataFrame({"text": text}, geometry=gpd.points_from_xy(lon, lat), crs=4326)

    features = written(table, tmp_path_factory.mktemp("w"))["features"]

    assert [feature["properties"]["text"] for feature in features] == list(text)
    back = np.array([feature["geometry"]["coordinates"] for feature in features]).reshape(-1, 2)
    assert np.abs(back - np.column_stack((lon, lat))).max(initial=0) <= 5.1e-7


def test_same_table_same_bytes(tmp_path: Path) -> None:
    geo.write(zoo.points(), tmp_path / "a.geojson")
    geo.write(zoo.points(), tmp_path / "b.geojson")

    assert (tmp_path / "a.geojson").read_bytes() == (tmp_path / "b.geojson").read_bytes()


def test_gdal_reads_it(tmp_path: Path) -> None:
    geo.write(zoo.points(), tmp_path / "out.geojson")

    back = gpd.read_file(tmp_path / "out.geojson")

    assert len(back) == len(zoo.POINTS)
    assert back.crs.to_epsg() == 4326


def fail_halfway(*_: Any, **__: Any) -> Any:
    yield memoryview(b"half of it")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_failure_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.formats.geojson.feature_texts", fail_halfway)

    with pytest.raises(WriteError, match=r"out\.geojson: cannot be written \(No space left"):
        geo.write(zoo.points(), tmp_path / "out.geojson")

    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_survives_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.geojson"
    path.write_text("old")
    monkeypatch.setattr("geo.formats.geojson.feature_texts", fail_halfway)

    with pytest.raises(WriteError):
        geo.write(zoo.points(), path)

    assert path.read_text() == "old"


def test_a_column_of_json_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="sources: 'no JSON' in row 0 is not JSON"):
        geo.write(zoo.points().assign(sources="no JSON"), tmp_path / "out.geojson")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    table = zoo.points("tower 22").assign(incident_id="a", status="lost", uncertainty_m=-1.0)

    with pytest.raises(SchemaError, match=r"(?s)- status: 'lost'.*- uncertainty_m: .*-1"):
        geo.write(table, tmp_path / "out.geojson")


def test_unwanted_overwriting_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.geojson"
    path.write_text("old")

    with pytest.raises(WriteError, match="exists already"):
        geo.write(zoo.points(), path, overwrite=False)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out.docx", "unknown kind of file '.docx'"),
        ("no/such/out.geojson", "cannot be written"),
        ("long" * 100 + ".geojson", "geojson: cannot be written"),
        ("folder.geojson", "folder.geojson: cannot be written"),
    ],
)
def test_bad_targets_are_named(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder.geojson").mkdir()

    with pytest.raises(WriteError, match=words):
        geo.write(zoo.points(), tmp_path / name)

    assert [path.name for path in tmp_path.iterdir()] == ["folder.geojson"]


def test_a_full_disk_names_the_target(tmp_path: Path) -> None:
    with (
        pytest.raises(WriteError, match=r"out\.txt: cannot be written"),
        open_atomic(tmp_path / "out.txt"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")

    assert list(tmp_path.iterdir()) == []


def test_columns_of_the_user_keep_all_that_they_say(tmp_path: Path) -> None:
    table = zoo.points("tower 22").assign(
        date_start=pd.to_datetime(["2024-01-28"]),
        native_date=pd.to_datetime(["2024-01-28T03:04:05.678"]),
        native_distance_m=[1.23456],
        uncertainty_m=[1000.26],
    )

    properties = written(table, tmp_path)["features"][0]["properties"]

    assert properties["date_start"] == "2024-01-28"
    assert properties["native_date"] == "2024-01-28T03:04:05.678000"
    assert properties["native_distance_m"] == 1.23456
    assert properties["uncertainty_m"] == 1000.3


def test_a_table_without_points_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="write needs the column geometry"):
        geo.write(gpd.GeoDataFrame({"a": [1]}), tmp_path / "out.geojson")
