"""The texts of an incident table as one block, opened on the first click or search."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from geo.errors import SchemaError
from layers.border_lines import lines_of
from layers.payload import Block, Column, dictionary, identifiers, pack, repeated, texts
from layers.place_names import country_names
from layers.source_quotes import actor_words, quoted_sources

__all__ = ["encode_texts"]

_TEXTS = ("title", "place_text", "place", "reason", "method", "date_note")
#: Words that repeat, and stand in few tables.
_WORDS = ("date_zone", "sensitivity", "claimed_by", "tripoint")
_MOST_CANDIDATES = 5
_MOST_DEGREES = 180

Entries = list[dict[str, Any]]


def encode_texts(rows: pd.DataFrame) -> Block:
    """Block of the texts of an incident table, in the order of its rows.

    Parameters
    ----------
    rows
        Incident table in the order of the incident block.

    Raises
    ------
    SchemaError
        `sources`, `actors` or `candidates` of a row is not a JSON list.
    """
    columns = {
        name: texts(_texts(rows, name)) if name in rows else repeated(None, len(rows))
        for name in _TEXTS
    }
    columns["incident_id"] = identifiers(rows["incident_id"])
    columns["time_utc"] = _instants(rows)
    columns["sources"] = _lists(rows, "sources", quoted_sources)
    columns["actors"] = _lists(rows, "actors", actor_words)
    words = {name: rows[name].astype("str") for name in _WORDS if _holds(rows, name)}
    columns |= {name: dictionary(column) for name, column in words.items()}
    codes = {code for name in ("claimed_by", "tripoint") for code in _codes(words.get(name))}
    if _holds(rows, "candidates"):
        candidates, named = _candidates(rows)
        columns["candidates"] = dictionary(candidates)
        codes |= named
    return pack(columns, {"countries": country_names(codes), "lines": lines_of(rows.columns)})


def _holds(rows: pd.DataFrame, name: str) -> bool:
    return name in rows and bool(rows[name].notna().any())


def _codes(words: "pd.Series[str] | None") -> Iterator[str]:
    """Codes of countries in words such as `A|B` and `A-B-C`."""
    for word in () if words is None else words.dropna().unique():
        yield from word.replace("|", "-").split("-")


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


def _lists(rows: pd.DataFrame, name: str, shorten: Callable[[Entries], object]) -> Column:
    if name not in rows:
        return repeated([], len(rows))
    return texts(
        [] if missing else shorten(_parsed(text, name, row))
        for row, (text, missing) in zip(rows.index, _with_missing(rows[name]), strict=True)
    )


def _parsed(text: object, name: str, row: object) -> Entries:
    try:
        value = json.loads(str(text))
    except json.JSONDecodeError as error:
        raise SchemaError(f"{name}: row {row} is not JSON ({error}).") from error
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise SchemaError(f"{name}: row {row} is not a JSON list of objects.")
    return value


def _candidates(rows: pd.DataFrame) -> tuple["pd.Series[str]", set[str]]:
    """What else each place could be, as JSON, and the codes of the countries that it names."""
    chosen = rows["place_id"] if "place_id" in rows else pd.Series(None, rows.index, dtype="str")
    known: dict[tuple[object, object], str | None] = {}
    codes: set[str] = set()
    found: list[str | None] = []
    places = chosen.to_numpy(dtype=object).tolist()
    for row, place_id, (text, missing) in zip(
        rows.index, places, _with_missing(rows["candidates"]), strict=True
    ):
        key = (text, place_id)
        if not missing and key not in known:
            others = _others(_parsed(text, "candidates", row), place_id)
            codes.update(str(code) for _, code, *_ in others if code is not None)
            known[key] = json.dumps(others, separators=(",", ":")) if others else None
        found.append(None if missing else known[key])
    return pd.Series(found, index=rows.index, dtype="str"), codes


def _others(candidates: Entries, place_id: object) -> list[list[object]]:
    """Name, country, latitude and longitude in degrees of the places that were not chosen."""
    others = [one for one in candidates if place_id is None or one.get("place_id") != place_id]
    return [
        [
            *(_word(one, key) for key in ("name", "country_a3")),
            *(_degrees(one, key) for key in ("lat", "lon")),
        ]
        for one in others[:_MOST_CANDIDATES]
    ]


def _word(candidate: dict[str, Any], name: str) -> str | None:
    value = candidate.get(name)
    return value if isinstance(value, str) else None


def _degrees(candidate: dict[str, Any], name: str) -> float | None:
    value = candidate.get(name)
    if not isinstance(value, int | float) or not abs(value) <= _MOST_DEGREES:
        return None
    return round(float(value), 2)


def _with_missing(values: "pd.Series[Any]") -> Iterator[tuple[object, bool]]:
    # Lists, as pandas hands out the texts of a column one by one at ten times the price.
    return zip(values.to_numpy(dtype=object).tolist(), values.isna().tolist(), strict=True)
