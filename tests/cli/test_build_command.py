"""A project on the command line: made, built, built again."""

from pathlib import Path

import pytest

from tests.cli.command_line import run
from tests.layers.decoder import blocks, unpack

ARTICLE = "A fire in Zarqa on 3 May 2024 killed five people and injured nine, police said."
OTHER = "Four people were killed in a fire in Zarqa on 3 May 2024, officials said."
EDIT = "action,incident_id,field,value\nedit,{},{},{}\n"


@pytest.fixture(scope="module")
def strikes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that the command line has made; it is built by the first test."""
    folder = tmp_path_factory.mktemp("cli") / "strikes"
    done = run("init", "strikes", cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "strikes/incidentmap.toml"
    (folder / "inputs" / "post.txt").write_text(ARTICLE)
    (folder / "inputs" / "herald.txt").write_text(OTHER)
    (folder / "inputs" / "desk.csv").write_text("id,date,type,place\n1,2024-05-20,flood,Mosul\n")
    (folder / "sites.csv").write_text("name,lon,lat\nDepot Qurx,38.2,32.5\n")
    toml = folder / "incidentmap.toml"
    text = toml.read_text().replace('"border_links"]', '"border_links", "sites"]')
    toml.write_text(text.replace('title = "Incidents"', 'title = "Strikes of May"'))
    return folder


def words_of(folder: Path, name: str) -> str:
    """All that a map holds, its packed blocks too."""
    page = (folder / "outputs" / name / "map.html").read_text(encoding="utf-8")
    assert "<title>Strikes of May</title>" in page
    # The ground is large, and the same on all maps.
    small = [text for text in blocks(page).values() if len(text) < 50_000]
    return page + repr([unpack(text) for text in small])


def test_a_project_is_built_once_and_then_only_what_has_changed(strikes: Path) -> None:
    done = run("build", cwd=strikes)

    assert (done.returncode, done.stdout) == (0, "outputs\n"), done.stderr
    said = done.stderr.splitlines()
    assert said[0] == "Reading the overrides ..."
    assert said[1] == (
        "Inputs: 3 read: inputs/desk.csv, inputs/herald.txt, inputs/post.txt; 0 as before."
    )
    assert said[-3:] == [
        "3 reports, 2 incidents: 2 located.",
        "Public: 0 of them; held back: 2 unverified.",
        "2 added, 0 changed, 0 withdrawn.",
    ]
    private, public = (words_of(strikes, name) for name in ("private", "public"))
    for held in ("desk:1", "herald.txt", "killed five people", "Depot Qurx"):
        assert held in private
        assert held not in public

    again = run("build", strikes)
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr == "Nothing has changed since the last build.\n"

    (strikes / "overrides.csv").write_text(EDIT.format("desk:1", "verification", "verified"))
    edited = run("build", "strikes", cwd=strikes.parent)
    assert edited.stdout == "strikes/outputs\n"
    assert "Inputs: none read; 3 as before." in edited.stderr
    assert "Public: 1 of them; held back: 1 unverified." in edited.stderr
    assert "0 added, 1 changed, 0 withdrawn." in edited.stderr
    public = words_of(strikes, "public")
    assert "desk:1" in public
    assert "herald.txt" not in public


def test_faults_are_words_and_leave_what_is_there(strikes: Path, tmp_path: Path) -> None:
    before = (strikes / "overrides.csv").read_text()
    again = run("init", strikes)
    assert again.returncode == 1
    assert again.stderr.startswith(f"incidentmap: {strikes}/overrides.csv: exists already")
    assert (strikes / "overrides.csv").read_text() == before

    nowhere = run("build", "nowhere", cwd=tmp_path)
    assert nowhere.returncode == 1
    assert nowhere.stderr.startswith("incidentmap: nowhere: there is no incidentmap.toml in it")
    assert list(tmp_path.iterdir()) == []

    (tmp_path / "incidentmap.toml").write_text('[[sources]]\npaths = ["a.txt"]\nlicense = "x"\n')
    misspelt = run("build", cwd=tmp_path)
    assert misspelt.returncode == 1
    assert misspelt.stderr.splitlines() == [
        "incidentmap: incidentmap.toml: it cannot be used:",
        "- line 3, sources[1].license: there is no such key; did you mean licence?",
    ]


def test_the_help_shows_examples() -> None:
    for command, example in (("init", "incidentmap init strikes"), ("build", "incidentmap build")):
        done = run(command, "--help")
        assert done.returncode == 0
        assert example in done.stdout


def test_names_of_files_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    assert run("init", folder).returncode == 0
    (folder / "inputs" / "a\x1b[31m\a\n.txt").write_text(ARTICLE)
    (folder / "inputs" / "b\x1b[31m\a\n.doc").write_text("left out")

    done = run("build", folder)

    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stderr
    assert "\a" not in done.stderr
    assert "Inputs: 1 read: inputs/a\ufffd[31m\ufffd .txt; 0 as before." in done.stderr
