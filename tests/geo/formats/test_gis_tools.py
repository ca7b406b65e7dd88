"""GDAL's own programs, DuckDB and pyarrow read what we write."""

import datetime as dt
import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

import geo
from geo.schema import COLUMNS, VERSION
from tests.geo.formats.sample import sample

needs_gdal = pytest.mark.usefixtures("gdal_programs")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "incidents.gpkg"
    geo.write(sample(), path)
    return path


def said(*command: object) -> str:
    """Return what a program says; a warning is a failure."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    assert "Warning" not in done.stderr + done.stdout
    assert "ERROR" not in done.stderr
    return done.stdout


@needs_gdal
def test_ogrinfo_lists_every_layer_and_the_styles(package: Path) -> None:
    listed = said("ogrinfo", "-q", package)

    for name in (
        "incidents (Point)", "uncertainty (Multi Polygon)", "footprints (Multi Polygon)",
        "border_links (Multi Line String)", "admin_counts (Multi Polygon)", "sources (None)",
        "incident_sources (None)", "actors (None)", "incident_actors (None)", "run_info (None)",
        "data_dictionary (None)", "layer_styles (None)",
    ):  # fmt: skip
        assert name in listed


@needs_gdal
def test_ogrinfo_finds_days_instants_and_truth_values(package: Path) -> None:
    told = said("ogrinfo", "-al", package)

    for line in ("date_start: Date", "time_utc: DateTime", "native_Flag: Integer(Boolean)",
                 "native_Flag (Integer(Boolean)) = 1"):  # fmt: skip
        assert line in told
    assert "date_end (Date) = 2024/01/31" in told


def test_days_of_python_and_of_arrow_arrive_as_dates(tmp_path: Path) -> None:
    day, instant = dt.date(2024, 1, 28), dt.datetime(2024, 1, 28, 3, tzinfo=dt.UTC)
    table = sample().assign(
        mine=[day, None, day, day],
        arrow=pd.array([day] * 4, dtype="date32[pyarrow]"),
        instant=pd.array([instant] * 4, dtype="timestamp[us, Asia/Amman][pyarrow]"),
        plain=pd.array([instant.replace(tzinfo=None)] * 4, dtype="timestamp[s][pyarrow]"),
        mixed=[day, "x", None, None],
    )

    geo.write(table, tmp_path / "out.gpkg")
    geo.write(table, tmp_path / "out.parquet")

    kinds = pyogrio.read_info(tmp_path / "out.gpkg", layer="incidents")
    found = dict(zip(kinds["fields"], kinds["ogr_types"], strict=True))
    assert [found[name] for name in ("mine", "arrow", "instant", "plain", "mixed")] == [
        "OFTDate", "OFTDate", "OFTDateTime", "OFTDateTime", "OFTString",
    ]  # fmt: skip
    schema = pq.read_schema(tmp_path / "out.parquet")
    assert [str(schema.field(name).type) for name in ("mine", "arrow")] == ["date32[day]"] * 2
    assert str(schema.field("instant").type) == "timestamp[us, tz=UTC]"
    back = geo.read_incidents(tmp_path / "out.parquet")
    assert back["mine"].tolist() == [day, None, day, day]
    assert back["instant"].tolist() == [instant] * 4


@needs_gdal
@pytest.mark.parametrize("end", [".geojson", ".geojsonl", ".geojsons", ".gpkg", ".fgb", ".kml"])
def test_ogr2ogr_converts_each_layer_without_a_warning(end: str, tmp_path: Path) -> None:
    path = tmp_path / f"incidents{end}"
    geo.write(sample(), path)

    said("ogr2ogr", "-f", "GPKG", tmp_path / "out.gpkg", path)

    assert "Feature Count: 4" in said("ogrinfo", "-so", "-al", tmp_path / "out.gpkg")


def test_the_geopackage_is_sound(package: Path) -> None:
    with closing(sqlite3.connect(package)) as connection:

        def ask(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        assert ask("PRAGMA integrity_check") == [("ok",)]
        assert ask("PRAGMA user_version") == [(10300,)]
        assert ask("SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'") == [
            ("attributes",)
        ]
        assert set(ask("SELECT DISTINCT last_change FROM gpkg_contents")) == {
            ("1970-01-01T00:00:00.000Z",)
        }
        assert ask(
            "SELECT f_table_name, count(*) FROM layer_styles WHERE useAsDefault GROUP BY 1"
        ) == [(name, 1) for name in ("admin_counts", "border_links", "footprints", "incidents",
                                     "uncertainty")]  # fmt: skip
        assert ask("SELECT count(*) FROM sqlite_master WHERE name = 'rtree_incidents_geom'") == [
            (1,)
        ]


def test_extensions_are_registered_as_the_standards_want(package: Path) -> None:
    with closing(sqlite3.connect(package)) as connection:

        def ask(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        registered = ask("SELECT table_name, extension_name, scope FROM gpkg_extensions")
        layers = [name for (name,) in ask(
            "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY 1"
        )]  # fmt: skip
        scopes = ask("SELECT reference_scope, table_name FROM gpkg_metadata_reference ORDER BY 2")
        orphans = ask(
            "SELECT id FROM gpkg_metadata EXCEPT SELECT md_file_id FROM gpkg_metadata_reference"
        )
        relations = ask(
            "SELECT base_table_name, base_primary_column, related_table_name, "
            "related_primary_column, relation_name, mapping_table_name FROM gpkgext_relations"
        )
        pairs = ask(
            "SELECT incidents.incident_id, name FROM incident_actors "
            "JOIN incidents ON fid = base_id JOIN actors ON actors.id = related_id"
        )
        meanings = ask("SELECT table_name, column_name, description FROM gpkg_data_columns")

    for table, extension in (
        ("gpkg_metadata", "gpkg_metadata"), ("gpkg_metadata_reference", "gpkg_metadata"),
        ("gpkgext_relations", "gpkg_related_tables"), ("incident_actors", "gpkg_related_tables"),
        ("incident_sources", "gpkg_related_tables"), ("gpkg_data_columns", "gpkg_schema"),
    ):  # fmt: skip
        assert registered.count((table, extension, "read-write")) == 1
    assert scopes == [("geopackage", None), *(("table", name) for name in layers)]
    assert orphans == []
    assert relations == [
        ("incidents", "fid", name, "id", "attributes", f"incident_{name}")
        for name in ("sources", "actors")
    ]
    assert pairs == [("a", "A group")]
    assert ("incidents", "date_end", COLUMNS["date_end"].meaning) in meanings
    assert ("admin_counts", "incidents", "incidents of the table that lie in the province") in (
        meanings
    )


def test_columns_of_a_flatgeobuf_say_what_they_mean(tmp_path: Path) -> None:
    geo.write(sample(), tmp_path / "incidents.fgb")

    content = (tmp_path / "incidents.fgb").read_bytes()

    for name in ("date_end", "uncertainty_m", "sources"):
        assert COLUMNS[name].meaning.encode() in content


@needs_gdal
def test_ogrinfo_tells_the_licence_of_each_layer(package: Path) -> None:
    links = said("ogrinfo", "-so", package, "border_links").partition("Layer name")[2]

    assert "<license>ODbL-1.0; " in links


def test_sources_are_told_once_and_linked(package: Path) -> None:
    with closing(sqlite3.connect(package)) as connection:
        cited = connection.execute(
            "SELECT incident_id, publisher, url, quote FROM incident_sources "
            "JOIN sources ON sources.id = related_id ORDER BY incident_sources.id"
        ).fetchall()
        actors = connection.execute('SELECT incident_id, name, role, "by" FROM actors').fetchall()

    assert cited == [
        ("a", "AFP", "https://example.org/1", "“three”, killed"),
        ("b", "AFP", "https://example.org/1", None),
        ("b", "AP", None, None),
    ]
    assert actors == [("a", "A group", "attacker", "AFP")]


def test_duckdb_reads_the_geoparquet(tmp_path: Path) -> None:
    path = tmp_path / "incidents.parquet"
    geo.write(sample(), path)

    with closing(duckdb.connect()) as database:
        told = database.execute(
            "SELECT typeof(date_start), typeof(time_utc), typeof(fatalities_best), "
            "typeof(native_Flag), count(*) OVER () FROM read_parquet(?) LIMIT 1",
            [str(path)],
        ).fetchone()
        days = database.execute(
            "SELECT incident_id FROM read_parquet(?) WHERE date_end = DATE '2024-01-31'",
            [str(path)],
        ).fetchall()

    assert told == ("DATE", "TIMESTAMP WITH TIME ZONE", "BIGINT", "BOOLEAN", 4)
    assert days == [("b",)]


def test_pyarrow_finds_what_the_geoparquet_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "incidents.parquet"
    geo.write(sample(), path)

    schema = pq.read_schema(path)
    said_of_shapes = json.loads(schema.metadata[b"geo"])
    about = json.loads(schema.metadata[b"incidentmap"])

    assert said_of_shapes["version"] == "1.1.0"
    assert said_of_shapes["columns"]["geometry"]["geometry_types"] == ["Point"]
    assert said_of_shapes["columns"]["geometry"]["crs"]["id"] == {"authority": "EPSG", "code": 4326}
    assert said_of_shapes["columns"]["footprint"]["geometry_types"] == ["Polygon"]
    assert (about["schema_version"], about["worldview"]) == (VERSION, ["default"])
    assert schema.field("uncertainty_m").metadata[b"description"].startswith(b"radius that holds")
