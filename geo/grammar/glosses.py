"""Where one description ends and words about it begin: "Gobara, 15 km from Gwoza"."""

import re
from itertools import islice

from geo.grammar.bearings import DIRECTION
from geo.grammar.distances import DISTANCE
from geo.grammar.location_tree import Named
from geo.grammar.names_in_descriptions import read_name

__all__ = ["parse_way", "split_gloss"]

_ROAD = "(?:road|highway|hwy|motorway|route|axis|railway|rail line|line|track|way|path|corridor)"
_WAY = f"(?:to the |in the |due |directly )*{DIRECTION}"
_OF = "(?:of|from|outside|off|away from|inside)"
_GLOSS = re.compile(
    rf"(?:,\s*(?:and |but )?|\s+(?:and |but )?)(?=(?:(?:{DISTANCE},? (?:{_WAY},? )?{_OF}"
    r"|near(?:by| to)?|close to|next to|adjacent to|not far from|outside|between|along|opposite"
    r"|halfway|midway|off|towards?|in the direction of"
    rf"|on the (?:outskirts|edge|(?:[^\s,]+ )?(?:banks?|shores?))"
    rf"|in the (?:vicinity|outskirts|suburbs|direction|{_WAY}|cent(?:er|re)) of"
    rf"|(?:just )?(?:to the )?{DIRECTION} (?:of|from)) "
    rf"|(?:on|along) the (?:[^\s,]+ ){{0,4}}?(?:{_ROAD}|river)\b))",
    re.IGNORECASE,
)
# What cannot stand alone: the words after it belong to it.
_NO_HEAD = re.compile(
    # Each word is read in one way only: where a distance begins is never tried twice.
    rf"(?>(?:{DISTANCE}|{DIRECTION}|{_ROAD}"
    r"|between|roughly|approximately|around|just|right|lying|located|situated|somewhere|half-?way|mid-?way|about|in|at|on|along|the"
    r"|its?|an?|waters?|seas?|coast|shore|international|high|area|region|land|zone|main|stretch|section|part|and|then|to|from|of|or|very|far|due"
    r"|front ?line|contact line)(?:[\s,]+|$))++",
    re.IGNORECASE,
)
_DISTANCE = re.compile(rf"(?<!\w){DISTANCE}", re.IGNORECASE)
_MOST_SPLITS = 8
_TELLTALE = re.compile(
    r"\b(?:of|from|near|nearby|close|next|adjacent|not|outside|between|along|opposite|off|on"
    r"|halfway|midway|inside|towards?|direction)\b",
    re.IGNORECASE,
)
_WAY_TO = re.compile(
    rf"(?:on|along) the (?:main )?(?:{_ROAD} (?:leading |going )?(?:to|towards?|for|into)"
    rf"|(?:direction|way) of) (?:the )?(?P<place>.+)"
    rf"|(?:on|along) the (?P<name>[^-–—/,]+?) {_ROAD}"
    r"|(?:towards?|in the direction of) (?:the )?(?P<goal>.+)",
    re.IGNORECASE,
)


def split_gloss(words: str) -> tuple[str, str] | None:
    """The words before and from where a second description begins; None where none does.

    Examples
    --------
    >>> split_gloss("near Bakhmut, 40 km from Kyiv")
    ('near Bakhmut', '40 km from Kyiv')
    >>> split_gloss("20 km north of Gwoza") is None
    True
    """
    if _TELLTALE.search(words, 1) is None:
        return None
    distances = [found.span() for found in _DISTANCE.finditer(words)]
    for match in islice(_GLOSS.finditer(words), _MOST_SPLITS):
        head = words[: match.start()]
        is_inside = any(start < match.end() < end for start, end in distances)
        if head and not is_inside and _NO_HEAD.fullmatch(head) is None:
            return head, words[match.end() :]
    return None


def parse_way(gloss: str) -> Named | None:
    """Where a road leads: "on the road to Maiduguri", "on the Ndim axis"; None for other words.

    Examples
    --------
    >>> parse_way("on the road to Maiduguri")
    Named(names=('Maiduguri',))
    """
    match = _WAY_TO.fullmatch(gloss)
    return read_name(match["place"] or match["name"] or match["goal"]) if match else None
