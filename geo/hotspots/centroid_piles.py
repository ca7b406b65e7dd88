"""Many incidents on one point that stands for a whole province or country."""

import math
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.gazetteer.places import Gazetteer, Place, shipped_gazetteer
from geo.geocoding.services.nearest import nearest_settlement
from geo.geodesy import Floats, geod
from geo.joins.columns import texts, words
from geo.joins.points import Points, points_of, uncertainties_m
from geo.reference.units import countries
from geo.schema import CRS
from geo.spatial.points import PointIndex

__all__ = ["VAGUE", "Piles", "find_centroid_piles", "piles_of"]

#: Known only to an area, at sea, or not at all: the point stands for something large.
VAGUE = ("admin1", "admin2", "country", "water", "none")

# A place with a name of its own, whoever else is on its point.
_NAMED = ("site", "settlement")
_CENTROID_KINDS = ("country", "admin1")
# Coordinates that agree to a tenth of a metre are the same.
_PER_DEGREE = 1e6
_MOST_LON = int(360 * _PER_DEGREE) + 1

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Piles:
    """Piles of a table, and the pile of each row, -1 where it is in none.

    `radius_m` is that of the area for which the point stands; NaN where nothing says it.
    """

    of_row: Ints
    lon_deg: Floats
    lat_deg: Floats
    incidents: Ints
    stands_for: list[str]
    place: list[str]
    distance_m: Floats
    radius_m: Floats


def find_centroid_piles(
    table: gpd.GeoDataFrame, *, min_incidents: int = 5, distance_m: float = 1_000
) -> gpd.GeoDataFrame:
    """Find the points that many incidents share, and that only stand for a province or a country.

    Such a pile says that incidents happened somewhere in a large area, and looks like a hotspot.
    `count_by_hexagon`, `count_by_province` and `kernel_density` keep its incidents apart, from two
    on; all else counts them where their point is.

    Parameters
    ----------
    table
        Points in any CRS. `precision` and `uncertainty_m` are used where the table has them.
    min_incidents
        Least number of incidents with the same coordinates.
    distance_m
        How far, in metres, a pile may lie from the point of a province or a country; some sources
        round it.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each pile, in EPSG:4326, the largest first: `incidents`; `stands_for` (`country`
        or `admin1`, or the `precision` of the incidents); `place`, its name; `distance_m` from the
        point of this place, null where only the `precision` says what the pile is; `radius_m` of
        the area for which it stands.

    Raises
    ------
    SchemaError
        The table has no geometry column, or no CRS.

    Notes
    -----
    A pile is found where `precision` is `admin1`, `admin2`, `country`, `water` or `none`; else
    where it lies on the point that Natural Earth gives a province or a country, or on the centroid
    of `countries()` in degrees, unless a settlement of the gazetteer is as near. Incidents whose
    `precision` is `site` or `settlement` are in no pile: their place has a name of its own.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy([44.0] * 6 + [44.3] * 6, [33.0] * 6 + [33.3] * 6), crs=4326
    ... )
    >>> piles = find_centroid_piles(incidents)
    >>> piles[["incidents", "stands_for", "place"]].values.tolist()
    [[6, 'country', 'Iraq']]
    """
    points = points_of(table, by="find_centroid_piles")
    found = piles_of(table, points, min_incidents=min_incidents, distance_m=distance_m)
    piles = gpd.GeoDataFrame(
        {
            "incidents": found.incidents,
            "stands_for": words(found.stands_for),
            "place": words(found.place),
            "distance_m": found.distance_m.round(1),
            "radius_m": found.radius_m,
        },
        geometry=gpd.points_from_xy(found.lon_deg, found.lat_deg),
        crs=CRS,
    )
    order = np.lexsort((found.lat_deg, found.lon_deg, -found.incidents))
    return piles.iloc[order].reset_index(drop=True)


