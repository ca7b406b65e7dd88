"""One place text to its answer: coordinates, else a name, else a description of a location."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Literal
from weakref import WeakKeyDictionary

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.answers import coordinate_answer, described_answer, resolution_answer
from geo.geocoding.coordinates.cells import read_cell
from geo.geocoding.descriptions.described_country import in_country, names_in, stated_countries
from geo.geocoding.descriptions.doubts import reconciled
from geo.geocoding.descriptions.lookup import Anchor, Lookup
from geo.geocoding.descriptions.relations import locate
from geo.geocoding.names.candidates import country_said, find_country, named_country
from geo.geocoding.names.context import name_parts, why_too_long
from geo.geocoding.names.near_name import NEAR_NAME, with_near_name
from geo.geocoding.names.other_readings import said_otherwise
from geo.geocoding.names.resolve import PlaceQuery, Resolution, resolve_place
from geo.geocoding.uncertainty import GIVEN_COORDINATES_M
from geo.geocoding.wording import quoted
from geo.grammar.coordinates import Coordinates
from geo.grammar.descriptions import parse_description
from geo.grammar.location_tree import (
    Along,
    Description,
    Named,
    Near,
    Offset,
    Part,
    Towards,
    Unread,
)
from geo.grammar.names import normalise_name
from geo.grammar.no_names import why_no_name
from geo.grammar.place_forms import name_forms
from geo.vocabulary import demonym_country

__all__ = ["Relative", "answer_query", "unknown_country"]

#: Where the point of "20 km north of X" goes: to the described place, or to X, as UCDP codes it.
Relative = Literal["place", "anchor"]

# A name may sound like one of these: Northern Territory, Near East.
_NAME_LIKE = (Along, Near, Part, Towards)
_AREAS = frozenset({"admin1", "area", "water"})
_KEPT_ANCHORS = 20_000
# Those of a gazetteer go with it.
_anchors: WeakKeyDictionary[Gazetteer, dict[PlaceQuery, Anchor | str]] = WeakKeyDictionary()


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
    if why_too_long(query):
        return resolution_answer(resolve_place(query, gazetteer))
    unknown = unknown_country(query, gazetteer)
    if unknown is None:
        return _answered(query, gazetteer, relative)
    answer = _answered(replace(query, country=""), gazetteer, relative)
    status = "suspicious" if answer["status"] == "located" else answer["status"]
    return answer | {"status": status, "reason": f"{unknown}. {answer['reason']}"}


def unknown_country(query: PlaceQuery, gazetteer: Gazetteer) -> str | None:
    """What to say of a stated country that nobody knows; None where it says something, or nothing.

    Seas, regions and provinces in its stead narrow nothing down, or are read as what they are.
    """
    said = query.country
    if not said or find_country(said, gazetteer) or why_no_name(said) or demonym_country(said):
        return None
    places = (place for form in name_forms(said) for place in gazetteer.find(form))
    if any(place.kind in _AREAS for place in places):
        return None
    return f"No country or province named {quoted(said)} is known"


def _answered(query: PlaceQuery, gazetteer: Gazetteer, relative: Relative) -> dict[str, Any]:
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
        return resolution_answer(_named_place(query, description, gazetteer))
    found = locate(description, _lookup(query, gazetteer))
    if isinstance(found, str) and isinstance(description, Unread) and description.why:
        # The place without its number would answer another question.
        return resolution_answer(Resolution(None, "unlocated", "none", found))
    if isinstance(found, str):
        whole = resolve_place(query, gazetteer)
        is_open = whole.place is None or whole.around is not None
        doubted = _doubted_name(query, description, gazetteer) if is_open else None
        return resolution_answer(doubted or _unplaced(found, whole))
    settled = in_country(found, stated_countries(query, description, gazetteer), gazetteer)
    answer = described_answer(reconciled(settled.place, query, gazetteer), relative)
    if settled.fault is None:
        return answer
    return answer | {"status": "suspicious", "reason": f"{settled.fault}. {answer['reason']}"}


def _doubted_name(
    query: PlaceQuery, description: Description, gazetteer: Gazetteer
) -> Resolution | None:
    """What a name of a description means that the columns contradict; None where they do not."""
    if not query.country:
        return None
    for named in names_in(description):
        found = resolve_place(_asked(named, query, query.likely), gazetteer)
        if found.status == "suspicious":
            return found
    return None


def _asked(said: Named, query: PlaceQuery, likely: Sequence[str]) -> PlaceQuery:
    return PlaceQuery(", ".join(said.names), query.country, query.admin1, tuple(likely))


def _unplaced(why_not: str, resolution: Resolution) -> Resolution:
    """What the names of a description mean that leads nowhere; its fragments need no words."""
    if resolution.status == "unlocated":
        return replace(resolution, finding=why_not)
    if resolution.around is None:
        return replace(resolution, finding=f"{why_not}. {resolution.finding}")
    return replace(resolution, finding=why_not)


def _named_place(
    query: PlaceQuery, description: Description | None, gazetteer: Gazetteer
) -> Resolution:
    """What a name means as it is written, else without the words that lead up to it."""
    as_written = said_otherwise(query, resolve_place(query, gazetteer), gazetteer)
    resolution = with_near_name(query, as_written, gazetteer)
    if resolution.status != "unlocated" or not isinstance(description, Named):
        return resolution
    bare = replace(query, text=", ".join(description.names))
    again = resolution if bare.text == query.text else resolve_place(bare, gazetteer)
    return again if again.method == "name" else resolution


def _is_name(query: PlaceQuery, description: Description, gazetteer: Gazetteer) -> bool:
    """Whether the words are a name, also where they sound like a description."""
    if not isinstance(description, _NAME_LIKE):
        return isinstance(description, Named)
    first, *_ = name_parts(query.text)
    found = [place for form in name_forms(first) for place in gazetteer.find(form)]
    if isinstance(description, Part) and named_country(description.place.names[0], gazetteer):
        # A part of a country counts before what bears the same words as a second name.
        key = normalise_name(first)
        return any(normalise_name(place.name) == key for place in found)
    return bool(found)


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


def _anchor(asked: PlaceQuery, gazetteer: Gazetteer) -> Anchor | str:
    """Place that a description counts from; rows of a table count from the same ones."""
    known = _anchors.setdefault(gazetteer, {})
    if asked not in known:
        if len(known) >= _KEPT_ANCHORS:
            known.clear()
        known[asked] = _found_anchor(asked, gazetteer)
    return known[asked]


def _found_anchor(asked: PlaceQuery, gazetteer: Gazetteer) -> Anchor | str:
    if stated := _coordinate_anchor(asked, gazetteer):
        return stated
    resolution = with_near_name(asked, resolve_place(asked, gazetteer), gazetteer)
    if resolution.place is None or resolution.method not in {"name", NEAR_NAME}:
        return resolution.finding
    doubt = resolution if resolution.status == "suspicious" else None
    return Anchor(resolution.place, resolution.reason, doubt)


def _lookup(query: PlaceQuery, gazetteer: Gazetteer) -> Lookup:
    def find(said: Named, likely: Sequence[str]) -> Anchor | str:
        return _anchor(_asked(said, query, likely), gazetteer)

    known = find_country(query.country, gazetteer) if query.country else None
    stated = known.country_a3 if known else demonym_country(query.country)
    return Lookup(
        find, partial(country_said, gazetteer=gazetteer), (stated,) if stated else query.likely
    )
