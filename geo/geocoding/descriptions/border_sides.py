"""The sides of a border: which countries or provinces the words name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from geo.geocoding.descriptions.border_zones import neighbours
from geo.geocoding.descriptions.described import DescribedPlace
from geo.geocoding.descriptions.lookup import Lookup
from geo.geocoding.descriptions.parts import extent
from geo.geocoding.wording import quoted
from geo.grammar.location_tree import Named

__all__ = ["Side", "border_sides"]

# One letter stands for something unsaid.
_SHORTEST_NAME = 2
# Three countries, each with a hyphen in its name.
_MOST_PIECES = 6


@dataclass(frozen=True)
class Side:
    """One side of a border: a country, a place in it, or a region of several (no code)."""

    country_a3: str | None
    place: DescribedPlace | None = None


def border_sides(pieces: Sequence[str], lookup: Lookup) -> list[Side] | str:
    """Sides that words between hyphens name, or the reason why one of them is unknown.

    Parameters
    ----------
    pieces
        Names and adjectives; a hyphen may stand inside a name, as in Guinea-Bissau.
    lookup
        Finds countries and places.
    """
    if len(pieces) > _MOST_PIECES:
        return "More than three sides of a border are named"
    for names in _joined(pieces):
        if min(map(len, names), default=0) >= _SHORTEST_NAME and all(map(lookup.country_of, names)):
            pieces = names
            break
    sides: list[Side] = []
    for name in pieces:
        side = _side(name, _among(sides, lookup))
        if isinstance(side, str):
            return side
        sides.append(side)
    if len(sides) < 2:
        return sides
    # The first had no other to be near to.
    again = _side(pieces[0], _among(sides[1:], lookup))
    return sides if isinstance(again, str) else [again, *sides[1:]]


def _among(sides: Sequence[Side], lookup: Lookup) -> Lookup:
    """The lookup, with the countries of other sides and their neighbours as likely ones."""
    codes = [side.country_a3 for side in sides if side.country_a3]
    around = [code for one in codes for code in neighbours(one)]
    return replace(lookup, likely=(*codes, *lookup.likely, *around))


def _joined(pieces: Sequence[str]) -> Iterator[list[str]]:
    """All ways to join pieces by hyphens, those with the fewest names first."""
    for count in range(len(pieces)):
        for cuts in combinations(range(1, len(pieces)), count):
            ends = [0, *cuts, len(pieces)]
            yield ["-".join(pieces[start:end]) for start, end in pairwise(ends)]


def _side(name: str, lookup: Lookup) -> Side | str:
    if len(name) < _SHORTEST_NAME:
        return f"No country {quoted(name)} is known"
    said = Named((name,))
    place = lookup.named(said)
    code = lookup.country_of(name)
    if code is not None:
        # A region that lies in one country stands for it elsewhere.
        if isinstance(place, str) or place.precision not in {"admin1", "vicinity"}:
            return Side(code)
        return Side(place.country_a3 or code, place)
    if isinstance(place, str):
        # What lies in several countries is likelier in none of them.
        place = replace(lookup, likely=()).named(said)
    is_region = not isinstance(place, str) and place.country_a3 is None
    province = None if is_region else lookup.province(said)
    if province is not None and (isinstance(place, str) or province.country_a3 in lookup.likely):
        place = province
    if isinstance(place, str):
        return f"No country {quoted(name)} is known; {place}"
    if place.country_a3 is None and (place.anchor is None or extent(place.anchor) is None):
        return f"{quoted(name)} lies in no country that is known"
    return Side(place.country_a3, place)
