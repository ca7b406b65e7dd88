"""Dates that a running text mentions, anchored on the day it was published."""

import datetime as dt
import re
from dataclasses import dataclass

from geo.grammar.dates import MONTHS, CivilDate, parse_date
from geo.grammar.sentences import Span, split_sentences

__all__ = ["DateMention", "find_dates", "newest_full_date"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d{2})"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)}|a)"

_PATTERNS = tuple(
    re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE)
    for pattern in (
        rf"{_DAY}\s+(?P<month>{_MONTH})\b\.?,?\s+{_YEAR}",
        rf"(?P<month>{_MONTH})\b\.?\s+{_DAY},?\s+{_YEAR}",
        r"(?P<iso>\d{4}-(?:\d{2}-\d{2}|W\d{2}(?:-[1-7])?))",
        rf"{_DAY}(?:\s+of)?\s+(?P<month>{_MONTH})\b",
        rf"(?P<month>{_MONTH})\b\.?\s+{_DAY}",
        rf"(?P<month>{_MONTH})\b\.?,?\s+{_YEAR}",
        rf"(?P<weekday>{'|'.join(_DAYS)})",
        r"(?P<near>today|yesterday|overnight|this morning|last (?:night|week|month|year))",
        rf"{_COUNT}\s+(?P<unit>days?|weeks?|months?|years?)\s+(?:ago|earlier)",
        rf"(?:in|since|of)\s+(?P<lone_month>{_MONTH})\b",
        rf"(?:(?<=in )|(?<=since )|(?<=of )){_YEAR}",
    )
)
# "may" and "march" are words too; a month alone must begin with a capital.
_AMBIGUOUS = {"may", "march", "mar", "sun", "sat"}
_DAYS_BACK = {"today": 0, "this morning": 0, "yesterday": 1, "last night": 1}


@dataclass(frozen=True)
class DateMention:
    """A date that a text mentions.

    `date` is None while the text alone does not say which year or week it means; `note` tells what
    was inferred, and from what.
    """

    span: Span
    date: CivilDate | None
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the date is more exact than a year."""
        return self.date is not None and self.date.precision != "year"


def find_dates(
    text: str,
    *,
    published: dt.date | None,
    basis: str = "the date of publication decides",
    may_follow: bool = False,
    within: Span | None = None,
) -> list[DateMention]:
    """Dates in a text, in its order.

    Parameters
    ----------
    text
        Running text.
    published
        Day to which "on Tuesday" and a date without a year refer; None when it is not known.
    basis
        What the day comes from, in the words of the notes.
    may_follow
        Whether a date without a year may lie after that day, as it may when the day is not the
        day of publication.
    within
        Stretch to search; all of the text by default.

    Examples
    --------
    >>> text = "It struck on January 28, and again on Tuesday."
    >>> for mention in find_dates(text, published=dt.date(2024, 1, 31)):
    ...     print(mention.span.of(text), mention.date.start)
    January 28 2024-01-28
    Tuesday 2024-01-30
    """
    area = within or Span(0, len(text))
    taken: list[Span] = []
    mentions: list[DateMention] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text, area.start, area.end):
            span = Span(match.start(), match.end())
            if any(map(span.overlaps, taken)):
                continue
            if match.groupdict().get("lone_month"):
                span = Span(*match.span("lone_month"))
                if span.of(text)[0].islower():
                    continue
            taken.append(span)
            date, note = _resolve(match, published, basis, may_follow=may_follow)
            mentions.append(DateMention(span, date, note))
    return sorted(mentions, key=lambda mention: mention.span)


def newest_full_date(text: str) -> tuple[dt.date, str] | None:
    """Last day of the newest date in a text that states its year and month, with its words.

    Stands in for the date of publication where nobody says it.

    Examples
    --------
    >>> newest_full_date("Founded in March 2003, seen in December 2023.")
    (datetime.date(2023, 12, 31), 'December 2023')
    """
    known = [
        (mention.date.end, mention.span.of(text))
        for sentence in split_sentences(text)
        for mention in find_dates(text, published=None, within=sentence)
        if mention.date is not None and mention.date.precision in ("day", "month")
    ]
    return max(known, default=None)


def _resolve(
    match: re.Match[str], published: dt.date | None, basis: str, *, may_follow: bool
) -> tuple[CivilDate | None, str]:
    parts = {name: value for name, value in match.groupdict().items() if value}
    year = parts.get("year")
    if "iso" in parts:
        return parse_date(parts["iso"]), ""
    if year:
        words = [parts[name] for name in ("day", "month") if name in parts]
        return parse_date(" ".join([*words, year])), ""
    if published is None:
        return None, "The text does not say the year"
    resolved = _relative(parts, published, may_follow=may_follow)
    return resolved, "" if resolved is None else _note(match[0].strip(), parts, basis)


def _note(words: str, parts: dict[str, str], basis: str) -> str:
    what = "year" if {"month", "lone_month"} & set(parts) else "day"
    return f"The {what} is inferred: the text says “{words}”, and {basis}"


def _relative(parts: dict[str, str], published: dt.date, *, may_follow: bool) -> CivilDate | None:
    if month := parts.get("month") or parts.get("lone_month"):
        words = f"{parts['day']} {month}" if "day" in parts else month
        return _in_its_year(words, published, may_follow=may_follow)
    if "weekday" in parts:
        back = (published.weekday() - _DAYS.index(parts["weekday"].casefold())) % 7
        return _days(published - dt.timedelta(days=back), 1)
    if "near" in parts:
        return _near(" ".join(parts["near"].casefold().split()), published)
    count = _NUMBERS.get(parts["count"].casefold(), 1)
    if parts["count"].isdecimal():
        count = int(parts["count"])
    return _ago(count, parts["unit"].casefold().rstrip("s"), published)


def _near(words: str, published: dt.date) -> CivilDate | None:
    if words == "overnight":
        return CivilDate(published - dt.timedelta(days=1), published, "range")
    if words in _DAYS_BACK:
        return _days(published - dt.timedelta(days=_DAYS_BACK[words]), 1)
    return _ago(1, words.removeprefix("last "), published)


def _ago(count: int, unit: str, published: dt.date) -> CivilDate | None:
    if unit == "day":
        return _days(published - dt.timedelta(days=count), 1)
    if unit == "week":
        monday = published - dt.timedelta(days=published.weekday() + 7 * count)
        return _days(monday, 7)
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return parse_date(f"{months // 12:04d}-{months % 12 + 1:02d}")
    return parse_date(f"{published.year - count:04d}")


def _days(first: dt.date, count: int) -> CivilDate:
    last = first + dt.timedelta(days=count - 1)
    return CivilDate(first, last, "day" if count == 1 else "week")


def _in_its_year(words: str, published: dt.date, *, may_follow: bool) -> CivilDate | None:
    """Date without a year: the last one before the anchor, or the nearest where it may follow."""
    parsed = (parse_date(f"{words} {published.year + offset}") for offset in range(-4, 2))
    dates = [date for date in parsed if date is not None]
    if may_follow:
        return min(dates, key=lambda date: abs((date.start - published).days), default=None)
    # Zones and early editions put a date a day or two ahead of the publication.
    latest = published + dt.timedelta(days=2)
    return max((date for date in dates if date.start <= latest), key=_start, default=None)


def _start(date: CivilDate) -> dt.date:
    return date.start
