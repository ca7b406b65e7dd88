"""Descriptions of locations to trees: "20 km north of Gwoza", "in Jordan near the Syrian border".

Each rule of the grammar is one line of `_RULES`; its named parts are places, directions and
distances. Rules are tried in order, the most telling first; what no rule takes is a name.
"""

import re
from collections.abc import Callable

from geo.grammar.bearings import (
    DIRECTION,
    DISTANCE,
    Bearing,
    parse_bearing,
    parse_distance,
)
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

__all__ = ["parse_description"]

# Longer texts are stories, not descriptions.
_LONGEST = 300


def parse_description(text: str) -> Description | None:
    """What a description says, as a tree; None for an empty or a very long text.

    Examples
    --------
    >>> parse_description("near Rukban, Jordan")
    Near(place=Named(names=('Rukban', 'Jordan')), relation='near', distance=None, side=None)
    >>> parse_description("in Jordan near the Syrian border")
    BorderZone(sides=('Syrian',), within=Named(names=('Jordan',)), distance=None)
    """
    words = " ".join(text.split()).strip(" .;")
    if not words or len(words) > _LONGEST:
        return None
    for pattern, make in _COMPILED:
        match = pattern.fullmatch(words)
        description = make(match) if match else None
        if description is not None:
            return description
    return _named(words)


def _named(text: str) -> Named:
    bare = re.sub(r"^(?:(?:in|at|inside|within|the|of) )+", "", text.strip(), flags=re.IGNORECASE)
    names = tuple(part for part in re.split(r" ?, ?(?:in )?", bare) if part)
    return Named(names or (text.strip(),))


def _way(found: re.Match[str]) -> Bearing | None:
    said = found["way"]
    return parse_bearing(said) if said else None


def _part(found: re.Match[str]) -> Description:
    return Part(_named(found["place"]), _way(found))


def _towards(found: re.Match[str]) -> Description | None:
    bearing = _way(found)
    return Towards(_named(found["place"]), bearing) if bearing else None


def _offset(found: re.Match[str]) -> Description | None:
    distance = parse_distance(found["distance"])
    if distance is None:
        return None
    after = found.groupdict().get("after") or ""
    place, bearing = _named(found["place"] + after), _way(found)
    if distance.is_limit and bearing is None:
        return Near(place, "near", distance)
    return Offset(place, ((distance, bearing),))


def _legs(found: re.Match[str]) -> Description | None:
    distances = [parse_distance(found[name]) for name in ("first", "second")]
    bearings = [parse_bearing(found[name]) for name in ("way", "turn")]
    if None in distances or None in bearings:
        return None
    # Two headings at right angles are exact: only the distances are in doubt.
    legs = [
        (distance, Bearing(bearing.azimuth_deg, 0.0))
        for distance, bearing in zip(distances, bearings, strict=True)
        if distance and bearing
    ]
    return Offset(_named(found["place"]), tuple(legs))


def _off(found: re.Match[str]) -> Description:
    said = found.groupdict().get("distance")
    distance = parse_distance(said) if said else None
    return Near(_named(found["place"]), "off", distance, _way(found))


def _road(found: re.Match[str]) -> Description:
    after = found.groupdict().get("after") or ""
    return Along(_named(found["one"] + after), _named(found["other"] + after))


def _inland(found: re.Match[str]) -> Description | None:
    distance = parse_distance(found["distance"])
    if distance is None:
        return None
    return Inland(_named(found["country"]), found["neighbour"].strip(), distance)


def _border(found: re.Match[str]) -> Description | None:
    groups = found.groupdict()
    names = ("one", "other", "pair_one", "pair_other", "neighbour", "adjective")
    sides = tuple(re.sub(r"^(?:the|its) ", "", side) for name in names if (side := groups[name]))
    within = groups.get("outer") or groups.get("within") or groups.get("next")
    said = groups.get("distance")
    distance = parse_distance(said) if said else None
    if said and distance is None:
        return None
    return BorderZone(sides, _named(within) if within else None, distance)


def _apposition(found: re.Match[str]) -> Description | None:
    gloss = parse_description(found["gloss"])
    if gloss is None or isinstance(gloss, Named | Apposition):
        return None
    return Apposition(_named(found["place"]), gloss)


def _near(found: re.Match[str]) -> Description:
    return Near(_named(found["place"]), "near")


def _outside(found: re.Match[str]) -> Description:
    return Near(_named(found["place"]), "outside")


def _outskirts(found: re.Match[str]) -> Description:
    return _part(found) if found["way"] else Near(_named(found["place"]), "outskirts")


def _between(found: re.Match[str]) -> Description:
    return Between(_named(found["one"]), _named(found["other"]))


def _along(found: re.Match[str]) -> Description:
    return Along(_named(found["place"]), None)


