"""The sums below a table are no incidents; places and reports that bear such a word are."""

from pathlib import Path

import pandas as pd
import pytest

import geo
from geo.reading.incidents import read_table
from geo.reading.report import describe_reading
from tests.provider_files import gtd_table

COLUMNS = ["date", "place", "killed", "lat", "lon"]
INCIDENT = ["2024-01-28", "Tower 22", "3", "33.306", "38.703"]


def _faults(*rows: list[str | None], columns: list[str] | None = None) -> list[bool]:
    table = pd.DataFrame(rows, columns=columns or COLUMNS, dtype="str")
    faults = read_table(table).raw.faults
    return [False] * len(rows) if faults is None else faults.notna().tolist()


@pytest.mark.parametrize(
    "word",
    ["Total", "TOTAL:", "Grand total", "Sub-total", "Total (n=12)", "Somme", "Suma", "Totais",
     "Insgesamt", "Итого", "Усього", "Genel Toplam", "المجموع", "جمع کل", "合计"],
)  # fmt: skip
def test_a_row_of_sums_is_rejected_and_says_so(word: str) -> None:
    table = pd.DataFrame([INCIDENT, ["", word, "1,203", "", ""]], columns=COLUMNS)

    reading = read_table(table)
    report = describe_reading(reading)

    assert (report["mapped"], report["unmapped"], report["rejected"]) == (1, 0, 1)
    assert report["verdicts"]["failed"] == 1
    assert report["problems"] == [
        {"row": 2, "what": f"the row is no incident: it sums up others (“{word}”)"}
    ]
    # Nothing of it counts, but its own cells are kept.
    assert reading.incidents["fatalities_best"].sum() == 3
    assert reading.incidents["native_killed"].tolist() == ["3", "1,203"]
    assert geo.geocode(reading.incidents)["status"].tolist() == ["located", "unlocated"]
    geo.validate(reading.incidents)


@pytest.mark.parametrize(
    "row",
    [
        ["2024-01-28", "Total", "3", None, None],
        [None, "Total", "3", "33.3", "38.7"],
        [None, "Total Station", "3", None, None],
        [None, "Total", "three", None, None],
        [None, "12", "3", None, None],
        [None, None, None, None, None],
    ],
)
def test_where_it_is_not_sure_the_row_is_an_incident(row: list[str | None]) -> None:
    assert _faults(INCIDENT, row) == [False, False]


def test_a_named_country_makes_a_place_of_the_word() -> None:
    columns = ["place", "country", "killed"]

    assert _faults(["Sum", "Ukraine", "2"], ["Sum", None, "2"], columns=columns) == [False, True]


def test_batches_and_providers_reject_them_as_well(tmp_path: Path) -> None:
    path = tmp_path / "gtd.csv"
    table = gtd_table(3)
    total = dict.fromkeys(table.columns, "") | {"eventid": "Total", "nkill": "99"}
    pd.concat([table, pd.DataFrame([total])]).to_csv(path, index=False)

    batches = pd.concat(geo.read_batches(path))

    assert batches["reason"].iloc[3] == "the row is no incident: it sums up others (“Total”)"
    assert batches["fatalities_best"].isna().iloc[3]
    assert geo.read_incidents(path)["reason"].iloc[3] == batches["reason"].iloc[3]


@pytest.mark.parametrize("column", ["date", "place"])
def test_the_word_may_stand_where_a_date_does(column: str) -> None:
    total = ["", "", "3", "", ""]
    total[COLUMNS.index(column)] = "Total"
    assert _faults(INCIDENT, total) == [False, True]
    # A date that cannot be read is no sum.
    assert _faults(INCIDENT, ["late January", "Amman", "3", "", ""]) == [False, False]
