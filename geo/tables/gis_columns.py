"""Columns of files for GIS that we have written, under the names that they had before."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio

from geo.tables.identifiers import number_repeats
from geo.tables.kml_columns import kml_columns

__all__ = ["OF_KML", "has_footprints", "own_columns", "own_members"]

#: What GDAL adds to the columns of KML.
OF_KML = frozenset({
    "id", "Name", "description", "timestamp", "begin", "end", "altitudeMode", "tessellate",
    "extrude", "visibility", "drawOrder", "icon",
})  # fmt: skip
_CALLED = b"GDAL:OGR:alternative_name"
_OURS, _MARK = "incidentmap", "schema_version"
_RUN, _DICTIONARY = "run_info", "data_dictionary"


def own_columns(cells: pd.DataFrame, path: Path, layer: str) -> pd.DataFrame:
    """Columns of a layer under their own names, where the writer had to number them.

    Parameters
    ----------
    cells
        Columns as GDAL names them.
    path, layer
        Where they were read.
    """
    if path.suffix.lower() == ".kml":
        listed = kml_columns(path)
        if listed is None:
            return cells
        others = [name for name in cells if name not in listed and name not in OF_KML]
        return _named(cells.reindex(columns=[*listed, *others]), listed)
    if not any(_stem(name) for name in cells):
        return cells
    with pyogrio.open_arrow(path, layer=layer, use_pyarrow=True) as (_, reader):
        fields = {field.name: field.metadata or {} for field in reader.schema}
    called = {
        name: fields[name][_CALLED].decode("utf-8", "replace")
        for name in map(str, cells.columns)
        if _CALLED in fields.get(name, {})
    }
    # A name that somebody else gave says more than the column's own, or not the same.
    numbered = {name: own for name, own in called.items() if _stem(name) == own}
    return _named(cells, {name: own for name, own in numbered.items() if own not in cells})


def own_members(path: Path, layer: str, layers: Sequence[str]) -> dict[str, Any]:
    """What a layer says of itself where we have written it; nothing where others have."""
    kind = path.suffix.lower()
    if kind == ".gpkg":
        is_ours = _RUN in layers
    elif kind == ".fgb":
        is_ours = _MARK in _description(path, layer)
    else:
        is_ours = kind == ".kml" and kml_columns(path) is not None
    return {_OURS: {}} if is_ours else {}


def has_footprints(path: Path, layers: Sequence[str]) -> bool:
    """Whether the table had areas, also where none of them was known."""
    if _DICTIONARY not in layers:
        return False
    found = pyogrio.read_dataframe(
        path, layer=_DICTIONARY, where="\"column\" = 'footprint'", read_geometry=False
    )
    return bool(len(found))


def _named(cells: pd.DataFrame, called: Mapping[str, str]) -> pd.DataFrame:
    names = [called.get(str(name), str(name)) for name in cells.columns]
    return cells.set_axis(number_repeats(names, mark="_"), axis=1)


def _description(path: Path, layer: str) -> dict[str, Any]:
    said = pyogrio.read_info(path, layer=layer)["layer_metadata"] or {}
    try:
        found = json.loads(said.get("DESCRIPTION", ""))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _stem(name: object) -> str:
    """Name without the number behind it; empty where it has none."""
    stem, _, number = str(name).rpartition("_")
    return stem if number.isdecimal() else ""
