"""Coordinates as people write them: decimal degrees, degrees with minutes and seconds."""

import math
import re
from decimal import Decimal, InvalidOperation

__all__ = [
    "coordinate_fault",
    "coordinate_radius_m",
    "pair_radius_m",
    "parse_coordinates",
    "parse_degrees",
]

# No statement of coordinates is longer; longer texts are not searched for one.
_LONGEST = 80
_MARKS = str.maketrans({"º": "°", "′": "'", "’": "'", "´": "'", "″": '"', "”": '"', "−": "-"})

# Spaces are single by now, and each is separated from the next by something else: a text that does
# not match fails in linear time.
_NUMBER = r"\d{1,3}(?:\.\d+)?"
_ANGLE = (
    rf"[+-]?{_NUMBER}"
    rf"(?:(?: ?° ?| ){_NUMBER}(?:(?: ?' ?| ){_NUMBER}(?: ?\")?| ?')?| ?°)?"
)
_DECIMAL_PAIR = re.compile(rf"([+-]?{_NUMBER})(?: ?°)?(?: ?[,;] ?| )([+-]?{_NUMBER})(?: ?°)?")
_MARKED_PAIR = re.compile(rf"({_ANGLE} ?[NS])(?: ?[,;/] ?| )?({_ANGLE} ?[EW])")
_MARKED_PAIR_LON_FIRST = re.compile(rf"({_ANGLE} ?[EW])(?: ?[,;/] ?| )?({_ANGLE} ?[NS])")
_ONE_ANGLE = re.compile(rf"{_ANGLE}(?: ?[NSEW])?")
_DECIMAL_COMMA = re.compile(r"([+-]?\d{1,3}),(\d+)(.*)")
_METRES_PER_DEGREE = 111_320.0


def parse_coordinates(text: str) -> tuple[float, float] | None:
    r"""Longitude and latitude in degrees that a text states, latitude first; None if it does not.

    Whether they can be on the earth is for `coordinate_fault` to say.

    Examples
    --------
    >>> parse_coordinates("33.306, 38.703")
    (38.703, 33.306)
    >>> lon, lat = parse_coordinates("33°18'21.6\"N 38°42'10.8\"E")
    >>> round(lon, 6), round(lat, 6)
    (38.703, 33.306)
    >>> parse_coordinates("Tower 22") is None
    True
    """
    pair = _pair(text)
    if pair is None:
        return None
    lon, lat = map(_degrees, pair)
    return None if lon is None or lat is None else (lon, lat)


def pair_radius_m(text: str) -> float:
    """Radius in metres of what the digits of a text that states coordinates leave open.

    Examples
    --------
    >>> round(pair_radius_m("33.306° N, 38.7° E"))
    7872
    """
    return coordinate_radius_m(*(_pair(text) or (text,)))


def coordinate_fault(lon: float, lat: float) -> str | None:
    """Why coordinates cannot be those of an incident; None when they can.

    Examples
    --------
    >>> coordinate_fault(33.3, 98.7)
    'longitude 33.3, latitude 98.7 is not on the earth; the two may be swapped'
    >>> coordinate_fault(38.703, 33.306) is None
    True
    """
    if abs(lon) > 180 or abs(lat) > 90:
        said = f"longitude {lon:g}, latitude {lat:g} is not on the earth"
        swapped = abs(lon) <= 90 and abs(lat) <= 180
        return f"{said}; the two may be swapped" if swapped else said
    return "coordinates are 0, 0, which stands for unknown" if lon == 0 == lat else None


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
    plain = _plain(text)
    if plain[-1:] in set("NSEW") - set(hemispheres):
        return None
    try:
        degrees = float(plain)
    except ValueError:
        return _degrees(plain) if _ONE_ANGLE.fullmatch(plain) else None
    return degrees if math.isfinite(degrees) else None


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
    return _METRES_PER_DEGREE * max(map(_step_deg, stated)) * math.sqrt(0.5)


def _plain(text: str) -> str:
    """Text with single spaces, plain marks and a decimal point; empty when it is too long."""
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        return ""
    words = words.translate(_MARKS).replace("''", '"')
    match = _DECIMAL_COMMA.fullmatch(words)
    return f"{match[1]}.{match[2]}{match[3]}" if match and "," not in match[3] else words


def _pair(text: str) -> tuple[str, str] | None:
    """Longitude and latitude of a text, as written."""
    words = " ".join(text.split()).strip("()[] ")
    if len(words) > _LONGEST:
        return None
    words = words.translate(_MARKS).replace("''", '"')
    if match := _MARKED_PAIR_LON_FIRST.fullmatch(words):
        return match[1], match[2]
    match = _DECIMAL_PAIR.fullmatch(words) or _MARKED_PAIR.fullmatch(words)
    return (match[2], match[1]) if match else None


def _degrees(angle: str) -> float | None:
    """Decimal degrees of an angle; None where minutes or seconds are not below 60."""
    whole, *parts = (float(number) for number in re.findall(_NUMBER, angle))
    if any(part >= 60 for part in parts) or (parts and not whole.is_integer()):
        return None
    size = whole + sum(part / 60.0**power for power, part in enumerate(parts, start=1))
    negative = angle.startswith("-") != angle.endswith(("S", "W"))
    return -size if negative else size


def _step_deg(stated: str | float) -> float:
    """Unit of the last digit of an angle in degrees."""
    if not isinstance(stated, str):
        # A number does not remember zeros at its end: 38.0 may have been written 38.
        return _unit(Decimal(repr(float(stated))).normalize())
    plain = _plain(stated)
    try:
        return _unit(Decimal(plain))
    except InvalidOperation:
        parts = re.findall(_NUMBER, plain) or ["0"]
        return _unit(Decimal(parts[-1])) / 60.0 ** (len(parts) - 1)


def _unit(number: Decimal) -> float:
    exponent = number.as_tuple().exponent
    return float(10.0 ** min(exponent, 0)) if isinstance(exponent, int) else 1.0
