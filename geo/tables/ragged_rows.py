"""Rows of a text with delimiters that have another length than its header."""

import csv
import io
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["TEXT", "with_ragged_rows"]

#: Type of columns of text, with null as pandas has it.
TEXT = pd.StringDtype(na_value=np.nan)


def with_ragged_rows(
    table: pd.DataFrame, ragged: list[Any], *, number: int, delimiter: str
) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """Rows of a batch with those of another length in their places, and what is ragged with them.

    What is too much is left out, and told; a row that is too short is filled up.

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
    names = table.columns
    faults = pd.Series(None, index=table.index, dtype=TEXT)
    if not ragged:
        return table, faults
    rows = [_cells_of(row.text, delimiter) for row in ragged]
    told = [
        f"has {len(cells)} cells, the header has {len(names)}" if any(cells[len(names) :]) else None
        for cells in rows
    ]
    whole = [[*cells, *[""] * len(names)][: len(names)] for cells in rows]
    extra = pd.DataFrame(whole, columns=table.columns, dtype=TEXT)
    extra = extra.where(extra != "")
    places = np.array([row.number - 1 - number for row in ragged])
    kept = np.setdiff1d(np.arange(len(table) + len(ragged)), places)
    order = np.argsort(np.concatenate([kept[: len(table)], places]), kind="stable")
    cells = pd.concat([table, extra], ignore_index=True).take(order).reset_index(drop=True)
    faults = pd.concat([faults, pd.Series(told, dtype=TEXT)], ignore_index=True)
    return cells, faults.take(order).reset_index(drop=True)


def _cells_of(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)
