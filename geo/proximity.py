"""Which incidents lie near something, certainly or possibly."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.joins.discs import SAMPLES, disc_points
from geo.joins.points import Shapes, points_of, uncertainties_m
from geo.schema import CRS, has_geometry, require
from geo.spatial.areas import NOWHERE, AreaIndex
from geo.spatial.lines import LineIndex

__all__ = ["within"]

_LINES, _AREAS = ("LineString", "LinearRing", "MultiLineString"), ("Polygon", "MultiPolygon")
# Rows whose discs are measured at a time: half a million sample points.
_ROUND = 2_000


def within(
    table: gpd.GeoDataFrame,
    target: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    distance_m: float,
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> gpd.GeoDataFrame:
    """Select the incidents that lie within a distance of lines or areas, or can lie there.

    Parameters
    ----------
    table
        Points in any CRS. `uncertainty_m` is used where the table has it; a row whose uncertainty
        is null counts as exact.
    target
        Lines or areas in any CRS, such as `geo.borders()`. Its column `error_m`, the positional
        error of each line in metres, is used where there is one.
    distance_m
        Greatest geodesic distance in metres; 0 selects what lies inside an area.
    shapes
        What to do with a geometry that is no point: `representative` measures from a point inside
        it, `refuse` leaves the row out.
    wrap
        Whether a longitude between 180° and 360° is brought back into ±180°; else the row is left
        out.

    Returns
    -------
    geopandas.GeoDataFrame
        The rows that match, index kept, with `match` (`certain` where the whole 90 % disc lies
        within the distance, else `possible`) and `match_share`, the share of the disc that does.

    Raises
    ------
    SchemaError
        A table has no geometry column or no CRS, or the target holds something else than lines and
        areas.
    ValueError
        The distance is below 0 or no number.

    Notes
    -----
    The distance to an area is 0 inside it. The disc is that of `geo.joins.discs`; its radius joins
    the point's own uncertainty with the error of the nearest line (the root of the sum of squares).

    Examples
    --------
    >>> from geo.reference.lines import borders
    >>> points = gpd.GeoDataFrame(
    ...     {"uncertainty_m": [100.0, 1_000.0]},
    ...     geometry=gpd.points_from_xy([38.703, 38.72], [33.306, 33.286]),
    ...     crs=4326,
    ... )
    >>> close = within(points, borders(between=("JOR", "SYR")), distance_m=4_000)
    >>> close["match"].tolist()
    ['certain', 'possible']
    """
    if not distance_m >= 0:
        raise ValueError(f"within: the distance must be 0 or more metres, not {distance_m}")
    things = _Things(target)
    points = points_of(table, by="within", shapes=shapes, wrap=wrap)
    rows = np.flatnonzero(points.placed)
    lon, lat = points.lon_deg[rows], points.lat_deg[rows]
    apart_m, error_m = things.apart(lon, lat)
    radius_m = np.hypot(np.nan_to_num(uncertainties_m(table)[rows]), error_m)
    share = (apart_m <= distance_m).astype(np.float64)
    undecided = np.flatnonzero(np.abs(apart_m - distance_m) < radius_m)
    for first in range(0, len(undecided), _ROUND):
        some = undecided[first : first + _ROUND]
        lons, lats = disc_points(lon[some], lat[some], radius_m[some])
        there_m, _ = things.apart(lons.ravel(), lats.ravel())
        share[some] = (there_m <= distance_m).reshape(-1, SAMPLES).mean(axis=1)
    matching = np.flatnonzero(share > 0)
    found = table.iloc[rows[matching]]
    match = np.where(share[matching] == 1.0, "certain", "possible")
    return found.assign(
        match=pd.Series(match, index=found.index, dtype="str"), match_share=share[matching].round(3)
    )


class _Things:
    """Lines and areas to which distances are measured."""

    def __init__(self, target: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
        geometry = _geometry(target)
        kinds = geometry.geom_type
        wrong = kinds[~kinds.isin((*_LINES, *_AREAS))]
        if len(wrong) or geometry.empty:
            found = f"a {wrong.iloc[0]} in row {wrong.index[0]}" if len(wrong) else "nothing"
            raise SchemaError(f"within: the target holds {found}, expected lines or areas.")
        shapes = np.asarray(geometry, dtype=object)
        is_area = kinds.isin(_AREAS).to_numpy()
        edges = shapes.copy()
        edges[is_area] = shapely.boundary(shapes[is_area])
        self._error_m = _errors_m(target).reindex(geometry.index).to_numpy()
        self._edges = LineIndex(edges)
        self._areas = AreaIndex(shapes[is_area]) if is_area.any() else None

    def apart(self, lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
        """Distance to the nearest edge, below 0 inside an area, and the error of that edge."""
        near = self._edges.nearest(lon_deg, lat_deg)
        distance_m = near.distance_m
        if self._areas is not None:
            inside = self._areas.containing(lon_deg, lat_deg) != NOWHERE
            distance_m = np.where(inside, -distance_m, distance_m)
        return distance_m, np.asarray(self._error_m[near.line])


def _geometry(target: gpd.GeoDataFrame | gpd.GeoSeries) -> gpd.GeoSeries:
    """Geometries in WGS 84, by position, without null and empty ones."""
    if isinstance(target, gpd.GeoDataFrame):
        require(target, ("geometry",), by="within: the target")
    if target.crs is None:
        raise SchemaError("within: the target has no CRS; say which it is, with set_crs.")
    geometry = gpd.GeoSeries(np.asarray(target.geometry.to_crs(CRS)), crs=CRS)
    return gpd.GeoSeries(geometry[has_geometry(geometry)])


def _errors_m(target: gpd.GeoDataFrame | gpd.GeoSeries) -> "pd.Series[float]":
    if isinstance(target, gpd.GeoDataFrame) and "error_m" in target:
        return target["error_m"].reset_index(drop=True).astype("float64").fillna(0.0)
    return pd.Series(0.0, index=range(len(target)))
