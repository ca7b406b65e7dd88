"""How far each incident lies from the nearest land border, in which direction, and how sure."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.geodesy import Floats
from geo.reference import BORDER_ERROR_M, borders
from geo.schema import has_geometry, require
from geo.spatial.lines import LineIndex

__all__ = ["add_borders"]

# The best point of such an area says nothing about the distance of the incident itself.
_AREAS = ("admin1", "admin2", "country")

_TYPES = {
    "border_pair": "str",
    "border_distance_m": "float64",
    "border_distance_min_m": "float64",
    "border_distance_max_m": "float64",
    "border_bearing_deg": "float64",
    "border_status": "str",
}


def add_borders(
    table: gpd.GeoDataFrame, *, between: tuple[str, str] | None = None
) -> gpd.GeoDataFrame:
    """Add the nearest land border and the geodesic distance to it, in metres.

    The interval holds the distance with the point's own uncertainty and the positional error of the
    line. Incidents known only to a province or a country get no distance.

    Parameters
    ----------
    table
        Points in any CRS; null geometries stay. `uncertainty_m` and `precision` are used where the
        table has them; where the uncertainty is null, the interval is null too.
    between
        Measure to the border between these two countries (ISO 3166-1 alpha-3) only.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with `border_pair`, `border_distance_m`, `border_distance_min_m`,
        `border_distance_max_m`, `border_bearing_deg` (azimuth at the incident towards the border,
        0 to 360), `border_status`; index and rows as in the input.

    Raises
    ------
    SchemaError
        The table has no geometry column.
    PlaceNotFoundError
        The two countries of `between` share no land border.

    Notes
    -----
    Source: geodesics after Karney 2013 on WGS 84; lines are Natural Earth 10m, which lie within
    2.9 km of OpenStreetMap's in 90 % of places.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    >>> near = add_borders(points).iloc[0]
    >>> near["border_pair"], bool(near["border_distance_min_m"] < near["border_distance_m"])
    ('JOR-SYR', True)
    """
    require(table, ("geometry",), by="add_borders")
    lines = borders(between=between)
    points = table.geometry.to_crs(4326)
    measured = has_geometry(points).to_numpy()
    if "precision" in table:
        measured = measured & ~table["precision"].isin(_AREAS).to_numpy()
    lon, lat = shapely.get_coordinates(np.asarray(points[measured])).T
    values = _distances(lines, lon, lat, _uncertainty_m(table)[measured])
    # By position, since labels of an index may repeat.
    everywhere = values.set_axis(np.flatnonzero(measured))
    everywhere = everywhere.reindex(range(len(table))).set_axis(table.index)
    return table.assign(**{name: everywhere[name] for name in _TYPES})


def _distances(
    lines: gpd.GeoDataFrame, lon_deg: Floats, lat_deg: Floats, uncertainty_m: Floats
) -> pd.DataFrame:
    nearest = LineIndex(np.asarray(lines.geometry)).nearest(lon_deg, lat_deg)
    reach_m = uncertainty_m + BORDER_ERROR_M
    line = lines.iloc[nearest.line]
    columns = {
        "border_pair": line["border_pair"].to_numpy(),
        "border_distance_m": nearest.distance_m,
        "border_distance_min_m": np.maximum(nearest.distance_m - reach_m, 0.0),
        "border_distance_max_m": nearest.distance_m + reach_m,
        "border_bearing_deg": nearest.azimuth_deg % 360.0,
        "border_status": line["status"].to_numpy(),
    }
    return pd.DataFrame(columns).astype(_TYPES)


def _uncertainty_m(table: gpd.GeoDataFrame) -> Floats:
    """Radius of each point; null where the table has the column and it says nothing."""
    if "uncertainty_m" not in table:
        return np.zeros(len(table))
    return table["uncertainty_m"].to_numpy(dtype=np.float64)
