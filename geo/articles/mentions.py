"""What each stretch of an article says of an incident: kind, date, place, toll."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.articles.locations import Location, Locator
from geo.articles.triggers import Trigger, find_triggers
from geo.grammar.dates_in_text import DateMention, find_dates
from geo.grammar.sentences import Span, split_sentences
from geo.grammar.tolls import Toll, find_tolls

__all__ = ["Anchor", "Mention", "find_mentions"]

# Words that lead from one event to another one that explains it.
_LINK = re.compile(
    r"\s+(?:after|following|because of|since|before|amid|in response to|in retaliation for"
    r"|(?:days|weeks|hours) after|in the wake of)\s+"
    r"(?!(?:the\s+)?(?:dawn|daybreak|sunrise|noon|midday|midnight|dusk|sunset|dark|nightfall|\d))"
)
# Place and date of the report, not of what it tells: "SANTIAGO, 19 July 2024 - ".
_DATELINE = re.compile(r"\s*[^\W\d_a-z]{2}[^\n]{0,60}?(?:\s+[-–—]|\s?[—:])\s+(?=\S)")
# Lines about the report itself.
_ABOUT_THE_REPORT = re.compile(
    r"(?:published|updated|posted|by|photo|image|source|reporting)\b[:\s]", re.IGNORECASE
)
_SAID_ON = re.compile(
    r"\b(?:said|says|told|reported|announced|added|confirmed)(?:\s+\w+){0,3}?\s+"
    r"(?:on|late on|in)?\s*$"
)
#: What lies further back than this is background, not news.
_NEWS_DAYS = 60


@dataclass(frozen=True)
class Anchor:
    """Day to which the dates of an article refer, and where it comes from."""

    day: dt.date | None
    basis: str
    is_publication: bool = True


@dataclass(frozen=True)
class Mention:
    """One stretch of an article that speaks of an incident.

    Without a trigger it only goes on about the incident before it.
    """

    span: Span
    trigger: Trigger | None
    date: DateMention | None
    places: tuple[Location, ...]
    tolls: tuple[Toll, ...]
    is_background: bool
    sentence: int = 0

    @property
    def place(self) -> Location | None:
        """Sharpest place of the stretch."""
        return self.places[0] if self.places else None


def find_mentions(text: str, anchor: Anchor, locator: Locator) -> list[Mention]:
    """Mentions of incidents in an article, in its order.

    A sentence falls into stretches at words such as "after" that lead to another event. What a
    stretch does not say of its incident, the stretches before it without a trigger may say.
    """
    mentions: list[Mention] = []
    for number, sentence in enumerate(_told_sentences(text)):
        silent: list[Mention] = []
        for stretch in _stretches(text, sentence):
            mention = replace(_mention(text, stretch, anchor, locator), sentence=number)
            if mention.trigger is None:
                silent.append(mention)
            else:
                mentions.append(_completed(mention, silent))
                silent = []
        mentions += silent
    return mentions


def _told_sentences(text: str) -> Iterator[Span]:
    """Sentences that tell something, without datelines and lines about the report."""
    for sentence in split_sentences(text):
        if _ABOUT_THE_REPORT.match(text, sentence.start, sentence.end):
            continue
        dateline = _DATELINE.match(text, sentence.start, sentence.end)
        start = dateline.end() if dateline and text[sentence.start :][:2].isupper() else None
        yield sentence if start is None else Span(start, sentence.end)


def _completed(mention: Mention, silent: Sequence[Mention]) -> Mention:
    """Mention with the date, places and tolls of silent stretches where it has none itself."""
    others = [other for other in silent if not other.is_background]
    return replace(
        mention,
        date=mention.date or next((other.date for other in others if other.date), None),
        places=mention.places or tuple(place for other in others for place in other.places),
        tolls=mention.tolls or tuple(toll for other in others for toll in other.tolls),
    )


def _stretches(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for match in _LINK.finditer(text, sentence.start, sentence.end):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, sentence.end)


def _mention(text: str, stretch: Span, anchor: Anchor, locator: Locator) -> Mention:
    trigger = _main_trigger(find_triggers(text, within=stretch))
    dates = find_dates(
        text,
        published=anchor.day,
        basis=anchor.basis,
        may_follow=not anchor.is_publication,
        within=stretch,
    )
    date = _date_of(text, stretch, trigger, dates)
    return Mention(
        span=stretch,
        trigger=trigger,
        date=date,
        places=tuple(locator.locate(stretch)),
        tolls=tuple(find_tolls(text, within=stretch)),
        is_background=date is not None and _is_past(date, anchor.day),
    )


def _date_of(
    text: str, stretch: Span, trigger: Trigger | None, dates: Sequence[DateMention]
) -> DateMention | None:
    """Date nearest to the trigger; the day on which somebody said so only when there is no other.

    Of a statement the day on which it was made is the date.
    """
    near = trigger.span if trigger else stretch
    is_statement = trigger is not None and trigger.family == "statement"

    def rank(date: DateMention) -> tuple[bool, int]:
        said_on = bool(_SAID_ON.search(text, stretch.start, date.span.start))
        return said_on and not is_statement, _distance(date.span, near)

    return min(dates, key=rank, default=None)


def _main_trigger(triggers: Sequence[Trigger]) -> Trigger | None:
    """Real before unreal, telling before weak, then the first."""
    return min(triggers, key=lambda one: (not one.is_real, one.is_weak, one.span), default=None)


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def _is_past(date: DateMention, day: dt.date | None) -> bool:
    if date.date is None:
        return False
    if day is None:
        return date.date.precision == "year"
    return (day - date.date.end).days > _NEWS_DAYS
