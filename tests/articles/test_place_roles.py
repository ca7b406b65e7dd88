"""Places where something happened, told apart from those of speakers and travellers."""

import pytest

from geo.articles.place_roles import ROLES, place_role
from geo.grammar.sentences import Span


def role(text: str, name: str, trigger: str | None = None) -> str:
    start = text.index(name)
    place = Span(start, start + len(name))
    at = None if trigger is None else text.index(trigger)
    return place_role(text, Span(0, len(text)), place, trigger=at)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("the government in Dodoma announced", "Dodoma", "speaker"),
        ("was also felt in Arequipa", "Arequipa", "felt"),
        ("officials in Nairobi said", "Nairobi", "speaker"),
        ("the defence ministry in Niamey said", "Niamey", "speaker"),
        ("In Geneva, the agency warned of more.", "Geneva", "speaker"),
        ("The minister, who was in Luxembourg, cut short his trip.", "Luxembourg", "elsewhere"),
        ("The ship was bound for Colombo.", "Colombo", "elsewhere"),
        ("A man was arrested near Lyon.", "Lyon", "elsewhere"),
        ("They agreed in Havana in June.", "Havana", "elsewhere"),
        ("A bomb went off outside the embassy in Kabul.", "Kabul", "event"),
        ("A court in Lima burned down.", "Lima", "event"),
        ("Police in Melbourne are looking for a man.", "Melbourne", "event"),
    ],
)
def test_what_a_place_is_to_the_incident(text: str, name: str, expected: str) -> None:
    assert expected in ROLES
    assert role(text, name) == expected


def test_what_is_told_before_it_is_said_is_the_incident() -> None:
    text = "In Sindh, a flood drowned nine people, officials said."

    assert role(text, "Sindh", "flood") == "event"
    assert role(text, "Sindh") == "speaker"
