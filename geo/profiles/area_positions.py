"""Points, radii and footprints of the shapes that feeds and alerts give."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.shapes.footprints import best_point, farthest_m
from geo.geocoding.uncertainty import coordinate_precision
from geo.profiles.given_positions import coordinate_notes
from geo.schema import CRS
from geo.tables.cells import join_notes

__all__ = ["area_positions"]

_AREA = "The point stands for an area"
_NOTHING = "No coordinates are given"


def area_positions(
    shapes: gpd.GeoSeries | None,
    index: "pd.Index[Any]",
    *,
    least_m: "pd.Series[float]",
    notes: "pd.Series[str]",
    unread: "pd.Series[str] | None" = None,
) -> gpd.GeoDataFrame:
    """Positions of shapes; areas become footprints.

    Parameters
    ----------
    shapes
        Points, lines and areas in EPSG:4326; null where a row has none.
    index
        Index of the rows.
    least_m
        Radius in metres that holds the true place of a point, of each row.
    notes
        What else is to be said of the rows.
    unread
        Of rows without a shape, coordinates that could not be read.

    Returns
    -------
    geopandas.GeoDataFrame
        `uncertainty_m`, `precision`, `method`, `status`, `reason`, points; and `footprint` where
        there are areas.
    """
    given = [None] * len(index) if shapes is None else list(shapes)
    rows = [_placed(shape, radius_m) for shape, radius_m in zip(given, least_m, strict=True)]
    points = np.full(len(index), None, dtype=object)
    points[:] = [row[0] for row in rows]
    lon, lat = (pd.Series(get(points), index=index) for get in (shapely.get_x, shapely.get_y))
    faults = coordinate_notes(lon, lat)
    points[faults.notna().to_numpy()] = None
    placed = pd.Series(~shapely.is_missing(points), index=index)
    doubted = faults.notna()
    areas = np.full(len(index), None, dtype=object)
    areas[:] = [_area(shape) for shape in given]
    if unread is not None:
        faults = faults.fillna(("coordinates “" + unread + "” are not understood").mask(placed))
    said = faults.mask(~placed & faults.isna(), _NOTHING)
    is_area = pd.Series([area is not None for area in areas], index=index, dtype=bool)
    table = pd.DataFrame(
        {
            "uncertainty_m": pd.Series([row[1] for row in rows], index=index).where(placed),
            "precision": pd.Series([row[2] for row in rows], index=index, dtype="str").where(
                placed, "none"
            ),
            "method": np.where(placed, "given", "none"),
            "status": np.select([placed, doubted], ["located", "suspicious"], "unlocated"),
            "reason": join_notes(said.mask(is_area & placed, _AREA), notes),
        },
        index=index,
    )
    placed_table = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(points, index=index, crs=CRS))
    footprints = gpd.GeoSeries(areas, index=index, crs=CRS)
    return placed_table.assign(footprint=footprints) if is_area.any() else placed_table


def _placed(
    shape: BaseGeometry | None, least_m: float
) -> tuple[BaseGeometry | None, float | None, str]:
    if shape is None or shape.is_empty:
        return None, None, "none"
    if isinstance(shape, shapely.Point):
        return shapely.force_2d(shape), least_m, coordinate_precision(least_m)
    is_area = _area(shape) is not None
    point = best_point(shape) if is_area else shape.interpolate(0.5, normalized=True)
    return point, max(least_m, farthest_m(point, shape)), "vicinity" if is_area else "line"


def _area(shape: BaseGeometry | None) -> BaseGeometry | None:
    return shape if isinstance(shape, shapely.Polygon | shapely.MultiPolygon) else None
