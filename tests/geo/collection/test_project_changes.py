"""What has become of each incident since the last build, and why."""

import csv
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.collection.changes.builds import BuildState
from geo.collection.changes.listing import Change, list_changes
from geo.collection.changes.texts import changes_csv, changes_markdown, count_changes
from geo.collection.project.kept_tables import read_kept
from geo.collection.project.running import build_project
from geo.schema import conform
from tests.geo.collection.small_project import decide, edit, replace_in

FIRE, FLOOD = "post.txt", "flood.txt"


def changes_of(folder: Path) -> list[Change]:
    result = build_project(folder)
    assert result is not None
    return list(result.changes)


def report_of(folder: Path, name: str) -> str:
    reports = read_kept(folder / "outputs" / "private" / "reports.parquet").set_index("input")
    return str(reports.loc[f"inputs/{name}", "incident_id"])


def test_one_more_article_changes_only_its_incident(project: Path) -> None:
    fire = report_of(project, FIRE)
    (project / "inputs" / "times.txt").write_text(
        "Six people were killed in a fire in Zarqa on 3 May 2024, the mayor said."
    )

    changes = changes_of(project)

    incidents = read_kept(project / "outputs" / "private" / "incidents.parquet")
    assert count_changes(changes) == {"added": 0, "changed": 1, "withdrawn": 0}
    (merged,) = {one.incident_id for one in changes}
    row = incidents.set_index("incident_id").loc[merged]
    assert fire in row["report_ids"]
    told = {one.field: (one.before, one.after) for one in changes}
    assert told["reports"] == ("2", "3")
    assert told["fatalities_high"] == ("5", "6")
    assert {one.why for one in changes} == {"inputs/times.txt is new"}


