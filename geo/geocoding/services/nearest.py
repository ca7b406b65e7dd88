"""The settlement that is nearest to a point."""

import math

from geo.gazetteer.places import Gazetteer, Place
from geo.geodesy import geod

__all__ = ["nearest_settlement"]

_REACH_M = 25_000.0
# No degree of latitude is as short as this makes it.
_REACH_DEG = _REACH_M / 110_000.0


def nearest_settlement(
    lon: float, lat: float, gazetteer: Gazetteer, *, country_a3: str | None = None
) -> Place | None:
    """Nearest settlement within 25 km of a point; None where there is none.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees.
    gazetteer
        Where settlements are looked up.
    country_a3
        Country in which it lies, where this matters.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> nearest_settlement(35.93, 31.95, shipped_gazetteer()).name
    'Amman'
    """
    reach_deg = min(360.0, _REACH_DEG / max(math.cos(math.radians(lat)), 1e-9))
    where = (
        "WHERE kind = 'settlement' AND lat BETWEEN ? AND ? "
        "AND (abs(lon - ?) <= ? OR abs(lon - ?) >= ?)"
    )
    values = (lat - _REACH_DEG, lat + _REACH_DEG, lon, reach_deg, lon, 360.0 - reach_deg)
    places = [
        (float(geod().inv(lon, lat, place.lon, place.lat)[2]), place.place_id, place)
        for file in gazetteer.files
        for place in file.select(where, *values)
        if country_a3 in (None, place.country_a3)
    ]
    # Two files may have one place.
    distance_m, _, place = min(places, key=lambda one: one[:2], default=(math.inf, "", None))
    return place if distance_m <= _REACH_M else None
