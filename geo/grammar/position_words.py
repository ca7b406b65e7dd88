"""Positions that stand in a cell together with words: "Rukban 33.306, 38.703 (Jordan)"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.grammar.angle_text import LONGEST, plain_text
from geo.grammar.coordinates import Coordinates
from geo.grammar.descriptions import parse_description
from geo.grammar.location_tree import Named, Part
from geo.grammar.notations import read_position

__all__ = ["PositionInWords", "read_among_words"]

# Where words may end and a position begin, or the other way round.
# A dash between spaces parts them, too; any other is a minus.
_STARTS = re.compile(r"(?<=[\s,;:|(\[~≈@])(?=[^\s,;:|)\]])(?![-–—−] )")
_ENDS = re.compile(r"(?=[\s,;|(\[])(?<![\s,;|(\[])")
_MOST_CUTS = 8
_DIGIT_GROUPS = re.compile(r"\d[^\d]+\d|\d\+")
_DECIMAL = re.compile(r"\d[.,]\d")
_OPENS, _CLOSES = re.compile(r"\s?[,;|(\[]"), re.compile(r"[,;:|(\[@]\s?$|\s[-–]\s$")
# A spelt direction that goes on in a name: "38.7 West Bank".
_SPELT_DIRECTION = re.compile(r"(?:north|south|east|west)(?:ern)?$", re.IGNORECASE)
# What a position can begin with; words do not.
_BEGINS = re.compile(
    r"[^\w\s]|\d|[^\x00-\x7f]|[nsewxy](?![^\W\d])|north|south|east|west|lat|lo?n|utm|zone"
    r"|geo:|https?:|point|srid|[abyz] ?[a-z] ?[a-z] ?\d|c[2-9cfghjmpqrvwx]{5}",
    re.IGNORECASE,
)
# Two numbers are none without decimals, marks, letters beside them, or many digits.
_MAY_HOLD = re.compile(
    r"\d[.,]\d|\.\d|\d{4}|\d[-:]\d|\d[a-z]|\d (?:deg|north|south|east|west|[nsew]\b)"
    r"|\b[nsewxy] ?[:=]? ?\d|\bl(?:at|o?n)|geo:|://|point|['\"{]|[^\x00-\x7f]",
    re.IGNORECASE,
)
# Longitude comes first in these, and what follows is a part of them.
_OPENS_SHAPE = re.compile(
    r"(?:(?:multi)?(?:linestring|polygon)|multipoint|geometrycollection) ?[zm]{0,2} ?\("
    r"|\bsrid ?=|[\"']coordinates[\"'] ?:",
    re.IGNORECASE,
)
# What says only that coordinates come, or that they are rough.
_FILLERS = re.compile(
    r"(?<!\w)(?:gps|coordinates?|coords?|geo(?:location|tag)?|position|pos|location|loc|grid"
    r"|ref(?:erence)?|mgrs|usng|utm|wgs ?84|plus code|latitude and longitude"
    r"|lat(?:/| ?, ?| )long?|approx(?:imately)?|about|roughly|circa|ca|c|at|in)(?!\w)\.?",
    re.IGNORECASE,
)
# Words before a position that lead away from it: these are descriptions.
_LEADS_AWAY = re.compile(
    r"\b(?:near(?:by| to)?|of|from|to|and|between|around|outside|beside|off|along|towards?|behind"
    r"|beyond|by|with|not)$",
    re.IGNORECASE,
)
# After a position they only tell what else is there.
_LEADS_TO = re.compile(
    r"^(?:(?:near(?:by| to)?|close to|next to|not far from|outside|inside|around|by|of|from) )+",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"[,;:|()\[\]\n]")
_EDGES = " .,;:|()[]{}<>~≈@=-–—\t"
_BARE = re.compile(r"[(\[]? ?([+-]?\d{1,3}[.,]\d+) ?[,;/| ] ?([+-]?\d{1,3}[.,]\d+) ?[)\]]?")
_MARKED = re.compile(r"°|\blat|\blon|\blng", re.IGNORECASE)
_IN_LINK = re.compile(r"(?:://|\bgeo:)\S*$", re.IGNORECASE)
_ENDS_LINK = re.compile(r"[,;]?[\s()\[\]]|$")
_MGRS_START = re.compile(r"\d{1,2}[C-X]", re.IGNORECASE)
_FEWEST_MGRS_DIGITS = 6
_SURE_DECIMALS = 3


@dataclass(frozen=True)
class PositionInWords:
    """A position, and the names that stand beside it, in the order of the text.

    `is_weak` is a pair of numbers that only a known name shows to be coordinates.
    """

    coordinates: Coordinates
    names: tuple[str, ...]
    is_weak: bool


def read_among_words(text: str) -> PositionInWords | None:
    """Position that a text states beside names; None where it states none, or several.

    Words that lead away from the position ("near", "5 km north of") make a description of it, and
    not the position itself.

    Examples
    --------
    >>> found = read_among_words("Rukban 33.306, 38.703 (Jordan)")
    >>> found.coordinates.lat_deg, found.names
    (33.306, ('Rukban', 'Jordan'))
    >>> read_among_words("near 33.306, 38.703") is None
    True
    >>> read_among_words("Highway 10, 25") is None
    True
    """
    if len(text) > LONGEST or not (_DIGIT_GROUPS.search(text) and _MAY_HOLD.search(text)):
        return None
    words = " ".join(text.split())
    for before, core, after in _splits(words):
        found = _read(before, core, after)
        if found is not None:
            return found
    return None


def _splits(text: str) -> Iterator[tuple[str, str, str]]:
    """Ways to part a text into words, a position, and words; the longest positions first."""
    starts = [0, *(match.start() for match in _STARTS.finditer(text))]
    ends = [len(text), *(match.start() for match in reversed(list(_ENDS.finditer(text))))]
    starts = [start for start in starts if _BEGINS.match(text, start) and _may_lead(text[:start])][
        :_MOST_CUTS
    ]
    ends = [end for end in ends if _may_follow(text[end:])][:_MOST_CUTS]
    for start in starts:
        for end in ends:
            if start < end and not (start == 0 and end == len(text)):
                yield text[:start], text[start:end], text[end:]


def _may_lead(words: str) -> bool:
    if _IN_LINK.search(words) or _OPENS_SHAPE.search(words):
        return False
    if any(sign.isdigit() for sign in words):
        return not _DECIMAL.search(words) and bool(_CLOSES.search(words)) and _has_name(words)
    return True


def _may_follow(words: str) -> bool:
    if any(sign.isdigit() for sign in words):
        return not _DECIMAL.search(words) and bool(_OPENS.match(words)) and _has_name(words)
    return True


def _has_name(words: str) -> bool:
    """Whether words start with a letter, as "Tower 22" does and "5 km" does not."""
    return words.strip(_EDGES)[:1].isalpha()


def _read(before: str, core: str, after: str) -> PositionInWords | None:
    if after[:1] == " " and after[1:2].isalpha() and _SPELT_DIRECTION.search(core):
        return None
    coordinates = read_position(core)
    if coordinates is None:
        return None
    if coordinates.notation in {"geo_uri", "map_link"} and not _ENDS_LINK.match(after):
        return None
    if coordinates.notation == "wkt" and not _is_shape(before, core):
        return None
    is_weak = _is_weak(coordinates, core)
    names = _names(before, after)
    if is_weak is None or names is None:
        return None
    return PositionInWords(coordinates, names, is_weak)


def _is_shape(before: str, core: str) -> bool:
    """Whether a "POINT (1 2)" in words is well-known text, and not an observation point."""
    is_apart = not before.strip() or bool(_CLOSES.search(before))
    return is_apart or ("POINT" in core and not before.isupper())


def _is_weak(found: Coordinates, core: str) -> bool | None:
    """Whether a position may as well be two numbers of any kind; None where it rather is."""
    if found.notation == "mgrs":
        is_whole = _MGRS_START.match(core) and sum(map(str.isdigit, core)) >= _FEWEST_MGRS_DIGITS
        return False if is_whole else None
    if found.notation not in {"decimal", "dm", "dms"}:
        return False
    words = plain_text(core)
    if _MARKED.search(words) or sum(words.count(letter) for letter in "NSEW") > 1:
        return False
    bare = _BARE.fullmatch(words)
    if bare is None:
        return None
    numbers = [number.replace(",", ".") for number in bare.groups()]
    decimals = min(len(number.partition(".")[2]) for number in numbers)
    return decimals < _SURE_DECIMALS or "." not in words


def _names(before: str, after: str) -> tuple[str, ...] | None:
    """Names in the words around a position; None where the words lead away from it."""
    leading = _FILLERS.sub(" ", before).strip(_EDGES)
    if _LEADS_AWAY.search(leading) or not isinstance(
        parse_description(leading), Named | Part | None
    ):
        return None
    parts = [*_BETWEEN_NAMES.split(leading), *_BETWEEN_NAMES.split(_FILLERS.sub(" ", after))]
    bare = (" ".join(part.split()).strip(_EDGES) for part in parts)
    return tuple(name for part in bare if (name := _LEADS_TO.sub("", part)))
