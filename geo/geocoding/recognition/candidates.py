"""Stretches of a text that may name a place: capitalised words that a gazetteer knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.gazetteer.places import Gazetteer
from geo.geocoding.mentions.documents import NameMeanings, meanings_of
from geo.geocoding.recognition.other_scripts import base_forms, is_unspaced, names_in_unspaced
from geo.geocoding.recognition.word_lists import words_of
from geo.grammar.dates import MONTHS
from geo.grammar.sentences import Span

__all__ = ["Candidate", "Run", "find_candidates", "runs_of"]

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}[A-Z]?|(?:St|Ste|Mt|Ft)\.(?=\s[^\W\d_a-z])"
    r"|(?:[^\W\d_]{2}-)?[^\W\d_a-z][\w’'-]*[\w’']|[^\W\d_a-z]\b|\d{1,3}\b"
)
_BINDERS = frozenset(
    {
        "of",
        "de",
        "la",
        "del",
        "al",
        "el",
        "du",
        "des",
        "da",
        "do",
        "dos",
        "the",
        "ez",
        "es",
        "ash",
        "ad",
        "ar",
        "upon",
        "sur",
        "am",
        "van",
        "der",
        "le",
        "les",
    }
)
_POSSESSIVE = re.compile(r"['’]s?$")
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_LONGEST = 5
_LONGEST_GAP = 8
_SHORTEST = 2


@dataclass(frozen=True)
class Run:
    """Capitalised words that stand together, each as its stretch of the text."""

    words: tuple[Span, ...]


@dataclass(frozen=True)
class Candidate:
    """A stretch that may name a place: words `first` to `last` of a run, and what it can mean.

    `name` is the form under which the place is known.
    """

    span: Span
    name: str
    run: Run
    first: int
    last: int
    meanings: NameMeanings


def runs_of(text: str) -> Iterator[Run]:
    """Runs of capitalised words; small words such as "of" may stand between them.

    Examples
    --------
    >>> text = "The Gulf of Aden lies off Yemen."
    >>> [[word.of(text) for word in run.words] for run in runs_of(text)]
    [['The', 'Gulf', 'Aden'], ['Yemen']]
    """
    words: list[Span] = []
    for match in _WORD.finditer(text):
        word = Span(*match.span())
        if _is_no_capital(match[0]) or is_unspaced(match[0]):
            continue
        if match[0].isdecimal() and not (words and text[words[-1].end : word.start] == " "):
            continue
        if words and not _binds(text[words[-1].end : word.start]):
            yield Run(tuple(words))
            words = []
        words.append(word)
    if words:
        yield Run(tuple(words))


def _is_no_capital(word: str) -> bool:
    """Whether a word begins with a small letter, where its script has capitals too."""
    return not word[0].isascii() and word[0].islower()


def _binds(gap: str) -> bool:
    """Whether words on both sides of a gap can be one name."""
    if gap in (" ", "\n"):
        return True
    if len(gap) > _LONGEST_GAP or gap[:1] != " " or gap[-1:] != " ":
        return False
    return all(word in _BINDERS for word in gap.split())


def find_candidates(text: str, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Known names of a text, also those inside others; longer ones come first."""
    for run in runs_of(text):
        count = len(run.words)
        for length in range(min(count, _LONGEST), 0, -1):
            for first in range(count - length + 1):
                found = _candidate(text, run, first, first + length - 1, gazetteer)
                if found is not None:
                    yield found
    if is_unspaced(text):
        for span in names_in_unspaced(text, lambda name: bool(meanings_of(name, gazetteer).places)):
            name = span.of(text)
            if name not in words_of("common"):
                yield Candidate(span, name, Run((span,)), 0, 0, meanings_of(name, gazetteer))


def _candidate(
    text: str, run: Run, first: int, last: int, gazetteer: Gazetteer
) -> Candidate | None:
    span = Span(run.words[first].start, run.words[last].end)
    name = _POSSESSIVE.sub("", span.of(text))
    low = name.casefold()
    if len(name) < _SHORTEST or low in MONTHS or low in _DAYS or name.isdecimal():
        return None
    if first == last and low in words_of("common"):
        return None
    for form in (" ".join(name.split()), *base_forms(name)):
        meanings = meanings_of(form, gazetteer)
        if meanings.places:
            found = Span(span.start, span.start + len(name))
            return Candidate(found, form, run, first, last, meanings)
    return None
