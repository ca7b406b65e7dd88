"""Points of a raw table, from its geometries or its coordinate columns."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import geod
from geo.grammar.coordinates import coordinate_radius_m, parse_degrees
from geo.schema import CRS, has_geometry
from geo.tables.cells import join_notes, text_cells

__all__ = ["read_positions"]

#: What "exact" promises, in metres.
_EXACT_M = 1_000.0


def read_positions(
    table: pd.DataFrame, fields: Mapping[str, str], geometries: gpd.GeoSeries | None
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

    Returns
    -------
    geopandas.GeoDataFrame
        `geometry`, `uncertainty_m`, `precision`, `method`, `status`, `reason`.
    """
    if geometries is not None:
        points, radius_m, notes = _from_geometries(geometries)
    elif {"lon", "lat"} <= set(fields):
        points, radius_m, notes = _from_columns(table, fields)
    else:
        nothing = pd.Series(None, index=table.index, dtype="str")
        points, radius_m, notes = gpd.GeoSeries(None, table.index, crs=CRS), nothing, nothing
    placed = points.notna()
    return gpd.GeoDataFrame(
        {
            "uncertainty_m": radius_m.where(placed).astype("float64"),
            "precision": np.where(
                placed, np.where(radius_m <= _EXACT_M, "exact", "vicinity"), "none"
            ),
            "method": np.where(placed, "coordinates", "none"),
            "status": np.where(placed, "located", "unlocated"),
            "reason": join_notes(
                notes.where(~placed | notes.notna(), "The coordinates were given")
            ),
        },
        geometry=points,
        crs=CRS,
    )


def _from_geometries(
    geometries: gpd.GeoSeries,
) -> tuple[gpd.GeoSeries, "pd.Series[float]", "pd.Series[str]"]:
    shapes = geometries.where(has_geometry(geometries), None)
    points = shapes.where(shapes.geom_type == "Point", shapes.representative_point())
    points = gpd.GeoSeries(shapely.force_2d(points.to_numpy()), index=shapes.index, crs=CRS)
    points, notes = _checked(points)
    is_shape = points.notna() & (shapes.geom_type != "Point")
    notes = notes.mask(is_shape, "The point stands for a " + shapes.geom_type.fillna(""))
    radius_m = pd.Series(_EXACT_M, index=shapes.index)
    reaches_m = pd.Series(
        list(map(_reach_m, points[is_shape], shapes[is_shape])), index=shapes.index[is_shape]
    )
    return points, radius_m.mask(is_shape, reaches_m.reindex(shapes.index)), notes


def _reach_m(point: BaseGeometry, shape: BaseGeometry) -> float:
    """Geodesic distance from a point to the farthest vertex of a shape."""
    lon, lat = shapely.get_coordinates(shape).T
    from_lon, from_lat = np.broadcast_to(shapely.get_coordinates(point), (len(lon), 2)).T
    return max(_EXACT_M, float(np.max(geod().inv(from_lon, from_lat, lon, lat)[2])))


def _from_columns(
    table: pd.DataFrame, fields: Mapping[str, str]
) -> tuple[gpd.GeoSeries, "pd.Series[float]", "pd.Series[str]"]:
    lon_text, lat_text = text_cells(table, fields, "lon"), text_cells(table, fields, "lat")
    lon, lat = (
        texts.map(parse_degrees, na_action="ignore").astype("float64")
        for texts in (lon_text, lat_text)
    )
    unread = [
        (f"{fields[field]} “" + texts + "” is not in decimal degrees").where(
            texts.notna() & values.isna()
        )
        for field, texts, values in (("lon", lon_text, lon), ("lat", lat_text, lat))
    ]
    both = lon.notna() & lat.notna()
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=table.index, crs=CRS).where(both)
    points, notes = _checked(points)
    radius_m = [
        max(_EXACT_M, coordinate_radius_m(*pair)) if stated else np.nan
        for *pair, stated in zip(lon_text, lat_text, both, strict=True)
    ]
    return points, pd.Series(radius_m, index=table.index), join_notes(*unread, notes)


def _checked(points: gpd.GeoSeries) -> tuple[gpd.GeoSeries, "pd.Series[str]"]:
    """Points that can be on the earth; a note in place of each other one."""
    lon, lat = points.x, points.y
    coordinates = "longitude " + lon.map("{:g}".format) + ", latitude " + lat.map("{:g}".format)
    outside = points.notna() & ~((lat.abs() <= 90) & (lon.abs() <= 180))
    swapped = outside & (lat.abs() <= 180) & (lon.abs() <= 90)
    zero = points.notna() & (lon == 0) & (lat == 0)
    notes = pd.Series(None, index=points.index, dtype="str")
    notes = notes.mask(outside, coordinates + " is not on the earth")
    notes = notes.mask(swapped, coordinates + " is not on the earth; the two may be swapped")
    notes = notes.mask(zero, "coordinates are 0, 0, which stands for unknown")
    return points.where(~(outside | zero), None), notes
