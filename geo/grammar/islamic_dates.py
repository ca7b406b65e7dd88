"""Dates of the Islamic calendar, as Arabic sources write them, to civil dates.

Which day a month begins is seen in the sky and differs from place to place; the arithmetic calendar
is right within a day.
"""

import datetime as dt
import re

from geo.grammar.date_words import plain_date
from geo.grammar.dates import CivilDate

__all__ = ["parse_islamic_date"]

_MONTH_NAMES = (
    ("محرم", "المحرم", "muharram"),
    ("صفر", "safar"),
    ("ربيع الأول", "ربيع الاول", "ربيع 1", "rabi al-awwal", "rabi i", "rabi' al-awwal"),
    ("ربيع الآخر", "ربيع الاخر", "ربيع الثاني", "ربيع 2", "rabi al-thani", "rabi ii"),
    (
        "جمادى الأولى",
        "جمادى الاولى",
        "جمادي الاولى",
        "jumada al-awwal",
        "jumada i",
        "jumada al-ula",
    ),
    ("جمادى الآخرة", "جمادى الاخرة", "جمادى الثانية", "jumada al-thani", "jumada ii"),
    ("رجب", "rajab"),
    ("شعبان", "shaban", "sha'ban"),
    ("رمضان", "ramadan"),
    ("شوال", "shawwal"),
    ("ذو القعدة", "ذي القعدة", "dhu al-qadah", "dhul qadah", "dhu al-qa'dah"),
    ("ذو الحجة", "ذي الحجة", "dhu al-hijjah", "dhul hijjah"),
)
_NUMBER = {
    plain_date(name): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names
}
_MONTH = "|".join(sorted(map(re.escape, _NUMBER), key=len, reverse=True))
_MARK = re.compile(r"\s*(?:هجرية|هجري|هـ|ه|a\.?h\.?|hijri)\.?$", re.IGNORECASE)
_NAMED = re.compile(rf"(?P<day>\d{{1,2}})[\s-]+(?P<month>{_MONTH}),?[\s-]+(?P<year>1[34]\d\d)")
_NUMBERS = re.compile(r"(?P<first>\d{1,2})[/.\-](?P<second>\d{1,2})[/.\-](?P<year>1[34]\d\d)")
_YEAR_FIRST = re.compile(r"(?P<year>1[34]\d\d)[/.\-](?P<second>\d{1,2})[/.\-](?P<first>\d{1,2})")
# Without a mark a year before may as well be of the Persian calendar, which is forty years behind.
_FIRST_BARE_YEAR = 1425
# Day 1 of the year 1: 19 July 622 of the Gregorian calendar.
_EPOCH = dt.date(622, 7, 19).toordinal()


def parse_islamic_date(text: str, *, day_first: bool | None = None) -> CivilDate | None:
    """Civil date that a date of the Islamic calendar means, within a day; None for other texts.

    Parameters
    ----------
    text
        A cell such as `17 رجب 1445`, `17/07/1445 هـ`, or `17-07-1445`.
    day_first
        Whether the day stands before the month; where None, Arabic use decides, which puts it
        first.

    Returns
    -------
    CivilDate
        The day before, the day, and the day after, as a range.

    Examples
    --------
    >>> date = parse_islamic_date("17 رجب 1445")
    >>> date.start.isoformat(), date.end.isoformat()
    ('2024-01-27', '2024-01-29')
    """
    words = plain_date(text)
    marked = _MARK.search(words)
    words = words[: marked.start()].strip() if marked else words
    if found := _NAMED.fullmatch(words):
        return _around(int(found["year"]), _NUMBER[found["month"]], int(found["day"]))
    found = _NUMBERS.fullmatch(words) or _YEAR_FIRST.fullmatch(words)
    if found is None or (not marked and int(found["year"]) < _FIRST_BARE_YEAR):
        return None
    day, month = int(found["first"]), int(found["second"])
    if day_first is False and found.re is _NUMBERS:
        day, month = month, day
    return _around(int(found["year"]), month, day)


def _around(year: int, month: int, day: int) -> CivilDate | None:
    if not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    # Years of 354 days, of which 11 in 30 have one more; months of 30 and 29 days in turn.
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2
    ordinal = _EPOCH + before + day - 1
    start, end = (dt.date.fromordinal(ordinal + step) for step in (-1, 1))
    return CivilDate(start, end, "range")
