"""How papers, agencies and ministries tell it: words, tolls, days and places of many forms."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import geo
from geo.articles.triggers import find_triggers
from geo.grammar.dates_in_text import find_dates
from geo.grammar.tolls import find_tolls

_PUBLISHED = dt.date(2024, 3, 14)


def _told(*texts: str) -> list[list[dict[Any, Any]]]:
    """Incidents of each text."""
    names = [str(number) for number in range(len(texts))]
    table = pd.DataFrame(
        {
            "article_id": names,
            "publisher": names,
            "sha256": [""] * len(texts),
            "published": pd.to_datetime([_PUBLISHED] * len(texts)).as_unit("s"),
            "text": [f"{text}\n" for text in texts],
        }
    )
    incidents = geo.extract_incidents(table)
    article = incidents["incident_id"].str.rpartition("-")[0]
    return [incidents[article == name].to_dict("records") for name in names]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A man ploughed a van into shoppers", "violence_against_civilians"),
        ("two nurses were seized by gunmen", "violence_against_civilians"),
        ("thirty girls were taken from their dormitory", "violence_against_civilians"),
        ("a candidate was assassinated", "violence_against_civilians"),
        ("a woman was found strangled", "crime"),
        ("thieves broke into a museum", "crime"),
        ("shots were fired from a car", "crime"),
        ("Pensioners blocked the avenue in front of it", "protest"),
        ("miners walked off the job", "protest"),
        ("supporters of rival parties fought in the streets", "riot"),
        ("teenagers torched dozens of parked cars", "riot"),
        ("a grenade was lobbed into a cafe", "explosion"),
        ("Israeli strikes killed a family", "explosion"),
        ("the army neutralised several militants", "battle"),
        ("a boat carrying 25 Ethiopians and two Yemenis went down", "accident"),
        ("a roofer fell from the third floor", "accident"),
        ("their car went into a river", "accident"),
        ("firedamp exploded", "accident"),
        ("streets were under a metre of water", "flood"),
        ("heavy winds brought down trees", "storm"),
        ("a 4.8 magnitude shock", "earthquake"),
        ("a case of norovirus", "disease"),
        ("rebels have taken control of Masisi", "strategic"),
        ("both sides put their names to a truce", "strategic"),
        ("officers toppled the president", "strategic"),
        ("the president declared martial law", "strategic"),
        ("Supporters of the loser stormed the electoral office", "riot"),
    ],
)
def test_words_of_many_papers_tell_the_kind(text: str, kind: str) -> None:
    assert [trigger.kind for trigger in find_triggers(text) if trigger.is_real][:1] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "an earthquake of a profit warning",
        "a slow-motion car crash",
        "crews put out a staged blaze",
        "the stand erupted in applause",
        "he demonstrated how to bake",
    ],
)
def test_what_only_sounds_like_it_is_none(text: str) -> None:
    assert find_triggers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "the city rehearsed its answer to an air raid",
        "a drama that opens with a sniper shooting",
        "ending months of fighting",
        "the end of its Ebola epidemic",
        "They trained for an earthquake",
    ],
)
def test_what_is_shown_practised_or_over_is_not_real(text: str) -> None:
    assert not any(trigger.is_real for trigger in find_triggers(text))


def test_what_is_done_to_many_is_one_deed() -> None:
    (deed,) = find_triggers("A man rammed a van into shoppers")
    (flames,) = find_triggers("a kitchen went up in flames")

    assert (deed.is_plural, deed.count, flames.count) == (False, "", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the body of a 15-year-old girl was pulled out", [("killed", 1)]),
        ("a woman's body was found", [("killed", 1)]),
        ("Twelve residents needed treatment", [("injured", 12)]),
        ("A 48-year-old bricklayer fell to his death", [("killed", 1)]),
        ("A man in his 20s was gunned down", [("killed", 1)]),
        ("Tributes to a “beautiful” teenager who died", [("killed", 1)]),
        ("A cyclist has died", [("killed", 1)]),
        ("A couple in their 60s died", [("killed", 2)]),
        ("Two women, aged 62 and 70, were killed", [("killed", 2)]),
        ("The mayor of Lice, in the east, was found murdered", [("killed", 1)]),
        ("A mother and her two children died", [("killed", 3)]),
        ("Four people were shot to death", [("killed", 4)]),
        ("One man was killed and another wounded", [("killed", 1), ("injured", 1)]),
        ("A clerk was shot in the leg", [("injured", 1)]),
        ("thirteen with serious injuries", [("injured", 13)]),
        ("Casualties: 4 dead", [("killed", 4)]),
        ("The toll from the quake in Cianjur, Java, has risen to 271", [("killed", 271)]),
        # What dies hurts nobody else,.
        ("A convent burned down and a nun died", [("killed", 1)]),
    ],
)
def test_tolls_of_many_forms(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(toll.harm, toll.best) for toll in find_tolls(text)] == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Tuesday last week", "2024-03-05"),
        ("on Tuesday of last week", "2024-03-05"),
        ("two nights ago", "2024-03-12"),
        ("on 13.03.2024", "2024-03-13"),
        ("at 13/03/2024", "2024-03-13"),
    ],
)
def test_days_of_many_forms(text: str, day: str) -> None:
    (found,) = find_dates(text, published=_PUBLISHED)

    assert found.date is not None
    assert found.date.start.isoformat() == found.date.end.isoformat() == day


def test_a_market_at_christmas_is_no_day() -> None:
    assert find_dates("at a Christmas market", published=_PUBLISHED) == []
    # Day and month could be either.
    assert find_dates("on 03/04/2024", published=_PUBLISHED) == []


def test_where_and_when_it_was() -> None:
    found = _told(
        "BALTIMORE — A man was shot in a parking lot on Sunday, and the police are looking for "
        "a second man who ran away.",
        "Health authorities in Lima confirmed a case of measles in the city on Tuesday, and said "
        "that the child had not been abroad.",
        "BALTIMORE — A man was shot in a parking lot in Richmond, Virginia, on Sunday, and the "
        "police are looking for a second man.",
        "Rebels have taken control of Goma, a town of many people, after two days of clashes, "
        "residents said on Sunday.",
        "A bomb went off in Goma for the third time this month, the police said. The attack took "
        "place on Monday.",
        "The mayor of Goma was found beheaded on Sunday, six days after he had taken office.",
        "PERU: A bus crashed in Lima on Monday.\nCHILE: A mine caved in near Calama on Tuesday.",
        "A train crashed in Lyon on Monday. The mayor of Paris said it was a dark day.",
    )
    places = [[(one["place"], f"{one['date_start']:%d}") for one in row] for row in found]

    assert places == [
        [("Baltimore", "10")],
        [("Lima", "12")],
        [("Richmond", "10")],
        [("Goma", "10")],
        [("Goma", "11")],
        [("Goma", "10")],
        [("Lima", "11"), ("Calama", "12")],
        [("Lyon", "11")],
    ]
    assert "names no other place" in found[0][0]["reason"]
