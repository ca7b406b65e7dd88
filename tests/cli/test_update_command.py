"""`incidentmap update`: a later file into an earlier one, again and again."""

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from geo.errors import RestrictedRowsWarning
from incidentmap.cli import group
from tests.provider_files import acled_table, cap_alert, geojson, quakes


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["update", *map(str, arguments)])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    first, second = acled_table(2025, 12), acled_table(2025, 6, first=9)
    second.loc[0, ["fatalities", "timestamp"]] = ["99", "1800000000"]
    paths = tmp_path / "january.csv", tmp_path / "february.csv", tmp_path / "deleted.csv"
    for table, path in zip((first, second), paths, strict=False):
        table.to_csv(path, index=False)
    paths[2].write_text("event_id_cnty,deleted_timestamp\nSYR0,1800000000\n", encoding="utf-8")
    return paths


def test_a_later_file_adds_changes_and_removes(
    files: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    old, new, deleted = files
    out, changes = tmp_path / "now.geojson", tmp_path / "changes.csv"

    with pytest.warns(RestrictedRowsWarning, match="ACLED"):
        result = run(old, new, "--deleted", deleted, "-o", out, "--changes", changes)

    assert result.exit_code == 0, result.output
    assert result.stderr.startswith("+3 ~1 -1: 14 incidents.\n")
    rows = changes.read_text("utf-8").splitlines()
    assert rows[0] == "incident_id,change,why"
    assert "SYR0,removed,deleted by the provider" in rows
    features = json.loads(out.read_text("utf-8"))["features"]
    killed = [feature["properties"]["fatalities_best"] for feature in features]
    assert killed.count(99) == 1


def test_an_update_goes_on_from_what_an_update_has_written(
    files: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    old, new, deleted = files
    first, second = tmp_path / "first.geojson", tmp_path / "second.geojson"
    with pytest.warns(RestrictedRowsWarning):
        run(old, new, "--deleted", deleted, "-o", first)
    with pytest.warns(RestrictedRowsWarning):
        again = run(first, new, "-o", second)

    assert again.exit_code == 0, again.output
    assert again.stderr.startswith("+0 ~0 -0: 14 incidents.\n")
    assert (
        json.loads(second.read_text("utf-8"))["features"]
        == (json.loads(first.read_text("utf-8"))["features"])
    )


def test_withdrawn_earthquakes_and_replaced_alerts_leave(tmp_path: Path) -> None:
    document = quakes(6)
    document["features"][3]["properties"]["status"] = "reviewed"
    old, new = tmp_path / "old.geojson", tmp_path / "new.geojson"
    old.write_bytes(geojson(document))
    new.write_bytes(geojson(quakes(6)))
    assert run(old, new, "-o", tmp_path / "a.geojson").stderr.startswith("+0 ~0 -1: 5 ")

    reference = "<references>warn@example.org,A1,2024-01-28T23:30:00-08:00</references>"
    area = "<circle>33.3,38.7 5</circle>"
    alert, update = tmp_path / "alert.xml", tmp_path / "update.xml"
    alert.write_text(cap_alert("A1", areas=area), encoding="utf-8")
    later = cap_alert("A2", message="Update", areas=area, more=reference)
    update.write_text(later, encoding="utf-8")
    assert run(alert, update, "-o", tmp_path / "b.geojson").stderr.startswith("+1 ~0 -1: 1 ")


def test_what_cannot_be_read_is_told(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, new, _ = files
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    out = tmp_path / "out.geojson"

    assert "no column of identifiers among a, b" in str(
        run(old, new, "--deleted", wrong, "-o", out).exception
    )
    assert "does not fit the profile gtd" in str(
        run(old, new, "--profile", "gtd", "-o", out).exception
    )
    assert not out.exists()


def test_sheets_that_are_not_read_and_repeats_are_told(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.xlsx"
    row = acled_table(2025, 1)
    row.to_csv(old, index=False)
    edited = row.assign(timestamp="1800000000")
    with pd.ExcelWriter(new, engine="xlsxwriter") as book:
        pd.concat([row, edited]).to_excel(book, sheet_name="June", index=False)
        row.to_excel(book, sheet_name="July", index=False)

    with pytest.warns(RestrictedRowsWarning):
        result = run(old, new, "-o", tmp_path / "now.geojson")

    assert result.exit_code == 0, result.output
    assert "new.xlsx: only June is read; not read: July." in result.stderr
    assert "the newest edit of each counts: SYR0." in result.stderr
    assert "+0 ~1 -0: 1 incident." in result.stderr


def test_deletions_reach_the_new_file_and_those_of_nothing_are_told(
    files: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    old, new, deleted = files
    out, again = tmp_path / "now.geojson", tmp_path / "again.geojson"
    # A list without a header: the first stands in the later file alone.
    later = pd.read_csv(new)["event_id_cnty"].iloc[-1]
    deleted.write_text(f"{later}\nSYR0\nSYR9999\n", encoding="utf-8")

    with pytest.warns(RestrictedRowsWarning):
        first = run(old, new, "--deleted", deleted, "-o", out)
    with pytest.warns(RestrictedRowsWarning):
        second = run(out, new, "--deleted", deleted, "-o", again)

    assert "Named as deleted, but in neither file (1): SYR9999.\n" in first.stderr
    assert "+2 ~1 -1: 13 incidents.\n" in first.stderr
    assert "+0 ~0 -0: 13 incidents.\n" in second.stderr
