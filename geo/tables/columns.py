"""Which column of a spreadsheet holds what, guessed by name."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from geo.errors import SchemaError

__all__ = ["find_columns"]

_SEPARATORS = re.compile(r"[\s._\-]+")


def find_columns(
    columns: Sequence[str],
    *,
    named: Mapping[str, str | None] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
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
    free = {_plain(column): column for column in reversed(columns) if column not in chosen.values()}
    for field, usual in (names or _names()).items():
        if field in chosen:
            continue
        found = next((free.pop(name) for name in usual if name in free), None)
        if found is not None:
            chosen[field] = found
    return chosen


def _plain(column: str) -> str:
    return _SEPARATORS.sub("_", column.strip().casefold()).strip("_")


@cache
def _names() -> dict[str, list[str]]:
    text = Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
