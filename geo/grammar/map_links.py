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
_NUMBER = r"-?\d{1,3}(?:\.\d+)?"
# Links write a space as a plus.
_PAIR = rf"({_NUMBER})(?:[,/~_;]|[ +],?)[ +]?({_NUMBER})"
_PIN = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
_PLACE_IN_PATH = re.compile(rf"/(?:place|search|l)/{_PAIR}(?:[/?,]|$)")
_MARKED_IN_PATH = re.compile(r"/(?:place|search|dir)/(?:[^?#]*/)?([^/?#]*°[^/?#]*)")
# Of a way, its end.
_END_IN_PATH = re.compile(rf"/dir/(?:[^/]*/)*?{_PAIR}/?(?=[@?]|data=|$)")
_ZOOM = r"(\d{1,2}(?:\.\d+)?)"
# Google and Windy write the zoom last, OpenStreetMap and its like first.
_ZOOM_LAST = re.compile(rf"[@/=?]({_NUMBER}),({_NUMBER})[,/]{_ZOOM}z?(?![\d.]|m\b|a\b)")
_ZOOM_FIRST = re.compile(rf"(?:map=|#){_ZOOM}/{_PAIR}")
# Satellite views state how wide they are, or from how far away one looks.
_WIDE_VIEW = re.compile(rf"@{_PAIR},(?:-?[\d.]+a,)?(\d{{1,8}}(?:\.\d+)?)[md]\b")
_LABELLED_PIN = re.compile(rf"(?:point\.|ll\.|loc:)?{_PAIR}(?:[_,(~ ].*)?")
_GEOHACK = re.compile(r"[\d.]+(?:_[\d.]+)*_[NS]_[\d.]+(?:_[\d.]+)*_[EW](?=_|$)")
_PIN_KEYS = (
    "q", "query", "daddr", "saddr", "destination", "pt", "whatshere[point]", "coords", "coordinate",
    "coordinates", "latlng", "to", "sp", "marker",
)  # fmt: skip
# They name what the map shows, and a pin may stand anywhere in it.
_VIEW_KEYS = ("ll", "sll", "center", "cp", "map")
_TWO_KEYS = (
    ("lon", "lat"), ("lng", "lat"), ("long", "lat"), ("longitude", "latitude"),
)  # fmt: skip
_ZOOM_KEYS = ("z", "zoom", "lvl", "level")
_MAP_HOSTS = re.compile(
    r"(?:^|\.)(?:google|openstreetmap|osm|bing|apple|yandex|waze|wikimapia|2gis|here|mapy)\."
)
# Whole numbers on other hosts may be anything; two decimals of a degree leave this open.
_SURE_M = 800.0
# Whose pairs begin with the longitude.
_LON_FIRST_HOSTS = re.compile(
    r"(?:^|\.)(?:yandex\.[\w.]+|2gis\.\w+|firms\.modaps\.eosdis\.nasa\.gov|maps\.me)$"
)
# Who calls longitude and latitude x and y, which are tiles or pixels elsewhere.
_XY_HOSTS = re.compile(r"(?:^|\.)mapy\.(?:cz|com)$")
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
    """Pin, or else the middle of the view, of a link to a map on any host.

    The middle of a view is where somebody looked, so that half the view is left open.

    Examples
    --------
    >>> map_link_position("https://www.openstreetmap.org/#map=15/33.306/38.703").lat_deg
    33.306
    >>> map_link_position("https://yandex.com/maps/?pt=38.703,33.306&z=12").lat_deg
    33.306
    """
    link = text.strip()
    if len(link) > _LONGEST_LINK or not link.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        values = _values(parts.query) | _values(parts.fragment)
    except ValueError:
        return None
    is_lon_first = bool(_LON_FIRST_HOSTS.search(host))
    path = unquote(f"{parts.path}?{parts.query}#{parts.fragment}")
    found, radius_m = _pin(path, values, is_lon_first=is_lon_first), 0.0
    if found is None:
        found, radius_m = _view(path, values, is_lon_first=is_lon_first)
    if found is None and _XY_HOSTS.search(host) and {"x", "y"} <= values.keys():
        found, radius_m = _degrees(values["y"], values["x"]), _zoom_radius_m(values)
    if found is None or not (_MAP_HOSTS.search(host) or found.uncertainty_m < _SURE_M):
        return None
    return replace(found, notation="map_link", uncertainty_m=max(found.uncertainty_m, radius_m))


def _values(query: str) -> dict[str, str]:
    return {key.lower(): value[0] for key, value in parse_qs(query, max_num_fields=50).items()}


def _pin(path: str, values: dict[str, str], *, is_lon_first: bool) -> Coordinates | None:
    match = _PIN.search(path) or _PLACE_IN_PATH.search(path) or _END_IN_PATH.search(path)
    if match:
        return _degrees(*match.groups())
    if match := _MARKED_IN_PATH.search(path):
        return degrees_pair(match[1].replace("+", " "))
    if match := _GEOHACK.match(values.get("params", "")):
        return degrees_pair(match[0].replace("_", " "))
    if "mlat" in values and "mlon" in values:
        return _degrees(values["mlat"], values["mlon"])
    for text in (values[key] for key in _PIN_KEYS if key in values):
        found = _labelled(text, is_lon_first=is_lon_first) or degrees_pair(text)
        if found is not None:
            return found
    return None


def _labelled(text: str, *, is_lon_first: bool) -> Coordinates | None:
    """Pair with a label before or after, as a link writes it."""
    match = _LABELLED_PIN.fullmatch(text.strip())
    if match is None:
        return None
    first, second = match.groups()
    return _degrees(second, first) if is_lon_first else _degrees(first, second)


def _view(
    path: str, values: dict[str, str], *, is_lon_first: bool
) -> tuple[Coordinates | None, float]:
    """Middle of a view, and half of its width in metres; 0 where nothing tells it."""
    for form, zoom, pair in ((_ZOOM_LAST, 3, (1, 2)), (_ZOOM_FIRST, 1, (2, 3))):
        if match := form.search(path):
            first, second = (match[number] for number in pair)
            found = _degrees(second, first) if is_lon_first else _degrees(first, second)
            return found, _zoom_radius_m({"z": match[zoom]})
    if match := _WIDE_VIEW.search(path):
        return _degrees(match[1], match[2]), float(match[3]) / 2
    for key in (key for key in _VIEW_KEYS if key in values):
        if found := _labelled(values[key], is_lon_first=is_lon_first):
            return found, _zoom_radius_m(values)
    for lon, lat in _TWO_KEYS:
        if lon in values and lat in values:
            return _degrees(values[lat], values[lon]), _zoom_radius_m(values)
    return None, 0.0


def _zoom_radius_m(values: dict[str, str]) -> float:
    """Half the width of a view at the zoom that a link states; 0 where it states none."""
    zoom = next((_positive(values[key]) for key in _ZOOM_KEYS if key in values), None)
    return _VIEW_M / 2 ** min(zoom, 30.0) / 2 if zoom else 0.0


def _degrees(lat: str, lon: str) -> Coordinates | None:
    """Latitude and longitude of a link, which knows no decimal commas."""
    if re.fullmatch(_NUMBER, lat) and re.fullmatch(_NUMBER, lon):
        return degrees_pair(f"{lat}; {lon}")
    return None


def _positive(number: str | None) -> float | None:
    try:
        value = float(number or "nan")
    except ValueError:
        return None
    return value if 0 < value < 2e7 else None
