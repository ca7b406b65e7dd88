"""A point outside the country that its row states is in doubt, for whoever reads the row."""

import json
from pathlib import Path

import pandas as pd
import pytest

import geo
from geo.reading.incidents import read_table
from geo.reading.report import describe_reading

COLUMNS = ["id", "country", "lat", "lon"]
EXCHANGED = ["exchanged", "Yemen", "44.2066", "15.3543"]
SIGN = ["sign", "Iraq", "33.3152", "-44.3661"]
RIGHT = ["right", "Jordan", "33.306", "38.703"]
SILENT = ["silent", "", "44.2066", "15.3543"]
ROWS = [EXCHANGED, SIGN, RIGHT, SILENT]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    pd.DataFrame(ROWS, columns=COLUMNS).to_csv(path, index=False)
    return path


def test_exchanged_numbers_and_a_wrong_sign_are_proposed(path: Path) -> None:
    read = geo.read_incidents(path)

    assert read["status"].tolist() == ["suspicious", "suspicious", "located", "located"]
    assert read["reason"][0].endswith(
        "The position does not lie in YEM; perhaps 15.3543, 44.2066, which lies in Yemen"
    )
    assert json.loads(read["candidates"][1])[0] == {
        "country_a3": "IRQ", "lat": 33.3152, "lon": 44.3661,
    }  # fmt: skip
    # Nothing is repaired.
    assert (read.geometry.x[0], read.geometry.y[0]) == (15.3543, 44.2066)
    geo.validate(read)


def test_the_report_the_geocoder_and_the_joins_agree(path: Path) -> None:
    verdicts = ["suspicious", "suspicious", "parsed", "parsed"]
    placed = geo.geocode(geo.read_incidents(path))

    assert geo.find_verdicts(placed).tolist() == verdicts
    assert geo.find_verdicts(geo.add_countries(placed)).tolist() == verdicts
    report = describe_reading(read_table(path))
    assert (report["verdicts"]["suspicious"], report["verdicts"]["parsed"]) == (2, 2)
    assert [problem["row"] for problem in report["problems"]] == [2, 3]


def test_a_conflict_is_told_once(path: Path) -> None:
    joined = geo.add_countries(geo.geocode(geo.read_incidents(path)))

    assert joined["reason"][0].endswith(
        "The position does not lie in YEM; perhaps 15.3543, 44.2066, which lies in Yemen. "
        "The point lies in Croatia"
    )
    assert not joined["reason"].str.contains("Given as in").any()


def test_batches_of_a_file_are_judged_alike(path: Path) -> None:
    whole, batches = geo.read_incidents(path), list(geo.read_batches(path))
    sound = geo.read_incidents(pd.DataFrame([RIGHT], columns=COLUMNS))

    pd.testing.assert_frame_equal(pd.DataFrame(batches[0]), pd.DataFrame(whole))
    assert list(sound.columns) == list(whole.columns)


def test_a_point_within_reach_of_its_country_is_in_no_doubt() -> None:
    # A kilometre and a half beyond the border of Jordan, read off a map to the kilometre.
    table = pd.DataFrame([["a", "Syria", "33.306", "38.703"]], columns=COLUMNS)

    wide = geo.read_incidents(table.assign(radius_m="50000"))
    narrow = geo.read_incidents(table.assign(radius_m="100"))

    assert (wide["status"][0], narrow["status"][0]) == ("located", "suspicious")
