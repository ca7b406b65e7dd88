"""Places near borders: which border is meant, on which side, and where it meets another."""

from collections.abc import Sequence
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from geo.errors import PlaceNotFoundError
from geo.geocoding.descriptions.around_places import NEAR_MOST_M, place_near
from geo.geocoding.descriptions.border_headings import headed_neighbour, headed_side
from geo.geocoding.descriptions.border_sides import Side, border_sides
from geo.geocoding.descriptions.border_zones import border_zone, neighbours, strip_between, tripoint
from geo.geocoding.descriptions.described import (
    DescribedPlace,
    changed,
    described_strip,
    region_of,
)
from geo.geocoding.descriptions.lookup import Lookup
from geo.geocoding.descriptions.parts import extent
from geo.geocoding.descriptions.two_borders import TRIPOINT_M, place_at_two_borders
from geo.geocoding.shapes.footprints import common_area, disc
from geo.geocoding.wording import quoted
from geo.grammar.distances import Distance
from geo.grammar.location_tree import BorderZone, Inland, Named, Near
from geo.grammar.names import normalise_name
from geo.reference.land import land_of_country

__all__ = ["place_at_border", "place_inland"]

_NEAR = Distance(20_000.0, 0.0, "up to")
_BY_PROVINCE_DEG = 0.3
_TRIPLE = 3
_CONGO_WORDS, _CONGOS = (
    frozenset({"congo", "congolese"}),
    {
        "COD": "Democratic Republic of the Congo",
        "COG": "Republic of the Congo",
    },
)


def place_at_border(said: BorderZone, lookup: Lookup) -> DescribedPlace | str:
    """Land near a border, or the reason why nobody knows which is meant."""
    said = _congos_told_apart(said, lookup)
    stated = said.side or (said.within.names[-1] if said.within else None)
    home = lookup.country_of(stated) if stated else None
    sides = border_sides(said.sides, _around_home(home, lookup))
    if isinstance(sides, str):
        return sides
    codes = [side.country_a3 for side in sides if side.country_a3]
    core = _around(said, codes, lookup)
    if core is None or isinstance(core, str):
        return core or _between_sides(said, sides, None, lookup)
    return _doubted_as(core, _between_sides(said, sides, core, lookup))


def _doubted_as(core: DescribedPlace, found: DescribedPlace | str) -> DescribedPlace | str:
    if isinstance(found, str) or not core.doubts or found.doubts:
        return found
    return replace(found, doubts=core.doubts, reason=f"{core.reason}; {found.reason}")


def _between_sides(
    said: BorderZone, sides: Sequence[Side], core: DescribedPlace | None, lookup: Lookup
) -> DescribedPlace | str:
    """Land near the border of the sides that are named, in the place that is."""
    codes = [side.country_a3 for side in sides if side.country_a3]
    side = lookup.country_of(said.side) if said.side else core.country_a3 if core else None
    named = [side.place for side in sides if side.place]
    is_inner = len(set(codes)) <= 1 and side in (None, *codes)
    if named and (len(codes) < len(sides) or is_inner):
        return _at_places(said, named, side)
    if len(codes) >= _TRIPLE:
        return _at_tripoint(codes, side)
    inside = _inside(core, sides)
    if side and len(codes) > 1 and side not in codes:
        found = place_at_two_borders(side, codes, said.distance or _NEAR, inside)
        if isinstance(found, str) and core is not None:
            return replace(core, reason=f"{core.reason}; {found}")
        return found
    return _at_one_border(said, codes, (side, core, inside), lookup)


def _at_one_border(
    said: BorderZone,
    codes: Sequence[str],
    where: tuple[str | None, DescribedPlace | None, BaseGeometry | None],
    lookup: Lookup,
) -> DescribedPlace | str:
    """Land near the border of two countries, of which the words name two, one or none."""
    side, core, inside = where
    distance = said.distance or _NEAR
    if said.heading and len(codes) == 1 and side is None and not lookup.likely:
        side = headed_neighbour(codes[0], said.heading, distance)
    pair = (codes[0], codes[1]) if len(codes) > 1 else _pair(codes, side, core, lookup)
    if isinstance(pair, str):
        return pair
    one, other = pair
    headed = None
    if said.heading and other and other in neighbours(one):
        headed = headed_side((one, other), said.heading, distance)
    side = side or headed or _likely_side(codes, one, lookup)
    found = _zone(pair, side, distance, core, inside)
    if said.heading and headed != side and not isinstance(found, str):
        return replace(found, reason=f"{found.reason}; the stated direction is not used")
    return found


