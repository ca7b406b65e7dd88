"""CSV and GeoJSON files as raw tables: every row and value as the file has it."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.errors import ReadError
from geo.schema import CRS, to_json

__all__ = ["read_table_file"]

_CSV = (".csv", ".tsv")
_GEOJSON = (".geojson", ".json")
_DELIMITERS = ",;\t|"
_EXPECTED = "expected a CSV (.csv, .tsv) or GeoJSON (.geojson, .json) file of incidents"


def read_table_file(path: Path) -> pd.DataFrame:
    """Raw table of a file; a GeoDataFrame when the file holds geometries.

    Cells of a CSV are text, and null where they are empty.

    Raises
    ------
    ReadError
        The file is missing, empty, binary, of an unknown kind, or broken.
    """
    suffix = path.suffix.lower()
    if suffix in _CSV:
        return _read_csv(_text(path), path)
    if suffix in _GEOJSON:
        return _read_geojson(_text(path), path)
    raise ReadError(f"{path}: unknown kind of file {path.suffix!r}; {_EXPECTED}.")


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); {_EXPECTED}.") from error
    if not content.strip():
        raise ReadError(f"{path}: the file is empty; {_EXPECTED}.")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path}: not text in UTF-8 (byte {error.start:,}); {_EXPECTED}, saved as UTF-8."
        ) from error
    if "\0" in text:
        raise ReadError(f"{path}: a binary file; {_EXPECTED}.")
    return text


def _read_csv(text: str, path: Path) -> pd.DataFrame:
    delimiter = max(_DELIMITERS, key=text.lstrip().partition("\n")[0].count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = _column_names(next(row for row in lines if any(row)))
        rows = [_as_wide_as(header, row, lines.line_num, path) for row in lines if any(row)]
    except csv.Error as error:
        raise ReadError(f"{path}: broken CSV at line {lines.line_num} ({error}).") from error
    table = pd.DataFrame(rows, columns=header, dtype="str")
    return table.where(table.apply(lambda cells: cells.str.strip() != ""))


def _column_names(header: list[str]) -> list[str]:
    """Names that differ: unnamed columns get their number, repeated ones a suffix."""
    named = [name.strip() or f"column_{n}" for n, name in enumerate(header, start=1)]
    seen = Counter[str]()
    for position, name in enumerate(named):
        seen[name] += 1
        if seen[name] > 1:
            named[position] = f"{name}_{seen[name]}"
    return named


def _as_wide_as(header: list[str], row: list[str], line: int, path: Path) -> list[str]:
    if any(row[len(header) :]):
        raise ReadError(
            f"{path}: line {line} has {len(row)} cells, the header has {len(header)}; put cells "
            "that hold the delimiter in double quotes."
        )
    return [*row, *[""] * len(header)][: len(header)]


def _read_geojson(text: str, path: Path) -> gpd.GeoDataFrame:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{path}: broken JSON at line {error.lineno}, column {error.colno} ({error.msg}); "
            f"{_EXPECTED}."
        ) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(isinstance(item, dict) for item in features):
        raise ReadError(f"{path}: JSON, but not a GeoJSON FeatureCollection; {_EXPECTED}.")
    rows = [_feature_row(feature) for feature in features]
    geometries = [_geometry(feature, row, path) for row, feature in enumerate(features, start=1)]
    return gpd.GeoDataFrame(
        pd.DataFrame(rows), geometry=gpd.GeoSeries(pd.Series(geometries, dtype=object), crs=CRS)
    )


def _feature_row(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties") or {}
    row = {
        str(name): to_json(value) if isinstance(value, dict | list) else value
        for name, value in properties.items()
    }
    if "id" in feature:
        row.setdefault("id", str(feature["id"]))
    return row


def _geometry(feature: dict[str, Any], row: int, path: Path) -> shapely.Geometry | None:
    geometry = feature.get("geometry")
    if geometry is None:
        return None
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except shapely.GEOSException as error:
        raise ReadError(
            f"{path}: feature {row} has a broken geometry ({error}); expected GeoJSON."
        ) from error
