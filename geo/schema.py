"""The incident table: which columns it may have, of which type, and what they must hold.

An incident table is a plain `GeoDataFrame`, one row per incident. Columns that this page does not
name are the user's own and are left alone.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from geopandas.array import GeometryDtype

from geo.errors import SchemaError
from geo.geodesy import FARTHEST_M
from geo.vocabulary import (
    AREA_STATUSES,
    DATE_PRECISIONS,
    PRECISIONS,
    SENSITIVITIES,
    STATUSES,
    SURFACES,
    VERIFICATIONS,
    kinds,
)

__all__ = [
    "BEYOND_COLUMNS",
    "COLUMNS",
    "CRS",
    "UNUSED_SHAPES",
    "VERSION",
    "Column",
    "conform",
    "has_geometry",
    "is_json",
    "require",
    "require_crs",
    "require_table",
    "validate",
]

#: Version of this contract; written into every export.
VERSION = 1
CRS = "EPSG:4326"
#: Column of what rejected rows hold that stands in none of the input's columns: a JSON array.
BEYOND_COLUMNS = "native_beyond_columns"
#: Column of the input's shapes, as WKT, of rows that have no point of them.
UNUSED_SHAPES = "native_geometry"
_CRS84 = "OGC:CRS84"


@dataclass(frozen=True)
class Column:
    """Type and meaning of one column."""

    dtype: str
    meaning: str
    choices: tuple[str, ...] = ()


_TEXT, _FLOAT, _COUNT, _CIVIL_DATE = "str", "float64", "Int64", "datetime64[s]"
_INSTANT = "datetime64[us, UTC]"

COLUMNS: dict[str, Column] = {
    "incident_id": Column(_TEXT, "unique; stable for the same input"),
    "title": Column(_TEXT, "one line for people"),
    "kind": Column(_TEXT, "kind of incident", tuple(kinds())),
    "subkind": Column(_TEXT, "finer kind, in the words of the source"),
    "date_start": Column(_CIVIL_DATE, "first civil day, midnight, no zone"),
    "date_end": Column(_CIVIL_DATE, "last civil day, inclusive"),
    "date_precision": Column(_TEXT, "how exact the date is", DATE_PRECISIONS),
    "date_note": Column(_TEXT, "what was inferred about the date, and from what"),
    "time_utc": Column(_INSTANT, "instant, where a clock time is known"),
    "date_zone": Column(_TEXT, "IANA zone in which the date is civil"),
    "place_text": Column(_TEXT, "the location as written"),
    "place": Column(_TEXT, "the place it resolved to"),
    "place_id": Column(_TEXT, "its identifier, such as geonames:250441"),
    "uncertainty_m": Column(_FLOAT, "radius that holds the true place with 90 % probability"),
    "precision": Column(_TEXT, "class of the place", PRECISIONS),
    "method": Column(_TEXT, "how it was placed"),
    "score": Column(_FLOAT, "share of the chosen place among its candidates, 0 to 1"),
    "reason": Column(_TEXT, "why it was placed so, or why not"),
    "candidates": Column(_TEXT, "what else it could be, JSON"),
    "status": Column(_TEXT, "whether it is placed", STATUSES),
    "country_a3": Column(_TEXT, "ISO 3166-1 alpha-3 of the country"),
    "country": Column(_TEXT, "name of the country"),
    "admin1_code": Column(_TEXT, "ISO 3166-2 of the province, or the dataset's own code"),
    "admin1": Column(_TEXT, "name of the province"),
    "admin2": Column(_TEXT, "name of the district"),
    "surface": Column(_TEXT, "what the point lies on", SURFACES),
    "sea": Column(_TEXT, "name of the sea, off land"),
    "area_status": Column(_TEXT, "whether the area is disputed", AREA_STATUSES),
    "claimed_by": Column(_TEXT, "codes of those who claim the area and do not hold it, A|B"),
    "country_shares": Column(_TEXT, "share of the 90 % disc in each country, JSON"),
    "worldview": Column(_TEXT, "point of view on disputed areas"),
    "border_pair": Column(_TEXT, "nearest land border, codes in alphabetical order"),
    "border_distance_m": Column(_FLOAT, "geodesic distance to it"),
    "border_distance_min_m": Column(_FLOAT, "least distance, given the uncertainties"),
    "border_distance_max_m": Column(_FLOAT, "greatest distance, given the uncertainties"),
    "border_bearing_deg": Column(_FLOAT, "azimuth at the incident towards the border"),
    "border_lon": Column(_FLOAT, "longitude of the nearest point on it, WGS 84"),
    "border_lat": Column(_FLOAT, "latitude of the nearest point on it, WGS 84"),
    "border_status": Column(_TEXT, "status of that stretch of border"),
    "tripoint": Column(_TEXT, "countries that meet within reach of the uncertainties"),
    "coast_distance_m": Column(_FLOAT, "geodesic distance to the coast"),
    "coast_distance_min_m": Column(_FLOAT, "least distance, given the uncertainties"),
    "coast_distance_max_m": Column(_FLOAT, "greatest distance, given the uncertainties"),
    "coast_bearing_deg": Column(_FLOAT, "azimuth at the incident towards the coast"),
    "coast_lon": Column(_FLOAT, "longitude of the nearest point on it, WGS 84"),
    "coast_lat": Column(_FLOAT, "latitude of the nearest point on it, WGS 84"),
    "actors": Column(_TEXT, "who did what by whose word, JSON"),
    "fatalities_best": Column(_COUNT, "people killed, best estimate"),
    "fatalities_low": Column(_COUNT, "people killed, lowest estimate"),
    "fatalities_high": Column(_COUNT, "people killed, highest estimate"),
    "injured": Column(_COUNT, "people injured"),
    "sources": Column(_TEXT, "publishers, addresses and quotes, JSON"),
    "verification": Column(_TEXT, "how far it is checked", VERIFICATIONS),
    "sensitivity": Column(_TEXT, "who may see it", SENSITIVITIES),
}


def has_geometry(table: gpd.GeoDataFrame | gpd.GeoSeries) -> "pd.Series[bool]":
    """Rows whose geometry is neither null nor empty."""
    shapes = np.asarray(table.geometry, dtype=object)
    return pd.Series(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)), index=table.index)


def require(table: pd.DataFrame, columns: Iterable[str], *, by: str) -> None:
    """Check that a table has the columns that a function needs.

    Raises
    ------
    SchemaError
        Columns are missing; names them, and the columns that are there.
    """
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise SchemaError(
            f"{by} needs the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"the table has {', '.join(map(str, table.columns)) or 'no columns'}."
        )


def require_table(table: object, *, by: str) -> None:
    """Check that a function was given a table with geometries.

    Raises
    ------
    SchemaError
        It is no GeoDataFrame.
    """
    if not isinstance(table, gpd.GeoDataFrame):
        raise SchemaError(
            f"{by}: the table is a {type(table).__name__}; expected a GeoDataFrame, as "
            "geo.read_incidents makes it of a DataFrame."
        )


def require_crs(table: gpd.GeoDataFrame, *, by: str) -> None:
    """Check that it is known in which CRS the geometries of a table are.

    Raises
    ------
    SchemaError
        The table states no CRS.
    """
    if table.crs is None:
        raise SchemaError(
            f"{by}: the geometries have no CRS, expected one; set_crs({CRS!r}) if they are "
            "longitude and latitude."
        )


def conform(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Copy of a table whose known columns have the types of this contract, in its order.

    The user's own columns follow. Values are not judged: see `validate`.

    Examples
    --------
    >>> table = gpd.GeoDataFrame({"injured": [3]}, geometry=[None], crs="EPSG:4326")
    >>> str(conform(table)["injured"].dtype)
    'Int64'
    """
    known = [name for name in COLUMNS if name in table.columns]
    own = [name for name in table.columns if name not in COLUMNS and name != "geometry"]
    types = {name: COLUMNS[name].dtype for name in known}
    others = {name: kind for name, kind in types.items() if str(table[name].dtype) != kind}
    return table[[*known, "geometry", *own]].astype(others)


