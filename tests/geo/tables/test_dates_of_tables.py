"""Dates of tables: their order, serial numbers, other languages and other calendars."""

import pandas as pd
import pytest

import geo


def read(*cells: str | float, **said: bool | None) -> pd.DataFrame:
    table = pd.DataFrame({"place": "Amman", "date": pd.Series(cells, dtype=object)})
    return geo.read_incidents(table, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("28 janvier 2024", "2024-01-28"),
        ("28. Januar 2024", "2024-01-28"),
        ("28 de enero de 2024", "2024-01-28"),
        ("domingo, 28 enero 2024", "domingo"),
        ("28 января 2024 г.", "2024-01-28"),
        ("28 січня 2024 року", "2024-01-28"),
        ("28 Şubat 2024", "2024-02-28"),
        ("28 AĞUSTOS 2024", "2024-08-28"),
        ("٢٨ يناير ٢٠٢٤", "2024-01-28"),
        ("٢٨ كانون الثاني ٢٠٢٤", "2024-01-28"),
        ("28 ژانویه 2024", "2024-01-28"),
        ("28.01.2024 14:30", "2024-01-28"),
        ("Sunday, 28 January 2024 6:00 PM", "2024-01-28"),
        ("45319", "2024-01-28"),
        ("45319.75", "2024-01-28"),
    ],
)
def test_days_are_read_as_they_are_written(cell: str, expected: str) -> None:
    day = expected if expected != "domingo" else "2024-01-28"

    incident = read(cell).iloc[0]

    assert (incident["date_start"], incident["date_precision"]) == (pd.Timestamp(day), "day")


@pytest.mark.parametrize(
    "cell", ["1402/11/08", "28/01/24", "2024-02-31", "31 Feb 2024", "99999", "2"]
)
def test_what_may_be_another_day_is_not_guessed(cell: str) -> None:
    incident = read(cell).iloc[0]

    assert pd.isna(incident["date_start"])
    assert f"date “{cell}” is not understood" in incident["reason"]


@pytest.mark.parametrize(
    "cell", ["17 رجب 1445", "١٧ رجب ١٤٤٥ هـ", "17/07/1445", "17 Rajab 1445 AH"]
)
def test_islamic_dates_hold_the_day_and_its_neighbours(cell: str) -> None:
    incident = read(cell).iloc[0]

    # The day by the calendar of Umm al-Qura.
    assert incident["date_start"] <= pd.Timestamp("2024-01-29") <= incident["date_end"]
    assert incident["date_precision"] == "range"
    assert "Islamic calendar" in incident["date_note"]


def test_one_date_decides_the_order_of_a_file() -> None:
    assert read("03/04/2024", "28/01/2024")["date_start"].dt.month.tolist() == [4, 1]
    assert read("03/04/2024", "01/28/2024")["date_start"].dt.month.tolist() == [3, 1]


def test_an_order_that_nothing_tells_is_asked_for() -> None:
    undecided = read("03/04/2024", "05/05/2024")

    assert undecided["date_start"].isna().tolist() == [True, False]
    assert "say --day-first or --month-first" in undecided["reason"].iloc[0]
    assert read("03/04/2024", day_first=True)["date_start"].dt.month.tolist() == [4]
    assert read("03/04/2024", day_first=False)["date_start"].dt.month.tolist() == [3]


def test_a_file_of_two_orders_is_not_decided() -> None:
    mixed = read("13/01/2024", "01/13/2024", "03/04/2024")

    assert mixed["date_start"].isna().tolist() == [False, False, True]


def test_dates_of_a_column_with_instants_keep_their_written_day() -> None:
    table = read("2024-01-28T23:30:00-05:00", "1706400000", "2024-01-28 00:00:00.000", "20240128")

    assert table["date_start"].dt.day.tolist() == [28] * 4
    assert table["time_utc"].dt.day.fillna(0).tolist() == [29, 28, 0, 0]
