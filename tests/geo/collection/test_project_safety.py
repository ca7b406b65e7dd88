"""A build that cannot go well leaves the last outputs, and says what is wrong."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from geo.collection.project.building import Built, Telling
from geo.collection.project.locking import only_build
from geo.collection.project.running import build_project
from geo.collection.project.swapping import staged_outputs
from geo.errors import GeoError, ReadError, SchemaError, WriteError
from tests.geo.collection.small_project import decide, edit, replace_in, small_project

ROOT = Path(__file__).parents[3]
#: Builds, and says so and waits when the tables of the new outputs are written.
BUILD_AND_WAIT = """
import sys, time
from pathlib import Path
from geo.collection.project.running import build_project

def wait(built, staging):
    assert (staging / "private" / "incidents.gpkg").is_file()
    print("written", flush=True)
    time.sleep(600)

build_project(Path(sys.argv[1]), draw=wait)
"""


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "outputs").rglob("*"))
        if path.is_file()
    }


def test_a_killed_build_leaves_the_last_outputs(project: Path) -> None:
    before = files_of(project)
    decide(project, edit("desk:1", "injured", "3"))
    with subprocess.Popen(
        [sys.executable, "-c", BUILD_AND_WAIT, str(project)],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as building:  # fmt: skip
        try:
            assert building.stdout is not None
            assert building.stdout.readline() == "written\n"
            # Meanwhile nobody else builds, and readers see what was there.
            with pytest.raises(WriteError, match="another build of this project is running"):
                build_project(project)
        finally:
            building.send_signal(signal.SIGKILL)
            building.wait()

    assert building.returncode == -signal.SIGKILL
    assert files_of(project) == before
    assert (project / ".incidentmap" / "next").exists()

    result = build_project(project)
    assert result is not None
    assert [(one.incident_id, one.field) for one in result.changes] == [("desk:1", "injured")]
    assert not (project / ".incidentmap" / "next").exists()


def test_outputs_come_back_where_a_build_ended_between_its_last_steps(project: Path) -> None:
    before = files_of(project)
    (project / "outputs").rename(project / ".incidentmap" / "last")

    assert build_project(project) is None
    assert files_of(project) == before


def test_an_error_while_writing_leaves_the_last_outputs(project: Path) -> None:
    before = files_of(project)
    decide(project, edit("desk:1", "injured", "3"))

    def fail(_built: Built, staging: Path) -> None:
        (staging / "public" / "map.html").write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        build_project(project, draw=fail)
    assert files_of(project) == before
    assert not (project / ".incidentmap" / "next").exists()


def test_outputs_that_cannot_be_replaced_stay(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(project)
    rename = Path.rename

    def locked(self: Path, target: Path) -> Path:
        if self.name == "next":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", locked)
    with (
        pytest.raises(WriteError, match=r"outputs: cannot be written \(Permission denied\)"),
        staged_outputs(project, project / ".incidentmap", ()) as staging,
    ):
        (staging / "new.txt").write_text("new")
    assert files_of(project) == before


def test_the_lock_ends_with_the_build(tmp_path: Path) -> None:
    with (
        only_build(tmp_path, tmp_path / "work"),
        pytest.raises(WriteError, match="another build"),
        only_build(tmp_path, tmp_path / "work"),
    ):
        pass
    with only_build(tmp_path, tmp_path / "work"):
        assert (tmp_path / "work" / "lock").exists()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            ["merge,desk:1,desk:2,,,,,,,,,,,,", "split,desk:1,desk:2,,,,,,,,,,,,"],
            r"overrides\.csv, lines 2 and 3: split “desk:1” and “desk:2”, and merge “desk:1” and",
        ),
        (
            [edit("desk:1", "injured", "3"), edit("desk:1", "injured", "4")],
            r"overrides\.csv, lines 2 and 3: both edit injured",
        ),
        (
            [",desk:1,,,,,,Baghdad,,,,,,,", ",desk:1,,,,,,Basra,,,,,,,"],
            r"overrides\.csv, lines 2 and 3: both speak of incident_id “desk:1”",
        ),
        (["edit,desk:1,,colour,red,,,,,,,,,,"], r"line 2: edit: the field is “colour”; expected"),
    ],
)
def test_contradicting_decisions_stop_a_build_before_it_reads(
    project: Path, lines: list[str], words: str
) -> None:
    before = files_of(project)
    decide(project, *lines)
    (project / "inputs" / "flood.txt").write_text("It has changed, but nobody reads it.")
    read: list[int] = []

    with pytest.raises(SchemaError, match=words):
        build_project(project, telling=Telling(on_input=read.append))
    assert files_of(project) == before
    assert read == []


def test_decisions_on_nothing_are_told(project: Path) -> None:
    decide(
        project,
        "merge,desk:1,nobody,,,,,,,,,,,,",
        edit("somebody", "injured", "3"),
        ",,,,,Atlantis,,Baghdad,,,,,,,",
    )
    told: list[str] = []

    result = build_project(project, telling=Telling(warn=told.append))

    assert result is not None
    assert result.changes == []
    said = [sentence.partition("overrides.csv, ")[2] for sentence in told]
    assert said == [
        "line 4: “Atlantis”: unused, it fits no row",
        "line 2: merge: no report has the id “nobody”.",
        "line 3: edit: no report has the id “somebody”.",
    ]


def test_all_inputs_that_cannot_be_read_are_named(project: Path) -> None:
    before = files_of(project)
    (project / "inputs" / "a.pdf").write_bytes(b"%PDF-1.4 broken")
    (project / "inputs" / "b.csv").write_text("colour,size\nred,3\n")

    with pytest.raises(ReadError) as caught:
        build_project(project)
    told = str(caught.value)
    assert told.startswith("2 of 6 inputs cannot be read, and nothing was built, since their inc")
    assert "a.pdf: " in told
    assert "b.csv: no column with a place" in told
    assert "skip_unreadable = true" in told
    assert files_of(project) == before

    replace_in(project, "skip_unreadable = false", "skip_unreadable = true")
    assert build_project(project) is not None
    note = (project / "outputs" / "private" / "completeness.md").read_text(encoding="utf-8")
    assert "- inputs/a.pdf was not read: " in note
    assert "- inputs/b.csv was not read: " in note
    for name in ("completeness.md", "run.json"):
        text = (project / "outputs" / "private" / name).read_text(encoding="utf-8")
        assert str(project.parent) not in text, name


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            'paths = ["inputs/gone.txt", "inputs/lost.csv"]',
            "there is no inputs/gone.txt, no inputs",
        ),
        ('paths = ["inputs/*.gpkg"]', "there is no input; put articles"),
        ('paths = ["inputs/desk.csv"]\ncolumns = { date = "x" }', "1 of 1 inputs cannot be"),
    ],
)
def test_missing_inputs_stop_a_build(project: Path, settings: str, words: str) -> None:
    before = files_of(project)
    replace_in(project, 'paths = ["inputs/**/*"]', settings)

    with pytest.raises(ReadError) as caught:
        build_project(project)
    assert words in str(caught.value)
    assert files_of(project) == before


def test_two_tables_of_one_name_are_refused(project: Path) -> None:
    shutil.copy(project / "inputs" / "desk.csv", project / "inputs" / "desk.tsv")
    with (project / "inputs" / "desk.tsv").open("a") as stream:
        stream.write("3,2024-05-23,More,fire,Homs,Syria,\n")

    with pytest.raises(ReadError, match=r"its rows would be called desk:… as those of inputs/desk"):
        build_project(project)


def test_a_folder_without_a_project(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"there is no incidentmap\.toml in it.*incidentmap init"):
        build_project(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["outputs", ".incidentmap"])
def test_a_file_in_place_of_a_folder(tmp_path: Path, name: str) -> None:
    folder = small_project(tmp_path / "project")
    if name == "outputs":
        (folder / name).rmdir()
    (folder / name).write_text("mine")

    with pytest.raises(WriteError) as caught:
        build_project(folder)
    assert name in str(caught.value)
    assert (folder / name).read_text() == "mine"


def test_hostile_words_do_nothing_in_the_lists(project: Path) -> None:
    table = "id,date,title,type,place,country\n=1+1,2024-05-01,<b>x</b> [a](http://b.org)|,fire,Homs,Syria\n"
    (project / "inputs" / "desk.csv").write_text(table)

    result = build_project(project)

    assert result is not None
    private = project / "outputs" / "private"
    words = (private / "changes.md").read_text(encoding="utf-8")
    assert r"\<b\>x\</b\> \[a\](http\://b.org)\|" in words
    assert "<b>" not in words
    assert "desk:=1+1,added" in (private / "changes.csv").read_text(encoding="utf-8")


def test_an_input_that_changes_while_it_is_read_stops_a_build(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geo.collection.project import input_reading

    path = project / "inputs" / "flood.txt"
    path.write_text("A flood in Homs on 12 May 2024 killed six people.")
    extract = input_reading.extract_incidents

    def slowly(articles: object) -> object:
        path.write_text("A flood in Homs on 12 May 2024 killed seven people.")
        return extract(articles)  # type: ignore[arg-type]

    monkeypatch.setattr(input_reading, "extract_incidents", slowly)
    with pytest.raises(GeoError, match="it has changed while it was read; build again"):
        build_project(project)


def test_clocks_do_not_count(project: Path) -> None:
    for path in (project / "inputs").iterdir():
        os.utime(path, (time.time() - 1_000_000,) * 2)

    assert build_project(project) is None


@pytest.mark.parametrize(
    "link",
    ["outputs/public/notes.txt", "outputs/mine", "outputs", ".incidentmap", ".incidentmap/lock"],
)
def test_nothing_comes_in_through_a_link(project: Path, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "elsewhere"
    is_file = link.endswith(("txt", "lock"))
    if is_file:
        outside.write_text("a secret")
    elif link == "outputs/mine":
        outside.mkdir()
    else:
        (project / link).rename(outside)
    (project / link).unlink(missing_ok=True)
    (project / link).symlink_to(outside)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    decide(project, edit("desk:1", "injured", "3"))

    with pytest.raises(WriteError) as caught:
        build_project(project)

    assert str(caught.value).startswith(f"{project / link}: is a link; ")
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    if is_file:
        assert outside.read_text() == "a secret"


def test_nothing_is_left_of_a_trial(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != project)
    monkeypatch.setattr(tempfile, "TemporaryDirectory", None)

    with pytest.raises(WriteError, match="project: cannot be written; expected a folder that can"):
        build_project(project)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("name", ["overrides.csv", "sites.csv"])
def test_a_pipe_is_no_file_to_wait_for(project: Path, name: str) -> None:
    (project / name).unlink()
    os.mkfifo(project / name)

    with pytest.raises(ReadError, match=f"{name}: is no file; expected a CSV in UTF-8"):
        build_project(project)
