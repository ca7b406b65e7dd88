"""Files that incidentmap has written, read back as they were."""

import json
from typing import Any, ClassVar

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.canonical_json import to_json
from geo.geodesy import FARTHEST_M
from geo.profiles.dates import civil_dates
from geo.profiles.given_positions import coordinate_notes
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.row_texts import row_texts
from geo.schema import COLUMNS, CRS
from geo.tables.gis_columns import OF_KML
from geo.tables.raw import RawTable

__all__ = ["OwnExport"]

_JSON = ("candidates", "country_shares", "actors", "sources")
_DATES = ("date_start", "date_end")
_SHARE = ("score",)
# Beyond it, not every whole number can be told from the next.
_MOST_EXACT = 2**53
_MEMBER = "incidentmap"
# With all of these, a file is ours even where some words in it are not.
_MARKS = frozenset({"status", "method", "precision", "uncertainty_m", "date_start"})
# A column of ours that others hardly have, and how many of ours there must be.
_RARE = frozenset(COLUMNS) - {
    "incident_id", "title", "kind", "subkind", "status", "date_start", "date_end", "place",
    "country", "admin1", "admin2", "injured", "sources", "actors", "reason", "method", "score",
    "surface", "sea",
}  # fmt: skip
_LEAST = 2
# These must not get lost, so that one of them is enough.
_GUARDED = frozenset({"sensitivity", "verification"})
_KML = frozenset({"kml", "kmz"})
_OUR_NAMES = frozenset({*COLUMNS, "lon", "lat"})
# What every table that is read has, whatever its file leaves out.
_ALWAYS = ("date_start", "date_end", "method", "reason", "status")