def _around_home(home: str | None, lookup: Lookup) -> Lookup:
    """The lookup with a country and its neighbours as likely ones."""
    if home is None:
        return lookup
    return replace(lookup, likely=(home, *lookup.likely, *neighbours(home)))


def _congos_told_apart(said: BorderZone, lookup: Lookup) -> BorderZone:
    """The words with the one of both Congos that has a border with another country they name."""
    names = [*said.sides, *(said.within.names if said.within else ()), said.side or ""]
    if not any(normalise_name(name) in _CONGO_WORDS for name in names):
        return said
    known = {lookup.country_of(name) for name in names if normalise_name(name) not in _CONGO_WORDS}
    chosen = [code for code in _CONGOS if known & set(neighbours(code))]
    if len(chosen) != 1:
        return said

    def told(name: str) -> str:
        return _CONGOS[chosen[0]] if normalise_name(name) in _CONGO_WORDS else name

    within = Named(tuple(map(told, said.within.names))) if said.within else None
    side = told(said.side) if said.side else None
    return replace(said, sides=tuple(map(told, said.sides)), within=within, side=side)


def place_inland(said: Inland, lookup: Lookup) -> DescribedPlace | str:
    """Land at a distance inside a country, or the reason why there is none."""
    core = lookup.named(said.country)
    if isinstance(core, str) or core.precision != "country":
        core = lookup.country(said.country) or core
    if isinstance(core, str):
        return core
    if core.precision != "country" or core.country_a3 is None:
        return f"{core.name} is no country; nothing says where in it is meant"
    if said.neighbour is None:
        sides: list[Side] | str = []
    else:
        sides = border_sides((said.neighbour,), _around_home(core.country_a3, lookup))
    if isinstance(sides, str):
        return sides
    neighbour = sides[0].country_a3 if sides else None
    if sides and neighbour is None:
        return f"{quoted(said.neighbour or '')} lies in several countries"
    inside = _inside(core, sides)
    found = _zone((core.country_a3, neighbour), core.country_a3, said.distance, core, inside)
    if isinstance(found, str) or found.footprint is not None:
        return _doubted_as(core, found)
    border = f"its border with {neighbour}" if neighbour else "its borders"
    return f"No part of {core.name} lies {said.distance.words} from {border}"


def _around(said: BorderZone, codes: Sequence[str], lookup: Lookup) -> DescribedPlace | str | None:
    """Place in which the border lies; the border tells in which countries that may be."""
    if said.side and lookup.country_of(said.side) is None:
        return f"No country {quoted(said.side)} is known"
    if said.within is None:
        return None
    around = codes if len(codes) > 1 else (*lookup.likely, *(neighbours(codes[0]) if codes else ()))
    return replace(lookup, likely=tuple(around)).named(said.within)


def _pair(
    codes: Sequence[str], side: str | None, core: DescribedPlace | None, lookup: Lookup
) -> tuple[str, str | None] | str:
    """The two countries of a border of which one at most is named; None for any other one."""
    home = side or next((code for code in lookup.likely if code not in codes), None)
    if codes and home and home != codes[0]:
        return home, codes[0]
    if codes and core is not None and core.country_a3 is None:
        return codes[0], None
    home = home or next(iter((*codes, *lookup.likely)), None)
    if home is None:
        return "Nothing says whose border is meant"
    return _with_a_neighbour(home, core)


def _with_a_neighbour(home: str, core: DescribedPlace | None) -> tuple[str, str] | str:
    """A country and the only neighbour whose border can be meant."""
    others = neighbours(home)
    if len(others) > 1 and core is not None and core.precision != "country":
        near = _area_near(core)
        others = tuple(code for code in others if border_zone((home, code), home, _NEAR, near))
        if not others:
            return f"{core.reason}; no border lies near it"
    if len(others) == 1:
        return home, others[0]
    if not others:
        return f"{home} has no land border"
    return f"Nothing says which border of {home} is meant, that with {', '.join(others)}"


