import datetime as dt
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import geo
from geo.errors import PlaceNotFoundError, ReadError
from tests import zoo

MEASURES = ["country_a3", "admin1_code", "surface", "border_pair", "border_distance_m"]


def points(count: int) -> gpd.GeoDataFrame:
    random = np.random.default_rng(7)
    lon, lat = random.uniform(-179, 179, count), random.uniform(-80, 80, count)
    columns = {"number": np.arange(count), "name": ["ünïcode"] * count}
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def direct(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return table.pipe(geo.add_countries).pipe(geo.add_borders)


def test_a_file_gets_what_a_table_gets(tmp_path: Path) -> None:
    table = points(300).assign(uncertainty_m=2_000.0)
    table.to_parquet(tmp_path / "in.parquet")

    rows = geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet")

    found = gpd.read_parquet(tmp_path / "out.parquet")
    assert rows == 300
    assert found.crs == table.crs
    assert found["number"].tolist() == table["number"].tolist()
    assert found["name"].tolist() == table["name"].tolist()
    expected = direct(table)
    names = [*MEASURES, "country_shares", "border_distance_min_m", "status"]
    # Older readers give texts as objects.
    read = pd.DataFrame(found[names]).astype(expected[names].dtypes)
    pd.testing.assert_frame_equal(read, pd.DataFrame(expected[names]))


def test_chunks_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    points(500).to_parquet(tmp_path / "in.parquet")
    geo.enrich(tmp_path / "in.parquet", tmp_path / "whole.parquet")
    monkeypatch.setattr("geo.enriching._CHUNK_ROWS", 64)
    seen: list[int] = []

    geo.enrich(tmp_path / "in.parquet", tmp_path / "parts.parquet", on_rows=seen.append)

    whole, parts = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("whole", "parts"))
    assert whole.equals(parts)
    assert sum(seen) == 500
    assert max(seen) == 64


def test_columns_of_longitude_and_latitude_become_points(tmp_path: Path) -> None:
    table = pd.DataFrame({"Longitude": [38.703, None], "Latitude": [33.306, 1.0]})
    table.to_parquet(tmp_path / "in.parquet")

    geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet", coast=True)

    found = gpd.read_parquet(tmp_path / "out.parquet")
    assert found["country_a3"].iloc[0] == "JOR"
    assert found["border_distance_m"].iloc[0] == pytest.approx(1_465.0, abs=0.5)
    assert found["coast_distance_m"].notna().tolist() == [True, False]
    assert found["status"].tolist() == ["located", "unlocated"]


def test_another_crs_stays(tmp_path: Path) -> None:
    zoo.points("tower 22").to_crs(3857).to_parquet(tmp_path / "in.parquet")

    geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet")

    found = gpd.read_parquet(tmp_path / "out.parquet")
    assert found.crs.to_epsg() == 3857
    assert found["admin1_code"].tolist() == ["JO-MA"]


