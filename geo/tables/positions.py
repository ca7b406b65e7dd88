"""Points of a raw table, from its geometries or its coordinate columns."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.uncertainty import GIVEN_COORDINATES_M, coordinate_precision
from geo.geodesy import geod
from geo.grammar.angles import coordinate_radius_m, parse_degrees
from geo.grammar.coordinates import coordinate_fault
from geo.schema import CRS, has_geometry
from geo.tables.cells import join_notes, text_cells

__all__ = ["reach_m", "read_positions", "unwrapped"]

_ASSUMED = "The coordinates were given; their error is not stated, 1 km is assumed"
_HALF_TURN_DEG = 180.0
_FEW_DIGITS = "The coordinates were given; their few digits leave a wider circle open"


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
        Field to column; `lon` and `lat` are used where there are no geometries.
    geometries
        Geometries of the table in EPSG:4326; None when it has none.
    digits_m
        Radius that the digits of each geometry leave open, where it was written in digits.

    Returns
    -------
    geopandas.GeoDataFrame
        `geometry`, `uncertainty_m`, `precision`, `method`, `status`, `reason`.
    """
    if geometries is not None:
        points, radius_m, notes = _from_geometries(geometries, digits_m)
    elif {"lon", "lat"} <= set(fields):
        points, radius_m, notes = _from_columns(table, fields)
    else:
        points = gpd.GeoSeries(None, table.index, crs=CRS)
        radius_m, notes = pd.Series(np.nan, index=table.index), _no_notes(table.index)
    placed = points.notna()
    given = pd.Series(_ASSUMED, index=table.index).where(
        radius_m <= GIVEN_COORDINATES_M, _FEW_DIGITS
    )
    return gpd.GeoDataFrame(
        {
            "uncertainty_m": radius_m.where(placed).astype("float64"),
            "precision": radius_m.map(coordinate_precision).where(placed, "none"),
            "method": np.where(placed, "given", "none"),
            "status": np.where(placed, "located", "unlocated"),
            "reason": join_notes(notes.where(~placed | notes.notna(), given)),
        },
        geometry=points,
        crs=CRS,
    )


def _from_geometries(
    geometries: gpd.GeoSeries, digits_m: "pd.Series[float] | None"
) -> tuple[gpd.GeoSeries, "pd.Series[float]", "pd.Series[str]"]:
    whole = geometries.where(has_geometry(geometries), None).to_numpy(copy=True)
    west, _, east, _ = shapely.bounds(whole).T
    is_wide = east - west > _HALF_TURN_DEG
    whole[is_wide] = list(map(unwrapped, whole[is_wide]))
    shapes = gpd.GeoSeries(whole, index=geometries.index, crs=CRS)
    points = shapes.where(shapes.geom_type == "Point", shapes.representative_point())
    points = gpd.GeoSeries(shapely.force_2d(points.to_numpy()), index=shapes.index, crs=CRS)
    is_turned = is_wide & (points.x > _HALF_TURN_DEG).to_numpy()
    points = points.where(~is_turned, points.translate(xoff=-360.0))
    points, notes = _checked(points)
    is_shape = points.notna() & (shapes.geom_type != "Point")
    notes = notes.mask(is_shape, "The point stands for a " + shapes.geom_type.fillna(""))
    radius_m = pd.Series(GIVEN_COORDINATES_M, index=shapes.index)
    if digits_m is not None:
        radius_m = digits_m.fillna(0.0).clip(lower=GIVEN_COORDINATES_M)
    reaches_m = pd.Series(
        list(map(reach_m, points[is_shape], shapes[is_shape])),
        index=shapes.index[is_shape],
        dtype="float64",
    )
    return points, radius_m.mask(is_shape, reaches_m.reindex(shapes.index)), notes


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


def _from_columns(
    table: pd.DataFrame, fields: Mapping[str, str]
) -> tuple[gpd.GeoSeries, "pd.Series[float]", "pd.Series[str]"]:
    lon, lon_notes = _angles(table, fields, "lon", "EW")
    lat, lat_notes = _angles(table, fields, "lat", "NS")
    both = lon.notna() & lat.notna()
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=table.index, crs=CRS).where(both)
    points, notes = _checked(points)
    stated = zip(_stated(table, fields, "lon"), _stated(table, fields, "lat"), both, strict=True)
    radius_m = [
        max(GIVEN_COORDINATES_M, coordinate_radius_m(*pair)) if is_read else np.nan
        for *pair, is_read in stated
    ]
    return (
        points,
        pd.Series(radius_m, index=table.index, dtype="float64"),
        join_notes(lon_notes, lat_notes, notes),
    )


def _angles(
    table: pd.DataFrame, fields: Mapping[str, str], field: str, hemispheres: str
) -> tuple["pd.Series[float]", "pd.Series[str]"]:
    """Decimal degrees of a column, and a note for each cell that states none."""
    texts = text_cells(table, fields, field)
    degrees = [
        parse_degrees(text, hemispheres=hemispheres) if stated else None
        for text, stated in zip(texts, texts.notna(), strict=True)
    ]
    values = pd.Series(degrees, index=table.index, dtype="float64")
    notes = f"{fields[field]} “" + texts + "” is not in decimal degrees"
    return values, notes.where(texts.notna() & values.isna())


def _stated(table: pd.DataFrame, fields: Mapping[str, str], field: str) -> "pd.Series[Any]":
    """Cells as their digits count: numbers as numbers, anything else as text."""
    values = table[fields[field]]
    return values if pd.api.types.is_float_dtype(values) else text_cells(table, fields, field)


def _checked(points: gpd.GeoSeries) -> tuple[gpd.GeoSeries, "pd.Series[str]"]:
    """Points that can be on the earth; a note in place of each other one."""
    shapes = points.to_numpy()
    faults = list(map(coordinate_fault, shapely.get_x(shapes), shapely.get_y(shapes)))
    notes = pd.Series(faults, index=points.index, dtype="str")
    return points.where(notes.isna(), None), notes


def _no_notes(index: "pd.Index[Any]") -> "pd.Series[str]":
    return pd.Series(None, index=index, dtype="str")
