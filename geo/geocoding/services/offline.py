"""Our geocoding as a geocoder of geopy, for code that has used an online one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NoReturn

import geopandas as gpd
import pandas as pd
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderUnavailable
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.errors import SchemaError
from geo.gazetteer.places import Place
from geo.gazetteer.user_places import all_places
from geo.geocoding.answering import Relative, answer_query
from geo.geocoding.answers import COLUMNS_PLACED
from geo.geocoding.names.context import PlaceQuery
from geo.geocoding.services.country_ranking import is_clear, rank_key, weights_of
from geo.geocoding.services.nearest import nearest_settlement
from geo.geodesy import geod
from geo.joins.countries import add_countries
from geo.reference.atoms import country_attributes
from geo.schema import CRS

__all__ = ["Offline"]

_LIMIT = 10
# Of a structured question; the district and the postal code are in no search.
_STREET = ("street", "city", "county")
# What Nominatim can be asked for besides; the answer holds all of it anyway, in English.
_DETAILS = frozenset({"addressdetails", "extratags", "language", "namedetails"})


class Offline(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocoder of geopy that looks places up here and never asks a host.

    It stands in for `geopy.geocoders.Nominatim` and its like: in a `RateLimiter`, in
    `Series.apply`, in code that calls `geocode` and `reverse`. Where a text is no place that is
    known beyond doubt it abstains: the answer is None, not a guess.

    Parameters
    ----------
    relative
        Where the point of "20 km north of X" goes: to the described place (`place`), or to X
        (`anchor`).
    user_agent
        Taken and not used, like any further option of geopy: nobody is asked.

    Examples
    --------
    >>> geocoder = Offline()
    >>> found = geocoder.geocode("Tower 22, Jordan")
    >>> found.address, round(found.latitude, 3), found.raw["uncertainty_m"]
    ('Tower 22, Jordan', 33.306, 1000.0)
    >>> geocoder.geocode("Nowhere Bay") is None
    True
    >>> geocoder.reverse((31.95, 35.93)).address
    'Amman, Jordan'
    """

    def __init__(
        self, *, relative: Relative = "place", user_agent: str | None = None, **options: object
    ) -> None:
        self.domain = options.pop("domain", "offline")
        # What speaks to a network is replaced by what cannot.
        given: dict[str, Any] = options | {"adapter_factory": _NoNetwork}
        super().__init__(user_agent=user_agent, **given)
        self._relative: Relative = relative

    def geocode(
        self,
        query: str | Mapping[str, str] | float | None,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        limit: int | None = None,
        country_codes: str | Sequence[str] | None = None,
        **details: object,
    ) -> Location | list[Location] | None:
        """The place that a text means; None where that is not beyond doubt.

        Parameters
        ----------
        query
            A text as `geo.geocode` takes it; or a mapping with `street`, `city`, `county`, `state`
            and `country`. None, NaN and their like are no place: the answer is None.
        exactly_one
            Whether one place is wanted; else a list of all that can be meant, the likeliest first,
            None where there is none.
        timeout
            Not used.
        limit
            Greatest number of places, where several are wanted.
        country_codes
            ISO 3166-1 alpha-2 codes of the countries in which the place lies, as a list or with
            commas between them; their order means nothing. The places of all of them are weighed
            together.
        details
            `addressdetails`, `extratags`, `language`, `namedetails`: taken and not used.

        Returns
        -------
        geopy.location.Location
            `raw` holds the answer: `place_id`, `uncertainty_m`, `precision`, `method`, `score`,
            `reason`, `status`, `country_a3`, `candidates`, `footprint` (WKT).

        Raises
        ------
        SchemaError
            There is no country of such a code, the limit is below 1, an option is unknown, or the
            question is neither text nor mapping.
        """
        del timeout
        _check(limit, details)
        if _is_missing(query):
            return None
        asked = _query(query)
        gazetteer = all_places()
        countries = _countries(country_codes)
        answers = [
            answer_query(one, gazetteer, relative=self._relative)
            for one in ([_in_country(asked, code) for code in countries] or [asked])
        ]
        sure = filter(_is_sure, answers)
        inside = [one for one in sure if not countries or _country(one) in countries]
        weights = weights_of(answers, countries)
        found = sorted(inside, key=lambda one: rank_key(one, weights))
        if exactly_one:
            is_one = bool(found) and (len(countries) < 2 or is_clear(found, weights, gazetteer))
            return _location(found[0], asked.text) if is_one else None
        return _listed(found, answers, countries, asked.text)[: limit or _LIMIT] or None

    def reverse(
        self,
        query: object,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        **details: object,
    ) -> Location | list[Location] | None:
        """The settlement nearest to a point, with province and country; None where nobody lives.

        Parameters
        ----------
        query
            A point of geopy, a pair of latitude and longitude, or a text with them. None, NaN and
            their like are no point: the answer is None.
        exactly_one
            Whether one place is wanted, else a list with it.
        timeout
            Not used.
        details
            As for `geocode`.

        Returns
        -------
        geopy.location.Location
            The settlement where one lies within 25 km, else the point itself with the province, the
            country or the sea. `raw` holds `place_id`, `distance_m` from the point to the
            settlement, `country_a3`, `country`, `admin1_code`, `admin1`, `surface`, `sea`.
        """
        del timeout
        _check(None, details)
        if _is_missing(query):
            return None
        point = Point(query)
        lon, lat = float(point.longitude), float(point.latitude)
        around = _around(lon, lat)
        place = nearest_settlement(lon, lat, all_places(), country_a3=around["country_a3"])
        found = _settled(lon, lat, place, around)
        if exactly_one or found is None:
            return found
        return [found]


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """What geopy calls to reach a host."""

    def get_json(self, url: str, *, timeout: object, headers: object) -> NoReturn:
        self.get_text(url, timeout=timeout, headers=headers)

    def get_text(self, url: str, *, timeout: object, headers: object) -> NoReturn:
        del timeout, headers
        raise GeocoderUnavailable(f"{url}: this geocoder never asks a host")