def validate(table: gpd.GeoDataFrame) -> None:
    """Check an incident table against the contract, and report all faults at once.

    Parameters
    ----------
    table
        Incident table, EPSG:4326.

    Raises
    ------
    SchemaError
        Lists every fault with its column and the first row that has it.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     {"incident_id": ["a"], "status": ["lost"]}, geometry=[None], crs="EPSG:4326"
    ... )
    >>> validate(incidents)
    Traceback (most recent call last):
    geo.errors.SchemaError: not an incident table:
    - status: 'lost' in row 0 is not one of located, ambiguous, suspicious, unlocated
    """
    require(table, ("incident_id", "geometry"), by="an incident table")
    faults = [*_frame_faults(table), *_column_faults(table), *_row_faults(table)]
    if faults:
        raise SchemaError("not an incident table:\n" + "\n".join(f"- {fault}" for fault in faults))


def _frame_faults(table: gpd.GeoDataFrame) -> Iterator[str]:
    if table.crs is None or not (table.crs.to_epsg() == 4326 or table.crs.equals(_CRS84)):
        yield f"geometry: the CRS is {table.crs}, expected {CRS} (use to_crs)"
    missing = table["incident_id"].isna()
    if missing.any():
        yield f"incident_id: {_first(table, missing, 'incident_id')} is missing"
    duplicated = table["incident_id"].duplicated() & ~missing
    if duplicated.any():
        yield f"incident_id: {_first(table, duplicated, 'incident_id')} occurs more than once"
    placed = has_geometry(table)
    not_point = placed & (table.geometry.geom_type != "Point")
    if not_point.any():
        kind = table.geometry.geom_type[not_point].iloc[0]
        yield f"geometry: a {kind} in row {not_point[not_point].index[0]}, expected a Point"
    points = table.geometry.where(placed & ~not_point, None).to_numpy()
    lon, lat = np.abs(shapely.get_x(points)), np.abs(shapely.get_y(points))
    outside = pd.Series((lon > 180) | (lat > 90), index=table.index)
    if outside.any():
        place = table.geometry[outside].iloc[0]
        yield f"geometry: {place} in row {outside[outside].index[0]} is not on the earth"
    yield from _footprint_faults(table)


