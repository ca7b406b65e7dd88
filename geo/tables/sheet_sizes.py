"""How large the sheets of a workbook become, before they are opened.

A sheet of a few bytes can ask for a grid of billions of cells, or repeat one long text in all of
them.
"""

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.parsers import expat

from geo.errors import ReadError
from geo.tables.archives import read_member
from geo.tables.limits import MOST_UNPACKED

__all__ = ["check_sheets"]

_MOST_CELLS = 50_000_000
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb'<(?:\w+:)?c [^>]*?t="s"[^>]*>\s*<(?:\w+:)?v>(\d{1,9})<')
_STRING = re.compile(rb"<(?:\w+:)?si[ >].*?</(?:\w+:)?si>", re.DOTALL)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CONTENT, _STRINGS = "content.xml", "xl/sharedStrings.xml"
_REPEATED = "table:number-{}-repeated"


def check_sheets(archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse a workbook whose sheets would not fit into memory, or that is none.

    Raises
    ------
    ReadError
        The file is no workbook, or a sheet is too large.
    """
    names = archive.namelist()
    sheets = [name for name in names if _SHEET.fullmatch(name)]
    if _CONTENT in names:
        cells = _OpenDocument(path).count(read_member(archive, _CONTENT))
    elif sheets:
        strings = read_member(archive, _STRINGS) if _STRINGS in names else b""
        lengths = [len(found) for found in _STRING.findall(strings)]
        cells = 0
        for name in sheets:
            content = read_member(archive, name)
            cells += _grid(content)
            _check_texts(content, lengths, path)
    else:
        raise ReadError(f"{path}: holds no sheets; expected a workbook (.xlsx, .ods).")
    for name in set(names) - {_CONTENT, _STRINGS, *sheets}:
        # What is unpacked later has the size that it states.
        if name.endswith(".xml"):
            read_member(archive, name)
    if cells > _MOST_CELLS:
        raise ReadError(
            f"{path}: the sheets span {cells:,} cells; at most {_MOST_CELLS:,} are read. Delete "
            "what stands far from the table, or save it as CSV."
        )


def _grid(content: bytes) -> int:
    """Cells of the rectangle that holds all filled ones."""
    places = set(_CELL.findall(content))
    if not places:
        return 0
    columns = [_column(letters) for letters in {letters for letters, _ in places}]
    rows = [int(row) for row in {row for _, row in places}]
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _check_texts(content: bytes, lengths: list[int], path: Path) -> None:
    used = Counter(_SHARED.findall(content))
    size = sum(
        times * lengths[int(number)] for number, times in used.items() if int(number) < len(lengths)
    )
    if size > MOST_UNPACKED:
        raise ReadError(
            f"{path}: a sheet repeats texts of {size:,} bytes; at most {MOST_UNPACKED:,} are read."
        )


class _OpenDocument:
    """Counts the cells of an OpenDocument table with all their repeats."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cells = self._texts = 0
        self._row: list[int] = []
        self._rows = self._columns = 1
        self._is_filled = False
        self._length = 0

    def count(self, content: bytes) -> int:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(content, True)  # noqa: FBT003  # its only form
        except expat.ExpatError as error:
            raise ReadError(f"{self._path}: broken XML ({error}); expected a workbook.") from error
        if self._texts > MOST_UNPACKED:
            raise ReadError(f"{self._path}: the sheets repeat texts of {self._texts:,} bytes.")
        return self._cells

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table-row":
            self._rows = _repeats(attributes, "rows")
            self._row, self._is_filled, self._length = [], False, 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._columns = _repeats(attributes, "columns")
            self._row.append(self._columns)
            self._is_filled = self._is_filled or "office:value-type" in attributes

    def _text(self, text: str) -> None:
        self._length += self._columns * len(text)

    def _end(self, name: str) -> None:
        if name == "table:table-row" and self._is_filled:
            self._cells += self._rows * sum(self._row)
            self._texts += self._rows * self._length

    def _refuse(self, *_: Any) -> None:  # noqa: ANN401
        raise ReadError(f"{self._path}: declares entities, which no workbook does.")


def _repeats(attributes: dict[str, str], what: str) -> int:
    text = attributes.get(_REPEATED.format(what), "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1
