"""Texts of dates in plain signs: one sort of digits, English months, no time of day."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

__all__ = ["plain_date"]

# Marks of writing direction, and the full stop that some write after a number.
_DIRECTION = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"))
_TIME = re.compile(r"[ ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?$")
_SPACED = re.compile(r"(?<=\d) ?([/.]) ?(?=\d)")
_AFTER_DAY = re.compile(r"(?<=\d)\.(?= )")
_NO_LETTER = r"(?![^\W\d_])"
# No date is longer.
_LONGEST = 60


def plain_date(text: str) -> str:
    """Text in lower case with single spaces, ASCII digits and English names of months.

    A day of the week before the date and a time of day behind it are left out.

    Examples
    --------
    >>> plain_date("Dimanche 28 janvier 2024"), plain_date("٢٨ كانون الثاني ٢٠٢٤")
    ('28 january 2024', '28 january 2024')
    >>> plain_date("28. 01. 2024 14:30"), plain_date("28 de enero de 2024")
    ('28.01.2024', '28 january 2024')
    """
    words = " ".join(text.translate(_DIRECTION).casefold().split())
    if len(words) > _LONGEST:
        return words
    if not words.isascii():
        words = _without_accents(words)
    words = _TIME.sub("", words)
    words = _AFTER_DAY.sub("", _SPACED.sub(r"\1", words))
    if words.isascii() and not any(sign.isalpha() for sign in words):
        return words
    weekday, month, joint = _patterns()
    words = month.sub(lambda found: _months()[found[0].rstrip(".")], weekday.sub("", words))
    return " ".join(joint.sub(" ", words).split())


def _without_accents(words: str) -> str:
    digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in words)
    parted = unicodedata.normalize("NFKD", digits)
    plain = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return plain.replace("ı", "i")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = _table()
    weekday = re.compile(rf"^(?:{_any_of(table['weekdays'])})\.?,? +")
    month = re.compile(rf"(?<![^\W\d_])(?:{_any_of(list(_months()))})(?:\.(?= |-))?{_NO_LETTER}")
    joint = re.compile(rf"(?<=[\w.]) (?:{_any_of(table['joints'])})\.?(?= |$)")
    return weekday, month, joint


def _any_of(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _months() -> dict[str, str]:
    return {
        spelling: month
        for month, spellings in _table().items()
        if month not in {"weekdays", "joints"}
        for spelling in spellings
    }


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("months.toml").read_text(encoding="utf-8"))
