"""Slips in a file of overrides that would put incidents elsewhere, or nowhere, are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import geo
from geo.errors import SchemaError
from geo.geocoding.overrides.replay import check_overrides, read_overrides

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            {"lon": "45", "lat": "16", "country": "Brazil"},
            r"line 1: lon 45.0, lat 16.0 lie in Yemen, but its country is BRA",
        ),
        (
            {"place_id": "geonames:250441", "country": "Brazil"},
            r"line 1: geonames:250441 is Amman in JOR, not in BRA",
        ),
        ({"place_id": "geonames:250441", "country": "Qurx"}, "no country named “Qurx”"),
    ],
)
def test_a_line_that_contradicts_itself_is_told(line: dict[str, str], words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        read_overrides(pd.DataFrame([{"place_text": "Salem"} | line]))


@pytest.mark.parametrize(
    "line",
    [
        {"lon": "45", "lat": "16", "country": "Yemen"},
        {"lon": "52", "lat": "13", "country": "Yemen"},
        {"lon": "45", "lat": "16"},
        {"place_id": "geonames:250441", "country": "Jordan"},
    ],
)
def test_a_line_that_agrees_with_itself_is_read(line: dict[str, str]) -> None:
    (found,) = read_overrides(pd.DataFrame([{"place_text": "Salem"} | line])).lines

    assert found.answer is not None


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("place_text,plce", "no column “plce”; expected place"),
        ("place_text,place,Lon", "no column “Lon”; expected lon"),
        ("place_text,longitude,latitude", "“longitude”, “latitude” says a place; expected one of"),
        ("place_text;place", "put commas between the columns"),
        ("place_text\tplace", "put commas between the columns"),
        ("place_text,place, place", "the column place stands there twice"),
    ],
)
def test_a_misspelt_column_is_told(tmp_path: Path, header: str, words: str) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text(f"{header}\nDepot,Basra\n")

    with pytest.raises(SchemaError, match=words):
        read_overrides(path)


def test_blanks_around_names_and_own_columns_are_no_slips(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text("place_text, place ,who,rows,reason\nDepot,Baghdad,Ada,2,x\n")

    (line,) = read_overrides(path).lines

    assert line.answer is not None
    assert line.answer["place"] == "Baghdad"


@pytest.mark.parametrize("identifiers", [[7.0, float("nan")], [7, 8], ["7", "8"]])
def test_an_identifier_fits_whatever_pandas_makes_of_it(
    tmp_path: Path, identifiers: list[Any]
) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text("incident_id,place\n7,Basra\n")
    rows = pd.DataFrame({"incident_id": identifiers, "place_text": ["Depot", "Depot"]})

    assert check_overrides(rows, path)["use"].tolist() == ["used"]
    as_table = pd.DataFrame({"incident_id": [7.0, None], "place": ["Basra", None]})
    assert check_overrides(rows.astype({"incident_id": "str"}).replace("7.0", "7"), as_table)[
        "use"
    ].tolist() == ["used"]


def test_a_note_is_one_line_that_no_terminal_obeys() -> None:
    line = pd.DataFrame(
        {"place_text": ["HQ"], "place": ["Basra"], "note": ["by\x1b[31m \u202ephone"]}
    )

    reason = geo.geocode(pd.DataFrame({"place_text": ["HQ"]}), overrides=line)["reason"].iloc[0]

    assert reason == "place assigned by editor: by\ufffd[31m \ufffdphone"
