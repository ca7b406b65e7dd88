"""What cells of JSON list: sources and actors, one by one."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

__all__ = ["joined_members", "listed_rows", "members_at"]

_BETWEEN = "; "


def listed_rows(table: pd.DataFrame, column: str, members: tuple[str, ...]) -> list[list[str]]:
    """One row for each entry: the incident, then members of the entry as texts.

    Parameters
    ----------
    table
        With `incident_id` and the column.
    column
        A column of JSON, such as `sources`.
    members
        Members of the entries.
    """
    if column not in table:
        return []
    return [
        [str(identifier), *(_text(entry.get(member)) for member in members)]
        for identifier, cell in zip(table["incident_id"], table[column], strict=True)
        for entry in _entries(cell)
    ]


def joined_members(cells: "pd.Series[Any]", member: str) -> "pd.Series[str]":
    """One member of all entries of each cell, each text once.

    Examples
    --------
    >>> cells = pd.Series(['[{"publisher":"AFP"},{"publisher":"AP"},{"publisher":"AFP"}]', None])
    >>> joined_members(cells, "publisher").tolist()
    ['AFP; AP', '']
    """
    texts = [
        _BETWEEN.join(
            dict.fromkeys(_text(entry[member]) for entry in _entries(cell) if entry.get(member))
        )
        for cell in cells
    ]
    return pd.Series(texts, index=cells.index, dtype="str")


def members_at(cells: "pd.Series[Any]", member: str, number: int) -> "pd.Series[str]":
    """One member of one of the entries of each cell, each text counted once; empty beyond the last.

    Examples
    --------
    >>> cells = pd.Series(['[{"name":"Army; 3rd brigade"},{"name":"B"}]', None])
    >>> members_at(cells, "name", 1).tolist()
    ['B', '']
    """
    texts = [
        [*dict.fromkeys(_text(entry[member]) for entry in _entries(cell) if entry.get(member))]
        for cell in cells
    ]
    named = ["".join(entries[number : number + 1]) for entries in texts]
    return pd.Series(named, index=cells.index, dtype="str")


def _entries(cell: object) -> Iterator[dict[str, Any]]:
    found = json.loads(cell) if isinstance(cell, str) else []
    return (
        (entry for entry in found if isinstance(entry, dict))
        if isinstance(found, list)
        else iter(())
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
