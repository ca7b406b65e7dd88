"""The provider's own cells, by name in any case, as texts and numbers."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

__all__ = ["NativeCells", "folded"]

# Degrees have no thousands that a comma could part.
_DECIMAL_COMMA = re.compile(r"^([-+]?[0-9]{1,3}),([0-9]+)$")


def folded(name: str) -> str:
    """Name of a column as it is compared.

    Examples
    --------
    >>> folded(" EVENT_ID_CNTY")
    'event_id_cnty'
    """
    return name.strip().casefold()


class NativeCells:
    """Cells of a table, found by the name of their column in any case.

    Parameters
    ----------
    table
        The provider's rows. A column that it lacks reads as if all its cells were empty.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self.index = table.index
        self._table = table
        # Of two columns that differ in case only, the first counts.
        self._names = {folded(str(name)): name for name in reversed(list(table.columns))}
        self._texts: dict[str, pd.Series[str]] = {}
        self._numbers: dict[str, pd.Series[float]] = {}

    def __contains__(self, name: str) -> bool:
        return folded(name) in self._names

    def missing(self, names: Sequence[str]) -> list[str]:
        """Columns of these that the table lacks."""
        return [name for name in names if name not in self]

    def text(self, name: str) -> "pd.Series[str]":
        """Cells as text without outer spaces; null where they are empty."""
        known = folded(name)
        if known not in self._texts:
            self._texts[known] = self._as_text(known)
        return self._texts[known]

    def number(self, name: str) -> "pd.Series[float]":
        """Cells as numbers; null where they are empty, hold something else, or no finite one."""
        known = folded(name)
        if known not in self._numbers:
            self._numbers[known] = self._as_number(known)
        return self._numbers[known]

    def unread(self, name: str) -> "pd.Series[str]":
        """A note for each cell that holds something else than a number."""
        return self._unread(name, self.number(name))

    def degrees(self, name: str) -> "pd.Series[float]":
        """Cells as numbers of degrees, which may have a decimal comma."""
        numbers = self.number(name)
        lost = numbers.isna() & self.text(name).notna()
        if not lost.any():
            return numbers
        pointed = self.text(name)[lost].str.replace(_DECIMAL_COMMA, r"\1.\2", regex=True)
        read = pd.to_numeric(pointed, errors="coerce").astype("float64")
        return numbers.fillna(read.where(np.isfinite(read)))

    def unread_degrees(self, name: str) -> "pd.Series[str]":
        """A note for each cell that holds something else than a number of degrees."""
        return self._unread(name, self.degrees(name))

    def _unread(self, name: str, numbers: "pd.Series[float]") -> "pd.Series[str]":
        texts = self.text(name)
        lost = texts[texts.notna() & numbers.isna()]
        # Most columns have none, and long ones take long to join.
        return (f"{name} “" + lost + "” is not a number").reindex(texts.index)

    def _as_text(self, known: str) -> "pd.Series[str]":
        if known not in self._names:
            return pd.Series(None, index=self.index, dtype="str")
        values = self._table[self._names[known]]
        if str(values.dtype) == "str":
            texts = values.str.strip()
            is_empty = texts == ""
            return texts.mask(is_empty) if is_empty.any() else texts
        is_whole = pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all()
        if is_whole and (values.abs().max() < 1e15 or values.isna().all()):
            # A column of whole numbers with gaps, as pandas reads it: 5, not 5.0.
            values = values.astype("Int64")
        texts = values.astype("str").where(values.notna()).astype("str").str.strip()
        return texts.where(texts != "")

    def _as_number(self, known: str) -> "pd.Series[float]":
        if known in self._names and pd.api.types.is_numeric_dtype(self._table[self._names[known]]):
            numbers = self._table[self._names[known]].astype("float64")
        else:
            numbers = _numbers(self.text(known))
        return numbers.where(np.isfinite(numbers))


def _numbers(texts: "pd.Series[str]") -> "pd.Series[float]":
    """Numbers that texts state; null for others."""
    try:
        stated = pa.array(texts, pa.large_string(), from_pandas=True).cast(pa.float64())
    except pa.ArrowInvalid:
        # One cell that is no number: pandas takes each cell for itself, and ten times as long.
        return pd.to_numeric(texts, errors="coerce").astype("float64")
    return pd.Series(stated.to_numpy(zero_copy_only=False), index=texts.index, dtype="float64")
