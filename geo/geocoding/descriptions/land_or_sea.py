"""Whether a point is on land, and what of an area near a country is."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.shapes.footprints import common_area
from geo.reference.land import land_of_country

__all__ = ["is_on_land", "land_in"]


def is_on_land(point: shapely.Point) -> bool:
    """Whether a point lies on the land of any country."""
    # As in `geo.reference.land`.
    from geo.reference.atoms import atoms  # noqa: PLC0415

    found = atoms()
    (atom,) = found.index.containing(np.array([point.x]), np.array([point.y]))
    return bool(atom >= 0 and found.is_land[atom])


def land_in(area: BaseGeometry, country_a3: str) -> BaseGeometry | None:
    """What of an area is land of a country or its neighbours; None where all of it is at sea."""
    # Borders need libraries that most descriptions do without.
    from geo.geocoding.descriptions.border_zones import neighbours  # noqa: PLC0415

    lands = [land_of_country(code) for code in (country_a3, *neighbours(country_a3))]
    near = [
        shapely.make_valid(shapely.clip_by_rect(land, *area.bounds))
        for land in lands
        if land is not None
    ]
    return common_area(area, shapely.union_all(near)) if near else None
