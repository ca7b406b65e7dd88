"""Reports as the page of a review shows them: plain words and numbers, row by row."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import SchemaError
from geo.geocoding.overrides.rules import text_key
from geo.vocabulary import kinds
from layers.review_candidates import CandidatePlaces
from layers.source_quotes import actor_words, quoted_sources

__all__ = ["report_records", "stated_countries"]

_TEXTS = {
    "title": "title",
    "kind": "kind",
    "subkind": "subkind",
    "date_precision": "date_precision",
    "place_text": "place_text",
    "place": "place",
    "country": "country",
    "admin1": "province",
    "precision": "precision",
    "method": "method",
    "reason": "reason",
    "status": "status",
    "verification": "verification",
    "sensitivity": "sensitivity",
}
_COUNTS = {
    "fatalities_best": "best",
    "fatalities_low": "low",
    "fatalities_high": "high",
    "injured": "injured",
}
_UNPLACED = ("ambiguous", "unlocated")
_SURROUNDED = "surrounding place"

Record = dict[str, object]


def report_records(
    reports: gpd.GeoDataFrame, rows: Iterable[int], places: CandidatePlaces
) -> list[Record]:
    """What the page needs of some rows; what is missing is left out.

    Parameters
    ----------
    reports
        Incident table in EPSG:4326.
    rows
        Positions of the rows, in the order of the records.
    places
        Looks candidates up.

    Raises
    ------
    SchemaError
        `sources`, `actors` or `candidates` of a row is not a JSON list of objects.
    """
    order = list(rows)
    told = reports.iloc[order]
    stated = stated_countries(reports)
    groups, sizes = _groups(reports, stated)
    columns: dict[str, list[object]] = {"id": _texts(told, "incident_id")}
    columns |= {key: _texts(told, name) for name, key in _TEXTS.items()}
    columns |= {key: _whole(told, name) for name, key in _COUNTS.items()}
    columns["kind_label"] = [
        None if code is None else _kind_label(str(code)) for code in columns["kind"]
    ]
    columns["start"], columns["end"] = _days(told, "date_start"), _days(told, "date_end")
    columns["lon"], columns["lat"] = _position(told)
    columns["uncertainty_m"] = _measure(told, "uncertainty_m", 0)
    columns["score"] = _measure(told, "score", 3)
    columns["stated_country"] = [stated[row] for row in order]
    columns["sources"] = list(_lists(told, "sources", quoted_sources))
    columns["actors"] = list(_lists(told, "actors", actor_words))
    columns["candidates"] = list(_candidates(told, places))
    columns["group"] = [groups[row] for row in order]
    columns["same"] = [sizes[row] for row in order]
    return [
        {name: values[row] for name, values in columns.items() if values[row] is not None}
        for row in range(len(order))
    ]


def stated_countries(reports: pd.DataFrame) -> list[str | None]:
    """The country that each row states itself, where that can still be told.

    Where a row was placed, its country may come from its point; a line of overrides that asks for
    it would then fit no row of the next run.

    Parameters
    ----------
    reports
        Incident table.
    """
    country = _texts(reports, "country")
    status, method = _texts(reports, "status"), _texts(reports, "method")
    return [
        name if is_unplaced in _UNPLACED or how == _SURROUNDED else None
        for name, is_unplaced, how in zip(country, status, method, strict=True)
    ]


def _groups(reports: pd.DataFrame, stated: list[str | None]) -> tuple[list[int], list[int]]:
    """Number of the place that each row says, and how many rows a line that says it decides on."""
    texts = _texts(reports, "place_text")
    keys = {text: text_key(str(text)) for text in set(texts) - {None}}
    said = [
        None if text is None else (keys[text], country)
        for text, country in zip(texts, stated, strict=True)
    ]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(said))}
    by_text = pd.Series([keys.get(text) for text in texts], dtype=object).value_counts()
    by_key = pd.Series([numbers[key] for key in said]).value_counts()
    sizes = [
        1 if key is None else int(by_text[key[0]] if key[1] is None else by_key[numbers[key]])
        for key in said
    ]
    return [numbers[key] for key in said], sizes


def _kind_label(code: str) -> str:
    known = kinds().get(code)
    return known.label if known else code.replace("_", " ").capitalize()


def _texts(table: pd.DataFrame, name: str) -> list[Any]:
    if name not in table:
        return [None] * len(table)
    column = table[name]
    values = column.to_numpy(dtype=object).tolist()
    return [
        None if missing or not str(value).strip() else str(value)
        for value, missing in zip(values, column.isna().tolist(), strict=True)
    ]


def _whole(table: pd.DataFrame, name: str) -> list[object]:
    return [None if value is None else int(str(value)) for value in _measure(table, name, 0)]


def _measure(table: pd.DataFrame, name: str, digits: int) -> list[object]:
    if name not in table:
        return [None] * len(table)
    numbers = pd.to_numeric(table[name]).to_numpy(dtype="float64", na_value=np.nan)
    return [_rounded(number, digits) for number in numbers.tolist()]


def _rounded(number: float, digits: int) -> object:
    if not np.isfinite(number):
        return None
    return round(number) if digits == 0 else round(number, digits)


def _days(table: pd.DataFrame, name: str) -> list[object]:
    if name not in table:
        return [None] * len(table)
    days = pd.to_datetime(table[name]).to_numpy().astype("datetime64[D]")
    return [
        None if lost else int(day)
        for day, lost in zip(days.astype("int64").tolist(), np.isnat(days).tolist(), strict=True)
    ]


def _position(table: gpd.GeoDataFrame) -> tuple[list[object], list[object]]:
    points = table.geometry.representative_point()
    return tuple(  # type: ignore[return-value]
        [_rounded(float(number), 6) for number in axis] for axis in (points.x, points.y)
    )


def _lists(
    table: pd.DataFrame, name: str, words: Callable[[list[dict[str, Any]]], object]
) -> Iterator[object]:
    for identifier, text in zip(_texts(table, "incident_id"), _texts(table, name), strict=True):
        yield words(_parsed(text, f"{name} of {identifier}")) if text is not None else []


def _parsed(text: str, where: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise SchemaError(f"{where} is not JSON ({error}).") from error
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise SchemaError(f"{where} is not a JSON list of objects.")
    return found


def _candidates(table: pd.DataFrame, places: CandidatePlaces) -> Iterator[object]:
    known: dict[str, object] = {}
    texts = zip(_texts(table, "incident_id"), _texts(table, "candidates"), strict=True)
    for identifier, text in texts:
        if text is None:
            yield []
            continue
        if text not in known:
            known[text] = places.of(text, f"row {identifier}")
        yield known[text]
