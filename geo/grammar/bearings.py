"""Words for directions and distances: how far, which way, and how exactly each is said."""

import re
from dataclasses import dataclass

__all__ = ["DIRECTION", "DISTANCE", "Bearing", "Distance", "parse_bearing", "parse_distance"]

_POINTS = (
    "n",
    "nne",
    "ne",
    "ene",
    "e",
    "ese",
    "se",
    "sse",
    "s",
    "ssw",
    "sw",
    "wsw",
    "w",
    "wnw",
    "nw",
    "nnw",
)
_STEP_DEG = 22.5
_CARDINAL = r"(?:north|south|east|west)"
_SECONDARY = r"(?:north|south)[- ]?(?:east|west)"
#: A direction as a word or as letters, such as north, south-western, NNE.
DIRECTION = (
    rf"(?:(?:{_CARDINAL}[- ](?:by[- ])?{_SECONDARY}|{_SECONDARY}|{_CARDINAL})(?:ern|wards?|erly)?"
    r"|[NS][NS]?[EW]|[EW][NS][EW]|[NSEW])"
)

_WORDS = {
    "half": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
    "a few": 4, "few": 4, "several": 5, "a couple of": 2, "half a": 0.5, "half an": 0.5,
    "a hundred": 100, "one hundred": 100, "dozens of": 40,
}  # fmt: skip
# Words that stand for a range, as a share of the value.
_VAGUE = {"a few": 0.6, "few": 0.6, "several": 0.6, "a couple of": 0.4, "dozens of": 0.6}
_NUMBER = (
    r"\d{1,3}(?:[, ]\d{3})+|\d{1,5}(?:[.,]\d{1,3})?(?:\s*(?:-|–|to)\s*\d{1,5}(?:[.,]\d{1,3})?)?"
    rf"|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b"
)
_DRIVE = r"(?:hours?|hrs?|minutes?|mins?)(?:['’]s?)?[- ](?:by (?:car|road)|drive|walk|on foot)"
_UNIT = (
    r"(?:kms?|kilomet(?:er|re)s?|miles?|mi|nautical miles?|nmi|nm|met(?:er|re)s?|m|yards?|leagues?"
    rf"|{_DRIVE})"
)
_ABOUT = (
    r"(?:(?:just |only |some |about |around |approximately |approx\.? |roughly |nearly |almost "
    r"|over |more than |less than |up to |within |at least |c\. ?|ca\.? |~ ?)*(?:an? (?=\d))?)"
)
#: A distance as it is said, such as "about 20 km" or "two hours' drive".
DISTANCE = rf"{_ABOUT}(?:{_NUMBER})\s*-?\s*{_UNIT}\b"

_THOUSANDS = re.compile(r"\d{1,3}(?:[, ]\d{3})+")
_DISTANCE = re.compile(
    rf"(?P<about>{_ABOUT})(?P<number>{_NUMBER})\s*-?\s*(?P<unit>{_UNIT})", re.IGNORECASE
)
_LETTERS = re.compile(r"[nsew](?=orth|outh|ast|est)")
_DIRECTION = re.compile(DIRECTION, re.IGNORECASE)
_METRES = {
    "k": 1_000.0, "mi": 1_609.344, "n": 1_852.0, "me": 1.0, "m": 1.0, "y": 0.9144, "l": 4_828.0,
}  # fmt: skip
_DRIVE_M_PER_HOUR, _WALK_M_PER_HOUR = 50_000.0, 4_500.0
# Roads wind: the straight line is about three quarters of the way.
_AIR_PER_ROAD = 0.75
_TRAVEL_ERROR = 0.5
# Nobody measures better than this share when telling a distance.
_LEAST_ERROR = 0.1


@dataclass(frozen=True)
class Distance:
    """A distance in metres, and how far the true one may be off; `is_limit`: "within 5 km"."""

    metres: float
    error_m: float
    is_limit: bool = False


@dataclass(frozen=True)
class Bearing:
    """An azimuth in degrees, and half the width of the sector that the word stands for."""

    azimuth_deg: float
    error_deg: float


def parse_distance(text: str) -> Distance | None:
    """Distance of words such as "20 km", "10-15 miles", "two hours' drive".

    The error is half a unit of the last digit that counts, a tenth of the distance at least.

    Examples
    --------
    >>> parse_distance("20 km")
    Distance(metres=20000.0, error_m=5000.0, is_limit=False)
    >>> parse_distance("two hours' drive").error_m
    37500.0
    """
    match = _DISTANCE.fullmatch(text.strip())
    if match is None:
        return None
    value, error = _value(match["number"].casefold())
    if value == 0:
        return None
    unit = match["unit"].casefold()
    is_limit = any(word in match["about"].casefold() for word in ("within", "less than", "up to"))
    if travel := re.match(r"(h|m)\w*['’]?s?[- ](?P<how>by|drive|walk|on)", unit):
        speed = _WALK_M_PER_HOUR if travel["how"] in {"walk", "on"} else _DRIVE_M_PER_HOUR
        hours = value if travel[1] == "h" else value / 60
        metres = hours * speed * _AIR_PER_ROAD
        return Distance(metres, metres * _TRAVEL_ERROR, is_limit)
    factor = _METRES.get(unit[:2]) or _METRES[unit[0]]
    metres = value * factor
    return Distance(metres, max(error * factor, _LEAST_ERROR * metres), is_limit)


def parse_bearing(text: str) -> Bearing | None:
    """Azimuth of a word such as "north", "south-western", "NNE".

    North leaves a quarter of the circle open, northeast an eighth, north-northeast a sixteenth
    (point-radius method, Wieczorek, Guo and Hijmans 2004, doi:10.1080/13658810412331280211).

    Examples
    --------
    >>> parse_bearing("south-western"), parse_bearing("NNE")
    (Bearing(azimuth_deg=225.0, error_deg=22.5), Bearing(azimuth_deg=22.5, error_deg=11.25))
    """
    match = _DIRECTION.fullmatch(text.strip())
    if match is None:
        return None
    word = re.sub(r"(?:ern|wards?|erly)$", "", match[0].casefold())
    letters = word if len(word) <= 3 else "".join(_LETTERS.findall(word))
    if letters not in _POINTS:
        return None
    return Bearing(_POINTS.index(letters) * _STEP_DEG, 90.0 / 2 ** len(letters))


def _value(number: str) -> tuple[float, float]:
    """Value of a number, and half a unit of its last digit that counts."""
    if number in _WORDS:
        value = float(_WORDS[number])
        return value, value * _VAGUE[number] if number in _VAGUE else _half_unit(f"{value:g}")
    if _THOUSANDS.fullmatch(number):
        whole = number.replace(",", "").replace(" ", "")
        return float(whole), _half_unit(whole)
    ends = [float(end.replace(",", ".")) for end in re.split(r"\s*(?:-|–|to)\s*", number)]
    if len(ends) == 2:
        return sum(ends) / 2, abs(ends[1] - ends[0]) / 2
    return ends[0], _half_unit(number.replace(",", "."))


def _half_unit(number: str) -> float:
    decimals = number.partition(".")[2]
    if decimals:
        return 0.5 * 10.0 ** -len(decimals)
    zeros = len(number) - len(number.rstrip("0"))
    return 0.5 * 10.0 ** min(zeros, len(number) - 1)
