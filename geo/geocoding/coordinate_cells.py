"""Coordinates in one cell: every notation, checked against the earth and against a country."""

import re
from collections.abc import Callable
from dataclasses import replace

import shapely

from geo.grammar.coordinates import Coordinates, coordinate_fault, degrees_pair
from geo.grammar.grid_references import mgrs_position, plus_code_position, utm_position
from geo.grammar.map_links import geo_uri_position, map_link_position
from geo.reference.land import land_of_country

__all__ = ["parse_coordinates"]

# A link holds pairs of degrees too, so it is tried before them.
_NOTATIONS: tuple[Callable[[str], Coordinates | None], ...] = (
    geo_uri_position,
    map_link_position,
    plus_code_position,
    mgrs_position,
    utm_position,
    degrees_pair,
)
# Every notation has a digit, but for a few Plus Codes.
_MAY_STATE = re.compile(r"[\d+]")
# A point off a generalised coast, or just over a border, is no slip of the pen.
_NEAR_COUNTRY_DEG = 0.5


def parse_coordinates(text: str, *, country_a3: str | None = None) -> Coordinates | None:
    r"""Position that a cell states, with the radius in metres that its digits leave open.

    Read are decimal degrees (with point or comma), degrees with minutes and seconds, UTM, MGRS and
    USNG, full Plus Codes, geo: URIs and links to maps; digits of any script; hemispheres before or
    after. Nothing is repaired: what cannot be meant comes back as it is written, with a `fault` and
    with `proposals`.

    Parameters
    ----------
    text
        One cell.
    country_a3
        Country in which the position should lie (ISO 3166-1 alpha-3), where it is known.

    Returns
    -------
    Coordinates
        WGS 84; None where the text states no position.

    Notes
    -----
    Source: radius after Wieczorek, Guo and Hijmans 2004 (doi:10.1080/13658810412331280211); geo:
    URIs after RFC 5870.

    Examples
    --------
    >>> found = parse_coordinates("33°18'21.6\"N 38°42'10.8\"E")
    >>> round(found.lon_deg, 3), round(found.lat_deg, 3), found.notation
    (38.703, 33.306, 'dms')
    >>> parse_coordinates("38.703, 33.306", country_a3="JOR").proposals
    ((38.703, 33.306),)
    """
    if not _MAY_STATE.search(text):
        return None
    found = next((found for read in _NOTATIONS if (found := read(text))), None)
    if found is None or country_a3 is None or found.fault is not None:
        return found
    return _checked(found, country_a3)


def _checked(found: Coordinates, country_a3: str) -> Coordinates:
    """The same position; with a fault where it lies far outside the country."""
    area = land_of_country(country_a3)
    if area is None:
        return found
    shapely.prepare(area)
    if _is_near(area, found.lon_deg, found.lat_deg):
        return found
    proposals = [
        (lon, lat)
        for lon, lat in _slips(found.lon_deg, found.lat_deg)
        if coordinate_fault(lon, lat) is None and shapely.contains_xy(area, lon, lat)
    ]
    fault = f"the position does not lie in {country_a3}"
    return replace(found, fault=fault, proposals=tuple(dict.fromkeys(proposals)))


def _is_near(area: shapely.Geometry, lon: float, lat: float) -> bool:
    return bool(shapely.dwithin(area, shapely.Point(lon, lat), _NEAR_COUNTRY_DEG))


def _slips(lon: float, lat: float) -> list[tuple[float, float]]:
    """What a slip of the pen makes of a position, the commonest first."""
    return [(lat, lon), (-lon, lat), (lon, -lat), (-lon, -lat), (lat, -lon), (-lat, lon)]
