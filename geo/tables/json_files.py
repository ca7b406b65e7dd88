"""JSON of all kinds (GeoJSON, arrays of objects, an object to a line) as raw tables."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.canonical_json import to_json
from geo.errors import ReadError
from geo.grammar.angles import coordinate_radius_m
from geo.schema import CRS
from geo.tables.encodings import TextFile, read_text
from geo.tables.geojson_crs import stated_crs
from geo.tables.geojson_shapes import read_shapes
from geo.tables.json_lines import JsonLines, load_json, read_json_lines
from geo.tables.limits import LONGEST_CELL, MOST_COLUMNS, check_size
from geo.tables.raw import RawTable

__all__ = ["read_json"]

_EXPECTED = "expected GeoJSON, an array of objects, or an object that holds one such array"
# The member in which a file of ours says what it is.
_OURS = "incidentmap"
# Of several arrays in a document, these hold its rows.
_ROWS = ("features", "events", "incidents", "results", "data", "items", "records", "rows")


def read_json(text: TextFile, *, is_lines: bool = False) -> RawTable:
    """Raw table of a JSON file; nested values become canonical JSON text.

    Parameters
    ----------
    text
        The file.
    is_lines
        Whether each line is a document of its own (NDJSON).

    Raises
    ------
    ReadError
        The file is no such JSON, or too large.
    """
    check_size(text.path, is_tree=True)
    content, path = read_text(text), str(text.path)
    lines = read_json_lines(content, path) if is_lines else None
    document = _json(content, path) if lines is None else lines.objects
    rows, members = _rows_of(document, path)
    sound = [row for row in rows if row]
    is_geojson = bool(sound) and all(
        "geometry" in row or row.get("type") == "Feature" for row in sound
    )
    if is_geojson or members.get("type") == "FeatureCollection" or "features" in _keys(document):
        raw = _read_features(rows, path, stated_crs(members, path))
    else:
        raw = RawTable(_table([_flat(row) for row in rows], path), row_word="row")
    kind = "geojson" if raw.shapes is not None else "json"
    raw = replace(raw, origin=path, kind=kind, encoding=text.encoding, members=members)
    return raw if lines is None else _with_lines(raw, lines)


def _with_lines(raw: RawTable, lines: JsonLines) -> RawTable:
    """Rows that are numbered by their lines, without those that could not be read."""
    index = raw.cells.index
    rows = pd.Series(lines.lines, index=index, dtype="int64")
    raw = replace(raw, kind="ndjson", rows=rows, row_word="line")
    if not lines.faults:
        return raw
    faults, unread = (
        pd.Series(told, index=index, dtype="str").fillna(
            pd.Series(None, index=index, dtype="str") if known is None else known
        )
        for told, known in ((lines.faults, raw.faults), (lines.unread, raw.unread))
    )
    return replace(raw, faults=faults, unread=unread)


def _keys(document: object) -> set[str]:
    return set(document) if isinstance(document, dict) else set()


def _rows_of(document: object, path: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Objects of a document, and what else it says."""
    if isinstance(document, list):
        found, members = document, _members_of_first(document)
    elif isinstance(document, dict) and document.get("type") == "Feature":
        found, members = [document], _members_of_first([document])
    elif isinstance(document, dict):
        arrays = [name for name, value in document.items() if _are_objects(value)]
        empty = [name for name in ("features", *_ROWS) if document.get(name) == []]
        name = next((name for name in _ROWS if name in arrays), None)
        if name is None and len(arrays) == 1:
            name = arrays[0]
        name = name or (empty[0] if empty else None)
        if name is None:
            raise ReadError(f"{path}: JSON, but not a GeoJSON FeatureCollection; {_EXPECTED}.")
        found = document[name]
        members = {key: value for key, value in document.items() if key != name}
    else:
        found, members = None, {}
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ReadError(f"{path}: JSON, but not a GeoJSON FeatureCollection; {_EXPECTED}.")
    return found, members


def _members_of_first(features: list[object]) -> dict[str, Any]:
    """What a sequence of features of ours says of itself, which stands in the first of them."""
    first = features[0] if features else None
    return {_OURS: first[_OURS]} if isinstance(first, dict) and _OURS in first else {}


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _read_features(features: Sequence[dict[str, Any]], path: str, crs: str) -> RawTable:
    numbered = list(enumerate(features, start=1))
    cells = _table([_feature_row(feature, row, path) for row, feature in numbered], path)
    read = read_shapes(features)
    broken = read.broken
    if broken and len(broken) == len(features):
        raise ReadError(f"{path}: {broken[0]}, as all have; expected GeoJSON.")
    lost = {number: to_json([to_json(features[number]["geometry"])]) for number in broken}
    shapes = gpd.GeoSeries(pd.Series(read.shapes, index=cells.index, dtype=object), crs=crs)
    sound = [{} if number in broken else one for number, one in enumerate(features)]
    digits_m = pd.Series(list(map(_digits_m, sound)), index=cells.index, dtype="float64")
    faults, unread, notes = (
        pd.Series(one, index=cells.index, dtype="str") if one else None
        for one in (broken, lost, read.notes)
    )
    if crs != CRS:
        # Digits of metres say nothing of degrees.
        shapes, digits_m = shapes.to_crs(CRS), digits_m.mask(digits_m.notna())
    return RawTable(
        cells, shapes, digits_m, row_word="feature", faults=faults, unread=unread, notes=notes
    )


def _table(rows: list[dict[str, Any]], path: str) -> pd.DataFrame:
    names = {name for row in rows for name in row}
    if len(names) > MOST_COLUMNS:
        raise ReadError(f"{path}: {len(names):,} columns; at most {MOST_COLUMNS:,} are read.")
    longest = max((len(v) for row in rows for v in row.values() if isinstance(v, str)), default=0)
    if longest > LONGEST_CELL:
        raise ReadError(
            f"{path}: a value of {longest:,} characters; at most {LONGEST_CELL:,} are read."
        )
    return pd.DataFrame(rows, index=range(len(rows)))


def _json(text: str, path: str) -> object:
    try:
        return load_json(text)
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{path}: broken JSON at line {error.lineno}, column {error.colno} "
            f"({error.msg}); {_EXPECTED}."
        ) from error
    except (RecursionError, ValueError) as error:
        fault = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise ReadError(f"{path}: JSON that cannot be read ({fault}); {_EXPECTED}.") from error


def _digits_m(feature: dict[str, Any]) -> float | None:
    """Radius that the digits of a point leave open; None for other geometries."""
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    pair = (geometry.get("coordinates") or [])[:2]
    return coordinate_radius_m(*map(float, pair)) if len(pair) == 2 else None


def _feature_row(feature: dict[str, Any], number: int, path: str) -> dict[str, Any]:
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise ReadError(
            f"{path}: feature {number} has properties that are no JSON object; expected GeoJSON."
        )
    row = _flat(properties)
    # Files of ours repeat the identifier as that of the feature.
    if "id" in feature and row.get("incident_id") != feature["id"]:
        row.setdefault("id", str(feature["id"]))
    return row


def _flat(members: Mapping[str, Any]) -> dict[str, Any]:
    """Members of an object as cells; nested values as canonical JSON text."""
    return {
        str(name): to_json(value) if isinstance(value, dict | list) else value
        for name, value in members.items()
    }
