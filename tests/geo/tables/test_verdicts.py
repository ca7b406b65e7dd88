"""A field officer's messy sheet: every row has one verdict, and its own cells."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import xlsxwriter

import geo
from geo.geodesy import geod
from geo.reading.incidents import Reading, read_table
from geo.reading.report import describe_reading, report_lines
from geo.reading.verdicts import count_verdicts

HEADER = ["المكان", "التاريخ", "القتلى", "الإحداثيات", "الدولة"]
#: Cells of a row, its verdict, and where it is.
ROWS = [
    (
        ["بغداد", "٢٨/٠١/٢٠٢٤", "٣", "33°18'29.9\"N 44°21'57.9\"E", "العراق"],
        "parsed",
        (44.3661, 33.3083),
    ),
    (["", "17 رجب 1445", "", "37S DS 72464 85504", ""], "parsed", (38.7042, 33.3083)),
    (["بغداد", "29/01/2024", "1", "38SMB4099486410", "العراق"], "parsed", (44.3661, 33.3152)),
    (["دير الزور", "30/01/2024", "2", "", "سوريا"], "geocoded", None),
    (["إدلب", "31/01/2024", "0", "", "سوريا"], "geocoded", None),
    (["صنعاء", "01/02/2024", "1", "", "اليمن"], "geocoded", None),
    (["", "02/02/2024", "1", "36 52,5 N", "سوريا"], "suspicious", None),
    (["", "02/02/2024", "1", "8G5C3V6M+9X", ""], "parsed", None),
    (["", "03/02/2024", "1", "44.366, 33.315", "العراق"], "suspicious", None),
    (["", "03/02/2024", "dozens", "0,0", "العراق"], "suspicious", None),
    (["", "", "", "", "العراق"], "geocoded", None),
    (["قرية لا يعرفها أحد", "04/02/2024", "", "", ""], "failed", None),
    (["بغداد", "04/02/2024", "", "36.2021, 37.1343", ""], "parsed", (37.1343, 36.2021)),
]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("sheet") / "field.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("تقرير")
    sheet.merge_range(0, 0, 0, 4, "تقرير الحوادث")
    sheet.write_row(2, 0, HEADER)
    for number, (cells, _, _) in enumerate(ROWS, start=3):
        sheet.write_row(number, 0, cells)
    book.close()
    return read_table(path)


@pytest.fixture(scope="module")
def placed(reading: Reading) -> gpd.GeoDataFrame:
    return geo.geocode(reading.incidents)


def test_every_row_has_the_planted_verdict(placed: gpd.GeoDataFrame) -> None:
    assert geo.find_verdicts(placed).tolist() == [verdict for _, verdict, _ in ROWS]
    assert sum(count_verdicts(placed).values()) == len(ROWS)


def test_positions_are_right_within_metres(placed: gpd.GeoDataFrame) -> None:
    for point, (cells, _, expected) in zip(placed.geometry, ROWS, strict=True):
        if expected is not None:
            away_m = geod().inv(*shapely.get_coordinates(point)[0], *expected)[2]
            assert away_m < 40, cells


def test_the_original_cells_are_kept(placed: gpd.GeoDataFrame) -> None:
    own = placed[[f"native_{name}" for name in HEADER]].fillna("").to_numpy().tolist()

    assert own == [cells for cells, _, _ in ROWS]


def test_digits_and_calendars_of_the_sheet_are_read(reading: Reading) -> None:
    table = reading.incidents

    geo.validate(table)
    assert table["fatalities_best"].iloc[0] == 3
    assert table["date_start"].iloc[0].date().isoformat() == "2024-01-28"
    assert table["date_precision"].tolist()[:2] == ["day", "range"]


@pytest.mark.parametrize("rows", [[], [["2024-01-28", "4308000", "3939000"]]])
def test_the_report_of_rows_without_a_point_has_no_bounds(rows: list[list[str]]) -> None:
    table = pd.DataFrame(rows, columns=["date", "x", "y"], dtype="str")

    report = describe_reading(read_table(table))

    assert (report["bounds"], report["mapped"], report["rows"]) == (None, 0, len(rows))
    assert list(report_lines(report))


def test_the_report_adds_up_and_names_rows(reading: Reading) -> None:
    report = describe_reading(reading)

    assert report["mapped"] + report["unmapped"] + report["rejected"] == report["rows"] == len(ROWS)
    assert report["verdicts"] == {
        "parsed": 5, "geocoded": 4, "ambiguous": 0, "suspicious": 3, "failed": 1,
    }  # fmt: skip
    assert {column["column"]: column["field"] for column in report["columns"]} == dict(
        zip(HEADER, ["place", "date", "fatalities_best", "coordinates", "country"], strict=True)
    )
    # Rows as the sheet numbers them: the first one with cells is the fourth.
    assert {problem["row"] for problem in report["problems"]} == {10, 12, 13, 15}
    assert "No place named" in next(one["what"] for one in report["problems"] if one["row"] == 15)
    assert [(check["row"], check["check"]) for check in report["checks"]] == [
        (10, "country"),
        (12, "country"),
        (16, "place"),
    ]
    said = "\n".join(report_lines(report))
    assert "row 13: " in said
    assert "“dozens” is not a number" in said
    assert "km from “بغداد”" in said
