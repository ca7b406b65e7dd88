"""Areas round a place: near it, at a distance from it, in a direction from it."""

import math
from collections.abc import Sequence
from dataclasses import replace

from geo.geocoding.descriptions.described import DescribedPlace, changed, walked
from geo.geocoding.descriptions.land_or_sea import is_on_land, land_in
from geo.geocoding.shapes.footprints import best_point, disc, part_of, ring, sector
from geo.grammar.bearings import Bearing
from geo.grammar.distances import Distance
from geo.grammar.location_tree import Near, Offset, Towards

__all__ = [
    "NEAR_MOST_M",
    "place_near",
    "place_off",
    "place_offset",
    "place_on_coast",
    "place_towards",
]

# Beyond a place, "near" it reaches twice its own radius, within these bounds.
_NEAR_TIMES, _NEAR_LEAST_M = 2.0, 8_000.0
#: Farthest that "near" a place reaches beyond it, in metres.
NEAR_MOST_M = 20_000.0
_OUTSKIRTS_TIMES, _OUTSKIRTS_LEAST_M = 0.5, 2_000.0
_WORDS = {"near": "near it", "outside": "outside it", "outskirts": "on its outskirts"}


def place_near(core: DescribedPlace, said: Near) -> DescribedPlace:
    """Area near a place, outside of it or on its outskirts."""
    if said.distance:
        reach_m = core.radius_m + said.distance.reach_m[1]
        words = f"{said.distance.words} from it"
    else:
        words = _WORDS[said.relation]
        if said.relation == "outskirts":
            reach_m = core.radius_m + max(_OUTSKIRTS_TIMES * core.radius_m, _OUTSKIRTS_LEAST_M)
        else:
            reach_m = core.radius_m + _near_m(core)
    area = disc(core.point.x, core.point.y, reach_m)
    return changed(core, area, "vicinity", words, point=core.point, radius_m=reach_m)


def place_off(core: DescribedPlace, said: Near) -> DescribedPlace | str:
    """Sea off a place, or the reason why there is none."""
    if core.anchor is None:
        return f"{core.reason}; nothing can be off it"
    # Most descriptions need no sea, and pyproj takes longer to load than their answers.
    from geo.geocoding.descriptions.sea_off import point_off, sea_off  # noqa: PLC0415

    area = sea_off(core.anchor, core.radius_m, said.distance)
    if area is None:
        return f"{core.reason}; there is no sea off it"
    if said.side:
        area = part_of(area, said.side.azimuth_deg)
    words = f"at sea {said.distance.words} off it" if said.distance else "at sea off it"
    point = point_off(core.anchor, area, None if said.side else said.distance)
    return changed(core, area, "water", words, point=point)


def place_on_coast(core: DescribedPlace, said: Near) -> DescribedPlace | str:
    """Land near the coast of a place, or the reason why there is none."""
    from geo.geocoding.descriptions.sea_off import land_by_the_sea  # noqa: PLC0415

    area = land_by_the_sea(core.anchor) if core.anchor else None
    if area is None:
        return f"{core.reason}; no coast of it is known"
    if said.side:
        area = part_of(area, said.side.azimuth_deg)
    return changed(core, area, "line", "near its coast")


def place_offset(core: DescribedPlace, said: Offset) -> DescribedPlace:
    """Area at one distance or more from a place."""
    (distance, bearing), *more = said.legs
    if more:
        return _by_legs(core, said.legs)
    if bearing is None:
        return _at_distance(core, distance)
    return _at_offset(core, distance, bearing)


def place_towards(core: DescribedPlace, said: Towards) -> DescribedPlace:
    """Area in a direction from a place."""
    beyond_m = min(max(2 * _NEAR_TIMES * core.radius_m, _NEAR_LEAST_M), 2 * NEAR_MOST_M)
    way, at = said.bearing, core.point
    reach_m = (core.radius_m, core.radius_m + beyond_m)
    area = sector(at.x, at.y, reach_m, way.azimuth_deg, way.error_deg)
    point = walked(at, way.azimuth_deg, core.radius_m + beyond_m / 2)
    return changed(core, area, "vicinity", "in the stated direction from it", point=point)


def _near_m(core: DescribedPlace) -> float:
    return min(max(_NEAR_TIMES * core.radius_m, _NEAR_LEAST_M), NEAR_MOST_M)


def _at_distance(core: DescribedPlace, distance: Distance) -> DescribedPlace:
    """Ring round the place; its middle stays the point, since no direction is likelier."""
    least_m, most_m = distance.reach_m
    outer_m = core.radius_m + most_m
    area = ring(core.point.x, core.point.y, least_m - core.radius_m, outer_m)
    words = f"{distance.words} from it, in a direction that is not said"
    return changed(core, area, "vicinity", words, point=core.point, radius_m=outer_m)


def _at_offset(core: DescribedPlace, distance: Distance, bearing: Bearing) -> DescribedPlace:
    least_m, most_m = distance.reach_m
    reach_m = (least_m - core.radius_m, most_m + core.radius_m)
    area = sector(core.point.x, core.point.y, reach_m, bearing.azimuth_deg, bearing.error_deg)
    # A limit says no distance that is likelier than others: the middle of the area stands for it.
    is_told = distance.bound == "about"
    point = walked(core.point, bearing.azimuth_deg, distance.metres) if is_told else None
    words = f"{distance.words} from it at azimuth {bearing.azimuth_deg:g}°"
    place = changed(core, area, "vicinity", words, point=point)
    return place if is_on_land(place.point) else _ashore(core, place)


def _ashore(core: DescribedPlace, place: DescribedPlace) -> DescribedPlace:
    """The place with its point on land: who means the sea says so."""
    if core.country_a3 is None or place.footprint is None:
        return place
    land = land_in(place.footprint, core.country_a3)
    if land is None:
        return replace(place, reason=f"{place.reason}; all of that is at sea")
    words = "the point stands for what of it is land"
    return changed(place, place.footprint, place.precision, words, point=best_point(land))


def _by_legs(
    core: DescribedPlace, legs: Sequence[tuple[Distance, Bearing | None]]
) -> DescribedPlace:
    point, slack_m = core.point, core.radius_m
    for distance, bearing in legs:
        if bearing is not None:
            point = walked(point, bearing.azimuth_deg, distance.metres)
            # What the heading leaves open is the chord of its angle.
            aside = 2.0 * math.sin(math.radians(bearing.error_deg) / 2.0)
            slack_m += distance.error_m + distance.metres * aside
    area = disc(point.x, point.y, slack_m)
    return changed(
        core, area, "vicinity", "by the stated legs from it", point=point, radius_m=slack_m
    )
