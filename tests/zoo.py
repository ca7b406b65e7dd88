"""Hard geometries that every spatial test should survive."""

import geopandas as gpd
import shapely

#: Name to (lon, lat) of points that break naive code.
POINTS = {
    "null island": (0.0, 0.0),
    "north pole": (0.0, 90.0),
    "south pole": (0.0, -90.0),
    "just west of 180": (179.9999, -16.85),
    "just east of 180": (-179.9999, -16.85),
    "on 180": (180.0, 67.0),
    "tower 22": (38.703, 33.306),
    "lesotho, an enclave": (28.2, -29.6),
    "vatican": (12.4534, 41.9033),
    "mid pacific": (-140.0, -30.0),
}


def points(*names: str) -> gpd.GeoDataFrame:
    """Table of named points, all of the zoo by default."""
    chosen = names or tuple(POINTS)
    geometry = [shapely.Point(POINTS[name]) for name in chosen]
    return gpd.GeoDataFrame({"name": list(chosen)}, geometry=geometry, crs="EPSG:4326")


def holes() -> gpd.GeoDataFrame:
    """Table whose rows have a point, an empty point and no geometry, under a strange index."""
    geometry = [shapely.Point(38.703, 33.306), shapely.Point(), None]
    return gpd.GeoDataFrame(geometry=geometry, index=["x", "y", "z"], crs="EPSG:4326")
