"""Points of the provider's own coordinates, with the class and the radius that its codes mean."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.grammar.coordinates import coordinate_fault
from geo.profiles.native_cells import NativeCells
from geo.schema import CRS
from geo.tables.cells import join_notes

__all__ = ["coordinate_notes", "positions"]

_NO_COORDINATES = "No coordinates are given"


def coordinate_notes(lon: "pd.Series[float]", lat: "pd.Series[float]") -> "pd.Series[str]":
    """Why a pair of coordinates cannot be that of an incident; null where it can, or lacks."""
    notes = pd.Series(None, index=lon.index, dtype="str")
    doubtful = (lon.abs() > 180) | (lat.abs() > 90) | ((lon == 0) & (lat == 0))
    rows = np.flatnonzero(doubtful.to_numpy(dtype=bool))
    if len(rows):
        pairs = zip(lon.iloc[rows], lat.iloc[rows], strict=True)
        notes.iloc[rows] = [
            coordinate_fault(*pair) if not any(map(np.isnan, pair)) else None for pair in pairs
        ]
    return notes


def positions(
    cells: NativeCells,
    *,
    lon: str,
    lat: str,
    precision: "pd.Series[str]",
    radius_m: "pd.Series[float]",
    notes: "pd.Series[str]",
    distrusted: "pd.Series[str] | None" = None,
) -> gpd.GeoDataFrame:
    """Points with class and radius, or a note why a row has none.

    Parameters
    ----------
    cells
        The provider's cells.
    lon, lat
        Its columns with decimal degrees, WGS 84.
    precision, radius_m
        Class of each row, and the radius in metres that holds the true place.
    notes
        What else is to be said of the rows.
    distrusted
        Why the coordinates of a row are not used: they wait for a human.

    Returns
    -------
    geopandas.GeoDataFrame
        `uncertainty_m`, `precision`, `method`, `status`, `reason` and points in EPSG:4326.
    """
    lon_deg, lat_deg = cells.degrees(lon), cells.degrees(lat)
    faults = coordinate_notes(lon_deg, lat_deg)
    unread = join_notes(cells.unread_degrees(lon), cells.unread_degrees(lat), faults)
    usable = lon_deg.notna() & lat_deg.notna() & faults.isna()
    waits = pd.Series(data=False, index=cells.index)
    if distrusted is not None:
        waits = distrusted.notna()
        unread = join_notes(unread, distrusted)
    placed = usable & ~waits
    held = usable & waits
    doubted = held | faults.notna()
    unread = unread.mask(~placed & unread.isna(), _NO_COORDINATES)
    return gpd.GeoDataFrame(
        {
            "uncertainty_m": radius_m.where(placed).astype("float64"),
            "precision": precision.where(placed, "none"),
            # What is given and has no point waits: geocoding leaves it alone.
            "method": _one_of(placed | held, "given", "none"),
            "status": _one_of(placed, "located", "unlocated").mask(doubted, "suspicious"),
            "reason": join_notes(unread, notes),
        },
        geometry=_points(lon_deg, lat_deg, placed),
        crs=CRS,
    )


def _one_of(which: "pd.Series[bool]", yes: str, no: str) -> "pd.Series[Any]":
    known = pd.Series([no, yes], dtype="str").array
    return pd.Series(known.take(which.to_numpy(dtype=np.int64)), index=which.index)


def _points(
    lon_deg: "pd.Series[float]", lat_deg: "pd.Series[float]", placed: "pd.Series[bool]"
) -> gpd.GeoSeries:
    rows = placed.to_numpy(dtype=bool)
    shapes = np.full(len(rows), None, dtype=object)
    shapes[rows] = shapely.points(lon_deg.to_numpy()[rows], lat_deg.to_numpy()[rows])
    return gpd.GeoSeries(shapes, index=lon_deg.index, crs=CRS)
