"""How many incidents lie around each site, ring by ring."""

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.joins.columns import with_columns
from geo.joins.line_distance import measured_rows
from geo.joins.points import points_of, uncertainties_m
from geo.proximity.amounts import growing
from geo.proximity.matching import ring_share
from geo.proximity.nearest_sites import sites_of
from geo.schema import CRS
from geo.spatial.point_search import Found

__all__ = ["count_in_rings"]

_MADE = ("ring_from_m", "ring_to_m", "incidents", "certain", "possible", "expected")
# Pairs whose shares are worked on at a time.
_ROUND = 100_000


def count_in_rings(
    table: gpd.GeoDataFrame,
    sites: gpd.GeoDataFrame,
    *,
    radii_m: Sequence[float],
) -> gpd.GeoDataFrame:
    """Count the incidents around each site, in rings between radii in metres.

    Parameters
    ----------
    table
        Points in any CRS. `uncertainty_m` and `precision` are used where the table has them.
        Incidents without a point, or known only to a province or a country, are counted nowhere.
    sites
        Points in any CRS. Their column `error_m`, the positional error in metres, is used where
        there is one: it joins the radius of the incident (the root of the sum of squares).
    radii_m
        Outer radius of each ring, growing; the first ring is a disc. A ring holds its outer edge,
        not its inner one.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each site and ring, in EPSG:4326, the index that of the site, with the columns
        of the sites and: `ring_from_m`, `ring_to_m`; `incidents`, counted by their best points;
        `certain`, those whose whole 90 % disc lies in the ring; `possible`, those whose disc
        reaches it; `expected`, the sum of the shares of the discs.

    Raises
    ------
    SchemaError
        The sites are no points, or have a column of these names; a table has no CRS.
    ValueError
        The radii are none, or do not grow.

    Notes
    -----
    Shares as in `geo.proximity.matching.ring_share`. An incident counts for each site that it is
    near to.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     {"uncertainty_m": [500.0, 9_000.0]},
    ...     geometry=gpd.points_from_xy([38.7, 38.8], [33.3, 33.3]),
    ...     crs=4326,
    ... )
    >>> sites = gpd.GeoDataFrame(
    ...     {"name": ["outpost"]}, geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326
    ... )
    >>> rings = count_in_rings(incidents, sites, radii_m=[5_000, 20_000])
    >>> rings[["ring_to_m", "incidents", "certain", "possible", "expected"]].values.tolist()
    [[5000.0, 1.0, 1.0, 2.0, 1.09], [20000.0, 1.0, 0.0, 1.0, 0.91]]
    """
    edges = _edges(radii_m)
    taken = [name for name in _MADE if name in sites.columns]
    if taken:
        raise SchemaError(f"count_in_rings: the sites have a column {taken[0]} already; rename it.")
    points = points_of(table, by="count_in_rings")
    rings, rows = len(edges) - 1, measured_rows(table, points)
    places = sites[~(sites.geometry.isna() | sites.geometry.is_empty)].to_crs(CRS)
    counts = np.zeros((3, len(places), rings), dtype=np.int64)
    expected = np.zeros((len(places), rings))
    if len(places):
        layer = sites_of(places, by="count_in_rings")
        radius_m = np.nan_to_num(uncertainties_m(table)[rows])
        lonlat = points.lon_deg[rows], points.lat_deg[rows]
        for some in _classes(radius_m):
            reach_m = float(edges[-1] + np.hypot(radius_m[some].max(), layer.error_m.max()))
            asked = lonlat[0][some], lonlat[1][some]
            for part in layer.points.parts_within(*asked, distance_m=reach_m):
                both_m = np.hypot(radius_m[some][part.query], layer.error_m[part.point])
                _add(part, both_m, edges, counts, expected)
    shown = places.iloc[np.repeat(np.arange(len(places)), rings)]
    made = np.tile(edges[:-1], len(places)), np.tile(edges[1:], len(places))
    values = (*made, *counts.reshape(3, -1), expected.ravel().round(3))
    return with_columns(shown, dict(zip(_MADE, values, strict=True)))


def _edges(radii_m: Sequence[float]) -> Floats:
    """Edges of the rings, the first 0."""
    told = growing(radii_m, by="count_in_rings", what="radii")
    if told[0] <= 0:
        raise ValueError(
            f"count_in_rings: the radii are {told.tolist()}; expected growing metres above 0"
        )
    return np.append(0.0, told)


def _classes(radius_m: Floats) -> Iterator[npt.NDArray[np.int64]]:
    """Incidents of like radii, which are searched together: by powers of two."""
    power = np.frexp(radius_m)[1]
    power[radius_m == 0] = power.min(initial=0) - 1
    for one in np.unique(power).tolist():
        yield np.flatnonzero(power == one)


def _add(
    part: Found,
    radius_m: Floats,
    edges: Floats,
    counts: npt.NDArray[np.int64],
    expected: Floats,
) -> None:
    """Add some pairs of an incident and a site to the counts, with the radius of each pair."""
    sites = counts.shape[1]
    for first in range(0, len(part.query), _ROUND):
        some = slice(first, first + _ROUND)
        site, away_m, own_m = part.point[some], part.distance_m[some], radius_m[some]
        drawn = own_m > 0
        inside = np.where(drawn, 0.0, 1.0)[:, None] * (away_m[:, None] <= edges)
        for edge, outer_m in enumerate(edges.tolist()):
            inside[drawn, edge] = ring_share(away_m[drawn], own_m[drawn], outer_m)
        # The first ring holds its middle.
        inside[:, 0] = 0.0
        lowest = np.where(edges > 0, edges, -1.0)
        least_m, most_m = np.maximum(away_m - own_m, 0.0), away_m + own_m
        for ring in range(len(edges) - 1):
            low, high = lowest[ring], edges[ring + 1]
            within = (away_m > low) & (away_m <= high)
            whole = (least_m > low) & (most_m <= high)
            touched = (most_m > low) & (least_m <= high)
            for kind, which in enumerate((within, whole, touched)):
                counts[kind, :, ring] += np.bincount(site[which], minlength=sites)
            share = inside[:, ring + 1] - inside[:, ring]
            expected[:, ring] += np.bincount(site, weights=share, minlength=sites)
