"""Names of a description that the columns of the row contradict: both readings count."""

from dataclasses import replace

import shapely

from geo.gazetteer.places import Gazetteer
from geo.geocoding.descriptions.described import DescribedPlace
from geo.geocoding.descriptions.parts import extent
from geo.geocoding.names.candidates import Candidate
from geo.geocoding.names.context import PlaceQuery, context_of
from geo.geocoding.shapes.footprints import common_area
from geo.geocoding.uncertainty import incident_radius_m
from geo.geodesy import geod

__all__ = ["doubtful_candidates", "reach_of_doubts_m", "reconciled"]

# Less of an area in a country is an error of the line between two.
_LEAST_SHARE = 0.05


def reconciled(found: DescribedPlace, query: PlaceQuery, gazetteer: Gazetteer) -> DescribedPlace:
    """The place without its doubts where it reaches into the province or country of the columns.

    "50 km from Aleppo, Syria" may well lie in Turkey.

    Parameters
    ----------
    found
        Where a description leads.
    query
        The place as a row states it.
    gazetteer
        Where provinces and countries are looked up.
    """
    if not found.doubts or found.footprint is None:
        return found
    stated = context_of(query, [], gazetteer).area()
    land = extent(stated) if stated else None
    inside = common_area(found.footprint, land) if land is not None else None
    if stated is None or inside is None or inside.area < _LEAST_SHARE * found.footprint.area:
        return found
    return replace(found, doubts=(), reason=f"{found.reason}; it reaches into {stated.name}")


def doubtful_candidates(found: DescribedPlace) -> list[Candidate]:
    """Both readings of each name in doubt, each place once."""
    known = [one for doubt in found.doubts for one in doubt.candidates]
    return list({one.place.place_id: one for one in known}.values())


def reach_of_doubts_m(found: DescribedPlace, point: shapely.Point) -> float:
    """Radius in metres round a point that reaches both readings of each name in doubt, else 0."""
    reach_m = 0.0
    for doubt in found.doubts:
        place = doubt.place
        if place is not None:
            away_m = float(geod().inv(point.x, point.y, place.lon, place.lat)[2])
            reach_m = max(reach_m, away_m + (doubt.radius_m or incident_radius_m(place)))
    return reach_m
