"""Workbooks: sheets, typed cells, merged titles, and what is too large to open."""

import datetime as dt
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import geo
from geo.errors import MissingExtraError, ReadError
from geo.reading.incidents import read_table
from geo.reading.options import ReadOptions

ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="May">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
CELL = (
    '<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'
)


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def ods(path: Path, *rows: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows="".join(rows)))
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{MANIFEST}"/>',
        )
    return path


def ods_row(*texts: str, more: str = "", cell_more: str = "") -> str:
    cells = "".join(CELL.format(text=text, more=cell_more) for text in texts)
    return f"<table:table-row {more}>{cells}</table:table-row>"


def test_typed_cells_become_the_text_that_a_reader_sees(tmp_path: Path) -> None:
    day = dt.datetime(2024, 1, 28)  # noqa: DTZ001  # spreadsheets know no zone
    rows = [
        ["Incidents in January"],
        [],
        ["id", "Place", "Date", "Killed", "Lon", "Lat"],
        [1, "Amman", day, 3, 35.93, 31.95],
        [2, "Irbid", day + dt.timedelta(hours=14, minutes=30), None, None, None],
        [],
        ["x-3", "Zarqa", 45320, 0, None, None],
    ]

    reading = read_table(workbook(tmp_path / "may.xlsx", {"Data": rows}))
    table = reading.incidents

    geo.validate(table)
    assert table["incident_id"].tolist() == ["1", "2", "x-3"]
    assert table["date_start"].dt.day.tolist() == [28, 28, 29]
    assert table["native_Date"].tolist() == ["2024-01-28", "2024-01-28 14:30:00", "45320"]
    assert table["fatalities_best"].fillna(-1).tolist() == [3, -1, 0]
    assert table.geometry.iloc[0].coords[0] == (35.93, 31.95)
    assert reading.raw.rows is not None
    assert reading.raw.rows.tolist() == [4, 5, 7]


def test_the_first_sheet_with_incidents_is_read_unless_one_is_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        {
            "About": [["Version", "Author"], ["3", "x"]],
            "May": [["Place"], ["Amman"]],
            "June": [["Place"], ["Irbid"]],
        },
    )

    assert geo.read_incidents(path)["place_text"].tolist() == ["Amman"]
    assert geo.read_incidents(path, layer="June")["place_text"].tolist() == ["Irbid"]
    with pytest.raises(ReadError, match="no sheet 'July'; it has About, May, June"):
        geo.read_incidents(path, layer="July")


def test_open_document_tables_are_read(tmp_path: Path) -> None:
    path = ods(tmp_path / "may.ods", ods_row("المكان", "القتلى"), ods_row("بغداد", "٣"))

    reading = read_table(path)

    assert reading.incidents["fatalities_best"].tolist() == [3]
    assert (reading.raw.kind, reading.raw.layer) == ("ods", "May")


def test_sheets_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    far = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(far)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "place")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    repeated = ods(
        tmp_path / "repeated.ods",
        ods_row(
            "place",
            more='table:number-rows-repeated="1000000"',
            cell_more='table:number-columns-repeated="16000"',
        ),
    )

    for path in (far, repeated):
        with pytest.raises(ReadError, match=r"the sheets (span [\d,]+ cells|repeat texts)"):
            geo.read_incidents(path)


def test_one_text_in_many_cells_is_refused_by_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.tables.sheet_sizes.MOST_UNPACKED", 2_000_000)
    path = workbook(tmp_path / "texts.xlsx", {"May": [["x" * 32_000] * 10] * 10})
    assert path.stat().st_size < 10_000

    with pytest.raises(ReadError, match=r"repeats texts of [\d,]+ bytes"):
        geo.read_incidents(path)


@pytest.mark.parametrize("name", ["book.xlsx", "book.ods"])
def test_what_is_no_workbook_is_said(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for content in (b"PK\x03\x04broken", b"place\nAmman\n", b""):
        path.write_bytes(content)
        with pytest.raises(ReadError, match=name):
            geo.read_incidents(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(ReadError, match="holds no sheets"):
        geo.read_incidents(path)


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'incidentmap\[tables\]'"):
        read_table(tmp_path / "book.xlsx", ReadOptions())
