"""Columns of a table: texts that occur many times, what is added, and the notes of rows."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

__all__ = ["Column", "Table", "coded", "spread", "texts", "with_columns", "with_notes", "words"]

#: A table of any kind, which comes back as the same kind.
Table = TypeVar("Table", bound=pd.DataFrame)
Column = ExtensionArray | npt.NDArray[Any]


def words(values: Collection[str | None]) -> ExtensionArray:
    """Texts as a column holds them; null for None and for ""."""
    texts_or_none = np.array(values, dtype=object)
    texts_or_none[texts_or_none == ""] = None
    return pd.array(texts_or_none, dtype="str")


def coded(known: ExtensionArray, position: npt.NDArray[np.int64]) -> ExtensionArray:
    """Column of texts that occur many times: the word at each position, null for -1."""
    return known.take(position, allow_fill=True)


def spread(
    values: npt.NDArray[np.float64], rows: npt.NDArray[np.int64], count: int
) -> npt.NDArray[np.float64]:
    """Values of some rows among all rows; NaN for the others."""
    everywhere = np.full(count, np.nan)
    everywhere[rows] = values
    return everywhere


def texts(table: pd.DataFrame, column: str) -> npt.NDArray[np.object_]:
    """Texts of a column; "" where it is null or missing."""
    if column not in table:
        return np.full(len(table), "", dtype=object)
    return table[column].astype("str").fillna("").to_numpy(dtype=object)


def with_columns(table: Table, columns: Mapping[str, Column]) -> Table:
    """Copy of a table with columns of these values, in the place of those of the same name."""
    old = {name: values for name, values in columns.items() if name in table}
    new = {name: values for name, values in columns.items() if name not in table}
    result = table.assign(**old) if old else table
    # One by one, each would cost as much as all together do.
    added = pd.DataFrame(new, index=table.index)
    added.attrs = table.attrs
    return cast("Table", pd.concat((result, added), axis="columns"))


def with_notes(table: Table, notes: Mapping[int, str], suspicious: frozenset[int]) -> Table:
    """Table whose columns `status` and `reason` tell the notes, by position.

    Parameters
    ----------
    table
        Without one of the two columns it comes back as it is.
    notes
        Sentence without a full stop for each row that has one; what is told already is left out.
    suspicious
        Rows that get this status.
    """
    if not {"status", "reason"} <= set(table.columns) or not (notes or suspicious):
        return table
    reason = texts(table, "reason").copy()
    for row, note in notes.items():
        if note not in reason[row]:
            reason[row] = f"{reason[row]}. {note}".removeprefix(". ")
    status = texts(table, "status").copy()
    status[sorted(suspicious)] = "suspicious"
    return with_columns(table, {"status": words(status), "reason": words(reason)})
