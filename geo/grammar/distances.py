"""Words for distances: how far, how exactly, and whether more or less than that."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geo.geodesy import FARTHEST_M

__all__ = ["DISTANCE", "Distance", "parse_distance"]

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_ROUND = {
    "a": 1, "an": 1, "half": 0.5, "half a": 0.5, "half an": 0.5, "a quarter of a": 0.25,
    "hundred": 100, "a hundred": 100, "a dozen": 12, "a score": 20,
}  # fmt: skip
# Words that stand for a range, and the share of the value by which it may be off.
_VAGUE = {
    "a few": (4, 0.6), "few": (4, 0.6), "several": (5, 0.6), "some": (5, 0.6),
    "a couple of": (2, 0.4), "a couple": (2, 0.4), "tens of": (40, 0.6), "dozens of": (40, 0.6),
    "many": (40, 0.6), "hundreds of": (300, 0.6),
}  # fmt: skip
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_SIMPLE = "|".join(sorted([*_ROUND, *_VAGUE, *_TENS, *_ONES], key=len, reverse=True))
_WORDS = (
    rf"(?:(?:{'|'.join(_TENS)})[- ](?:{'|'.join(list(_ONES)[:9])})"
    rf"|(?:{'|'.join(list(_ONES)[:9])}) hundred|{_SIMPLE})"
)
_DIGITS = r"\d{1,3}(?:[, ]\d{3})+|\d{1,5}(?:[.,]\d{1,3})?"
_FRACTION = r"(?:\d{1,3}[ -]?)?[½¼¾]|(?:\d{1,3}[ -])?(?:1/2|1/4|3/4)"
_NUMBER = (
    rf"(?:{_FRACTION}"
    rf"|(?:between )?(?:{_DIGITS})(?:\s*(?:-|–|to|and|or)\s*\d{{1,5}}(?:[.,]\d{{1,3}})?)?"
    rf"|{_WORDS}\b(?: and a half|(?: to| or) {_WORDS}\b)?)"
)
_HOW = r"by (?:car|road|bus|truck|motorbike|foot)|drive|walk|march|on foot"
_TRAVEL = (
    rf"(?:(?:days?|hours?|hrs?|minutes?|mins?)(?:['’]s?)?[- ](?:{_HOW})|hours?|hrs?|minutes?|mins?)"
)
_UNIT = (
    r"(?:kms?|kilomet(?:er|re)s?|klicks?|clicks?|miles?|mi|nautical miles?|nmi|nm|met(?:er|re)s?"
    rf"|mtrs?|m|yards?|yds?|feet|ft|leagues?|{_TRAVEL})"
)
_LESS = "up to|less than|no more than|not more than|no farther than|at most|under|below|within"
_MORE = "more than|over|at least|no less than|not less than|beyond|upwards of|above"
_ABOUT = (
    rf"(?:(?:{_LESS}|{_MORE}|just|only|some|about|around|approximately|approx\.?|roughly|nearly"
    r"|almost|circa|c\.|ca\.?|an estimated|a distance of|~)\s*)*"
)
# "A 20 km", "a two-hour"; but "a mile".
_ARTICLE = rf"(?:an? (?=\d|(?:{'|'.join([*_ONES, *_TENS])})-))?"
#: A distance as it is said, such as "about 20 km" or "two hours' drive".
DISTANCE = rf"(?:{_ABOUT}{_ARTICLE}{_NUMBER}\s*-?\s*{_UNIT}\b\.?(?: and a half\b)?)"

_DISTANCE = re.compile(
    rf"(?P<about>{_ABOUT}){_ARTICLE}(?P<number>{_NUMBER})\s*-?\s*(?P<unit>{_UNIT})\.?"
    r"(?P<half> and a half)?",
    re.IGNORECASE,
)
_IS_LESS, _IS_MORE = (re.compile(rf"\b(?:{words})\b") for words in (_LESS, _MORE))
_THOUSANDS = re.compile(r"\d{1,3}(?:[, ]\d{3})+")
_TO = re.compile(r"\s*(?:-|–|to|and|or)\s*")
_WORD_TO = re.compile(r" (?:to|or) ")
_TRAVELLED = re.compile(rf"(?P<time>d|h|mi(?=n))\w*?s?(?:['’]s?)?(?:[- ](?P<how>{_HOW}))?(?!\w)")
_METRES = {
    "k": 1_000.0, "c": 1_000.0, "mi": 1_609.344, "n": 1_852.0, "m": 1.0, "y": 0.9144,
    "f": 0.3048, "l": 4_828.0,
}  # fmt: skip
_DRIVE_M_PER_HOUR, _WALK_M_PER_HOUR = 50_000.0, 4_500.0
# Nobody travels round the clock.
_HOURS = {"d": 8.0, "h": 1.0, "mi": 1 / 60}
# Roads wind: the straight line is about three quarters of the way.
_AIR_PER_ROAD = 0.75
_TRAVEL_ERROR = 0.5
# Nobody measures better than this share when telling a distance.
_LEAST_ERROR = 0.1
# Who says "more than 20 km" would say "more than 40 km" beyond twice as far.
_FARTHEST_TIMES = 2.0
# Tables state the same few round distances.
_KEPT = 512


@dataclass(frozen=True)
class Distance:
    """A distance in metres, and how far the true one may be off.

    `bound` tells whether it is about that far, `up to` it ("within 5 km"), or `from` it outwards
    ("more than 5 km").
    """

    metres: float
    error_m: float
    bound: Literal["about", "up to", "from"] = "about"

    @property
    def reach_m(self) -> tuple[float, float]:
        """Least and greatest distance in metres that can be meant; the least at least 0."""
        if self.bound == "from":
            return self.metres, min(_FARTHEST_TIMES * self.metres, FARTHEST_M)
        least_m = 0.0 if self.bound == "up to" else max(self.metres - self.error_m, 0.0)
        return least_m, min(self.metres + self.error_m, FARTHEST_M)

    @property
    def kilometres(self) -> str:
        """The distance in kilometres, below one in metres."""
        return _kilometres(self.metres)

    @property
    def words(self) -> str:
        """How to say it: "20 km", "up to 5 km"."""
        said = self.kilometres
        if self.bound == "from":
            return f"more than {said} (taken as up to {_kilometres(self.reach_m[1])})"
        return f"up to {said}" if self.bound == "up to" else said


@lru_cache(maxsize=_KEPT)
def parse_distance(text: str) -> Distance | None:
    """Distance of words such as "20 km", "10-15 miles", "two hours' drive".

    The error is half a unit of the last digit that counts, a tenth of the distance at least.

    Examples
    --------
    >>> parse_distance("20 km")
    Distance(metres=20000.0, error_m=5000.0, bound='about')
    >>> parse_distance("more than half a mile").reach_m
    (804.672, 1609.344)
    >>> parse_distance("two hours' drive").error_m
    37500.0
    """
    match = _DISTANCE.fullmatch(text.strip())
    if match is None:
        return None
    value, error = _value(match["number"].casefold())
    if match["half"]:
        value, error = value + 0.5, 0.25
    if value == 0:
        return None
    unit, about = match["unit"].casefold(), match["about"].casefold()
    bound = _bound(about)
    if travel := _TRAVELLED.match(unit):
        is_slow = travel["how"] in {"walk", "march", "on foot", "by foot"}
        speed = _WALK_M_PER_HOUR if is_slow else _DRIVE_M_PER_HOUR
        metres = value * _HOURS[travel["time"]] * speed * _AIR_PER_ROAD
        error_m = metres * _TRAVEL_ERROR
    else:
        factor = _METRES.get(unit[:2]) or _METRES[unit[0]]
        metres = value * factor
        error_m = max(error * factor, _LEAST_ERROR * metres)
    return Distance(metres, error_m, bound) if metres <= FARTHEST_M else None


def _bound(about: str) -> Literal["about", "up to", "from"]:
    # "No more than" holds "more than".
    if _IS_LESS.search(about):
        return "up to"
    return "from" if _IS_MORE.search(about) else "about"


def _value(number: str) -> tuple[float, float]:
    """Value of a number, and half a unit of its last digit that counts."""
    number = number.removeprefix("between ")
    if number in _VAGUE:
        vague, share = _VAGUE[number]
        return vague, vague * share
    if _THOUSANDS.fullmatch(number):
        whole = number.replace(",", "").replace(" ", "")
        return float(whole), _half_unit(whole)
    if number.endswith(" and a half"):
        return _single(number.removesuffix(" and a half")) + 0.5, 0.25
    ends = [_single(end) for end in _range_ends(number)]
    if len(ends) == 2:
        return sum(ends) / 2, abs(ends[1] - ends[0]) / 2
    value = ends[0]
    is_written = number[0].isdigit() and not number.endswith(tuple(_FRACTIONS))
    return value, _half_unit(number.replace(",", ".") if is_written else f"{value:g}")


def _range_ends(number: str) -> list[str]:
    # "1-1/2" is no range, and neither is "twenty-five".
    if number.endswith(tuple(_FRACTIONS)):
        return [number]
    return _TO.split(number) if number[0].isdigit() else _WORD_TO.split(number)


def _single(number: str) -> float:
    for sign, value in _FRACTIONS.items():
        if number.endswith(sign):
            whole = number.removesuffix(sign).strip(" -")
            return float(whole or 0) + value
    if number[0].isdigit():
        return float(number.replace(",", "."))
    if number in _VAGUE:
        return float(_VAGUE[number][0])
    if number in _ROUND:
        return float(_ROUND[number])
    times, _, rest = number.partition(" hundred")
    if number.endswith(" hundred"):
        return 100.0 * _ONES[times] + (float(rest) if rest else 0.0)
    return float(sum({**_TENS, **_ONES}[word] for word in re.split(r"[- ]", number)))


def _half_unit(number: str) -> float:
    decimals = number.partition(".")[2]
    if decimals:
        return 0.5 * 10.0 ** -len(decimals)
    zeros = len(number) - len(number.rstrip("0"))
    return 0.5 * 10.0 ** min(zeros, len(number) - 1)


def _kilometres(metres: float) -> str:
    kilometres = metres / 1_000
    if kilometres < 1:
        return f"{metres:.3g} m"
    return f"{kilometres:,.0f} km" if kilometres >= 10 else f"{kilometres:.3g} km"
