"""Coordinates as people write them: decimal degrees, degrees with minutes and seconds."""

import math
import re
import warnings

__all__ = ["coordinate_radius_m", "parse_coordinates", "parse_degrees"]

_NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
_DECIMAL_PAIR = re.compile(rf"\(?\s*{_NUMBER}\s*°?\s*[,;\s]\s*{_NUMBER}\s*°?\s*\)?")
_HEMISPHERES = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*[NS][^A-Za-z]*\d[^A-Za-z]*[EW]\W*")
_SPACED_SEXAGESIMAL = re.compile(r"(\d{1,3})\s+(\d{1,2})\s+(\d{1,2}(?:\.\d+)?)\s*([NSEW])")
_DECIMAL_COMMA = re.compile(r"([+-]?\d{1,3}),(\d+)")
_METRES_PER_DEGREE = 111_320.0


def parse_coordinates(text: str) -> tuple[float, float] | None:
    r"""Longitude and latitude in degrees that a text states, latitude first; None if it does not.

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
    stripped = text.strip()
    if not (_DECIMAL_PAIR.fullmatch(stripped) or _HEMISPHERES.fullmatch(stripped)):
        return None
    # Late: geopy brings all its online services along, and few texts state coordinates.
    from geopy.point import Point  # noqa: PLC0415

    marked = _SPACED_SEXAGESIMAL.sub(r"\1 \2m \3s \4", stripped.strip("() "))
    with warnings.catch_warnings():
        # A latitude beyond 90° both warns and raises.
        warnings.simplefilter("ignore")
        try:
            point = Point.from_string(marked)
        except ValueError:
            return None
    return float(point.longitude), float(point.latitude)


def parse_degrees(text: str) -> float | None:
    """Decimal degrees of one cell, with a decimal point or comma; None if it is no number.

    Examples
    --------
    >>> parse_degrees("38,703"), parse_degrees("-0.5"), parse_degrees("n/a")
    (38.703, -0.5, None)
    """
    stripped = text.strip().removesuffix("°").strip()
    if match := _DECIMAL_COMMA.fullmatch(stripped):
        stripped = f"{match[1]}.{match[2]}"
    try:
        degrees = float(stripped)
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) else None


def coordinate_radius_m(*texts: str) -> float:
    """Radius in metres of what the digits of coordinates leave open: half a cell's diagonal.

    Notes
    -----
    Source: coordinate precision after Wieczorek, Guo and Hijmans 2004
    (doi:10.1080/13658810412331280211).

    Examples
    --------
    >>> round(coordinate_radius_m("38.7", "33.31"))
    7872
    """
    decimals = min(len(text.strip().replace(",", ".").partition(".")[2]) for text in texts)
    return _METRES_PER_DEGREE * float(10.0**-decimals) * math.sqrt(0.5)
