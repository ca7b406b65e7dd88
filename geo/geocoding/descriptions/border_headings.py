"""Which border and which side a heading means: "20 km north of the Syrian border"."""

from geo.geocoding.descriptions.border_zones import border_zone, neighbours
from geo.geodesy import geod
from geo.grammar.bearings import Bearing
from geo.grammar.distances import Distance
from geo.reference.land import land_of_country

__all__ = ["headed_neighbour", "headed_side"]

# A border bends: who says north may mean what lies a little beyond the sector of the word.
_SLACK_DEG = 22.5
_RIGHT_ANGLE_DEG = 90.0


def headed_neighbour(country_a3: str, heading: Bearing, distance: Distance) -> str | None:
    """Neighbour (ISO 3166-1 alpha-3) across the border that lies in a direction; None for none."""
    land = land_of_country(country_a3)
    if land is None:
        return None
    middle = land.centroid
    off_deg: dict[str, float] = {}
    for code in neighbours(country_a3):
        zone = border_zone((code, country_a3), code, distance)
        if zone is not None:
            azimuth = geod().inv(middle.x, middle.y, zone.point.x, zone.point.y)[0]
            off_deg[code] = _turn_deg(azimuth, heading.azimuth_deg)
    nearest = min(off_deg, key=lambda code: off_deg[code], default=None)
    if nearest is None or off_deg[nearest] > heading.error_deg + _SLACK_DEG:
        return None
    return nearest


def headed_side(pair: tuple[str, str], heading: Bearing, distance: Distance) -> str | None:
    """Which of two countries lies in a direction from their border; None where neither does."""
    one, other = (border_zone(pair, code, distance) for code in pair)
    if one is None or other is None:
        return None
    azimuth = geod().inv(one.point.x, one.point.y, other.point.x, other.point.y)[0]
    is_other = _turn_deg(azimuth, heading.azimuth_deg) < _RIGHT_ANGLE_DEG
    return pair[1] if is_other else pair[0]


def _turn_deg(one: float, other: float) -> float:
    return abs((one - other + 180.0) % 360.0 - 180.0)