def piles_of(
    table: pd.DataFrame, points: Points, *, min_incidents: int = 5, distance_m: float = 1_000
) -> Piles:
    """Piles of a table whose positions are known; as `find_centroid_piles`.

    Parameters
    ----------
    table, points
        Incidents and their positions.
    min_incidents, distance_m
        As there.
    """
    precision = texts(table, "precision")
    vague = np.isin(precision, VAGUE)
    rows = np.flatnonzero(points.placed & ~np.isin(precision, _NAMED))
    group, first, size = _same_points(points, rows, np.where(vague, precision, ""))
    kept = np.flatnonzero(size >= max(min_incidents, 1))
    first, size = rows[first[kept]], size[kept]
    lon, lat = points.lon_deg[first], points.lat_deg[first]
    place, away_m = _standing_for(lon, lat, vague[first], distance_m)
    is_pile = vague[first] | np.array([one is not None for one in place], dtype=np.bool_)
    number = np.full(int(group.max(initial=-1)) + 1, -1)
    number[kept[is_pile]] = np.arange(int(is_pile.sum()))
    of_row = np.full(len(table), -1)
    of_row[rows] = number[group]
    chosen = np.flatnonzero(is_pile)
    own = table.iloc[first[chosen]]
    columns = precision[first[chosen]], texts(own, "place"), uncertainties_m(own), away_m[chosen]
    told = [
        _told(place[pile], *values)
        for pile, *values in zip(chosen.tolist(), *(one.tolist() for one in columns), strict=True)
    ]
    kinds, names, apart_m, radius_m = zip(*told, strict=True) if told else ((), (), (), ())
    return Piles(
        of_row,
        lon[chosen],
        lat[chosen],
        size[chosen],
        list(kinds),
        list(names),
        np.array(apart_m, dtype=np.float64),
        np.array(radius_m, dtype=np.float64),
    )


def _told(
    place: Place | None, precision: str, name: str, own_m: float, away_m: float
) -> tuple[str, str, float, float]:
    """What a pile stands for, its name, how far off its point is, and the area's radius."""
    if place is None or (precision in VAGUE and precision != place.kind):
        return precision, name, math.nan, own_m
    return place.kind, place.name, away_m, own_m if place.radius_m is None else place.radius_m


def _same_points(
    points: Points, rows: Ints, precision: npt.NDArray[np.object_]
) -> tuple[Ints, Ints, Ints]:
    """Group of each row by coordinates and precision; the first row of each, and its size."""
    lon = np.rint((points.lon_deg[rows] + 180.0) * _PER_DEGREE).astype(np.int64)
    # Both sides of 180 degrees are one.
    lon[lon == _MOST_LON - 1] = 0
    lat = np.rint((points.lat_deg[rows] + 90.0) * _PER_DEGREE).astype(np.int64)
    kind = pd.factorize(precision[rows])[0].astype(np.int64)
    key = (kind * _MOST_LON + lon) * int(180 * _PER_DEGREE + 1) + lat
    _, first, group, size = np.unique(
        key, return_index=True, return_inverse=True, return_counts=True
    )
    return group.astype(np.int64), first.astype(np.int64), size.astype(np.int64)


def _standing_for(
    lon: Floats, lat: Floats, vague: npt.NDArray[np.bool_], distance_m: float
) -> tuple[list[Place | None], Floats]:
    """Province or country on whose point each pile lies, and how far off it is."""
    found: list[Place | None] = [None] * len(lon)
    away_m = np.full(len(lon), np.nan)
    if len(lon) == 0:
        return found, away_m
    gazetteer = shipped_gazetteer()
    centroids, index = _centroids(gazetteer)
    nearest = index.nearest(lon, lat, count=1)
    for pile in np.flatnonzero(nearest.distance_m[:, 0] <= distance_m).tolist():
        apart_m = float(nearest.distance_m[pile, 0])
        if not vague[pile]:
            town = nearest_settlement(float(lon[pile]), float(lat[pile]), gazetteer)
            if town is not None:
                town_m = float(geod().inv(lon[pile], lat[pile], town.lon, town.lat)[2])
                if town_m <= apart_m:
                    continue
        found[pile] = centroids[int(nearest.point[pile, 0])]
        away_m[pile] = apart_m
    return found, away_m


@lru_cache(maxsize=1)
def _centroids(gazetteer: Gazetteer) -> tuple[list[Place], PointIndex]:
    where = "WHERE kind = ? ORDER BY place_id"
    places = [
        place for kind in _CENTROID_KINDS for file in gazetteer.files
        for place in file.select(where, kind)
    ]  # fmt: skip
    places.extend(_middles(places))
    lon, lat = (np.array([getattr(one, axis) for one in places]) for axis in ("lon", "lat"))
    return places, PointIndex(lon, lat)


def _middles(places: list[Place]) -> list[Place]:
    """Countries on the centroids of their shapes, which are far from the points of Natural Earth.

    Those of provinces are mostly the same.
    """
    by_code = {one.country_a3: one for one in places if one.kind == "country"}
    land = countries()
    middle = shapely.centroid(land.geometry.to_numpy())
    return [
        by_code[code]._replace(lon=lon, lat=lat)
        for code, lon, lat in zip(
            land["country_a3"], shapely.get_x(middle).tolist(), shapely.get_y(middle).tolist(),
            strict=True,
        )
        if code in by_code
    ]  # fmt: skip
