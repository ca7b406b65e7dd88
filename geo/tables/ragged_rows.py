"""Rows of a text with delimiters that have another length than its header."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geo.canonical_json import to_json

__all__ = ["TEXT", "TextRows", "with_ragged_rows"]

#: Type of columns of text, with null as pandas has it.
TEXT = pd.StringDtype(na_value=np.nan)


@dataclass(frozen=True)
class TextRows:
    """Rows of a batch, and what is to be said of those that have another length.

    Parameters
    ----------
    cells
        All rows in their order.
    faults, notes, unread
        As `geo.tables.raw.RawTable` has them, without the line; None where all have one length.
    """

    cells: pd.DataFrame
    faults: "pd.Series[str] | None" = None
    notes: "pd.Series[str] | None" = None
    unread: "pd.Series[str] | None" = None


def with_ragged_rows(
    table: pd.DataFrame, ragged: list[Any], *, number: int, delimiter: str
) -> TextRows:
    """Rows of a batch with those of another length in their places.

    Cells beyond the header are left out of the table, told and kept; a row that is too short is
    filled up, and told.

    Parameters
    ----------
    table
        Rows of the right length.
    ragged
        Rows of another length, in order, as pyarrow hands them to its handler.
    number
        Rows before the batch.
    delimiter
        What stands between cells.
    """
    if not ragged:
        return TextRows(table)
    width = len(table.columns)
    rows = [_cells_of(row.text, delimiter) for row in ragged]
    whole = [[*cells, *[""] * width][:width] for cells in rows]
    extra = pd.DataFrame(whole, columns=table.columns, dtype=TEXT)
    extra = extra.where(extra != "")
    places = np.array([row.number - 1 - number for row in ragged])
    kept = np.setdiff1d(np.arange(len(table) + len(ragged)), places)
    order = np.argsort(np.concatenate([kept[: len(table)], places]), kind="stable")
    cells = pd.concat([table, extra], ignore_index=True).take(order).reset_index(drop=True)
    is_long = [any(cells[width:]) for cells in rows]
    told = pd.DataFrame(
        {
            "faults": [
                f"has {len(row)} cells, the header has {width}" if long else None
                for row, long in zip(rows, is_long, strict=True)
            ],
            "notes": [
                f"is truncated: it has {len(row)} of {width} cells, the others are taken as empty"
                if len(row) < width
                else None
                for row in rows
            ],
            "unread": [
                to_json(row[width:]) if long else None
                for row, long in zip(rows, is_long, strict=True)
            ],
        },
        index=np.argsort(order)[len(table) :],
        dtype=TEXT,
    ).reindex(range(len(cells)))
    return TextRows(cells, told["faults"], told["notes"], told["unread"])


def _cells_of(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)
