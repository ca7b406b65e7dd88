"""Positions as programs write them: ISO 6709, well-known text, GeoJSON."""

import json
import re
from dataclasses import replace
from typing import Any

from geo.grammar.coordinates import Coordinates, degrees_pair

__all__ = ["geojson_position", "iso_6709_position", "wkt_position"]

# A feature with its properties is longer than a point.
_LONGEST = 2_000
_NUMBER = r"[+-]?(?:\d{1,3}(?:\.\d*)?|\.\d+)"
# With all of its digits; minutes and seconds stand in the same run as the degrees.
_ISO_6709 = re.compile(
    r"(?P<lat>[+-]\d\d(?:\d\d){0,2}(?:\.\d+)?)(?P<lon>[+-]\d{3}(?:\d\d){0,2}(?:\.\d+)?)"
    r"(?:[+-]\d{1,5}(?:\.\d+)?)?(?:CRSWGS_?84)?/"
)
_WKT = re.compile(
    rf"(?:SRID ?= ?4326 ?; ?)?POINT ?(?:ZM|Z|M)? ?\( ?(?P<lon>{_NUMBER}) (?P<lat>{_NUMBER})"
    rf"(?: -?[\d.]{{1,25}}){{0,2}} ?\)",
    re.IGNORECASE,
)


def iso_6709_position(text: str) -> Coordinates | None:
    """Position of a string after ISO 6709 annex H, as cameras and telephones write it.

    Examples
    --------
    >>> iso_6709_position("+48.5953+038.0003/").lon_deg
    38.0003
    >>> iso_6709_position("+3318.36+03842.18/").lat_deg
    33.306
    """
    match = _ISO_6709.fullmatch(text.strip())
    if match is None:
        return None
    lat = ("S" if match["lat"][0] == "-" else "N") + match["lat"][1:]
    lon = ("W" if match["lon"][0] == "-" else "E") + match["lon"][1:]
    found = degrees_pair(f"{lat}, {lon}")
    return replace(found, notation="iso_6709") if found else None


def wkt_position(text: str) -> Coordinates | None:
    """Position of a point in well-known text, longitude first; PostGIS may put the SRID before it.

    Examples
    --------
    >>> wkt_position("POINT (38.703 33.306)").lat_deg
    33.306
    """
    match = _WKT.fullmatch(" ".join(text.split())) if len(text) <= _LONGEST else None
    return _lon_lat(match["lon"], match["lat"], "wkt") if match else None


def geojson_position(text: str) -> Coordinates | None:
    """Position of a GeoJSON point, or of a feature that is one, longitude first (RFC 7946).

    Examples
    --------
    >>> geojson_position('{"type": "Point", "coordinates": [38.703, 33.306]}').lat_deg
    33.306
    """
    words = text.strip()
    if len(words) > _LONGEST or words[:1] != "{":
        return None
    if '"' not in words:
        # A program has written its own form of it into the cell.
        words = words.replace("'", '"')
    try:
        # As texts, numbers keep their digits.
        value: Any = json.loads(words, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    if not isinstance(value, dict) or value.get("type") != "Point":
        return None
    pair = value.get("coordinates")
    if not isinstance(pair, list) or len(pair) not in {2, 3}:
        return None
    lon, lat = (str(number) for number in pair[:2])
    return _lon_lat(lon, lat, "geojson")


def _lon_lat(lon: str, lat: str, notation: str) -> Coordinates | None:
    if not (re.fullmatch(_NUMBER, lon) and re.fullmatch(_NUMBER, lat)):
        return None
    found = degrees_pair(f"{lat.rstrip('.')}; {lon.rstrip('.')}")
    return replace(found, notation=notation) if found else None
