"""Positions in geo: URIs and in links to maps."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from geo.grammar.coordinates import Coordinates, degrees_pair

__all__ = ["geo_uri_position", "map_link_position"]

# Longer links are not maps that people paste.
_LONGEST_LINK = 2_000
_GEO_URI = re.compile(
    r"geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:,-?[\d.]+)?((?:;[\w-]+(?:=[^;?#]*)?)*)"
    r"(?:\?(.*))?",
    re.IGNORECASE,
)
_PAIR = r"(-?\d{1,3}(?:\.\d+)?)[,/~](-?\d{1,3}(?:\.\d+)?)"
_PIN = re.compile(r"!3d(-?\d{1,3}(?:\.\d+)?)!4d(-?\d{1,3}(?:\.\d+)?)")
_VIEW = re.compile(rf"[@/]{_PAIR},(\d{{1,2}}(?:\.\d+)?)z")
_PLACE_IN_PATH = re.compile(rf"/(?:place|search|dir)/{_PAIR}(?:[/?]|$)")
_HASH_VIEW = re.compile(rf"map=(\d{{1,2}}(?:\.\d+)?)/{_PAIR}")
_PIN_KEYS = ("q", "query", "ll", "sll", "daddr", "destination", "center", "cp", "pt", "coords")
# Yandex writes the longitude first.
_LON_FIRST_HOSTS = re.compile(r"(?:^|\.)yandex\.\w+$")
# At zoom 0 the earth's girth is 256 pixels; a view is taken to be 800 pixels wide.
_VIEW_M = 40_075_017.0 / 256 * 800


def geo_uri_position(text: str) -> Coordinates | None:
    """Position of a geo: URI (RFC 5870) on WGS 84; its parameter u is the uncertainty.

    Examples
    --------
    >>> geo_uri_position("geo:33.306,38.703;u=35").uncertainty_m
    35.0
    """
    match = _GEO_URI.fullmatch(text.strip()) if len(text) <= _LONGEST_LINK else None
    if match is None:
        return None
    lat, lon, parameters, query = match.groups()
    parts = [part.partition("=") for part in str(parameters).lower().split(";")]
    named = {name: value for name, _, value in parts}
    if named.get("crs", "wgs84") != "wgs84":
        return None
    # Android writes "geo:0,0?q=33.306,38.703(label)" for a pin.
    pin = (query or "").removeprefix("q=").partition("(")[0].partition("&")[0]
    found = degrees_pair(pin) or degrees_pair(f"{lat}, {lon}")
    if found is None:
        return None
    stated_m = _positive(named.get("u"))
    return replace(found, notation="geo_uri", uncertainty_m=stated_m or found.uncertainty_m)


def map_link_position(text: str) -> Coordinates | None:
    """Pin, or else the middle of the view, of a link to Google, OpenStreetMap, Bing and the like.

    The middle of a view is where somebody looked, so that half the view is left open.

    Examples
    --------
    >>> map_link_position("https://www.openstreetmap.org/#map=15/33.306/38.703").lat_deg
    33.306
    """
    link = text.strip()
    if len(link) > _LONGEST_LINK or not link.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(link)
        values = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return None
    return _pin(parts.path, values, parts.hostname or "") or _view(unquote(link))


def _pin(path: str, query: dict[str, list[str]], host: str) -> Coordinates | None:
    words = unquote(path)
    match = _PIN.search(words) or _PLACE_IN_PATH.search(words)
    if match:
        return _renamed(degrees_pair(f"{match[1]}, {match[2]}"))
    values = {key.lower(): value[0] for key, value in query.items()}
    if "mlat" in values and "mlon" in values:
        return _renamed(degrees_pair(f"{values['mlat']}, {values['mlon']}"))
    for value in (values[key] for key in _PIN_KEYS if key in values):
        found = degrees_pair(value.removeprefix("loc:").replace("~", ", "))
        if found and _LON_FIRST_HOSTS.search(host):
            found = degrees_pair(f"{found.lon_deg!r}, {found.lat_deg!r}")
        if found:
            return _renamed(found)
    return None


def _view(link: str) -> Coordinates | None:
    if match := _VIEW.search(link):
        lat, lon, zoom = match.groups()
    elif match := _HASH_VIEW.search(link):
        zoom, lat, lon = match.groups()
    else:
        return None
    return _renamed(degrees_pair(f"{lat}, {lon}"), _VIEW_M / 2 ** float(zoom) / 2)


def _renamed(found: Coordinates | None, at_least_m: float = 0.0) -> Coordinates | None:
    if found is None:
        return None
    radius_m = max(found.uncertainty_m, at_least_m)
    return replace(found, notation="map_link", uncertainty_m=radius_m)


def _positive(number: str | None) -> float | None:
    try:
        value = float(number or "nan")
    except ValueError:
        return None
    return value if 0 < value < 2e7 else None
