"""Which incidents lie near something, certainly or possibly."""

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.joins.discs import SAMPLES, disc_points
from geo.joins.points import Shapes, points_of, uncertainties_m
from geo.joins.user_layers import AreaLayer, LineLayer, layer_of

__all__ = ["within"]

# Rows whose discs are measured at a time: half a million sample points.
_ROUND = 2_000
# What all samples miss can still be there.
_LEAST_SHARE = 0.5 / SAMPLES


def within(
    table: gpd.GeoDataFrame,
    target: gpd.GeoDataFrame | gpd.GeoSeries | LineLayer,
    *,
    distance_m: float,
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> gpd.GeoDataFrame:
    """Select the incidents that lie within a distance of a layer, or can lie there.

    Parameters
    ----------
    table
        Points in any CRS. `uncertainty_m` is used where the table has it; a row whose uncertainty
        is null, not above 0 or not finite counts as exact.
    target
        Lines, areas or points in any CRS, such as `geo.borders()`, or what `geo.index` made of
        them. Its column `error_m`, the positional error in metres, is used where there is one.
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
        A table has no geometry column or no CRS, or the target holds nothing, or geometries of
        several kinds.
    ValueError
        The distance is below 0 or no number.

    Notes
    -----
    A row is certain where its distance and the radius of its disc together are within the distance
    asked for, and left out where its distance less the radius is not. Inside an area the distance
    is that to the nearest edge, below 0; as that may lie between two areas, a row inside is certain
    too where all sample points are within the distance. The share of the others is that of sample
    points, between 1/512 and 511/512.

    The disc is that of `geo.joins.discs`; its radius joins the point's own uncertainty with the
    error of the nearest line (the root of the sum of squares).

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
    layer = layer_of(target, by="within")
    points = points_of(table, by="within", shapes=shapes, wrap=wrap)
    rows = np.flatnonzero(points.placed)
    lon, lat = points.lon_deg[rows], points.lat_deg[rows]
    near = layer.nearest(lon, lat)
    apart_m = near.distance_m
    radius_m = np.hypot(np.nan_to_num(uncertainties_m(table)[rows]), near.error_m)
    certain = apart_m + radius_m <= distance_m
    # There the nearest edge may lie between two areas, so that nothing ends at it.
    inside = (apart_m <= 0) & isinstance(layer, AreaLayer)
    share = certain.astype(np.float64)
    undecided = np.flatnonzero(~certain & (apart_m - radius_m <= distance_m))
    for first in range(0, len(undecided), _ROUND):
        some = undecided[first : first + _ROUND]
        lons, lats = disc_points(lon[some], lat[some], radius_m[some])
        there_m = layer.nearest(lons.ravel(), lats.ravel()).distance_m
        found = (there_m <= distance_m).reshape(-1, SAMPLES).mean(axis=1)
        certain[some] = inside[some] & (found == 1.0)
        most = np.where(certain[some], 1.0, 1 - _LEAST_SHARE)
        share[some] = np.clip(found, _LEAST_SHARE, most)
    matching = np.flatnonzero(share > 0)
    found = table.iloc[rows[matching]]
    match = np.where(certain[matching], "certain", "possible")
    return found.assign(
        match=pd.Series(match, index=found.index, dtype="str"), match_share=share[matching].round(3)
    )
