"""One ranking of what a name means in several countries."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from geo.gazetteer.places import Gazetteer
from geo.geocoding.names.resolve import is_vague
from geo.geocoding.uncertainty import mixed_radius_m

__all__ = ["is_clear", "rank_key", "weights_of"]


def weights_of(answers: Sequence[Mapping[str, Any]], countries: Sequence[str]) -> dict[str, float]:
    """Weights, as decadic logarithms, of all places of the countries that a name can mean.

    Parameters
    ----------
    answers
        The answer in each country; what only surrounds a place does not count.
    countries
        ISO 3166-1 alpha-3 codes; empty for all.
    """
    return {
        one["place_id"]: one["weight"]
        for answer in answers
        if answer["method"] == "name"
        for one in json.loads(answer["candidates"] or "[]")
        if not countries or one["country_a3"] in countries
    }


def rank_key(answer: Mapping[str, Any], weights: Mapping[str, float]) -> tuple[float, str, str]:
    """Key under which the likeliest answer comes first, whatever the order was."""
    place_id = answer["place_id"] or ""
    return -weights.get(place_id, -math.inf), place_id, answer["geometry"].wkt


def is_clear(
    found: Sequence[Mapping[str, Any]], weights: Mapping[str, float], gazetteer: Gazetteer
) -> bool:
    """Whether the first of some answers is meant beyond doubt, also in a country that has several.

    Parameters
    ----------
    found
        Answers beyond doubt in their countries, the likeliest first.
    weights
        What `weights_of` has made of the answers of all countries.
    gazetteer
        Where the places are.
    """
    place_id = found[0]["place_id"]
    if place_id not in weights:
        # Descriptions have no weight; coordinates are the same in each country.
        return len({one["geometry"].wkb for one in found}) == 1
    most = weights[place_id]
    powers = {one: 10.0 ** (weight - most) for one, weight in weights.items()}
    total = sum(powers.values())
    shared = [
        (place, power / total)
        for one, power in sorted(powers.items(), key=lambda pair: (pair[0] != place_id, pair))
        if (place := gazetteer.get(one)) is not None
    ]
    return max(weights.values()) <= most and not is_vague(
        shared[0][0], mixed_radius_m(shared, is_alone=True)
    )
