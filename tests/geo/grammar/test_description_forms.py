import time

import pytest
from hypothesis import given, settings, strategies as st

from geo.grammar.bearings import parse_bearing
from geo.grammar.descriptions import parse_description
from geo.grammar.distances import parse_distance
from geo.grammar.location_tree import (
    Along,
    Apposition,
    BorderZone,
    Inland,
    Named,
    Near,
    Offset,
    Part,
    Partly,
    Towards,
    Unread,
)

WORDS = [
    "near",
    "Homs",
    ",",
    "in",
    "the",
    "north",
    "of",
    "border",
    "between",
    "and",
    "20",
    "km",
    "more",
    "than",
    "Syrian-Turkish",
    "on",
    "road",
    "to",
    "from",
    "coast",
    "off",
    "side",
    "'s",
    "central",
    "Iraq/Iran",
    "half",
    "a",
    "mile",
    "(",
    ")",
    "outskirts",
    "along",
    "inside",
    "Jordan",
    "tri-border",
]


def place(*names: str) -> Named:
    return Named(names)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("South of France", Towards(place("France"), parse_bearing("south"), is_title=True)),
        ("the south of France", Part(place("France"), parse_bearing("south"))),
        ("Southern France", Part(place("France"), parse_bearing("south"))),
        ("France's south", Part(place("France"), parse_bearing("south"))),
        ("the Syrian north", Part(place("Syrian"), parse_bearing("north"))),
        ("south-western Ukraine", Part(place("Ukraine"), parse_bearing("southwest"))),
        ("north-central Nigeria", Part(place("Nigeria"), parse_bearing("north"), is_central=True)),
        ("northern Homs countryside", Part(place("Homs Governorate"), parse_bearing("north"))),
        ("Homs city centre", Part(place("Homs"), None)),
        ("in and around Homs", Near(place("Homs"), "near")),
        ("Batna (area of), Algeria", Near(place("Batna", "Algeria"), "near")),
        ("a short drive from Homs", Near(place("Homs"), "near")),
        ("in waters off Yemen", Near(place("Yemen"), "off")),
        ("30 km off Aden", Near(place("Aden"), "off", parse_distance("30 km"))),
        ("the Libyan coast", Near(place("Libyan"), "coast")),
        (
            "the southern coast of Yemen",
            Near(place("Yemen"), "coast", None, parse_bearing("south")),
        ),
        ("within 5 km of Homs", Near(place("Homs"), "near", parse_distance("within 5 km"))),
        ("in a 5 km radius of Homs", Near(place("Homs"), "near", parse_distance("up to 5 km"))),
        ("on the Tigris River", Along(place("Tigris River"), None)),
        (
            "at the confluence of the Tigris and the Diyala",
            Unread("at the confluence of the Tigris and the Diyala"),
        ),
    ],
)
def test_places_and_their_parts(text: str, tree: object) -> None:
    assert parse_description(text) == tree


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Jordan/Iraq border", ("Jordan", "Iraq")),
        ("US-Mexico border", ("US", "Mexico")),
        ("the Lebanese-Syrian border", ("Lebanese", "Syrian")),
        ("near Jordan's border with Syria", ("Jordan", "Syria")),
        ("the Jordanian border with Syria", ("Jordanian", "Syria")),
        ("border of Jordan and Syria", ("Jordan", "Syria")),
        ("border crossing of Nasib", ("Nasib",)),
        ("the border region between Kenya and Somalia", ("Kenya", "Somalia")),
        ("the Guinea-Bissau border", ("Guinea-Bissau",)),
        ("Iraq-Syria-Jordan tri-border area", ("Iraq", "Syria", "Jordan")),
        ("tri-border area of Mali, Niger and Burkina Faso", ("Mali", "Niger", "Burkina Faso")),
        ("near the border", ()),
        ("on the border between Hiiraan and Bay regions", ("Hiiraan", "Bay")),
    ],
)
def test_sides_of_borders(text: str, sides: tuple[str, ...]) -> None:
    assert parse_description(text) == BorderZone(sides)


def test_sides_on_which_a_place_lies() -> None:
    assert parse_description("the Syrian side of the Turkish border") == BorderZone(
        ("Turkish",), side="Syrian"
    )
    assert parse_description("500 km inside Lebanon") == Inland(
        place("Lebanon"), None, parse_distance("500 km")
    )
    assert parse_description("10 km north of the Syrian border, Turkey") == BorderZone(
        ("Syrian",),
        place("Turkey"),
        parse_distance("10 km"),
        heading=parse_bearing("north"),
    )


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("near Bakhmut, 40 km from Kyiv", "near Bakhmut", "40 km from Kyiv"),
        ("Jeraigaon (near Dibrugarh)", "Jeraigaon", "near Dibrugarh"),
        ("a checkpoint 5 km south of Homs", "a checkpoint", "5 km south of Homs"),
        ("3 km from Homs and 5 km from Hama", "3 km from Homs", "5 km from Hama"),
        ("on the Tigris River near Mosul", "on the Tigris River", "near Mosul"),
        (
            "20 km N of Homs, near the Lebanese border",
            "20 km N of Homs",
            "near the Lebanese border",
        ),
    ],
)
def test_two_descriptions_of_one_place(text: str, first: str, second: str) -> None:
    assert parse_description(text) == Apposition(
        parse_description(first) or place(), parse_description(second) or place()
    )


@pytest.mark.parametrize(
    ("text", "towards"),
    [
        ("25 km from Bocaranga on the Ndim axis", "Ndim"),
        ("25 km from Bocaranga on the road to Ndim", "Ndim"),
        ("25 km along the road from Bocaranga to Ndim", "Ndim"),
    ],
)
def test_ways_on_which_a_place_lies(text: str, towards: str) -> None:
    tree = parse_description(text)

    assert isinstance(tree, Offset)
    assert tree.place == place("Bocaranga")
    assert tree.towards == place(towards)


def test_headings_at_right_angles_are_exact_and_others_are_not() -> None:
    right, other = (
        parse_description(f"6 km N and 4 km {way} of Homs") for way in ("west", "north-west")
    )

    assert isinstance(right, Offset)
    assert isinstance(other, Offset)
    assert [bearing.error_deg for _, bearing in right.legs if bearing] == [0, 0]
    assert [bearing.error_deg for _, bearing in other.legs if bearing] == [45, 22.5]


def test_words_that_are_not_read_are_kept() -> None:
    tree = parse_description("5 km downstream from Mosul")

    assert isinstance(tree, Partly)
    assert tree.unread == "downstream"


@given(st.lists(st.sampled_from(WORDS), max_size=14))
@settings(max_examples=400, deadline=None)
def test_no_order_of_its_words_breaks_the_grammar(words: list[str]) -> None:
    tree = parse_description(" ".join(words))

    assert tree is None or repr(tree)


@pytest.mark.parametrize(
    "text", ["near a of b ", "20 km from a on the ", "a-b border with ", "a (b) "]
)
def test_no_words_take_long(text: str) -> None:
    begun = time.process_time()

    parse_description((text * 100)[:299])
    assert time.process_time() - begun < 2
