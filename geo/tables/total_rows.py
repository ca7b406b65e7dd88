"""Rows below the incidents of a spreadsheet that sum them up."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from geo.schema import has_geometry
from geo.tables.cells import code_of, map_distinct, text_cells
from geo.tables.raw import RawTable

__all__ = ["with_total_faults"]

# An incident has one of these: a row with any of them is none that sums up.
_TELLING = ("lon", "lat", "coordinates", "date", "date_end")
_NUMBER = re.compile(r"[\d.,٫٬'\s%+-]+")
_COUNT_BEHIND = re.compile(r"[\s:(\[]*(?:n\s*=\s*)?\d[\d.,٫٬\s]*[)\]]*$")


def with_total_faults(raw: RawTable, fields: Mapping[str, str]) -> RawTable:
    """The table with a fault for each row that surely sums up the others.

    Such a row has no point and no date, and beside the word for a total, in any of many languages,
    it has nothing but numbers.

    Parameters
    ----------
    raw
        Rows as the input has them.
    fields
        Field to column.

    Examples
    --------
    >>> raw = RawTable(pd.DataFrame({"place": ["Amman", "Total"], "killed": ["3", "3"]}))
    >>> with_total_faults(raw, {"place": "place"}).faults[1]
    'the row is no incident: it sums up others (“Total”)'
    """
    if not raw.has_header:
        return raw
    bare = raw.cells[_are_bare(raw, fields)]
    words = pd.Series(None, index=bare.index, dtype="str")
    for name in raw.cells.columns:
        if pd.api.types.is_numeric_dtype(bare[name]):
            continue
        texts = text_cells(bare.loc[words.index], {"any": str(name)}, "any")
        is_number = texts.isna() | texts.str.fullmatch(_NUMBER).eq(other=True)
        is_total = map_distinct(texts.where(~is_number), _is_total).eq(other=True)
        # A row with any other word is out, so that few are left after the first column of words.
        words = words.fillna(texts.where(is_total))[is_number | is_total]
    words = words.dropna()
    if words.empty:
        return raw
    said = "the row is no incident: it sums up others (“" + words + "”)"
    sound = pd.Series(None, index=raw.cells.index, dtype="str")
    return replace(raw, faults=(sound if raw.faults is None else raw.faults).fillna(said))


def _are_bare(raw: RawTable, fields: Mapping[str, str]) -> "pd.Series[bool]":
    """Rows without a point and without a date."""
    bare = pd.Series(data=True, index=raw.cells.index)
    if raw.shapes is not None:
        bare &= ~has_geometry(raw.shapes)
    for name in _TELLING:
        texts = text_cells(raw.cells, fields, name)
        bare &= texts.isna() | map_distinct(texts, _is_total).eq(other=True)
    return bare


def _is_total(text: str) -> bool:
    return len(text) < 80 and code_of(_COUNT_BEHIND.sub("", text), "total_row") is not None
