"""Location descriptions to regions: the area that words can mean, its best point, its radius."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo.geodesy import Floats, geod
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


@cache
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
    line = shapely.line_merge(shapely.union_all(np.asarray(borders(between=pair).geometry)))
    middle = line.representative_point()
    local = CRS.from_proj4(f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +datum=WGS84")
    to_local = Transformer.from_crs(4326, local, always_xy=True)
    to_wgs84 = Transformer.from_crs(local, 4326, always_xy=True)
    line_m = _projected(line, to_local)
    land_m = _projected(_land((country_a3,) if country_a3 else pair), to_local)
    band_m = line_m.buffer(reach_m).intersection(land_m).simplify(_TOLERANCE_M)
    footprint = shapely.make_valid(_projected(band_m, to_wgs84))
    best = shapely.Point(shapely.get_coordinates(_projected(_middle_of(band_m, line_m), to_wgs84)))
    return Region(footprint, best, _farthest_m(best, footprint))


def _projected(shape: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    def project(vertices: Floats) -> Floats:
        return np.column_stack(transformer.transform(*vertices.T))

    return shapely.transform(shape, project)


def _land(countries: tuple[str, ...]) -> BaseGeometry:
    parts = provinces()
    shapes = parts.geometry[parts["country_a3"].isin(countries)]
    return shapely.coverage_union_all(np.asarray(shapes))


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
