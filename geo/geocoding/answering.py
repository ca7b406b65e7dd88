"""One place text to its answer: coordinates, else a name, else a description of a location."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from geo.gazetteer.places import Gazetteer
from geo.geocoding.answers import coordinate_answer, described_answer, resolution_answer
from geo.geocoding.candidates import find_country
from geo.geocoding.context import name_parts
from geo.geocoding.coordinate_cells import parse_coordinates
from geo.geocoding.near_name import NEAR_NAME, with_near_name
from geo.geocoding.relations import Anchor, Relations
from geo.geocoding.resolve import PlaceQuery, resolve_place
from geo.grammar.coordinates import Coordinates
from geo.grammar.descriptions import parse_description
from geo.grammar.location_tree import Along, Description, Named, Near, Part, Towards
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
    coordinates = _coordinates(query, gazetteer)
    if coordinates is not None:
        return coordinate_answer(coordinates)
    description = parse_description(query.text)
    if (
        description is None
        or isinstance(description, Named)
        or _is_name(query, description, gazetteer)
    ):
        resolution = resolve_place(query, gazetteer)
        return resolution_answer(with_near_name(query, resolution, gazetteer))
    found = _relations(query, gazetteer).locate(description)
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
    found = parse_coordinates(query.text)
    if found is None or not query.country:
        return found
    country = find_country(query.country, gazetteer)
    return parse_coordinates(query.text, country_a3=country.country_a3) if country else found


def _relations(query: PlaceQuery, gazetteer: Gazetteer) -> Relations:
    def find(said: Named, likely: Sequence[str]) -> Anchor | str:
        text = ", ".join(said.names)
        asked = PlaceQuery(text, query.country, query.admin1, tuple(likely))
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
    return Relations(find, country_of, (stated,) if stated else query.likely)
