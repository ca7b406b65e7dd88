"""Words that speak of an incident, and whether they say that it really happened."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.grammar.sentences import Span

__all__ = ["Trigger", "find_triggers"]

# How many words before a trigger can make it unreal: "will stop attacking".
_REACH_WORDS = 4
_DEFINITE = (" the", " this", " that", "the", "this", "that")
_COUNT = re.compile(
    r"\b(?P<number>\d+|two|three|four|five|six|seven|eight|nine|ten|several|dozens of"
    r"|hundreds of)\s+(?:[a-z-]+\s+){0,2}$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?<!s)s$|ies$|shes$|aids$")


@dataclass(frozen=True)
class Trigger:
    """A word that speaks of an incident.

    `count` is how many the text speaks of, as it says it ("150", "several"); empty for one or for
    an unstated number. `is_real` is False where the text says that it did not or may yet happen;
    `is_definite` where it speaks of "the attack", known from before.
    """

    span: Span
    kind: str
    family: str
    is_weak: bool
    is_plural: bool
    is_real: bool
    is_definite: bool
    count: str


@dataclass(frozen=True)
class _Entry:
    pattern: re.Pattern[str]
    kind: str
    family: str
    is_weak: bool


def find_triggers(text: str, *, within: Span | None = None) -> list[Trigger]:
    """Triggers in a text, in its order.

    Examples
    --------
    >>> [
    ...     (t.kind, t.is_real)
    ...     for t in find_triggers("The raid came after a vow to stop the attacks.")
    ... ]
    [('battle', True), ('battle', False)]
    >>> find_triggers("They struck a deal while under fire.")
    []
    """
    area = within or Span(0, len(text))
    idioms = [Span(*m.span()) for m in _idioms().finditer(text, area.start, area.end)]
    found = [
        (Span(match.start(), match.end()), entry)
        for entry in _entries()
        for match in entry.pattern.finditer(text, area.start, area.end)
    ]
    found.sort(key=lambda one: (one[0].start - one[0].end, one[0].start))
    taken: list[Span] = list(idioms)
    triggers: list[Trigger] = []
    for span, entry in found:
        if not any(map(span.overlaps, taken)):
            taken.append(span)
            triggers.append(_trigger(text, area, span, entry))
    return sorted(triggers, key=lambda trigger: trigger.span)


def _trigger(text: str, area: Span, span: Span, entry: _Entry) -> Trigger:
    before = " ".join(text[area.start : span.start].split()[-_REACH_WORDS:])
    is_plural = bool(_PLURAL.search(span.of(text).casefold()))
    count = _COUNT.search(text, area.start, span.start) if is_plural else None
    return Trigger(
        span=span,
        kind=entry.kind,
        family=entry.family,
        is_weak=entry.is_weak,
        is_plural=is_plural,
        is_real=not _unreal().search(before),
        is_definite=before.casefold().endswith(_DEFINITE),
        count=count["number"] if count else "",
    )


@cache
def _tables() -> dict[str, Any]:
    text = Path(__file__).with_name("triggers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            _whole_words(entry["words"]), entry["kind"], entry["family"], entry.get("weak", False)
        )
        for entry in _tables()["trigger"]
    )


@cache
def _idioms() -> re.Pattern[str]:
    return _whole_words(_tables()["idioms"]["words"])


@cache
def _unreal() -> re.Pattern[str]:
    return _whole_words(_tables()["unreal"]["words"])


def _whole_words(words: list[str]) -> re.Pattern[str]:
    # A space in a pattern also stands for a line break in the text.
    flexible = (word.replace(" ", r"\s+") for word in words)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(flexible)})(?!\w)", re.IGNORECASE)
