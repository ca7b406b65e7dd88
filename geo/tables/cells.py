"""Cells of a raw table as texts, counts and notes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["count_cells", "has_unread_cells", "join_notes", "text_cells"]

# How the notes of this package end.
_UNREAD = (
    r"” is not (?:a number|understood|in decimal degrees)|” is before the date"
    r"|is not on the earth|stands for unknown"
)

# There are not so many people.
_TOO_MANY = 1e10


def text_cells(table: pd.DataFrame, fields: Mapping[str, str], field: str) -> "pd.Series[str]":
    """Cells of a field as text without outer spaces; null where empty or where the field lacks."""
    column = fields.get(field)
    if column is None:
        return pd.Series(None, index=table.index, dtype="str")
    values = table[column]
    texts = values.astype("str").where(values.notna()).astype("str").str.strip()
    return texts.where(texts != "")


def count_cells(
    table: pd.DataFrame, fields: Mapping[str, str], field: str
) -> tuple["pd.Series[Any]", "pd.Series[str]"]:
    """Whole numbers of a field, and a note for each cell that holds something else."""
    texts = text_cells(table, fields, field)
    plain = texts.str.replace(r"(?<=\d)[,\s](?=\d{3}\b)", "", regex=True)
    numbers = pd.to_numeric(plain, errors="coerce").astype("float64")
    # Negative figures are how event databases say "unknown".
    is_count = (numbers >= 0) & (numbers < _TOO_MANY) & (numbers % 1 == 0)
    said = f"{fields.get(field)} “" + texts + "” is not a number"
    notes = said.where(numbers.isna(), said + " of people")
    return numbers.where(is_count).astype("Int64"), notes.where(texts.notna() & ~is_count)


def has_unread_cells(reasons: "pd.Series[str]") -> "pd.Series[bool]":
    """Whether the reason of each row notes a cell that could not be read.

    Examples
    --------
    >>> has_unread_cells(pd.Series(["date “soon” is not understood", None], dtype="str")).tolist()
    [True, False]
    """
    return reasons.str.contains(_UNREAD).fillna(value=False).astype(bool)


def join_notes(*notes: "pd.Series[Any]") -> "pd.Series[str]":
    """Notes of each row as one text; null where no note says anything."""
    joined = [". ".join(said) for said in _said(notes)]
    texts = pd.Series(joined, index=notes[0].index, dtype="str")
    return texts.where(texts != "")


def _said(notes: tuple["pd.Series[Any]", ...]) -> list[list[str]]:
    rows = zip(*notes, strict=True)
    return [[note for note in row if isinstance(note, str) and note] for row in rows]
