"""The main job."""

import hashlib
import json
from pathlib import Path

import pytest

from layers.words import catalogue
from tests.cli.command_line import run, run_process

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
_NO_SIZE = ["map", __file__, "-o", "map.html", "--max-size-mb", "0"]


def test_the_sample_becomes_a_map_and_a_geojson(tmp_path: Path) -> None:
    page, data = tmp_path / "map.html", tmp_path / "incidents.geojson"

    done = run_process("map", SAMPLES / "incidents.csv", "-o", page, "--geojson", data)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(page), str(data)]
    assert done.stderr.startswith("60 incidents: ")
    assert "<!doctype html>" in page.read_text(encoding="utf-8")[:100].lower()
    features = json.loads(data.read_text(encoding="utf-8"))["features"]
    outpost = next(one for one in features if one["properties"]["native_id"] == "S001")
    assert outpost["properties"]["country_a3"] == "JOR"
    assert outpost["properties"]["border_pair"] == "JOR-SYR"
    statuses = [one["properties"]["status"] for one in features]
    assert len(statuses) == 60
    assert set(statuses) <= {"located", "ambiguous", "suspicious", "unlocated"}


def test_same_input_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        done = run_process(
            "map", SAMPLES / "incidents.csv", "-o", f"{name}.html", "--geojson", f"{name}.geojson",
            cwd=tmp_path,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert (tmp_path / "a.geojson").read_bytes() == (tmp_path / "b.geojson").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty.csv: the file is empty; expected a CSV"),
        ("binary.csv", b"\x00\x01\x02", "binary.csv: a binary file"),
        ("image.csv", b"\x89PNG\r\n\x1a\n\xff", "image.csv: not text in UTF-8"),
        ("table.docx", b"words", "table.docx: unknown kind of file '.docx'"),
        ("colours.csv", b"colour,size\nred,3\n", "colours.csv: no column with a place"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)

    done = run("map", name, "-o", "map.html", "--geojson", "out.geojson", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"incidentmap: {words}")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    done = run("map", "nowhere.csv", "-o", "map.html", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("incidentmap: nowhere.csv: cannot be read")


def test_files_are_not_overwritten_unasked(tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    page.write_text("mine")

    done = run("map", SAMPLES / "incidents.csv", "-o", page)

    assert done.returncode == 1
    assert "exists already; choose another name or say --overwrite" in done.stderr
    assert page.read_text() == "mine"


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (["-o", "map.txt"], "map.txt: unknown kind of file '.txt'; expected .html or .htm"),
        (["-o", "map.html", "--geojson", "x.gpkg"], "x.gpkg: unknown kind of file '.gpkg'"),
        (["-o", "no/map.html"], "no/map.html: cannot be written, there is no folder no"),
        (["-o", "map.html", "--geojson", "no/x.json"], "no/x.json: cannot be written"),
        (["-o", "map.html", "--geojson", "./map.html"], "map.html: two outputs have this name"),
        (["-o", "folder.html"], "folder.html: cannot be written, it is a folder"),
        (["-o", f"{'long' * 100}.html"], f"{'long' * 100}.html: cannot be written"),
        (
            ["-o", "map.html", "--geojson", "folder.html/../in.geojson", "--overwrite"],
            "folder.html/../in.geojson: is an input, which is never replaced",
        ),
    ],
)
def test_targets_are_checked_before_any_work(
    tmp_path: Path, outputs: list[str], words: str
) -> None:
    (tmp_path / "in.geojson").write_text("no JSON: it is not even opened")
    (tmp_path / "folder.html").mkdir()

    done = run("map", "in.geojson", *outputs, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"incidentmap: {words}")
    assert len(done.stderr.splitlines()) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"in.geojson", "folder.html"}


def test_cells_that_could_not_be_read_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,place,date,killed\n1,Amman,soon,\n1,Amman,,many\n")
    (tmp_path / "b.csv").write_text("id,place,date\n1,Amman,2024-01-28\n")

    done = run("map", "a.csv", "b.csv", "-o", "map.html", "--geojson", "x.json", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[1] == "2 rows hold cells that could not be read (see reason)."
    features = json.loads((tmp_path / "x.json").read_text("utf-8"))["features"]
    assert [one["properties"]["incident_id"] for one in features] == ["1", "1-2", "1-3"]


def test_columns_that_cannot_be_found_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("spot,tag\nAmman,2024-01-28\n")

    done = run("map", "table.csv", "-o", "map.html", cwd=tmp_path)

    assert all(option in done.stderr for option in ("--place", "--lon", "--lat"))


def test_columns_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("spot,tag\nAmman,2024-01-28\n")

    done = run(
        "map", "table.csv", "-o", "map.html", "--place", "spot", "--date", "tag", cwd=tmp_path
    )

    assert done.returncode == 0, done.stderr
    assert done.stderr == "1 incident: 1 located.\n"


@pytest.mark.parametrize(("size_mb", "grouped"), [("1", True), ("20", False)])
def test_a_limited_map_counts_by_cell_and_says_so(
    tmp_path: Path, size_mb: str, *, grouped: bool
) -> None:
    # Titles that do not pack: 0.3 MB of them.
    titles = (hashlib.sha512(str(i).encode()).hexdigest() for i in range(3_000))
    rows = (f"{36 + i % 7 / 10},{32 + i % 9 / 10},2024-01-28,{t}" for i, t in enumerate(titles))
    (tmp_path / "table.csv").write_text("\n".join(["lon,lat,date,title", *rows]))

    done = run("map", "table.csv", "-o", "map.html", "--max-size-mb", size_mb, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert (f"the limit is {size_mb} MB" in page) == grouped


@pytest.mark.parametrize(
    "arguments", [["map"], ["map", "x.csv"], ["fly"], ["map", "--colour"], _NO_SIZE]
)
def test_wrong_words_are_a_usage_error(arguments: list[str]) -> None:
    done = run_process(*arguments)

    assert done.returncode == 2
    assert "Usage" in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["map", "--help"], ["--version"]])
def test_help_is_there_with_examples(arguments: list[str]) -> None:
    done = run(*arguments)

    assert done.returncode == 0
    assert "incidentmap" in done.stdout
    if "--version" not in arguments:
        assert "Example" in done.stdout


def test_the_page_speaks_the_language_asked_for(tmp_path: Path) -> None:
    words = catalogue("en")
    words["locale"], words["say"]["strip.play"] = "fr", "Jouer"
    (tmp_path / "fr.json").write_text(json.dumps(words), encoding="utf-8")
    (tmp_path / "in.csv").write_text("place,date\nAmman,2024-01-02\n", encoding="utf-8")

    for language, html in (("ar", '<html lang="ar" dir="rtl"'), ("fr.json", '<html lang="fr"')):
        done = run("map", "in.csv", "-o", "map.html", "--overwrite", "--language", language,
                   cwd=tmp_path)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert html in (tmp_path / "map.html").read_text(encoding="utf-8")[:500]
    assert "Jouer" in (tmp_path / "map.html").read_text(encoding="utf-8")

    (tmp_path / "broken.json").write_text("[", encoding="utf-8")
    done = run("map", "in.csv", "-o", "new.html", "--language", "broken.json", cwd=tmp_path)
    assert (done.returncode, "broken.json" in done.stderr) == (1, True)
    assert not (tmp_path / "new.html").exists()
