"""Which column of a spreadsheet holds what, guessed by name."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

from geo.errors import SchemaError

__all__ = ["LEVELS", "find_columns", "is_known_name", "known_names"]

#: Between the parts of a name that stands in several rows, the uppermost first.
LEVELS = " | "

_SEPARATORS = re.compile(r"[^\w]+|_+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def find_columns(
    columns: Sequence[str],
    *,
    named: Mapping[str, str | None] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    empty: Collection[str] = (),
) -> dict[str, str]:
    """Column of the table for each field that it has.

    Parameters
    ----------
    columns
        Names of the table's columns.
    named
        Fields whose column the user names; None where the name decides.
    names
        Names under which tables carry each field; those of incident tables by default.
    empty
        Columns without values: they serve a field only where no other does.

    Returns
    -------
    dict
        Field to column; a column serves one field only.

    Raises
    ------
    SchemaError
        A column that the user names does not exist.

    Examples
    --------
    >>> find_columns(["Event Date", "Longitude", "LAT", "notes"])
    {'date': 'Event Date', 'lon': 'Longitude', 'lat': 'LAT'}
    """
    chosen = {field: column for field, column in (named or {}).items() if column is not None}
    for field, column in chosen.items():
        if column not in columns:
            raise SchemaError(
                f"There is no column {column!r} for {field}; the table has {', '.join(columns)}."
            )
    unnamed = [column for column in reversed(columns) if column not in chosen.values()]
    unnamed.sort(key=lambda column: column not in empty)
    # A whole name tells more than a part of it.
    free = {part: column for column in unnamed for part in _parts(column)}
    free |= {_plain(column): column for column in unnamed}
    for field, usual in (names or _names()).items():
        if field in chosen:
            continue
        fitting = [free[name] for name in usual if name in free]
        if fitting:
            found = next((column for column in fitting if column not in empty), fitting[0])
            chosen[field] = found
            free = {name: column for name, column in free.items() if column != found}
    return chosen


def known_names() -> dict[str, list[str]]:
    """Names under which tables carry each field, in the order in which they are looked for."""
    text = Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))


def is_known_name(text: str) -> bool:
    """Whether a text is a name under which tables carry some field.

    Examples
    --------
    >>> is_known_name("Date de l'événement"), is_known_name("Amman")
    (True, False)
    """
    return _plain(text) in _all_names()


@cache
def _all_names() -> frozenset[str]:
    return frozenset(name for names in _names().values() for name in names)


def _parts(column: str) -> list[str]:
    """Names that a part of a column's name bears: without brackets, below what stands above it."""
    lowest = column.rpartition(LEVELS)[2]
    return [_plain(lowest), _plain(_BRACKETS.sub(" ", lowest))]


def _plain(column: str) -> str:
    parted = unicodedata.normalize("NFKD", column.casefold())
    letters = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return _SEPARATORS.sub("_", letters.replace("ı", "i").replace("ـ", "")).strip("_")


@cache
def _names() -> dict[str, list[str]]:
    return {field: list(map(_plain, names)) for field, names in known_names().items()}
