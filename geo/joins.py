"""Which country and province each incident lies in."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.geodesy import Floats
from geo.reference import BORDER_ERROR_M, WORLDVIEW, provinces
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

    A country that is known already (`country_a3`, from the geocoder) stays while the point lies
    within its uncertainty and the error of the border line: a town on a border river keeps its
    side. Where the two contradict each other beyond that, the boundary decides, `status` becomes
    `suspicious`, and `reason` says so.

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
    placed = has_geometry(points).to_numpy()
    area = np.full(len(table), NOWHERE, dtype=np.int64)
    lonlat = np.full((len(table), 2), np.nan)
    lonlat[placed] = shapely.get_coordinates(np.asarray(points[placed]))
    area[placed] = _areas(*lonlat[placed].T)
    stated = _texts(table, "country_a3")
    contradicted = placed & (stated != "") & (_country_of(area) != stated)
    for row in np.flatnonzero(contradicted).tolist():
        reach_m = _uncertainty_m(table, row) + BORDER_ERROR_M
        own = _area_of_country(stated[row], lonlat[row], reach_m)
        if own != NOWHERE:
            area[row], contradicted[row] = own, False
    result = table.assign(**_columns(table, area, placed), worldview=WORLDVIEW)
    return _with_doubts(result, stated, contradicted)


def _areas(lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.int64]:
    index = AreaIndex(np.asarray(provinces().geometry))
    area = index.containing(lon_deg, lat_deg)
    outside = area == NOWHERE
    area[outside] = index.nearest_within(
        lon_deg[outside], lat_deg[outside], distance_m=COAST_TOLERANCE_M
    )
    return area


def _area_of_country(country_a3: str, lonlat_deg: Floats, distance_m: float) -> int:
    """Position of the country's province nearest to a point, if it lies within a distance."""
    own = np.flatnonzero(provinces()["country_a3"] == country_a3)
    if len(own) == 0:
        return NOWHERE
    index = AreaIndex(np.asarray(provinces().geometry)[own])
    nearest = index.nearest_within(lonlat_deg[:1], lonlat_deg[1:], distance_m=distance_m)[0]
    return int(own[nearest]) if nearest != NOWHERE else NOWHERE


def _columns(
    table: gpd.GeoDataFrame, area: npt.NDArray[np.int64], placed: npt.NDArray[np.bool_]
) -> dict[str, "pd.Series[Any]"]:
    joined = pd.DataFrame(provinces())[list(_JOINED)].reindex(area).set_axis(table.index)
    if "precision" in table:
        country_only = (table["precision"] == "country").to_numpy()
        joined.loc[country_only, ["admin1_code", "admin1"]] = None
    kept = table.reindex(columns=_JOINED)
    return {name: joined[name].where(placed, kept[name]).astype("str") for name in _JOINED}


def _with_doubts(
    table: gpd.GeoDataFrame, stated: npt.NDArray[np.object_], doubtful: npt.NDArray[np.bool_]
) -> gpd.GeoDataFrame:
    """Rows whose point contradicts their country, marked as suspicious with the reason."""
    if not doubtful.any() or not {"status", "reason"} <= set(table.columns):
        return table
    found = table["country"].fillna("no country").to_numpy(dtype=object)
    reasons = table["reason"].fillna("").to_numpy(dtype=object)
    said = [
        f"{reason}. Given as in {country}, but the point lies in {where}".removeprefix(". ")
        for reason, country, where in zip(reasons, stated, found, strict=True)
    ]
    return table.assign(
        status=np.where(doubtful, "suspicious", table["status"].to_numpy(dtype=object)),
        reason=np.where(doubtful, said, table["reason"].to_numpy(dtype=object)),
    ).astype({"status": "str", "reason": "str"})


def _country_of(area: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    return provinces()["country_a3"].reindex(area).fillna("").to_numpy(dtype=object)


def _texts(table: gpd.GeoDataFrame, column: str) -> npt.NDArray[np.object_]:
    if column not in table:
        return np.full(len(table), "", dtype=object)
    return table[column].astype("str").fillna("").to_numpy(dtype=object)


def _uncertainty_m(table: gpd.GeoDataFrame, row: int) -> float:
    if "uncertainty_m" not in table or pd.isna(table["uncertainty_m"].iloc[row]):
        return 0.0
    return float(table["uncertainty_m"].iloc[row])
