"""Which country and province each incident lies in."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.geodesy import Floats
from geo.reference import WORLDVIEW, provinces
from geo.schema import has_geometry, require
from geo.spatial.areas import NOWHERE, AreaIndex

__all__ = ["COAST_TOLERANCE_M", "add_countries"]

#: How far off the drawn coast a point may lie and still belong to the country, in metres.
COAST_TOLERANCE_M = 5_000.0

_JOINED = ("country_a3", "country", "admin1_code", "admin1")


def add_countries(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add the country and province in which each point lies.

    A point up to 5 km off the coast belongs to the nearest province, since the drawn coast is
    generalised; farther out the columns are null. A row without a point keeps what it has, and a
    row known only to country gets no province.

    Parameters
    ----------
    table
        Points in any CRS; null geometries stay.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with `country_a3`, `country`, `admin1_code`, `admin1`, `worldview`; index and rows as
        in the input.

    Raises
    ------
    SchemaError
        The table has no geometry column.

    Notes
    -----
    Source: Natural Earth 10m, de facto boundaries.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    >>> add_countries(points).loc[0, ["country_a3", "admin1_code"]].tolist()
    ['JOR', 'JO-MA']
    """
    require(table, ("geometry",), by="add_countries")
    points = table.geometry.to_crs(4326)
    placed = has_geometry(points)
    area = np.full(len(table), NOWHERE, dtype=np.int64)
    area[placed] = _areas(*shapely.get_coordinates(np.asarray(points[placed])).T)
    joined = pd.DataFrame(provinces())[list(_JOINED)].reindex(area).set_axis(table.index)
    if "precision" in table:
        joined.loc[table["precision"] == "country", ["admin1_code", "admin1"]] = None
    kept = table.reindex(columns=_JOINED)
    columns = {name: joined[name].where(placed, kept[name]).astype("str") for name in _JOINED}
    return table.assign(**columns, worldview=WORLDVIEW)


def _areas(lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.int64]:
    index = AreaIndex(np.asarray(provinces().geometry))
    area = index.containing(lon_deg, lat_deg)
    outside = area == NOWHERE
    area[outside] = index.nearest_within(
        lon_deg[outside], lat_deg[outside], distance_m=COAST_TOLERANCE_M
    )
    return area
