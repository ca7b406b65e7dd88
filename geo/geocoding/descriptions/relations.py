"""Descriptions of locations to regions: the footprint, the best point in it, the radius.

The recipes follow the point-radius method (Wieczorek, Guo and Hijmans 2004,
doi:10.1080/13658810412331280211): the extent of the place that is named, the precision of the
stated distance, and the width of the stated direction add up.
"""

from dataclasses import replace
from typing import assert_never

from geo.geocoding.descriptions.around_places import (
    place_near,
    place_off,
    place_offset,
    place_on_coast,
    place_towards,
)
from geo.geocoding.descriptions.described import DescribedPlace, apart_m, changed, region_of
from geo.geocoding.descriptions.lookup import Lookup
from geo.geocoding.descriptions.parts import extent, place_part
from geo.geocoding.descriptions.ways import place_on_way
from geo.geocoding.shapes.footprints import common_area
from geo.geocoding.wording import quoted
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
    Partly,
    Towards,
    Unread,
)

__all__ = ["locate"]

_AREAS = frozenset({"country", "admin1"})


def locate(said: Description, lookup: Lookup) -> DescribedPlace | str:  # noqa: PLR0911
    """Region of a description, or the reason why it has none.

    Parameters
    ----------
    said
        What the description says.
    lookup
        Finds the places that it names.
    """
    match said:
        case Named():
            return lookup.named(said)
        case Near() | Offset() | Towards():
            return _from_a_place(said, lookup)
        case Part():
            return place_part(said, lookup)
        case Between() | Along():
            return place_on_way(said, lookup)
        case BorderZone() | Inland():
            return _by_a_border(said, lookup)
        case Apposition():
            return _in_a_country(said, lookup) or _apposition(said, lookup)
        case Partly() | Unread():
            return _unread(said, lookup)
        case _:
            assert_never(said)


def _from_a_place(said: Near | Offset | Towards, lookup: Lookup) -> DescribedPlace | str:
    if isinstance(said, Near):
        return _near(said, lookup)
    return _offset(said, lookup) if isinstance(said, Offset) else _towards(said, lookup)


def _unread(said: Partly | Unread, lookup: Lookup) -> DescribedPlace | str:
    if isinstance(said, Unread):
        why = f": {said.why}" if said.why else ""
        return f"Nothing here can tell where {quoted(said.words)} is{why}"
    place = locate(said.read, lookup)
    return place if isinstance(place, str) else _but(place, said.unread, "is not read")


def _by_a_border(said: BorderZone | Inland, lookup: Lookup) -> DescribedPlace | str:
    # Most descriptions need no borders, and geopandas takes longer to load than their answers.
    from geo.geocoding.descriptions.border_places import place_at_border, place_inland  # noqa: PLC0415

    if isinstance(said, Inland):
        return place_inland(said, lookup)
    return place_at_border(said, lookup)


def _near(said: Near, lookup: Lookup) -> DescribedPlace | str:
    core = lookup.named(said.place)
    if said.relation == "coast":
        if isinstance(core, str) or core.precision not in _AREAS:
            core = lookup.country(said.place) or lookup.province(said.place) or core
        return core if isinstance(core, str) else place_on_coast(core, said)
    if isinstance(core, str) and said.relation == "off":
        core = lookup.country(said.place) or core
    if isinstance(core, str):
        return core
    if said.relation == "off":
        return place_off(core, said)
    # Near a country is anywhere round it.
    return core if core.precision == "country" else place_near(core, said)


def _from_a_country(
    said: Offset, home: tuple[str, ...], lookup: Lookup
) -> DescribedPlace | str | None:
    """At a distance from another country: from the border with it. None for other words."""
    first, (distance, bearing) = said.place.names[0], said.legs[0]
    if len(home) != 1 or bearing is not None or said.towards or len(said.legs) > 1:
        return None
    own, other = lookup.country_of(home[0]), lookup.country_of(first)
    if own is None or other is None or own == other:
        return None
    return _by_a_border(Inland(Named(home), first, distance), lookup)


