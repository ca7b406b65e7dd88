"""Civil dates as people write them, with their precision.

A civil date is a day of a calendar, not an instant: it never passes through a time zone.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.grammar.date_words import plain_date

__all__ = ["MONTHS", "CivilDate", "day_comes_first", "parse_date"]

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
#: Number of each English month, by full and short name in lower case.
MONTHS = (
    {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
    | {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
    | {"sept": 9}
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_EIGHT_DIGITS = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_ISO_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?"
)
_ISO_WEEK = re.compile(r"(?P<year>\d{4})-?w(?P<week>\d{2})(?:-?(?P<weekday>[1-7]))?")
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_DAY_MONTH = re.compile(rf"{_DAY}[\s-](?P<month>{_MONTH})\.?,?[\s-]{_YEAR}")
_MONTH_DAY = re.compile(rf"(?P<month>{_MONTH})\.?[\s-]{_DAY},?[\s-]{_YEAR}")
_MONTH_YEAR = re.compile(rf"(?P<month>{_MONTH})\.?,?\s+{_YEAR}")
_NUMBERS = re.compile(r"(?P<first>\d{1,2})[/.\-](?P<second>\d{1,2})[/.\-](?P<year>\d{4})")


@dataclass(frozen=True)
class CivilDate:
    """First and last day of a date, both inclusive, and how exact it is."""

    start: dt.date
    end: dt.date
    precision: str


def parse_date(text: str, *, day_first: bool | None = None) -> CivilDate | None:
    """Civil date that a text states; None when it states none, or when its order is unknown.

    Parameters
    ----------
    text
        A cell such as `2024-01-28`, `2024-01`, `2024/01/28`, `20240128`, `28 January 2024`,
        `28-Jan-2024`, `Jan 28, 2024`, `28/01/2024`, or a week of ISO 8601, which begins on a
        Monday: `2024-W05`, with a day `2024-W05-7`. Months may be named in any language of
        `months.toml`. Of an instant (`2024-01-28T03:00:00Z`) the date as written counts.
    day_first
        Whether `03/04/2024` is in April (True) or in March (False). None leaves such a date
        unread; one number above 12 decides by itself.

    Examples
    --------
    >>> parse_date("28 January 2024").start.isoformat()
    '2024-01-28'
    >>> parse_date("2024-02")
    CivilDate(start=datetime.date(2024, 2, 1), end=datetime.date(2024, 2, 29), precision='month')
    >>> parse_date("2024-W05")
    CivilDate(start=datetime.date(2024, 1, 29), end=datetime.date(2024, 2, 4), precision='week')
    >>> parse_date("03/04/2024") is None
    True
    """
    words = " ".join(text.casefold().split())
    words = words[:10] if _ISO_INSTANT.fullmatch(words.upper()) else plain_date(text)
    for pattern in (_ISO, _YEAR_FIRST, _EIGHT_DIGITS, _DAY_MONTH, _MONTH_DAY, _MONTH_YEAR):
        if match := pattern.fullmatch(words):
            parts = match.groupdict()
            month = parts.get("month")
            number = None if month is None else MONTHS.get(month) or int(month)
            day = parts.get("day")
            return _span(int(parts["year"]), number, None if day is None else int(day))
    if match := _ISO_WEEK.fullmatch(words):
        return _week(int(match["year"]), int(match["week"]), match["weekday"])
    if match := _NUMBERS.fullmatch(words):
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        order = _order(first, second, day_first=day_first)
        if order is not None:
            return _span(year, second if order else first, first if order else second)
    return None


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Whether the dates of one column are written day before month; None when they do not tell.

    Examples
    --------
    >>> day_comes_first(["03/04/2024", "28/01/2024"]), day_comes_first(["03/04/2024"])
    (True, None)
    """
    orders = set()
    for text in texts:
        match = _NUMBERS.fullmatch(plain_date(text))
        # The fifth of May is the same either way.
        if match and match["first"] != match["second"]:
            orders.add(_order(int(match["first"]), int(match["second"]), day_first=None))
    orders.discard(None)
    return orders.pop() if len(orders) == 1 else None


def _order(first: int, second: int, *, day_first: bool | None) -> bool | None:
    if first == second:
        return True
    if first > 12 or second > 12:
        return first > 12
    return day_first


def _week(year: int, week: int, weekday: str | None) -> CivilDate | None:
    try:
        start = dt.date.fromisocalendar(year, week, int(weekday or 1))
        end = start + dt.timedelta(days=0 if weekday else 6)
    except (ValueError, OverflowError):
        return None
    return CivilDate(start, end, "day" if weekday else "week")


def _span(year: int, month: int | None, day: int | None) -> CivilDate | None:
    try:
        if month is None:
            return CivilDate(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return CivilDate(dt.date(year, month, 1), dt.date(year, month, last), "month")
        date = dt.date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None
    return CivilDate(date, date, "day")
