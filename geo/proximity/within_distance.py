"""Which incidents lie within a distance of something, or beyond it; certainly or possibly."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.joins.discs import SAMPLES, disc_points
from geo.joins.points import Points, Shapes, points_of, uncertainties_m
from geo.joins.user_layers import AreaLayer, LineLayer
from geo.proximity.amounts import check_amounts
from geo.proximity.matching import matching
from geo.proximity.targets import Target, target_of

__all__ = ["Shares", "beyond", "shares_within", "within"]

# Rows whose discs are measured at a time: half a million sample points.
_ROUND = 2_000
# What all samples miss can still be there.
_LEAST_SHARE = 0.5 / SAMPLES


class Shares(NamedTuple):
    """Rows by position, whether the whole disc of each lies near, and the share that does."""

    row: npt.NDArray[np.int64]
    certain: npt.NDArray[np.bool_]
    share: Floats


def within(
    table: gpd.GeoDataFrame,
    what: Target,
    *,
    distance_m: float,
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> gpd.GeoDataFrame:
    """Select the incidents that lie within a distance of something, in metres, or can lie there.

    Parameters
    ----------
    table
        Points in any CRS. `uncertainty_m` is used where the table has it; a row whose uncertainty
        is null, not above 0 or not finite counts as exact.
    what
        Lines, areas or points in any CRS, such as `geo.borders()`, or what `geo.index` made of
        them; a shape in WGS 84; or words: `JOR-SYR` for a border, the name or code of a country,
        else a place as `geo.geocode` reads it. The column `error_m`, the positional error in
        metres, is used where there is one; a place has its radius.
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
    PlaceNotFoundError, AmbiguousPlaceError
        The words name nothing that is known, or several places.
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
    >>> points.pipe(within, "JOR", distance_m=0)["match_share"].tolist()
    [1.0, 1.0]
    """
    layer, points = _asked(table, what, distance_m, ("within", shapes, wrap))
    found = shares_within(table, points, layer, distance_m=distance_m)
    return matching(table, *found)


def beyond(
    table: gpd.GeoDataFrame,
    what: Target,
    *,
    distance_m: float,
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> gpd.GeoDataFrame:
    """Select the incidents that have nothing within a distance, in metres, or can have nothing.

    The opposite of `within`: an incident with the share 0.3 there has 0.7 here.

    Parameters
    ----------
    table, what, distance_m, shapes, wrap
        As for `within`.

    Returns
    -------
    geopandas.GeoDataFrame
        The rows that match, index kept, with `match` and `match_share`. Rows without a position are
        not among them: nobody knows what is near to them.

    Raises
    ------
    SchemaError, PlaceNotFoundError, AmbiguousPlaceError, ValueError
        As for `within`.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(
    ...     {"uncertainty_m": [100.0, 9_000.0]},
    ...     geometry=gpd.points_from_xy([38.703, 38.9], [33.306, 33.306]),
    ...     crs=4326,
    ... )
    >>> outpost = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    >>> far = beyond(points, outpost, distance_m=20_000)
    >>> far.index.tolist(), far["match"].tolist(), far["match_share"].round(1).tolist()
    ([1], ['possible'], [0.4])
    """
    layer, points = _asked(table, what, distance_m, ("beyond", shapes, wrap))
    row, _, share = shares_within(table, points, layer, distance_m=distance_m)
    return matching(table, row, share == 0, 1.0 - share)


def shares_within(
    table: gpd.GeoDataFrame, points: Points, layer: LineLayer, *, distance_m: float
) -> Shares:
    """Shares of all rows that have a position.

    Parameters
    ----------
    table, points
        Incidents and their positions.
    layer
        What the distance is measured to.
    distance_m
        Greatest geodesic distance in metres; 0 for what lies inside an area.
    """
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
    return Shares(rows, certain, share)


def _asked(
    table: gpd.GeoDataFrame, what: Target, distance_m: float, how: tuple[str, Shapes, bool]
) -> tuple[LineLayer, Points]:
    by, shapes, wrap = how
    check_amounts(by=by, distance_m=distance_m)
    layer = target_of(what, by=by)
    return layer, points_of(table, by=by, shapes=shapes, wrap=wrap)
