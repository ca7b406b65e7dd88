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

__all__ = ["Trigger", "find_triggers", "speaks_of_habit", "user_triggers"]

# How many words before and after a trigger can make it unreal: "will stop attacking".
_REACH_WORDS = 4
_LONGEST_REACH = 60
_DEFINITE = (" the", " this", " that", "the", "this", "that")
_COUNT = re.compile(
    rf"\b(?P<number>{NUMBER}|several|dozens of|scores of|hundreds of|many|a series of|a string of"
    r"|a wave of|numerous|a spate of)\s+(?:[a-z-]+\s+){0,2}$",
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


def speaks_of_habit(text: str, within: Span) -> bool:
    """Whether a stretch speaks of what happens now and again: "such accidents are frequent"."""
    return _words("habit").search(lowered(text), within.start, within.end) is not None


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
    is_plural = bool(_PLURAL.search(words)) and not _words("people").fullmatch(words)
    count = _COUNT.search(head) if is_plural else None
    is_definite = before.endswith(_DEFINITE)
    is_unreal = (
        _words("unreal").search(before)
        or (not is_definite and _words("negated").search(before))
        or _words("judged").search(lowered(text), area.start, span.start)
        or before.endswith((" to", "\nto"))
        or _words("unreal_after").match(after.lstrip())
    )
    return Trigger(
        span=span,
        kind=entry.kind,
        family=entry.family,
        is_weak=entry.is_weak,
        is_plural=is_plural,
        is_real=not is_unreal,
        is_definite=is_definite,
        count=count["number"] if count else "",
    )


@cache
def _tables() -> dict[str, Any]:
    text = Path(__file__).with_name("triggers.toml").read_text(encoding="utf-8")
    tables: dict[str, Any] = tomllib.loads(text)
    path = user_triggers()
    if path.is_file():
        own = _own_tables(path)
        tables["trigger"] += own.get("trigger", [])
        for name in set(own) - {"trigger"}:
            tables[name]["words"] += own[name]["words"]
    return tables


def _own_tables(path: Path) -> dict[str, Any]:
    expected = "expected the tables of triggers.toml as docs/articles.md shows them"
    try:
        own: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = own.get("trigger", [])
        words = [*entries, *(own[name] for name in set(own) - {"trigger"})]
        for entry in words:
            _whole_words(entry["words"])
        if any(not {"kind", "family"} <= entry.keys() for entry in entries):
            raise ReadError(f"{path}: a trigger without kind or family; {expected}.")
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
def _words(name: str) -> re.Pattern[str]:
    return _whole_words(_tables()[name]["words"])


def _whole_words(words: list[str]) -> re.Pattern[str]:
    # A space in a pattern also stands for a line break in the text.
    flexible = (word.replace(" ?", r"\s*").replace(" ", r"\s+") for word in words)
    return any_case(rf"(?<![\w-])(?:{'|'.join(flexible)})(?!\w)")
