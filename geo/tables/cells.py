"""Cells of a raw table as texts, counts and notes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["count_cells", "join_notes", "text_cells"]


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
    numbers = pd.to_numeric(plain, errors="coerce")
    # Negative figures are how event databases say "unknown".
    counts = numbers.where((numbers >= 0) & (numbers % 1 == 0)).astype("Int64")
    unread = texts.notna() & numbers.isna()
    notes = (f"{fields.get(field)} “" + texts + "” is not a number").where(unread)
    return counts, notes


def join_notes(*notes: "pd.Series[Any]") -> "pd.Series[str]":
    """Notes of each row as one text; null where no note says anything."""
    joined = [". ".join(said) for said in _said(notes)]
    texts = pd.Series(joined, index=notes[0].index, dtype="str")
    return texts.where(texts != "")


def _said(notes: tuple["pd.Series[Any]", ...]) -> list[list[str]]:
    rows = zip(*notes, strict=True)
    return [[note for note in row if isinstance(note, str) and note] for row in rows]
