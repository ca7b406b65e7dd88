"""Descriptions of locations to trees: "20 km north of Gwoza", "in Jordan near the Syrian border".

Each rule of the grammar is one line of `_GROUPS`; its named parts are places, directions and
distances. Rules are tried in order, the most telling first; what no rule takes is a name. Words of
one description that say where another place lies split it in two.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from geo.grammar.bearings import DIRECTION, Bearing, parse_bearing
from geo.grammar.border_words import parse_border
from geo.grammar.bound_names import bound, unbound
from geo.grammar.distances import DISTANCE, Distance, parse_distance
from geo.grammar.glosses import parse_way, split_gloss
from geo.grammar.location_tree import (
    Along,
    Apposition,
    Between,
    BorderZone,
    Description,
    Named,
    Near,
    Offset,
    Part,
    Partly,
    Towards,
    Unread,
)
from geo.grammar.names_in_descriptions import read_name

__all__ = ["parse_description"]

# Longer texts are stories, not descriptions.
_LONGEST = 300
_SAID_TWICE = re.compile(rf"(?P<distance>{DISTANCE}) \({DISTANCE}\)", re.IGNORECASE)
_IS_RADIUS = re.compile(r"\bradius\b", re.IGNORECASE)
_BRACKETS = re.compile(r" ?\((?P<inner>[^()]+)\)")
_AREA_OF = re.compile(
    r"(?P<place>[^,()]+) \((?:the )?(?P<what>area|vicinity|outskirts|suburbs|near)(?: of)?\)"
)
# International waters begin where the territorial sea ends.
_TERRITORIAL_SEA = replace(Distance(22_224.0, 0.0), bound="from")
_RIGHT_ANGLE_DEG, _SLACK_DEG = 90.0, 0.1


def parse_description(text: str) -> Description | None:
    """What a description says, as a tree; None for an empty or a very long text.

    Examples
    --------
    >>> parse_description("near Rukban, Jordan")
    Near(place=Named(names=('Rukban', 'Jordan')), relation='near', distance=None, side=None)
    >>> parse_description("in Jordan near the Syrian border")
    BorderZone(sides=('Syrian',), within=Named(names=('Jordan',)), distance=None, side=None,
               heading=None)
    """
    words = " ".join(text.split()).strip(" .;")
    if not words or len(words) > _LONGEST:
        return None
    if "(" in words:
        # The press states a distance twice: 15 kilometers (9 miles).
        words = _SAID_TWICE.sub(r"\g<distance>", words)
        # "Batna (area of)" is the area of Batna; other words in brackets stand after a comma.
        words = _BRACKETS.sub(r", \g<inner>", _AREA_OF.sub(_turned, words))
    return _unusable(words) or _parsed(bound(words))


def _turned(found: re.Match[str]) -> str:
    return (
        f"near {found['place']}" if found["what"] == "near" else f"{found['place']} {found['what']}"
    )


def _unusable(words: str) -> Unread | None:
    """Words whose number cannot be meant: to leave it out would answer another question."""
    if _BELOW_ZERO.match(words):
        return Unread(words, "a distance cannot be below zero")
    if (found := _ODD_UNIT.match(words)) and found["unit"].islower():
        return Unread(words, f"“{found['unit']}” is no unit of distance")
    if (found := _DISTANCE_AT_START.match(words)) and parse_distance(found[0]) is None:
        return Unread(words, "no place on Earth is that far away")
    return None


def _parsed(words: str) -> Description:
    if border := parse_border(words):
        zone, outer = border
        return _within(zone, outer) if outer else zone
    if split := split_gloss(words):
        return _joined(*split)
    for telltale, rules in _GROUPS:
        if telltale.search(words) is None:
            continue
        for pattern, make in rules:
            match = pattern.fullmatch(words)
            description = make(match) if match else None
            if description is not None:
                return description
    return read_name(words)


def _within(zone: Description, outer: str) -> Description:
    """A zone near a border, in a place or a description."""
    place = _parsed(outer)
    if isinstance(zone, Partly):
        return Partly(_within(zone.read, outer), zone.unread)
    if isinstance(place, Named) and isinstance(zone, BorderZone):
        names = place.names + (zone.within.names if zone.within else ())
        return replace(zone, within=Named(names))
    return Apposition(place, zone)


def _joined(head: str, gloss: str) -> Description:
    """Two descriptions of one place, or one and the way on which it lies."""
    if _VAGUE.fullmatch(head):
        return _parsed(gloss)
    place = _parsed(head)
    way = parse_way(gloss)
    if way is None:
        return Apposition(place, _parsed(gloss))
    if isinstance(place, Offset):
        return replace(place, towards=way)
    start = place if isinstance(place, Named) else getattr(place, "place", None)
    if isinstance(start, Named):
        return Apposition(place, Along(start, way))
    return Partly(place, gloss)


def _way(found: re.Match[str]) -> Bearing | None:
    said = found.groupdict().get("way")
    return parse_bearing(said) if said else None


def _place(found: re.Match[str]) -> Named:
    return read_name(found["place"] + (found.groupdict().get("after") or ""))


def _part(found: re.Match[str]) -> Description:
    bearing, place = _way(found), _place(found)
    is_central = bool(found.groupdict().get("central") and bearing)
    return Part(place, bearing, is_central, _title(found, place))


def _title(found: re.Match[str], place: Named) -> Named | None:
    """The words of a part as a name: Western Area, the Far North of Cameroon."""
    said = found.groupdict()
    if said.get("own"):
        return Named((unbound(said["own"]), *place.names))
    if said.get("titled"):
        return Named((said["titled"] + place.names[0], *place.names[1:]))
    return None


def _countryside(found: re.Match[str]) -> Description:
    # The land round a town is its province's.
    first, *rest = _place(found).names
    return Part(Named((f"{first} Governorate", *rest)), _way(found))


def _towards(found: re.Match[str]) -> Description | None:
    bearing = _way(found)
    is_title = found["way"][0].isupper() and found.start("way") == 0 and len(found["way"]) > 3
    return Towards(_place(found), bearing, is_title) if bearing else None


def _offset(found: re.Match[str]) -> Description | None:
    distance = parse_distance(found["distance"])
    if distance is None:
        return None
    said = found.groupdict()
    place, bearing = _place(found), _way(found)
    if distance.bound == "up to" and bearing is None:
        return Near(place, "near", distance)
    offset = Offset(place, ((distance, bearing),))
    lost = said.get("lost")
    return Partly(offset, lost) if lost else offset


def _on_the_road(found: re.Match[str]) -> Description | None:
    distance = parse_distance(found["distance"])
    if distance is None:
        return None
    return Offset(_place(found), ((distance, None),), read_name(found["goal"]))


def _legs(found: re.Match[str]) -> Description | None:
    distances = [parse_distance(found[name]) for name in ("first", "second")]
    bearings = [parse_bearing(found[name]) for name in ("way", "turn")]
    legs = [
        (distance, bearing)
        for distance, bearing in zip(distances, bearings, strict=True)
        if distance and bearing
    ]
    if len(legs) < 2:
        return None
    turn_deg = abs(legs[0][1].azimuth_deg - legs[1][1].azimuth_deg) % 180.0
    if abs(turn_deg - _RIGHT_ANGLE_DEG) < _SLACK_DEG:
        # Two headings at right angles are exact: only the distances are in doubt.
        legs = [(distance, replace(bearing, error_deg=0.0)) for distance, bearing in legs]
    return Offset(_place(found), tuple(legs))


def _off(found: re.Match[str]) -> Description:
    said = found.groupdict().get("distance")
    distance = parse_distance(said) if said else None
    return Near(_place(found), "off", distance, _way(found))


def _beyond_territorial_sea(found: re.Match[str]) -> Description:
    return Near(_place(found), "off", _TERRITORIAL_SEA)


def _coast(found: re.Match[str]) -> Description:
    return Near(_place(found), "coast", None, _way(found))


def _road(found: re.Match[str]) -> Description:
    after = found.groupdict().get("after") or ""
    return Along(read_name(found["one"] + after), read_name(found["other"] + after))


def _near(found: re.Match[str]) -> Description:
    return Near(_place(found), "near")


def _within_radius(found: re.Match[str]) -> Description | None:
    distance = parse_distance(found["distance"])
    if distance is None or _IS_RADIUS.search(found[0]) is None:
        return None
    return Near(_place(found), "near", replace(distance, bound="up to"))


def _outside(found: re.Match[str]) -> Description:
    return Near(_place(found), "outside")


def _outskirts(found: re.Match[str]) -> Description:
    if found.groupdict().get("way"):
        return _part(found)
    return Near(_place(found), "outskirts")


def _between(found: re.Match[str]) -> Description:
    return Between(read_name(found["one"]), read_name(found["other"]))


def _along(found: re.Match[str]) -> Description:
    return Along(_place(found), None)


def _unread(found: re.Match[str]) -> Description:
    return Unread(unbound(found[0]))


_THE = "(?:the )?"
_ON = "(?:(?:on|along|off|at|in) )?"
_PLACE = "(?P<place>.+)"
_PAIR = "(?P<one>.+?) (?:to|and|with) (?P<other>.+)"
_HYPHEN_PAIR = r"(?P<one>[^\W\d][^,]*?) ?[-–—/] ?(?P<other>[^\W\d][^,]*?)"
_DISTANCE = f"(?P<distance>{DISTANCE})"
_EXACTLY = "(?:to the |in the |due |directly |straight |further |farther )*"
_WAY = f"{_EXACTLY}(?P<way>{DIRECTION})"
_AFTER = "(?P<after>,.+)?"
_ROAD = (
    "(?:main )?(?:road|highway|hwy|motorway|route|axis|railway|rail line|line|street|freeway"
    "|expressway|track|corridor)"
)
_NEAR = (
    "near(?:by| to)?|close to|next to|around|beside|adjacent to|not far from|opposite|across from"
    "|in (?:and|or) (?:around|near)|at or near|on or near"
    "|a (?:short|little) (?:distance|way|drive|walk|ride)(?: away)? from|a stone['’]s throw from"
)
_ROUND = f"(?:in )?{_THE}(?:vicinity|surroundings|area|environs|neighbou?rhood) of"
_EDGE = "(?:outskirts|suburbs?|edges?|fringes?) of"
_SECTION = (
    "(?:part|side|half|area|district|quarter|countryside|neighbou?rhood|portion|corner|tip|end"
    "|region|reaches|section)s?"
)
_LOST = (
    "inland|upstream|downstream|upriver|downriver|uphill|down the road|up the road|along the coast"
    "|offshore"
)
_COAST = "(?:coast|coastline|coastal (?:area|region|strip|zone)|seaboard)"
_AT_COAST = "(?:(?:near|along|on|by|at|in|close to) )?"
_FAR = "(?:(?:far|extreme|deep|upper|lower|remote|rural) )?"
_CENTRAL = "(?:[- ](?P<central>central))"
_BY_ROAD = "(?: (?:by (?:road|air|car)|as the crow flies|away))?"
_SEA = rf"(?:(?:in|from) )?{_THE}(?:waters|seas?) (?:just )?off"

_RULE = tuple[str, Callable[[re.Match[str]], Description | None]]
_WITH_DISTANCES: tuple[_RULE, ...] = (
    (
        (
            rf"(?P<first>{DISTANCE}),? {_WAY}(?:,? (?:and(?: then)?|then) |, | )"
            rf"(?P<second>{DISTANCE}) {_EXACTLY}(?P<turn>{DIRECTION}) (?:of|from) {_PLACE}"
        ),
        _legs,
    ),
    (
        (
            rf"{_DISTANCE} off (?:of )?{_THE}(?:(?P<way>{DIRECTION}) )?"
            rf"(?:(?:coast|shore)s? (?:of|off) )?{_PLACE}"
        ),
        _off,
    ),
    (
        (
            rf"(?:within |in |inside )?(?:a )?(?:radius of )?{_DISTANCE}(?: radius)? "
            rf"(?:around|round|radius (?:of|from|around)|of|from) {_THE}{_PLACE}"
        ),
        _within_radius,
    ),
    (
        (
            rf"{_DISTANCE}{_BY_ROAD},? (?:(?P<lost>{_LOST}) )?(?:{_WAY},? )?"
            rf"(?:of|from|outside(?: of)?|away from) (?P<place>.+?){_BY_ROAD}"
        ),
        _offset,
    ),
    (rf"(?P<place>[^,]+?),? {_DISTANCE} {_WAY}{_AFTER}", _offset),
    (rf"{_WAY} (?:of|from) (?P<place>[^,]+?),? {_DISTANCE}{_AFTER}", _offset),
    (rf"{_DISTANCE},? {_WAY} (?P<place>(?-i:[^\W\d_a-z]).*)", _offset),
    (
        (
            rf"{_DISTANCE} (?:along|down|up|on) the {_ROAD} from (?P<place>.+?) to(?:wards)? "
            r"(?P<goal>.+)"
        ),
        _on_the_road,
    ),
)
_WITH_WAYS: tuple[_RULE, ...] = (
    (
        (
            r"(?:(?:roughly|about|approximately|half-?way|mid-?way|somewhere"
            r"|in|the area|the region|on the (?:front|contact)"
            r" ?line) )*between (?:the )?(?P<one>.+?) and (?P<other>.+)"
        ),
        _between,
    ),
    (rf"{_ON}{_THE}{_ROAD} (?:from|between|linking|connecting|joining|of) {_PAIR}", _road),
    (rf"{_ON}{_THE}{_HYPHEN_PAIR} {_ROAD}{_AFTER}", _road),
    (
        (
            rf"(?:just )?off {_THE}(?P<place>[^,]+?)(?:['’]s?)? (?:(?P<way>{DIRECTION}) )?{_COAST}"
            f"{_AFTER}"
        ),
        _off,
    ),
    (rf"{_AT_COAST}{_THE}(?:(?P<way>{DIRECTION}) )?{_COAST} of {_THE}{_PLACE}", _coast),
    (
        (
            rf"{_AT_COAST}{_THE}(?P<place>[^,]+?)(?:['’]s?)? (?:(?P<way>{DIRECTION}) )?{_COAST}"
            f"{_AFTER}"
        ),
        _coast,
    ),
    (rf"(?:along|(?:on|by|at) the (?:\S+ )?(?:banks?|shores?) of) {_THE}{_PLACE}", _along),
    (r"(?:on|by|at) the (?P<place>.+ (?:River|river|Lake|lake)|(?:River|Lake) .+)", _along),
)
_PLAIN: tuple[_RULE, ...] = (
    (
        r"(?:(?:at|near) )?the (?:confluence|junction|intersection|crossroads?|other side) of .+",
        _unread,
    ),
    (
        (
            rf"(?:in )?{_THE}(?:international waters|high seas?) off {_THE}(?:coast of {_THE})?"
            rf"{_PLACE}"
        ),
        _beyond_territorial_sea,
    ),
    (
        (
            rf"(?:(?:just )?off|{_SEA}) {_THE}(?:(?P<way>{DIRECTION}) )?"
            rf"(?:(?:coast|shore)s? of )?{_THE}{_PLACE}"
        ),
        _off,
    ),
    (rf"(?:(?:just|right|very) )?(?:{_NEAR}|{_ROUND}) {_THE}{_PLACE}", _near),
    (rf"{_ON}{_THE}(?:(?P<way>{DIRECTION}) )?{_EDGE} {_PLACE}", _outskirts),
    (rf"(?:(?:just|right) )?outside (?:of )?{_PLACE}", _outside),
    (
        (
            rf"(?:in )?the {_FAR}(?:(?P<way>{DIRECTION}){_CENTRAL}?|cent(?:er|re)|middle|heart"
            rf"|interior) of {_PLACE}"
        ),
        _part,
    ),
    (rf"(?:(?:just|lying|located|situated) )*{_WAY} (?:of|from) {_PLACE}", _towards),
    (
        rf"{_ON}{_THE}{_FAR}(?:(?P<way>{DIRECTION}){_CENTRAL}?|central) {_SECTION} of {_PLACE}",
        _part,
    ),
    (
        rf"(?:in )?{_THE}{_FAR}(?P<way>{DIRECTION}(?<=ern)) (?P<place>[^,]+) countryside{_AFTER}",
        _countryside,
    ),
    (
        (
            rf"(?:in )?{_THE}(?P<titled>{_FAR}(?:(?P<way>{DIRECTION}(?:(?<=ern)|(?=[- ]central)))"
            rf"{_CENTRAL}?|central|downtown) ){_PLACE}"
        ),
        _part,
    ),
    (rf"(?:in )?(?P<place>[^,]+?)['’]s? (?P<own>{_FAR}(?P<way>{DIRECTION})){_AFTER}", _part),
    (rf"(?:in )?the (?P<place>[^,]+) (?P<own>{_FAR}(?P<way>{DIRECTION}(?<=[th]))){_AFTER}", _part),
    (
        r"(?:in )?(?P<way>(?-i:(?:north|south)[- ]?(?:east|west))) (?P<place>(?-i:[^\W\d_a-z]).*)",
        _part,
    ),
    (rf"(?P<place>[^,]+?) (?:city |town )?(?:cent(?:er|re)|downtown){_AFTER}", _part),
    (rf"(?P<place>[^,]+) (?:outskirts|suburbs){_AFTER}", _outskirts),
    (rf"(?P<place>[^,]+) (?:area|vicinity|surroundings|environs){_AFTER}", _near),
)
# "A village" is none in particular.
_VAGUE = re.compile(
    r"(?:in )?(?:an?|some|the) (?:(?:small|remote|nearby|rural|unnamed|unknown) )*"
    r"(?:village|town|hamlet|settlement|farm|area|location|place|site|camp|community|spot)",
    re.IGNORECASE,
)
_BELOW_ZERO = re.compile(rf"[-−–] ?{DISTANCE}", re.IGNORECASE)
_DISTANCE_AT_START = re.compile(rf"{DISTANCE}(?= )", re.IGNORECASE)
_ODD_UNIT = re.compile(
    rf"(?!{DISTANCE}(?!\w))[-−–+]?\d[\d.,]*\s?(?P<unit>(?!(?:village|town|settlement|camp|house)s?\b)"
    rf"[^\W\d]+) (?:from|away from|(?:to the )?{DIRECTION} (?:of|from)) ",
    re.IGNORECASE,
)
_DIGIT = (
    r"\d|[½¼¾]|\b(?:k(?:m|ilo|lick)|mi|n(?:m|autical)|met|hour|hr|day|league|y(?:ar)?d|feet|click)"
)
_GROUPS = tuple(
    (
        re.compile(telltale, re.IGNORECASE),
        tuple((re.compile(rule, re.IGNORECASE), make) for rule, make in rules),
    )
    for telltale, rules in (
        (_DIGIT, _WITH_DISTANCES),
        (rf"\b(?:between|along|banks?|shores?|river|lake|coast\w*|seaboard|{_ROAD})\b", _WITH_WAYS),
        ("", _PLAIN),
    )
)
