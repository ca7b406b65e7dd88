"""The settings of a project: what they say, and all that is wrong with them at once."""

from pathlib import Path

import pytest

from geo.collection.decisions import COLUMNS
from geo.collection.project.settings import read_settings
from geo.collection.project.starting import start_project
from geo.errors import ReadError, SchemaError, WriteError


def written(folder: Path, text: str) -> Path:
    (folder / "incidentmap.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_new_project_can_be_read_and_says_what_each_key_is(tmp_path: Path) -> None:
    made = start_project(tmp_path / "strikes")

    settings = read_settings(tmp_path / "strikes")
    assert {path.name for path in made} == {
        "inputs", "outputs", "overrides.csv", "sites.csv", "incidentmap.toml",
    }  # fmt: skip
    assert settings.sources[0].paths == ("inputs/**/*",)
    assert (settings.worldview, settings.verification) == ("default", "corroborated")
    assert settings.rules.merge
    assert not settings.rules.skip_unreadable
    header = (tmp_path / "strikes" / "overrides.csv").read_text().strip()
    assert header == ",".join(COLUMNS)


def test_the_commented_lines_of_a_new_project_hold_too(tmp_path: Path) -> None:
    start_project(tmp_path)
    path = tmp_path / "incidentmap.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    # Words begin with a capital letter, settings with a small one or a bracket.
    shown = [
        line[2:] if line.startswith("# ") and (line[2] == "[" or " = " in line[:20]) else line
        for line in lines
    ]
    path.write_text("\n".join(shown), encoding="utf-8")

    settings = read_settings(tmp_path)
    assert [one.publisher for one in settings.sources] == ["", "Wire service", ""]
    assert settings.sources[2].name == "police"
    assert settings.sources[2].options.day_first is True
    assert settings.sources[2].options.columns["place"] == "where"
    assert str(settings.sources[1].published) == "2024-01-31"
    assert settings.rules.countries == ("JOR", "Syria")


def test_a_project_is_never_replaced(tmp_path: Path) -> None:
    start_project(tmp_path)
    (tmp_path / "overrides.csv").write_text("mine")

    with pytest.raises(WriteError, match=r"overrides\.csv: exists already; expected a folder with"):
        start_project(tmp_path)
    assert (tmp_path / "overrides.csv").read_text() == "mine"


def test_all_faults_are_told_with_line_and_key(tmp_path: Path) -> None:
    text = """worldview = "Atlantis"
[[sources]]
paths = ["inputs/*.txt"]
publishedd = 2024-01-31
profile = "acld"
[[sources]]
paths = ["../other/a.csv", "/etc/passwd"]
published = "yesterday"
columns = { plce = "where" }
[rules]
merge = "yes"
countries = ["Jordan", "Atlantis"]
[rulse]
[publish]
verification = "true"
[map]
layers = ["sites", "heat"]
language = "../words.json"
max_size_mb = 0
"""
    with pytest.raises(SchemaError) as caught:
        read_settings(written(tmp_path, text))

    told = str(caught.value).splitlines()
    assert told[0].endswith("incidentmap.toml: it cannot be used:")
    begins = [
        "- line 1, worldview: ",
        "- line 4, sources[1].publishedd: there is no such key; did you mean published?",
        "- line 5, sources[1].profile: There is no profile 'acld'; expected one of ",
        "- line 7, sources[2].paths: ../other/a.csv leads out of the project",
        "- line 7, sources[2].paths: /etc/passwd leads out of the project",
        "- line 8, sources[2].published: it is “yesterday”; expected a day such as 2024-01-31",
        "- line 9, sources[2].columns: ",
        "- line 11, rules.merge: it is “yes”; expected true or false",
        "- line 12, rules.countries: no country named “Atlantis” is known",
        "- line 13, rulse: there is no such key; did you mean rules?",
        "- line 15, publish.verification: it is “true”; expected one of unverified, corroborated, ",
        "- line 17, map.layers: ",
        "- line 18, map.language: ../words.json leads out of the project",
        "- line 19, map.max_size_mb: it is “0”; expected a number above 0",
    ]
    assert len(told) == len(begins) + 1
    for line, begin in zip(told[1:], begins, strict=True):
        assert line.startswith(begin)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1, sources: there is none; expected [[sources]] with paths"),
        ("sources = 3", "line 1, sources: it is “3”; expected tables"),
        ("[[sources]]\nname = 'x'", "line 1, sources[1].paths: there is none; expected files"),
        ("rules = 1\n[[sources]]\npaths = ['a']", "line 1, rules: it is “1”; expected a table"),
        ("worldview = 'x.csv'\n[[sources]]\npaths = ['a']", "line 1, worldview: "),
    ],
)
def test_what_is_missing_or_of_another_type(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SchemaError) as caught:
        read_settings(written(tmp_path, text))

    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"worldview = ", "no TOML: Invalid value"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        (None, "cannot be read (No such file or directory); expected a project folder"),
    ],
)
def test_a_file_that_is_no_toml(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "incidentmap.toml").write_bytes(content)

    with pytest.raises(ReadError) as caught:
        read_settings(tmp_path)
    assert words in str(caught.value)