def _check(limit: int | None, details: Mapping[str, object]) -> None:
    unknown = sorted(set(details) - _DETAILS)
    if unknown:
        raise SchemaError(
            f"Offline knows no option {', '.join(unknown)}; expected exactly_one, limit, "
            f"country_codes or one of {', '.join(sorted(_DETAILS))}."
        )
    if limit is not None and limit < 1:
        raise SchemaError(f"limit is {limit}; expected 1 or more.")


def _is_missing(query: Any) -> bool:  # noqa: ANN401  # whatever stands in a column
    # Of nothing geopy would make the point 0, 0.
    if isinstance(query, str):
        return not query.strip()
    return bool(pd.api.types.is_scalar(query) and pd.isna(query))


def _query(query: object) -> PlaceQuery:
    if isinstance(query, str):
        return PlaceQuery(query.strip())
    if not isinstance(query, Mapping):
        raise SchemaError(
            f"Offline was asked for {type(query).__name__}; expected a text, or a mapping with "
            "city, state, country."
        )
    said = {name: str(value or "").strip() for name, value in query.items()}
    parts = [said[name] for name in _STREET if said.get(name)]
    return PlaceQuery(", ".join(parts), said.get("country", ""), said.get("state", ""))


def _in_country(query: PlaceQuery, country_a3: str) -> PlaceQuery:
    return replace(query, country=query.country or country_a3)


def _countries(codes: str | Sequence[str] | None) -> list[str]:
    """ISO 3166-1 alpha-3 codes of alpha-2 codes."""
    known = _names_and_codes()[1]
    asked = codes.split(",") if isinstance(codes, str) else list(codes or ())
    for code in asked:
        if code.strip().upper() not in known:
            raise SchemaError(f"country_codes: {code!r} is no code of a country, such as JO.")
    return sorted({known[code.strip().upper()] for code in asked})


@cache
def _names_and_codes() -> tuple[dict[str, str], dict[str, str]]:
    """Names of countries by alpha-3 code, alpha-3 codes by alpha-2 code."""
    table = country_attributes()
    codes = table.dropna(subset=["country_a2"])
    return (
        dict(zip(table["country_a3"], table["country"], strict=True)),
        dict(zip(codes["country_a2"], codes["country_a3"], strict=True)),
    )


def _is_sure(answer: Mapping[str, Any]) -> bool:
    # What lies around a place that nobody knows is not the place.
    return bool(answer["status"] == "located" and answer["method"] != "surrounding place")


def _country(answer: Mapping[str, Any]) -> str | None:
    """Country of an answer; that round the point where nobody says it, as for coordinates."""
    stated, point = answer["country_a3"], answer["geometry"]
    code: str | None = stated or _around(point.x, point.y)["country_a3"]
    return code


def _location(answer: Mapping[str, Any], text: str) -> Location:
    point, shape, told = answer["geometry"], answer.get("footprint"), answer["candidates"]
    raw = {name: answer[name] for name in COLUMNS_PLACED} | {
        "candidates": json.loads(told) if told else [],
        "footprint": shape.wkt if shape is not None else None,
    }
    return Location(
        _address(answer["place"] or text, answer["country_a3"]), (point.y, point.x), raw
    )


def _address(name: str, country_a3: str | None) -> str:
    country = _names_and_codes()[0].get(country_a3 or "")
    return f"{name}, {country}" if country and country != name else name


def _listed(
    found: Sequence[Mapping[str, Any]],
    answers: Sequence[Mapping[str, Any]],
    countries: Sequence[str],
    text: str,
) -> list[Location]:
    """All places that a text can mean, each once."""
    locations = [_location(one, text) for one in found]
    seen = {one["place_id"] for one in found}
    told = [one for answer in answers for one in json.loads(answer["candidates"] or "[]")]
    for candidate in sorted(told, key=lambda one: -one.get("weight", 0.0)):
        identifier, code = candidate.get("place_id"), candidate.get("country_a3")
        if identifier is None or identifier in seen or (countries and code not in countries):
            continue
        seen.add(identifier)
        at = (candidate["lat"], candidate["lon"])
        locations.append(Location(_address(candidate["name"], code), at, candidate))
    return locations


def _around(lon: float, lat: float) -> dict[str, Any]:
    """Country, province and sea of a point."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([lon], [lat]), crs=CRS)
    row = add_countries(points).iloc[0]
    names = ("country_a3", "country", "admin1_code", "admin1", "surface", "sea")
    return {name: None if pd.isna(row[name]) else row[name] for name in names}


def _settled(
    lon: float, lat: float, place: Place | None, around: Mapping[str, Any]
) -> Location | None:
    parts = [place.name if place else None, around["admin1"], around["country"] or around["sea"]]
    address = ", ".join(dict.fromkeys(part for part in parts if part))
    if not address:
        return None
    at = (place.lat, place.lon) if place else (lat, lon)
    distance_m = float(geod().inv(lon, lat, at[1], at[0])[2])
    raw = {"place_id": place.place_id if place else None, "distance_m": distance_m, **around}
    return Location(address, at, raw)
