"""Who speaks for each region and month, what is left out, and numbers that jump."""

import json

import pandas as pd
import pytest

from geo.collection.completeness.jumps import find_jumps
from geo.collection.completeness.note import LeftOut, completeness_csv, completeness_markdown
from geo.collection.completeness.speakers import Cell, count_cells


def reports_of(*said: tuple[str, str, list[str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Incidents of one report each: day, province, publishers."""
    ids = [f"r{number}" for number in range(len(said))]
    incidents = pd.DataFrame(
        {
            "incident_id": ids,
            "date_start": pd.to_datetime([day or None for day, _, _ in said]),
            "country": ["Jordan" if place else None for _, place, _ in said],
            "admin1": [place or None for _, place, _ in said],
            "report_ids": [json.dumps([one]) for one in ids],
        }
    )
    sources = [json.dumps([{"publisher": name} for name in names]) for _, _, names in said]
    reports = pd.DataFrame({"incident_id": ids, "sources": sources, "input": "desk.csv"})
    return incidents, reports


def test_regions_and_months_have_their_sources() -> None:
    incidents, reports = reports_of(
        ("2024-01-05", "Mafraq", ["Post"]),
        ("2024-01-31", "Mafraq", ["Post", "Herald"]),
        ("2024-02-01", "Mafraq", []),
        ("", "Amman", ["Post"]),
        ("2024-02-02", "", ["Herald"]),
    )

    cells = count_cells(incidents, reports)

    assert [cell[:5] for cell in cells] == [
        ("Jordan, Amman", "no date", 1, 1, 1),
        ("Jordan, Mafraq", "2024-01", 2, 2, 2),
        ("Jordan, Mafraq", "2024-02", 1, 1, 1),
        ("not placed", "2024-02", 1, 1, 1),
    ]
    assert cells[2].first == ("desk.csv",)
    assert completeness_csv(cells).splitlines()[2] == '"Jordan, Mafraq",2024-01,2,2,2'


def test_a_merged_incident_has_several_reports() -> None:
    incidents, reports = reports_of(("2024-01-05", "Mafraq", ["Post"]), ("", "", ["Herald"]))
    merged = incidents.head(1).assign(report_ids='["r0","r1"]')

    assert [cell[:5] for cell in count_cells(merged, reports)] == [
        ("Jordan, Mafraq", "2024-01", 1, 2, 2)
    ]
    assert count_cells(merged.head(0), reports.head(0)) == []


@pytest.mark.parametrize(
    ("cells", "jumps"),
    [
        ([Cell("A", "2024-01", 2, 2, 1, 2, ()), Cell("A", "2024-02", 8, 8, 2, 5, ("p",))], 1),
        # The same rise, told by those who spoke before.
        ([Cell("A", "2024-01", 2, 2, 1, 2, ()), Cell("A", "2024-02", 8, 8, 2, 1, ("p",))], 0),
        # Too few to tell; less than twice as many.
        ([Cell("A", "2024-01", 1, 1, 1, 1, ()), Cell("A", "2024-02", 3, 3, 2, 2, ("p",))], 0),
        ([Cell("A", "2024-01", 9, 9, 1, 9, ()), Cell("A", "2024-02", 14, 14, 2, 5, ("p",))], 0),
        # A month without incidents lies between.
        ([Cell("A", "2023-11", 9, 9, 1, 9, ()), Cell("A", "2024-02", 5, 5, 2, 5, ("p",))], 1),
        # Another region; no date.
        ([Cell("A", "2024-01", 1, 1, 1, 1, ()), Cell("B", "2024-02", 9, 9, 2, 9, ("p",))], 0),
        ([Cell("A", "2024-01", 1, 1, 1, 1, ()), Cell("A", "no date", 9, 9, 2, 9, ("p",))], 0),
    ],
)
def test_numbers_that_jump_because_somebody_new_speaks(cells: list[Cell], jumps: int) -> None:
    assert len(list(find_jumps(cells))) == jumps


def test_a_jump_says_who_is_new() -> None:
    said = [("2023-12-05", "Mafraq", ["Post"])]
    said += [("2024-01-05", "Mafraq", ["Desk"])] * 5 + [("2024-01-06", "Mafraq", ["Post"])]
    cells = count_cells(*reports_of(*said))

    note = completeness_markdown(cells, LeftOut({"unverified": 2}, 1, {}, {}), total=7)

    assert (
        "- Jordan, Mafraq, 2024-01: 6 incidents after 1 in 2023-12; 5 of them only by Desk, first "
        "heard here this month."
    ) in note
    assert "- 2 incidents held back: unverified\n" in note
    assert "- 1 incident in no known place, on no map\n" in note
    assert "| Jordan, Mafraq | 2024-01 | 6 | 6 | 2 |" in note
    assert "Nothing." in completeness_markdown([], LeftOut(), total=0)
