"""Texts to sentences, each with its place in the text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Span", "split_sentences"]

_PARAGRAPH_END = re.compile(r"\n\s*\n")
# A first line without a full stop that does not break off in the middle of a phrase.
_HEADLINE_END = re.compile(
    r"\A[^\n.!?]{1,150}(?<!,)(?<! of| in| at| on| by| to)(?<! the| and| for)(?<! near| with| from)"
    r"\n(?=[^\W\d_a-z])"
)
# A full stop ends a sentence when a capital, a quote or a digit follows, and no title precedes it.
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]{1,10}[\"'”’»)\]]{0,5}(?=\s+[\"'“‘«(\[]*[^\W_a-z])|[。！？؟]"
)
_LONGEST = 2_000
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Gov|Sen|Rep|St|No|vs|approx|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Corp)|\b(?:[A-Z]\.)*[A-Z])\.$"
)


class Span(NamedTuple):
    """Stretch of a text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The stretch itself."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether another stretch lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two stretches share a character."""
        return self.start < other.end and other.start < self.end


def split_sentences(text: str) -> list[Span]:
    r"""Sentences of a text, without the space around them.

    A blank line always ends a sentence, so that headlines and captions stand alone. What goes on
    for more than 2,000 characters is no sentence, and is cut at a space.

    Examples
    --------
    >>> text = "Fire in Accra\n\nDr. Mensah spoke. Two U.S. citizens were hurt."
    >>> [sentence.of(text) for sentence in split_sentences(text)]
    ['Fire in Accra', 'Dr. Mensah spoke.', 'Two U.S. citizens were hurt.']
    """
    return list(_sentences(text))


# One text is asked for several times, one after the other.
@lru_cache(maxsize=1)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(
        part
        for block in _pieces(text, Span(0, len(text)), _HEADLINE_END)
        for paragraph in _pieces(text, block, _PARAGRAPH_END)
        for sentence in _pieces(text, paragraph, _SENTENCE_END)
        for part in _cut(text, sentence)
    )


def _pieces(text: str, within: Span, end: re.Pattern[str]) -> Iterator[Span]:
    start = within.start
    for match in end.finditer(text, within.start, within.end):
        if not _ABBREVIATION.search(text, max(start, match.end() - 12), match.end()):
            yield from _stripped(text, Span(start, match.end()))
            start = match.end()
    yield from _stripped(text, Span(start, within.end))


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    while sentence.end - start > _LONGEST:
        space = text.rfind(" ", start, start + _LONGEST)
        end = space if space > start else start + _LONGEST
        yield Span(start, end)
        start = end
    yield from _stripped(text, Span(start, sentence.end))


def _stripped(text: str, span: Span) -> Iterator[Span]:
    words = span.of(text)
    kept = words.strip()
    if kept:
        start = span.start + words.index(kept[0])
        yield Span(start, start + len(kept))
