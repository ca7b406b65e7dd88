"""Places on the command line: one text, the lines of the standard input, a file."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from incidentmap.cli import group
from tests.cli.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def geocode(*arguments: object, lines: str | bytes | None = None) -> Result:
    # The messages of our errors are printed by `main`; here they are raised.
    return CliRunner().invoke(group, ["geocode", *map(str, arguments)], input=lines)


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_one_text_is_answered() -> None:
    done = geocode("Tower 22, Jordan")

    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "status      located (name)",
        "place       Tower 22 in JOR, curated:tower-22",
        "lat, lon    33.30600, 38.70300; within 1,000 m, site",
        "score       1.00",
        "because     The list of sites knows “Tower 22” in Jordan",
    ]


def test_a_text_that_is_not_placed_says_why() -> None:
    done = geocode("<script>alert(1)</script>\x1b[31m")

    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "status      unlocated (none)"
    assert "“<script>alert(1)</script>�[31m” is no name of a place" in done.stdout
    assert "\x1b" not in done.stdout


def test_one_text_as_json() -> None:
    (answer,) = objects(geocode("20 km north of Gwoza, Nigeria", "--json").stdout)

    assert (answer["status"], answer["method"]) == ("located", "region")
    assert str(answer["footprint"]).startswith("POLYGON")
    assert isinstance(answer["lat"], float)


def test_the_anchor_can_be_wanted() -> None:
    text = "20 km north of Gwoza, Nigeria"
    (place,) = objects(geocode(text, "--json").stdout)
    (anchor,) = objects(geocode(text, "--json", "--relative", "anchor").stdout)

    assert place["lat"] > anchor["lat"] + 0.1  # type: ignore[operator]


def test_candidates_are_listed() -> None:
    done = geocode("Tripoli", "--candidates", 2)

    assert sum(line.startswith("candidate ") for line in done.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bachmut, Ukraine", "read as     a name: “Bachmut”, in “Ukraine”"),
        ("33.3, 38.7", "read as     coordinates in the notation"),
        ("20 km north of Gwoza", "read as     Offset(place: Gwoza"),
        ("Kramtorsk", "near        Kramatorsk in UKR as kramatorsk: 1 letter apart"),
        ("", "because     No place is given"),
    ],
)
def test_the_reasoning_is_explained(text: str, words: str) -> None:
    done = geocode(text, "--explain")

    assert done.exit_code == 0
    assert words in done.stdout


@pytest.mark.parametrize("text", ["-33.3, 18.4", "-33.3,18.4", "-0.5 10.5", "-33°18' 18°24'"])
@pytest.mark.parametrize("options", [(), ("--country", "South Africa"), ("--explain",)])
def test_a_text_may_begin_with_a_minus_sign(text: str, options: tuple[str, ...]) -> None:
    for arguments in ((text, *options), (*options, text), (*options, "--", text)):
        done = geocode(*arguments)

        assert done.exit_code == 0
        assert "(coordinates)" in done.stdout


def test_what_doubtful_coordinates_may_mean_is_shown() -> None:
    plain = geocode("38.703, 33.306", "--country", "Jordan").stdout
    explained = geocode("38.703, 33.306, Jordan", "--explain").stdout

    perhaps = "not lie in JOR; perhaps 33.306, 38.703, which lies in Jordan\n"
    assert perhaps in plain
    assert perhaps in explained
    assert explained.endswith("candidate   33.30600, 38.70300 in JOR\n")


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("ZZZ", "no country named “ZZZ” is known; expected a name or an ISO 3166-1 alpha-3 code"),
        ("Jordn", "Perhaps Jordan?"),
    ],
)
def test_an_unknown_country_is_told(country: str, words: str) -> None:
    done = run("geocode", "33.3, 38.7", "--country", country)

    assert done.returncode == 1
    assert done.stderr.startswith("incidentmap: --country: no country")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_text_in_another_encoding_is_told() -> None:
    done = geocode("Ho\udcffms", "--json")

    assert objects(done.stdout)[0]["status"] == "unlocated"
    assert "broken characters" in done.stdout


def test_a_file_that_is_no_table_is_told(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Homs\n", encoding="utf-8")

    done = geocode(names)

    assert done.exit_code == 2
    assert "is no table" in done.stderr
    assert "incidentmap geocode - <" in done.stderr


def test_lines_of_the_standard_input() -> None:
    done = geocode("-", "--country", "Syria", "--json", lines="Aleppo\n\nQwxyz\n\ufeffHoms\n")

    answers = objects(done.stdout)
    assert [one["status"] for one in answers] == ["located", "located", "located", "located"]
    assert [one["place"] for one in answers][::3] == ["Aleppo", "Homs"]
    assert [one["precision"] for one in answers][1:3] == ["country", "country"]
    assert done.stderr == "4 places: 4 located.\n"


def test_lines_that_are_no_text() -> None:
    done = geocode("-", lines=b"Homs\xff\xfe\x00\n")

    assert done.exit_code == 0
    assert done.stderr.startswith("1 place: ")


def test_a_column_of_a_file(tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("where,n\nAvdiivka,1\nQwxyz,2\n", encoding="utf-8")

    done = geocode(table, "--place", "where", "--candidates", 1)

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["status"] for row in rows] == ["located", "unlocated"]
    assert [row["native_n"] for row in rows] == ["1", "2"]
    assert float(rows[0]["lat"]) == pytest.approx(48.14, abs=0.05)
    assert len(json.loads(rows[0]["candidates"])) == 1
    assert rows[1]["lat"] == ""
    assert done.stderr == "2 places: 1 located, 1 unlocated.\n"


def answers(path: Path, *options: object) -> list[dict[str, str]]:
    """Rows that are written of a table."""
    done = geocode(path, *options)
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_a_column_with_the_district(tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("place,country,area\nQwxyz village,DRC,Djugu territory\n", encoding="utf-8")

    (without,), (within,) = answers(table), answers(table, "--admin2", "area")

    assert (without["precision"], within["precision"]) == ("country", "admin2")
    assert within["place"] == "Djugu"
    assert float(within["uncertainty_m"]) < float(without["uncertainty_m"]) / 5


def test_a_column_with_the_report(tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("place,report\nTripoli,a\nSidon,a\nBeirut,a\nTripoli,\n", encoding="utf-8")

    rows = answers(table, "--document", "report")

    assert [row["country_a3"] for row in rows] == ["LBN", "LBN", "LBN", "LBY"]
    assert answers(table)[0]["country_a3"] == "LBY"


@pytest.mark.parametrize("option", ["--admin2", "--document"])
def test_a_column_that_is_not_there_is_told(tmp_path: Path, option: str) -> None:
    table = tmp_path / "places.csv"
    table.write_text("place\nHoms\n", encoding="utf-8")

    done = run("geocode", table, option, "qurx")

    assert done.returncode == 1
    assert "qurx" in done.stderr
    alone = geocode("Homs", option, "qurx")
    assert alone.exit_code == 2
    assert f"{option} names a column of a FILE" in alone.stderr


@pytest.mark.parametrize("name", ["out.csv", "out.geojson"])
def test_answers_go_to_a_file(tmp_path: Path, name: str) -> None:
    out = tmp_path / name

    done = geocode("Tower 22", "-o", out)

    assert done.stdout == f"{out}\n"
    assert "curated:tower-22" in out.read_text(encoding="utf-8")
    again = run("geocode", "Tower 22", "-o", out)
    assert again.returncode == 1
    assert "exists already" in again.stderr
    assert run("geocode", "Tower 22", "-o", out, "--overwrite").returncode == 0


def test_a_table_that_is_not_there_is_told() -> None:
    done = run("geocode", "nothing-here.csv")

    assert done.returncode == 1
    assert done.stderr.startswith("incidentmap: nothing-here.csv: cannot be read")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Homs", "--place", "where"], "--place names a column of a FILE"),
        (["-", "--explain"], "--explain is for one TEXT"),
        (["Homs", "--candidates", "9"], "9 is not in the range 0<=x<=5"),
        ([], "Missing argument"),
    ],
)
def test_wrong_options_are_told(arguments: list[str], words: str) -> None:
    done = geocode(*arguments)

    assert done.exit_code == 2
    assert words in done.stderr


def test_the_help_has_examples() -> None:
    assert 'incidentmap geocode "Tower 22, Jordan"' in geocode("--help").stdout
    assert "geocode" in CliRunner().invoke(group, ["--help"]).stdout


def test_no_candidates_are_listed_where_none_are_asked_for() -> None:
    none, default = (geocode("Tripoli", "--json", *more) for more in (["--candidates", 0], []))

    assert objects(none.stdout)[0]["candidates"] == []
    assert len(objects(default.stdout)[0]["candidates"]) > 1  # type: ignore[arg-type]


def test_a_long_text_in_another_script_is_no_file() -> None:
    done = geocode("ქ" * 190, "--json")

    assert done.exit_code == 0
    assert objects(done.stdout)[0]["status"] == "unlocated"


def test_columns_of_a_file_of_ours_are_kept(tmp_path: Path) -> None:
    given, out = tmp_path / "given.csv", tmp_path / "out.csv"
    cells = {"incident_id": "a", "title": "A title", "sensitivity": "restricted",
             "place_text": "Tower 22, Jordan", "lon": "", "lat": ""}  # fmt: skip
    given.write_text(f"{','.join(cells)}\na,A title,restricted,Tower 22 (Jordan),,\n")

    done = geocode(given, "-o", out)

    assert done.exit_code == 0
    (row,) = csv.DictReader(io.StringIO(out.read_text()))
    assert (row["title"], row["sensitivity"]) == ("A title", "restricted")
    assert row["lon"] == "38.703"
