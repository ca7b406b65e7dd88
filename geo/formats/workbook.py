"""Incident tables as workbooks of Excel: incidents, sources, dictionary, about."""

import datetime as dt
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geo.errors import MissingExtraError, WriteError
from geo.formats.about import About, column_meanings
from geo.formats.arrow_compute import compute as pc
from geo.formats.cell_texts import cell_columns, formula_safe, without_control
from geo.formats.listed_cells import listed_rows
from geo.formats.options import Options

__all__ = ["write_workbook"]

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_MOST_LETTERS = 32_767
_CUT = "…"
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
# Excel's calendar has a 29 February 1900; before it nothing is sure.
_FIRST_DAY = dt.datetime(1900, 3, 1)  # noqa: DTZ001  # Excel knows no zones
# Of the file itself, so that the same table gives the same bytes.
_CREATED = dt.datetime(1980, 1, 1)  # noqa: DTZ001  # Excel knows no zones
_SOURCE = ("publisher", "url", "published", "quote")


def write_workbook(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write sheets with the incidents, their sources, the meaning of columns, and the terms.

    Days and instants are dates of Excel. No cell is run as a formula. Texts are cut at the 32,767
    letters that a cell can hold.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    WriteError
        The table has more rows or columns than a sheet.
    """
    del options
    if len(table) >= _MOST_ROWS or len(table.columns) > _MOST_COLUMNS - 2:
        raise WriteError(
            f"{len(table):,} rows and {len(table.columns):,} columns do not fit into a sheet of "
            f"{_MOST_ROWS:,} rows and {_MOST_COLUMNS:,} columns; write CSV or Parquet."
        )
    try:
        xlsxwriter: Any = import_module("xlsxwriter")
    except ImportError as error:
        raise MissingExtraError(
            "workbooks are written by XlsxWriter, which is not installed; install it with: "
            "pip install 'incidentmap[tables]'"
        ) from error
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".incidentmap.") as folder:
        # Rows wait on the disk that the file is meant for, not in the memory.
        book = xlsxwriter.Workbook(str(target), {"constant_memory": True, "tmpdir": folder})
        try:
            _fill(book, table, about)
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            # It wraps what the system has said, which names the target in the end.
            raise OSError(str(error)) from error
        finally:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()


def _fill(book: Any, table: gpd.GeoDataFrame, about: About) -> None:  # noqa: ANN401
    book.set_properties({"title": about.title, "created": _CREATED})
    columns = cell_columns(table)
    _add_table(book, "incidents" if "incident_id" in table else "rows", columns)
    if "incident_id" in table:
        rows = listed_rows(table, "sources", _SOURCE)
        _add_texts(book, "sources", ("incident_id", *_SOURCE), rows)
    meanings = column_meanings(columns)
    _add_texts(book, "dictionary", ("column", "meaning"), list(map(list, meanings.items())))
    _add_texts(book, "about", ("name", "value"), list(map(list, about.lines())))


def _add_table(book: Any, name: str, columns: dict[str, pa.Array]) -> None:  # noqa: ANN401
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    day, moment = (book.add_format({"num_format": form}) for form in (_DAY, _MOMENT))
    sheet.freeze_panes(1, 0)
    for at, header in enumerate(_safe(list(columns))):
        sheet.write_string(0, at, header, bold)
    cells = [_cells(column) for column in columns.values()]
    for row, values in enumerate(zip(*cells, strict=True), start=1):
        for at, value in enumerate(values):
            _write_cell(sheet, row, at, value, day, moment)


def _write_cell(sheet: Any, row: int, at: int, value: Any, *forms: Any) -> None:  # noqa: ANN401
    day, moment = forms
    if isinstance(value, str):
        sheet.write_string(row, at, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, at, value, moment)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, at, value, day)
    elif value is not None:
        sheet.write_number(row, at, value)


def _cells(column: pa.Array) -> list[Any]:
    """Values of a column as Excel knows them; dates before its calendar are texts."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        moments = column.cast(pa.timestamp("us")).to_pandas()
        return [None if pd.isna(one) else _moment(one.to_pydatetime(warn=False)) for one in moments]
    values: list[Any] = column.to_pylist()
    if pa.types.is_date(kind):
        first = _FIRST_DAY.date()
        return [one if one is None or one >= first else one.isoformat() for one in values]
    if pa.types.is_floating(kind):
        return [one if one is not None and abs(one) < float("inf") else None for one in values]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        is_known = [one is not None for one in values]
        texts = iter(_safe([one for one in values if one is not None]))
        return [next(texts) if known else None for known in is_known]
    return values


def _moment(moment: dt.datetime) -> dt.datetime | str:
    return moment if moment >= _FIRST_DAY else moment.isoformat()


def _safe(texts: list[str]) -> list[str]:
    plain = without_control(pa.array(texts, type=pa.large_string()))
    # Readers of XML make line feeds of all ends of lines.
    plain = pc.replace_substring_regex(plain, "\r\n?", "\n")
    safe = formula_safe(pd.Series(plain.to_pylist(), dtype="str"))
    return [
        text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + _CUT for text in safe
    ]


def _add_texts(
    book: Any,  # noqa: ANN401
    name: str,
    header: tuple[str, ...],
    rows: list[list[str]],
) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    _add_table(
        book,
        name,
        {
            title: pa.array(list(column), type=pa.large_string())
            for title, column in zip(header, columns, strict=True)
        },
    )
