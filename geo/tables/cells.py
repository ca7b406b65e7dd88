"""Cells of a raw table as texts, counts and notes."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.grammar.names import normalise_name

__all__ = [
    "code_cells",
    "code_of",
    "count_cells",
    "has_unread_cells",
    "join_notes",
    "map_distinct",
    "text_cells",
]

# How the notes of this package end.
_UNREAD = (
    r"” is not (?:a number|understood|in decimal degrees)|” is before the date"
    r"|” is an error of a spreadsheet"
    r"|is not on the earth|stands for unknown"
)

# What parts thousands: 1,200 or 1 200.
_GROUPS = re.compile(r"(?<=\d)[,\s](?=\d{3}\b)")
_POINTED_GROUPS = re.compile(r"(?<=\d)[.\s](?=\d{3}\b)")
_OPEN = r"[1-9]\d{0,2}\.\d{3}"
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
    table: pd.DataFrame, fields: Mapping[str, str], field: str, *, decimal_comma: bool = False
) -> tuple["pd.Series[Any]", "pd.Series[str]"]:
    """Whole numbers of a field, and a note for each cell that holds something else.

    Parameters
    ----------
    table
        Raw table.
    fields
        Field to column.
    field
        One of them.
    decimal_comma
        Whether a comma parts decimals, and points part thousands.

    Examples
    --------
    >>> cells = pd.DataFrame({"dead": ["1.200", "3", "some"]})
    >>> count_cells(cells, {"dead": "dead"}, "dead", decimal_comma=True)[0].tolist()
    [1200, 3, <NA>]
    >>> count_cells(cells, {"dead": "dead"}, "dead")[1][0]
    'dead “1.200” is not a number of people'
    """
    texts = text_cells(table, fields, field)
    plain = _with_ascii_digits(texts)
    open_ = plain.str.fullmatch(_OPEN).eq(other=True)
    if decimal_comma:
        plain = plain.str.replace(_POINTED_GROUPS, "", regex=True)
        plain = plain.str.replace(",", ".", regex=False)
    else:
        # Whether the point of 2.000 parts thousands or decimals, nothing tells.
        plain = plain.str.replace(_GROUPS, "", regex=True).mask(open_)
    numbers = pd.to_numeric(plain, errors="coerce").astype("float64")
    # Negative figures are how event databases say "unknown".
    is_count = (numbers >= 0) & (numbers < _TOO_MANY) & (numbers % 1 == 0)
    said = f"{fields.get(field)} “" + texts + "” is not a number"
    notes = said.where(numbers.isna() & ~open_, said + " of people")
    return numbers.where(is_count).astype("Int64"), notes.where(texts.notna() & ~is_count)


def code_cells(
    table: pd.DataFrame,
    fields: Mapping[str, str],
    field: str,
    *,
    empty: str,
    unknown: str,
) -> tuple["pd.Series[str]", "pd.Series[str]"]:
    """Codes that the words of a field mean, and a note for each cell whose word nobody knows.

    Parameters
    ----------
    table
        Raw table.
    fields
        Field to column.
    field
        One of those in `code_words.toml`.
    empty
        Code of a cell that says nothing.
    unknown
        Code of a cell whose word means none.

    Examples
    --------
    >>> cells = pd.DataFrame({"tlp": ["TLP:RED", "mauve", None]})
    >>> codes, notes = code_cells(
    ...     cells, {"sensitivity": "tlp"}, "sensitivity", empty="public", unknown="restricted"
    ... )
    >>> codes.tolist(), notes[1]
    (['private', 'restricted', 'public'], 'tlp “mauve” is not understood, taken as restricted')
    """
    texts = text_cells(table, fields, field)
    codes = map_distinct(texts, lambda text: code_of(text, field)).astype("str")
    lost = texts.notna() & codes.isna()
    said = f"{fields.get(field)} “" + texts + f"” is not understood, taken as {unknown}"
    return codes.mask(lost, unknown).fillna(empty), said.where(lost)


def code_of(word: str, field: str) -> str | None:
    """Code of a field of `code_words.toml` that a word means; None where nobody knows it.

    Examples
    --------
    >>> code_of("Vérifié", "verification"), code_of("mauve", "verification")
    ('verified', None)
    """
    return _code_by_word()[field].get(normalise_name(word))


@cache
def _code_by_word() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("code_words.toml").read_text(encoding="utf-8")
    return {
        field: {normalise_name(word): code for code, words in codes.items() for word in words}
        for field, codes in tomllib.loads(text).items()
    }


def _with_ascii_digits(texts: "pd.Series[str]") -> "pd.Series[str]":
    is_other = ~texts.str.isascii().fillna(value=True).astype(bool)
    if not is_other.any():
        return texts
    plain = map_distinct(texts[is_other], _ascii_digits).astype("str")
    return texts.mask(is_other, plain)


def _ascii_digits(text: str) -> str:
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text.replace("٬", ","))


def has_unread_cells(reasons: "pd.Series[str]") -> "pd.Series[bool]":
    """Whether the reason of each row notes a cell that could not be read.

    Examples
    --------
    >>> has_unread_cells(pd.Series(["date “soon” is not understood", None], dtype="str")).tolist()
    [True, False]
    """
    return reasons.str.contains(_UNREAD).fillna(value=False).astype(bool)


def join_notes(*notes: "pd.Series[Any]") -> "pd.Series[str]":
    """Notes of each row as one text; null where no note says anything.

    Examples
    --------
    >>> join_notes(pd.Series(["One", None]), pd.Series(["two", ""])).tolist()
    ['One. two', nan]
    """
    joined = pd.Series(None, index=notes[0].index, dtype="str")
    for said in notes:
        if not said.notna().any():
            continue
        note = said.astype("str")
        note = note.where(note != "")
        if note.notna().any():
            joined = (joined + ". " + note).fillna(joined).fillna(note)
    return joined


def map_distinct(texts: "pd.Series[Any]", function: Callable[[Any], Any]) -> "pd.Series[Any]":
    """What a function says of each value, asked once for each that differs; null stays null.

    Examples
    --------
    >>> map_distinct(pd.Series(["a", "b", "a", None]), str.upper).tolist()
    ['A', 'B', 'A', None]
    """
    codes, distinct = pd.factorize(texts)
    answers = np.empty(len(distinct) + 1, dtype=object)
    answers[:-1] = [function(value) for value in distinct]
    return pd.Series(answers[codes], index=texts.index, dtype=object)
