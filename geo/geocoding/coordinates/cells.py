"""Coordinates in one cell: every notation, checked against the earth, a country, and names."""

from collections.abc import Callable
from dataclasses import replace

from geo.errors import SchemaError
from geo.gazetteer.places import Gazetteer, Place
from geo.gazetteer.user_places import all_places
from geo.geocoding.coordinates.position_checks import (
    Fits,
    distance_m,
    fits_country,
    fits_place,
    held_against,
)
from geo.geocoding.names.candidates import find_named, named_country
from geo.geocoding.wording import quoted
from geo.grammar.coordinates import Coordinates
from geo.grammar.no_names import why_no_name
from geo.grammar.notations import read_position
from geo.grammar.position_words import PositionInWords, read_among_words

__all__ = ["parse_coordinates", "read_cell"]


def parse_coordinates(text: str, *, country_a3: str | None = None) -> Coordinates | None:
    r"""Position that a cell states, with the radius in metres that its digits leave open.

    Read are decimal degrees (with point or comma), degrees with minutes and seconds, UTM, MGRS and
    USNG, full Plus Codes, geo: URIs, links to maps, ISO 6709, well-known text and GeoJSON (these
    two longitude first); digits of any script; hemispheres before or after. Names may stand beside
    them: a country counts as if it was given, and other places that are known have to lie there.
    Nothing is repaired: what cannot be meant comes back as it is written, with a `fault` and with
    `proposals`.

    Parameters
    ----------
    text
        One cell.
    country_a3
        Country in which the position should lie (ISO 3166-1 alpha-3), where it is known.

    Returns
    -------
    Coordinates
        WGS 84; None where the text states no position. Longitude and latitude are NaN where what is
        written cannot be a position, such as 75 minutes or two latitudes.

    Raises
    ------
    SchemaError
        The cell is no text.

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
    >>> parse_coordinates("38.703, 33.306 (Jordan)").fault
    'the position does not lie in JOR'
    """
    if not isinstance(text, str):
        raise SchemaError(
            f"parse_coordinates: text is {text!r}; expected the text of one cell, such as "
            "“33.306, 38.703”."
        )
    return read_cell(text, lambda: country_a3, all_places)


def read_cell(
    text: str, country: Callable[[], str | None], gazetteer: Callable[[], Gazetteer]
) -> Coordinates | None:
    """Position that a cell states, held against the country and the names beside it.

    Parameters
    ----------
    text
        One cell.
    country
        Gives the country in which the position should lie (ISO 3166-1 alpha-3), where it is known;
        called only where the cell states a position.
    gazetteer
        Gives the gazetteer in which names are looked up; called only where the cell has names.
    """
    found = read_position(text)
    if found is not None:
        return _held_against_country(found, country())
    said = read_among_words(text)
    if said is None:
        return None
    if not said.names:
        return _held_against_country(said.coordinates, country())
    return _held_against_names(said, country(), gazetteer())


def _held_against_country(found: Coordinates, country_a3: str | None) -> Coordinates:
    fits = fits_country(country_a3, found.uncertainty_m) if country_a3 else None
    if fits is None:
        return found
    fault = f"the position does not lie in {country_a3}"
    return held_against(found, fits, f"the country {country_a3}", fault)


def _held_against_names(
    said: PositionInWords, country_a3: str | None, gazetteer: Gazetteer
) -> Coordinates | None:
    """Coordinates held against a column's country, then each name; None where they are none."""
    known = {name: places for name in said.names if (places := _find(name, gazetteer))}
    if said.is_weak and not known:
        return None
    found = _held_against_country(said.coordinates, country_a3)
    # The country stands last, and tells most.
    for name in reversed(known):
        found = _held_against_name(found, name, known[name], gazetteer)
    if found.fault is not None:
        return found
    told = [f"{quoted(name)} beside them agrees" for name in known if not found.note]
    unknown = [quoted(name) for name in said.names if name not in known]
    if unknown:
        told.append(f"nobody knows {' and '.join(unknown)} beside them")
    return replace(found, note="; ".join(filter(None, [found.note, *told])) or None)


def _held_against_name(
    found: Coordinates, name: str, places: list[Place], gazetteer: Gazetteer
) -> Coordinates:
    country = named_country(name, gazetteer)
    if country is None:
        away_km = min(distance_m(place, found.lon_deg, found.lat_deg) for place in places) / 1_000
        fault = f"{quoted(name)} beside them lies {away_km:,.0f} km away"
        return held_against(found, _any_of(places, found), quoted(name), fault)
    # Georgia is a country, and a state as well; towns that borrow a country's name do not count.
    units = [place for place in places if place.kind in {"country", "admin1", "area"}]
    fault = f"the position does not lie in {country.country_a3}"
    fits = _any_of([country, *units], found)
    return held_against(found, fits, f"the country {quoted(name)}", fault)


def _any_of(places: list[Place], found: Coordinates) -> Fits:
    tests = [fits_place(place, found.uncertainty_m) for place in places]
    return lambda lon, lat: any(fits(lon, lat) for fits in tests)


def _find(name: str, gazetteer: Gazetteer) -> list[Place]:
    """Places that a name can mean; a common word means none of those that bear it."""
    return [] if why_no_name(name) else find_named(name, gazetteer)
