"""Articles on the command line."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.command_line import run_process as run
from tests.cli.test_map_command import SAMPLES

ARTICLE = SAMPLES / "article.txt"


def test_the_table_is_printed() -> None:
    done = run("extract", ARTICLE)

    assert done.returncode == 0, done.stderr
    assert "where   Tower 22; site; within 1 km" in done.stdout
    assert "accused Kataib Hezbollah, by Sabrina Singh of the Pentagon" in done.stdout
    assert "The year is inferred" in done.stdout


def test_the_text_is_explained() -> None:
    done = run("extract", ARTICLE, "--explain", "--published", "2024-01-31")

    assert "[2 place: Tower 22]" in done.stdout
    assert "[2 toll: three soldiers were killed]" in done.stdout
    assert "claimed, of many incidents" in done.stdout


def test_incidents_go_to_a_file(tmp_path: Path) -> None:
    done = run("extract", ARTICLE, "-o", tmp_path / "out.geojson")

    features = json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"]
    assert done.stdout.strip().endswith("out.geojson")
    assert [one["properties"]["kind"] for one in features] == ["strategic", "battle"]


def test_an_article_becomes_a_map(tmp_path: Path) -> None:
    page, data = tmp_path / "map.html", tmp_path / "out.geojson"

    done = run("map", ARTICLE, "-o", page, "--geojson", data)

    assert done.returncode == 0, done.stderr
    assert done.stderr == "2 incidents: 2 located.\n"
    attack = json.loads(data.read_text("utf-8"))["features"][1]["properties"]
    assert (attack["country_a3"], attack["border_pair"]) == ("JOR", "JOR-SYR")


def test_a_text_without_incidents_still_makes_a_map(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Nothing happened.")

    done = run("map", "note.txt", "-o", "map.html", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stderr == "0 incidents: none found.\n"


def test_an_archive_is_named_as_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("note.txt", "A fire in Accra.")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.write(tmp_path / "inner.zip", "inner.zip")

    done = run("extract", "outer.zip", cwd=tmp_path)

    assert done.returncode == 1
    assert "outer.zip: an archive; unpack it and give the folder" in done.stderr


def test_one_incident_is_no_incidents(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("A fire in Accra on 28 January 2024 killed four people.")

    done = run("extract", "note.txt", "--explain", cwd=tmp_path)

    assert done.stdout.splitlines()[0].endswith(": 1 incident")


@pytest.mark.parametrize("name", ["table.csv", "table.geojson"])
def test_tables_belong_to_another_command(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("place\nAmman\n")

    done = run("extract", name, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert f"use “incidentmap map {name} -o map.html”" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_file_for_incidents_is_checked_first(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Nothing happened.")

    done = run("extract", "note.txt", "-o", "note.txt", "--overwrite", cwd=tmp_path)

    assert done.returncode == 1
    assert "note.txt: unknown kind of file '.txt'" in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\x00", "a binary file"),
        (b"x " * 600_000, "at most 1,000,000"),
    ],
    ids=["empty", "binary", "long"],
)
def test_bad_articles_are_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "bad.txt").write_bytes(content)

    done = run("extract", "bad.txt", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("incidentmap: bad.txt")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
