"""Places in one country near its borders with two others: near the point where all three meet."""

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import PlaceNotFoundError
from geo.geocoding.descriptions.border_zones import border_zone, neighbours, tripoint
from geo.geocoding.descriptions.described import DescribedPlace, described_strip
from geo.geocoding.shapes.footprints import common_area, disc
from geo.grammar.distances import Distance
from geo.reference.land import land_of_country

__all__ = ["TRIPOINT_M", "place_at_two_borders"]

#: Radius in metres of what lies near the point where three countries meet.
TRIPOINT_M = 50_000.0


def place_at_two_borders(
    home: str, codes: Sequence[str], distance: Distance, inside: BaseGeometry | None
) -> DescribedPlace | str:
    """Land of a country near its borders with two others, or the reason why there is none.

    Parameters
    ----------
    home, codes
        The country, and the two others (ISO 3166-1 alpha-3).
    distance
        How far from a border, where the three do not meet in one point.
    inside
        Area outside of which nothing is meant, EPSG:4326.
    """
    known = [code for code in codes if code in neighbours(home)]
    if not known:
        return f"{home} has no land border with {' or '.join(codes)}"
    area = _where_they_meet(home, codes, inside) if len(known) > 1 else None
    where = f"within {TRIPOINT_M / 1_000:.0f} km of the point where {home}, {codes[0]} and "
    words = where + f"{codes[-1]} meet, on the side of {home}"
    if area is None:
        zones = [border_zone((home, code), home, distance, inside) for code in known]
        areas = [zone.area for zone in zones if zone is not None]
        if not areas:
            return f"No part of it lies {distance.words} from the border with {' or '.join(known)}"
        area = shapely.union_all(areas)
        words = f"{distance.words} from the border with {' or '.join(known)}, in {home}"
    words += "".join(
        f"; {home} has no land border with {code}" for code in codes if code not in known
    )
    name = f"border of {home} with {' and '.join(known)}"
    return described_strip(area, name=name, country_a3=home, reason=words)


def _where_they_meet(
    home: str, codes: Sequence[str], inside: BaseGeometry | None
) -> BaseGeometry | None:
    try:
        middle = tripoint((home, codes[0], codes[1]))
    except PlaceNotFoundError:
        return None
    land = land_of_country(home)
    if middle is None or land is None:
        return None
    area = common_area(disc(middle.x, middle.y, TRIPOINT_M), land)
    return area if area is None or inside is None else common_area(area, inside)