def _likely_side(codes: Sequence[str], home: str, lookup: Lookup) -> str | None:
    """Side on which a zone lies of which the words say none."""
    if len(codes) < 2:
        return home if home not in codes else None
    spoken_of = [code for code in codes if code in lookup.likely]
    return spoken_of[0] if len(spoken_of) == 1 else None


def _at_places(
    said: BorderZone, named: Sequence[DescribedPlace], home: str | None
) -> DescribedPlace | str:
    """Near the border of a province, or of a town that lies on a border; in a country, if said."""
    areas = [extent(place.anchor) if place.anchor else None for place in named]
    first, distance = named[0], said.distance or _NEAR
    if len(named) == 1 and areas[0] is None:
        return place_near(first, Near(Named(said.sides), "near", said.distance))
    lands = [area or region_of(place) for area, place in zip(areas, named, strict=True)]
    strip = strip_between(lands[0], lands[1] if len(lands) > 1 else None, distance)
    if strip is None:
        return f"{named[0].name} and {named[-1].name} do not lie next to each other"
    whose = " and ".join(place.name for place in named)
    words = f"{_from_line(distance)} the border of {whose}"
    land = land_of_country(home) if home else None
    if land is not None:
        words += f", on the side of {home}"
        cut = common_area(strip, land)
        if cut is None:
            return f"No part of {home} lies {_from_line(distance)} the border of {whose}"
        first, strip = replace(first, country_a3=home), cut
    return replace(changed(first, strip, "line", words), name=f"border of {whose}")


def _at_tripoint(codes: Sequence[str], side: str | None) -> DescribedPlace | str:
    """Land round the point where three countries meet."""
    if len(codes) > _TRIPLE:
        return "More than three sides of a border are named"
    names = "-".join(sorted(codes))
    try:
        middle = tripoint((codes[0], codes[1], codes[2]))
    except PlaceNotFoundError as error:
        return str(error).rstrip(".")
    if middle is None:
        return f"The three countries {names} do not meet in one point"
    area: BaseGeometry = disc(middle.x, middle.y, TRIPOINT_M)
    land = land_of_country(side) if side else None
    area = (common_area(area, land) if land is not None else None) or area
    return described_strip(
        area,
        name=f"tripoint {names}",
        country_a3=side,
        reason=f"within {TRIPOINT_M / 1_000:.0f} km of the point where {names} meet"
        + (f", on the side of {side}" if side else ""),
        point=middle if land is None else None,
    )


def _zone(
    pair: tuple[str, str | None],
    side: str | None,
    distance: Distance,
    core: DescribedPlace | None,
    inside: BaseGeometry | None,
) -> DescribedPlace | str:
    try:
        zone = border_zone(pair, side if side in pair else None, distance, inside)
    except PlaceNotFoundError as error:
        return str(error).rstrip(".")
    one, other = pair
    name = "-".join(sorted((one, other))) if other else f"of {one}"
    limit = f"{_from_line(distance)} the border {name}"
    if zone is None and core is not None:
        return replace(core, reason=f"{core.reason}; no part of it lies {limit}")
    if zone is None:
        return f"No land lies {limit}"
    return DescribedPlace(
        footprint=zone.area,
        point=zone.point,
        radius_m=zone.radius_m,
        precision="line",
        name=f"border {name}",
        country_a3=side,
        reason=limit + (f", on the side of {side}" if side else ", on either side"),
    )


def _from_line(distance: Distance) -> str:
    words = {"about": "about {} from", "up to": "within {} of", "from": "more than {} from"}
    return words[distance.bound].format(distance.kilometres)


def _inside(core: DescribedPlace | None, sides: Sequence[Side]) -> BaseGeometry | None:
    """Where a border zone ends: in the place or province that is named."""
    around = _area_near(core) if core is not None else None
    for side in sides:
        if side.place and side.place.anchor:
            land = extent(side.place.anchor) or region_of(side.place)
            stretch = land.buffer(_BY_PROVINCE_DEG)
            return stretch if around is None else common_area(around, stretch) or around
    return around


def _area_near(core: DescribedPlace) -> BaseGeometry | None:
    """Where a place restricts a border zone: a province by its land, a town by what is near."""
    if core.precision == "country" or core.anchor is None:
        return None
    if core.anchor.kind == "admin1" and (land := extent(core.anchor)) is not None:
        return land
    return disc(core.point.x, core.point.y, core.radius_m + NEAR_MOST_M)
