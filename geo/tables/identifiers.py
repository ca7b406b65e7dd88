"""Identifiers and names that no two incidents or columns share."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

__all__ = ["number_repeats", "sound_identifiers", "unique_identifiers"]

# What spreadsheets write into cells whose formula fails.
_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}
)


def sound_identifiers(stated: "pd.Series[str]") -> tuple["pd.Series[str]", "pd.Series[str]"]:
    """Identifiers without the errors of spreadsheets, and a note for each row that had one.

    Examples
    --------
    >>> identifiers, notes = sound_identifiers(pd.Series(["a-1", "#DIV/0!"], dtype="str"))
    >>> identifiers.tolist(), notes[1]
    (['a-1', nan], 'the identifier “#DIV/0!” is an error of a spreadsheet')
    """
    is_broken = stated.isin(list(_ERRORS))
    notes = "the identifier “" + stated[is_broken].astype("str") + "” is an error of a spreadsheet"
    return stated.mask(is_broken), notes.reindex(stated.index)


def unique_identifiers(stated: "pd.Series[Any]") -> "pd.Series[str]":
    """Identifiers of which each occurs once: repeats get the next number that is free.

    Examples
    --------
    >>> unique_identifiers(pd.Series(["1", "1", "1-2"])).tolist()
    ['1', '1-3', '1-2']
    """
    if stated.is_unique and stated.notna().all():
        return stated.astype("str")
    names = number_repeats(stated.astype("str").tolist(), mark="-")
    return pd.Series(names, index=stated.index, dtype="str")


def number_repeats(texts: Sequence[str], *, mark: str) -> list[str]:
    """Texts of which each occurs once: repeats get a mark and the next number that is free.

    Examples
    --------
    >>> number_repeats(["place", "place"], mark="_")
    ['place', 'place_2']
    """
    taken, seen, numbers = set(texts), set[str](), dict[str, int]()
    result = []
    for text in texts:
        name = text
        if text in seen:
            name, numbers[text] = _next_free(f"{text}{mark}", taken, numbers.get(text, 1) + 1)
        seen.add(text)
        taken.add(name)
        result.append(name)
    return result


def _next_free(stem: str, taken: set[str], number: int) -> tuple[str, int]:
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}", number
