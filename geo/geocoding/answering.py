"""One place text to its answer: coordinates, else a name, else a description of a location."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.answers import coordinate_answer, described_answer, resolution_answer
from geo.geocoding.candidates import find_country
from geo.geocoding.context import name_parts
from geo.geocoding.coordinate_cells import read_cell
from geo.geocoding.lookup import Anchor, Lookup
from geo.geocoding.near_name import NEAR_NAME, with_near_name
from geo.geocoding.relations import locate
from geo.geocoding.resolve import PlaceQuery, resolve_place
from geo.geocoding.uncertainty import GIVEN_COORDINATES_M
from geo.geocoding.wording import quoted
from geo.grammar.coordinates import Coordinates
from geo.grammar.descriptions import parse_description
from geo.grammar.location_tree import Along, Description, Named, Near, Offset, Part, Towards
from geo.grammar.place_forms import name_forms
from geo.vocabulary import demonym_country

__all__ = ["Relative", "answer_query"]

#: Where the point of "20 km north of X" goes: to the described place, or to X, as UCDP codes it.
Relative = Literal["place", "anchor"]

# A name may sound like one of these: Northern Territory, Near East.
_NAME_LIKE = (Along, Near, Part, Towards)


def answer_query(
    query: PlaceQuery, gazetteer: Gazetteer, *, relative: Relative = "place"
) -> dict[str, Any]:
    """Columns of the answer, with `geometry` and `footprint`.

    Parameters
    ----------
    query
        The place as a row states it.
    gazetteer
        Where names are looked up.
    relative
        Where the point of a description goes.
    """
    description = parse_description(query.text)
    # No coordinates look like "20 km north of", and to look for them takes longer.
    is_offset = isinstance(description, Offset)
    coordinates = None if is_offset else _coordinates(query, gazetteer)
    if coordinates is not None:
        return coordinate_answer(coordinates, gazetteer)
    if (
        description is None
        or isinstance(description, Named)
        or _is_name(query, description, gazetteer)
    ):
        resolution = resolve_place(query, gazetteer)
        return resolution_answer(with_near_name(query, resolution, gazetteer))
    found = locate(description, _lookup(query, gazetteer))
    if isinstance(found, str):
        resolution = resolve_place(query, gazetteer)
        return resolution_answer(replace(resolution, reason=f"{found}. {resolution.reason}"))
    return described_answer(found, relative)


def _is_name(query: PlaceQuery, description: Description, gazetteer: Gazetteer) -> bool:
    """Whether the words are a name, also where they sound like a description."""
    if not isinstance(description, _NAME_LIKE):
        return isinstance(description, Named)
    first, *_ = name_parts(query.text)
    return any(gazetteer.find(form) for form in name_forms(first))


def _coordinates(query: PlaceQuery, gazetteer: Gazetteer) -> Coordinates | None:
    def stated() -> str | None:
        country = find_country(query.country, gazetteer) if query.country else None
        return country.country_a3 if country else None

    return read_cell(query.text, stated, lambda: gazetteer)


def _coordinate_anchor(query: PlaceQuery, gazetteer: Gazetteer) -> Anchor | str | None:
    """Coordinates from which a description counts, or why they are doubtful; None where none."""
    found = _coordinates(query, gazetteer)
    if found is None:
        return None
    if found.fault:
        return f"{quoted(query.text)} is in doubt: {found.fault}"
    point = Place(
        place_id="",
        name=query.text,
        kind="site",
        feature_code=None,
        lon=found.lon_deg,
        lat=found.lat_deg,
        radius_m=max(GIVEN_COORDINATES_M, found.uncertainty_m),
        country_a3=None,
        admin1_code=None,
        admin2=None,
        population=0,
    )
    return Anchor(point, f"The place text states the coordinates {quoted(query.text)}")


def _lookup(query: PlaceQuery, gazetteer: Gazetteer) -> Lookup:
    def find(said: Named, likely: Sequence[str]) -> Anchor | str:
        text = ", ".join(said.names)
        asked = PlaceQuery(text, query.country, query.admin1, tuple(likely))
        if stated := _coordinate_anchor(asked, gazetteer):
            return stated
        resolution = with_near_name(asked, resolve_place(asked, gazetteer), gazetteer)
        if resolution.place is None or resolution.method not in {"name", NEAR_NAME}:
            return resolution.reason
        return Anchor(resolution.place, resolution.reason)

    def country_of(name: str) -> str | None:
        by_demonym = demonym_country(name)
        if by_demonym:
            return by_demonym
        country = find_country(name, gazetteer)
        return country.country_a3 if country else None

    stated = country_of(query.country) if query.country else None
    return Lookup(find, country_of, (stated,) if stated else query.likely)