def _footprint_faults(table: gpd.GeoDataFrame) -> Iterator[str]:
    if "footprint" not in table or not isinstance(table["footprint"].dtype, GeometryDtype):
        return
    shapes = gpd.GeoSeries(table["footprint"])
    wrong = has_geometry(shapes) & ~shapes.geom_type.isin(["Polygon", "MultiPolygon"])
    if wrong.any():
        yield (
            f"footprint: a {shapes.geom_type[wrong].iloc[0]} in row {wrong[wrong].index[0]}, "
            "expected a Polygon or a MultiPolygon"
        )


def _column_faults(table: gpd.GeoDataFrame) -> Iterator[str]:
    for name, column in COLUMNS.items():
        if name not in table.columns:
            continue
        values = table[name]
        if column.choices:
            wrong = values.notna() & ~values.isin(column.choices)
            if wrong.any():
                choices = ", ".join(column.choices)
                yield f"{name}: {_first(table, wrong, name)} is not one of {choices}"
        elif str(values.dtype) != column.dtype and not values.isna().all():
            yield f"{name}: the type is {values.dtype}, expected {column.dtype}"


def _are_of_their_types(table: gpd.GeoDataFrame, *names: str) -> bool:
    """True where the columns are there and can be compared; another type has been named."""
    return all(name in table and str(table[name].dtype) == COLUMNS[name].dtype for name in names)


def _row_faults(table: gpd.GeoDataFrame) -> Iterator[str]:
    def below(low: str, high: str) -> Iterator[str]:
        if _are_of_their_types(table, low, high):
            wrong = (table[low] > table[high]).fillna(value=False).astype(bool)
            if wrong.any():
                yield f"{low}: {_first(table, wrong, low)} is above {high}"

    yield from below("date_start", "date_end")
    yield from below("fatalities_low", "fatalities_high")
    yield from below("fatalities_low", "fatalities_best")
    yield from below("fatalities_best", "fatalities_high")
    yield from _value_faults(table)
    if "status" in table.columns:
        wrong = (table["status"] == "located") & ~has_geometry(table)
        if wrong.any():
            yield f"status: {_first(table, wrong, 'status')} has no geometry"


def _value_faults(table: gpd.GeoDataFrame) -> Iterator[str]:
    for name, (are_right, expected) in _VALUES.items():
        # Of a column of another type, the type is the fault, and has been named.
        if name not in table.columns or (str(table[name].dtype) != COLUMNS[name].dtype):
            continue
        wrong = table[name].notna() & ~are_right(table[name]).eq(other=True)
        if wrong.any():
            yield f"{name}: {_first(table, wrong, name)} is not {expected}"


def _are_json(texts: "pd.Series[str]") -> "pd.Series[bool]":
    cells = texts.fillna("null").tolist()
    return pd.Series([is_json(cell) for cell in cells], index=texts.index, dtype="bool")


def is_json(text: str) -> bool:
    """Whether a text can be read as JSON.

    Examples
    --------
    >>> is_json('[{"publisher":"AFP"}]'), is_json("AFP")
    (True, False)
    """
    try:
        # Faster than json.loads, which first looks for spaces.
        if _JSON.raw_decode(text)[1] == len(text):
            return True
    except (ValueError, RecursionError):
        pass
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _are_counts(numbers: "pd.Series[float]") -> "pd.Series[bool]":
    return numbers >= 0


def _are_of_the_calendar(times: "pd.Series[Any]") -> "pd.Series[bool]":
    return pd.Series(times.dt.year).between(1, 9999)


_JSON = json.JSONDecoder()
#: What the values of a column must be, and how to say it.
_VALUES: dict[str, tuple[Callable[[Any], "pd.Series[bool]"], str]] = {
    "uncertainty_m": (
        lambda radii_m: (radii_m > 0) & (radii_m <= FARTHEST_M),
        f"above 0 and at most {FARTHEST_M:,.0f}, as far as any place on Earth is",
    ),
    **dict.fromkeys(
        ("date_start", "date_end", "time_utc"),
        (_are_of_the_calendar, "in a year from 1 to 9999, as files and programs know them"),
    ),
    "score": (lambda scores: scores.between(0, 1), "between 0 and 1"),
    **dict.fromkeys(
        ("fatalities_best", "fatalities_low", "fatalities_high", "injured"),
        (_are_counts, "0 or more"),
    ),
    **dict.fromkeys(("candidates", "country_shares", "actors", "sources"), (_are_json, "JSON")),
}


def _first(table: pd.DataFrame, wrong: "pd.Series[bool]", column: str) -> str:
    row = wrong[wrong].index[0]
    value: Any = table.loc[wrong, column].iloc[0]
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return f"the cell in row {row}"
    return f"{value.item() if isinstance(value, np.generic) else value!r} in row {row}"
