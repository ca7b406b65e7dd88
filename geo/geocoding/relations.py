"""Descriptions of locations to regions: the footprint, the best point in it, the radius.

The recipes follow the point-radius method (Wieczorek, Guo and Hijmans 2004,
doi:10.1080/13658810412331280211): the extent of the place that is named, the precision of the
stated distance, and the width of the stated direction add up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import PlaceNotFoundError
from geo.gazetteer.places import Place
from geo.geocoding.border_zones import border_zone, neighbours, sea_off
from geo.geocoding.footprints import (
    best_point,
    corridor,
    disc,
    farthest_m,
    part_of,
    ring,
    sector,
)
from geo.geocoding.uncertainty import place_precision, place_radius_m
from geo.geodesy import geod
from geo.grammar.bearings import Bearing, Distance
from geo.grammar.location_tree import (
    Along,
    Apposition,
    Between,
    BorderZone,
    Description,
    Inland,
    Named,
    Near,
    Offset,
    Part,
    Towards,
)
from geo.reference.land import land_of_country, land_of_province
from geo.reference.regions import region_area

__all__ = ["Anchor", "DescribedPlace", "Relations"]

# Beyond a place, "near" it reaches twice its own radius, within these bounds.
_NEAR_TIMES, _NEAR_LEAST_M, _NEAR_MOST_M = 2.0, 8_000.0, 20_000.0
_OUTSKIRTS_TIMES, _OUTSKIRTS_LEAST_M = 0.5, 2_000.0
_OFF_M = Distance(12_000.0, 12_000.0)
_BORDER = Distance(20_000.0, 0.0, is_limit=True)
# The way between two places winds to either side by a share of its length.
_ROAD_SHARE, _ROAD_LEAST_M = 0.15, 3_000.0
_BANK_M = 5_000.0
_LINES = frozenset({"line", "water", "vicinity", "site"})
_AREAS = frozenset({"country", "admin1"})


@dataclass(frozen=True)
class Anchor:
    """Place that a description names, and how it was chosen."""

    place: Place
    reason: str


@dataclass(frozen=True)
class DescribedPlace:
    """Where a description leads: EPSG:4326, metres.

    `radius_m` reaches from the point to the farthest spot of the footprint, which a mere name does
    not have; `anchor` is the place from which it was found, where there is one.
    """

    footprint: BaseGeometry | None
    point: shapely.Point
    radius_m: float
    precision: str
    name: str
    country_a3: str | None
    reason: str
    anchor: Place | None = None


class Relations:
    """Turns descriptions into regions.

    Parameters
    ----------
    find
        Place that a chain of names means, or a reason why none is meant; countries (ISO 3166-1
        alpha-3) that are likely come second.
    country_of
        Code of a country's name, or of an adjective of nationality.
    likely
        Countries (ISO 3166-1 alpha-3) that the surroundings speak of, the likelier first.
    """

    def __init__(
        self,
        find: Callable[[Named, Sequence[str]], Anchor | str],
        country_of: Callable[[str], str | None],
        likely: Sequence[str] = (),
    ) -> None:
        self._find = find
        self._country_of = country_of
        self._likely = tuple(likely)

    @singledispatchmethod
    def locate(self, description: Description) -> DescribedPlace | str:
        """Region of a description, or the reason why it has none."""
        raise NotImplementedError(description)

    @locate.register
    def _(self, said: Named) -> DescribedPlace | str:
        return self._named(said, self._likely)

    def _named(self, said: Named, likely: Sequence[str]) -> DescribedPlace | str:
        anchor = self._find(said, likely)
        if isinstance(anchor, str):
            return anchor
        place, radius_m = anchor.place, place_radius_m(anchor.place)
        return DescribedPlace(
            footprint=None,
            point=shapely.Point(place.lon, place.lat),
            radius_m=radius_m,
            precision=place_precision(place),
            name=place.name,
            country_a3=place.country_a3,
            reason=anchor.reason,
            anchor=place,
        )

    @locate.register
    def _(self, said: Near) -> DescribedPlace | str:
        core = self.locate(said.place)
        if isinstance(core, str) or core.anchor is None:
            return core
        if said.relation == "off":
            return self._off(core, core.anchor, said)
        if core.precision == "country":
            return core
        if said.distance:
            reach_m = core.radius_m + said.distance.metres + said.distance.error_m
        elif said.relation == "outskirts":
            reach_m = core.radius_m + max(_OUTSKIRTS_TIMES * core.radius_m, _OUTSKIRTS_LEAST_M)
        else:
            beyond_m = min(max(_NEAR_TIMES * core.radius_m, _NEAR_LEAST_M), _NEAR_MOST_M)
            reach_m = core.radius_m + beyond_m
        area = disc(core.point.x, core.point.y, reach_m)
        words = {"near": "near it", "outside": "outside it", "outskirts": "on its outskirts"}
        return _changed(
            core, area, "vicinity", words[said.relation], point=core.point, radius_m=reach_m
        )

    @locate.register
    def _(self, said: Offset) -> DescribedPlace | str:
        core = self._from(said.place)
        if isinstance(core, str):
            return core
        legs = list(said.legs)
        distance, bearing = legs[0]
        if len(legs) > 1:
            return _by_legs(core, legs)
        if bearing is None:
            return _at_distance(core, distance)
        return _at_offset(core, distance, bearing)

    @locate.register
    def _(self, said: Towards) -> DescribedPlace | str:
        core = self._from(said.place)
        if isinstance(core, str):
            return core
        beyond_m = min(max(2 * _NEAR_TIMES * core.radius_m, _NEAR_LEAST_M), 2 * _NEAR_MOST_M)
        way = said.bearing
        at = core.point
        area = sector(
            at.x, at.y, (core.radius_m, core.radius_m + beyond_m), way.azimuth_deg, way.error_deg
        )
        point = _walked(at, way.azimuth_deg, core.radius_m + beyond_m / 2)
        words = "in the stated direction from it"
        return _changed(core, area, "vicinity", words, point=point)

    @locate.register
    def _(self, said: Part) -> DescribedPlace | str:
        core = self.locate(said.place)
        if isinstance(core, str) or core.anchor is None:
            return core
        azimuth = said.bearing.azimuth_deg if said.bearing else None
        area = part_of(_extent(core, core.anchor), azimuth)
        precision = "settlement" if core.precision in {"settlement", "site"} else "vicinity"
        words = "the part of it that is named" if said.bearing else "its middle"
        return _changed(core, area, precision, words)

    @locate.register
    def _(self, said: Between) -> DescribedPlace | str:
        return self._stretch(said.one, said.other, "somewhere between the two")

    @locate.register
    def _(self, said: Along) -> DescribedPlace | str:
        if said.other is not None:
            return self._stretch(said.one, said.other, "on the way from one to the other")
        first, *rest = said.one.names
        core = self.locate(Named((f"{first} River", *rest)))
        if isinstance(core, str):
            core = self.locate(said.one)
        if isinstance(core, str):
            return core
        if core.precision not in _LINES:
            return f"No river, coast or road named “{first}” is known"
        radius_m = core.radius_m + _BANK_M
        area = disc(core.point.x, core.point.y, radius_m)
        return replace(core, footprint=area, radius_m=radius_m, precision="line")

    @locate.register
    def _(self, said: BorderZone) -> DescribedPlace | str:
        sides = [code for name in said.sides if (code := self._country_of(name))]
        if len(sides) < len(said.sides):
            return f"No country “{said.sides[-1]}” is known"
        likely = sides if len(sides) > 1 else (*self._likely, *neighbours(sides[0]))
        core = self._named(said.within, likely) if said.within else None
        if isinstance(core, str):
            return core
        side = core.country_a3 if core else None
        if len(sides) == 1:
            side = side or next((code for code in self._likely if code != sides[0]), None)
            if side is None or side == sides[0]:
                return f"Nothing says which border with {sides[0]} is meant"
            sides = [side, sides[0]]
        elif core is None:
            spoken_of = [code for code in sides if code in self._likely]
            side = spoken_of[0] if len(spoken_of) == 1 else None
        return self._zone((sides[0], sides[1]), side, said.distance or _BORDER, core)

    @locate.register
    def _(self, said: Inland) -> DescribedPlace | str:
        core = self.locate(said.country)
        neighbour = self._country_of(said.neighbour)
        if isinstance(core, str):
            return core
        if neighbour is None or core.country_a3 is None:
            return f"No country “{said.neighbour}” is known"
        return self._zone((core.country_a3, neighbour), core.country_a3, said.distance, core)

    @locate.register
    def _(self, said: Apposition) -> DescribedPlace | str:
        named = self.locate(said.place)
        glossed = self.locate(said.gloss)
        if isinstance(named, str):
            return glossed if not isinstance(glossed, str) else named
        # The name counts, unless it means a place somewhere else.
        if (
            isinstance(glossed, str)
            or _apart_m(named, glossed) <= named.radius_m + glossed.radius_m
        ):
            return named
        return glossed

    def _off(self, core: DescribedPlace, place: Place, said: Near) -> DescribedPlace | str:
        area = sea_off(place, core.radius_m, said.distance or _OFF_M)
        if area is None:
            return f"{core.reason}; there is no sea off it"
        if said.side:
            area = part_of(area, said.side.azimuth_deg)
        return _changed(core, area, "water", "at sea off it")

    def _stretch(self, one: Named, other: Named, words: str) -> DescribedPlace | str:
        start, end = self._ends(one, other)
        if isinstance(start, str):
            return start
        if isinstance(end, str):
            return end
        gap_m = _apart_m(start, end)
        wide_m = max(start.radius_m, end.radius_m, _ROAD_SHARE * gap_m, _ROAD_LEAST_M)
        area = corridor(start.point, end.point, wide_m)
        azimuth, _, _ = geod().inv(start.point.x, start.point.y, end.point.x, end.point.y)
        middle = _walked(start.point, azimuth, gap_m / 2)
        same = start.country_a3 == end.country_a3
        return DescribedPlace(
            footprint=area,
            point=middle,
            radius_m=farthest_m(middle, area),
            precision="line",
            name=f"between {start.name} and {end.name}",
            country_a3=start.country_a3 if same else None,
            reason=f"{start.reason}; {end.reason}; {words}",
        )

    def _from(self, said: Named) -> DescribedPlace | str:
        """Place that distances count from; of an area nobody says from which end they do."""
        core = self.locate(said)
        if not isinstance(core, str) and core.precision in _AREAS:
            return f"{core.name} is an area, and nothing says from where in it the distance counts"
        return core

    def _ends(self, one: Named, other: Named) -> tuple[DescribedPlace | str, DescribedPlace | str]:
        """Both ends of a way: the one that is clear tells in which country the other one is."""
        start, end = self.locate(one), self.locate(other)
        if isinstance(start, str) and not isinstance(end, str) and end.country_a3:
            start = self._named(one, (end.country_a3,))
        if isinstance(end, str) and not isinstance(start, str) and start.country_a3:
            end = self._named(other, (start.country_a3,))
        return start, end

    def _zone(
        self,
        pair: tuple[str, str],
        side: str | None,
        distance: Distance,
        core: DescribedPlace | None,
    ) -> DescribedPlace | str:
        inside = _area_near_border(core) if core else None
        try:
            zone = border_zone(pair, side if side in pair else None, distance, inside)
        except PlaceNotFoundError as error:
            return str(error)
        name = "-".join(sorted(pair))
        if zone is None and core is not None:
            return replace(core, reason=f"{core.reason}; it does not reach the border {name}")
        if zone is None:
            return f"No land lies at that distance from the border {name}"
        limit = "within" if distance.is_limit else "about"
        return DescribedPlace(
            footprint=zone.area,
            point=zone.point,
            radius_m=zone.radius_m,
            precision="line",
            name=f"border {name}",
            country_a3=side,
            reason=f"{limit} {_kilometres(distance)} of the border {name}"
            + (f", on the side of {side}" if side else ", on either side"),
        )


def _changed(
    core: DescribedPlace,
    area: BaseGeometry,
    precision: str,
    words: str,
    *,
    point: shapely.Point | None = None,
    radius_m: float | None = None,
) -> DescribedPlace:
    """The place with another area; its best point and radius, unless they are known."""
    at = point or best_point(area)
    return replace(
        core,
        footprint=area,
        point=at,
        radius_m=farthest_m(at, area) if radius_m is None else radius_m,
        precision=precision,
        reason=f"{core.reason}; {words}",
    )


def _at_distance(core: DescribedPlace, distance: Distance) -> DescribedPlace:
    """Ring round the place; its middle stays the point, since no direction is likelier."""
    outer_m = core.radius_m + distance.metres + distance.error_m
    area = ring(
        core.point.x, core.point.y, distance.metres - distance.error_m - core.radius_m, outer_m
    )
    words = f"{_kilometres(distance)} from it, in a direction that is not said"
    return _changed(core, area, "vicinity", words, point=core.point, radius_m=outer_m)


def _at_offset(core: DescribedPlace, distance: Distance, bearing: Bearing) -> DescribedPlace:
    slack_m = distance.error_m + core.radius_m
    reach_m = (
        0.0 if distance.is_limit else distance.metres - slack_m,
        distance.metres + slack_m,
    )
    area = sector(core.point.x, core.point.y, reach_m, bearing.azimuth_deg, bearing.error_deg)
    point = _walked(core.point, bearing.azimuth_deg, distance.metres)
    words = f"{_kilometres(distance)} from it at azimuth {bearing.azimuth_deg:g}°"
    return _changed(core, area, "vicinity", words, point=point)


def _by_legs(
    core: DescribedPlace, legs: Sequence[tuple[Distance, Bearing | None]]
) -> DescribedPlace:
    point, slack_m = core.point, core.radius_m
    for distance, bearing in legs:
        if bearing is not None:
            point = _walked(point, bearing.azimuth_deg, distance.metres)
            slack_m += distance.error_m
    area = disc(point.x, point.y, slack_m)
    words = "by the stated legs from it"
    return _changed(core, area, "vicinity", words, point=point, radius_m=slack_m)


def _extent(core: DescribedPlace, place: Place) -> BaseGeometry:
    """Area of a place: its polygon where it is a province or country, else its disc."""
    area = None
    if place.kind == "country" and place.country_a3:
        area = land_of_country(place.country_a3)
    elif place.kind == "admin1" and place.admin1_code:
        area = land_of_province(place.admin1_code)
    elif place.kind == "area":
        area = region_area(place.place_id)
    return disc(core.point.x, core.point.y, core.radius_m) if area is None else area


def _area_near_border(core: DescribedPlace) -> BaseGeometry | None:
    """Where a place restricts a border zone: a province by its land, a town by what is near."""
    if core.precision == "country" or core.anchor is None:
        return None
    if core.precision == "admin1":
        return _extent(core, core.anchor)
    return disc(core.point.x, core.point.y, core.radius_m + _NEAR_MOST_M)


def _kilometres(distance: Distance) -> str:
    kilometres = distance.metres / 1_000
    return f"{kilometres:,.0f} km" if kilometres >= 10 else f"{kilometres:.3g} km"


def _apart_m(one: DescribedPlace, other: DescribedPlace) -> float:
    return float(geod().inv(one.point.x, one.point.y, other.point.x, other.point.y)[2])


def _walked(start: shapely.Point, azimuth_deg: float, distance_m: float) -> shapely.Point:
    lon, lat, _ = geod().fwd(start.x, start.y, azimuth_deg, distance_m)
    return shapely.Point(lon, lat)