def test_columns_that_are_only_read_keep_their_types(tmp_path: Path) -> None:
    days = pa.array([dt.date(2009, 1, 1), None, dt.date(2020, 1, 1)], pa.date32())
    table = pa.table(
        {
            "lon": [31.6] * 3,
            "lat": [4.85] * 3,
            "date_start": days,
            "uncertainty_m": pa.array([1000, None, 5], pa.int64()),
            "precision": pa.array(["site", None, "site"]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")

    geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet")

    found = pq.read_table(tmp_path / "out.parquet")
    for name in ("date_start", "uncertainty_m", "precision"):
        assert found[name].combine_chunks().equals(table[name].combine_chunks())
    assert found["country_a3"].to_pylist() == ["SDN", "SSD", "SSD"]


def test_odd_cells_leave_their_rows_out(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "lon": ["38.703", "east"],
            "lat": ["33.306", "33"],
            "uncertainty_m": ["50", "some"],
            "status": [1, 2],
            "geometry": ["a", "b"],
        }
    )
    table.to_parquet(tmp_path / "in.parquet")

    geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet")

    found = gpd.read_parquet(tmp_path / "out.parquet")
    assert found["country_a3"].fillna("").tolist() == ["JOR", ""]
    assert found["native_status"].tolist() == [1, 2]
    assert found["status"].tolist() == ["located", "suspicious"]
    assert found["reason"].fillna("").tolist() == ["", "lon “east” is not in decimal degrees"]
    assert pd.DataFrame(found)["geometry"].tolist() == ["a", "b"]
    assert found.geometry.name == "geometry_wgs84"


def test_cells_without_a_number_are_named_and_empty_ones_are_not(tmp_path: Path) -> None:
    hostile = "\x1b[31m" + "9" * 300 + "x"
    table = pd.DataFrame({"lon": ["38.7", "38.7", " ", None], "lat": [hostile, None, "1", "2"]})
    table.to_parquet(tmp_path / "in.parquet")

    geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet")

    found = pq.read_table(tmp_path / "out.parquet")
    reason, *others = found["reason"].to_pylist()
    assert found["status"].to_pylist() == ["suspicious", *["unlocated"] * 3]
    assert reason.startswith("lat “\ufffd[31m999")
    assert len(reason) < 150
    assert others == [None] * 3


def test_columns_that_are_no_text_stay_beside_ours(tmp_path: Path) -> None:
    table = pa.table(
        {
            "lon": [38.703],
            "lat": [33.306],
            "status": pa.array([7], pa.int8()),
            "native_status": ["theirs"],
            "country": pa.array([663], pa.int64()),
            "admin1": pa.array(["Mafraq"]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")

    geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet")

    found = pq.read_table(tmp_path / "out.parquet")
    assert found.column_names[:6] == [
        "lon", "lat", "native_native_status", "native_status", "native_country", "admin1",
    ]  # fmt: skip
    assert found["native_native_status"].type == pa.int8()
    assert found["native_status"].to_pylist() == ["theirs"]
    (row,) = found.select(["status", "country", "native_country", "admin1"]).to_pylist()
    assert list(row.values()) == ["located", "Jordan", 663, "Mafraq"]


def test_shares_of_an_uncertainty_that_is_gone_go_too(tmp_path: Path) -> None:
    table = zoo.points("tower 22").assign(country_shares='{"SYR":1.0}')
    table.to_parquet(tmp_path / "in.parquet")

    geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet")

    assert "country_shares" not in pq.read_schema(tmp_path / "out.parquet").names


def test_a_damaged_geometry_leaves_its_row_out(tmp_path: Path) -> None:
    zoo.points("tower 22", "just west of 180").to_parquet(tmp_path / "good.parquet")
    good = pq.read_table(tmp_path / "good.parquet")
    wkb = pa.array([good["geometry"][0].as_py(), b"no geometry"])
    broken = good.set_column(good.schema.get_field_index("geometry"), "geometry", wkb)
    pq.write_table(broken.replace_schema_metadata(good.schema.metadata), tmp_path / "in.parquet")

    geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet")

    found = pq.read_table(tmp_path / "out.parquet")
    assert found["country_a3"].to_pylist() == ["JOR", None]
    assert found["status"].to_pylist() == ["located", "suspicious"]
    assert found["reason"].to_pylist() == [None, "The geometry cannot be read as WKB"]


@pytest.mark.parametrize("said", [b"{", b"{}", b'{"primary_column":"g","columns":{"g":{}}}', b"[]"])
def test_broken_words_about_geometries_are_said(said: bytes, tmp_path: Path) -> None:
    table = pa.table({"a": [1]}).replace_schema_metadata({b"geo": said})
    pq.write_table(table, tmp_path / "in.parquet")

    with pytest.raises(ReadError, match=r"in\.parquet"):
        geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet")


def test_the_view_counts(tmp_path: Path) -> None:
    crimea = gpd.GeoDataFrame(geometry=gpd.points_from_xy([34.1], [44.95]), crs=4326)
    crimea.to_parquet(tmp_path / "in.parquet")

    geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet", worldview="UA")

    found = gpd.read_parquet(tmp_path / "out.parquet")
    assert found[["country_a3", "worldview"]].iloc[0].tolist() == ["UKR", "UA"]


def test_an_empty_file_stays_one(tmp_path: Path) -> None:
    points(3).iloc[:0].to_parquet(tmp_path / "in.parquet")

    assert geo.enrich(tmp_path / "in.parquet", tmp_path / "out.parquet") == 0
    assert "country_a3" in gpd.read_parquet(tmp_path / "out.parquet").columns


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.parquet").write_text("lon,lat\n1,2\n")
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "bare.parquet")
    target = tmp_path / "out.parquet"

    with pytest.raises(ReadError, match=r"text.parquet: not a Parquet file"):
        geo.enrich(tmp_path / "text.parquet", target)
    with pytest.raises(ReadError, match=r"missing.parquet"):
        geo.enrich(tmp_path / "missing.parquet", target)
    with pytest.raises(ReadError, match="expected GeoParquet, or columns named lon and lat"):
        geo.enrich(tmp_path / "bare.parquet", target)
    with pytest.raises(PlaceNotFoundError, match="Mars"):
        geo.enrich(tmp_path / "bare.parquet", target, worldview="Mars")
    assert not target.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bare.parquet", "text.parquet"]
