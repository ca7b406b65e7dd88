"""What a service says about a place, in whatever form, as values of ours."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.geocoding.uncertainty import GIVEN_COORDINATES_M, coordinate_precision
from geo.geocoding.wording import on_one_line
from geo.geodesy import geod
from geo.grammar.coordinates import coordinate_fault

__all__ = ["UNSTATED_RADIUS_M", "ServiceAnswer", "read_location"]

#: Radius in metres of an answer that states no extent: a town and what it governs.
UNSTATED_RADIUS_M = 25_000.0

_PRECISIONS = {
    "country": "country",
    **dict.fromkeys(("state", "province", "region", "archipelago"), "admin1"),
    **dict.fromkeys(("county", "district", "state_district", "municipality"), "admin2"),
    **dict.fromkeys(
        (
            "city", "town", "village", "hamlet", "borough", "suburb", "quarter", "neighbourhood",
            "city_district", "isolated_dwelling", "locality",
        ),
        "settlement",
    ),
    **dict.fromkeys(("river", "stream", "canal", "road", "highway", "rail"), "line"),
    **dict.fromkeys(("station", "halt"), "site"),
    **dict.fromkeys(("water", "lake", "bay", "sea", "ocean", "strait"), "water"),
}  # fmt: skip
_SITES = frozenset(
    {
        "aeroway", "amenity", "building", "craft", "emergency", "healthcare", "historic",
        "industrial", "leisure", "man_made", "military", "office", "power", "shop", "tourism",
    }
)  # fmt: skip


@dataclass(frozen=True)
class ServiceAnswer:
    """One place as a service tells it; WGS 84 degrees, radius in metres."""

    name: str
    address: str
    lon: float
    lat: float
    uncertainty_m: float
    precision: str
    place_id: str | None
    attribution: str | None


def read_location(address: str, lon: float, lat: float, raw: object) -> ServiceAnswer:
    """Values of an answer; its extent is the uncertainty, where it states one.

    Parameters
    ----------
    address
        The place in words.
    lon, lat
        Where it is.
    raw
        What the service has sent.

    Raises
    ------
    ValueError
        The position cannot be.
    """
    fault = "the position is no number" if math.isnan(lon + lat) else coordinate_fault(lon, lat)
    if fault is not None:
        raise ValueError(fault)
    said = raw if isinstance(raw, Mapping) else {}
    bounds = _bounds(said)
    radius_m = _radius_m(lon, lat, bounds) if bounds else UNSTATED_RADIUS_M
    return ServiceAnswer(
        name=_plain(said.get("name")) or _plain(address.partition(",")[0]),
        address=_plain(address),
        lon=lon,
        lat=lat,
        uncertainty_m=radius_m,
        precision=_precision(said) or coordinate_precision(radius_m),
        place_id=_place_id(said),
        attribution=_plain(said.get("licence") or said.get("attribution")) or None,
    )


def _plain(text: object) -> str:
    return on_one_line(text) if isinstance(text, str) else ""


def _bounds(said: Mapping[str, Any]) -> tuple[float, float, float, float] | None:
    """West, south, east, north."""
    # Nominatim and its kin; GeoJSON; Photon.
    properties = said.get("properties")
    extent = properties.get("extent") if isinstance(properties, Mapping) else None
    for values, order in (
        (said.get("boundingbox"), (2, 0, 3, 1)),
        (said.get("bbox"), (0, 1, 2, 3)),
        (extent, (0, 3, 2, 1)),
    ):
        if isinstance(values, Sequence) and not isinstance(values, str) and len(values) == 4:
            try:
                west, south, east, north = (float(values[place]) for place in order)
            except (TypeError, ValueError):
                continue
            if -90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180:
                return west, south, east, north
    return None


def _radius_m(lon: float, lat: float, bounds: tuple[float, float, float, float]) -> float:
    """Distance to the farthest corner, at least a kilometre."""
    west, south, east, north = bounds
    is_inside = west <= lon <= east if west <= east else lon >= west or lon <= east
    if not (is_inside and south <= lat <= north):
        return UNSTATED_RADIUS_M
    corners = [(west, south), (west, north), (east, south), (east, north)]
    return max(GIVEN_COORDINATES_M, *(float(geod().inv(lon, lat, x, y)[2]) for x, y in corners))


def _precision(said: Mapping[str, Any]) -> str | None:
    for name in ("type", "addresstype"):
        word = said.get(name)
        if isinstance(word, str) and word in _PRECISIONS:
            return _PRECISIONS[word]
    category = said.get("class", said.get("category"))
    return "site" if isinstance(category, str) and category in _SITES else None


def _place_id(said: Mapping[str, Any]) -> str | None:
    kind, number = said.get("osm_type"), said.get("osm_id")
    if kind in {"node", "way", "relation"} and isinstance(number, int):
        return f"osm:{kind}/{number}"
    return None
