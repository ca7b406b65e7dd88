"""Points that part thousands, and commas that part decimals, as the table has them."""

from pathlib import Path

import pytest

import geo

GERMAN = """Ort;Breite;Länge;Tote;Verletzte
Köln;50,94;6,96;1.200;2,0
Bonn;50,73;7,10;1.000;12.000.000
Ulm;48,40;9,99;3;1,5
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(GERMAN, encoding="utf-8")
    return path


def test_decimal_commas_say_what_a_point_means(path: Path) -> None:
    table = geo.read_incidents(path)

    assert table["fatalities_best"].tolist() == [1_200, 1_000, 3]
    assert table["injured"].fillna(-1).tolist() == [2, 12_000_000, -1]
    assert table["reason"][2].endswith("Verletzte “1,5” is not a number of people")


def test_where_nothing_says_it_the_point_stays_open(path: Path) -> None:
    text = GERMAN.replace("50,94", "50.94").replace("50,73", "50.73").replace("48,40", "48.40")
    path.write_text(text.replace("6,96", "6.96").replace("7,10", "7.10").replace("9,99", "9.99"))

    table = geo.read_incidents(path)

    assert table["fatalities_best"].fillna(-1).tolist() == [-1, -1, 3]
    assert "Tote “1.000” is not a number of people" in table["reason"][1]


def test_batches_read_numbers_alike(path: Path) -> None:
    whole = geo.read_incidents(path)

    joined = [count for batch in geo.read_batches(path) for count in batch["fatalities_best"]]

    assert joined == whole["fatalities_best"].tolist()
