"""Positions in grids: MGRS and USNG, UTM, Plus Codes."""

import math
import re
import warnings
from functools import cache
from typing import TYPE_CHECKING

from mgrs import MGRS
from mgrs.core import MGRSError
from openlocationcode import openlocationcode

from geo.geodesy import geod
from geo.grammar.angle_text import LONGEST, plain_text
from geo.grammar.coordinates import Coordinates

if TYPE_CHECKING:
    from pyproj import Transformer

__all__ = ["mgrs_position", "plus_code_position", "utm_position"]

_MGRS = re.compile(
    r"(?P<square>(?:\d{1,2} ?[C-HJ-NP-X]|[ABYZ]) ?[A-HJ-NP-Z] ?[A-HJ-NP-Z]) ?"
    r"(?:(?P<digits>\d{2,10})|(?P<east>\d{1,5}) (?P<north>\d{1,5}))"
)
_UTM_NUMBER = r"(\d{1,8}(?:\.\d+)?) ?M? ?"
_ZONE = r"(?:UTM )?(?:ZONE )?(?P<zone>\d{1,2}) ?(?P<band>[C-HJ-NP-X])"
_UTM_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_ZONE}[ ,;:]+(?:E ?[:=]? ?)?{_UTM_NUMBER}E?[ ,;/]+(?:N ?[:=]? ?)?{_UTM_NUMBER}N?",
        rf"(?:E ?[:=]? ?)?{_UTM_NUMBER}E?[ ,;/]+(?:N ?[:=]? ?)?{_UTM_NUMBER}N?[ ,;]+{_ZONE}",
    )
)
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_EASTINGS_M = (100_000.0, 900_000.0)
_NORTHEST_M = 10_000_000.0
_HALF_DIAGONAL = math.sqrt(0.5)


def mgrs_position(text: str) -> Coordinates | None:
    """Middle of the MGRS or USNG square that a text names, with or without spaces.

    Examples
    --------
    >>> found = mgrs_position("37S DS 72464 85504")
    >>> round(found.lon_deg, 4), round(found.lat_deg, 4), round(found.uncertainty_m, 1)
    (38.7042, 33.3083, 0.7)
    """
    match = _MGRS.fullmatch(_upper(text))
    if match is None:
        return None
    east, north = match["east"] or "", match["north"] or ""
    digits = match["digits"] or east + north
    if len(digits) % 2 or len(east) != len(north):
        return None
    half = len(digits) // 2
    square = match["square"].replace(" ", "")
    # One more digit 5 on each side is the middle of the square; the library gives its corner.
    middle = f"{square}{digits[:half]}5{digits[half:]}5" if half < 5 else square + digits
    try:
        with warnings.catch_warnings():
            # Whether the square lies in its zone is looked at below.
            warnings.simplefilter("ignore", RuntimeWarning)
            lat, lon = MGRS().toLatLon(middle)
    except (MGRSError, ValueError):
        return None
    if not _in_zone(square, lon, lat):
        return None
    return Coordinates(lon, lat, 10.0 ** (5 - half) * _HALF_DIAGONAL, "mgrs")


def utm_position(text: str) -> Coordinates | None:
    """Position in UTM coordinates on WGS 84: zone with band or hemisphere, easting, northing.

    The letter S is a band (32° to 40° N) and also stands for south. The band is taken where the
    northing lies in it, and both readings are proposed.

    Examples
    --------
    >>> found = utm_position("37S 472464 3685504")
    >>> round(found.lon_deg, 4), round(found.lat_deg, 4)
    (38.7042, 33.3083)
    """
    words = _upper(text)
    match = next((match for form in _UTM_FORMS if (match := form.fullmatch(words))), None)
    if match is None:
        return None
    numbers = [group for group in match.groups() if group and not group.isalpha()]
    numbers.remove(match["zone"])
    easting, northing = map(float, numbers)
    zone = int(match["zone"])
    if not (1 <= zone <= 60 and _EASTINGS_M[0] <= easting <= _EASTINGS_M[1]):
        return None
    readings = _utm_readings(zone, match["band"], easting, northing)
    if not readings:
        return None
    decimals = min(len(number.partition(".")[2]) for number in numbers)
    return Coordinates(
        *readings[0],
        10.0**-decimals * _HALF_DIAGONAL,
        "utm",
        "the letter S may be the band 32 to 40 north, or south" if len(readings) > 1 else None,
        tuple(readings) if len(readings) > 1 else (),
        is_open=len(readings) > 1,
    )


def plus_code_position(text: str) -> Coordinates | None:
    """Middle of the area of a full Plus Code; short codes need a place and are not read.

    Examples
    --------
    >>> round(plus_code_position("8G5G8P4F+XX").lat_deg, 4)
    33.3074
    """
    code = text.strip()
    if len(code) > LONGEST or not openlocationcode.isFull(code):
        return None
    area = openlocationcode.decode(code)
    _, _, diagonal_m = geod().inv(
        area.longitudeLo, area.latitudeLo, area.longitudeHi, area.latitudeHi
    )
    return Coordinates(area.longitudeCenter, area.latitudeCenter, diagonal_m / 2, "plus_code")


def _upper(text: str) -> str:
    return plain_text(text).strip("()[] ").upper() if len(text) <= LONGEST else ""


def _in_zone(square: str, lon: float, lat: float) -> bool:
    """Whether a position lies in the zone of its reference, or within a degree of it."""
    zone, band = square[:-3], square[-3]
    if not zone:
        return True
    from_meridian = (lon - (6 * int(zone) - 183) + 180) % 360 - 180
    # Zones are up to 12 degrees wide round Norway and Svalbard.
    south = 8 * _BANDS.index(band) - 80
    return abs(from_meridian) <= (7 if band in "VX" else 4) and south - 1 <= lat <= south + 13


def _utm_readings(
    zone: int, band: str, easting: float, northing: float
) -> list[tuple[float, float]]:
    """Positions (longitude, latitude) that the letter allows, the likelier first."""
    found = []
    lon, lat = _from_utm(zone, easting, northing, south=False)
    if band == "N" or _in_band(lat, band):
        found.append((lon, lat))
    if band == "S" or band < "N":
        lon, lat = _from_utm(zone, easting, northing, south=True)
        if northing <= _NORTHEST_M and (band == "S" or _in_band(lat, band)):
            found.append((lon, lat))
    # Band N (0 to 8 north) and the northern half agree wherever both can be meant.
    return [(lon, lat) for lon, lat in found if abs(lat) <= 84.5]


def _in_band(lat: float, band: str) -> bool:
    south = 8 * _BANDS.index(band) - 80
    return south <= lat <= (84 if band == "X" else south + 8)


def _from_utm(zone: int, easting: float, northing: float, *, south: bool) -> tuple[float, float]:
    lon, lat = _transformer((32700 if south else 32600) + zone).transform(easting, northing)
    return float(lon), float(lat)


@cache
def _transformer(epsg: int) -> "Transformer":
    from pyproj import Transformer  # noqa: PLC0415  # loads slowly, and few texts are in a grid

    return Transformer.from_crs(epsg, 4326, always_xy=True)
