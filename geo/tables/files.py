"""CSV and GeoJSON files as raw tables: every row and value as the file has it."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.canonical_json import to_json
from geo.errors import ReadError
from geo.grammar.angles import coordinate_radius_m
from geo.schema import CRS
from geo.tables.identifiers import number_repeats

__all__ = ["RawTable", "read_table_file"]

_CSV = (".csv", ".tsv")
_GEOJSON = (".geojson", ".json")
_DELIMITERS = ",;\t|"
_EXPECTED = "expected a CSV (.csv, .tsv) or GeoJSON (.geojson, .json) file of incidents"


@dataclass(frozen=True)
class RawTable:
    """Rows of an input as it has them.

    Parameters
    ----------
    cells
        Columns with the input's own values.
    shapes
        Geometries in EPSG:4326; None where the input has none.
    digits_m
        Radius that the digits of each point leave open; None where they are not known.
    """

    cells: pd.DataFrame
    shapes: gpd.GeoSeries | None = None
    digits_m: "pd.Series[float] | None" = None


def read_table_file(path: Path) -> RawTable:
    """Raw table of a file; cells of a CSV are text, and null where they are empty.

    Raises
    ------
    ReadError
        The file is missing, empty, binary, of an unknown kind, or broken.
    """
    suffix = path.suffix.lower()
    if suffix in _CSV:
        return RawTable(_read_csv(_text(path), path))
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
        # An empty line has no cell; a row of empty cells is a row.
        rows = [_as_wide_as(header, row, lines.line_num, path) for row in lines if row]
    except csv.Error as error:
        raise ReadError(f"{path}: broken CSV at line {lines.line_num} ({error}).") from error
    table = pd.DataFrame(rows, columns=header, dtype="str")
    return table if table.empty else table.where(table.apply(lambda cells: cells.str.strip() != ""))


def _column_names(header: list[str]) -> list[str]:
    """Names that differ: unnamed columns get their number, repeated ones a suffix."""
    named = [name.strip() or f"column_{n}" for n, name in enumerate(header, start=1)]
    return number_repeats(named, mark="_")


def _as_wide_as(header: list[str], row: list[str], line: int, path: Path) -> list[str]:
    if any(row[len(header) :]):
        raise ReadError(
            f"{path}: line {line} has {len(row)} cells, the header has {len(header)}; put cells "
            "that hold the delimiter in double quotes."
        )
    return [*row, *[""] * len(header)][: len(header)]


def _read_geojson(text: str, path: Path) -> RawTable:
    document = _json(text, path)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(isinstance(item, dict) for item in features):
        raise ReadError(f"{path}: JSON, but not a GeoJSON FeatureCollection; {_EXPECTED}.")
    numbered = list(enumerate(features, start=1))
    rows = [_feature_row(feature, row, path) for row, feature in numbered]
    geometries = [_geometry(feature, row, path) for row, feature in numbered]
    cells = pd.DataFrame(rows, index=range(len(rows)))
    shapes = gpd.GeoSeries(pd.Series(geometries, index=cells.index, dtype=object), crs=CRS)
    digits_m = pd.Series(list(map(_digits_m, features)), index=cells.index, dtype="float64")
    return RawTable(cells, shapes, digits_m)


def _json(text: str, path: Path) -> object:
    try:
        document = json.loads(text)
        # Half a surrogate pair, which only an escape can state, is no character.
        if "\\u" in text:
            json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{path}: broken JSON at line {error.lineno}, column {error.colno} ({error.msg}); "
            f"{_EXPECTED}."
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


def _feature_row(feature: dict[str, Any], number: int, path: Path) -> dict[str, Any]:
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise ReadError(
            f"{path}: feature {number} has properties that are no JSON object; expected GeoJSON."
        )
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
