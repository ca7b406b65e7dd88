import datetime as dt

import pytest

from geo.grammar.dates_in_text import find_dates, newest_full_date
from geo.grammar.sentences import split_sentences

WEDNESDAY = dt.date(2024, 1, 31)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on January 28", "2024-01-28", "2024-01-28"),
        ("reported in 2024-W05", "2024-01-29", "2024-02-04"),
        ("on 30 December", "2023-12-30", "2023-12-30"),
        ("on Tuesday", "2024-01-30", "2024-01-30"),
        ("on Wednesday", "2024-01-31", "2024-01-31"),
        ("yesterday", "2024-01-30", "2024-01-30"),
        ("three days ago", "2024-01-28", "2024-01-28"),
        ("last week", "2024-01-22", "2024-01-28"),
        ("last month", "2023-12-01", "2023-12-31"),
        ("in March", "2023-03-01", "2023-03-31"),
        ("on 12 March", "2023-03-12", "2023-03-12"),
        ("on 29 February", "2020-02-29", "2020-02-29"),
        ("on 1 February", "2024-02-01", "2024-02-01"),
        ("overnight", "2024-01-30", "2024-01-31"),
        ("in December 2023", "2023-12-01", "2023-12-31"),
        ("in 2003", "2003-01-01", "2003-12-31"),
        ("on 28 January 2024", "2024-01-28", "2024-01-28"),
    ],
)
def test_dates_refer_to_the_day_of_publication(text: str, start: str, end: str) -> None:
    (mention,) = find_dates(text, published=WEDNESDAY)

    assert mention.date is not None
    assert (mention.date.start.isoformat(), mention.date.end.isoformat()) == (start, end)


def test_what_is_inferred_is_said() -> None:
    inferred, stated = find_dates("On January 28, and on 3 May 2023.", published=WEDNESDAY)

    assert "The year is inferred: the text says “January 28”" in inferred.note
    assert stated.note == ""


@pytest.mark.parametrize(
    "text", ["It may rain.", "They march on.", "in 1066 houses", "sun and sat"]
)
def test_words_that_are_no_dates(text: str) -> None:
    assert find_dates(text, published=WEDNESDAY) == []


def test_nobody_knows_the_year() -> None:
    (mention,) = find_dates("on January 28", published=None)

    assert mention.date is None
    assert mention.note == "The text does not say the year"


def test_the_newest_full_date_stands_in_for_the_day_of_publication() -> None:
    assert newest_full_date("Seen in December 2023, founded on 5 May 2003.") == (
        dt.date(2023, 12, 31),
        "December 2023",
    )
    assert newest_full_date("Founded in 2003.") is None


def test_sentences_know_their_place() -> None:
    text = "Fire in Accra\nDr. Mensah of the U.S. embassy spoke. “No,” he said.\n\nThe end"

    sentences = [sentence.of(text) for sentence in split_sentences(text)]

    assert sentences == [
        "Fire in Accra",
        "Dr. Mensah of the U.S. embassy spoke.",
        "“No,” he said.",
        "The end",
    ]
