"""Who says what in the rows of a table: sources, and actors with the word on which they stand."""

from collections.abc import Iterator, Mapping

import pandas as pd

from geo.canonical_json import to_json
from geo.tables.cells import code_of, text_cells
from geo.tables.json_texts import json_objects, json_strings

__all__ = ["ACTOR_FIELDS", "read_actors", "read_sources"]

#: What the name in each of these fields is to the incident.
ACTOR_FIELDS = {
    "actor": "stated",
    "actor2": "stated",
    "claimed_by": "claimed",
    "accused": "accused",
}
_SOURCE_FIELDS = ("publisher", "url", "published", "quote")
_BETWEEN_NAMES = ";"


def read_sources(table: pd.DataFrame, fields: Mapping[str, str]) -> "pd.Series[str]":
    """Canonical JSON of the source of each row; an empty list where it names none.

    Parameters
    ----------
    table
        Raw table.
    fields
        Field to column; uses `publisher`, `url`, `published` and `quote`.

    Examples
    --------
    >>> table = pd.DataFrame({"source": ["AFP"], "quote": ["Two rockets fell."]})
    >>> read_sources(table, {"publisher": "source", "quote": "quote"})[0]
    '[{"publisher":"AFP","quote":"Two rockets fell."}]'
    """
    members = {name: json_strings(text_cells(table, fields, name)) for name in _SOURCE_FIELDS}
    return "[" + json_objects(members).fillna("") + "]"


def read_actors(table: pd.DataFrame, fields: Mapping[str, str]) -> "pd.Series[str]":
    """Canonical JSON of the actors of each row, by whose word; an empty list where it names none.

    Names between semicolons are several. Who claims an incident says so of themselves; anything
    else the publisher of the row says, where it has one.

    Parameters
    ----------
    table
        Raw table.
    fields
        Field to column; uses `publisher` and those of `ACTOR_FIELDS`.

    Examples
    --------
    >>> table = pd.DataFrame({"actor": ["unknown; A group"], "source": ["AFP"]})
    >>> read_actors(table, {"actor": "actor", "publisher": "source"})[0]
    '[{"attribution":"stated","by":"AFP","name":"A group"}]'
    """
    columns = [text_cells(table, fields, name) for name in (*ACTOR_FIELDS, "publisher")]
    cells = [column.astype(object).where(column.notna(), None) for column in columns]
    rows = list(zip(*cells, strict=True))
    texts = {row: _actors(*row) for row in dict.fromkeys(rows)}
    return pd.Series([texts[row] for row in rows], index=table.index, dtype="str")


def _actors(*cells: str | None) -> str:
    *named, publisher = cells
    actors = []
    for attribution, cell in zip(ACTOR_FIELDS.values(), named, strict=True):
        for name in _names(cell):
            by = name if attribution == "claimed" else publisher
            said = {"attribution": attribution, "by": by, "name": name}
            actors.append({key: value for key, value in said.items() if value})
    return to_json(actors)


def _names(cell: str | None) -> Iterator[str]:
    """Names of a cell; codes, yes and unknown are none."""
    for part in (cell or "").split(_BETWEEN_NAMES):
        name = part.strip()
        if any(sign.isalpha() for sign in name) and code_of(name, "actor") is None:
            yield name
