"""What a table holds, on the command line; and what all commands that read tables take."""

import json
from pathlib import Path

import geopandas as gpd
import pytest

from geo.tables.files import SUFFIXES
from incidentmap.inputs import is_table
from tests.cli.command_line import run

CSV = """Ort;Datum;Tote
Amman;03/04/2024;3
Irbid;05/06/2024;drei
Zarqa;01/01/2024;1;zu viel
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "vorfälle.csv"
    path.write_bytes(CSV.encode("cp1252"))
    return path


def test_a_report_is_words_or_json(table: Path) -> None:
    said, data = run("info", table), run("info", table, "--json", "--day-first")

    assert (said.returncode, data.returncode) == (0, 0), said.stderr
    assert "placed    2 mapped, 0 unmapped, 1 rejected" in said.stdout
    assert "Datum: date (by name), 3 filled" in said.stdout
    assert "line 2: date “03/04/2024” is not understood: day and month" in said.stdout
    assert "line 4: line 4 has 4 cells, the header has 3" in said.stdout
    report = json.loads(data.stdout)
    assert report["dates"] == {"first": "2024-04-03", "last": "2024-06-05", "without": 1}
    assert report["verdicts"]["geocoded"] == 2
    assert report["profile"]["name"] == "plain"
    assert [problem["row"] for problem in report["problems"]] == [3, 4]


def test_a_profile_that_is_forced_has_to_fit(table: Path) -> None:
    done = run("info", table, "--profile", "acled")

    assert done.returncode == 1
    assert "does not fit the profile acled" in done.stderr
    unknown = run("info", table, "--profile", "nobody").stderr
    assert unknown.startswith("incidentmap: There is no profile 'nobody'; expected one of ")
    assert "acled" in unknown


def test_a_map_asks_for_the_order_of_days(table: Path, tmp_path: Path) -> None:
    page = tmp_path / "map.html"

    asked = run("map", table, "-o", page)
    told = run("map", table, "-o", page, "--month-first", "--overwrite")

    assert "in 2 dates day and month could be either way round" in asked.stderr
    assert "either way round" not in told.stderr


def test_large_texts_become_geoparquet_in_batches(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from incidentmap.commands import convert_command

    monkeypatch.setattr(convert_command, "_LARGE_BYTES", 10)
    target = tmp_path / "out.parquet"

    done = CliRunner().invoke(convert_command.command, [str(table), "-o", str(target)])

    assert "3 rows: 0 mapped, 2 unmapped, 1 rejected." in done.output, done.output
    assert len(gpd.read_parquet(target)) == 3


def test_all_kinds_of_tables_are_known_as_tables() -> None:
    assert all(is_table(Path(f"a{suffix}")) for suffix in SUFFIXES)
    assert not is_table(Path("a.txt"))