_THE = "(?:the )?"
_ON = "(?:(?:on|along|off|at|in) )?"
_PLACE = "(?P<place>.+)"
_PAIR = "(?P<one>.+?) (?:to|and|with) (?P<other>.+)"
_HYPHEN_PAIR = r"(?P<{0}>[^\W\d][^,]*?) ?[-–] ?(?P<{1}>[^\W\d][^,]*?)"
_DISTANCE = f"(?P<distance>{DISTANCE})"
_WAY = f"(?:to the )?(?P<way>{DIRECTION})"
_AFTER = "(?P<after>,.+)?"
_ROAD = (
    "(?:main )?(?:road|highway|motorway|route|axis|railway|rail line|line|street|freeway"
    "|expressway)"
)
_LINE = "(?:border|frontier|boundary)"
# A name; words that lead up to another place end it.
_SIDE = r"[^\W\d](?:(?! (?:near|along|at|on|by|close|from|in) )[^,])*?"
_BORDER = (
    rf"{_THE}(?:{_LINE}(?: line)? (?:between|of) (?P<one>.+?) and (?P<other>.+?)"
    rf"|{_HYPHEN_PAIR.format('pair_one', 'pair_other')} {_LINE}"
    rf"|{_LINE} with (?P<neighbour>[^,]+?)|(?P<adjective>{_SIDE}) {_LINE})"
    r"(?: areas?| regions?| zones?| crossing)?(?:,? in(?:side)? (?P<within>.+)|, (?P<next>.+))?"
)
_OUTER = "(?:(?:in )?(?P<outer>.+?),? )??"
_BY = "(?:on|near|at|along|close to|by|in|around) (?:or (?:near|along) )?"
_NEAR = "near(?:by| to)?|close to|next to|around|beside|adjacent to|not far from"
_ROUND = f"(?:in )?{_THE}(?:vicinity|surroundings|area|environs) of"
_EDGE = "(?:outskirts|suburbs?|edges?) of"
_SECTION = (
    "(?:part|side|half|area|district|quarter|countryside|neighbou?rhood|portion|corner|tip|end"
    "|coast)s?"
)
_RULES: tuple[tuple[str, Callable[[re.Match[str]], Description | None]], ...] = (
    (
        (
            rf"{_DISTANCE} (?:deep )?(?:inside|into|within|in) (?P<country>.+?) "
            rf"(?:from|across|off) {_THE}(?:border (?:of|with) )?(?P<neighbour>[^,]+?)(?: border)?"
        ),
        _inland,
    ),
    (rf"{_OUTER}{_DISTANCE} (?:of|from|off) {_BORDER}", _border),
    (rf"{_OUTER}{_BY}{_BORDER}", _border),
    (_BORDER, _border),
    (
        (
            rf"(?P<first>{DISTANCE}) {_WAY}(?:,? and |, | )(?P<second>{DISTANCE}) "
            rf"(?:to the )?(?P<turn>{DIRECTION}) (?:of|from) {_PLACE}"
        ),
        _legs,
    ),
    (rf"{_DISTANCE} off {_THE}(?:(?P<way>{DIRECTION}) )?(?:coast|shore)s? of {_PLACE}", _off),
    (
        (
            rf"{_DISTANCE},? (?:{_WAY},? )?(?:of|from|outside|off) (?P<place>.+?)"
            rf"(?: (?:by road|on the .+? {_ROAD}|along the .+))?"
        ),
        _offset,
    ),
    (rf"(?P<place>[^,]+?),? \(?{_DISTANCE} {_WAY}\)?{_AFTER}", _offset),
    (
        r"(?:(?:half-?way|mid-?way|somewhere|in|the area) )*between (?P<one>.+?) and (?P<other>.+)",
        _between,
    ),
    (rf"{_ON}{_THE}{_ROAD} (?:from|between|linking|connecting|joining) {_PAIR}", _road),
    (rf"{_ON}{_THE}{_HYPHEN_PAIR.format('one', 'other')} {_ROAD}{_AFTER}", _road),
    (rf"(?:along|(?:on|by) the banks? of) {_THE}{_PLACE}", _along),
    (rf"(?:just )?off {_THE}(?:(?P<way>{DIRECTION}) )?(?:(?:coast|shore)s? of )?{_PLACE}", _off),
    (rf"(?:(?:just|right) )?(?:{_NEAR}|{_ROUND}) {_PLACE}", _near),
    (rf"{_ON}{_THE}(?:(?P<way>{DIRECTION}) )?{_EDGE} {_PLACE}", _outskirts),
    (rf"(?:(?:just|right) )?outside (?:of )?{_PLACE}", _outside),
    (rf"(?:in )?the (?P<way>{DIRECTION}|cent(?:er|re)|middle|heart) of {_PLACE}", _part),
    (rf"(?:(?:just|lying|located) )*{_WAY} (?:of|from) {_PLACE}", _towards),
    (rf"{_ON}{_THE}(?P<way>{DIRECTION}|central) {_SECTION} of {_PLACE}", _part),
    (rf"(?:in )?{_THE}(?P<way>{DIRECTION}(?<=ern)|central) {_PLACE}", _part),
    (rf"{_PLACE} (?:area|vicinity|surroundings|environs|outskirts|suburbs)", _near),
    (
        (
            rf"(?P<place>[^,]+), (?P<gloss>(?:{DISTANCE}|near|close to|outside|between|along|on the"
            rf"|{DIRECTION} of)\b.+)"
        ),
        _apposition,
    ),
)
_COMPILED = tuple((re.compile(rule, re.IGNORECASE), make) for rule, make in _RULES)
