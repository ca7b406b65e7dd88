"""JSON of all kinds (GeoJSON, arrays of objects, an object to a line) as raw tables."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.canonical_json import to_json
from geo.errors import ReadError
from geo.grammar.angles import coordinate_radius_m
from geo.schema import CRS
from geo.tables.encodings import TextFile, read_text
from geo.tables.geojson_crs import stated_crs
from geo.tables.limits import LONGEST_CELL, MOST_COLUMNS, check_size
from geo.tables.raw import RawTable

__all__ = ["read_json"]

_EXPECTED = "expected GeoJSON, an array of objects, or an object that holds one such array"
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
    document = _lines(content, path) if is_lines else _json(content, path)
    rows, members = _rows_of(document, path)
    is_geojson = bool(rows) and all(
        "geometry" in row or row.get("type") == "Feature" for row in rows
    )
    if is_geojson or members.get("type") == "FeatureCollection" or "features" in _keys(document):
        raw = _read_features(rows, path, stated_crs(members, path))
    else:
        raw = RawTable(_table([_flat(row) for row in rows], path), row_word="row")
    kind = "geojson" if raw.shapes is not None else "json"
    return RawTable(
        raw.cells,
        raw.shapes,
        raw.digits_m,
        origin=path,
        kind="ndjson" if is_lines else kind,
        encoding=text.encoding,
        row_word=raw.row_word,
        faults=raw.faults,
        members=members,
    )


def _keys(document: object) -> set[str]:
    return set(document) if isinstance(document, dict) else set()


def _lines(content: str, path: str) -> list[object]:
    documents = []
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip("\x1e \t"):
            documents.append(_json(line.strip("\x1e"), path, line=number))
    return documents


def _rows_of(document: object, path: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Objects of a document, and what else it says."""
    if isinstance(document, list):
        found, members = document, {}
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


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _read_features(features: Sequence[dict[str, Any]], path: str, crs: str) -> RawTable:
    numbered = list(enumerate(features, start=1))
    cells = _table([_feature_row(feature, row, path) for row, feature in numbered], path)
    read, broken = _geometries(features)
    if broken and len(broken) == len(features):
        raise ReadError(f"{path}: {broken[0]}, as all have; expected GeoJSON.")
    shapes = gpd.GeoSeries(pd.Series(read, index=cells.index, dtype=object), crs=crs)
    sound = [{} if number in broken else one for number, one in enumerate(features)]
    digits_m = pd.Series(list(map(_digits_m, sound)), index=cells.index, dtype="float64")
    faults = pd.Series(broken, index=cells.index, dtype="str") if broken else None
    if crs != CRS:
        # Digits of metres say nothing of degrees.
        shapes, digits_m = shapes.to_crs(CRS), digits_m.mask(digits_m.notna())
    return RawTable(cells, shapes, digits_m, row_word="feature", faults=faults)


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


def _json(text: str, path: str, *, line: int | None = None) -> object:
    try:
        document = json.loads(text)
        # Half a surrogate pair, which only an escape can state, is no character.
        if "\\u" in text:
            json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{path}: broken JSON at line {line or error.lineno}, column {error.colno} "
            f"({error.msg}); {_EXPECTED}."
        ) from error
    except (RecursionError, ValueError) as error:
        fault = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise ReadError(f"{path}: JSON that cannot be read ({fault}); {_EXPECTED}.") from error
    return document


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
    if "id" in feature:
        row.setdefault("id", str(feature["id"]))
    return row


def _flat(members: Mapping[str, Any]) -> dict[str, Any]:
    """Members of an object as cells; nested values as canonical JSON text."""
    return {
        str(name): to_json(value) if isinstance(value, dict | list) else value
        for name, value in members.items()
    }


def _geometries(
    features: Sequence[dict[str, Any]],
) -> tuple[list[shapely.Geometry | None], dict[int, str]]:
    """Geometry of each feature, and what is wrong with those that are broken, by number from 0."""
    stated = [feature.get("geometry") for feature in features]
    texts = [None if geometry is None else json.dumps(geometry) for geometry in stated]
    try:
        return list(shapely.from_geojson(np.array(texts, dtype=object))), {}
    except (shapely.GEOSException, TypeError):
        found: list[shapely.Geometry | None] = [None] * len(texts)
        broken = {}
        for number, text in enumerate(texts):
            try:
                found[number] = shapely.from_geojson(text)
            except shapely.GEOSException as error:
                said = str(error).partition(":")[2].strip() or str(error)
                broken[number] = f"feature {number + 1} has a broken geometry ({said})"
        return found, broken
