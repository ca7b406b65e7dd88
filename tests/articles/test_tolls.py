import pytest

from geo.articles.toll_summary import summarise
from geo.grammar.tolls import find_tolls


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the raid that killed three US soldiers", [("killed", 3, None, None)]),
        (
            "killing between 12 and 15 people and injuring at least 40 others",
            [("killed", 12, 12, 15), ("injured", 40, 40, None)],
        ),
        (
            "The death toll rose to 1,204, with 57 injured",
            [("killed", 1_204, None, None), ("injured", 57, None, None)],
        ),
        (
            "A drone attack on Tower 22 on 28 January killed three soldiers",
            [("killed", 3, None, None)],
        ),
        ("the flood of 5 January killed 2,000", [("killed", 2_000, None, None)]),
        ("a blast in 2024 killed five", [("killed", 5, None, None)]),
        ("killed one hundred people", [("killed", 100, None, None)]),
        ("two thousand people died", [("killed", 2_000, None, None)]),
        ("Twenty-one miners died", [("killed", 21, None, None)]),
        ("10-12 people died", [("killed", 10, 10, 12)]),
        ("up to 30 people were killed", [("killed", 30, None, 30)]),
        ("12 people, including four children, were killed", [("killed", 12, None, None)]),
        ("Eight wounded men were flown to Pemba", [("injured", 8, None, None)]),
        ("seventeen were taken to hospital", [("injured", 17, None, None)]),
        ("A man stabbed three people to death", [("killed", 3, None, None)]),
        ("killing a teacher and a student", [("killed", 2, None, None)]),
        ("A 32-year-old nurse at Mulago hospital died", [("killed", 1, None, None)]),
        ("a monitoring group put the number at fourteen", [("killed", 14, None, None)]),
    ],
)
def test_tolls(text: str, expected: list[tuple[str, int, int | None, int | None]]) -> None:
    found = [(toll.harm, toll.best, toll.low, toll.high) for toll in find_tolls(text)]

    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "the attack on Tower 22 that killed US soldiers",
        "more than 150 attacks",
        "killed in 2003",
        "left 40 km of road flooded",
        "Two of the dead were sisters",
        "dozens were wounded",
        "an injured player",
        "An unknown number of residents were killed",
        "No one was killed",
        "Not one person was killed",
        "some 1.5 million were injured",
        "The price war has claimed 1,200 jobs",
    ],
)
def test_what_counts_nobody(text: str) -> None:
    assert find_tolls(text) == []


def test_a_confirmed_figure_is_the_best() -> None:
    text = "At least 19 workers died. A doctor spoke of 26 confirmed dead; others of 30 killed."

    toll = summarise(find_tolls(text))

    assert (toll.killed_best, toll.killed_low, toll.killed_high) == (26, 19, 30)


def test_no_figure_is_no_figure() -> None:
    assert summarise([]).killed_best is None


@pytest.mark.parametrize(
    "words",
    ["1 killed ", "111,", "a man at a man in a man of ", "death toll rose to 1 ", "one killed 1 "],
)
def test_a_long_text_of_tolls_is_read_at_once(words: str) -> None:
    tolls = find_tolls(words * (100_000 // len(words)))

    assert all(toll.best == 1 for toll in tolls)


def test_a_number_of_thousands_of_digits_counts_nobody() -> None:
    assert find_tolls(f"{'1' * 5_000} killed") == []
