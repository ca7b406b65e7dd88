"""Words that stand where a name should and name no place of their own."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
# As programs write them: Nan is a town in Thailand.
_MISSING = frozenset({"NaN", "nan", "NAN", "NA", "None"})
_MISSING_IN_ANY_CASE = frozenset(
    {"null", "n/a", "#n/a", "undefined", "tbd", "tba", "true", "false"}
)
_UNTOLD = re.compile(
    r"(?:an? |the )?(?:unnamed|unknown|unidentified|unspecified|undisclosed)"
    r"(?: (?:area|city|district|locality|location|place|province|region|settlement|site|town"
    r"|village))?"
)
_LINK = re.compile(r"(?:https?://|www\.|goo\.gl/|maps\.app\.)\S+$", re.IGNORECASE)
_COMMON = frozenset(map(normalise_name, _WORDS.split(",")))


def why_no_name(text: str) -> str | None:
    """Why a text cannot be the name of a place; None where it may be one.

    Examples
    --------
    >>> why_no_name("12,5"), why_no_name("the hospital"), why_no_name("Homs")
    ('it holds no letter', 'it is a common word and names no place', None)
    """
    return next(_faults(text), None)


def _faults(text: str) -> Iterator[str]:
    if _LINK.match(text.strip()):
        yield "it is a link that states no position; open it and copy the coordinates"
    if any(unicodedata.category(sign) == "Cs" or sign == "\ufffd" for sign in text):
        yield "it holds broken characters; the text was read in another encoding than it has"
    if any(unicodedata.category(sign) == "Cc" for sign in text if not sign.isspace()):
        yield "it holds control characters"
    if not any(sign.isalpha() for sign in text):
        yield "it holds no letter"
    if text.strip() in _MISSING or text.strip().casefold() in _MISSING_IN_ANY_CASE:
        yield "it stands for a missing value"
    key = normalise_name(text)
    if key in _COMMON or key.removeprefix("the ") in _COMMON:
        yield "it is a common word and names no place"
    if _UNTOLD.fullmatch(key):
        yield "it names no place"
    if key in _actors():
        yield "it is an actor, no place"


@cache
def _actors() -> frozenset[str]:
    text = Path(__file__).with_name("no_places.toml").read_text(encoding="utf-8")
    return frozenset(map(normalise_name, tomllib.loads(text)["actors"]))
