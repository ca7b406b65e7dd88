"""Places that a name can mean, also where it is not written as a gazetteer writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from geo.gazetteer.near_names import near_names
from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.names.candidates import rank, same_place
from geo.geocoding.names.code_names import without_codes
from geo.grammar.name_sounds import skeleton
from geo.grammar.names import normalise_name
from geo.grammar.place_forms import name_forms, states_district, states_province, without_unit_words

__all__ = ["Filter", "Match", "find_exact", "find_near"]

# Decades of inhabitants that outweigh one sound too much.
_COST_WEIGHT = 3.5
# What another form of the name, such as one with an article, must be outweighed by.
_FORM_WEIGHT = 0.5
# Names this much farther away than the nearest one are not meant.
_COST_BEHIND = 0.7
_MOST_MATCHES = 12
_LEAST_LETTERS = 5

#: Tells whether a place may be meant.
Filter = Callable[[Place], bool]


@dataclass(frozen=True)
class Match:
    """A place that a text can mean.

    `name` is the one that matched, as it is normalised. `distance` counts the letters by which it
    differs from the text; `cost` weighs them, and `share` is that as a share of what is tolerated:
    all 0 for the same name.
    """

    place: Place
    name: str
    weight: float
    distance: int = 0
    cost: float = 0.0
    share: float = 0.0


def find_exact(name: str, gazetteer: Gazetteer, wanted: Filter) -> list[Match]:
    """Wanted places that carry a name, or another form of it, the likeliest first."""
    found: dict[str, Match] = {}
    for number, form in enumerate(name_forms(name)):
        known = without_codes(name, gazetteer.find(form))
        places = [place for place in known if wanted(place)]
        places += _seats(form, places, gazetteer)
        # Forms as such say nothing of each other's places: all are weighed by the whole name.
        for one in rank(name, places):
            match = Match(one.place, form, one.weight - _FORM_WEIGHT * (number > 0))
            found.setdefault(one.place.place_id, match)
    return _distinct(sorted(found.values(), key=_order))


def _seats(form: str, places: list[Place], gazetteer: Gazetteer) -> list[Place]:
    """Settlements of a province that share its name, where this spelling is known of it alone."""
    if any(place.kind == "settlement" for place in places):
        return []
    bones = skeleton(form)
    provinces = {
        place.admin1_code: key
        for place in places
        if place.kind == "admin1" and skeleton(key := normalise_name(place.name)) == bones
    }
    return [
        place
        for code, key in provinces.items()
        for place in gazetteer.find(key)
        if place.kind == "settlement" and place.admin1_code == code and key != form
    ]


def find_near(name: str, gazetteer: Gazetteer, wanted: Filter) -> list[Match]:
    """Wanted places whose names are nearly a name, the likeliest first.

    Of a few letters, nearly any name is near.
    """
    if len(normalise_name(name)) < _LEAST_LETTERS:
        return []
    unit = _unit_word(name)
    found: list[Match] = []
    nearest = 0.0
    for near in near_names(without_unit_words(name), gazetteer.files):
        is_behind = near.cost > nearest + _COST_BEHIND
        if found and (is_behind or len(found) > _MOST_MATCHES):
            break
        places = [place for place in gazetteer.find(near.key) if wanted(place)]
        nearest = near.cost if places and not found else nearest
        found += [
            Match(one.place, near.key, one.weight - _COST_WEIGHT * near.cost, near.distance,
                  near.cost, near.share)
            for one in rank(near.key + unit, places)
        ]  # fmt: skip
    return _distinct(sorted(found, key=_order))


def _unit_word(name: str) -> str:
    """Word that keeps the unit that a name states: province or district."""
    if states_province(name):
        return " province"
    return " district" if states_district(name) else ""


def _order(match: Match) -> tuple[float, str]:
    return -match.weight, match.place.place_id


def _distinct(matches: list[Match]) -> list[Match]:
    distinct: list[Match] = []
    for match in matches:
        if not any(same_place(match.place, better.place) for better in distinct):
            distinct.append(match)
    return distinct
