"""Workbooks (XLSX, ODS) as raw tables."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import MissingExtraError, ReadError
from geo.tables.archives import open_archive
from geo.tables.headers import find_header
from geo.tables.layer_choice import choose_layer
from geo.tables.limits import LONGEST_CELL, MOST_COLUMNS, check_size
from geo.tables.ragged_rows import TEXT
from geo.tables.raw import RawTable
from geo.tables.sheet_sizes import check_sheets

__all__ = ["read_workbook"]

_EXPECTED = "expected a workbook (.xlsx, .ods)"
# Sheets of a workbook of ours, and what the first says of it.
_ABOUT = ("about", "dictionary")
_OURS, _MARK, _ABOUT_ROWS = "incidentmap", "schema_version", 1_000


def read_workbook(path: Path, *, layer: str | None = None) -> RawTable:
    """Raw table of a sheet; all cells are text, dates as `YYYY-MM-DD`.

    Parameters
    ----------
    path
        The workbook.
    layer
        Name of the sheet; None takes the first that has incidents.

    Raises
    ------
    MissingExtraError
        python-calamine is not installed.
    ReadError
        The file is no workbook, is broken or too large, or has no such sheet.
    """
    try:
        calamine: Any = import_module("python_calamine")
    except ImportError as error:
        raise MissingExtraError(
            f"{path}: workbooks are read by python-calamine, which is not installed; install it "
            "with: pip install 'incidentmap[tables]'"
        ) from error
    check_size(path)
    with open_archive(path, expected=_EXPECTED) as archive:
        check_sheets(archive, path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        names = tuple(book.sheet_names)
        members = _members(book, names)

        def read(name: str) -> RawTable:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            return replace(_raw(rows, path, name, names), members=members)

        return choose_layer(names, read, wanted=layer, path=path, word="sheet")
    except (calamine.CalamineError, ValueError, OverflowError, KeyError, IndexError) as error:
        raise ReadError(f"{path}: cannot be read ({error}); {_EXPECTED}.") from error


def _members(book: Any, names: tuple[str, ...]) -> dict[str, Any]:  # noqa: ANN401
    """What a workbook says of itself where we have written it; nothing where others have."""
    if not {*_ABOUT} <= {*names}:
        return {}
    said = book.get_sheet_by_name(_ABOUT[0]).to_python(nrows=_ABOUT_ROWS)
    return {_OURS: {}} if any(row[:1] == [_MARK] for row in said) else {}


def _raw(
    rows: Sequence[Sequence[object]], path: Path, name: str, names: tuple[str, ...]
) -> RawTable:
    texts = [[_text(cell) for cell in row] for row in rows]
    header = find_header(texts)
    width = len(header.names)
    if width > MOST_COLUMNS:
        raise ReadError(
            f"{path}: sheet {name} has {width:,} columns; at most {MOST_COLUMNS:,} are read."
        )
    # An empty row has no cell, in a sheet as in a text.
    filled = [(n, row) for n, row in enumerate(texts[header.rows :], header.rows + 1) if any(row)]
    columns = list(zip(*(row[:width] for _, row in filled), strict=True)) or [()] * width
    cells = pd.DataFrame(
        {
            column: pd.Series(list(values), dtype=TEXT)
            for column, values in zip(header.names, columns, strict=True)
        }
    )
    if any(len(cell) > LONGEST_CELL for _, row in filled for cell in row):
        raise ReadError(
            f"{path}: sheet {name} has a cell of more than {LONGEST_CELL:,} characters."
        )
    return RawTable(
        cells.where(cells != "") if len(cells) else cells,
        origin=str(path),
        kind=path.suffix.lower().removeprefix("."),
        has_header=header.has_names,
        rows=pd.Series([n for n, _ in filled], dtype="int64"),
        layer=name,
        layers=names,
    )


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time()
        return cell.date().isoformat() if is_day else _moment(cell)
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _moment(cell: dt.datetime) -> str:
    """An instant to a millisecond: cells are days in binary fractions, which are a little off."""
    near = cell + dt.timedelta(microseconds=500)
    has_part = near.microsecond >= 1000
    return near.isoformat(sep=" ", timespec="milliseconds" if has_part else "seconds")
