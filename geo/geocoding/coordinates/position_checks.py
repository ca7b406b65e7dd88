"""What a country or a name says of coordinates: it agrees, settles their meaning, or doubts."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import shapely

from geo.gazetteer.places import Place
from geo.geocoding.uncertainty import place_radius_m
from geo.geodesy import geod
from geo.grammar.coordinates import Coordinates, coordinate_fault
from geo.reference.land import land_of_country, land_of_province
from geo.reference.regions import region_area

__all__ = ["Fits", "country_at", "distance_m", "fits_country", "fits_place", "held_against"]

#: Whether a longitude and a latitude can be meant.
Fits = Callable[[float, float], bool]

# A point at sea off a country, or in the waters of a port, is no slip of the pen.
_NEAR_AREA_DEG = 0.5
# Borders are kept to some hundred metres, and positions are read off maps.
_BORDER_M = 2_000.0
_M_PER_DEG = 110_000.0
# What lies farther from a place than this and its own radius is somewhere else.
_NEAR_PLACE_M = 25_000.0


def held_against(found: Coordinates, fits: Fits, stated: str, fault: str) -> Coordinates:
    """The same coordinates, after a look at what is stated beside them.

    Where the letters leave several readings open, the only one that fits is taken. Nothing else is
    changed: what does not fit gets a fault, and slips of the pen that would fit are proposed.

    Parameters
    ----------
    found
        Coordinates as read.
    fits
        Whether a position agrees with what is stated.
    stated
        What is stated, in words.
    fault
        What to say where the position does not fit.
    """
    if found.fault is not None:
        fitting = tuple(pair for pair in found.proposals if fits(*pair))
        if found.is_open and len(fitting) == 1:
            lon, lat = fitting[0]
            note = f"{found.fault}; {stated} settles it"
            return replace(
                found, lon_deg=lon, lat_deg=lat, fault=None, proposals=(), is_open=False, note=note
            )
        return replace(found, proposals=fitting or found.proposals)
    if fits(found.lon_deg, found.lat_deg):
        return found
    proposals = [
        (lon, lat)
        for lon, lat in _slips(found.lon_deg, found.lat_deg)
        if coordinate_fault(lon, lat) is None and fits(lon, lat)
    ]
    return replace(found, fault=fault, proposals=tuple(dict.fromkeys(proposals)))


def fits_country(country_a3: str, reach_m: float = 0.0) -> Fits | None:
    """Whether positions, each right within a reach, lie in a country or at sea off it.

    None where the country has no area.
    """
    area = land_of_country(country_a3)
    near = _near(area)
    if area is None or near is None:
        return None
    reach_deg = max(_BORDER_M, reach_m) / _M_PER_DEG

    def is_inside(lon: float, lat: float) -> bool:
        reach_lon_deg = reach_deg / max(math.cos(math.radians(lat)), 0.01)
        if shapely.dwithin(area, shapely.Point(lon, lat), reach_lon_deg):
            return True
        return near(lon, lat) and country_at(lon, lat) in (None, country_a3)

    return is_inside


def fits_place(place: Place, reach_m: float = 0.0) -> Fits:
    """Whether positions, each right within a reach, lie in a place or close to it."""
    if place.kind == "country" and place.country_a3:
        inside = fits_country(place.country_a3, reach_m)
        if inside is not None:
            return inside
    area = None
    if place.kind == "admin1" and place.admin1_code:
        area = land_of_province(place.admin1_code)
    elif place.kind == "area":
        area = region_area(place.place_id)
    reach_m = place_radius_m(place) + _NEAR_PLACE_M

    def is_close(lon: float, lat: float) -> bool:
        return distance_m(place, lon, lat) <= reach_m

    return _near(area) or is_close


def distance_m(place: Place, lon: float, lat: float) -> float:
    """Geodesic distance in metres from the point of a place to a position."""
    return float(geod().inv(place.lon, place.lat, lon, lat)[2])


def country_at(lon: float, lat: float) -> str | None:
    """Code of the country in whose land or territorial sea a position lies, if in any."""
    # Tables load slowly, and most texts are names.
    from geo.reference.atoms import atoms  # noqa: PLC0415
    from geo.reference.views import holders  # noqa: PLC0415

    atom = int(atoms().index.containing(np.array([lon]), np.array([lat]))[0])
    return str(holders()[atom]) or None if atom >= 0 else None


def _near(area: shapely.Geometry | None) -> Fits | None:
    if area is None:
        return None
    shapely.prepare(area)

    def is_near(lon: float, lat: float) -> bool:
        return bool(shapely.dwithin(area, shapely.Point(lon, lat), _NEAR_AREA_DEG))

    return is_near


def _slips(lon: float, lat: float) -> list[tuple[float, float]]:
    """What a slip of the pen makes of a position, the commonest first."""
    return [(lat, lon), (-lon, lat), (lon, -lat), (-lon, -lat), (lat, -lon), (-lat, lon)]
