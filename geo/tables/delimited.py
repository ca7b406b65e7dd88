"""Texts with delimiters (CSV and its kin), in batches of rows or in one piece."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from geo.errors import ReadError
from geo.tables.encodings import TextFile, open_utf8
from geo.tables.headers import Header, find_header
from geo.tables.limits import LONGEST_CELL, MOST_COLUMNS
from geo.tables.ragged_rows import TEXT, TextRows, with_ragged_rows
from geo.tables.raw import RawTable
from geo.tables.stray_quotes import find_stray_quote

__all__ = ["DelimitedFile"]

_DELIMITERS = ",;\t|"
_HEAD = 1 << 18
_BLOCK = 1 << 22
_HEAD_ROWS = 60
# Lines of larger files are counted as rows: where they break inside a cell is not looked up.
_MOST_COUNTED = 1 << 26
_WHOLE = "put cells that hold the delimiter in double quotes"


@dataclass(frozen=True)
class DelimitedFile:
    """A text file of rows and delimiters.

    Parameters
    ----------
    text
        The file and its encoding.
    """

    text: TextFile

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.text.path

    @cached_property
    def delimiter(self) -> str:
        """The delimiter that splits the first rows most evenly."""
        return max(_DELIMITERS, key=lambda sign: _evenness(self._records(sign)))

    @cached_property
    def header(self) -> Header:
        """Names of the columns, and where the rows begin."""
        header = find_header(self._records(self.delimiter))
        if len(header.names) > MOST_COLUMNS:
            raise ReadError(
                f"{self.path}: {len(header.names):,} columns; at most {MOST_COLUMNS:,} are read. "
                "Keep those that tell of incidents."
            )
        return header

    def batches(self, *, block_bytes: int = _BLOCK, blocks: int = 1) -> Iterator[RawTable]:
        """Rows of the file in their order, as many at a time as some blocks of text hold.

        A row of another length than the header's stays in its place: what is too much is left out,
        and a fault tells of it.

        Parameters
        ----------
        block_bytes
            Size of a block; no row is longer than two.
        blocks
            Blocks at a time. The reader runs some blocks ahead, so that a few small ones take less
            memory than a large one.

        Yields
        ------
        RawTable
            Index from 0 in each.

        Raises
        ------
        ReadError
            The file is broken, or a cell is larger than any cell should be.
        """
        lines = self._row_lines()
        number = 0
        for read in self._cells(block_bytes, blocks):
            end = number + len(read.cells)
            rows = pd.Series(lines(np.arange(number, end)), dtype="int64")
            number = end
            line = "line " + rows.astype("str") + " "
            yield RawTable(
                cells=read.cells,
                origin=str(self.path),
                kind="csv",
                encoding=self._told_encoding,
                has_header=self.header.has_names,
                rows=rows,
                row_word="line",
                faults=None if read.faults is None else line + read.faults,
                notes=None if read.notes is None else line + read.notes,
                unread=read.unread,
            )

    def whole(self) -> RawTable:
        """All rows of the file.

        Raises
        ------
        ReadError
            As `batches`; and where half of the rows and more have another length than the header's.
        """
        parts = list(self.batches())
        if not parts:
            cells = pd.DataFrame({name: pd.Series(dtype=TEXT) for name in self.header.names})
            parts = [RawTable(cells, rows=pd.Series(dtype="int64"))]
        columns: dict[str, Any] = {
            name: pd.concat([getattr(part, name) for part in parts], ignore_index=True)
            for name in ("cells", "rows")
        }
        columns |= {name: _told(parts, name) for name in ("faults", "notes", "unread")}
        faults = columns["faults"]
        # Rows that are too short are filled up, and are no fault.
        if faults is not None and faults.notna().mean() >= 0.5:
            raise ReadError(f"{self.path}: {faults.dropna().iloc[0]}; {_WHOLE}.")
        return RawTable(
            **columns,
            origin=str(self.path),
            kind="csv",
            encoding=self._told_encoding,
            has_header=self.header.has_names,
            row_word="line",
        )

    @property
    def _told_encoding(self) -> str:
        return self.text.encoding + (", damaged" if self.text.is_damaged else "")

    @cached_property
    def _head(self) -> str:
        with open_utf8(self.text) as stream:
            content = stream.read(_HEAD)
        text = content.decode("utf-8", "ignore")
        if len(content) < _HEAD:
            return text
        # The last line was cut.
        return text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text

    def _records(self, delimiter: str) -> list[list[str]]:
        lines = csv.reader(io.StringIO(self._head, newline=""), delimiter=delimiter)
        try:
            return list(itertools.islice(lines, _HEAD_ROWS))
        except csv.Error:
            # A cell that is longer than the head, or a row that no delimiter splits.
            return [line.split(delimiter) for line in self._head.splitlines()[:_HEAD_ROWS]]

    @cached_property
    def _first_line(self) -> int:
        """Lines before the first row."""
        lines = csv.reader(io.StringIO(self._head, newline=""), delimiter=self.delimiter)
        for _ in range(self.header.rows):
            next(lines, None)
        return lines.line_num

    @cached_property
    def _first_byte(self) -> int:
        """Bytes of UTF-8 before the first row."""
        lines = io.StringIO(self._head, newline="")
        return sum(len(line.encode()) for line in itertools.islice(lines, self._first_line))

    def _rows_stream(self) -> IO[bytes]:
        stream = open_utf8(self.text)
        stream.seek(self._first_byte) if stream.seekable() else stream.read(self._first_byte)
        return stream

    @property
    def _has_quotes(self) -> bool:
        # Feeds without a header quote nothing.
        return self.text.has_quotes and (self.header.has_names or self.delimiter != "\t")

    def _check_quotes(self) -> None:
        """Refuse a file of which a stray quote swallows rows."""
        line = self._line_of_stray_quote
        if line is not None:
            raise ReadError(
                f"{self.path}: line {line + 1:,} opens a double quote that is not closed at the "
                "end of its cell, so that the rows below would be lost in it; remove it, or close "
                "it."
            )

    @cached_property
    def _line_of_stray_quote(self) -> int | None:
        if not self._has_quotes:
            return None
        with self._rows_stream() as stream:
            line = find_stray_quote(stream, delimiter=self.delimiter, width=len(self.header.names))
        return None if line is None else line + self._first_line

    def _cells(self, block_bytes: int, blocks: int) -> Iterator[TextRows]:
        ragged: list[Any] = []

        def keep(row: Any) -> str:  # noqa: ANN401  # of a type that pyarrow does not name
            ragged.append(row)
            return "skip"

        number = 0
        empty = pd.DataFrame({name: pd.Series(dtype=TEXT) for name in self.header.names})
        with self._rows_stream() as stream:
            found = self._arrow_batches(stream, keep, block_bytes)
            while batches := list(itertools.islice(found, blocks)):
                for batch in batches:
                    if self._has_quotes and (_has_breaks(batch) or any(map(_is_broken, ragged))):
                        self._check_quotes()
                    _check_cells(batch, self.path)
                table = pa.Table.from_batches(batches).to_pandas(
                    types_mapper={pa.string(): TEXT}.get
                )
                del batches
                # The reader runs ahead: what lies beyond belongs to the next batch.
                count = _count_within(ragged, number + len(table))
                read = with_ragged_rows(
                    table, ragged[:count], number=number, delimiter=self.delimiter
                )
                del ragged[:count]
                number += len(read.cells)
                yield read
        if ragged:
            if any(map(_is_broken, ragged)):
                self._check_quotes()
            yield with_ragged_rows(empty, ragged, number=number, delimiter=self.delimiter)

    def _arrow_batches(
        self,
        stream: IO[bytes],
        keep: Callable[[Any], str],
        block_bytes: int,
    ) -> Iterator[pa.RecordBatch]:
        names = self.header.names
        has_quotes = self._has_quotes
        try:
            reader = arrow_csv.open_csv(
                stream,
                read_options=arrow_csv.ReadOptions(
                    column_names=names, use_threads=False, block_size=block_bytes
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=self.delimiter,
                    quote_char='"' if has_quotes else False,
                    newlines_in_values=has_quotes,
                    invalid_row_handler=keep,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                    null_values=[""],
                ),
            )
            yield from reader
        except pa.ArrowInvalid as error:
            if "Empty CSV file" not in str(error):
                self._check_quotes()
                raise ReadError(
                    f"{self.path}: broken CSV ({_fault(error)}); expected rows of "
                    f"{len(names)} cells, {_WHOLE}."
                ) from error

    def _row_lines(self) -> Callable[[npt.NDArray[np.int64]], npt.NDArray[np.int64]]:
        """Function that gives the lines on which rows begin, by their numbers from 0."""
        is_even = not (self.text.has_quotes or self.text.has_blank_lines)
        starts = None if is_even or self.text.size > _MOST_COUNTED else self._starts()

        def lines(rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
            if starts is None or (len(rows) and rows[-1] >= len(starts)):
                return rows + self._first_line + 1
            return starts[rows]

        return lines

    def _starts(self) -> npt.NDArray[np.int64]:
        """Line on which each row begins."""
        with self._rows_stream() as stream:
            content = np.frombuffer(stream.read(), dtype=np.uint8)
        breaks = np.flatnonzero(content == ord("\n"))
        if not len(breaks):
            breaks = np.flatnonzero(content == ord("\r"))
        inside = np.cumsum(content == ord('"'), dtype=np.uint8) & 1
        ends = breaks[inside[breaks] == 0]
        starts = np.concatenate(([0], ends + 1))
        starts = starts[starts < len(content)]
        first = content[starts]
        second = content[np.minimum(starts + 1, len(content) - 1)]
        is_blank = (first == ord("\n")) | ((first == ord("\r")) & (second == ord("\n")))
        starts = starts[~is_blank]
        lines: npt.NDArray[np.int64] = np.searchsorted(breaks, starts) + self._first_line + 1
        return lines


def _told(parts: list[RawTable], name: str) -> "pd.Series[str] | None":
    """What is told of the rows of all parts; None where nothing is."""
    told = [getattr(part, name) for part in parts]
    if all(one is None for one in told):
        return None
    nothing = [pd.Series(None, index=part.cells.index, dtype=TEXT) for part in parts]
    filled = [none if one is None else one for one, none in zip(told, nothing, strict=True)]
    joined: pd.Series[str] = pd.concat(filled, ignore_index=True)
    return joined


def _evenness(records: list[list[str]]) -> float:
    """How evenly a delimiter splits rows: the share of the commonest width, and the width."""
    widths = Counter(len(row) for row in records if any(row))
    if not widths:
        return 0.0
    width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    share = times / widths.total()
    return share * share * float(np.sqrt(width)) if width > 1 else 0.0


def _count_within(ragged: list[Any], end: int) -> int:
    """How many of the ragged rows stand before the end of so many sound rows."""
    count = 0
    while count < len(ragged) and ragged[count].number <= end + count + 1:
        count += 1
    return count


def _has_breaks(batch: pa.RecordBatch) -> bool:
    """Whether a cell holds the end of a line."""
    options = pc.MatchSubstringOptions(r"[\r\n]")
    return any(
        pc.call_function(
            "any", [pc.call_function("match_substring_regex", [column], options)]
        ).as_py()
        for column in batch.columns
    )


def _is_broken(row: Any) -> bool:  # noqa: ANN401  # of a type that pyarrow does not name
    return "\n" in row.text.rstrip() or "\r" in row.text.rstrip()


def _check_cells(batch: pa.RecordBatch, path: Path) -> None:
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        lengths = pc.call_function("binary_length", [column])
        longest = pc.call_function("max", [lengths]).as_py() or 0
        if longest > LONGEST_CELL:
            raise ReadError(
                f"{path}: column {name!r} has a cell of {longest:,} bytes; at most "
                f"{LONGEST_CELL:,} are read. Perhaps a double quote is not closed."
            )


def _fault(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")[:200]
