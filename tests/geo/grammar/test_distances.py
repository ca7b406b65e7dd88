import pytest
from hypothesis import given, strategies as st

from geo.grammar.distances import parse_distance


@pytest.mark.parametrize(
    ("text", "error_m"),
    [("20 km", 5_000), ("25 km", 2_500), ("100 km", 50_000), ("3.75 km", 375), ("12-18 km", 3_000)],
)
def test_round_distances_leave_more_open(text: str, error_m: float) -> None:
    distance = parse_distance(text)

    assert distance is not None
    assert distance.error_m == pytest.approx(error_m)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("20km", 20_000),
        ("20 km.", 20_000),
        ("20 klicks", 20_000),
        ("1,5 km", 1_500),
        ("2,500 km", 2_500_000),
        ("20 000 m", 20_000),
        ("twenty kilometres", 20_000),
        ("twenty-five km", 25_000),
        ("one hundred km", 100_000),
        ("two hundred metres", 200),
        ("a few kilometres", 4_000),
        ("several km", 5_000),
        ("a mile", 1_609.344),
        ("half a mile", 804.672),
        ("½ mile", 804.672),
        ("1/2 mile", 804.672),
        ("1½ miles", 2_414.016),
        ("a mile and a half", 2_414.016),
        ("two and a half km", 2_500),
        ("10-20 km", 15_000),
        ("10 to 20 km", 15_000),
        ("between 10 and 20 km", 15_000),
        ("two or three km", 2_500),
        ("20 nautical miles", 37_040),
        ("a day's walk", 27_000),
        ("two hours' drive", 75_000),
        ("a two-hour drive", 75_000),
        ("30 minutes by car", 18_750),
    ],
)
def test_ways_to_say_how_far(text: str, metres: float) -> None:
    distance = parse_distance(text)

    assert distance is not None
    assert distance.metres == pytest.approx(metres)
    assert distance.bound == "about"


@pytest.mark.parametrize("text", ["0 km", "20", "km", "twenty-one to two km of", "a stone's throw"])
def test_what_is_no_distance(text: str) -> None:
    assert parse_distance(text) is None


@pytest.mark.parametrize(
    ("words", "reach_m"),
    [
        ("more than", (20_000, 40_000)),
        ("over", (20_000, 40_000)),
        ("at least", (20_000, 40_000)),
        ("up to", (0, 25_000)),
        ("less than", (0, 25_000)),
        ("no more than", (0, 25_000)),
        ("within", (0, 25_000)),
        ("under", (0, 25_000)),
        ("nearly", (15_000, 25_000)),
        ("about", (15_000, 25_000)),
        ("some", (15_000, 25_000)),
        ("roughly", (15_000, 25_000)),
        ("approximately", (15_000, 25_000)),
        ("around", (15_000, 25_000)),
    ],
)
def test_more_and_less_than_a_distance(words: str, reach_m: tuple[float, float]) -> None:
    distance = parse_distance(f"{words} 20 km")

    assert distance is not None
    assert distance.reach_m == reach_m


def test_a_bound_is_told() -> None:
    said = [parse_distance(f"{words} 20 km") for words in ("over", "under", "about")]

    assert [distance.words for distance in said if distance] == [
        "more than 20 km (taken as up to 40 km)",
        "up to 20 km",
        "20 km",
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "an",
                "half",
                "two",
                "three",
                "twenty",
                "five",
                "hundred",
                "few",
                "several",
                "1",
                "1/2",
                "½",
                "20",
                "1,5",
                "-",
                "to",
                "and",
                "or",
                "between",
                "more",
                "than",
                "km",
                "miles",
                "hours'",
                "drive",
            ]
        ),
        max_size=8,
    )
)
def test_no_words_break_it(words: list[str]) -> None:
    distance = parse_distance(" ".join(words))

    assert distance is None or distance.metres > 0


@pytest.mark.parametrize("text", ["1,000,000,000,000 km", "20,005 km", "99999 hours' drive"])
def test_no_distance_is_longer_than_the_earth_is_wide(text: str) -> None:
    assert parse_distance(text) is None


def test_more_than_a_long_way_ends_on_the_other_side_of_the_earth() -> None:
    distance = parse_distance("more than 15,000 km")

    assert distance is not None
    assert distance.reach_m == (15_000_000.0, 20_004_000.0)
