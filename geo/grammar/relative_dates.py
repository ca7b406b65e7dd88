"""Days that are told from another day: "on Tuesday", "three weeks ago", "the night before"."""

import datetime as dt
import re

from geo.grammar.counts import NUMBER, count_of
from geo.grammar.dates import CivilDate, parse_date

__all__ = [
    "AGO",
    "NEAR",
    "SHIFT",
    "WEEKDAY",
    "date_ago",
    "date_of_month_part",
    "date_without_year",
    "near_date",
    "shift_of",
    "shifted",
    "weekday_date",
]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Parts of patterns; what is between words is one space or a line break.
WEEKDAY = (
    rf"(?:(?P<which>last|next|this|this coming|this past)\s+)?(?P<weekday>{'|'.join(_DAYS)})"
    r"(?:\s+(?:of\s+)?(?P<week>last|this)\s+week)?"
)
_FEASTS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "boxing day": (12, 26), "new year['’]s eve": (12, 31), "new year['’]s day": (1, 1),
    "may day": (5, 1), "valentine['’]s day": (2, 14), "halloween": (10, 31),
}  # fmt: skip
_FEAST = "|".join(sorted(_FEASTS, key=len, reverse=True)).replace(" ", r"\s+")
NEAR = (
    r"(?P<near>today|yesterday|tonight|overnight|this\s+(?:morning|afternoon|evening|week"
    r"|month|year|weekend)"
    r"|last\s+(?:night|week|month|year|weekend)|(?:at|over|during)\s+the\s+weekend"
    rf"|(?:{_FEAST})(?!\s+(?:market|fair|tree|party|lights|shopping|dinner|carol|card|present|season"
    r"|holiday|parade|tournament|special)))"
)
_COUNT = rf"(?P<count>{NUMBER})"
_UNIT = r"(?P<unit>days?|nights?|weeks?|fortnights?|months?|years?|decades?|hours?|minutes?)"
AGO = rf"{_COUNT}\s+{_UNIT}\s+ago"
_SOME = r"(?:several|some|a\s+few|many)"
_TIME = "(?:day|night|evening|morning|afternoon|time|weekend)"
#: A day told from the one that the text has told before.
SHIFT = (
    rf"(?P<shift>(?:(?:later|earlier)\s+)?(?:on\s+)?(?:the\s+same|that(?:\s+same)?)\s+{_TIME}"
    rf"|later\s+in\s+the\s+day|in\s+the\s+(?:evening|afternoon|morning)"
    rf"|(?:the\s+)?(?:next|following)\s+(?:day|morning|night)|the\s+(?:day|night)\s+(?:before"
    rf"|after)"
    r"|(?:hours|minutes|moments|shortly)\s+(?:later|earlier|before|after|afterwards)"
    rf"|(?:{NUMBER}|{_SOME})\s+(?:days?|weeks?|months?|years?|hours?)\s+(?:later|earlier"
    rf"|before|after)(?!\s+(?:being|the\s+age)))"
)
_SHIFTED = re.compile(rf"(?:{_COUNT}|{_SOME})\s+{_UNIT}\s+(?P<way>\w+)", re.IGNORECASE)
# "Some days" are about so many.
_SOME_COUNT = 3
_LENGTH_DAYS = {"minute": 0, "hour": 0, "day": 1, "night": 1, "week": 7, "fortnight": 14}
_WEEK = 7
_WEEKEND = 5
_LAST_OF_PART = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_FARTHEST = 3_000
# How many days back it begins, and how many days it lasts.
_AROUND = {"overnight": (1, 2), "yesterday": (1, 1), "last night": (1, 1)}


def weekday_date(weekday: str, which: str, published: dt.date, *, week: str = "") -> CivilDate:
    """Last such day on or before a day; "last" is before it, "next" after it.

    `week` says in which week it lies where the text does: "Thursday of last week".

    Examples
    --------
    >>> weekday_date("Monday", "", dt.date(2024, 1, 31)).start.isoformat()
    '2024-01-29'
    """
    back = (published.weekday() - _DAYS.index(weekday.casefold())) % _WEEK
    if week == "last":
        monday = published - dt.timedelta(days=published.weekday() + _WEEK)
        return _one_day(monday + dt.timedelta(days=_DAYS.index(weekday.casefold())))
    if which.startswith(("next", "this coming")):
        back -= _WEEK
    elif which == "last" and back == 0:
        back = _WEEK
    return _one_day(published - dt.timedelta(days=back))


