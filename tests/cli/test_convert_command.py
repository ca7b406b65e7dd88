"""`incidentmap convert`: incidents from one format to another."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from geo.formats.registry import FORMATS
from incidentmap.commands import convert_command
from incidentmap.commands.convert_command import command
from tests.cli.test_map_command import SAMPLES, run

ACLED = """event_id_cnty,event_date,event_type,latitude,longitude,geo_precision,notes
SYR1,2024-01-28,Battles,33.3,38.7,1,=1+1
"""
SITES = "name,longitude,latitude\nA camp,38.7,33.3\n"


def test_a_table_becomes_a_geopackage_with_sites(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text(SITES)
    target = tmp_path / "out.gpkg"

    done = run(
        "convert", SAMPLES / "incidents.csv", "-o", target, "--sites", tmp_path / "sites.csv"
    )

    assert (done.returncode, done.stdout) == (0, f"{target}\n"), done.stderr
    assert "60 incidents written." in done.stderr
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT count(*) FROM incidents").fetchone() == (60,)
        assert connection.execute("SELECT name FROM sites").fetchall() == [("A camp",)]
        run_info = dict(connection.execute("SELECT name, value FROM run_info").fetchall())
    assert run_info["run: command"] == "incidentmap convert"
    assert run_info["run: inputs"] == "incidents.csv, sites.csv"


def test_a_large_table_says_the_same_of_itself_as_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "acled.csv").write_text(ACLED)
    small, large = tmp_path / "small.parquet", tmp_path / "large.parquet"
    run("convert", tmp_path / "acled.csv", "-o", small)
    monkeypatch.setattr(convert_command, "_LARGE_BYTES", 0)

    done = run("convert", tmp_path / "acled.csv", "-o", large)

    assert done.returncode == 0, done.stderr
    assert "1 rows: 1 mapped" in done.stderr
    told = f"{large} holds rows of ACLED events, whose terms forbid to pass them on"
    assert done.stderr.count(told) == 1
    assert "acled.csv: read as ACLED events (" in done.stderr
    assert "  Licence: " in done.stderr
    schemas = pq.read_schema(small), pq.read_schema(large)
    abouts, meanings = (
        [schema.metadata[b"incidentmap"] for schema in schemas],
        [{field.name: field.metadata for field in schema} for schema in schemas],
    )
    assert abouts[0] == abouts[1]
    assert meanings[0].items() >= meanings[1].items()


def test_sheets_that_are_not_read_are_told(tmp_path: Path) -> None:
    source = tmp_path / "sheets.xlsx"
    with xlsxwriter.Workbook(source) as book:
        for name in ("May", "June"):
            book.add_worksheet(name).write_column(0, 0, ["place", "Amman"])

    first = run("convert", source, "-o", tmp_path / "first.csv")
    named = run("convert", source, "-o", tmp_path / "named.csv", "--layer", "June")

    assert f"{source}: only May is read; not read: June. Choose with --layer." in first.stderr
    assert (named.returncode, "not read" in named.stderr) == (0, False)


def test_rows_of_a_provider_go_out_as_they_came_in_with_a_word_on_its_terms(tmp_path: Path) -> None:
    (tmp_path / "acled.csv").write_text(ACLED)
    out = tmp_path / "out.csv"

    done = run("convert", tmp_path / "acled.csv", "-o", out, "--format", "acled")
    again = run("convert", tmp_path / "acled.csv", "-o", out, "--format", "acled")
    safe = run("convert", tmp_path / "acled.csv", "-o", out, "--overwrite", "--excel-safe",
               "--format", "native")  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "holds rows of ACLED events, whose terms forbid to pass them on" in done.stderr
    assert "Warning" not in done.stderr
    assert again.returncode == 1
    assert "exists already; choose another name or say --overwrite." in again.stderr
    assert safe.returncode == 0
    with out.open(newline="") as stream:
        assert list(csv.reader(stream))[1][-1] == "'=1+1"


def test_a_file_of_ours_comes_back_in_another_format(tmp_path: Path) -> None:
    first, second = tmp_path / "first.parquet", tmp_path / "second.geojson"
    run("convert", SAMPLES / "incidents.csv", "-o", first)

    done = run("convert", first, "-o", second, "--simplestyle")

    assert done.returncode == 0, done.stderr
    features = json.loads(second.read_text(encoding="utf-8"))["features"]
    assert len(features) == 60
    assert features[0]["properties"]["native_title"].startswith("A drone hit")
    assert features[0]["properties"]["marker-color"] == "#DE571A"


def test_the_command_knows_all_formats() -> None:
    (option,) = [one for one in command.params if one.name == "file_format"]

    assert list(option.type.choices) == list(FORMATS)
