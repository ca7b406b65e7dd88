"""The nearest of a user's sites to each incident."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.joins.columns import Column, with_columns
from geo.joins.discs import SAMPLES, disc_points
from geo.joins.layer_columns import attributes_of, new_names
from geo.joins.line_distance import measured_rows
from geo.joins.points import points_of, uncertainties_m
from geo.joins.user_layers import LineLayer, PointLayer, layer_of
from geo.proximity.amounts import is_whole
from geo.proximity.matching import match_columns
from geo.spatial.azimuths import azimuths_deg

__all__ = ["nearest", "sites_of"]

_MADE = ("rank", "distance_m", "distance_min_m", "distance_max_m", "bearing_deg")
# Rows whose discs are measured at a time: a quarter of a million sample points.
_ROUND = 1_000
_LEAST_SHARE = 0.5 / SAMPLES


def nearest(
    table: gpd.GeoDataFrame,
    sites: gpd.GeoDataFrame | gpd.GeoSeries | LineLayer,
    *,
    k: int = 1,
    columns: Sequence[str] | None = None,
    prefix: str = "site_",
) -> gpd.GeoDataFrame:
    """Nearest sites to each incident, with geodesic distance in metres and bearing in degrees.

    Parameters
    ----------
    table
        Points in any CRS. `uncertainty_m` and `precision` are used where the table has them.
        Incidents without a point, or known only to a province or a country, are left out.
    sites
        Points in any CRS, or what `geo.index` made of them. Their column `error_m`, the positional
        error in metres, is used for the distances where there is one; the match takes the sites
        as exact.
    k
        Number of sites for each incident; all of them where there are fewer.
    columns
        Attributes of the sites to add; all of them by default.
    prefix
        What the names of the new columns begin with, but for those of the match.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each incident and site, the nearest first, the index that of the incident:
        `site_rank` from 1, `site_distance_m`, `site_distance_min_m`, `site_distance_max_m`,
        `site_bearing_deg` (azimuth at the incident, 0 to 360; null on the site itself), the
        attributes (`site_name` for `name`); `match` (`certain` where the site is among the k
        nearest wherever in its 90 % disc the incident is) and `match_share`, the share of the disc
        where it is.

    Raises
    ------
    SchemaError
        The sites are no points, or there are none; the table has no CRS, or a column of the new
        name already.
    ValueError
        `k` is below 1.

    Notes
    -----
    On equal terms the site that comes first is nearer. Shares are those of sample points, between
    1/512 and 511/512 where not certain. The least and the greatest distance differ from that
    between the points by the root of the sum of the squares of both errors. Source: geodesics after
    Karney 2013 on WGS 84.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     {"uncertainty_m": [2_000.0]}, geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326
    ... )
    >>> sites = gpd.GeoDataFrame(
    ...     {"name": ["Trebil", "Ruwaished"]},
    ...     geometry=gpd.points_from_xy([39.02, 38.2], [32.8, 32.5]),
    ...     crs=4326,
    ... )
    >>> near = nearest(incidents, sites)
    >>> near[["site_name", "match"]].values.tolist(), round(near["site_distance_m"].iloc[0])
    ([['Trebil', 'certain']], 63449)
    """
    if not is_whole(k, least=1):
        raise ValueError(f"nearest: k is {k!r:.60}; expected 1 or more, a whole number")
    layer = sites_of(sites, by="nearest")
    names = new_names(table, layer, columns, made=_MADE, by="nearest", prefix=prefix)
    points = points_of(table, by="nearest")
    rows = measured_rows(table, points)
    lon, lat = points.lon_deg[rows], points.lat_deg[rows]
    found = layer.points.nearest(lon, lat, count=int(k) + 1)
    site, away_m = found.point[:, :k], found.distance_m[:, :k]
    width = site.shape[1]
    radius_m = uncertainties_m(table)[rows]
    share = _shares(layer, (lon, lat), np.nan_to_num(radius_m), site, found.distance_m)
    every, flat = np.repeat(np.arange(len(rows)), width), site.ravel()
    reach_m = np.hypot(np.repeat(radius_m, width), layer.error_m[flat])
    lon_there, lat_there, _ = layer.lonlat
    bearing_deg = azimuths_deg(lon[every], lat[every], lon_there[flat], lat_there[flat])
    distance_m = away_m.ravel()
    made: dict[str, Column] = {
        "rank": np.tile(np.arange(1, width + 1), len(rows)),
        "distance_m": distance_m,
        "distance_min_m": np.maximum(distance_m - reach_m, 0.0),
        "distance_max_m": distance_m + reach_m,
        "bearing_deg": np.where(distance_m > 0, bearing_deg % 360.0, np.nan),
    }
    added = {f"{prefix}{name}": values for name, values in made.items()}
    added |= attributes_of(layer, flat, names)
    flat_share = share.ravel()
    added |= match_columns(flat_share == 1.0, flat_share)
    return with_columns(table.iloc[rows[every]], added)


def sites_of(sites: gpd.GeoDataFrame | gpd.GeoSeries | LineLayer, *, by: str) -> PointLayer:
    """Layer of sites, one point for each row.

    Raises
    ------
    SchemaError
        The layer holds something else, or nothing.
    """
    layer = layer_of(sites, by=by)
    if not isinstance(layer, PointLayer):
        raise SchemaError(f"{by}: the sites are no points; for lines and areas use add_nearest.")
    if len(layer.lonlat[2]) != len(layer.shapes):
        raise SchemaError(f"{by}: a site has several points; take them apart, with explode.")
    return layer


def _shares(
    layer: PointLayer,
    lonlat: tuple[Floats, Floats],
    radius_m: Floats,
    site: npt.NDArray[np.int64],
    away_m: Floats,
) -> Floats:
    """Share of each disc where a site is among the nearest, shape (n, k)."""
    share = np.ones(site.shape)
    if away_m.shape[1] == site.shape[1]:
        # There are no other sites.
        return share
    # What is nearer than the first of the others by twice the radius stays so in the whole disc.
    shaky = away_m[:, :-1] + radius_m[:, None] > away_m[:, -1:] - radius_m[:, None]
    shaky &= radius_m[:, None] > 0
    undecided = np.flatnonzero(shaky.any(axis=1))
    for first in range(0, len(undecided), _ROUND):
        some = undecided[first : first + _ROUND]
        lons, lats = disc_points(lonlat[0][some], lonlat[1][some], radius_m[some])
        there = layer.points.nearest(lons.ravel(), lats.ravel(), count=site.shape[1]).point
        there = there.reshape(len(some), SAMPLES, 1, -1)
        seen = (there == site[some][:, None, :, None]).any(axis=3).mean(axis=1)
        seen = np.clip(seen, _LEAST_SHARE, 1 - _LEAST_SHARE)
        share[some] = np.where(shaky[some], seen, 1.0)
    return share
