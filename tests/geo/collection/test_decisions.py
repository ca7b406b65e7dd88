"""What an editor decides: read, checked, obeyed, and written."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.collection.decisions import SEEN_REASONS, read_decisions
from geo.errors import ReadError, SchemaError
from geo.geocoding.overrides.replay import apply_overrides, check_overrides
from layers.review_items import WHYS
from tests.geo.collection.report_tables import article, lines, parts, report, table_of

FILE = """\
action,incident_id,other_id,field,value,place_text,place,country,note
,a,,,,,Basra,Iraq,by phone
merge,a,b,,,,,,the same bus
split,a,c,,,,,,

edit,b,,fatalities_best,4,,,,
place,,,,,HQ,Tower 22,Jordan,
"""


def edits(*told: tuple[str, str, str]) -> pd.DataFrame:
    """Overrides that edit: report, field, value."""
    table = pd.DataFrame(told, columns=["incident_id", "field", "value"])
    return table.assign(action="edit")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "overrides.csv"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def table() -> gpd.GeoDataFrame:
    return table_of([article(name, fatalities_best=3) for name in "abc"])


def test_one_file_holds_places_and_decisions(file: Path, table: gpd.GeoDataFrame) -> None:
    decisions = read_decisions(file)
    (merge,), (split,), (edit,) = decisions.merges, decisions.splits, decisions.edits

    assert (merge.number, merge.pair, merge.note) == (3, ("a", "b"), "the same bus")
    assert (split.number, split.pair) == (4, ("a", "c"))
    assert (edit.number, edit.incident_id, edit.field, edit.value) == (
        6,
        "b",
        "fatalities_best",
        "4",
    )
    assert read_decisions(decisions) is decisions
    assert check_overrides(table, file)["line"].tolist() == [2, 7]
    placed = apply_overrides(table, file)
    assert placed["place"].fillna("").tolist() == ["Basrah", "", ""]
    assert parts(table, decisions=file) == [["a", "b"], ["c"]]


def test_a_file_of_places_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text("incident_id,place\na,Basra\n", "utf-8")

    assert read_decisions(path) == read_decisions(None)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (lines(("merge", "a", "b"), ("split", "b", "a")), "lines 1 and 2: split “b” and “a”, and"),
        (
            lines(
                ("merge", "a", "b"), ("merge", "x", "y"), ("split", "c", "a"), ("merge", "c", "b")
            ),
            "lines 1, 3 and 4: split “c” and “a”, and merge",
        ),
        (edits(("a", "kind", "fire"), ("a", "kind", "flood")), "lines 1 and 2: both edit kind of"),
        (lines(("merge", "a", "a")), "line 1: merge “a” and “a”; expected two different"),
        (lines(("split", "a", "")), "line 1: split “a” and “”; expected two different"),
        (lines(("join", "a", "b")), "line 1: the action is “join”; expected place, merge"),
        (edits(("a", "colour", "red")), "line 1: edit: the field is “colour”; expected one of"),
        (edits(("a", "kind", "fired")), "line 1: kind cannot be “fired”; expected battle"),
        (edits(("a", "injured", "-3")), "line 1: injured cannot be “-3”; expected a whole"),
        (edits(("a", "date_start", "3/4/24")), "line 1: date_start cannot be “3/4/24”"),
        (edits(("a", "date_start", "2024-02-30")), "line 1: date_start cannot be"),
        (edits(("", "kind", "fire")), "line 1: edit: it names no report"),
        (
            pd.DataFrame({"incident_id": ["a", "a"], "place": ["Basra", "Amman"]}),
            "lines 1 and 2: both speak of incident_id",
        ),
        (pd.DataFrame({"incident_id": ["a"], "acton": ["merge"]}), "expected action"),
    ],
)
def test_what_cannot_be_is_refused_by_line(told: pd.DataFrame, words: str) -> None:
    with pytest.raises(SchemaError) as caught:
        read_decisions(told)

    assert words in str(caught.value)


def test_a_contradiction_stops_the_merging(table: gpd.GeoDataFrame) -> None:
    told = lines(("merge", "a", "b"), ("split", "a", "b"))

    with pytest.raises(SchemaError, match="lines 1 and 2"):
        geo.merge_reports(table, decisions=told)
    with pytest.raises(ReadError):
        geo.merge_reports(table, decisions="no such file.csv")


def test_the_same_said_twice_is_no_contradiction(table: gpd.GeoDataFrame) -> None:
    told = lines(("merge", "a", "b"), ("merge", "b", "a"), ("merge", "b", "c"), ("merge", "a", "c"))

    assert parts(table, decisions=told) == [["a", "b", "c"]]
    twice = edits(("a", "kind", "fire"), ("a", "kind", "fire"), ("a", "injured", ""))
    assert len(read_decisions(twice).edits) == 3


def test_lines_that_match_nothing_are_told(file: Path, table: gpd.GeoDataFrame) -> None:
    with file.open("a", encoding="utf-8") as more:
        more.write("merge,a,gone,,,,,,\nedit,nobody,,kind,fire,,,,\nsplit,p,q,,,,,,\n")
    decisions = read_decisions(file)

    assert decisions.unmatched(table) == [
        f"{file}, line 8: merge: no report has the id “gone”.",
        f"{file}, line 9: edit: no report has the id “nobody”.",
        f"{file}, line 10: split: no report has the id “p” and “q”.",
    ]
    assert parts(table, decisions=file) == [["a", "b"], ["c"]]


def test_a_split_holds_whatever_comes_later(table: gpd.GeoDataFrame) -> None:
    told = lines(("split", "a", "b"))
    first = parts(table, decisions=told)
    more = table_of([article(name, fatalities_best=3) for name in "edcba"])

    assert parts(table) == [["a", "b", "c"]]
    assert first == parts(table, decisions=told)
    for group in (*first, *parts(more, decisions=told)):
        assert not {"a", "b"} <= set(group)


def test_a_merge_joins_whole_incidents_and_says_who_did() -> None:
    far = {"at": (47.8, 30.5), "place_text": "Basra", "kind": "fire"}
    rows = [article(name, fatalities_best=3) for name in "ab"]
    rows += [article(name, fatalities_best=9, **far) for name in "cd"]
    rows += [report("e", at=(float("nan"), float("nan")), status="unlocated")]
    told = lines(("merge", "b", "c"), ("merge", "e", "a")).assign(note=["one bus", ""])
    merged = geo.merge_reports(table_of(rows), decisions=told)

    assert merged["report_ids"].tolist() == ['["a","b","c","d","e"]']
    reasons = [one["reason"] for one in json.loads(merged["merge_reasons"].iloc[0])]
    assert reasons.count("merged by an editor") == 2
    # Tables are published: what the desk notes, and where, is no part of them.
    assert "one bus" not in merged.drop(columns="geometry").to_csv()
    assert merged["merge_score"].iloc[0] < 1


def test_numbers_as_ids_are_met() -> None:
    table = table_of([article("7", fatalities_best=3), article("8", fatalities_best=3)])
    told: dict[str, list[Any]] = {"action": ["split", ""], "incident_id": [7.0, None]}
    told |= {"other_id": [8.0, None], "place_text": ["", "x"], "place": ["", ""]}

    assert parts(table, decisions=pd.DataFrame(told)) == [["7"], ["8"]]


def test_all_contradictions_are_told_at_once() -> None:
    told = pd.concat(
        (
            lines(("merge", "a", "b"), ("split", "a", "b"), ("split", "b", "a")),
            edits(("a", "kind", "fire"), ("a", "kind", "flood")),
        )
    )

    with pytest.raises(SchemaError) as caught:
        read_decisions(told)

    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        "overrides, lines 1 and 2", "overrides, lines 1 and 3", "overrides, lines 4 and 5",
    ]  # fmt: skip


def test_what_was_seen_is_looked_for_too(table: gpd.GeoDataFrame) -> None:
    told = lines(("seen", "a", ""), ("seen", "b", "gone"), ("seen", "nobody", ""))
    told = told.assign(field=["merged", "doubtful", "rubbish"])

    assert read_decisions(told).unmatched(table) == [
        "overrides, line 2: seen: no report has the id “gone”.",
        "overrides, line 3: seen: no report has the id “nobody”.",
        f"overrides, line 3: seen: the field is “rubbish”; expected one of {', '.join(WHYS)}.",
    ]
    assert SEEN_REASONS == WHYS
