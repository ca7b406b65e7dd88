"""Dates that a running text mentions, anchored on the day it was published."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from geo.grammar.any_case import any_case, lowered
from geo.grammar.dates import MONTHS, CivilDate, parse_date
from geo.grammar.relative_dates import (
    AGO,
    NEAR,
    SHIFT,
    WEEKDAY,
    date_ago,
    date_of_month_part,
    date_without_year,
    near_date,
    shift_of,
    weekday_date,
)
from geo.grammar.sentences import Span, split_sentences

__all__ = ["DateMention", "find_dates", "newest_full_date"]

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|to|and|until)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d{2})"
# "In 2011", "the 2011 tsunami", "a 2023 quake", "Japan's 2011 tsunami".
_BEFORE_YEAR = (
    r"(?:(?<=in )|(?<=since )|(?<=of )|(?<=from )|(?<=until )|(?<=the )|(?<=\ba )|(?<=['’]s ))"
)

_PATTERNS = tuple(
    any_case(rf"(?<![\w-]){pattern}(?![\w-])")
    for pattern in (
        rf"{_DAY}{_TO}\s+(?P<month>{_MONTH})\b\.?(?:,?\s+{_YEAR})?",
        rf"(?P<month>{_MONTH})\b\.?\s+{_DAY}{_TO}(?:,?\s+{_YEAR})?",
        rf"{_DAY}(?:\s+of)?\s+(?P<month>{_MONTH})\b\.?,?\s+{_YEAR}",
        rf"(?P<month>{_MONTH})\b\.?\s+{_DAY},?\s+{_YEAR}",
        r"(?P<iso>\d{4}-(?:\d{2}-\d{2}|W\d{2}(?:-[1-7])?)|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4})",
        rf"{_DAY}(?:\s+of)?\s+(?P<month>{_MONTH})\b",
        rf"(?P<month>{_MONTH})\b\.?\s+{_DAY}",
        rf"(?P<month>{_MONTH})\b\.?,?\s+{_YEAR}",
        rf"(?P<part>early|mid|late)[-\s]+(?P<lone_month>{_MONTH})\b",
        WEEKDAY,
        NEAR,
        AGO,
        SHIFT,
        rf"(?:in|since|of|until)\s+(?P<lone_month>{_MONTH})\b",
        rf"{_BEFORE_YEAR}{_YEAR}(?!\s+(?:km|kilomet|met(?:re|er)|miles?|people))",
    )
)
# One look tells that most sentences hold no date.
_TELLTALE = any_case(
    rf"\b(?:{_MONTH}|\w*days?|\d{{4}}|night|overnight|weeks?|weekend|months?|years?|morning|evening"
    r"|hours|minutes|moments|shortly|nights|afternoon|today|yesterday|tonight|christmas|eve|halloween"
    r"|time|decades?)\b"
)
_BEGIN = re.compile(
    r"\b(?P<word>since|between|from|overnight from|overnight to)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_JOINT = re.compile(
    r"(?:\s+(?:morning|night|evening|afternoon))?\s+(?:and|to|until|till|through)\s+(?:early\s+|late\s+)?"
)
_NIGHT_TO = re.compile(r"\b(?:overnight|night)\s+to\s+$", re.IGNORECASE)
_REACH, _NEXT_TO = 24, 10
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DateMention:
    """A date that a text mentions.

    `date` is None while the text alone does not say which year or week it means; `note` tells what
    was inferred, and from what. `shift` is set where the text tells it from a date told before:
    how many of which unit. `is_ongoing` says that it begins there and goes on ("since Tuesday").
    """

    span: Span
    date: CivilDate | None
    note: str = ""
    shift: tuple[int, str] | None = None
    is_ongoing: bool = False

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
    >>> (weekend,) = find_dates("between Friday and Sunday", published=dt.date(2024, 1, 31))
    >>> weekend.date.start.isoformat(), weekend.date.end.isoformat()
    ('2024-01-26', '2024-01-28')
    """
    area = within or Span(0, len(text))
    low = lowered(text)
    if not _TELLTALE.search(low, area.start, area.end):
        return []
    taken: list[Span] = []
    mentions: list[DateMention] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(low, area.start, area.end):
            said = _said(text, match)
            span = Span(match.start(), match.end())
            if any(map(span.overlaps, taken)):
                continue
            if said.get("lone_month"):
                if said["lone_month"][0].islower():
                    continue
                if not said.get("part"):
                    span = Span(*match.span("lone_month"))
            if said.get("iso") and parse_date(said["iso"]) is None:
                continue
            taken.append(span)
            words = text[match.start() : match.end()].strip()
            mentions.append(_mention(words, span, said, published, basis, may_follow=may_follow))
    return _joined(text, area, sorted(mentions, key=lambda mention: mention.span), published)


