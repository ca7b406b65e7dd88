"""Where the people of a country or province live, on the mean."""

import math
from weakref import WeakKeyDictionary

from geo.gazetteer.places import Gazetteer, Place

__all__ = ["at_people_centre"]

_AREAS = frozenset({"country", "admin1"})
# Those of a gazetteer go with it.
_known: WeakKeyDictionary[Gazetteer, dict[str, tuple[float, float] | None]] = WeakKeyDictionary()


def at_people_centre(area: Place, gazetteer: Gazetteer) -> Place:
    """A country or province with its point moved to where its people live, on the mean.

    A place that nobody knows is sooner there than in the middle of the area. The radius grows by
    the way that the point has moved, so that it still holds the area. Other places stay.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> egypt = shipped_gazetteer().get("ne:EGY")
    >>> egypt.lat < at_people_centre(egypt, shipped_gazetteer()).lat
    True
    """
    if area.kind not in _AREAS:
        return area
    known = _known.setdefault(gazetteer, {})
    if area.place_id not in known:
        known[area.place_id] = _centre(area, gazetteer)
    centre = known[area.place_id]
    if centre is None:
        return area
    moved = area._replace(lon=centre[0], lat=centre[1])
    if area.radius_m is None:
        return moved
    return moved._replace(radius_m=area.radius_m + area.distance_m(moved))


def _centre(area: Place, gazetteer: Gazetteer) -> tuple[float, float] | None:
    """Longitude and latitude of the mean, taken on the sphere: countries may span 180 degrees."""
    x = y = z = 0.0
    for place in gazetteer.settlements_of(area):
        lon, lat = math.radians(place.lon), math.radians(place.lat)
        people = place.population + 1
        x += people * math.cos(lat) * math.cos(lon)
        y += people * math.cos(lat) * math.sin(lon)
        z += people * math.sin(lat)
    if math.hypot(x, y, z) == 0.0:
        return None
    centre = math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
    return round(centre[0], 5), round(centre[1], 5)
