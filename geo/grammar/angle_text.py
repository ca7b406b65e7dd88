"""Text of angles in plain signs: one sort of digits, marks, and letters for hemispheres.

Digits of any script are read, and hemispheres in English, Arabic, Russian and Ukrainian.
"""

import re
from functools import lru_cache

__all__ = ["LONGEST", "plain_text"]

#: No statement of coordinates is longer; longer texts are not searched for one.
LONGEST = 300

_MARKS = str.maketrans(
    {"º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'", "´": "'", "″": '"', "”": '"', "“": '"'}
    | {"−": "-", "–": "-", "٫": ".", "،": ",", "؛": ";", "٬": None}
    # Marks of writing direction say nothing about the value.
    | dict.fromkeys("\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff")
)
_HEMISPHERES = {
    "N": "n|north|northern|شمالا|شمال|ش|с.ш.|с. ш.|с.ш|сш|северной широты|пн.ш.|пн. ш.|пн.ш",
    "S": "s|south|southern|جنوبا|جنوب|ج|ю.ш.|ю. ш.|ю.ш|юш|южной широты|пд.ш.|пд. ш.|пд.ш",
    "E": "e|east|eastern|شرقا|شرق|ق|в.д.|в. д.|в.д|вд|восточной долготы|сх.д.|сх. д.|сх.д",
    "W": "w|west|western|غربا|غرب|غ|з.д.|з. д.|з.д|зд|западной долготы|зх.д.|зх. д.|зх.д",
}
_LETTER = {word: letter for letter, words in _HEMISPHERES.items() for word in words.split("|")}
_NO_LETTER = r"(?![^\W\d])"


def _any_of(words: list[str]) -> re.Pattern[str]:
    """Any of the words; a digit may touch it, another letter may not."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d])(?:{'|'.join(map(re.escape, longest_first))}){_NO_LETTER}")


_WORDS = _any_of(list(_LETTER))
_ENGLISH_WORDS = _any_of([word for word in _LETTER if word.isascii()])
# A letter of a hemisphere may touch a unit.
_UNIT_ENDS = rf"(?:{_NO_LETTER}|(?=[nsew]{_NO_LETTER}))\.?"
_SIXTIETHS = r" ?\d\d?(?:\.\d+)?"
# "33 deg 18 min 21.6 sec", "33d18m21.6s". A lone D is a band of grids, and only degrees make a
# minute and a second of M and S.
_SPELT = re.compile(
    rf"(?<=\d) ?(?:degrees?|degs?|d(?={_SIXTIETHS} ?m)){_UNIT_ENDS}"
    rf"(?:(?P<minutes>{_SIXTIETHS}) ?(?:minutes?|mins?|m){_UNIT_ENDS}"
    rf"(?:(?P<seconds>{_SIXTIETHS}) ?(?:seconds?|secs?|(?P<s>s)){_UNIT_ENDS})?)?",
    re.IGNORECASE,
)
_THEN_HEMISPHERE = re.compile(rf" ?(?:[nsew]|north|south|east|west){_NO_LETTER}", re.IGNORECASE)
# Navigators and programs join the parts: "33-18-21N", "33:18:21.6N". Without a letter they are
# dates and times of day.
_JOINED = re.compile(
    r"(?<![\d.:-])(?P<degrees>\d{1,3})(?P<sign>[-:])(?P<minutes>\d\d?(?:\.\d+)?)"
    r"(?:(?P=sign)(?P<seconds>\d\d?(?:\.\d+)?))?(?![\d:-]|\.\d)"
)
_NO_WHOLE_PART = re.compile(r"(?<![\w.°'\"])\.(?=\d)")


@lru_cache(maxsize=64)  # Each notation asks for the same text.
def plain_text(text: str) -> str:
    r"""Text with single spaces, ASCII digits, plain marks, and letters for hemispheres.

    Examples
    --------
    >>> plain_text("٣٣٫٣٠٦° شمالا"), plain_text("33d18m21.6s north")
    ('33.306° N', '33°18\'21.6" N')
    """
    words = " ".join(text[: LONGEST + 1].translate(_MARKS).split())
    if not words.isascii():
        words = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in words)
    words = _NO_WHOLE_PART.sub("0.", words.replace("''", '"'))
    return _with_joins_parted(_with_hemispheres(_with_units(words)))


def _with_units(words: str) -> str:
    """Words with marks in place of the units that are spelt beside degrees."""
    found = list(_SPELT.finditer(words))
    letters = sum(match["s"] is not None for match in found)
    is_alone = letters == 1 and not _ENGLISH_WORDS.search(_SPELT.sub("°", words).lower())
    parts, end = [], 0
    for match in found:
        marked, stop = "°", match.end()
        if match["minutes"]:
            marked += f"{match['minutes']}'"
        if match["seconds"]:
            # A single S may as well be the south: "12d02m43s 77d02m34w".
            is_unit = (
                letters > 1
                or match["s"] is None
                or (is_alone and match["s"] == "s")
                or _THEN_HEMISPHERE.match(words, stop)
            )
            marked += match["seconds"] + ('"' if is_unit else f'"{match["s"]}')
        parts += [words[end : match.start()], marked]
        end = stop
    return "".join([*parts, words[end:]])


def _with_hemispheres(words: str) -> str:
    """Words with letters in place of the names of hemispheres."""
    lower = words.lower()
    if len(lower) != len(words):
        return words
    parts, end = [], 0
    for match in (_ENGLISH_WORDS if lower.isascii() else _WORDS).finditer(lower):
        parts += [words[end : match.start()], _LETTER.get(match[0], "")]
        end = match.end()
    return " ".join("".join([*parts, words[end:]]).split())


def _with_joins_parted(words: str) -> str:
    """Words with marks in place of the signs between degrees, minutes and seconds."""

    def marked(match: re.Match[str]) -> str:
        before, after = words[: match.start()].rstrip(" "), words[match.end() :].lstrip(" ")
        if before[-1:] not in {*"NSEW"} and after[:1] not in {*"NSEW"}:
            return match[0]
        seconds = f'{match["seconds"]}"' if match["seconds"] else ""
        return f"{match['degrees']}°{match['minutes']}'{seconds}"

    return _JOINED.sub(marked, words)
