"""Users' own places on the command line."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from geo.errors import GeoError, PlaceNotFoundError, ReadError, WriteError
from incidentmap.cli import group

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "name,lon,lat\nQurx,38,33\nQarx,38.1,33.1\n"


pytestmark = pytest.mark.usefixtures("own_folder")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["data", *map(str, arguments)])


def fails(error: type[GeoError], *arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, error), result.output
    return str(result.exception)


def sites(tmp_path: Path, text: str = GOOD) -> Path:
    path = tmp_path / "my sites.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_added_listed_checked_and_removed(tmp_path: Path, own_folder: Path) -> None:
    terms = ["--licence", "CC0-1.0", "--attribution", "Us"]

    added = run("add", sites(tmp_path), "--first", *terms)

    assert added.exit_code == 0, added.output
    assert "my-sites: 2 places, 0 bad rows" in added.stdout
    (path,) = own_folder.iterdir()
    assert str(path) in added.stdout
    (listed,) = [one for one in json.loads(run("--json").stdout) if one["name"] == "my-sites"]
    assert (listed["rows"], listed["priority"], listed["licence"]) == (2, 1, "CC0-1.0")
    assert (listed["attribution"], listed["path"]) == ("Us", str(path))
    assert listed["sha256"] in path.name
    assert "Your own places from my sites.csv" in run().stdout
    assert "my-sites: whole" in run("verify").stdout
    assert run("remove", "my sites").exit_code == 0
    assert list(own_folder.iterdir()) == []
    assert "there are: none" in fails(PlaceNotFoundError, "remove", "my sites")


def test_the_first_bad_rows_are_shown_and_all_are_in_the_report(tmp_path: Path) -> None:
    bad = "".join(f"Row {n},east,33\n" for n in range(30))
    report = tmp_path / "bad.csv"

    result = run("add", sites(tmp_path, GOOD + bad), "--report", report)

    assert result.exit_code == 0, result.output
    assert "2 places, 30 bad rows" in result.stdout
    shown = [line for line in result.stderr.splitlines() if line.startswith("line ")]
    assert len(shown) == 20
    assert shown[0] == "line 4: longitude and latitude are not both in degrees"
    assert "and 10 more" in result.stderr
    with report.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["line"] for row in rows] == [str(n) for n in range(4, 34)]
    assert "exists already" in fails(WriteError, "add", sites(tmp_path), "--report", report)


def test_no_good_row_is_an_error_and_still_reported(tmp_path: Path, own_folder: Path) -> None:
    report = tmp_path / "bad.csv"

    words = fails(
        ReadError, "add", sites(tmp_path, "name,lon,lat\nQurx,east,33\n"), "--report", report
    )

    assert "not one place among 1 row (1 bad)" in words
    assert "2,longitude and latitude" in report.read_text(encoding="utf-8")
    assert list(own_folder.iterdir()) == []


def test_a_damaged_set_fails_the_check(tmp_path: Path, own_folder: Path) -> None:
    run("add", sites(tmp_path))
    (path,) = own_folder.iterdir()
    path.write_bytes(path.read_bytes() + b"\0")

    checked = run("verify")
    assert checked.exit_code == 1
    assert "data remove my-sites" in checked.stderr


def test_first_and_priority_exclude_each_other(tmp_path: Path) -> None:
    result = run("add", sites(tmp_path), "--first", "--priority", "3")

    assert result.exit_code == 2
    assert "give one of them" in result.output


def test_an_input_is_never_the_report(tmp_path: Path) -> None:
    path = sites(tmp_path)

    assert "is an input" in fails(WriteError, "add", path, "--report", path, "--overwrite")
    assert path.read_text(encoding="utf-8") == GOOD


def test_one_place_is_one_place(tmp_path: Path) -> None:
    added = run("add", sites(tmp_path, "name,lon,lat\nQurx,38,33\nQarx,938,33\n"))

    assert "my-sites: 1 place, 1 bad row, 0 rows of kinds" in added.stdout
    assert "  1 row, " in run().stdout


def test_other_files_in_the_folder_are_told(tmp_path: Path, own_folder: Path) -> None:
    run("add", sites(tmp_path))
    (own_folder / "places.sqlite").write_bytes(b"")

    result = run("verify")

    assert f"{own_folder / 'places.sqlite'}: no set of places, nothing reads it" in result.stderr
    assert result.stderr.count("nothing reads it") == 1
    assert result.exit_code == 0