def near_date(words: str, published: dt.date) -> CivilDate | None:
    """Date of words such as "yesterday", "overnight", "last week", "at the weekend"."""
    said = " ".join(words.casefold().split())
    feast = next((day for name, day in _FEASTS.items() if re.fullmatch(name, said)), None)
    if feast is not None:
        year = published.year - (feast > (published.month, published.day))
        return _one_day(dt.date(year, *feast))
    if "weekend" in said:
        return _weekend(said, published)
    if said in _AROUND:
        back, days = _AROUND[said]
        start = published - dt.timedelta(days=back)
        return CivilDate(
            start, start + dt.timedelta(days=days - 1), "day" if days == 1 else "range"
        )
    if said.startswith("last "):
        return date_ago("1", said.removeprefix("last "), published)
    return _this(said.removeprefix("this "), published)


def _weekend(said: str, published: dt.date) -> CivilDate:
    since = (published.weekday() - _WEEKEND) % _WEEK
    # A Saturday's paper means its own weekend only where it says "this".
    back = since if since or said.startswith("this") else _WEEK
    saturday = published - dt.timedelta(days=back)
    return CivilDate(saturday, saturday + dt.timedelta(days=1), "range")


def _this(unit: str, published: dt.date) -> CivilDate | None:
    """The week, month or year of a day; of any other unit the day itself."""
    if unit == "week":
        return CivilDate(published - dt.timedelta(days=published.weekday()), published, "range")
    if unit == "month":
        return parse_date(f"{published.year:04d}-{published.month:02d}")
    return parse_date(f"{published.year:04d}") if unit == "year" else _one_day(published)


def date_ago(count: str, unit: str, published: dt.date) -> CivilDate | None:
    """Date that lies so many days, weeks, months or years before a day."""
    number, unit = count_of(count), unit.casefold().rstrip("s")
    if unit == "decade":
        number, unit = 10 * number, "year"
    if unit == "fortnight":
        number, unit = 2 * number, "week"
    if number > _FARTHEST:
        return None
    if unit in ("day", "night", "hour", "minute"):
        return _one_day(published - dt.timedelta(days=number * _LENGTH_DAYS[unit]))
    if unit == "week":
        monday = published - dt.timedelta(days=published.weekday() + _WEEK * number)
        return CivilDate(monday, monday + dt.timedelta(days=6), "week")
    if unit == "month":
        months = published.year * 12 + published.month - 1 - number
        return parse_date(f"{months // 12:04d}-{months % 12 + 1:02d}")
    year = published.year - number
    return parse_date(f"{year:04d}") if year > 0 else None


def shift_of(words: str) -> tuple[int, str]:
    """How far a day lies from the one told before, and the unit in which it is told.

    Examples
    --------
    >>> shift_of("two days earlier"), shift_of("the same evening"), shift_of("a year later")
    ((-2, 'day'), (0, 'day'), (1, 'year'))
    """
    said = " ".join(words.casefold().split())
    if counted := _SHIFTED.search(said):
        number = count_of(counted["count"]) if counted["count"] else _SOME_COUNT
        unit = counted["unit"].rstrip("s")
        if unit in ("hour", "minute"):
            return 0, "day"
        if unit in _LENGTH_DAYS:
            number, unit = number * _LENGTH_DAYS[unit], "day"
        return (-number if counted["way"] in ("earlier", "before") else number), unit
    if re.search(r"\b(?:next|following)\b|the (?:day|night) after", said):
        return 1, "day"
    return (-1 if said in ("the day before", "the night before") else 0), "day"


def shifted(told: CivilDate, number: int, unit: str) -> CivilDate | None:
    """Date that lies so far from another one; None where the calendar ends."""
    try:
        if unit == "day":
            days = dt.timedelta(days=number)
            is_exact = told.precision == "day" or number == 0
            precision = told.precision if is_exact else "range"
            return CivilDate(told.start + days, told.end + days, precision)
        return date_ago(str(-number), unit, told.start) if number <= 0 else None
    except (OverflowError, ValueError):
        return None


def date_of_month_part(part: str, month: CivilDate) -> CivilDate:
    """The first, middle or last third of a month: "mid-October"."""
    first, last = _LAST_OF_PART[part]
    start = month.start.replace(day=first)
    return CivilDate(
        start, min(month.end, month.start.replace(day=min(last, month.end.day))), "range"
    )


def date_without_year(words: str, published: dt.date, *, may_follow: bool) -> CivilDate | None:
    """The last such date before a day, or the nearest where it may follow."""
    parsed = (parse_date(f"{words} {published.year + offset}") for offset in range(-4, 2))
    dates = [date for date in parsed if date is not None]
    if may_follow:
        return min(dates, key=lambda date: abs((date.start - published).days), default=None)
    # Zones and early editions put a date a day or two ahead of the publication.
    latest = published + dt.timedelta(days=2)
    return max((date for date in dates if date.start <= latest), key=_start, default=None)


def _start(date: CivilDate) -> dt.date:
    return date.start


def _one_day(day: dt.date) -> CivilDate:
    return CivilDate(day, day, "day")