def test_inputs_that_come_change_and_go(project: Path) -> None:
    flood = report_of(project, FLOOD)
    (project / "inputs" / FLOOD).unlink()
    (project / "inputs" / "quake.txt").write_text(
        "An earthquake in Aleppo on 20 May 2024 killed two people, officials said."
    )
    desk = project / "inputs" / "desk.csv"
    desk.write_text(desk.read_text().replace("Iraq,1", "Iraq,2"))

    changes = changes_of(project)

    added, changed, gone = (
        [one for one in changes if one.change == word] for word in ("added", "changed", "withdrawn")
    )
    assert [one.why for one in added] == ["inputs/quake.txt is new"]
    assert [(one.incident_id, one.why) for one in gone] == [(flood, "inputs/flood.txt is gone")]
    assert {one.incident_id for one in changed} == {"desk:1"}
    assert ("fatalities_best", "1", "2") in {(one.field, one.before, one.after) for one in changed}
    assert {one.why for one in changed} == {"inputs/desk.csv has changed"}
    words = (project / "outputs" / "private" / "changes.md").read_text(encoding="utf-8")
    assert "1 added, 1 changed, 1 withdrawn." in words
    assert words.index("## Added") < words.index("## Changed") < words.index("## Withdrawn")
    assert "  - fatalities\\_best: 1 → 2" in words
    with (project / "outputs" / "private" / "changes.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [tuple(row.values()) for row in rows] == [tuple(one) for one in changes]
    assert list(rows[0]) == ["incident_id", "change", "title", "field", "before", "after", "why"]


def test_decisions_are_the_reason_until_they_are_taken_back(project: Path) -> None:
    post, herald = (report_of(project, name) for name in (FIRE, "herald.txt"))
    decide(project, f"split,{post},{herald},,,,,,,,,,,,", edit("desk:2", "kind", "riot"))

    parted = changes_of(project)

    assert count_changes(parted) == {"added": 1, "changed": 2, "withdrawn": 0}
    why = {one.incident_id: one.why for one in parted}
    line = f"overrides.csv, line 2: split {post} and {herald}"
    (new,) = {post, herald} & {one.incident_id for one in parted if one.change == "added"}
    (old,) = {post, herald} - {new}
    assert why[new] == f"report {new} was in the incident {old}; {line}"
    assert why[old] == f"report {new} is now an incident of its own; {line}"
    assert why["desk:2"] == "overrides.csv, line 3: edit kind"
    assert build_project(project) is None

    # The split survives whatever else is read.
    (project / "inputs" / "more.txt").write_text("A storm in Tripoli on 9 May 2024 killed one.")
    assert {one.why for one in changes_of(project)} == {"inputs/more.txt is new"}

    decide(project)
    merged = changes_of(project)
    assert [one.incident_id for one in merged if one.change == "withdrawn"] == [new]
    why = {one.incident_id: one.why for one in merged}
    gone = "a line of overrides.csv is gone"
    assert why[new] == f"report {new} is now in the incident {old}; {gone}"
    assert why["desk:2"] == gone


def test_a_place_by_its_text_and_settings_are_reasons(project: Path) -> None:
    decide(project, ",,,,,Mosul,,Erbil,Iraq,,,,,,")
    placed = changes_of(project)
    assert {(one.incident_id, one.why) for one in placed} == {
        ("desk:1", "overrides.csv, line 2: place")
    }

    with (project / "incidentmap.toml").open("a") as stream:
        stream.write('[[sources]]\npaths = ["inputs/desk.csv"]\npublisher = "Field unit"\n')
    said = changes_of(project)
    assert {one.incident_id for one in said} == {"desk:1", "desk:2"}
    assert {one.why for one in said} == {
        "what incidentmap.toml says of inputs/desk.csv has changed"
    }

    replace_in(project, "merge = true", "merge = false")
    apart = changes_of(project)
    assert [one.change for one in apart if one.change == "added"] == ["added"]
    assert all(one.why.endswith("rules has changed") for one in apart)


@pytest.fixture
def state() -> BuildState:
    incidents = conform(
        gpd.GeoDataFrame(
            {"incident_id": ["a"], "title": ["=1"], "report_ids": ['["a"]']},
            geometry=[None],
            crs=4326,
        )
    )
    reports = pd.DataFrame({"incident_id": ["a"], "input": ["a.txt"]})
    return BuildState(
        incidents, gpd.GeoDataFrame(reports), {"a.txt": "1"}, {"a.txt": "1"}, [], {"numpy": "2"}
    )


def test_an_incident_with_a_new_id_is_changed_and_not_another_one(state: BuildState) -> None:
    incidents = state.incidents.assign(incident_id="0", report_ids='["0","a"]')
    reports = gpd.GeoDataFrame({"incident_id": ["0", "a"], "input": ["0.txt", "a.txt"]})
    later = BuildState(
        gpd.GeoDataFrame(incidents), reports,
        {"0.txt": "2", "a.txt": "1"}, {"0.txt": "2", "a.txt": "1"}, [], state.settings,
    )  # fmt: skip

    assert [one[:2] + one[3:] for one in list_changes(state, later)] == [
        ("0", "changed", "incident_id", "a", "0", "0.txt is new"),
        ("0", "changed", "report_ids", '["a"]', '["0","a"]', "0.txt is new"),
    ]
    back = list_changes(later, state)
    assert [one.field for one in back] == ["incident_id", "report_ids"]
    assert {one.why for one in back} == {"0.txt is gone"}


def test_versions_are_a_reason_where_something_has_changed(state: BuildState) -> None:
    later = BuildState(
        state.incidents.assign(title="two"),
        state.reports, state.inputs, state.readings, [], {"numpy": "3"},
    )  # fmt: skip

    assert list_changes(state, state) == []
    assert list_changes(state, BuildState(state.incidents, state.reports, {}, {}, [], {})) == []
    (change,) = list_changes(state, later)
    assert change == Change("a", "changed", "two", "title", "=1", "two", "numpy has changed")
    assert list_changes(None, state) == [Change("a", "added", "=1", "", "", "", "the first build")]


def test_no_cell_is_a_formula_and_long_lists_are_cut(state: BuildState) -> None:
    changes = list_changes(None, state)

    assert "a,added,'=1,,,,the first build" in changes_csv(changes)
    many = [change._replace(incident_id=str(number)) for number in range(600) for change in changes]
    lines = changes_markdown(many).splitlines()
    assert lines[2] == "600 added, 0 changed, 0 withdrawn."
    assert lines[-1] == "- and 100 more, see changes.csv"


def test_a_report_is_on_its_own_only_where_no_other_is_with_it(state: BuildState) -> None:
    def of(*incidents: str) -> BuildState:
        table = gpd.GeoDataFrame(
            {"incident_id": [one[0] for one in incidents], "title": "fire"},
            geometry=[None] * len(incidents),
            crs=4326,
        )
        ids = pd.Series([json.dumps(list(one)) for one in incidents], dtype="str")
        reports = gpd.GeoDataFrame({"incident_id": list("abc"), "input": "a.txt"})
        return BuildState(
            conform(table.assign(report_ids=ids)), reports, state.inputs, state.readings, [], {}
        )

    together, apart, pair = of("abc"), of("ac", "b"), of("a", "bc")

    assert {one.why for one in list_changes(together, apart) if one.incident_id == "a"} == {
        "report b is now an incident of its own"
    }
    assert {one.why for one in list_changes(together, pair) if one.incident_id == "a"} == {
        "report b is now in the incident b; report c is now in the incident b"
    }
    assert {one.why for one in list_changes(pair, together) if one.incident_id == "a"} == {
        "report b was in the incident b; report c was in the incident b"
    }
