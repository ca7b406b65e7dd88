"""Words that speak of an incident, and whether they say that it really happened."""

import os
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from geo.errors import ReadError
from geo.grammar.any_case import any_case, lowered
from geo.grammar.counts import NUMBER
from geo.grammar.sentences import Span

__all__ = [
    "Trigger",
    "deadly_means",
    "find_triggers",
    "speaks_of_games",
    "speaks_of_habit",
    "user_triggers",
]

# How many words before and after a trigger can make it unreal: "will stop attacking".
_REACH_WORDS = 4
_LONGEST_REACH = 60
_DEFINITE = (" the", " this", " that", "the", "this", "that")
_COUNT = re.compile(
    rf"\b(?P<number>{NUMBER}|several|dozens of|scores of|hundreds of|many|a series of|a string of"
    r"|a wave of|numerous|a spate of)\s+(?:[a-z-]+\s+){0,2}$",
    re.IGNORECASE,
)
# One such word may stand in any report.
_WORDS_OF_A_GAME = 2
_LISTS = frozenset({"trigger", "means"})
_ONE = frozenset({"a", "an", "one"})
_PLURAL = re.compile(r"(?<!s)s$|ies$|shes$|aids$")
# What is done to many is one deed: "executed villagers", "drove a van into shoppers".
_DEED = re.compile(
    r"(?:\w+(?:ed|ing)|shot|beat|fought|drove|threw|took|taken|led|held|put|set|burnt|broke|broken"
    r"|struck|hit|fell|stole)\s"
)


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
    low = lowered(text)
    found = [
        (Span(match.start(), match.end()), entry)
        for entry in _entries()
        for match in entry.pattern.finditer(low, area.start, area.end)
    ]
    if not found:
        return []
    found.sort(key=lambda one: (one[0].start - one[0].end, one[0].start))
    taken = [Span(*m.span()) for m in _words("idioms").finditer(low, area.start, area.end)]
    triggers: list[Trigger] = []
    for span, entry in found:
        if not any(map(span.overlaps, taken)):
            taken.append(span)
            triggers.append(_trigger(text, area, span, entry))
    return sorted(triggers, key=lambda trigger: trigger.span)


def deadly_means(text: str, within: Span) -> Trigger | None:
    """What killed, as a trigger, where no word of a stretch says how."""
    low = lowered(text)
    for kind, family, pattern in _means():
        if found := pattern.search(low, within.start, within.end):
            span = Span(found.start(), found.end())
            return Trigger(
                span, kind, family, is_weak=True, is_plural=False, is_real=True,
                is_definite=False, count="",
            )  # fmt: skip
    return None


def speaks_of_habit(text: str, within: Span) -> bool:
    """Whether a stretch speaks of what happens now and again: "such accidents are frequent"."""
    return _words("habit").search(lowered(text), within.start, within.end) is not None


def speaks_of_games(text: str, within: Span) -> bool:
    """Whether a paragraph reports a game, in which attacks and shots harm nobody."""
    words = {match[0] for match in _words("games").finditer(lowered(text), *within)}
    return len(words) >= _WORDS_OF_A_GAME


def user_triggers() -> Path:
    """File of a user's own words: `INCIDENTMAP_TRIGGERS`, else `triggers.toml` in the data folder.

    It has the tables of the shipped `triggers.toml`; its words come beside those.
    """
    override = os.environ.get("INCIDENTMAP_TRIGGERS")
    if override:
        return Path(override)
    return platformdirs.user_data_path("incidentmap") / "triggers.toml"


def _trigger(text: str, area: Span, span: Span, entry: _Entry) -> Trigger:
    head = text[max(area.start, span.start - _LONGEST_REACH) : span.start]
    before = " ".join(head.split()[-_REACH_WORDS:]).lower()
    after = lowered(text)[span.end : min(area.end, span.end + _LONGEST_REACH)]
    words = lowered(text)[span.start : span.end]
    is_noun = not (_DEED.match(words) or _words("people").fullmatch(words))
    is_plural = is_noun and bool(_PLURAL.search(words))
    count = _COUNT.search(head) if is_plural else None
    is_definite = before.endswith(_DEFINITE)
    is_unreal = (
        _words("unreal").search(before)
        or (not is_definite and _words("negated").search(before))
        or _words("judged").search(lowered(text), area.start, span.start)
        or (before.endswith((" to", "\nto")) and words != "protest")
        or _words("unreal_after").match(after.lstrip())
        # "The storm had formed off …" tells of one that is known what came before.
        or (is_definite and after.lstrip().startswith("had "))
    )
    return Trigger(
        span=span,
        kind=entry.kind,
        family=entry.family,
        is_weak=entry.is_weak,
        is_plural=is_plural,
        is_real=not is_unreal,
        is_definite=is_definite,
        # "A kitchen went up in flames" is one, whatever the word ends in.
        count=count["number"] if count and count["number"].lower() not in _ONE else "",
    )


@cache
def _tables() -> dict[str, Any]:
    text = Path(__file__).with_name("triggers.toml").read_text(encoding="utf-8")
    tables: dict[str, Any] = tomllib.loads(text)
    path = user_triggers()
    if path.is_file():
        own = _own_tables(path)
        for name in _LISTS:
            tables[name] += own.get(name, [])
        for name in set(own) - _LISTS:
            tables[name]["words"] += own[name]["words"]
    return tables


def _own_tables(path: Path) -> dict[str, Any]:
    expected = "expected the tables of triggers.toml as docs/articles.md shows them"
    try:
        own: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = [*own.get("trigger", []), *own.get("means", [])]
        words = [*entries, *(own[name] for name in set(own) - _LISTS)]
        for entry in words:
            _whole_words(entry["words"])
        if any(not {"kind", "family"} <= entry.keys() for entry in entries):
            raise ReadError(f"{path}: a table without kind or family; {expected}.")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        raise ReadError(f"{path}: cannot be read ({error}); {expected}.") from error
    return own


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            _whole_words(entry["words"]), entry["kind"], entry["family"], entry.get("weak", False)
        )
        for entry in _tables()["trigger"]
    )


@cache
def _means() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (one["kind"], one["family"], _whole_words(one["words"])) for one in _tables()["means"]
    )


@cache
def _words(name: str) -> re.Pattern[str]:
    return _whole_words(_tables()[name]["words"])


def _whole_words(words: list[str]) -> re.Pattern[str]:
    # A space in a pattern also stands for a line break in the text.
    flexible = (word.replace(" ?", r"\s*").replace(" ", r"\s+") for word in words)
    return any_case(rf"(?<![\w-])(?:{'|'.join(flexible)})(?!\w)")