class OwnExport(Profile):
    """Exports of incidentmap, whose `native_*` columns are those of the first source."""

    name: ClassVar[str] = "incidentmap"
    keeps_native: ClassVar[bool] = False
    #: What was doubted when they were made says so already.
    states_country: ClassVar[bool] = False

    def recognise(self, raw: RawTable) -> Recognition | None:
        """How sure it is that incidentmap has written a file."""
        is_said = _MEMBER in raw.members
        if "incident_id" not in raw.cells or not (is_said or _has_our_columns(raw)):
            return None
        reason = "it says so" if is_said else "it has the columns of the incident table"
        return Recognition(1.0 if is_said else 0.95, f"incidentmap has written it: {reason}")

    def columns(self, raw: RawTable) -> dict[str, tuple[str, ...]]:
        """What becomes of the columns of a file: those of the incident table are read as such."""
        ours = {name: (name,) for name in (*COLUMNS, "footprint")}
        if raw.shapes is None:
            ours |= {"lon": ("geometry",), "lat": ("geometry",)}
        return {name: ours[name] for name in map(str, raw.cells.columns) if name in ours}

    def native(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """The incident table itself."""
        return incidents

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells = _our_cells(raw)
        known = {
            name: _read(cells, name, column.dtype)
            for name, column in COLUMNS.items()
            if name in raw.cells or name in _ALWAYS
        }
        left_out = {*COLUMNS, "footprint"}
        if raw.shapes is None:
            left_out |= {"lon", "lat"}
        elif raw.kind in _KML and _MEMBER not in raw.members:
            left_out |= OF_KML
        own = [name for name in raw.cells.columns if name not in left_out]
        kept = raw.cells[own]
        # A column without any value has lost its type on the way.
        empty = {name: "str" for name in own if kept[name].isna().all()}
        table = pd.DataFrame(known, index=cells.index).join(kept.astype(empty))
        shapes = _points(raw, cells)
        placed = shapes.notna()
        lost = ~placed & (table["status"] == "located")
        if "status" not in raw.cells:
            table["status"] = table["status"].mask(placed, "located")
        table["status"] = table["status"].mask(lost, "unlocated").fillna("unlocated")
        if "footprint" in raw.cells:
            table["footprint"] = _footprints(raw.cells["footprint"])
        return gpd.GeoDataFrame(_in_order(table), geometry=shapes, crs=CRS)


def _has_our_columns(raw: RawTable) -> bool:
    """Whether enough columns are ours, with our words in those that have a list of them."""
    names = set(map(str, raw.cells.columns))
    if raw.shapes is None and not {"lon", "lat"} <= names:
        return False
    if names >= _MARKS:
        return True
    ours = (names & set(COLUMNS)) - {"incident_id"}
    if not ours & _RARE or (len(ours) < _LEAST and not ours & _GUARDED):
        return False
    cells = _our_cells(raw)
    return all(
        cells.text(name).dropna().isin(COLUMNS[name].choices).all()
        for name in ours
        if COLUMNS[name].choices
    )


def _our_cells(raw: RawTable) -> NativeCells:
    """Cells of the columns that are named just as ours; a column `Kind` is the user's."""
    return NativeCells(raw.cells[[name for name in raw.cells if name in _OUR_NAMES]])


def _read(cells: NativeCells, name: str, dtype: str) -> "pd.Series[Any]":
    """Column of the incident table, without the values that it cannot hold."""
    if name in _DATES:
        return civil_dates(cells.text(name))[name]
    if dtype.startswith("datetime64"):
        return pd.to_datetime(cells.text(name), utc=True, errors="coerce", format="ISO8601")
    if dtype == "str":
        texts = cells.text(name)
        choices = COLUMNS[name].choices
        if choices:
            return texts.where(texts.isin(choices))
        return row_texts([texts], _json) if name in _JSON else texts
    numbers = cells.number(name)
    if name in _SHARE:
        numbers = numbers.where(numbers.between(0, 1))
    if name == "uncertainty_m":
        numbers = numbers.where((numbers > 0) & (numbers <= FARTHEST_M))
    if dtype == "Int64":
        is_count = (numbers >= 0) & (numbers % 1 == 0) & (numbers <= _MOST_EXACT)
        return numbers.where(is_count).astype("Int64")
    return numbers


def _json(text: str | None) -> str | None:
    try:
        return None if text is None else to_json(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Table whose last days and highest numbers are not below its first and lowest."""
    if {"date_start", "date_end"} <= set(table.columns):
        table["date_end"] = table["date_end"].where(table["date_end"] >= table["date_start"])
    best = table.get("fatalities_best")
    for name, sign in (("fatalities_low", -1), ("fatalities_high", 1)):
        if name in table and best is not None:
            wrong = ((table[name] - best) * sign < 0).fillna(value=False).astype(bool)
            table[name] = table[name].mask(wrong)
    return table


def _points(raw: RawTable, cells: NativeCells) -> gpd.GeoSeries:
    if raw.shapes is not None:
        points = raw.shapes.where(raw.shapes.geom_type == "Point", None)
        lon, lat = (pd.Series(get(points.to_numpy()), cells.index) for get in _GETTERS)
    else:
        lon, lat = cells.number("lon"), cells.number("lat")
    # Of files by others, 0, 0 stands for unknown.
    is_meant = (
        (lon == 0) & (lat == 0) & (_MEMBER in raw.members or cells.text("status") == "located")
    )
    usable = lon.notna() & lat.notna() & (coordinate_notes(lon, lat).isna() | is_meant)
    shapes = np.full(len(cells.index), None, dtype=object)
    rows = usable.to_numpy(dtype=bool)
    shapes[rows] = shapely.points(lon.to_numpy()[rows], lat.to_numpy()[rows])
    return gpd.GeoSeries(shapes, index=cells.index, crs=CRS)


_GETTERS = (shapely.get_x, shapely.get_y)


def _footprints(values: "pd.Series[Any]") -> gpd.GeoSeries:
    """Areas that are written as GeoJSON, WKT or shapes."""
    shapes = np.full(len(values), None, dtype=object)
    shapes[:] = [_shape(value) for value in values]
    return gpd.GeoSeries(shapes, index=values.index, crs=CRS)


def _shape(value: object) -> shapely.Geometry | None:
    if isinstance(value, shapely.Geometry):
        return value
    text = value.strip() if isinstance(value, str) else ""
    read = shapely.from_geojson if text.startswith("{") else shapely.from_wkt
    shape = read(text, on_invalid="ignore") if text else None
    if not isinstance(shape, shapely.Polygon | shapely.MultiPolygon) or shape.is_empty:
        return None
    return shape
