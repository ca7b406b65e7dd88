"""Incident tables in the location terms of Darwin Core."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.reference.units import country_names
from geo.reference.views import view
from geo.schema import CRS, has_geometry, require

__all__ = ["darwin_core"]

_PROTOCOL = (
    "Point-radius method (Wieczorek, Guo and Hijmans 2004, doi:10.1080/13658810412331280211)"
)
_COPIED = {
    "eventID": "incident_id",
    "verbatimLocality": "place_text",
    "locality": "place",
    "stateProvince": "admin1",
    "georeferenceRemarks": "reason",
    "coordinateUncertaintyInMeters": "uncertainty_m",
}
_VERIFIED = {"verified": "verified by contributor", "corroborated": "verified by contributor"}


def darwin_core(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Location terms of Darwin Core for each incident, uncertainty in metres.

    Parameters
    ----------
    table
        Incident table, any CRS.

    Returns
    -------
    pandas.DataFrame
        `eventID`, `eventDate` (ISO 8601, an interval where it is one), `decimalLatitude`,
        `decimalLongitude`, `geodeticDatum`, `coordinateUncertaintyInMeters`, `verbatimLocality`,
        `locality`, `country`, `stateProvince`, `footprintWKT`, `footprintSRS`,
        `georeferenceProtocol`, `georeferenceRemarks`, `georeferenceVerificationStatus`; index as in
        the input. A term is null where nothing is known.

    Raises
    ------
    SchemaError
        The table has no geometry column.

    Notes
    -----
    Source: Darwin Core quick reference guide, class Location (dwc.tdwg.org/terms).

    Examples
    --------
    >>> points = gpd.GeoDataFrame(
    ...     {"uncertainty_m": [1000.0]}, geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326
    ... )
    >>> terms = darwin_core(points).iloc[0]
    >>> float(terms["decimalLatitude"]), terms["geodeticDatum"]
    (33.306, 'EPSG:4326')
    """
    require(table, ("geometry",), by="darwin_core")
    points = table.geometry.to_crs(CRS)
    placed = has_geometry(points)
    centres = shapely.centroid(np.asarray(points.where(placed, None)))
    terms: dict[str, Any] = {term: table.get(column) for term, column in _COPIED.items()}
    terms["country"] = _countries(table)
    terms["decimalLatitude"] = shapely.get_y(centres)
    terms["decimalLongitude"] = shapely.get_x(centres)
    terms["eventDate"] = _dates(table)
    terms["footprintWKT"] = _footprints(table)
    terms["georeferenceVerificationStatus"] = _checked(table)
    frame = pd.DataFrame(terms, index=table.index)
    fixed = {"geodeticDatum": CRS, "georeferenceProtocol": _PROTOCOL}
    frame = frame.assign(
        **{term: pd.Series(word, table.index).where(placed) for term, word in fixed.items()}
    )
    frame["footprintSRS"] = pd.Series(CRS, table.index).where(frame["footprintWKT"].notna())
    return frame[[
        "eventID", "eventDate", "decimalLatitude", "decimalLongitude", "geodeticDatum",
        "coordinateUncertaintyInMeters", "verbatimLocality", "locality", "country", "stateProvince",
        "footprintWKT", "footprintSRS", "georeferenceProtocol", "georeferenceRemarks",
        "georeferenceVerificationStatus",
    ]]  # fmt: skip


def _countries(table: gpd.GeoDataFrame) -> "pd.Series[str]":
    """Name of each country as the table states it, else of its code."""
    stated = table.get("country", pd.Series(None, index=table.index, dtype="str"))
    codes = table.get("country_a3", pd.Series(None, index=table.index, dtype="str"))
    return stated.fillna(codes.map(country_names(view("default"))))


def _dates(table: gpd.GeoDataFrame) -> "pd.Series[str]":
    empty = pd.Series(pd.NaT, index=table.index)
    start = pd.to_datetime(table.get("date_start", empty)).dt.strftime("%Y-%m-%d")
    end = pd.to_datetime(table.get("date_end", empty)).dt.strftime("%Y-%m-%d")
    return start.where(end.isna() | (start == end), start + "/" + end)


def _footprints(table: gpd.GeoDataFrame) -> "pd.Series[str]":
    if "footprint" not in table:
        return pd.Series(None, index=table.index, dtype="str")
    column = table["footprint"]
    crs = getattr(column, "crs", None) or table.crs
    shapes = gpd.GeoSeries(list(column), index=table.index, crs=crs).to_crs(CRS)
    return shapes.to_wkt(rounding_precision=6)


def _checked(table: gpd.GeoDataFrame) -> "pd.Series[str]":
    said = table.get("verification", pd.Series(None, index=table.index, dtype="str"))
    return said.map(_VERIFIED).fillna("unverified")
