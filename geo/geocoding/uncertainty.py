"""How exact a place is: its precision class and the radius that holds the true point."""

import math
from collections.abc import Sequence

from geo.gazetteer.places import Place
from geo.geocoding.fitted import fitted

__all__ = [
    "GIVEN_COORDINATES_M",
    "coordinate_precision",
    "incident_radius_m",
    "mixed_radius_m",
    "place_precision",
    "place_radius_m",
]

#: Least radius of coordinates that come without a statement of their own, in metres.
GIVEN_COORDINATES_M = 1_000.0

_SMALLEST_SETTLEMENT_M = 1_500.0
_UNKNOWN_POPULATION_M = 2_500.0
_PEOPLE_PER_KM2 = 3_000.0
#: Share of cases in which the true point lies within the radius.
_LEVEL = 0.9
_LEAST_SHARE, _MOST_PLACES = 0.003, 30
# So begin the identifiers of a user's own list.
_OWN_PLACE = "site:"
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
    """Radius in metres round a place's point that holds all of it; above 0.

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


def incident_radius_m(place: Place) -> float:
    """Radius in metres round a place's point that holds an incident there in 90 % of cases.

    Points of a gazetteer's settlements are off by some kilometres, those of a user's own list are
    taken as they stand; of an area, less than the whole holds nine in ten.
    `benchmarks/fit_points.py` has measured both, the settlements in the United States only, and
    `benchmarks/fit_radius.py` writes them down.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> anbar, amman = (shipped_gazetteer().get(one) for one in ("ne:IQ-AN", "geonames:250441"))
    >>> incident_radius_m(anbar) < place_radius_m(anbar)
    True
    >>> incident_radius_m(amman) > place_radius_m(amman)
    True
    """
    known = fitted("radius")
    radius_m = place_radius_m(place)
    if place.kind == "settlement":
        is_own = place.place_id.startswith(_OWN_PLACE)
        return radius_m if is_own else math.hypot(radius_m, known["settlement_error_m"])
    return radius_m * known.get(place.kind, 1.0)


def mixed_radius_m(meant: Sequence[tuple[Place, float]], *, is_alone: bool = False) -> float:
    """Radius in metres round the first of several places that holds 90 % of the true points.

    It reaches to another place where that one is meant often enough.

    Parameters
    ----------
    meant
        Places that a name can mean, the likeliest first, with their probabilities.
    is_alone
        Whether the name stands in a table, where doubtful names are not placed: those that are, are
        righter than their probabilities say.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> gazetteer = shipped_gazetteer()
    >>> libya, lebanon = (gazetteer.get(f"geonames:{one}") for one in (2210247, 266826))
    >>> round(mixed_radius_m([(libya, 0.97), (lebanon, 0.03)]) / 1_000)
    12
    >>> round(mixed_radius_m([(libya, 0.7), (lebanon, 0.3)]) / 1_000, -2)
    2100.0
    """
    best, _ = meant[0]
    power = fitted("radius")["share_power_alone" if is_alone else "share_power"]
    parts = []
    for place, probability in meant[:_MOST_PLACES]:
        if place is best or probability >= _LEAST_SHARE:
            share = math.pow(probability, power)
            reach_m = incident_radius_m(place)
            away_m = 0.0 if place is best else best.distance_m(place)
            if away_m <= reach_m:
                parts.append((0.0, (away_m + reach_m) / _LEVEL, share))
            else:
                parts.append((away_m - reach_m, away_m + reach_m, share))
    total = sum(share for _, _, share in parts)
    first_m = parts[0][1] * _LEVEL * total / parts[0][2]
    if first_m <= min([parts[0][1], *(begin for begin, _, _ in parts[1:])]):
        # Within the reach of the first, no other place counts.
        return round(first_m, 1)
    return round(_radius_within(parts, _LEVEL * total), 1)


def _radius_within(parts: Sequence[tuple[float, float, float]], wanted: float) -> float:
    """Radius that holds so much; each part begins and ends at a distance, evenly spread."""
    slopes = [(begin, share / (end - begin)) for begin, end, share in parts]
    slopes += [(end, -share / (end - begin)) for begin, end, share in parts]
    held = slope = at_m = 0.0
    for to_m, change in sorted(slopes):
        more = slope * (to_m - at_m)
        if held + more >= wanted:
            return at_m + (wanted - held) / slope
        held, at_m, slope = held + more, to_m, slope + change
    return at_m
