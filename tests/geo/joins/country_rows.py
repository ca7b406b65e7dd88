"""Points, and what `add_countries` says of them."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

import geo

if TYPE_CHECKING:
    import pandas as pd

ADDED = (
    "country_a3", "country", "admin1_code", "admin1", "surface", "sea", "area_status",
    "claimed_by", "worldview", "status", "reason",
)  # fmt: skip


def at(*lonlat: tuple[float, float], **columns: Any) -> gpd.GeoDataFrame:
    """Table of some places."""
    return gpd.GeoDataFrame(columns, geometry=[shapely.Point(*place) for place in lonlat], crs=4326)


def first(table: gpd.GeoDataFrame, **options: Any) -> "pd.Series[Any]":
    """First row with its country."""
    return geo.add_countries(table, **options).iloc[0]
