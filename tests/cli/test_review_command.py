"""`incidentmap review`: a project or a table to a page, and what it says of itself."""

from pathlib import Path

import pytest

from geo.geocoding.overrides.replay import read_overrides
from tests.cli.command_line import run

TABLE = "id,place,country\na,Springfield,\nb,Baghdad,Iraq\n"


@pytest.fixture
def places(tmp_path: Path) -> Path:
    path = tmp_path / "places.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_becomes_a_page_of_what_is_open_in_it(places: Path) -> None:
    page = places.with_name("review.html")
    found = run("review", places, "-o", page, "--language", "ar", "--title", "Desk")
    assert (found.returncode, found.stdout) == (0, f"{page}\n")
    assert "1 item to decide: 1 ambiguous." in found.stderr
    html = page.read_text(encoding="utf-8")
    assert ('<html lang="ar" dir="rtl">' in html, "<title>Desk</title>" in html) == (True, True)
    again = run("review", places, "-o", page)
    assert (again.returncode, "say --overwrite" in again.stderr) == (1, True)
    overrides = places.with_name("overrides.csv")
    overrides.write_text("incident_id,place\na,Baghdad\n", encoding="utf-8")
    placed = run("review", places, "-o", page, "--overrides", overrides, "--overwrite")
    assert "Nothing waits for a person." in placed.stderr


def test_a_project_is_reviewed_as_its_last_build_left_it(places: Path, tmp_path: Path) -> None:
    project, page = tmp_path / "strikes", tmp_path / "review.html"
    run("init", project)
    (project / "inputs" / places.name).write_text(TABLE, encoding="utf-8")
    early = run("review", project, "-o", page)
    assert (early.returncode, page.exists()) == (1, False)
    assert f"run “incidentmap build {project}” first" in early.stderr
    assert run("build", project).returncode == 0
    built = run("review", project, "-o", page)
    assert built.stderr == "2 items to decide: 1 ambiguous, 1 to be verified.\n"
    assert "<title>Incidents</title>" in page.read_text(encoding="utf-8")
    overrides = project / "overrides.csv"
    with overrides.open("a", encoding="utf-8") as stream:
        names = overrides.read_text("utf-8").splitlines()[0].split(",")
        seen = {"action": "seen", "incident_id": "places:a", "field": "ambiguous"}
        stream.write(",".join(seen.get(name, "") for name in names) + "\n")
    # What was seen places nothing and contradicts nothing.
    assert list(read_overrides(overrides).lines) == []
    changed = run("review", project, "-o", page, "--overwrite")
    assert "has changed since its last build" in changed.stderr
    assert "2 items to decide: 2 to be verified." in changed.stderr
    wrong = run("review", project, "-o", page, "--overrides", overrides)
    assert (wrong.returncode, "its own overrides.csv" in wrong.stderr) == (2, True)
