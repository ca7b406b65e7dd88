"""What a text says beside a name about where it lies: "Paris, Texas", "Georgian town of Gori"."""

import re
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from geo.gazetteer.places import Gazetteer, Place
from geo.grammar.place_forms import name_forms
from geo.grammar.proper_names import name_at
from geo.vocabulary import demonym_country

__all__ = ["find_qualifiers", "lies_in", "qualifier_after", "qualifier_before"]

_CAPITAL_NEXT = r"(?=[^\W\d_a-z])"
_DIRECTION = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|central)"
_AFTER = re.compile(
    rf"(?:(?P<comma>,\s+)|\s+\(|\s+in\s+)(?:in\s+)?(?:the\s+)?(?:{_DIRECTION}(?:ern)?\s+)?"
    rf"{_CAPITAL_NEXT}"
)
_KIND = r"(?:capital|city|town|village|district|province|state|region|port|suburb|county)"
_BEFORE = re.compile(
    rf"([^\W\d_a-z]\w+)(?:['’]s)?\s+(?:[a-z-]+\s+){{0,2}}{_KIND}\s+of\s+(?:the\s+)?$"
)
# Shorter words may be abbreviations: St. Louis, D.C.
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{4})\.\s")
# How far back a word may stand, and how long a qualifier is.
_BACK, _AHEAD, _MOST_WORDS = 60, 60, 3
_NEAR_TOWN_M = 50_000.0
_NEAR_UNIT_M = 80_000.0
_MOST_PLACES = 12
_RANK = {"country": 0, "admin1": 1, "area": 2, "admin2": 3, "settlement": 4}
_WIDE = frozenset({"country", "admin1"})
# Those of a gazetteer go with it.
_MOST_KNOWN = 10_000
_known: WeakKeyDictionary[Gazetteer, dict[str, tuple[Place, ...]]] = WeakKeyDictionary()


def qualifier_after(text: str, end: int) -> tuple[str, bool]:
    """Name that follows a name and may say where it lies, and whether after a comma.

    Empty where there is none.

    Examples
    --------
    >>> text = "A fire in Paris, Texas"
    >>> qualifier_after(text, text.index(","))
    ('Texas', True)
    """
    lead = _AFTER.match(text, end, end + _AHEAD)
    if lead is None:
        return "", False
    span = name_at(text, lead.end(), min(len(text), lead.end() + _AHEAD))
    if span is None:
        return "", False
    return _SENTENCE_END.split(span.of(text), maxsplit=1)[0], lead["comma"] is not None


def qualifier_before(text: str, start: int) -> str:
    """Adjective or name that leads up to a name: "the Georgian town of".

    Examples
    --------
    >>> text = "in the Georgian town of Gori"
    >>> qualifier_before(text, text.index("Gori"))
    'Georgian'
    """
    found = _BEFORE.search(text[max(0, start - _BACK) : start])
    return found[1] if found else ""


def find_qualifiers(said: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Areas and towns that a qualifier can mean; a title behind it is left aside.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> [place.place_id for place in find_qualifiers("Texas Governor", shipped_gazetteer())][:1]
    ['ne:US-TX']
    """
    known = _known.setdefault(gazetteer, {})
    if said not in known:
        if len(known) >= _MOST_KNOWN:
            known.clear()
        known[said] = _found(said, gazetteer)
    return known[said]


def _found(said: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    words = said.split()[:_MOST_WORDS]
    while words:
        name = " ".join(words)
        by_demonym = demonym_country(name)
        if by_demonym and (country := gazetteer.get(f"ne:{by_demonym}")):
            return (country,)
        for form in name_forms(name):
            if places := gazetteer.find(form):
                return _likely(places)
        words.pop()
    return ()


def _likely(places: Sequence[Place]) -> tuple[Place, ...]:
    """Countries and provinces if there are any; else districts, then the largest towns."""
    ranked = sorted(
        (place for place in places if place.kind in _RANK),
        key=lambda place: (_RANK[place.kind], -place.population, place.place_id),
    )
    wide = [place for place in ranked if place.kind in _WIDE]
    return tuple((wide or ranked)[:_MOST_PLACES])


def lies_in(place: Place, qualifier: Place) -> bool:
    """Whether a place lies in a country, province or district, or close to a town."""
    if place.place_id == qualifier.place_id or place.kind == "country":
        return False
    if qualifier.kind == "country":
        return place.country_a3 == qualifier.country_a3
    if place.kind == "admin1" or place.country_a3 != qualifier.country_a3:
        return False
    if qualifier.kind == "admin1":
        return place.admin1_code == qualifier.admin1_code
    reach_m = _NEAR_UNIT_M if qualifier.kind == "admin2" else _NEAR_TOWN_M
    if qualifier.kind == "area":
        reach_m = qualifier.radius_m or _NEAR_UNIT_M
    return place.distance_m(qualifier) <= reach_m