def _offset(said: Offset, lookup: Lookup) -> DescribedPlace | str:
    across = _from_a_country(said, said.place.names[1:], lookup)
    if across is not None:
        return across
    core = _point_like(said.place, lookup)
    if isinstance(core, str):
        return core
    place = place_offset(core, said)
    if said.towards is None:
        return place
    way = place_on_way(Along(said.place, said.towards), lookup.near(core.country_a3))
    if isinstance(way, str):
        return _but(place, said.towards.names[0], "on the way is not known")
    area = common_area(region_of(place), region_of(way))
    if area is None:
        return _but(place, said.towards.names[0], "does not lie that way")
    return changed(place, area, place.precision, f"on the way to {quoted(said.towards.names[0])}")


def _towards(said: Towards, lookup: Lookup) -> DescribedPlace | str:
    if said.is_title:
        core = lookup.named(said.place)
        if not isinstance(core, str) and core.precision in _AREAS:
            return place_part(Part(said.place, said.bearing), lookup)
    core = _point_like(said.place, lookup)
    return core if isinstance(core, str) else place_towards(core, said)


def _point_like(said: Named, lookup: Lookup) -> DescribedPlace | str:
    """Place that distances count from; of an area nobody says from which end they do."""
    core = lookup.named(said)
    if not isinstance(core, str) and core.precision in _AREAS:
        town = lookup.town(said)
        if town is not None:
            return town
        return f"{core.name} is an area, and nothing says from where in it the distance counts"
    return core


def _in_a_country(said: Apposition, lookup: Lookup) -> DescribedPlace | str | None:
    """In one country, at a distance from another; None for other words."""
    if isinstance(said.place, Named) and isinstance(said.gloss, Offset):
        return _from_a_country(said.gloss, said.place.names, lookup)
    return None


def _apposition(said: Apposition, lookup: Lookup) -> DescribedPlace | str:
    glossed = locate(said.gloss, lookup)
    near = lookup if isinstance(glossed, str) else lookup.near(glossed.country_a3)
    named = _with_shores(locate(said.place, near))
    if not isinstance(named, str) and (isinstance(glossed, str) or not _meet(named, glossed)):
        # A namesake of the gloss may lie where the place is.
        again = locate(said.gloss, lookup.near(named.country_a3))
        glossed = glossed if isinstance(again, str) else again
    if isinstance(named, str):
        if isinstance(glossed, str):
            return f"{named}; {glossed}"
        return replace(glossed, reason=f"{named}; {glossed.reason}")
    if isinstance(glossed, str):
        return replace(named, reason=f"{named.reason}; what follows is not used: {glossed}")
    if not _meet(named, glossed):
        # A name means a place somewhere else; other words count before those that follow.
        if isinstance(said.place, Named):
            words = f"{named.reason}, too far from where the words after it lead"
            return replace(glossed, reason=f"{words}; {glossed.reason}")
        return replace(
            named, reason=f"{named.reason}; what follows leads elsewhere and is not used"
        )
    return _both(named, glossed)


def _with_shores(named: DescribedPlace | str) -> DescribedPlace | str:
    """A sea with its area, so that what is off a coast can be told from its other waters."""
    if isinstance(named, str) or named.anchor is None or named.anchor.kind != "water":
        return named
    return replace(named, footprint=named.footprint or extent(named.anchor))


def _meet(one: DescribedPlace, other: DescribedPlace) -> bool:
    return apart_m(one, other) <= one.radius_m + other.radius_m


def _both(one: DescribedPlace, other: DescribedPlace) -> DescribedPlace:
    """Two places that agree: the sharper one, or what their areas have in common."""
    sharp, wide = sorted((one, other), key=lambda place: place.radius_m)
    reason = f"{one.reason}; {other.reason}"
    # What agrees with a place that nothing contradicts is in no doubt.
    doubts = (*one.doubts, *other.doubts) if one.doubts and other.doubts else ()
    sharp = replace(sharp, doubts=doubts)
    area = common_area(region_of(one), region_of(other)) if sharp.footprint is not None else None
    if area is None or wide.footprint is None:
        return replace(sharp, reason=reason)
    both = changed(sharp, area, sharp.precision, "")
    return replace(both, reason=f"{reason}; both together")


def _but(place: DescribedPlace, words: str, what: str) -> DescribedPlace:
    return replace(place, reason=f"{place.reason}; {quoted(words)} {what}")
