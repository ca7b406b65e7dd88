"""The texts of an incident table as one block, opened on the first click or search."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from geo.errors import SchemaError
from layers.payload import Block, Column, identifiers, pack, repeated, texts

__all__ = ["encode_texts"]

_TEXTS = ("title", "place_text", "place", "reason", "method", "date_note")
_SOURCE_KEYS = ("publisher", "url", "published", "quote")


def encode_texts(rows: pd.DataFrame) -> Block:
    """Block of the texts of an incident table, in the order of its rows.

    Parameters
    ----------
    rows
        Incident table in the order of the incident block.

    Raises
    ------
    SchemaError
        `sources` or `actors` of a row is not a JSON list.
    """
    columns = {
        name: texts(_texts(rows, name)) if name in rows else repeated(None, len(rows))
        for name in _TEXTS
    }
    columns["incident_id"] = identifiers(rows["incident_id"])
    columns["time_utc"] = _instants(rows)
    columns["sources"] = _lists(rows, "sources", _source)
    columns["actors"] = _lists(rows, "actors", lambda actor: actor)
    return pack(columns, {})


def _texts(rows: pd.DataFrame, name: str) -> list[str | None]:
    return [None if missing else str(text) for text, missing in _with_missing(rows[name])]


def _instants(rows: pd.DataFrame) -> Column:
    if "time_utc" not in rows or rows["time_utc"].isna().all():
        return repeated(None, len(rows))
    if getattr(rows["time_utc"].dtype, "tz", None) is None:
        raise SchemaError(
            f"time_utc is {rows['time_utc'].dtype}, expected datetime64[us, UTC]; "
            "geo.read_incidents makes it."
        )
    iso = rows["time_utc"].dt.tz_convert("UTC").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    return texts([None if missing else str(text) for text, missing in _with_missing(iso)])


def _lists(
    rows: pd.DataFrame, name: str, shorten: Callable[[dict[str, Any]], dict[str, Any] | None]
) -> Column:
    if name not in rows:
        return repeated([], len(rows))
    return texts(
        [] if missing else [*filter(None, map(shorten, _parsed(text, name, row)))]
        for row, (text, missing) in zip(rows.index, _with_missing(rows[name]), strict=True)
    )


def _parsed(text: object, name: str, row: object) -> list[dict[str, Any]]:
    try:
        value = json.loads(str(text))
    except json.JSONDecodeError as error:
        raise SchemaError(f"{name}: row {row} is not JSON ({error}).") from error
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise SchemaError(f"{name}: row {row} is not a JSON list of objects.")
    return value


def _source(source: dict[str, Any]) -> dict[str, Any] | None:
    """What the card shows; quotes of single facts such as a date are parts of these already."""
    if source.get("fact", "incident") != "incident":
        return None
    return {key: source.get(key) for key in _SOURCE_KEYS}


def _with_missing(values: "pd.Series[Any]") -> Iterator[tuple[object, bool]]:
    # Lists, as pandas hands out the texts of a column one by one at ten times the price.
    return zip(values.to_numpy(dtype=object).tolist(), values.isna().tolist(), strict=True)
