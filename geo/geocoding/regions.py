"""Location descriptions to regions: the area that words can mean, its best point, its radius."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import geod
from geo.reference import borders, provinces

__all__ = ["NEAR_BORDER_M", "Region", "border_band"]

#: How far from a border "near the border" reaches, in metres.
NEAR_BORDER_M = 20_000.0

# Vertices of a band this close to a straight line say nothing that the band could promise.
_TOLERANCE_M = 250.0


@dataclass(frozen=True)
class Region:
    """Area that a description can mean.

    `footprint` is the area and `point` its best single point, both EPSG:4326; `radius_m` is the
    geodesic distance from the point to the farthest spot of the area, in metres.
    """

    footprint: BaseGeometry
    point: shapely.Point
    radius_m: float


def border_band(
    country_a3: str | None, pair: tuple[str, str], *, reach_m: float = NEAR_BORDER_M
) -> Region:
    """Land within a distance of a border, on one side of it or on both.

    Parameters
    ----------
    country_a3
        ISO 3166-1 alpha-3 code of the side; None for both.
    pair
        The two countries of the border, in any order.
    reach_m
        Greatest distance from the border, in metres.

    Raises
    ------
    PlaceNotFoundError
        The two countries share no land border.

    Notes
    -----
    Source: the line is Natural Earth 10m; the band is drawn in an azimuthal equidistant projection
    centred on it.

    Examples
    --------
    >>> band = border_band("JOR", ("JOR", "SYR"))
    >>> band.footprint.covers(shapely.Point(38.703, 33.306)), 150_000 < band.radius_m < 250_000
    (True, True)
    """
    line = gpd.GeoSeries(
        [shapely.line_merge(shapely.union_all(borders(between=pair).geometry.to_numpy()))], crs=4326
    )
    middle = line.iloc[0].representative_point()
    local = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +datum=WGS84 +units=m"
    sides = (country_a3,) if country_a3 else pair
    line_m = line.to_crs(local).iloc[0]
    band = line_m.buffer(reach_m).intersection(_land(sides, local)).simplify(_TOLERANCE_M)
    point = _middle_of(band, line_m)
    back = gpd.GeoSeries([band, point], crs=local).to_crs(4326)
    footprint, best = shapely.make_valid(back.iloc[0]), shapely.Point(back.iloc[1].coords[0])
    return Region(footprint, best, _farthest_m(best, footprint))


def _land(countries: tuple[str, ...], crs: str) -> BaseGeometry:
    parts = provinces()
    shapes = parts[parts["country_a3"].isin(countries)].to_crs(crs)
    return shapely.union_all(shapes.geometry.to_numpy())


def _middle_of(band: BaseGeometry, line: BaseGeometry) -> shapely.Point:
    """Point of the band that lies nearest to the middle of the line, in its inner half."""
    middle = line.interpolate(0.5, normalized=True)
    inner = band.buffer(-np.sqrt(band.area) / 50)
    target = band if inner.is_empty else inner
    return shapely.shortest_line(target, middle).interpolate(0)


def _farthest_m(point: shapely.Point, shape: BaseGeometry) -> float:
    lon, lat = shapely.get_coordinates(shape).T
    here = np.full_like(lon, point.x), np.full_like(lat, point.y)
    return float(geod().inv(*here, lon, lat)[2].max())
