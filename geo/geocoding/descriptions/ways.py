"""Places on a way: between two places, on the road from one to the other, along a river."""

from dataclasses import replace

from geo.geocoding.descriptions.described import (
    DescribedPlace,
    apart_m,
    changed,
    described_strip,
    walked,
)
from geo.geocoding.descriptions.lookup import Lookup
from geo.geocoding.shapes.footprints import common_area, corridor, disc
from geo.geocoding.wording import quoted
from geo.geodesy import geod
from geo.grammar.location_tree import Along, Between, Named
from geo.reference.land import land_of_country

__all__ = ["place_on_way"]

# The way between two places winds to either side by a share of its length.
_ROAD_SHARE, _ROAD_LEAST_M = 0.15, 3_000.0
_BANK_M = 5_000.0
# A namesake in the same country is meant where it is this many times nearer.
_NEARER_TIMES = 3.0
_LINES = frozenset({"line", "water", "vicinity", "site"})


def place_on_way(said: Between | Along, lookup: Lookup) -> DescribedPlace | str:
    """Corridor between two places or along a river, or the reason why one of them is unknown."""
    if said.other is None:
        return _along(said.one, lookup)
    start, end = _ends(said.one, said.other, lookup)
    if isinstance(start, str):
        return start
    if isinstance(end, str):
        return end
    azimuth_deg, _, gap_m = geod().inv(start.point.x, start.point.y, end.point.x, end.point.y)
    if gap_m == 0:
        return f"{start.reason}; both names mean it, and nothing lies between"
    wide_m = max(start.radius_m, end.radius_m, _ROAD_SHARE * gap_m, _ROAD_LEAST_M)
    area = corridor(start.point, end.point, wide_m)
    middle = walked(start.point, azimuth_deg, gap_m / 2)
    same = start.country_a3 == end.country_a3
    words = (
        "on the way from one to the other"
        if isinstance(said, Along)
        else "somewhere between the two"
    )
    return described_strip(
        area,
        name=f"between {start.name} and {end.name}",
        country_a3=start.country_a3 if same else None,
        reason=f"{start.reason}; {end.reason}; {words}",
        point=middle,
        doubts=(*start.doubts, *end.doubts),
    )


def _along(said: Named, lookup: Lookup) -> DescribedPlace | str:
    """River or street with its banks."""
    first, *rest = said.names
    core = lookup.named(Named((f"{first} River", *rest)))
    if isinstance(core, str):
        core = lookup.named(said)
    if isinstance(core, str):
        return core
    if core.precision not in _LINES:
        return f"No river, coast or road named {quoted(first)} is known"
    radius_m = core.radius_m + _BANK_M
    area = disc(core.point.x, core.point.y, radius_m)
    country = lookup.country_of(rest[-1]) if rest else None
    land = land_of_country(country) if country else None
    inside = common_area(area, land) if land is not None else None
    if inside is not None:
        core = replace(core, country_a3=country)
        return changed(core, inside, "line", f"as far as {quoted(rest[-1])} reaches")
    return replace(core, footprint=area, radius_m=radius_m, precision="line")


def _ends(
    one: Named, other: Named, lookup: Lookup
) -> tuple[DescribedPlace | str, DescribedPlace | str]:
    """Both ends of a way: the one that is clear tells in which country the other one is."""
    start, end = lookup.named(one), lookup.named(other)
    if isinstance(start, str) and not isinstance(end, str):
        start = replace(lookup, likely=()).near(end.country_a3).named(one)
    elif isinstance(end, str) and not isinstance(start, str):
        end = replace(lookup, likely=()).near(start.country_a3).named(other)
    elif not isinstance(start, str) and not isinstance(end, str):
        start, end = _agreeing(one, other, start, end, lookup)
    return start, end


def _agreeing(
    one: Named, other: Named, start: DescribedPlace, end: DescribedPlace, lookup: Lookup
) -> tuple[DescribedPlace, DescribedPlace]:
    """Both ends in one country, where namesakes make that possible and the names leave it open."""
    if start.country_a3 == end.country_a3:
        return start, end
    gap_m = apart_m(start, end)
    others = (
        (lookup.near(end.country_a3).named(one), end) if len(one.names) == 1 else (start, end),
        (start, lookup.near(start.country_a3).named(other))
        if len(other.names) == 1
        else (start, end),
    )
    for first, second in others:
        if isinstance(first, str) or isinstance(second, str):
            continue
        if apart_m(first, second) < gap_m / _NEARER_TIMES:
            return first, second
    return start, end
