"""Proper names in running text: words that begin with a capital, and what binds them."""

import re

from geo.grammar.sentences import Span

__all__ = ["name_at", "name_before"]

_WORD = re.compile(r"[\w][\w'’.\-]*")
# Small words inside names: Gulf of Aden, Deir ez-Zor, Rio de Janeiro, Kataib al Something.
_BINDERS = frozenset("of the de da do dos del di la le al el ez es as ash and y".split())  # noqa: SIM905
_NOT_IN_NAMES = frozenset({"and", "the"})
_LONGEST = 6


def name_at(text: str, start: int, end: int) -> Span | None:
    """Name that begins at a position, if a word with a capital or a digit after one stands there.

    Examples
    --------
    >>> text = "on Tower 22, a small outpost"
    >>> name_at(text, 3, len(text)).of(text)
    'Tower 22'
    """
    stop = start
    position = start
    words = 0
    while words < _LONGEST and (match := _WORD.match(text, position, end)):
        word = match[0]
        is_name = _begins_name(word) or (words > 0 and word.isdecimal() and len(word) <= 3)
        if is_name:
            stop = match.end()
        elif not (words and word in _BINDERS and word not in _NOT_IN_NAMES):
            break
        words += 1
        # One space binds words; a comma, a quote or a line break ends the name.
        position = match.end() + 1 if text[match.end() : match.end() + 1] in (" ", "\n") else end
    if stop == start:
        return None
    return _without_possessive(text, Span(start, stop))


def name_before(text: str, start: int, end: int) -> Span | None:
    """Last name that ends at a position or before it, with only small words in between.

    Examples
    --------
    >>> text = "On Monday the Red Crescent said"
    >>> name_before(text, 0, text.index(" said")).of(text)
    'Red Crescent'
    """
    words = list(_WORD.finditer(text, start, end))
    while words and not _begins_name(words[-1][0]):
        words.pop()
    if not words:
        return None
    first = len(words) - 1
    while first > 0 and _binds(text, words[first - 1], words[first]):
        first -= 1
    while words[first][0] in _BINDERS or words[first][0] in ("The", "A", "An"):
        first += 1
        if first == len(words):
            return None
    return _without_possessive(text, Span(words[first].start(), words[-1].end()))


def _begins_name(word: str) -> bool:
    """Whether a word has a capital, at its start or after an article as in al-Hamidawi."""
    return word[0].isupper() or word.partition("-")[2][:1].isupper()


def _binds(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    word = one[0]
    in_name = _begins_name(word) or (word in _BINDERS and word not in _NOT_IN_NAMES)
    return in_name and text[one.end() : other.start()] == " "


def _without_possessive(text: str, span: Span) -> Span:
    name = span.of(text).rstrip(".")
    for ending in ("'s", "’s", "'", "’"):
        name = name.removesuffix(ending)
    return Span(span.start, span.start + len(name))
