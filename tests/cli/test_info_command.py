"""What a table holds, on the command line; and what all commands that read tables take."""

import json
from pathlib import Path

import geopandas as gpd
import pytest

from geo.tables.files import SUFFIXES
from incidentmap.inputs import is_table
from tests.cli.command_line import run
from tests.provider_files import acled_table, geojson, quakes, ushahidi_table

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


def test_coordinates_that_cannot_be_have_one_verdict_everywhere(tmp_path: Path) -> None:
    path, table = tmp_path / "rows.csv", tmp_path / "rows.geojson"
    rows = ["a,Amman,0,0", "b,,0,0", "c,Amman,133,36", "d,,133,36", "e,Nowhere Bay,0,0"]
    path.write_text("\n".join(["id,place,lat,lon", *rows]), encoding="utf-8")

    report = json.loads(run("info", path, "--json").stdout)
    assert run("convert", path, "-o", table).returncode == 0
    written = gpd.read_file(table)
    placed = run("geocode", path, "-o", tmp_path / "placed.geojson")
    mapped = gpd.read_file(tmp_path / "placed.geojson")

    assert placed.returncode == 0, placed.stderr
    assert report["verdicts"]["suspicious"] == len(rows)
    assert set(written["status"]) == set(mapped["status"]) == {"suspicious"}
    assert [one["row"] for one in report["problems"]] == [2, 3, 4, 5, 6]
    said = "longitude 36, latitude 133 is not on the earth"
    assert written["reason"].str.startswith(said).tolist() == [False, False, True, True, False]
    assert mapped["reason"].str.contains(said, regex=False).sum() == 2
    assert mapped["native_lat"].tolist() == ["0", "0", "133", "133", "0"]


def test_columns_of_a_profile_say_what_becomes_of_them(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    acled_table(2024, 3).to_csv(path, index=False)

    said = run("info", path).stdout

    assert "  event_date: date_start, date_end (by profile), 3 filled" in said
    assert "  latitude: geometry (by profile), 3 filled" in said
    assert "  region: kept" in said


def test_terms_of_a_provider_are_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    ushahidi_table().to_csv(path, index=False)

    said = run("convert", path, "-o", tmp_path / "posts.geojson").stderr

    assert (
        "  Licence: as the deployment says; contacts are personal data; rows may not be passed on."
        in said
    )


def test_rows_that_are_on_no_map_are_told(table: Path, tmp_path: Path) -> None:
    quake = tmp_path / "quakes.geojson"
    quake.write_bytes(geojson(quakes(5)))

    deleted = run("convert", quake, "-o", tmp_path / "quakes.gpkg").stderr
    ragged = run("convert", table, "-o", tmp_path / "rows.gpkg").stderr

    assert "1 row is withdrawn by the provider and not mapped, such as us3" in deleted
    assert "1 row is rejected: line 4 has 4 cells, the header has 3." in ragged


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
