"""Texts that are made of several cells of a row: once for each combination that occurs."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.canonical_json import to_json

__all__ = ["concatenated", "json_texts", "row_digests", "row_texts"]


def concatenated(*parts: "str | pd.Series[Any]") -> "pd.Series[str]":
    """Texts of each row one after the other, in one go; null where one of them is null.

    Examples
    --------
    >>> concatenated("<", pd.Series(["a", None], dtype="str"), ">").tolist()
    ['<a>', nan]
    """
    kind = pa.large_string()
    arrays = [
        pa.scalar(part, kind) if isinstance(part, str) else pa.array(part, kind, from_pandas=True)
        for part in parts
    ]
    index = next(part.index for part in parts if not isinstance(part, str))
    texts = pc.call_function("binary_join_element_wise", [*arrays, pa.scalar("", kind)])
    return pd.Series(texts, index=index, dtype="str")


def row_texts(
    columns: "Sequence[pd.Series[Any]]", build: Callable[..., str | None]
) -> "pd.Series[str]":
    """Text of each row, built of the cells of some columns; empty cells are None.

    Examples
    --------
    >>> cells = pd.Series(["a", None, "a"], dtype="str")
    >>> row_texts([cells], lambda cell: cell and cell.upper()).tolist()
    ['A', nan, 'A']
    """
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        own, found = pd.factorize(column)
        # Renumbered each time, so that the product stays small.
        codes = pd.factorize(codes * (len(found) + 1) + own)[0].astype(np.int64)
    firsts = np.flatnonzero(~pd.Series(codes).duplicated().to_numpy())
    cells = [
        column.iloc[firsts].astype(object).where(column.iloc[firsts].notna(), None)
        for column in columns
    ]
    texts = [build(*row) for row in zip(*cells, strict=True)]
    known = pd.Series(texts, dtype="str").array
    return pd.Series(known.take(codes), index=columns[0].index)


def json_texts(
    columns: "Sequence[pd.Series[Any]]", build: Callable[..., object]
) -> "pd.Series[str]":
    """Canonical JSON of each row, of what is built of the cells of some columns.

    Examples
    --------
    >>> json_texts([pd.Series(["a; b"])], lambda text: text.split("; ")).tolist()
    ['["a","b"]']
    """
    return row_texts(columns, lambda *cells: to_json(build(*cells)))


def row_digests(table: pd.DataFrame) -> "pd.Series[str]":
    """Short digest of all cells of each row, the same for the same cells.

    Examples
    --------
    >>> row_digests(pd.DataFrame({"place": ["Amman"]})).tolist()
    ['2d55fd8c1c0b']
    """
    columns = [table[name] for name in table.columns]
    # A feed may hold nothing but items that say nothing.
    rows = zip(*columns, strict=True) if columns else [()] * len(table)
    texts = [to_json(list(map(str, row))) for row in rows]
    digests = [hashlib.sha256(text.encode()).hexdigest()[:12] for text in texts]
    return pd.Series(digests, index=table.index, dtype="str")
