import pytest

from geo.grammar.place_phrases import BorderPhrase, NamePhrase, find_place_phrases
from geo.grammar.proper_names import name_at, name_before


def only_name(text: str) -> NamePhrase:
    (phrase,) = find_place_phrases(text)
    assert isinstance(phrase, NamePhrase)
    return phrase


@pytest.mark.parametrize(
    ("text", "names", "relation"),
    [
        (
            "an earthquake struck near the city of Kerman, Iran, on Monday",
            ("Kerman", "Iran"),
            "near",
        ),
        (
            "killed in Antakya, Hatay province, Turkey.",
            ("Antakya", "Hatay province", "Turkey"),
            "in",
        ),
        ("the attack on Tower 22, a small outpost", ("Tower 22",), "on"),
        ("in the coastal town of Derna", ("Derna",), "in"),
        ("In neighbouring Tanzania, where it rains", ("Tanzania",), "in"),
        (
            "a trailer park near Woodward, in the north-west of Oklahoma",
            ("Woodward", "Oklahoma"),
            "near",
        ),
        ("the road between Mostar and Jablanica", ("Mostar", "Jablanica"), "between"),
        ("The quake shook San José del Monte", ("San José del Monte",), "in"),
    ],
)
def test_named_places(text: str, names: tuple[str, ...], relation: str) -> None:
    phrase = only_name(text)

    assert (phrase.names, phrase.relation) == (names, relation)


def test_distance_and_direction() -> None:
    phrase = only_name("about 12 miles (19 km) southwest of the town of Ridgecrest")

    assert (phrase.names, phrase.part) == (("Ridgecrest",), "southwest")
    assert phrase.distance_m == pytest.approx(12 * 1_609.344)


def test_nationality_and_part() -> None:
    assert only_name("a fire in the Syrian city of Aleppo").adjective == "Syrian"
    assert only_name("hit Mozambique's Sofala province").adjective == "Mozambique"
    assert only_name("flooding in northern Bangladesh").part == "northern"


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("on the Jordan-Syria border", ("Jordan", "Syria")),
        ("near the Syrian border", ("Syrian",)),
        ("near its border with Chad", ("Chad",)),
        ("along the border between Armenia and Azerbaijan", ("Armenia", "Azerbaijan")),
    ],
)
def test_borders(text: str, sides: tuple[str, ...]) -> None:
    (phrase,) = find_place_phrases(text)

    assert isinstance(phrase, BorderPhrase)
    assert phrase.sides == sides


@pytest.mark.parametrize(
    "text",
    [
        "on Monday",
        "in January 2024",
        "in hospital",
        "",
    ],
)
def test_what_says_nothing_of_the_place(text: str) -> None:
    assert find_place_phrases(text) == []


def test_names_end_where_they_end() -> None:
    text = "Abu Hussein al-Hamidawi, leader of the Red Crescent’s branch"

    first = name_at(text, 0, len(text))
    last = name_before(text, 0, len(text))

    assert first is not None
    assert first.of(text) == "Abu Hussein al-Hamidawi"
    assert last is not None
    assert last.of(text) == "Red Crescent"
