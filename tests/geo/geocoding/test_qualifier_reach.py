"""How far a qualifier reaches, and which district a name means."""

from __future__ import annotations

import pytest

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.mentions.qualifiers import lies_in, qualifier_after
from geo.geocoding.names.districts import find_district


def place(place_id: str, kind: str, lon: float, lat: float = 0.0) -> Place:
    return Place(place_id, "Amberg", kind, None, lon, lat, 20_000.0, "DEU", "DE-BY", None, 5_000)


class Districts(Gazetteer):
    """Places that all have the name that is looked up."""

    def __init__(self, *places: Place) -> None:
        super().__init__([])
        self.places = list(places)

    def find(self, name: str) -> list[Place]:  # noqa: ARG002
        return self.places


# One degree on the equator has 111.3 km.
@pytest.mark.parametrize(("lon", "is_near"), [(0.4, True), (0.5, False), (5.0, False)])
def test_a_town_reaches_fifty_kilometres(lon: float, is_near: bool) -> None:  # noqa: FBT001
    assert lies_in(place("x:1", "site", lon), place("x:2", "settlement", 0.0)) is is_near


def test_districts_of_one_name_far_apart_mean_none() -> None:
    near, far = place("x:2", "admin2", 0.5), place("x:3", "admin2", 5.0)
    here = place("x:1", "admin2", 0.0)

    assert find_district("Amberg", Districts(here, near), country_a3="DEU", province=None) == here
    assert find_district("Amberg", Districts(here, far), country_a3="DEU", province=None) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Paris, Texas. He left Paris.", "Texas"),
        ("Paris, Texas.\nHe left Paris.", "Texas"),
        ("Paris, St. Louis County", "St. Louis County"),
        ("Paris, New Mexico. Police said", "New Mexico"),
        ("Paris, Ont. Canada", "Ont. Canada"),
        ("Paris, Texas", "Texas"),
    ],
)
def test_a_qualifier_ends_with_its_sentence(text: str, said: str) -> None:
    assert qualifier_after(text, len("Paris")) == (said, True)
