"""Games, figures of speech, drills and exhibitions: words of incidents where nothing happened."""

import pandas as pd
import pytest

import geo
from geo.articles.explaining import explain_articles
from geo.grammar.tolls import find_tolls


def as_article(text: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": ["a"],
            "publisher": ["note"],
            "published": pd.to_datetime(["2025-06-10"]).as_unit("s"),
            "sha256": [""],
            "text": [text],
        }
    )


FOOTBALL = (
    "Arsenal's attack tore Chelsea apart in London on Sunday. Havertz shot past the goalkeeper and "
    "fired a third into the net; the visitors' defence collapsed in a battle for second place."
)


@pytest.mark.parametrize(
    "text",
    [
        FOOTBALL,
        (
            "Spain's coach was fired in Madrid on Sunday; the clash with Portugal at half-time "
            "ended the league season."
        ),
        "Alcaraz blasted past Djokovic in straight sets to win the title in London on Sunday.",
        "A storm of protest broke over the board in Stuttgart on Sunday.",
        "A flood of refugees reached Trieste on Sunday.",
        "Shares in the carmaker crashed in Milan on Sunday after it fired its chief executive.",
        "The chancellor came under heavy fire in London on Sunday over cuts to benefits.",
        "The firm shot to fame in Berlin on Sunday and hit sales targets.",
        "The film was shot in Rome on Sunday.",
        "An exhibition about the bombing of Dresden opened in Leipzig on Sunday.",
        "A debate in Sarajevo on Sunday dealt with the film about the attack on New York.",
        (
            "In the exercise a magnitude 8.1 earthquake struck Gisborne on Sunday and a tsunami "
            "killed 3,000 people."
        ),
    ],
)
def test_nothing_happened(text: str) -> None:
    assert geo.extract_incidents(as_article(text)).empty


def test_a_crush_at_a_match_is_an_accident() -> None:
    text = (
        "A crush at the derby in Malang in Indonesia killed 125 fans on Sunday after the match "
        "ended 3-2 and the police fired tear gas; the goalkeeper fled."
    )

    assert geo.extract_incidents(as_article(text))["fatalities_best"].tolist() == [125]


def test_games_and_what_is_incomplete_are_marked() -> None:
    told = explain_articles(as_article(f"{FOOTBALL}\n\nRescuers spoke of a fire."))

    assert "[game battle: attack]" in told
    assert "[incomplete fire: fire]" in told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed 18,000 cows and injured a worker.", [("injured", 1)]),
        ("More than 1,000 houses burned down.", []),
        ("Its strongest quake in 25 years killed nine people.", [("killed", 9)]),
        ("In all 670 people might have died.", []),
        ("49 of its soldiers were killed.", [("killed", 49)]),
        ("Near Sidon, 13 people have been killed.", [("killed", 13)]),
        ("Ten residents of a home in Murcia, Spain, died in a blaze.", [("killed", 10)]),
        ("Twelve people suffered gunshot wounds.", [("injured", 12)]),
        ("The driver was killed and four passengers were hurt.", [("killed", 1), ("injured", 4)]),
    ],
)
def test_people_are_counted_and_nothing_else(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(toll.harm, toll.best) for toll in find_tolls(text)] == expected
