"""Shapes of texts in which latitude stands before longitude, as GeoRSS, GML and CAP write them."""

import math
import re

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.shapes.footprints import disc
from geo.geocoding.shapes.outlines import polygon_of

__all__ = ["box_shape", "circle_shape", "line_shape", "point_shape", "polygon_shape"]

_BETWEEN = re.compile(r"[\s,]+")
# A circle beyond a quarter of the Earth is no place.
_WIDEST_M = 10_000_000.0


def _numbers(text: str) -> list[float]:
    """Numbers of a text; none where something else stands in it, or one that is not finite."""
    try:
        numbers = [float(part) for part in _BETWEEN.split(text.strip()) if part]
    except ValueError:
        return []
    return numbers if all(map(math.isfinite, numbers)) else []


def _pairs(text: str) -> "list[tuple[float, float]]":
    """Longitude and latitude of each pair; none where the text is no list of places on Earth."""
    numbers = _numbers(text)
    pairs = list(zip(numbers[1::2], numbers[::2], strict=False))
    is_sound = len(numbers) % 2 == 0 and all(
        abs(lon) <= 180.0 and abs(lat) <= 90.0 for lon, lat in pairs
    )
    return pairs if is_sound else []


def point_shape(text: str) -> BaseGeometry | None:
    """Point of "lat lon", also one that is not on the Earth; None where the text is none.

    Examples
    --------
    >>> point_shape("33.306 38.703").wkt
    'POINT (38.703 33.306)'
    """
    numbers = _numbers(text)
    return shapely.Point(numbers[1], numbers[0]) if len(numbers) == 2 else None


def line_shape(text: str) -> BaseGeometry | None:
    """Line of pairs of latitude and longitude; None where the text is none."""
    pairs = _pairs(text)
    return shapely.LineString(pairs) if len(set(pairs)) > 1 else None


def polygon_shape(text: str) -> BaseGeometry | None:
    """Polygon of pairs of latitude and longitude, cut at ±180°; None where the text is none.

    Examples
    --------
    >>> polygon_shape("33,38 33,39 34,39 33,38").bounds
    (38.0, 33.0, 39.0, 34.0)
    """
    outline = _pairs(text)
    if len(outline) > 1 and outline[0] == outline[-1]:
        outline = outline[:-1]
    if len(set(outline)) < 3:
        return None
    area = polygon_of(np.array(outline))
    return area if area.area > 0 else None


def box_shape(text: str) -> BaseGeometry | None:
    """Box of its south-western and north-eastern corner; None where the text is none."""
    pairs = _pairs(text)
    if len(pairs) != 2:
        return None
    (west, south), (east, north) = pairs
    corners = [(south, west), (south, east), (north, east), (north, west)]
    return polygon_shape(" ".join(f"{lat!r} {lon!r}" for lat, lon in corners))


def circle_shape(text: str, *, unit_m: float) -> BaseGeometry | None:
    """Disc of "lat,lon radius"; a point where the radius is 0, None where the text is none.

    Parameters
    ----------
    text
        Latitude, longitude and radius.
    unit_m
        Unit of the radius in metres.

    Examples
    --------
    >>> circle_shape("33.306,38.703 0", unit_m=1000.0).wkt
    'POINT (38.703 33.306)'
    """
    numbers = _numbers(text)
    if len(numbers) != 3:
        return None
    lat, lon, radius = numbers
    if abs(lon) > 180.0 or abs(lat) > 90.0 or not 0.0 <= radius * unit_m <= _WIDEST_M:
        return None
    return disc(lon, lat, radius * unit_m) if radius > 0 else shapely.Point(lon, lat)
