"""Which of the dates that a stretch of an article mentions is that of its incident."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.articles.triggers import Trigger
from geo.grammar.counts import NUMBER
from geo.grammar.dates import CivilDate
from geo.grammar.dates_in_text import DateMention
from geo.grammar.relative_dates import shift_of, shifted
from geo.grammar.sentences import Span

__all__ = ["EventDate", "comparison_start", "event_date", "link_shift", "resolve_shift"]

# On this day somebody spoke of it, counted it or found it.
_SAID_ON = re.compile(
    r"\b(?:said|says|told|reported|announced|added|confirmed|wrote|warned|stated|rose|risen"
    r"|climbed|passed"
    r"|reached|counted|declared dead"
    r"|found(?!\s+(?:(?:shot|stabbed|hacked|beaten)\s+)?(?:dead|beheaded|murdered|strangled|hanged))"
    r"|statement"
    r"|according to [^,.;]{1,40}"
    r"|(?:claimed|condemned|denounced|mourned)\s+(?:\w+\s+for\s+)?(?:the|this))"
    r"(?:\s+[\w’'-]+){0,3}?\s+"
    r"(?:on|late on|early on|in)?\s*$"
)
# "The first clash since February" happened after February.
_SINCE_THEN = re.compile(
    r"\b(?:first|second|third|only|worst|deadliest|biggest|largest|heaviest|strongest"
    r"|bloodiest|most\s+\w+"
    r"|(?!(?:(?:north|south)?-?west|forest|protest|arrest|unrest|interest|request|harvest|conquest|contest"
    r"|guest|quest|chest|rest|test|east|budapest|bucharest)\b)\w+est)\b[^.;]*$",
    re.IGNORECASE,
)
# What another figure is compared with, or what is yet to come, is no day of the incident.
_COMPARED = re.compile(r"\b(?:(?:up|down) from|compared (?:with|to))\b[^.;]*$")
_YET_TO_COME = re.compile(
    r"\b(?:will|(?:is|are) (?:due|expected|scheduled|planned|set) to|plans? to)\b[^.;]*$"
)
_WHEN = re.compile(r"\bwhen\b")
_REACH = 90
_GOING_ON_DAYS = 14
_COUNTED = re.compile(
    rf"{NUMBER}\s+(?:days?|weeks?|months?|years?|hours?)\s+(?:after|before)", re.IGNORECASE
)
_SOON = re.compile(r"(?:hours|minutes|moments|shortly)\s+(?:after|before)", re.IGNORECASE)


@dataclass(frozen=True)
class EventDate:
    """A date of a stretch; `is_said` where it is only known as the day on which somebody spoke."""

    mention: DateMention
    is_said: bool


def event_date(
    text: str, stretch: Span, trigger: Trigger | None, dates: Sequence[DateMention]
) -> EventDate | None:
    """Date nearest to the trigger; the day on which somebody said so only when there is no other.

    Of a statement the day on which it was made is the date.
    """
    near = trigger.span if trigger else stretch
    is_statement = trigger is not None and trigger.family == "statement"
    ranked = []
    for date in dates:
        head = _head(text, stretch, date)
        if _COMPARED.search(head) or (trigger is None and _YET_TO_COME.search(head)):
            continue
        is_said = bool(_SAID_ON.search(head)) and not is_statement
        rank = (
            is_said,
            not _is_going_on(date),
            date.shift is not None,
            _is_of_another_clause(text, date.span, near),
            _distance(date.span, near),
        )
        ranked.append((rank, date))
    if not ranked:
        return None
    rank, best = min(ranked, key=lambda one: one[0])
    return EventDate(best, rank[0])


def comparison_start(text: str, stretch: Span, dates: Sequence[DateMention]) -> int | None:
    """Where a stretch begins to compare with what was before: "the worst crash since 1968"."""
    starts = (
        date.span.start
        for date in dates
        if date.is_ongoing and _SINCE_THEN.search(_head(text, stretch, date))
    )
    return next(starts, None)


def _head(text: str, stretch: Span, date: DateMention) -> str:
    start = max(stretch.start, date.span.start - _REACH)
    head = text[start : date.span.start]
    # A word that is cut off could mean another one: "(f)orest".
    return head if start == stretch.start else head.partition(" ")[2]


def _is_of_another_clause(text: str, date: Span, trigger: Span) -> bool:
    """Whether "when" stands between them: "mourned on Monday those who died when a jet crashed"."""
    first, last = sorted((date, trigger))
    return _WHEN.search(text, first.end, last.start) is not None


def _is_going_on(date: DateMention) -> bool:
    """Whether the incident began some days ago and is not over: "has burned since Tuesday"."""
    if not date.is_ongoing or date.date is None:
        return False
    return (date.date.end - date.date.start).days <= _GOING_ON_DAYS


def link_shift(words: str, *, begins: bool) -> tuple[int, str] | None:
    """How far the event behind a link lies from the one before it: "two days after".

    Where the link begins a sentence, both stand behind it: "Two days after the quake, a fire".
    """
    if counted := _COUNTED.search(words):
        number, unit = shift_of(counted[0])
        # What follows "after" came first.
        return (number if begins else -number), unit
    return (0, "day") if _SOON.search(words) else None


def resolve_shift(date: DateMention, told: CivilDate | None) -> DateMention:
    """A date told from the one before it, once that one is known."""
    if date.shift is None or told is None:
        return date
    number, unit = date.shift
    day = shifted(told, number, unit)
    note = f"{date.note}, told from {told.start.isoformat()}"
    return replace(date, date=day, note=note) if day else date


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)
