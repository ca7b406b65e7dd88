"""How exact a place is: its precision class and the radius that holds the true point."""

import math

from geo.gazetteer.places import Place

__all__ = ["GIVEN_COORDINATES_M", "coordinate_precision", "place_precision", "place_radius_m"]

#: Least radius of coordinates that come without a statement of their own, in metres.
GIVEN_COORDINATES_M = 1_000.0

_SMALLEST_SETTLEMENT_M = 1_500.0
_UNKNOWN_POPULATION_M = 2_500.0
_PEOPLE_PER_KM2 = 3_000.0
_PRECISION = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "admin2",
    "settlement": "settlement",
    "site": "site",
    "area": "vicinity",
    "line": "line",
    "water": "water",
}


def coordinate_precision(radius_m: float) -> str:
    """Precision class of coordinates that leave a radius open.

    Examples
    --------
    >>> coordinate_precision(1_000.0), coordinate_precision(7_872.0)
    ('exact', 'vicinity')
    """
    return "exact" if radius_m <= GIVEN_COORDINATES_M else "vicinity"


def place_precision(place: Place) -> str:
    """Precision class of an incident that is known to have happened at a place."""
    return _PRECISION[place.kind]


def place_radius_m(place: Place) -> float:
    """Radius in metres round a place's point that holds an incident there; above 0.

    A gazetteer's own radius counts. Of a settlement it is the radius of a disc that houses its
    people at 3,000 to the square kilometre, at least 1.5 km; 2.5 km when nobody counted them.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> amman = shipped_gazetteer().get("geonames:250441")
    >>> 10_000 < place_radius_m(amman) < 15_000
    True
    """
    if place.radius_m is not None:
        return place.radius_m
    if place.population == 0:
        return _UNKNOWN_POPULATION_M
    housed_km = math.sqrt(place.population / (_PEOPLE_PER_KM2 * math.pi))
    return max(_SMALLEST_SETTLEMENT_M, 1_000.0 * housed_km)
