"""A project is built: what it writes, what it reads again, and what it says of itself."""

import json
import shutil
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.collection.project.building import Telling
from geo.collection.project.kept_tables import read_kept
from geo.collection.project.planning import plan_build
from geo.collection.project.running import BuildResult, build_project
from tests.geo.collection.small_project import TABLE, decide, edit, replace_in, small_project


def built(folder: Path, **telling: Any) -> BuildResult:
    result = build_project(folder, telling=Telling(**telling))
    assert result is not None
    return result


def files_of(folder: Path) -> dict[str, bytes]:
    outputs = folder / "outputs"
    found = sorted(path for path in outputs.rglob("*") if path.is_file())
    return {path.relative_to(outputs).as_posix(): path.read_bytes() for path in found}


def record_of(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "outputs" / "private" / "run.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def incidents_of(folder: Path) -> gpd.GeoDataFrame:
    return read_kept(folder / "outputs" / "private" / "incidents.parquet")


def test_articles_and_tables_become_incidents(built_project: Path) -> None:
    incidents = incidents_of(built_project)

    assert sorted(files_of(built_project)) == [
        "private/changes.csv", "private/changes.md", "private/completeness.csv",
        "private/completeness.md", "private/incidents.geojson", "private/incidents.gpkg",
        "private/incidents.parquet", "private/reports.parquet", "private/run.json",
        "public/completeness.csv", "public/completeness.md", "public/incidents.geojson",
        "public/incidents.gpkg",
    ]  # fmt: skip
    assert sorted(incidents["place"]) == ["Homs", "Irbid", "Mosul", "Zarqa"]
    fire = incidents[incidents["place"] == "Zarqa"].iloc[0]
    assert (fire["reports"], fire["fatalities_low"], fire["fatalities_high"]) == (2, 4, 5)
    assert set(incidents["country_a3"]) == {"IRQ", "JOR", "SYR"}
    assert incidents["border_pair"].notna().all()
    reports = read_kept(built_project / "outputs" / "private" / "reports.parquet")
    assert set(reports["input"]) == {
        "inputs/desk.csv", "inputs/flood.txt", "inputs/herald.txt", "inputs/post.txt",
    }  # fmt: skip
    assert {"desk:1", "desk:2"} < set(reports["incident_id"])


def test_the_counts_add_up(built_project: Path) -> None:
    record = record_of(built_project)

    assert record["counts"]["reports_read"]["all"] == 5
    for counts in record["counts"].values():
        parts = {name: count for name, count in counts.items() if name != "all"}
        assert sum(parts.values()) == counts["all"]
    assert record["counts"]["reports_read"]["counted"] == record["counts"]["reports_counted"]["all"]
    assert record["counts"]["incidents"]["all"] == record["counts"]["published"]["all"] == 4
    assert sum(one["reports"] for one in record["inputs"]) == 5
    assert sum(one["rows"] for one in record["inputs"] if one["reads"] == "table") == 2
    assert {one["path"] for one in record["inputs"]} == {
        "inputs/desk.csv", "inputs/flood.txt", "inputs/herald.txt", "inputs/post.txt",
    }  # fmt: skip
    assert record["recipe"]["publish"] == {"verification": "corroborated"}
    assert record["versions"]["pandas"] == pd.__version__


def test_the_same_folder_gives_the_same_bytes(built_project: Path, tmp_path: Path) -> None:
    other = small_project(tmp_path / "another name")

    built(other)

    assert files_of(other) == files_of(built_project)


def test_nothing_is_done_where_nothing_has_changed(project: Path) -> None:
    before = files_of(project)
    stamps = {path: path.stat().st_mtime_ns for path in (project / "outputs").rglob("*")}

    assert build_project(project) is None
    assert files_of(project) == before
    assert {path: path.stat().st_mtime_ns for path in (project / "outputs").rglob("*")} == stamps


def test_a_damaged_output_is_written_again(project: Path) -> None:
    before = files_of(project)
    (project / "outputs" / "public" / "incidents.geojson").write_text("mine")

    result = built(project)

    assert result.changes == []
    after = files_of(project)
    about_changes = {"private/changes.csv", "private/changes.md", "private/run.json"}
    assert {name for name in before if before[name] != after[name]} == about_changes


def test_only_what_has_changed_is_read_again_and_files_of_the_user_stay(project: Path) -> None:
    told: list[tuple[int, list[str]]] = []
    (project / "inputs" / "flood.txt").write_text(
        "A flood in Homs on 12 May 2024 killed three people, residents said."
    )
    mine = [project / "outputs" / name for name in ("review.html", "private/notes.txt")]
    for path in mine:
        path.write_text("mine")

    built(project, on_inputs=lambda total, new: told.append((total, list(new))))

    assert told == [(4, ["inputs/flood.txt"])]
    kept = [path for path in (project / ".incidentmap" / "cache").iterdir() if path.is_dir()]
    assert len(kept) == 4
    assert [path.read_text() for path in mine] == ["mine", "mine"]


def test_what_is_kept_gives_what_reading_gives(project: Path, tmp_path: Path) -> None:
    fresh = small_project(tmp_path / "fresh")
    for folder in (project, fresh):
        decide(folder, ",desk:1,,,,,,Baghdad,,,,,,,by phone", ",,,,,Homs,,Hama,,,,,,,")
        built(folder)

    kept, read = (files_of(folder) for folder in (project, fresh))
    tables = [name for name in read if name.endswith((".geojson", ".gpkg"))]
    assert {name: kept[name] for name in tables} == {name: read[name] for name in tables}
    places = incidents_of(project).set_index("incident_id")["place"]
    assert places["desk:1"] == "Baghdad"
    assert "Ḩamāh" in set(places)
    assert "Homs" not in set(places)


def test_a_damaged_cache_is_read_anew(project: Path) -> None:
    for path in (project / ".incidentmap" / "cache").glob("*/placed.parquet"):
        path.write_bytes(path.read_bytes()[:100])
    decide(project, edit("desk:1", "injured", "3"))

    built(project)

    assert len(incidents_of(project)) == 4


def test_only_what_is_verified_well_enough_is_public(project: Path) -> None:
    names = {
        "desk:1": ("verification", "verified"),
        "desk:2": ("verification", "disputed"),
    }
    reports = read_kept(project / "outputs" / "private" / "reports.parquet").set_index("input")
    fire, flood = (reports.loc[f"inputs/{name}.txt", "incident_id"] for name in ("post", "flood"))
    names |= {str(fire): ("verification", "corroborated")}
    decide(
        project,
        *(edit(name, *what) for name, what in names.items()),
        edit(str(fire), "sensitivity", "restricted"),
    )

    result = built(project)

    assert result.counts["published"] == {
        "public": 1, "held_back_disputed": 1, "held_back_restricted": 1,
        "held_back_unverified": 1, "all": 4,
    }  # fmt: skip
    public = json.loads((project / "outputs" / "public" / "incidents.geojson").read_text())
    assert [one["properties"]["incident_id"] for one in public["features"]] == ["desk:1"]
    layer = gpd.read_file(project / "outputs" / "public" / "incidents.gpkg", layer="incidents")
    assert layer["incident_id"].tolist() == ["desk:1"]
    for path in (project / "outputs" / "public").iterdir():
        content = path.read_bytes()
        for held in ("desk:2", str(fire), str(flood), "Irbid", "Homs", "Zarqa", "herald"):
            assert held.encode() not in content, (path.name, held)


def test_what_is_left_out_is_told(project: Path) -> None:
    (project / "inputs" / "notes.docx").write_bytes(b"PK")
    shutil.copy(project / "inputs" / "post.txt", project / "inputs" / "same.txt")
    replace_in(project, '# countries = ["JOR", "Syria"]', 'countries = ["Jordan", "SYR"]')
    told: list[str] = []

    result = built(project, warn=told.append)

    assert result.counts["reports_read"] == {"counted": 4, "in_other_countries": 1, "all": 5}
    assert told == [
        "inputs/notes.docx: left out, neither an article nor a table by its name.",
        "inputs/same.txt: left out, the same content as inputs/post.txt.",
    ]
    private = (project / "outputs" / "private" / "completeness.md").read_text()
    assert "- 1 report left out: in other countries" in private
    assert "- inputs/notes.docx was not read: neither an article" in private
    assert "| Jordan, Zarqa | 2024-05 | 1 | 2 | 2 |" in private
    public = (project / "outputs" / "public" / "completeness.md").read_text()
    assert "- 3 incidents held back: unverified" in public
    assert "inputs" not in public
    assert "Zarqa" not in public
    assert [one["reports"] for one in record_of(project)["inputs"]] == [2, 1, 1, 1]


def test_reports_stay_apart_where_merging_is_off(project: Path) -> None:
    replace_in(project, "merge = true", "merge = false")
    decide(project, edit("desk:1", "verification", "verified"))

    result = built(project)

    assert result.counts["reports_counted"] == {
        "first_of_an_incident": 5, "merged_into_another": 0, "all": 5,
    }  # fmt: skip
    assert result.counts["published"]["public"] == 1
    alone = incidents_of(project).set_index("incident_id")
    assert (alone.loc["desk:1", "reports"], alone.loc["desk:1", "report_ids"]) == (1, '["desk:1"]')


def test_settings_of_a_source_are_obeyed(project: Path) -> None:
    (project / "inputs" / "desk.csv").write_text(TABLE.replace("date", "day", 1))
    with (project / "incidentmap.toml").open("a") as stream:
        stream.write(
            '[[sources]]\npaths = ["inputs/desk.csv"]\nname = "unit"\npublisher = "Field unit"\n'
            'licence = "CC0-1.0"\ncolumns = { date = "day" }\n'
        )

    built(project)

    reports = read_kept(project / "outputs" / "private" / "reports.parquet")
    assert {"unit:1", "unit:2"} < set(reports["incident_id"])
    unit = reports.set_index("incident_id").loc["unit:1"]
    assert json.loads(unit["sources"])[0]["publisher"] == "Field unit"
    assert str(unit["date_start"])[:10] == "2024-05-20"
    outputs = project / "outputs"
    # Nothing of the unit is published: that it speaks at all is a secret.
    assert "Field unit: CC0-1.0" in (outputs / "private" / "incidents.geojson").read_text()
    for path in (outputs / "public").iterdir():
        assert b"Field unit" not in path.read_bytes(), path.name
    decide(project, edit("unit:1", "verification", "verified"))
    built(project)
    assert "Field unit: CC0-1.0" in (outputs / "public" / "incidents.geojson").read_text()


def test_sites_of_the_project_come_first_and_no_others(project: Path, own_folder: Path) -> None:
    (project / "sites.csv").write_text("name,lon,lat\nMosul,43.2,36.3\nNowhere,999,1\n")
    told: list[str] = []

    built(project, warn=told.append)

    assert told == ["sites.csv, line 3: longitude 999, latitude 1 is not on the earth"]
    incidents = incidents_of(project).set_index("incident_id")
    assert incidents.loc["desk:1", "place_id"].startswith("site:sites/")
    assert not own_folder.exists()


def test_folders_and_patterns_name_inputs_and_never_the_projects_own_files(
    project: Path,
) -> None:
    (project / "more").mkdir()
    (project / "more" / "a[1].txt").write_text("A storm in Tripoli on 9 May 2024 killed one.")
    (project / "more" / ".hidden.txt").write_text("A storm in Tripoli on 8 May 2024 killed one.")
    for paths in ('"**/*"', '"inputs", "more/a[1].txt"', '"inputs/", "more/**"'):
        (project / "incidentmap.toml").write_text(f"[[sources]]\npaths = [{paths}]\n")

        found = plan_build(project).found

        assert [one.path for one in found.inputs] == [
            "inputs/desk.csv", "inputs/flood.txt", "inputs/herald.txt", "inputs/post.txt",
            "more/a[1].txt",
        ]  # fmt: skip
        assert (found.idle, found.left_out) == ((), {})


def test_the_last_source_that_names_a_file_says_what_it_is(project: Path) -> None:
    (project / "incidentmap.toml").write_text(
        '[[sources]]\npaths = ["inputs/**/*", "no/*.txt"]\npublisher = "All"\n'
        '[[sources]]\npaths = ["inputs/p*.txt"]\npublisher = "Post"\npublished = 2024-05-04\n'
        '[[sources]]\npaths = ["inputs/flood.txt"]\nreads = "table"\n'
    )

    found = plan_build(project).found

    said = {one.path[7:]: (one.source.publisher, one.is_article) for one in found.inputs}
    assert said == {
        "desk.csv": ("All", False), "flood.txt": ("", False), "herald.txt": ("All", True),
        "post.txt": ("Post", True),
    }  # fmt: skip
    assert found.idle == ("no/*.txt",)


def test_rows_that_must_not_be_passed_on_are_told(project: Path) -> None:
    header = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,country,iso,"
    header += "sub_event_type,actor1,inter1,location,latitude,longitude,geo_precision,source,notes,"
    header += "fatalities,timestamp\n"
    row = "JOR1,2024-05-09,2024,1,Demonstrations,Protests,Jordan,400,Peaceful protest,Protesters,6,"
    row += "Maan,30.19,35.73,1,Press,A crowd marched.,0,1715300000\n"
    (project / "inputs" / "export.csv").write_text(header + row)
    replace_in(project, 'verification = "corroborated"', 'verification = "unverified"')
    told: list[str] = []

    result = built(project, warn=told.append)

    assert [sentence.partition(":")[0] for sentence in told] == ["inputs/export.csv"]
    assert "its terms forbid to pass its rows on, and some are in outputs/public" in told[0]
    assert result.counts["published"]["public"] == 5


def test_a_report_that_joined_by_itself_is_not_published_unseen(project: Path) -> None:
    reports = read_kept(project / "outputs" / "private" / "reports.parquet").set_index("input")
    fire, joined = (
        str(reports.loc[f"inputs/{name}.txt", "incident_id"]) for name in ("post", "herald")
    )
    status = edit(fire, "verification", "verified")
    decide(project, status)
    told: list[str] = []

    result = build_project(project, telling=Telling(warn=told.append))

    assert result is not None
    assert result.counts["published"]["public"] == 1
    (private,) = [one for one in incidents_of(project).to_dict("records") if one["reports"] == 2]
    (sentence,) = told
    assert sentence.startswith(f"{private['incident_id']}: {joined} joined it by likeness alone")
    changes = (project / "outputs" / "private" / "changes.md").read_text(encoding="utf-8")
    assert (
        f"## Not in the public files\n\n- **{private['incident_id']}** without {joined}" in changes
    )
    public = project / "outputs" / "public"
    (shown,) = json.loads((public / "incidents.geojson").read_text())["features"]
    assert shown["properties"]["incident_id"] == fire
    assert shown["properties"]["verification"] == "verified"
    assert shown["properties"]["reports"] == 1
    assert shown["properties"]["fatalities_best"] == 4
    for path in public.iterdir():
        assert joined.encode() not in path.read_bytes(), path.name
        assert b"nine" not in path.read_bytes(), path.name
        if path.suffix in {".geojson", ".gpkg"}:
            assert b"post.txt" not in path.read_bytes(), path.name
    note = (public / "completeness.md").read_text(encoding="utf-8")
    assert "- 1 report left out: joined by likeness alone, not confirmed" in note

    decide(project, status, f"merge,{fire},{joined},,,,,,,,,,,,")
    told.clear()
    assert build_project(project, telling=Telling(warn=told.append)) is not None
    assert told == []
    (shown,) = json.loads((public / "incidents.geojson").read_text())["features"]
    assert shown["properties"]["reports"] == 2
    assert shown["properties"]["fatalities_high"] == 5
