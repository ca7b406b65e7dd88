"""Coordinates as people write them: degrees in all notations, grid references, links to maps."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo.grammar.angle_text import LONGEST, plain_text
from geo.grammar.angles import Angle, angle_radius_m, parse_angle

__all__ = ["Coordinates", "coordinate_fault", "degrees_pair"]

_LABELS = re.compile(r"\b(lat(?:itude)?|lon(?:g(?:itude)?)?|lng|[yx])\b\.? ?[:=]? ?", re.IGNORECASE)
_SEPARATORS = re.compile(r" ?[,;/|] ?|\n")
_AFTER_HEMISPHERE = re.compile(r"(?<=[NSEW]) ")
_BEFORE_HEMISPHERE = re.compile(r" ?(?=[NSEW])")
_BARE_INTEGERS = re.compile(r"[+-]?\d+,[+-]?\d+")
_HEMISPHERE = re.compile(r"[NSEW]")
_OTHER_LETTER = re.compile(r"[^\W\d_NSEW]")
_DECIMAL_COMMA = re.compile(r"(\d),(\d+)")


@dataclass(frozen=True)
class Coordinates:
    """What a text states about a position.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, as read; NaN where what is written cannot be a position at all.
    uncertainty_m
        Radius of what the digits leave open, in metres.
    notation
        One of decimal, dm, dms, utm, mgrs, plus_code, geo_uri, map_link, iso_6709, wkt, geojson.
    fault
        Why the position is in doubt; None when nothing speaks against it.
    proposals
        Other readings (longitude, latitude), the likelier first.
    is_open
        Whether the proposals are all that the very same letters can mean, so that a country may
        settle which one it is.
    note
        What stands beside the coordinates, or was settled.
    """

    lon_deg: float
    lat_deg: float
    uncertainty_m: float
    notation: str
    fault: str | None = None
    proposals: tuple[tuple[float, float], ...] = ()
    is_open: bool = False
    note: str | None = None


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


def degrees_pair(text: str) -> Coordinates | None:
    r"""Coordinates in degrees that a text states; latitude first unless it says otherwise.

    Examples
    --------
    >>> degrees_pair("33,306 38,703").lat_deg
    33.306
    >>> degrees_pair("E 38°42'10.8\" N 33°18'21.6\"").notation
    'dms'
    >>> degrees_pair("Tower 22") is None
    True
    """
    words = plain_text(text).strip("()[]{}<> ,;")
    if not words or len(words) > LONGEST or _is_one_number(words):
        return None
    if _OTHER_LETTER.search(words) and not _LABELS.search(words):
        return None
    pair = _pair(words)
    if pair is None and "." not in words:
        # Commas that do not separate stand for decimal points.
        reading, count = _DECIMAL_COMMA.subn(r"\1.\2", words)
        pair = _pair(reading) if count == 2 or _HEMISPHERE.search(words) else None
    if pair is None:
        return None
    lon, lat, is_half_told = pair
    radius_m = angle_radius_m(max(angle.step_deg for angle in (lon, lat)))
    notation = _notation(max(lon.parts, lat.parts))
    found = _doubted((lon, lat), radius_m, notation) or _position((lon, lat), radius_m, notation)
    return _half_told(found, lon.hemisphere or lat.hemisphere) if is_half_told else found


def _is_one_number(words: str) -> bool:
    """Whether "33,306" may be one number with a decimal comma; "0,0" is a pair all the same."""
    return bool(_BARE_INTEGERS.fullmatch(words)) and words != "0,0"


def _pair(words: str) -> tuple[Angle, Angle, bool] | None:
    """Longitude and latitude, and whether a single hemisphere turns their order round.

    Both are one of them where the hemispheres say so.
    """
    labelled = _labelled(words)
    if labelled is not None:
        return (*labelled, False)
    for parts in _halves(words):
        angles = [parse_angle(part) for part in parts]
        if len(angles) == 2 and angles[0] and angles[1]:
            first, second = angles[0], angles[1]
            if first.hemisphere in {"E", "W"} or second.hemisphere in {"N", "S"}:
                is_half_told = not (first.hemisphere and second.hemisphere)
                return first, second, is_half_told
            return second, first, False
    return None


def _doubted(pair: tuple[Angle, Angle], radius_m: float, notation: str) -> Coordinates | None:
    """What is wrong with angles that make no position; None where they make one."""
    lon, lat = pair
    nowhere = Coordinates(math.nan, math.nan, radius_m, notation)
    if excess := lon.excess or lat.excess:
        return replace(nowhere, fault=f"there are {excess}, and an angle has less than 60")
    if lon.hemisphere not in {"N", "S"} and lat.hemisphere not in {"E", "W"}:
        return None
    if (lon.hemisphere in {"N", "S"}) != (lat.hemisphere in {"N", "S"}):
        return replace(nowhere, fault="labels and hemispheres contradict each other")
    both = "latitudes" if lon.hemisphere in {"N", "S"} else "longitudes"
    # The one written first stands as the longitude; latitudes come first more often.
    readings = ((lat.degrees, lon.degrees), (lon.degrees, lat.degrees))
    return replace(
        nowhere,
        fault=f"both are {both} ({lon.hemisphere} and {lat.hemisphere})",
        proposals=tuple(pair for pair in readings if coordinate_fault(*pair) is None),
    )


def _half_told(found: Coordinates, letter: str) -> Coordinates:
    """The letter is taken at its word, and the usual order is proposed as well."""
    if found.fault is not None:
        return found
    readings = ((found.lon_deg, found.lat_deg), (found.lat_deg, found.lon_deg))
    said = f"of two numbers only one has a letter, {letter}, against the usual order"
    fitting = tuple(pair for pair in readings if coordinate_fault(*pair) is None)
    return replace(found, fault=said, proposals=fitting, is_open=True)


def _halves(words: str) -> Iterator[list[str]]:
    """Ways to take a text for two angles."""
    yield [part for part in _SEPARATORS.split(words) if part]
    if len(words) > 0 and words[0] in "NSEW":
        yield [part for part in _BEFORE_HEMISPHERE.split(words) if part]
    else:
        parts = _AFTER_HEMISPHERE.split(words)
        yield parts if len(parts) > 1 else re.split(r"(?<=[NSEW])", words, maxsplit=1)
    first, last = (sign if sign in "NSEW" else "" for sign in (words[:1], words[-1:]))
    bare = words.removeprefix(first).removesuffix(last).strip(" ")
    numbers = bare.split(" ")
    # "33 18 N" is one angle.
    if len(numbers) in {2, 4, 6} and not _HEMISPHERE.search(bare) and parse_angle(words) is None:
        half = len(numbers) // 2
        yield [first + " ".join(numbers[:half]), " ".join(numbers[half:]) + last]


def _labelled(words: str) -> tuple[Angle, Angle] | None:
    """Pair whose parts are named, such as "lat: 33.306, lon: 38.703"."""
    parts = _LABELS.split(words)
    if len(parts) != 5 or parts[0].strip():
        return None
    is_lat = [label.lower().startswith(("lat", "y")) for label in parts[1::2]]
    first, second = (parse_angle(value.strip(" ,;/|")) for value in parts[2::2])
    if first is None or second is None or is_lat[0] == is_lat[1]:
        return None
    return (second, first) if is_lat[0] else (first, second)


def _position(pair: tuple[Angle, Angle], radius_m: float, notation: str) -> Coordinates:
    """Position of two angles, with what speaks against it and how else it may be read."""
    lon, lat = pair
    found = Coordinates(lon.degrees, lat.degrees, radius_m, notation)
    if lon.contradicts or lat.contradicts:
        readings = tuple(
            (east * abs(lon.degrees), north * abs(lat.degrees))
            for east in _signs(lon)
            for north in _signs(lat)
        )
        said = "a minus sign and a hemisphere contradict each other"
        return replace(found, fault=said, proposals=readings, is_open=True)
    fault = coordinate_fault(lon.degrees, lat.degrees)
    is_swapped = fault is not None and coordinate_fault(lat.degrees, lon.degrees) is None
    proposals = ((lat.degrees, lon.degrees),) if is_swapped else ()
    return replace(found, fault=fault, proposals=proposals)


def _signs(angle: Angle) -> tuple[int, ...]:
    if not angle.contradicts:
        return (1 if angle.degrees >= 0 else -1,)
    by_letter = -1 if angle.hemisphere in {"S", "W"} else 1
    return (by_letter, -by_letter)


def _notation(parts: int) -> str:
    return ("decimal", "dm", "dms")[parts - 1]
