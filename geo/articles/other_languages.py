"""Articles in other languages than English: their places are read, and nothing else."""

import re

from geo.articles.locations import Location, Locator
from geo.grammar.sentences import Span, split_sentences

__all__ = ["NOTE", "is_english", "places_of"]

#: What an incident of such an article says of itself.
NOTE = "The text is not in English; only its places were read"
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    {
        "the", "of", "and", "in", "to", "a", "was", "were", "on", "at", "for", "is", "by", "with",
        "that", "said", "has", "have", "had", "it", "as", "from", "an", "after", "people", "killed",
        "are", "been", "no", "not", "he", "they",
    }
)  # fmt: skip
# Common in German, Dutch and Romance languages, and in English only inside names.
_ABROAD = frozenset(
    {
        "der", "die", "das", "den", "dem", "und", "ein", "eine", "einem", "einer", "bei", "mit",
        "am", "im", "ist", "sind", "von", "het", "een", "van", "met", "zijn", "le", "la", "les",
        "des", "du", "et", "un", "une", "dans", "est", "el", "los", "las", "del", "de", "y", "en",
        "una", "que", "por", "con", "il", "di", "che", "nel", "della", "os", "um", "uma", "em",
        "da", "do", "na",
    }
)  # fmt: skip
_LEAST_SHARE, _FEWEST_WORDS = 0.1, 12
_MOST_TEXT = 5_000
_ASCII_SHARE = 0.5


def is_english(text: str) -> bool:
    """Whether a text is in English, by its most common words; a short one is taken to be.

    Examples
    --------
    >>> is_english("Four people died in a fire in the old town on Tuesday, the police said.")
    True
    >>> is_english(
    ...     "Quatre personnes sont mortes dans un incendie mardi, a annoncé la police locale."
    ... )
    False
    >>> is_english("In Wien kamen am Montag bei einem Brand in einem Haus drei Menschen um.")
    False
    """
    words = [word.casefold() for word in _WORD.findall(text[:_MOST_TEXT])]
    if words and sum(word.isascii() for word in words) < _ASCII_SHARE * len(words):
        return False
    if len(words) < _FEWEST_WORDS:
        return True
    common = sum(word in _COMMON for word in words)
    return common >= _LEAST_SHARE * len(words) and common >= sum(word in _ABROAD for word in words)


def places_of(text: str, locator: Locator) -> tuple[Span, Location] | None:
    """First sentence of a text that names a place, and the sharpest place of it."""
    for sentence in split_sentences(text):
        found = locator.any_name(sentence)
        if found:
            return sentence, found[0]
    return None
