"""Words that stand where a name should and name no place of their own."""

import unicodedata

from geo.grammar.names import normalise_name

__all__ = ["why_no_name"]

# Each is also the name of some town: Of in Turkey, the City in London, Market in Finland. Whoever
# writes it in a table of incidents means none of them.
_WORDS = """
a, an, and, at, by, from, in, near, of, off, on, the, to, unknown, various, several, other, none,
airport, bank, bar, base, beach, border, bridge, building, bus, camp, capital, center, centre,
checkpoint, church, city, clinic, coast, country, countryside, county, crossing, desert, district,
downtown, east, embassy, factory, farm, field, forest, frontier, harbor, harbour, highway, hill,
home, hospital, hotel, house, island, junction, lake, market, military base, mosque, mountain,
mountains, neighborhood, neighbourhood, north, office, outskirts, park, place, police station,
port, prison, province, refugee camp, region, residence, restaurant, river, road, rural area,
school, sea, shop, south, square, state, station, street, suburb, suburbs, temple, town,
university, valley, village, west, woods
"""
_COMMON = frozenset(map(normalise_name, _WORDS.split(",")))


def why_no_name(text: str) -> str | None:
    """Why a text cannot be the name of a place; None where it may be one.

    Examples
    --------
    >>> why_no_name("12,5"), why_no_name("the hospital"), why_no_name("Homs")
    ('it holds no letter', 'it is a common word and names no place', None)
    """
    if any(unicodedata.category(sign) == "Cc" for sign in text if not sign.isspace()):
        return "it holds control characters"
    if not any(sign.isalpha() for sign in text):
        return "it holds no letter"
    key = normalise_name(text)
    if key in _COMMON or key.removeprefix("the ") in _COMMON:
        return "it is a common word and names no place"
    return None
