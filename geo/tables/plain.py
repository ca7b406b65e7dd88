"""A raw table whose columns are known to incidents."""

import hashlib
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.tables.cells import code_cells, count_cells, join_notes, map_distinct, text_cells
from geo.tables.identifiers import sound_identifiers
from geo.tables.json_texts import json_strings
from geo.tables.positions import read_positions
from geo.tables.raw import RawTable
from geo.tables.testimony import ACTOR_FIELDS, read_actors, read_sources
from geo.tables.times import read_times
from geo.vocabulary import find_kind, is_kind_word

__all__ = ["plain_incidents"]

_COUNTS = ("fatalities_best", "fatalities_low", "fatalities_high", "injured")
_PLACE_PARTS = ("country", "admin1", "admin2")


def plain_incidents(raw: RawTable, fields: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Incidents of a table, by the columns that hold each field.

    Parameters
    ----------
    raw
        Rows as the input has them.
    fields
        Field to column, as `geo.tables.columns.find_columns` gives it.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns of the incident table in EPSG:4326, one row for each row; without the input's own.

    Examples
    --------
    >>> raw = RawTable(pd.DataFrame({"where": ["Tower 22"], "killed": ["3"]}))
    >>> plain_incidents(raw, {"place": "where", "fatalities_best": "killed"})["place_text"].tolist()
    ['Tower 22']
    """
    cells = raw.cells
    positions = read_positions(cells, fields, raw.shapes, raw.digits_m)
    times, time_notes = read_times(cells, fields, day_first=raw.day_first)
    counts = {
        name: count_cells(cells, fields, name, decimal_comma=raw.decimal_comma)
        for name in _COUNTS
        if name in fields
    }
    places = text_cells(cells, fields, "place")
    verification, unchecked = code_cells(
        cells, fields, "verification", empty="unverified", unknown="unverified"
    )
    # Who marks rows at all may mean with any word that not everybody is to see them.
    sensitivity, unguarded = code_cells(
        cells, fields, "sensitivity", empty="public", unknown="restricted"
    )
    words = text_cells(cells, fields, "kind")
    identifiers, unnamed = sound_identifiers(text_cells(cells, fields, "incident_id"))
    columns: dict[str, Any] = {
        "incident_id": _identifiers(identifiers, cells, raw.shapes),
        "title": text_cells(cells, fields, "title").fillna(places),
        "kind": map_distinct(words.fillna(""), find_kind),
        "subkind": text_cells(cells, fields, "subkind"),
        "place_text": places,
        **{name: text_cells(cells, fields, name) for name in _PLACE_PARTS},
        **{name: values for name, (values, _) in counts.items()},
        "sources": read_sources(cells, fields),
        "verification": verification,
        "sensitivity": sensitivity,
    }
    if set(ACTOR_FIELDS) & set(fields):
        columns["actors"] = read_actors(cells, fields)
    count_notes = (notes for _, notes in counts.values())
    columns["reason"] = join_notes(
        positions["reason"],
        unnamed,
        time_notes,
        *count_notes,
        unchecked,
        unguarded,
        _unknown_kinds(words, fields.get("kind")),
    )
    return positions.assign(**columns).join(times)


def _unknown_kinds(words: "pd.Series[str]", column: str | None) -> "pd.Series[str]":
    said = f"{column} “" + words + "” is not understood, taken as other"
    return said.mask(map_distinct(words.fillna("other"), is_kind_word).astype(bool))


def _identifiers(
    stated: "pd.Series[str]", cells: pd.DataFrame, shapes: gpd.GeoSeries | None
) -> "pd.Series[str]":
    """The input's own identifiers; where they lack, a digest of the row."""
    lost = stated.isna()
    if lost.any():
        points = None if shapes is None else gpd.GeoSeries(shapes[lost])
        stated = stated.fillna(_digests(cells[lost], points))
    return stated


def _digests(cells: pd.DataFrame, shapes: gpd.GeoSeries | None) -> "pd.Series[str]":
    """Digest of each row, as JSON of its cells as texts and of its geometry."""
    row = pd.Series("[", index=cells.index, dtype="str")
    for name in cells.columns:
        row = row + json_strings(_as_texts(cells[name])) + ","
    points = pd.Series("", index=cells.index) if shapes is None else _as_texts(shapes.to_wkt())
    row = row + json_strings(points) + "]"
    digests = [hashlib.sha256(text.encode()).hexdigest()[:12] for text in row]
    return pd.Series(digests, index=cells.index, dtype="str")


def _as_texts(values: "pd.Series[Any]") -> "pd.Series[str]":
    if str(values.dtype) == "str":
        return values.fillna("nan")
    return pd.Series(list(map(str, values)), index=values.index, dtype="str")
