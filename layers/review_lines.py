"""The lines of an overrides file that a review adds to, and what an editor has settled in them."""

import csv
import io
import os
from dataclasses import dataclass
from pathlib import Path

from geo.collection.decisions import COLUMNS, read_decisions
from geo.errors import ReadError

__all__ = ["EarlierLines", "read_lines"]

_PAIRS = ("merge", "split")
_SEEN = "seen"


@dataclass(frozen=True)
class EarlierLines:
    """Columns and cells of a file, with the columns of all decisions, in the order of the file."""

    columns: tuple[str, ...] = COLUMNS
    rows: tuple[tuple[str, ...], ...] = ()

    def settled(self) -> frozenset[tuple[str, ...]]:
        """Reason and reports of each line that says `seen`; action and reports of each pair."""
        return frozenset(
            _settled(dict(zip(self.columns, cells, strict=True)))
            for cells in self.rows
            if cells[self.columns.index("action")] in (*_PAIRS, _SEEN)
        )


def read_lines(path: str | os.PathLike[str] | None) -> EarlierLines:
    """Lines of an overrides file as they stand there; none where there is no file.

    Parameters
    ----------
    path
        A CSV file in UTF-8.

    Raises
    ------
    ReadError
        The file cannot be read.
    SchemaError
        It is no overrides file, or its lines contradict each other.
    """
    if path is None or not Path(path).exists() or Path(path).stat().st_size == 0:
        return EarlierLines()
    read_decisions(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise ReadError(f"{os.fspath(path)}: cannot be read ({error}).") from error
    head = [name.strip() for name in rows[0]]
    columns = (*head, *(name for name in COLUMNS if name not in head))
    width = len(columns)
    filled = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    return EarlierLines(columns, tuple(tuple((row + [""] * width)[:width]) for row in filled))


def _settled(line: dict[str, str]) -> tuple[str, ...]:
    reports = [name for name in (line["incident_id"].strip(), line["other_id"].strip()) if name]
    action = line["action"].strip()
    return (line["field"].strip() if action == _SEEN else action, *sorted(reports))
