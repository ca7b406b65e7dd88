"""Which keys a table of settings may have, and what they may hold."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from geo.geocoding.wording import quoted

__all__ = [
    "DAY",
    "FLAG",
    "SIZE",
    "TABLE",
    "TEXT",
    "TEXTS",
    "Field",
    "choice",
    "faults_of",
    "several",
    "table_of",
]


@dataclass(frozen=True)
class Field:
    """What a key may hold, in words and as a test."""

    expected: str
    accepts: Callable[[Any], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_day(value: object) -> bool:
    if isinstance(value, str):
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            return False
        return True
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _is_size(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e6


TEXT = Field("a text", _is_text)
TEXTS = Field("a list of texts", _is_texts)
FLAG = Field("true or false", lambda value: isinstance(value, bool))
DAY = Field("a day such as 2024-01-31", _is_day)
SIZE = Field("a number above 0", _is_size)
TABLE = Field("a table of keys", lambda value: isinstance(value, dict))


def choice(options: Sequence[str]) -> Field:
    """One of several words."""
    return Field(f"one of {', '.join(options)}", lambda value: value in options)


def several(options: Sequence[str]) -> Field:
    """A list of some of several words."""
    return Field(
        f"a list of {', '.join(options)}",
        lambda value: _is_texts(value) and set(value) <= set(options),
    )


def table_of(names: Sequence[str]) -> Field:
    """A table of texts under names that are known."""
    return Field(
        f"a table of texts with keys among {', '.join(names)}",
        lambda value: (
            isinstance(value, dict)
            and set(value) <= set(names)
            and all(map(_is_text, value.values()))
        ),
    )


def faults_of(table: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    """Keys that are unknown or hold what they must not, each with what is wrong.

    Parameters
    ----------
    table
        Keys and values, as they were read.
    fields
        What each key may hold.

    Examples
    --------
    >>> list(faults_of({"tilte": "x"}, {"title": TEXT}))
    [('tilte', 'there is no such key; did you mean title?')]
    """
    for key, value in table.items():
        if key not in fields:
            near = get_close_matches(key.casefold(), fields, n=1, cutoff=0.0)
            yield key, f"there is no such key; did you mean {near[0]}?"
        elif not fields[key].accepts(value):
            yield key, f"it is {_shown(value)}; expected {fields[key].expected}"


def _shown(value: object) -> str:
    return quoted(value) if isinstance(value, str) else quoted(str(value))
