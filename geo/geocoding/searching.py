"""Search of places by name, ranked, each with a reason."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.errors import PlaceNotFoundError, SchemaError
from geo.gazetteer.index_file import KINDS
from geo.gazetteer.places import Gazetteer, Place
from geo.gazetteer.user_places import all_places
from geo.geocoding.names.candidates import find_country
from geo.geocoding.names.context import Context, PlaceQuery, context_of, name_parts
from geo.geocoding.names.matches import Match, find_exact, find_near
from geo.geocoding.names.near_name import letters_apart
from geo.geocoding.uncertainty import place_radius_m
from geo.geocoding.wording import LONGEST_TEXT, gazetteer_name, quoted
from geo.grammar.name_sounds import skeleton
from geo.grammar.names import normalise_name
from geo.grammar.no_names import why_no_name
from geo.grammar.place_forms import without_unit_words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FoundPlace", "find_places", "search"]

# Within this distance nearness says nothing; ten times as far takes a decade of inhabitants.
_NEARBY_M = 25_000.0
_EARTH_M = 6_371_000.0
_CITY, _TOWN, _LONG_NAME = 100_000, 10_000, 8
_WORLDWIDE = ("geonames:", "uscensus:", "airports:", "ports:")
_DIGITS = 6


@dataclass(frozen=True)
class FoundPlace:
    """A place that a search has found.

    `name` is the gazetteer's, `matched_name` the one that matched, normalised; `distance` counts
    the letters by which that differs from what was asked for. `score` is the share of what speaks
    for this place among all that were found, less what the name differs.
    """

    place: Place
    matched_name: str
    score: float
    distance: int
    reason: str


def search(
    text: str,
    *,
    near: "tuple[float, float] | str | None" = None,
    country: str | None = None,
    kind: str | None = None,
    limit: int = 10,
) -> "pd.DataFrame":
    """Places that a name can mean, the likeliest first; none rather than a guess.

    A name is looked up as it is written, then without articles and words such as "Province"; only
    if nobody knows it, names that are nearly the same are found: other transliterations and slips
    of the pen. What follows a comma narrows the search.

    Parameters
    ----------
    text
        A name in any script, or `name, province, country`.
    near
        Longitude and latitude in degrees, or the name of a place: what lies nearer comes first.
    country
        Name or ISO 3166-1 alpha-3 code of the country.
    kind
        One of country, admin1, admin2, settlement, site, area, water, line.
    limit
        Greatest number of places.

    Returns
    -------
    pandas.DataFrame
        One row for each place: `place_id`, `name`, `matched_name`, `kind`, `lon`, `lat`,
        `uncertainty_m`, `country_a3`, `admin1_code`, `population`, `score` (0 to 1), `distance`
        (letters by which the matched name differs; 0 for the same name), `reason`.

    Raises
    ------
    PlaceNotFoundError
        Nobody knows the country, or the place of `near`.
    SchemaError
        The text is none, there is no such kind, the limit is below 1, or `near` is not on the
        earth.

    Notes
    -----
    Source: GeoNames, Natural Earth, lists of airports and ports, the project's own list of sites,
    and the user's own places (`incidentmap data add`).

    Examples
    --------
    >>> search("Bachmut", country="UKR")[["name", "admin1_code"]].values.tolist()
    [['Bakhmut', 'UA-14']]
    >>> search("Hodeida").loc[0, "matched_name"]
    'hodeida'
    >>> search("Kramtorsk").loc[0, "reason"]
    'GeoNames knows “kramatorsk”, 1 letter apart'
    """
    import pandas as pd  # noqa: PLC0415  # the search itself needs no table

    found = find_places(text, all_places(), near=near, country=country, kind=kind, limit=limit)
    rows = [_row(one) for one in found]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def find_places(
    text: str,
    gazetteer: Gazetteer,
    *,
    near: "tuple[float, float] | str | None" = None,
    country: str | None = None,
    kind: str | None = None,
    limit: int = 10,
) -> list[FoundPlace]:
    """What `search` finds in a gazetteer, without a table.

    Parameters
    ----------
    text
        A name in any script, or `name, province, country`.
    gazetteer
        Where names are looked up.
    near
        Longitude and latitude in degrees, or the name of a place.
    country
        Name or ISO 3166-1 alpha-3 code of the country.
    kind
        Kind of the places.
    limit
        Greatest number of places.
    """
    _check(text, kind, limit)
    centre = _centre(near, gazetteer)
    parts = name_parts(text) if len(text) <= LONGEST_TEXT else []
    if not parts:
        return []
    context = _context(country, parts[1:], gazetteer)

    def is_wanted(place: Place) -> bool:
        return context.allows(place) and kind in (None, place.kind)

    name = parts[0]
    if why_no_name(name):
        return []
    matches = find_exact(name, gazetteer, is_wanted) or [
        match for match in find_near(name, gazetteer, is_wanted) if _is_near(name, match, context)
    ]
    matches = context.inside_matches(matches)
    if centre is not None:
        matches = sorted((_weighed(match, centre) for match in matches), key=_order)
    return _described(name, matches, context, limit)


def _is_near(name: str, match: Match, context: Context) -> bool:
    """Whether a slip of the pen is believed: of another consonant, only in a city or a known area.

    Most villages have a neighbour in sound somewhere on earth; the longer a name, the fewer.
    """
    is_own = not match.place.place_id.startswith(_WORLDWIDE)
    least = _TOWN if len(normalise_name(name)) >= _LONG_NAME else _CITY
    is_large = match.place.population >= least or match.place.kind in {"country", "admin1"}
    if is_own or is_large or context.area() is not None:
        return True
    return skeleton(without_unit_words(name)) == skeleton(match.name)


_COLUMNS = {
    "place_id": "str",
    "name": "str",
    "matched_name": "str",
    "kind": "str",
    "lon": "float64",
    "lat": "float64",
    "uncertainty_m": "float64",
    "country_a3": "str",
    "admin1_code": "str",
    "population": "int64",
    "score": "float64",
    "distance": "int64",
    "reason": "str",
}


def _row(found: FoundPlace) -> tuple[object, ...]:
    place = found.place
    return (
        place.place_id, place.name, found.matched_name, place.kind, place.lon, place.lat,
        place_radius_m(place), place.country_a3, place.admin1_code, place.population, found.score,
        found.distance, found.reason,
    )  # fmt: skip


def _check(text: object, kind: str | None, limit: int) -> None:
    if not isinstance(text, str):
        raise SchemaError(f"search: text is {text!r}; expected a name, such as “Homs, Syria”.")
    if kind is not None and kind not in KINDS:
        raise SchemaError(f"search: kind is {kind!r}; expected {', '.join(sorted(KINDS))}.")
    if limit < 1:
        raise SchemaError(f"search: limit is {limit}; expected 1 or more.")


def _centre(
    near: "tuple[float, float] | str | None", gazetteer: Gazetteer
) -> tuple[float, float] | None:
    if isinstance(near, str):
        found = find_places(near, gazetteer, limit=1)
        if not found:
            raise PlaceNotFoundError(f"search: near is {near!r}, which is no place that is known.")
        return found[0].place.lon, found[0].place.lat
    if near is not None and not (abs(near[0]) <= 360 and abs(near[1]) <= 90):
        raise SchemaError(f"search: near is {near}; expected longitude and latitude in degrees.")
    return near


def _context(country: str | None, parts: Sequence[str], gazetteer: Gazetteer) -> Context:
    if country is None:
        return context_of(PlaceQuery(), parts, gazetteer)
    if find_country(country, gazetteer) is None:
        raise PlaceNotFoundError(
            f"search: no country named {quoted(country)} is known; expected a name or an ISO "
            "3166-1 alpha-3 code such as JOR."
        )
    return context_of(PlaceQuery(country=country), parts, gazetteer)


def _weighed(match: Match, centre: tuple[float, float]) -> Match:
    distance_m = _distance_m(centre, (match.place.lon, match.place.lat))
    return replace(match, weight=match.weight - math.log10(1.0 + distance_m / _NEARBY_M))


def _distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance on a sphere, which is enough to rank by."""
    lon1, lat1, lon2, lat2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2.0 * _EARTH_M * math.asin(math.sqrt(min(1.0, half)))


def _order(match: Match) -> tuple[float, str]:
    return -match.weight, match.place.place_id


def _described(
    name: str, matches: Sequence[Match], context: Context, limit: int
) -> list[FoundPlace]:
    if not matches:
        return []
    best = matches[0].weight
    total = sum(10.0 ** (match.weight - best) for match in matches)
    return [
        FoundPlace(
            match.place,
            match.name,
            round(10.0 ** (match.weight - best) * (1.0 - match.share / 2.0) / total, _DIGITS),
            match.distance,
            _reason(name, match, context),
        )
        for match in matches[:limit]
    ]


def _reason(name: str, match: Match, context: Context) -> str:
    knows = f"{gazetteer_name(match.place)} knows"
    if match.distance:
        reason = f"{knows} “{match.name}”{context.words_of(match.place)}, {letters_apart(match)}"
    else:
        reason = f"{knows} {quoted(name)}{context.words_of(match.place)}"
    is_main = normalise_name(match.place.name) == match.name
    return reason if is_main else f"{reason}, as a name of {match.place.name}"
