"""Where a description leads, and how one place is made from another."""

from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.places import Place
from geo.geocoding.names.resolution import Resolution
from geo.geocoding.shapes.footprints import best_point, disc, farthest_m
from geo.geodesy import geod

__all__ = ["DescribedPlace", "apart_m", "changed", "described_strip", "region_of", "walked"]


@dataclass(frozen=True)
class DescribedPlace:
    """Where a description leads: EPSG:4326, metres.

    `radius_m` reaches from the point to the farthest spot of the footprint, which a mere name does
    not have; `anchor` is the place from which it was found, where there is one. `doubts` are its
    names that the columns of the row contradict.
    """

    footprint: BaseGeometry | None
    point: shapely.Point
    radius_m: float
    precision: str
    name: str
    country_a3: str | None
    reason: str
    anchor: Place | None = None
    doubts: tuple[Resolution, ...] = ()


def changed(
    core: DescribedPlace,
    area: BaseGeometry,
    precision: str,
    words: str,
    *,
    point: shapely.Point | None = None,
    radius_m: float | None = None,
) -> DescribedPlace:
    """The place with another area; its best point and radius (metres), unless they are known.

    Parameters
    ----------
    core
        Place that the description names.
    area
        Footprint of the description, EPSG:4326.
    precision
        Class of the new place.
    words
        What to add to the reason.
    point, radius_m
        Best point and radius, where they are known.
    """
    at = point or best_point(area)
    return replace(
        core,
        footprint=area,
        point=at,
        radius_m=farthest_m(at, area) if radius_m is None else radius_m,
        precision=precision,
        reason=f"{core.reason}; {words}",
    )


def described_strip(
    area: BaseGeometry,
    *,
    name: str,
    country_a3: str | None,
    reason: str,
    point: shapely.Point | None = None,
    doubts: tuple[Resolution, ...] = (),
) -> DescribedPlace:
    """Land along a border or a way, with its best point and radius; its precision is "line"."""
    at = point or best_point(area)
    return DescribedPlace(
        footprint=area,
        point=at,
        radius_m=farthest_m(at, area),
        precision="line",
        name=name,
        country_a3=country_a3,
        reason=reason,
        doubts=doubts,
    )


def region_of(place: DescribedPlace) -> BaseGeometry:
    """Footprint of a place; the disc of its radius where it has none."""
    if place.footprint is not None:
        return place.footprint
    return disc(place.point.x, place.point.y, place.radius_m)


def apart_m(one: DescribedPlace, other: DescribedPlace) -> float:
    """Geodesic distance between the points of two places, in metres."""
    return float(geod().inv(one.point.x, one.point.y, other.point.x, other.point.y)[2])


def walked(start: shapely.Point, azimuth_deg: float, distance_m: float) -> shapely.Point:
    """Point at a geodesic distance in metres in a direction."""
    lon, lat, _ = geod().fwd(start.x, start.y, azimuth_deg, distance_m)
    return shapely.Point(lon, lat)