def _said(text: str, match: re.Match[str]) -> dict[str, str]:
    """Groups that match, as the text writes them."""
    spans = {name: match.span(name) for name in match.groupdict()}
    return {name: text[start:end] for name, (start, end) in spans.items() if start < end}


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


def _joined(
    text: str, area: Span, mentions: list[DateMention], published: dt.date | None
) -> list[DateMention]:
    """Ranges of two dates, and what began at a date and goes on."""
    found: list[DateMention] = []
    for mention in mentions:
        before = text[max(area.start, mention.span.start - _REACH) : mention.span.start]
        begin = _BEGIN.search(before)
        last = found[-1] if found else None
        if last and _is_told_better(text, last, mention):
            found.pop()
            last = None
        if last is not None and last.date and mention.date and _is_range(text, area, last, mention):
            span = Span(last.span.start, mention.span.end)
            date = CivilDate(last.date.start, mention.date.end, "range")
            found[-1] = replace(mention, span=span, date=date)
        elif mention.date and _NIGHT_TO.search(before) and mention.date.precision == "day":
            date = CivilDate(mention.date.start - _ONE_DAY, mention.date.end, "range")
            if last is not None and text[last.span.end : mention.span.start].strip() == "to":
                found.pop()
            found.append(replace(mention, date=date))
        elif begin and begin["word"].casefold() == "since" and mention.date and published:
            date = CivilDate(mention.date.start, max(published, mention.date.end), "range")
            found.append(replace(mention, date=date, is_ongoing=True))
        else:
            found.append(mention)
    return found


def _is_told_better(text: str, one: DateMention, other: DateMention) -> bool:
    """Whether "overnight" is followed by the day: "overnight from Tuesday to Wednesday"."""
    is_night = one.span.of(text).casefold() == "overnight"
    return is_night and other.span.start - one.span.end < _NEXT_TO


def _is_range(text: str, area: Span, one: DateMention, other: DateMention) -> bool:
    """Whether two dates are the ends of a range: "between Friday and Sunday"."""
    before = text[max(area.start, one.span.start - _REACH) : one.span.start]
    begin = _BEGIN.search(before)
    is_begun = begin is not None and begin["word"].casefold() != "since"
    joint = text[one.span.end : other.span.start]
    return bool(
        is_begun
        and _JOINT.fullmatch(joint)
        and one.date
        and other.date
        and one.date.start <= other.date.end
    )


def _mention(
    words: str,
    span: Span,
    parts: dict[str, str],
    published: dt.date | None,
    basis: str,
    *,
    may_follow: bool,
) -> DateMention:
    if "shift" in parts:
        return DateMention(span, None, f"The text says “{words}”", shift=shift_of(words))
    year = parts.get("year")
    if "iso" in parts:
        return DateMention(span, parse_date(parts["iso"]))
    if year:
        said = [parts[name] for name in ("day", "month") if name in parts]
        return DateMention(span, _until(parse_date(" ".join([*said, year])), parts))
    if published is None:
        return DateMention(span, None, "The text does not say the year")
    date = _until(_relative(parts, published, may_follow=may_follow), parts)
    what = "year" if {"month", "lone_month"} & set(parts) else "day"
    note = f"The {what} is inferred: the text says “{words}”, and {basis}"
    return DateMention(span, date, note if date else "")


def _until(first: CivilDate | None, parts: dict[str, str]) -> CivilDate | None:
    """Range of days of one month: "3 to 5 May"."""
    if first is None or "last" not in parts:
        return first
    try:
        end = first.start.replace(day=int(parts["last"]))
    except ValueError:
        return first
    return CivilDate(first.start, end, "range") if end > first.start else first


def _relative(parts: dict[str, str], published: dt.date, *, may_follow: bool) -> CivilDate | None:
    if month := parts.get("month") or parts.get("lone_month"):
        words = f"{parts['day']} {month}" if "day" in parts else month
        date = date_without_year(words, published, may_follow=may_follow)
        return (
            date_of_month_part(parts["part"].casefold(), date) if date and "part" in parts else date
        )
    if "weekday" in parts:
        which, week = (parts.get(name, "").casefold() for name in ("which", "week"))
        return weekday_date(parts["weekday"], which, published, week=week)
    if "near" in parts:
        return near_date(parts["near"], published)
    return date_ago(parts["count"], parts["unit"], published)
