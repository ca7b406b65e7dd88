"""What a profile says of itself and of its columns, as data: one TOML file beside each module."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["ColumnFact", "Facts", "read_facts"]


@dataclass(frozen=True)
class ColumnFact:
    """What becomes of one column of the provider.

    Parameters
    ----------
    native
        Its name in the files.
    to
        Columns of the incident table that it fills, alone or with others.
    how
        One sentence for people.
    copied
        Whether its text stands in the first of these columns as it is.
    """

    native: str
    to: tuple[str, ...]
    how: str
    copied: bool


@dataclass(frozen=True)
class Facts:
    """All that a profile states as data.

    Parameters
    ----------
    title
        Name for people.
    about
        What the files are, and which forms of them are read.
    licence
        Terms of the provider, in short words.
    redistributable
        Whether its rows may be passed on.
    attribution
        Sentence to print with what is made of it.
    needed
        Columns without which a file is none of this provider.
    telling
        Columns by which it is told from others.
    edited
        Columns that say when a row was edited last, the first that is filled.
    columns
        What becomes of the columns.
    codes
        Values of the provider and what they mean, by name of the list.
    """

    title: str
    about: str
    licence: str
    redistributable: bool
    attribution: str
    needed: tuple[str, ...]
    telling: tuple[str, ...]
    edited: tuple[str, ...]
    columns: tuple[ColumnFact, ...]
    codes: Mapping[str, Mapping[str, Any]]


@cache
def read_facts(name: str) -> Facts:
    """Facts of a profile.

    Examples
    --------
    >>> read_facts("usgs").redistributable
    True
    """
    text = (Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Facts(
        title=table["title"],
        about=table["about"],
        licence=table["licence"],
        redistributable=table["redistributable"],
        attribution=table["attribution"],
        needed=tuple(table["needed"]),
        telling=tuple(table["telling"]),
        edited=tuple(table.get("edited", ())),
        columns=tuple(_column(native, fact) for native, fact in table["columns"].items()),
        codes=table.get("codes", {}),
    )


def _column(native: str, fact: Mapping[str, Any]) -> ColumnFact:
    return ColumnFact(native, tuple(fact.get("to", ())), fact["how"], fact.get("copied", False))
