"""Words for borders: "the Syrian border", "in X near the border with Y"."""

import re

from geo.grammar.bearings import DIRECTION, parse_bearing
from geo.grammar.bound_names import unbound
from geo.grammar.distances import DISTANCE, parse_distance
from geo.grammar.location_tree import (
    Apposition,
    BorderZone,
    Description,
    Inland,
    Named,
)
from geo.grammar.names_in_descriptions import read_name

__all__ = ["parse_border"]

_TELLTALE = re.compile(r"\b(?:borders?|frontiers?|boundar(?:y|ies)|borderlands?)\b", re.IGNORECASE)
_INSIDE = re.compile(r"\b(?:inside|into|within|in)\b", re.IGNORECASE)
_THE = "(?:the |its )?"
_LINE = "(?:borders?|frontiers?|boundar(?:y|ies)|borderlands?)"
# A name; words that lead up to another place end it.
_SIDE = r"[^\W\d](?:(?! (?:near|along|at|on|by|close|from|in|between|to|of|with|outside) )[^,()])*?"
_LIST = rf"{_SIDE}(?:,? (?:and|&) {_SIDE}|, {_SIDE},? and {_SIDE})"
_TRI = r"(?:(?:tri|three|triple)(?:[- ](?:country|state|point))?[- ]?)?"
_AREA = (
    "(?: (?:lines?|areas?|regions?|zones?|strips?|belts?|triangle|district|town|village|crossings?"
    "|(?:crossing )?points?|posts?|gates?|checkpoints?))*"
)
_BORDER = (
    rf"{_THE}(?:(?P<side>{_SIDE}) side of {_THE})?"
    rf"(?:{_TRI}{_LINE}{_AREA} (?:between|of|shared by|with) {_THE}(?P<listed>{_LIST})"
    rf"|(?P<owner>{_SIDE})(?:['’]s?)? {_LINE}{_AREA} with {_THE}(?P<partner>{_SIDE})"
    rf"|{_LINE}{_AREA} (?:of|with) {_THE}(?P<neighbour>{_SIDE})"
    rf"|(?P<joined>{_SIDE})(?:['’]s?)? {_TRI}{_LINE}{_AREA}"
    rf"|(?P<and>{_LIST}) {_LINE}{_AREA}"
    rf"|{_TRI}{_LINE}{_AREA})"
    r"(?:,? (?:in|inside|on) (?P<within>[^\W\d_].+)|, (?P<next>.+))?"
)
_OUTER = r"(?:(?:in |at )?(?P<outer>.+?),? \(?)??"
_BY = (
    "(?:(?:right|just|located|lying|situated) )*"
    "(?:on|near(?: to)?|at|along|close to|by|in|around|towards?|adjacent to|bordering"
    "|next to|not far from|in the vicinity of)"
    "(?: (?:or|and) (?:near|along|close to|on|at))* "
)
_AWAY = rf"(?: away)?(?: (?:to the )?(?P<way>{DIRECTION}))?"
_IS_CROSSING = re.compile(r" (?:crossing|post|checkpoint|gate)\b", re.IGNORECASE)
_CROSSING = re.compile(
    rf"(?:(?:on|near|at|close to|by|around|in) )?{_THE}(?P<name>{_SIDE})(?: border)? "
    rf"(?:crossing|post|checkpoint|gate)(?: point)? (?:between|from) {_THE}(?P<one>{_SIDE}) "
    rf"(?:and|to) {_THE}(?P<other>{_SIDE})",
    re.IGNORECASE,
)
_ACROSS = re.compile(
    rf"(?P<distance>{DISTANCE}) (?:across|over|beyond) {_THE}{_LINE},? (?:in|into|inside) {_THE}"
    r"(?P<country>[^,]+)",
    re.IGNORECASE,
)
_INLAND = (
    rf"(?P<distance>{DISTANCE}) (?:deep )?(?:inside|into|within|in)(?: of)?(?! from) {_THE}"
    rf"(?P<country>.+?)(?: {_LINE})?(?: (?:from|across|off) {_THE}(?:{_LINE} (?:of|with) )?"
    rf"(?P<neighbour>[^,]+?)(?: {_LINE})?)?"
)
_RULES = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        rf"{_OUTER}(?P<distance>{DISTANCE}){_AWAY} (?:of|from|off) {_BORDER}",
        rf"{_OUTER}{_BY}{_BORDER}",
        _BORDER,
    )
)
_INLAND_RULE = re.compile(_INLAND, re.IGNORECASE)
_LOST_WORDS = re.compile(
    r"^(?:the|its|a) |['’]s?$| (?:regions|provinces|states|districts|governorates|oblasts)$",
    re.IGNORECASE,
)
_PIECES = re.compile(r" ?[-–—/] ?")
_LISTED = re.compile(r",? (?:and|&) |, ", re.IGNORECASE)


def parse_border(words: str) -> tuple[Description, str | None] | None:
    """What words say of a border, and the words before it; None where they say nothing of one.

    Examples
    --------
    >>> parse_border("in Jordan near the Syrian border")
    (BorderZone(sides=('Syrian',), within=None, distance=None, side=None, heading=None), 'Jordan')
    >>> parse_border("near Homs") is None
    True
    """
    if _INSIDE.search(words) and (match := _INLAND_RULE.fullmatch(words)):
        inland = _inland(match)
        if inland is not None:
            return inland, None
    if _IS_CROSSING.search(words) and (match := _CROSSING.fullmatch(words)):
        sides = (_bare(match["one"]), _bare(match["other"]))
        return Apposition(read_name(f"{match['name']} crossing"), BorderZone(sides)), None
    if not _TELLTALE.search(words):
        return None
    if (match := _ACROSS.fullmatch(words)) and (distance := parse_distance(match["distance"])):
        return Inland(read_name(match["country"]), None, distance), None
    for rule in _RULES:
        if match := rule.fullmatch(words):
            return _zone(match)
    return None


def _zone(match: re.Match[str]) -> tuple[Description, str | None]:
    said = match.groupdict()
    listed = said["listed"] or said["and"]
    pair = [said["owner"], said["partner"]] if said["owner"] else []
    joined = [said["joined"] or said["neighbour"] or ""]
    texts = _LISTED.split(listed) if listed else pair or joined
    sides = [piece for text in texts for piece in _PIECES.split(text) if piece]
    within = said["within"] or said["next"]
    outer = said.get("outer")
    distance = parse_distance(said["distance"]) if said.get("distance") else None
    way = said.get("way")
    zone = BorderZone(
        tuple(map(_bare, sides)),
        read_name(within) if within else None,
        distance,
        _bare(said["side"]) if said["side"] else None,
        parse_bearing(way) if way else None,
    )
    return zone, outer


def _bare(side: str) -> str:
    return unbound(_LOST_WORDS.sub("", side.strip()))


def _inland(match: re.Match[str]) -> Inland | None:
    distance = parse_distance(match["distance"])
    if distance is None:
        return None
    country: Named = read_name(match["country"])
    neighbour = match["neighbour"]
    return Inland(country, _bare(neighbour) if neighbour else None, distance)
