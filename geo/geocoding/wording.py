"""Words that the reasons of several modules share."""

import unicodedata

from geo.gazetteer.places import Place

__all__ = ["LONGEST_TEXT", "gazetteer_name", "on_one_line", "quoted"]

#: Characters beyond which a text is no place.
LONGEST_TEXT = 1_000

_LONGEST_SHOWN = 100
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
# Persian and the scripts of India cannot be written without them.
_JOINERS = "\u200c\u200d"
_GAZETTEERS = {
    "curated": "The list of sites",
    "geonames": "GeoNames",
    "ne": "Natural Earth",
    "uscensus": "The US Census Bureau",
    "airports": "The list of airports",
    "ports": "The list of ports",
}


def gazetteer_name(place: Place) -> str:
    """What to call the gazetteer that has a place, at the beginning of a sentence."""
    source, _, rest = place.place_id.partition(":")
    if source == "site":
        return f"Your own list “{rest.partition('/')[0]}”"
    return _GAZETTEERS.get(source, "The gazetteer")


def quoted(text: str) -> str:
    r"""Text of a user in quotation marks: short, on one line, nothing in it that a terminal obeys.

    Examples
    --------
    >>> quoted("Tower\x1b[31m 22")
    '“Tower�[31m 22”'
    """
    line = " ".join(text[: 2 * _LONGEST_SHOWN].split())
    short = line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}..."
    return f"“{on_one_line(short)}”"


def on_one_line(text: str) -> str:
    r"""All of a text on one line, nothing in it that a terminal obeys.

    Examples
    --------
    >>> on_one_line("Tower\n22\x1b[31m")
    'Tower 22�[31m'
    """
    return "".join(
        one if unicodedata.category(one) not in _UNSEEN or one in _JOINERS else "\ufffd"
        for one in " ".join(text.split())
    )
