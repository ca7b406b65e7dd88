"""Angles as people write them: decimal degrees, degrees with minutes and seconds, hemispheres."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from geo.grammar.angle_text import LONGEST, plain_text

__all__ = ["Angle", "angle_radius_m", "coordinate_radius_m", "parse_angle", "parse_degrees"]

_TOKENS = re.compile(r"\d+(?:\.\d+)?|[+-]|°|'|\"|[NSEW]| |(?P<other>.)")
_UNITS = {"°": 0, "'": 1, '"': 2}
_PARTS = ("degrees", "minutes", "seconds")
# DDMM and DDMMSS of latitudes, DDDMM and DDDMMSS of longitudes: six digits and an E are as well the
# easting of some grid.
_PACKED = tuple(re.compile(rf"(\d{{2,3}}){minutes}(\d\d(?:\.\d+)?)") for minutes in ("", r"(\d\d)"))
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True)
class Angle:
    """One angle as it was written.

    Parameters
    ----------
    degrees
        Decimal degrees; negative in the south and west.
    step_deg
        Unit of the last digit.
    hemisphere
        N, S, E, W, or empty.
    contradicts
        Whether a minus sign stands beside a hemisphere, so that the sign is in doubt.
    parts
        1 for degrees, 2 with minutes, 3 with seconds.
    excess
        Minutes or seconds beyond 59, such as "75 minutes"; empty where there are none.
    """

    degrees: float
    step_deg: float
    hemisphere: str = ""
    contradicts: bool = False
    parts: int = 1
    excess: str = ""


def parse_angle(text: str) -> Angle | None:
    """Angle that a plain text states; None where it states none.

    Only the last number has decimals. Digits in one run beside a hemisphere are degrees and
    minutes, or degrees, minutes and seconds (DDMMSS, DDDMMSS).

    Examples
    --------
    >>> parse_angle("33°18'N").degrees, parse_angle("0384200E").degrees
    (33.3, 38.7)
    >>> parse_angle("33°75'").excess, parse_angle("33 75") is None
    ('75 minutes', True)
    """
    signs = _signs(text) if len(text) <= LONGEST else None
    if signs is None:
        return None
    hemisphere, minus, numbers = signs
    if hemisphere and len(numbers) == 1 and "°" not in text:
        numbers = _unpacked(numbers[0], is_lat=hemisphere in "NS")
    if any("." in number for number in numbers[:-1]):
        return None
    excess = _excess(numbers)
    # Without a mark or a hemisphere they are any numbers.
    if excess and not hemisphere and not _UNITS.keys() & set(text):
        return None
    size = sum(float(number) / 60.0**power for power, number in enumerate(numbers))
    is_negative = minus or hemisphere in {"S", "W"}
    return Angle(
        degrees=-size if is_negative else size,
        step_deg=_unit(numbers[-1]) / 60.0 ** (len(numbers) - 1),
        hemisphere=hemisphere,
        contradicts=minus and bool(hemisphere),
        parts=len(numbers),
        excess=excess,
    )


def _unpacked(number: str, *, is_lat: bool) -> list[str]:
    """Degrees, minutes and seconds of digits in one run; the number itself if they are none."""
    found = next((found for form in _PACKED if (found := form.fullmatch(number))), None)
    if found is None or len(found[1]) != (2 if is_lat else 3):
        return [number]
    return list(found.groups())


def _excess(numbers: list[str]) -> str:
    said = zip(numbers[1:], _PARTS[1:], strict=False)
    return next((f"{number} {part}" for number, part in said if float(number) >= 60), "")


def _signs(text: str) -> tuple[str, bool, list[str]] | None:
    """Hemisphere, minus sign and numbers of an angle; None where they stand out of order."""
    tokens = [match for match in _TOKENS.finditer(text) if match[0] != " "]
    if not tokens or any(token["other"] for token in tokens):
        return None
    words = [token[0] for token in tokens]
    letters = [word for word in words if word in "NSEW"]
    if len(letters) > 1 or (letters and letters[0] not in {words[0], words[-1]}):
        return None
    words = [word for word in words if word not in "NSEW"]
    minus = bool(words) and words[0] == "-"
    words = words[1:] if words and words[0] in "+-" else words
    numbers: list[str] = []
    for word in words:
        if word[0].isdigit():
            numbers.append(word)
        elif word in "+-" or _UNITS[word] != len(numbers) - 1:
            return None
    if not 1 <= len(numbers) <= 3 or max(map(len, numbers)) > 25:
        return None
    return (letters[0] if letters else ""), minus, numbers


def parse_degrees(text: str, *, hemispheres: str = "NSEW") -> float | None:
    """Decimal degrees of one cell; None if it states no angle.

    Parameters
    ----------
    text
        Degrees with a decimal point or comma, or degrees, minutes and seconds; a letter may name
        the hemisphere.
    hemispheres
        Letters that it may name: `EW` for a longitude, `NS` for a latitude.

    Examples
    --------
    >>> parse_degrees("38,703"), parse_degrees("-0.5"), parse_degrees("n/a")
    (38.703, -0.5, None)
    >>> parse_degrees("33.306 S"), parse_degrees("12° 30'"), parse_degrees("12E", hemispheres="NS")
    (-33.306, 12.5, None)
    """
    angle = _cell_angle(text)
    if angle is None:
        return _exponent_degrees(text)
    if angle.contradicts or angle.excess or angle.hemisphere not in {"", *hemispheres}:
        return None
    return angle.degrees


def coordinate_radius_m(*stated: str | float) -> float:
    """Radius in metres of what the digits of coordinates leave open: half a cell's diagonal.

    Parameters
    ----------
    stated
        Longitude and latitude as written; of a number the fewest digits that give it back count.

    Notes
    -----
    Source: coordinate precision after Wieczorek, Guo and Hijmans 2004
    (doi:10.1080/13658810412331280211).

    Examples
    --------
    >>> round(coordinate_radius_m("38.7", "33.31"))
    7872
    """
    return angle_radius_m(*map(_step_deg, stated))


def angle_radius_m(*steps_deg: float) -> float:
    """Radius in metres of a cell whose sides are units of last digits, in degrees."""
    return _METRES_PER_DEGREE * max(steps_deg) * math.sqrt(0.5)


def _cell_angle(text: str) -> Angle | None:
    words = plain_text(text)
    if len(words) > LONGEST:
        return None
    return parse_angle(words) or (
        parse_angle(words.replace(",", ".")) if words.count(",") == 1 else None
    )


def _exponent_degrees(text: str) -> float | None:
    """Degrees as programs write small numbers, such as 1e-05."""
    try:
        degrees = float(text)
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) else None


def _step_deg(stated: str | float) -> float:
    """Unit of the last digit of an angle in degrees."""
    if isinstance(stated, str):
        angle = _cell_angle(stated)
        if angle is not None:
            return angle.step_deg
        degrees = _exponent_degrees(stated)
        return _step_deg(degrees) if degrees is not None else 1.0
    # A number does not remember zeros at its end: 38.0 may have been written 38.
    return _unit(str(Decimal(repr(float(stated))).normalize()))


def _unit(number: str) -> float:
    exponent = Decimal(number).as_tuple().exponent
    return float(10.0 ** min(exponent, 0)) if isinstance(exponent, int) else 1.0
