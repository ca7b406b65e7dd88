"""`-` is the standard input or output, for every command alike."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from geo.errors import ReadError, WriteError
from incidentmap import standard_streams
from incidentmap.cli import group
from incidentmap.standard_streams import in_words
from incidentmap.stream_kinds import kind_of

TABLE = b"""id,date,type,latitude,longitude,country
1,2024-01-28,explosion,33.306,38.703,Jordan
2,2024-01-30,protest,31.95,35.93,Jordan
"""
ACLED = b"""event_id_cnty,event_date,event_type,latitude,longitude,geo_precision
SYR1,2024-01-28,Battles,33.3,38.7,1
"""
ARTICLE = b"On 28 January 2024 a drone struck the outpost Tower 22 in Jordan, killing three.\n"


def run(content: bytes, *arguments: object) -> Result:
    return CliRunner().invoke(group, list(map(str, arguments)), input=content)


def run_of(content: bytes, *arguments: object) -> Result:
    return CliRunner().invoke(
        group, list(map(str, arguments)), input=content, catch_exceptions=False
    )


def features(done: Result) -> list[Any]:
    assert done.exit_code == 0, done.output
    found: list[Any] = json.loads(done.stdout)["features"]
    return found


@pytest.mark.parametrize(
    "command",
    [
        ["convert", "-"],
        ["enrich", "-"],
        ["near", "-", "--place", "Amman", "--distance", "30km"],
        ["update", "-", "OLD"],
        pytest.param(
            ["hotspots", "-", "--area", "35,31,37,33", "--resolution", "3", "--draws", "0"],
            # It loads what the others do not.
            marks=pytest.mark.slow,
        ),
    ],
    ids=lambda command: command[0],
)
def test_a_table_goes_in_and_geojson_comes_out(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes(TABLE)
    named = [str(tmp_path / "old.csv") if word == "OLD" else word for word in command]

    done = run(TABLE, *named, "-o", "-")

    assert features(done)
    assert "standard_output" not in done.stdout


def test_an_article_goes_in() -> None:
    found = features(run(ARTICLE, "extract", "-", "-o", "-"))

    assert [one["properties"]["date_start"] for one in found] == ["2024-01-28"]


@pytest.mark.slow
def test_a_page_is_all_that_the_standard_output_gets(tmp_path: Path) -> None:
    data = tmp_path / "incidents.geojson"

    page = run(TABLE, "map", "-", "-o", "-", "--geojson", data)

    assert page.exit_code == 0, page.output
    assert page.stdout.lower().startswith("<!doctype html>")
    assert "<title>Standard input</title>" in page.stdout
    assert f"{data}\n" in page.stderr
    assert data.exists()


@pytest.mark.parametrize("name", ["geopackage", "geoparquet", "flatgeobuf", "xlsx", "kml", "hxl"])
def test_what_one_command_writes_another_reads(name: str) -> None:
    first = run(TABLE, "convert", "-", "-o", "-", "--format", name)
    assert first.exit_code == 0, first.output

    second = features(run(first.stdout_bytes, "convert", "-", "-o", "-"))

    assert sorted(one["properties"]["incident_id"] for one in second) == ["1", "2"]
    assert {tuple(one["geometry"]["coordinates"]) for one in second} == {
        (38.703, 33.306), (35.93, 31.95),
    }  # fmt: skip


def test_only_text_goes_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    class System:
        stdout, stdin = Terminal(), io.StringIO()

    monkeypatch.setattr(standard_streams, "sys", System)

    done = run(TABLE, "convert", __file__, "-o", "-", "--format", "geopackage")

    assert done.exit_code == 2
    assert "no text that a terminal can show; send it to a file" in " ".join(done.output.split())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(TABLE)
    with Path("/dev/full").open("w") as full:

        class System:
            stdout = full

        monkeypatch.setattr(standard_streams, "sys", System)
        done = run(b"", "convert", tmp_path / "in.csv", "-o", "-")

    assert isinstance(done.exception, WriteError)
    assert str(done.exception).startswith("the standard output: cannot be written (No space left")


def test_each_standard_stream_is_used_once() -> None:
    twice = run(TABLE, "update", "-", "-", "-o", "-")
    both = run(TABLE, "map", "-", "-o", "-", "--geojson", "-")

    assert (twice.exit_code, both.exit_code) == (2, 2)
    assert "the standard input can be read once only" in twice.output
    assert "only one output can be the standard output" in both.output


def test_what_the_input_is_told_of_is_no_name_of_the_machine() -> None:
    written = run(TABLE, "convert", "-", "-o", "-")

    assert json.loads(written.stdout)["incidentmap"]["run"]["inputs"] == "standard_input.csv"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["info", "-"], "the standard input: 2 rows"),
        (["convert", "-", "-o", "-"], "the standard input: read as ACLED"),
        (["near", "-", "--place", "Amman", "--distance", "x"], "is no distance"),
    ],
)
def test_messages_name_no_file_of_ours(command: list[str], said: str) -> None:
    table = ACLED if command[0] == "convert" else TABLE

    done = run(table, *command)

    assert said in done.output
    assert not re.search(r"standard_(in|out)put\.csv: |/incidentmap\w+/", done.output)


def test_errors_name_no_file_of_ours() -> None:
    with pytest.raises(ReadError) as fault:
        run_of(b"a\nb\n", "convert", "-", "-o", "-")

    assert in_words(str(fault.value)).startswith("the standard input: no column with a place")


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="this system has no such names")
def test_the_names_that_a_system_gives_its_streams_are_known() -> None:
    assert len(features(run(TABLE, "convert", "/dev/stdin", "-o", "/dev/stdout"))) == 2


def packed(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            # The clock would give the tests other names in each process.
            archive.writestr(zipfile.ZipInfo(name), "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", ".csv"),
        (b"a,b\n1,2\n", ".csv"),
        (b'\xef\xbb\xbf{"type":"FeatureCollection","features":[\n{}\n]}', ".json"),
        (b'{"a":1}\n{"a":2}\n', ".ndjson"),
        (b'{"a":1}\n', ".json"),
        (b'\x1e{"a":1}\n', ".geojsons"),
        (b"[" * 100_000, ".json"),
        (b"<?xml version='1.0'?>\n<kml xmlns='http://www.opengis.net/kml/2.2'/>", ".kml"),
        (b"<?xml version='1.0'?><rss/>", ".xml"),
        (b"<!DOCTYPE HTML><p>", ".html"),
        (packed("content.xml"), ".ods"),
        (packed("doc.kml"), ".kmz"),
        (packed("table.csv"), ".zip"),
        (b"PK\x03\x04 broken", ".zip"),
    ],
)
def test_a_kind_is_found_by_its_content(content: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "nameless"
    path.write_bytes(content)

    assert kind_of(path, otherwise=".csv") == kind


def test_every_command_says_what_its_files_are() -> None:
    overview = run(b"", "--help").output

    assert re.search(r"- +is the standard input", " ".join(overview.split()))
