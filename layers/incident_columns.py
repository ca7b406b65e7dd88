"""An incident table as the two blocks that the incident layers of a map share.

Every row is in them, also those without a point: the viewer counts and lists what it cannot draw.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Self

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely

from geo.errors import SchemaError
from geo.joins.columns import texts
from geo.proximity.civil_days import CivilDays
from geo.schema import CRS, require
from geo.vocabulary import kinds
from layers import incident_texts
from layers.extent import Bounds, extent
from layers.footprint_columns import encode_footprints
from layers.incident_names import encode_names
from layers.payload import (
    MISSING,
    Block,
    Column,
    delta,
    dictionary,
    integers,
    measures,
    pack,
    plain,
    same_word,
    unknown_measures,
)
from layers.place_names import country_names

__all__ = ["IncidentBlocks", "encode_incidents"]

_WORDS = (
    "date_precision",
    "country_a3",
    "admin1_code",
    "border_pair",
    "border_status",
    "verification",
)
_MEASURES = (
    "uncertainty_m",
    "border_distance_m",
    "border_distance_min_m",
    "border_distance_max_m",
    "border_bearing_deg",
)
_COUNTS = ("fatalities_best", "fatalities_low", "fatalities_high", "injured")
_UNITS_PER_DEGREE = 1e5


@dataclass(frozen=True)
class IncidentBlocks:
    """An encoded incident table; layers that are given the same one share its work and its bytes.

    Parameters
    ----------
    columns, texts
        What is drawn and filtered, and what is opened on the first click.
    footprints
        The areas that rows can mean; None where no row has a footprint.
    total, placed
        Number of incidents, and of those with a point.
    points
        Longitude and latitude in degrees of the rows that have a point, EPSG:4326, shape (n, 2).
    bounds
        West, south, east, north in degrees of the points and the ground in which they may lie;
        None without any point.
    countries
        The `country_a3` that occur, sorted.
    days
        Civil days from the first that a row may mean to the last; 0 without any date.
    worldview
        Point of view on disputed areas that the table names.
    fields
        Columns that the table has.
    order
        Position in the table of each row of the blocks, which are sorted by time.
    source
        The table.
    identity
        Digest of the identifiers of the incidents, which tells tables with equal columns apart.
    """

    columns: Block
    texts: Block
    footprints: Block | None
    total: int
    placed: int
    points: npt.NDArray[np.float64]
    bounds: Bounds | None
    countries: tuple[str, ...]
    days: int
    worldview: str
    fields: frozenset[str]
    order: npt.NDArray[np.intp] = field(compare=False, repr=False)
    source: gpd.GeoDataFrame = field(compare=False, repr=False)
    identity: str

    @property
    def viewer_parts(self) -> tuple[str, ...]:
        """Parts of the viewer that show what the columns tell."""
        has = {"borderLinks": "border_pair" in self.fields, "compare": self.days > 1}
        return tuple(part for part, needed in has.items() if needed)

    def row_of(self) -> npt.NDArray[np.int64]:
        """Row of the blocks by position in the table."""
        row = np.empty(len(self.order), dtype=np.int64)
        row[self.order] = np.arange(len(self.order))
        return row

    def grouped(self, table: gpd.GeoDataFrame, weights: npt.NDArray[np.int32]) -> "IncidentBlocks":
        """The same incidents, counted in the rows of another table.

        Parameters
        ----------
        table
            Incident table of groups.
        weights
            How many incidents each of its rows stands for.
        """
        found = _encode(table, by="grouping", weights=weights, identity=self.identity)
        return replace(found, bounds=self.bounds, points=self.points, countries=self.countries)

    def __deepcopy__(self, copies: dict[int, object]) -> Self:
        # Nothing changes it: the copy that a page renders shares it.
        return self


def encode_incidents(
    table: gpd.GeoDataFrame | IncidentBlocks, *, by: str, needs: Sequence[str] = ()
) -> IncidentBlocks:
    """Encode an incident table for the viewer, in order of time.

    Parameters
    ----------
    table
        Incident table, EPSG:4326; `incident_id` and points (or null) are needed, the other columns
        of the contract are used where they are. What is encoded already is returned as it is.
    by
        Who asks, for the message of an error.
    needs
        Columns that the table must have beside `incident_id`.

    Raises
    ------
    SchemaError
        A column is missing or of the wrong type, the CRS is another one, or a geometry is no point.
    """
    if isinstance(table, IncidentBlocks):
        require(pd.DataFrame(columns=sorted(table.fields)), needs, by=by)
        return table
    require(table, ("incident_id", *needs), by=by)
    if table["incident_id"].isna().any():
        row = table.index[int(np.argmax(table["incident_id"].isna()))]
        raise SchemaError(
            f"{by}: incident_id is null in row {row}, expected a unique text in every row; "
            "geo.read_incidents makes it."
        )
    return _encode(table, by=by)


def _encode(
    table: gpd.GeoDataFrame,
    *,
    by: str,
    weights: npt.NDArray[np.int32] | None = None,
    identity: str | None = None,
) -> IncidentBlocks:
    lon, lat, placed = _points(table, by)
    day_start, day_end = _spans(table, by)
    order = _time_order(day_start, table["incident_id"])
    columns: dict[str, Column] = {
        "lon": integers(_fixed(lon)[order]),
        "lat": integers(_fixed(lat)[order]),
        "placed": plain(placed[order], "u8"),
        "day_start": delta(day_start[order]),
        "day_end": delta(day_end[order]),
    }
    rows = table.iloc[order]
    identity = identity or _identity(rows)
    columns |= {name: _dictionary(rows, name) for name in _WORDS}
    columns |= dict(_drawn_words(rows, placed[order]))
    columns |= {name: _measures(rows, name, "f32", np.nan) for name in _MEASURES}
    columns |= {name: _measures(rows, name, "i32", MISSING) for name in _COUNTS}
    if weights is not None:
        columns["weight"] = plain(weights[order], "i32")
    late = incident_texts.encode_texts(rows)
    named, names = encode_names(rows)
    columns |= named
    counted = np.ones(len(table), dtype=np.int64) if weights is None else weights.astype(np.int64)
    points = np.column_stack([lon, lat])[placed]
    return IncidentBlocks(
        columns=pack(columns, _meta(columns, table) | {"names": names, "identity": identity}),
        texts=late,
        footprints=encode_footprints(rows, by=by),
        total=int(counted.sum()),
        placed=int(counted[placed].sum()),
        points=points,
        bounds=extent(points, reach_m=_reach_m(table[placed])),
        countries=_occurring(columns["country_a3"]),
        days=_days_between(day_start, day_end),
        worldview=_worldview(table),
        fields=frozenset(map(str, table.columns)),
        order=order,
        source=table,
        identity=identity,
    )


def _identity(rows: pd.DataFrame) -> str:
    words = "\0".join(rows["incident_id"].astype(str))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _points(
    table: gpd.GeoDataFrame, by: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    if not hasattr(table, "crs") or table.active_geometry_name is None:
        raise SchemaError(f"{by} needs a GeoDataFrame with a geometry column; see geo.geocode.")
    if table.crs is None or table.crs.to_epsg() != 4326:
        raise SchemaError(f"{by}: the CRS is {table.crs}, expected {CRS}; use table.to_crs(4326).")
    geometry = np.asarray(table.geometry.array)
    placed = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    other = placed & (shapely.get_type_id(geometry) != shapely.GeometryType.POINT)
    if other.any():
        row = int(np.argmax(other))
        raise SchemaError(
            f"{by}: a {geometry[row].geom_type} in row {table.index[row]}, expected a Point or "
            "null; use table.representative_point()."
        )
    lon, lat = np.zeros(len(table)), np.zeros(len(table))
    lon[placed], lat[placed] = shapely.get_x(geometry[placed]), shapely.get_y(geometry[placed])
    return lon, lat, placed


def _fixed(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.int32]:
    return np.rint(degrees * _UNITS_PER_DEGREE).astype(np.int32)


def _spans(table: pd.DataFrame, by: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """First and last day that each row may mean: all of its week, month or year if no more is told.

    As a single day it would stand on the first one as if that were known.
    """
    first, last = (
        np.where(days == MISSING, np.nan, days)
        for days in (_days(table, name, by) for name in ("date_start", "date_end"))
    )
    last = np.where(np.isnan(last), first, last)
    whole = CivilDays(first, last, texts(table, "date_precision")).whole_spans()
    start, end = (np.where(np.isnan(days), MISSING, days).astype(np.int32) for days in whole)
    return start, end


def _days_between(start: npt.NDArray[np.int32], end: npt.NDArray[np.int32]) -> int:
    dated = start != MISSING
    return int(end[dated].max()) - int(start[dated].min()) + 1 if dated.any() else 0


def _days(table: pd.DataFrame, name: str, by: str) -> npt.NDArray[np.int32]:
    """Civil days since 1970-01-01."""
    if name not in table or table[name].isna().all():
        return np.full(len(table), MISSING, dtype=np.int32)
    dates = table[name]
    if dates.dtype.kind != "M" or getattr(dates.dtype, "tz", None) is not None:
        raise SchemaError(
            f"{by}: {name} is {dates.dtype}, expected datetime64[s] without a zone; "
            "geo.read_incidents makes it."
        )
    days = dates.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.where(dates.isna(), MISSING, days).astype(np.int32)


def _time_order(day_start: npt.NDArray[np.int32], ids: "pd.Series[str]") -> npt.NDArray[np.intp]:
    """Positions of the rows sorted by first day (missing last), then identifier."""
    last = np.where(day_start == MISSING, np.int64(2**31), day_start)
    order = np.argsort(last, kind="stable")
    same_day = np.diff(last[order]) == 0
    if not same_day.any():
        return order
    # Only rows that share their day are put in order of their identifiers.
    tied = np.append(same_day, False) | np.insert(same_day, 0, values=False)
    positions = order[tied]
    texts = pa.array(ids.iloc[positions], type=pa.large_string())
    keys = pa.table({"day": last[positions], "id": texts, "position": positions})
    ranked = keys.sort_by([("day", "ascending"), ("id", "ascending")])
    order[tied] = ranked["position"].to_numpy()
    return order


def _words(table: pd.DataFrame, name: str) -> "pd.Series[str]":
    if name not in table:
        return pd.Series(np.full(len(table), None), index=table.index, dtype="str")
    return table[name].astype("str")


def _dictionary(rows: pd.DataFrame, name: str) -> Column:
    return dictionary(rows[name]) if name in rows else same_word(None, len(rows))


def _drawn_words(rows: pd.DataFrame, placed: npt.NDArray[np.bool_]) -> Iterator[tuple[str, Column]]:
    """Words that decide the mark; where nobody says, the mark must not claim more than the row."""
    if "kind" in rows:
        yield "kind", dictionary(rows["kind"].astype("str").fillna("other"))
    else:
        yield "kind", same_word("other", len(rows))
    yield "precision", _words_or(rows, "precision", placed, "vicinity", "none")
    yield "status", _words_or(rows, "status", placed, "located", "unlocated")


def _words_or(
    rows: pd.DataFrame, name: str, placed: npt.NDArray[np.bool_], yes: str, no: str
) -> Column:
    """Words of a column; where it has none, `yes` for rows with a place and `no` for others."""
    if name not in rows and placed.all():
        return same_word(yes, len(rows))
    words = _words(rows, name)
    if not words.isna().any():
        return dictionary(words)
    return dictionary(words.fillna(pd.Series(np.where(placed, yes, no), rows.index, dtype="str")))


def _measures(
    rows: pd.DataFrame,
    name: str,
    number_type: Literal["f32", "i32"],
    missing: float,
) -> Column:
    if name not in rows:
        return unknown_measures(len(rows), number_type)
    return measures(_numbers(rows, name, missing), number_type)


def _numbers(rows: pd.DataFrame, name: str, missing: float) -> npt.NDArray[np.float64]:
    if name not in rows:
        return np.full(len(rows), missing)
    return rows[name].to_numpy(dtype=np.float64, na_value=missing)


def _reach_m(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """How far round each point the map shows when it opens."""
    reach_m = np.maximum(_numbers(rows, "uncertainty_m", 0.0), 0.0)
    if "precision" not in rows:
        return reach_m
    whole = _words(rows, "precision").isin(["country", "water"]).to_numpy(dtype=np.bool_)
    # All of a country or of a sea says nothing about one incident in it.
    return reach_m if whole.all() else np.where(whole, 0.0, reach_m)


def _occurring(column: Column) -> tuple[str, ...]:
    return tuple(str(value) for value in column.choices or () if value is not None)


def _meta(columns: dict[str, Column], table: pd.DataFrame) -> dict[str, object]:
    labels = kinds()
    countries = set(_occurring(columns["country_a3"]))
    for pair in _occurring(columns["border_pair"]):
        countries.update(pair.split("-"))
    return {
        "kinds": {
            code: labels[code].label if code in labels else code
            for code in _occurring(columns["kind"])
        },
        "countries": country_names(countries),
        "provinces": _names_by_code(table, "admin1_code", "admin1"),
        "worldview": _worldview(table),
    }


def _names_by_code(table: pd.DataFrame, code: str, name: str) -> dict[str, str]:
    if code not in table:
        return {}
    names = table[name] if name in table else table[code]
    pairs = pd.DataFrame({"code": table[code], "name": names.fillna(table[code])})
    pairs = pairs.dropna().drop_duplicates().sort_values(["code", "name"], ascending=False)
    return {str(code): str(name) for code, name in pairs.itertuples(index=False)}


def _worldview(table: pd.DataFrame) -> str:
    names = sorted(set(table["worldview"].dropna().astype(str))) if "worldview" in table else []
    return ", ".join(names) or "default"
