"""The lines of an overrides file: which rows each one speaks of, and where it puts them."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import shapely

from geo.errors import SchemaError
from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.answering import answer_query
from geo.geocoding.answers import COLUMNS_PLACED, resolution_answer
from geo.geocoding.names.candidates import find_country
from geo.geocoding.names.near_name import NEAR_NAME
from geo.geocoding.names.resolve import PlaceQuery, Resolution
from geo.geocoding.overrides.cells import read_cells
from geo.geocoding.overrides.columns import KEYS, PLACE_ACTIONS, PLACES
from geo.geocoding.uncertainty import GIVEN_COORDINATES_M, coordinate_precision
from geo.geocoding.wording import on_one_line, quoted
from geo.grammar.angles import coordinate_radius_m, parse_degrees
from geo.grammar.coordinates import coordinate_fault

__all__ = ["OverrideLine", "read_lines"]

_REASON = "place assigned by editor"
_EXPECTED = "expected place (with country, admin1), place_id, or lon and lat"
# An editor's line means one place; what merely surrounds it, or sounds like it, is a slip.
_NO_ANSWERS = frozenset({"surrounding place", NEAR_NAME})
_METRES = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
# Half round the earth: nothing lies farther away.
_MOST_RADIUS_M = 20_004_000.0


@dataclass(frozen=True)
class OverrideLine:
    """One line of a file or table; `answer` is None where it does not say a place yet."""

    source: str
    number: int
    incident_id: str
    place_text: str
    stated_country: str
    answer: Mapping[str, Any] | None


def read_lines(
    overrides: str | os.PathLike[str] | pd.DataFrame, gazetteer: Gazetteer
) -> list[OverrideLine]:
    """Lines of a CSV file or a table that speak of places, each with the columns of its answer.

    Parameters
    ----------
    overrides
        A CSV file in UTF-8, or a table with its columns.
    gazetteer
        Where the places of the lines are looked up.

    Raises
    ------
    ReadError
        The file cannot be read.
    SchemaError
        No column says which rows are meant, or a line holds what it must not.
    """
    source, lines = read_cells(overrides)
    return [
        _line(source, number, cells, gazetteer)
        for number, cells in lines
        if cells.get("action", "") in PLACE_ACTIONS
    ]


def _line(source: str, number: int, cells: Mapping[str, str], gazetteer: Gazetteer) -> OverrideLine:
    where = f"{source}, line {number}"
    keys = {name: cells.get(name, "") for name in KEYS}
    if not keys["incident_id"] and not keys["place_text"]:
        raise SchemaError(
            f"{where}: it names no rows; expected incident_id or place_text (and stated_country, "
            "the country that these rows state)."
        )
    return OverrideLine(source, number, **keys, answer=_answer(cells, where, gazetteer))


def _answer(cells: Mapping[str, str], where: str, gazetteer: Gazetteer) -> Mapping[str, Any] | None:
    said = {name: cells.get(name, "") for name in (*PLACES, "uncertainty_m", "note")}
    if not _says_any(said, (*PLACES, "uncertainty_m")):
        return None
    if said["lon"] or said["lat"]:
        answer = _point_answer(said, where, gazetteer)
    elif said["place_id"]:
        answer = _known_answer(said, where, gazetteer)
    else:
        answer = _place_answer(said, where, gazetteer)
    if said["uncertainty_m"]:
        answer["uncertainty_m"] = _radius_m(said["uncertainty_m"], where)
    note = on_one_line(said["note"])
    reason = f"{_REASON}: {note}" if note else _REASON
    return answer | {"method": "override", "reason": reason, "status": "located", "score": None}


def _says_any(said: Mapping[str, str], names: Iterable[str]) -> bool:
    return any(said[name] for name in names)


def _point_answer(said: Mapping[str, str], where: str, gazetteer: Gazetteer) -> dict[str, Any]:
    if said["place_id"]:
        raise SchemaError(f"{where}: it has place_id, and lon and lat; give one of the two.")
    lon = parse_degrees(said["lon"], hemispheres="EW")
    lat = parse_degrees(said["lat"], hemispheres="NS")
    if lon is None or lat is None:
        raise SchemaError(
            f"{where}: lon {said['lon']!r}, lat {said['lat']!r} are not both in degrees; "
            f"{_EXPECTED}."
        )
    fault = coordinate_fault(lon, lat)
    if fault is not None:
        raise SchemaError(f"{where}: {fault}; {_EXPECTED}.")
    country = _country(said, where, gazetteer)
    radius_m = max(GIVEN_COORDINATES_M, coordinate_radius_m(said["lon"], said["lat"]))
    return dict.fromkeys(COLUMNS_PLACED) | {
        "geometry": shapely.Point(lon, lat),
        "place": said["place"] or None,
        "uncertainty_m": radius_m,
        "precision": coordinate_precision(radius_m),
        "country_a3": country.country_a3 if country else None,
    }


def _country(said: Mapping[str, str], where: str, gazetteer: Gazetteer) -> Place | None:
    country = find_country(said["country"], gazetteer) if said["country"] else None
    if said["country"] and country is None:
        raise SchemaError(f"{where}: no country named {quoted(said['country'])} is known.")
    return country


def _known_answer(said: Mapping[str, str], where: str, gazetteer: Gazetteer) -> dict[str, Any]:
    place = gazetteer.get(said["place_id"])
    if place is None:
        raise SchemaError(
            f"{where}: no place has the place_id {said['place_id']!r}; expected one such as "
            "geonames:250441, as geocoding writes it."
        )
    country = _country(said, where, gazetteer)
    if country is not None and place.country_a3 not in (None, country.country_a3):
        raise SchemaError(
            f"{where}: {place.place_id} is {place.name} in {place.country_a3}, not in "
            f"{country.country_a3}; expected no country, or that of the place."
        )
    answer = resolution_answer(
        Resolution(place=place, status="located", method="override", finding=_REASON)
    )
    return answer | ({"place": said["place"]} if said["place"] else {})


def _place_answer(said: Mapping[str, str], where: str, gazetteer: Gazetteer) -> dict[str, Any]:
    query = PlaceQuery(text=said["place"], country=said["country"], admin1=said["admin1"])
    answer = answer_query(query, gazetteer)
    if answer["status"] != "located" or answer["method"] in _NO_ANSWERS:
        raise SchemaError(f"{where}: {answer['reason']}; {_EXPECTED}.")
    return answer


def _radius_m(text: str, where: str) -> float:
    radius_m = float(text) if _METRES.fullmatch(text) else 0.0
    if not 0 < radius_m <= _MOST_RADIUS_M:
        raise SchemaError(
            f"{where}: uncertainty_m is {quoted(text)}; expected metres above 0 as a plain number, "
            f"at most {_MOST_RADIUS_M:.0f}."
        )
    return radius_m
