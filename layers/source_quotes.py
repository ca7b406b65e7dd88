"""Sources and actors of an incident as its card shows them: plain words, and marks in quotes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

__all__ = ["actor_words", "quoted_sources"]

_SOURCE_KEYS = ("publisher", "url", "published", "quote")
_ACTOR_KEYS = ("name", "role", "attribution", "by")
#: Facts whose words are marked in a quote; a claim about an actor is a sentence of its own.
_MARKED = ("place", "date", "toll")
_WHOLE = "incident"

Entry = Mapping[str, Any]


def actor_words(actors: Iterable[Entry]) -> list[dict[str, str]]:
    """Actors with the words that a card needs, and nothing else.

    Parameters
    ----------
    actors
        Entries of the column `actors`.

    Examples
    --------
    >>> actor_words([{"name": "A group", "attribution": "denied", "by": None, "lost": 4}])
    [{'name': 'A group', 'attribution': 'denied'}]
    """
    return [_words(actor, _ACTOR_KEYS) for actor in actors]


def quoted_sources(sources: Iterable[Entry]) -> list[dict[str, object]]:
    """Sources with their quote, where it stands in the text, and what is marked in it.

    Parameters
    ----------
    sources
        Entries of the column `sources`. Those of single facts, such as a date, become marks of the
        quote that holds them.

    Returns
    -------
    list of dict
        `publisher`, `url`, `published`, `quote`; `span`, first and last character in the text,
        counted from 1; `marks`, first and end in UTF-16 units of the quote, with the fact.

    Examples
    --------
    >>> source = {"publisher": "a.txt", "quote": "a clash in Rutba", "start": 9, "end": 25}
    >>> place = {"publisher": "a.txt", "quote": "Rutba", "start": 20, "end": 25, "fact": "place"}
    >>> quoted_sources([source, place])[0]["marks"]
    [[11, 16, 'place']]
    """
    entries = list(sources)
    facts = [entry for entry in entries if entry.get("fact") in _MARKED]
    return [
        {**_words(entry, _SOURCE_KEYS), **_position(entry, facts)}
        for entry in entries
        if entry.get("fact", _WHOLE) == _WHOLE
    ]


def _words(entry: Entry, keys: Iterable[str]) -> dict[str, str]:
    return {key: str(entry[key]) for key in keys if entry.get(key) is not None}


def _position(source: Entry, facts: Iterable[Entry]) -> dict[str, object]:
    """Where a quote stands in its text; nothing for one that is not cut from there."""
    span, quote = _span(source), source.get("quote")
    if span is None or not isinstance(quote, str) or span[1] - span[0] != len(quote):
        return {}
    marks = list(_marks(quote, span[0], (fact for fact in facts if _same_text(fact, source))))
    return {"span": [span[0] + 1, span[1]], **({"marks": marks} if marks else {})}


def _marks(quote: str, offset: int, facts: Iterable[Entry]) -> Iterator[list[object]]:
    """First and end of each fact in a quote; of facts that overlap the first one."""
    spans = sorted(
        (span[0] - offset, span[1] - offset, fact["fact"])
        for fact in facts
        if (span := _span(fact)) is not None
    )
    end = 0
    for first, last, fact in spans:
        if end <= first < last <= len(quote) and last - first < len(quote):
            yield [_units(quote[:first]), _units(quote[:last]), fact]
            end = last


def _span(entry: Entry) -> tuple[int, int] | None:
    start, end = entry.get("start"), entry.get("end")
    return (start, end) if type(start) is int and type(end) is int and 0 <= start < end else None


def _same_text(one: Entry, other: Entry) -> bool:
    return all(one.get(key) == other.get(key) for key in ("sha256", "url", "publisher"))


def _units(text: str) -> int:
    """Length as the page counts it, where a sign beyond the first 65 536 is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
