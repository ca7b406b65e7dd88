"""Points of a raw table, from its geometries or its coordinate columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.uncertainty import GIVEN_COORDINATES_M, coordinate_precision
from geo.geodesy import FARTHEST_M, geod
from geo.grammar.angles import angle_radius_m
from geo.grammar.coordinates import coordinate_fault
from geo.schema import CRS, has_geometry
from geo.tables.cells import join_notes, map_distinct, text_cells
from geo.tables.coordinate_cells import read_coordinate_cells
from geo.tables.degrees import degrees_of, last_digits_deg

__all__ = ["reach_m", "read_positions", "unwrapped"]

_ASSUMED = "The coordinates were given; their error is not stated, 1 km is assumed"
_STATED = "The coordinates were given with their error"
_HALF_TURN_DEG = 180.0
_FEW_DIGITS = "The coordinates were given; their few digits leave a wider circle open"


@dataclass(frozen=True)
class _Found:
    """Points, what their digits leave open, what is to be said of them, and which cannot be."""

    points: gpd.GeoSeries
    radius_m: "pd.Series[float]"
    notes: "pd.Series[str]"
    faulty: "pd.Series[bool]"


def read_positions(
    table: pd.DataFrame,
    fields: Mapping[str, str],
    geometries: gpd.GeoSeries | None,
    digits_m: "pd.Series[float] | None" = None,
) -> gpd.GeoDataFrame:
    """Points with their uncertainty, or a note why a row has none.

    Parameters
    ----------
    table
        Raw table.
    fields
        Field to column; `lon` and `lat` are used where there are no geometries, then `coordinates`,
        held against `country`, and `uncertainty_m`.
    geometries
        Geometries of the table in EPSG:4326; None when it has none.
    digits_m
        Radius that the digits of each geometry leave open, where it was written in digits.

    Returns
    -------
    geopandas.GeoDataFrame
        `geometry`, `uncertainty_m`, `precision`, `method`, `status`, `reason`; and `candidates`
        where cells state whole positions.
    """
    if geometries is not None:
        found = _from_geometries(geometries, digits_m)
    elif {"lon", "lat"} <= set(fields):
        found = _from_columns(table, fields)
    else:
        found = _nowhere(table.index)
    read = _described(found)
    if geometries is None and "coordinates" in fields:
        read = _with_coordinate_cells(read, table, fields)
    return _with_stated_radius(read, table, fields) if "uncertainty_m" in fields else read


def _described(found: _Found) -> gpd.GeoDataFrame:
    """Points with what the table says of each; coordinates that cannot be are `suspicious`."""
    points, radius_m, notes = found.points, found.radius_m, found.notes
    placed = points.notna()
    given = pd.Series(_ASSUMED, index=points.index).where(
        radius_m <= GIVEN_COORDINATES_M, _FEW_DIGITS
    )
    status = pd.Series("unlocated", index=points.index).mask(placed, "located")
    return gpd.GeoDataFrame(
        {
            "uncertainty_m": radius_m.where(placed).astype("float64"),
            "precision": _precisions(radius_m).where(placed, "none"),
            "method": np.where(placed, "given", "none"),
            "status": status.mask(found.faulty, "suspicious"),
            "reason": join_notes(notes.where(~placed | notes.notna(), given)),
        },
        geometry=points,
        crs=CRS,
    )


def _with_coordinate_cells(
    read: gpd.GeoDataFrame, table: pd.DataFrame, fields: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """Rows that have no point of their own get that of the cell which states a whole position."""
    texts = text_cells(table, fields, "coordinates")
    lost = (read["status"] == "unlocated") & texts.notna()
    read = read.assign(candidates=pd.Series(None, index=read.index, dtype="str"))
    if not lost.any():
        return read
    countries = text_cells(table, fields, "country")
    found = read_coordinate_cells(texts[lost], countries[lost], column=fields["coordinates"])
    columns: dict[str, Any] = {
        name: found[name].reindex(read.index).where(lost, read[name])
        for name in ("uncertainty_m", "precision", "method", "status", "candidates")
    }
    columns["reason"] = join_notes(read["reason"], found["reason"].reindex(read.index))
    shapes = np.where(lost, found.geometry.reindex(read.index), read.geometry)
    return read.assign(**columns).set_geometry(gpd.GeoSeries(shapes, index=read.index, crs=CRS))


def _with_stated_radius(
    read: gpd.GeoDataFrame, table: pd.DataFrame, fields: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """Rows with the radius that the table itself states, in metres."""
    texts = text_cells(table, fields, "uncertainty_m")
    stated_m = pd.to_numeric(texts, errors="coerce").astype("float64")
    is_radius = (stated_m > 0) & (stated_m <= FARTHEST_M)
    told = is_radius & read.geometry.notna()
    radius_m = stated_m.where(told, read["uncertainty_m"])
    reasons = read["reason"].mask(told & read["reason"].isin([_ASSUMED, _FEW_DIGITS]), _STATED)
    notes = (f"{fields['uncertainty_m']} “" + texts + "” is not a number of metres").where(
        texts.notna() & ~is_radius
    )
    return read.assign(
        uncertainty_m=radius_m,
        precision=read["precision"].mask(told, _precisions(radius_m)),
        reason=join_notes(reasons, notes),
    )


def _precisions(radius_m: "pd.Series[float]") -> "pd.Series[Any]":
    return map_distinct(radius_m.fillna(GIVEN_COORDINATES_M), coordinate_precision)


def _from_geometries(geometries: gpd.GeoSeries, digits_m: "pd.Series[float] | None") -> _Found:
    whole = geometries.where(has_geometry(geometries), None).to_numpy(copy=True)
    west, _, east, _ = shapely.bounds(whole).T
    is_wide = east - west > _HALF_TURN_DEG
    whole[is_wide] = list(map(unwrapped, whole[is_wide]))
    shapes = gpd.GeoSeries(whole, index=geometries.index, crs=CRS)
    points = shapes.where(shapes.geom_type == "Point", shapes.representative_point())
    points = gpd.GeoSeries(shapely.force_2d(points.to_numpy()), index=shapes.index, crs=CRS)
    is_turned = is_wide & (points.x > _HALF_TURN_DEG).to_numpy()
    points = points.where(~is_turned, points.translate(xoff=-360.0))
    points, faults = _checked(points)
    is_shape = points.notna() & (shapes.geom_type != "Point")
    notes = faults.mask(is_shape, "The point stands for a " + shapes.geom_type.fillna(""))
    radius_m = pd.Series(GIVEN_COORDINATES_M, index=shapes.index)
    if digits_m is not None:
        radius_m = digits_m.fillna(0.0).clip(lower=GIVEN_COORDINATES_M)
    reaches_m = pd.Series(
        list(map(reach_m, points[is_shape], shapes[is_shape])),
        index=shapes.index[is_shape],
        dtype="float64",
    )
    radius_m = radius_m.mask(is_shape, reaches_m.reindex(shapes.index))
    return _Found(points, radius_m, notes, faults.notna())


def unwrapped(shape: BaseGeometry) -> BaseGeometry:
    """Shape in one piece where it crosses ±180°: as drawn, it would go round the whole earth.

    A shape wider than half a turn is taken the other way round, and its longitudes then reach from
    0° to 360°.

    Examples
    --------
    >>> unwrapped(shapely.box(-179.9, 10, 179.9, 11)).bounds
    (179.9, 10.0, 180.1, 11.0)
    """
    west, _, east, _ = shape.bounds
    if east - west <= _HALF_TURN_DEG:
        return shape
    turned: BaseGeometry = shapely.transform(
        shape, lambda lonlat: lonlat + np.where(lonlat[:, :1] < 0.0, (360.0, 0.0), 0.0)
    )
    west, _, east, _ = turned.bounds
    # What goes round the whole earth would fall flat.
    return turned if 0.0 < east - west < _HALF_TURN_DEG else shape


def reach_m(point: BaseGeometry, shape: BaseGeometry) -> float:
    """Geodesic distance from a point to the farthest vertex of a shape."""
    lon, lat = shapely.get_coordinates(shape).T
    from_lon, from_lat = np.broadcast_to(shapely.get_coordinates(point), (len(lon), 2)).T
    return max(GIVEN_COORDINATES_M, float(np.max(geod().inv(from_lon, from_lat, lon, lat)[2])))


def _from_columns(table: pd.DataFrame, fields: Mapping[str, str]) -> _Found:
    lon, lon_notes = _angles(table, fields, "lon", "EW")
    lat, lat_notes = _angles(table, fields, "lat", "NS")
    both = lon.notna() & lat.notna()
    points = _points(lon.where(both), lat.where(both))
    points, faults = _checked(points)
    exchanged = _exchanged(table, fields, ~both)
    steps_deg = [last_digits_deg(_stated(table, fields, field)[both]) for field in ("lon", "lat")]
    radius_m = pd.Series(np.nan, index=table.index)
    coarser_deg = np.maximum(*(steps.to_numpy() for steps in steps_deg))
    radius_m[both] = np.maximum(GIVEN_COORDINATES_M, angle_radius_m(1.0) * coarser_deg)
    unread = join_notes(lon_notes, lat_notes).mask(exchanged.notna(), exchanged)
    doubted = faults.notna() | exchanged.notna()
    return _Found(points, radius_m, join_notes(unread, faults), doubted)


def _nowhere(index: "pd.Index[Any]") -> _Found:
    lost = pd.Series(data=False, index=index)
    radius_m = pd.Series(np.nan, index=index)
    return _Found(gpd.GeoSeries(None, index, crs=CRS), radius_m, _no_notes(index), lost)


def _points(lon: "pd.Series[float]", lat: "pd.Series[float]") -> gpd.GeoSeries:
    """Points of longitudes and latitudes; null where they are."""
    shapes = np.full(len(lon), None, dtype=object)
    known = lon.notna().to_numpy()
    shapes[known] = shapely.points(lon.to_numpy()[known], lat.to_numpy()[known])
    return gpd.GeoSeries(shapes, index=lon.index, crs=CRS)


def _angles(
    table: pd.DataFrame, fields: Mapping[str, str], field: str, hemispheres: str
) -> tuple["pd.Series[float]", "pd.Series[str]"]:
    """Decimal degrees of a column, and a note for each cell that states none."""
    texts = text_cells(table, fields, field)
    values = degrees_of(texts, hemispheres=hemispheres)
    notes = f"{fields[field]} “" + texts + "” is not in decimal degrees"
    return values, notes.where(texts.notna() & values.isna())


def _exchanged(
    table: pd.DataFrame, fields: Mapping[str, str], lost: "pd.Series[bool]"
) -> "pd.Series[str]":
    """A proposal for each lost row whose letters say that latitude and longitude are exchanged."""
    notes = _no_notes(table.index)
    if not lost.any():
        return notes
    lon, lat = (text_cells(table, fields, field)[lost] for field in ("lon", "lat"))
    is_other = degrees_of(lon, hemispheres="NS").notna() & degrees_of(lat, hemispheres="EW").notna()
    said = "latitude and longitude seem exchanged: perhaps " + lon + ", " + lat
    return notes.mask(is_other.reindex(notes.index, fill_value=False), said)


def _stated(table: pd.DataFrame, fields: Mapping[str, str], field: str) -> "pd.Series[Any]":
    """Cells as their digits count: numbers as numbers, anything else as text."""
    values = table[fields[field]]
    return values if pd.api.types.is_float_dtype(values) else text_cells(table, fields, field)


def _checked(points: gpd.GeoSeries) -> tuple[gpd.GeoSeries, "pd.Series[str]"]:
    """Points that can be on the earth; a note in place of each other one."""
    shapes = points.to_numpy()
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    faulty = np.flatnonzero((np.abs(lon) > 180) | (np.abs(lat) > 90) | ((lon == 0) & (lat == 0)))
    if not len(faulty):
        return points, _no_notes(points.index)
    notes = np.full(len(points), None, dtype=object)
    notes[faulty] = [coordinate_fault(float(lon[row]), float(lat[row])) for row in faulty]
    said = pd.Series(notes, index=points.index, dtype="str")
    return points.where(said.isna(), None), said


def _no_notes(index: "pd.Index[Any]") -> "pd.Series[str]":
    return pd.Series(None, index=index, dtype="str")
