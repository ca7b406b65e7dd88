"""Incidents that one sentence tells together, and what only looks like one."""

import json
from typing import Any

import pandas as pd
import pytest

import geo
from geo.articles.explaining import explain_articles
from geo.articles.other_languages import NOTE


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


def incidents_of(text: str) -> list[dict[Any, Any]]:
    return geo.extract_incidents(as_article(text)).to_dict("records")


def told(row: dict[Any, Any]) -> tuple[str, str, str, int | None]:
    killed = row["fatalities_best"]
    day = row["date_start"].date().isoformat()
    return row["kind"], row["place"], day, None if pd.isna(killed) else int(killed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gunmen shot dead two in Quetta on Friday and a bomb hurt two in Peshawar on Sunday.",
            [("crime", "Quetta", "2025-06-06", 2), ("explosion", "Peshawar", "2025-06-08", None)],
        ),
        (
            "An ambush killed two men near Goma and a bomb killed four people in Bukavu on Sunday.",
            [("battle", "Goma", "2025-06-08", 2), ("explosion", "Bukavu", "2025-06-08", 4)],
        ),
        (
            "On Friday a bus crash killed nine people in Lima, while a fire killed three in Cusco.",
            [("accident", "Lima", "2025-06-06", 9), ("fire", "Cusco", "2025-06-06", 3)],
        ),
    ],
    ids=["days", "one day behind", "one day before"],
)
def test_clauses_that_tell_an_incident_each(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert [told(row) for row in incidents_of(text)] == expected


def test_a_clause_that_goes_on_about_the_incident_is_none_of_its_own() -> None:
    text = (
        "A bomb exploded in a market in Aden on Tuesday and the blast damaged a mosque near "
        "Crater, wounding two."
    )
    (row,) = incidents_of(text)

    assert (row["place"], row["injured"]) == ("Aden", 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At least 19 protesters were shot dead by police in Kathmandu on Monday.",
            ("protest", "Kathmandu", "2025-06-09", 19),
        ),
        (
            "Dozens of demonstrators gathered in Amman on Friday.",
            ("protest", "Amman", "2025-06-06", None),
        ),
        (
            "Jets struck a large weapons depot near Marib on Sunday, killing two guards.",
            ("explosion", "Ma'rib", "2025-06-08", 2),
        ),
        (
            "The rebels have not claimed the bombing in Aden on Monday, which killed two sailors.",
            ("explosion", "Aden", "2025-06-09", 2),
        ),
        (
            "The ship Dali lost power and struck a bridge in Baltimore on Monday.",
            ("accident", "Baltimore", "2025-06-09", None),
        ),
    ],
    ids=["counted people", "dozens of people", "struck a depot", "not claimed", "ship"],
)
def test_what_was_taken_for_no_incident(text: str, expected: tuple[Any, ...]) -> None:
    (row,) = incidents_of(text)

    assert told(row) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A court in London sentenced a man to life on Thursday for the murder of a man in Leeds.",
        "Shares in Tokyo plunged 12% on Monday, the worst crash since 1987.",
    ],
)
def test_what_is_no_incident(text: str) -> None:
    assert incidents_of(text) == []


def test_the_day_of_a_claim_and_the_place_of_an_arrest_are_not_those_of_the_incident() -> None:
    text = (
        "A man stabbed three people to death in Solingen on Friday. Islamic State claimed the "
        "attack on Saturday. Police arrested a 26-year-old Syrian in Düsseldorf on Sunday."
    )
    (row,) = incidents_of(text)

    assert told(row) == ("crime", "Solingen", "2025-06-06", 3)
    assert [one["name"] for one in json.loads(row["actors"])] == ["Islamic State"]


@pytest.mark.parametrize(
    "past", ["A 2023 quake in Herat killed 1,400.", "Herat's 2023 quake killed 1,400."]
)
def test_a_year_before_a_noun_makes_it_past(past: str) -> None:
    text = f"A quake struck Jalalabad in Afghanistan on Sunday, killing eight people. {past}"
    (row,) = incidents_of(text)

    assert told(row) == ("earthquake", row["place"], "2025-06-08", 8)


@pytest.mark.parametrize(
    ("text", "place", "precision"),
    [
        ("Fires in Greece, Turkey and Spain killed three people on Monday.", "Greece", "country"),
        ("Floods hit the Kathmandu valley in Nepal on Friday.", "Kathmandu", "vicinity"),
        (
            "Five died in a gun battle in the Poonch district of Jammu and Kashmir on Monday.",
            "Punch",
            "admin2",
        ),
        (
            "A teacher was shot dead at a Christian school in Madison, Wisconsin, on Monday.",
            "Madison",
            "settlement",
        ),
        (
            "Ash fell on the Indonesian island of Flores after an eruption on Sunday killed three.",
            "Indonesia",
            "country",
        ),
        ("A mine blast hit the Yemeni province of Hadramawt on Sunday.", "Hadhramaut", "admin1"),
        (
            "Three are dead in Tonga after Saturday's eruption sent a tsunami across the Pacific.",
            "Tonga",
            "country",
        ),
    ],
    ids=["list", "valley", "part before", "faith", "unknown there", "adjective", "ocean"],
)
def test_the_place_is_what_the_words_mean(text: str, place: str, precision: str) -> None:
    (row,) = incidents_of(text)

    assert (row["place"], row["precision"]) == (place, precision)


@pytest.mark.parametrize(
    ("words", "actors"),
    [
        ("No group has claimed responsibility for the bombing.", []),
        ("The militia has not claimed responsibility for the bombing.", []),
        (
            "The army's spokesman in Port Sudan accused the RSF of the bombing.",
            [("RSF", "accused", "army's spokesman in Port Sudan")],
        ),
    ],
    ids=["nobody", "not", "from elsewhere"],
)
def test_who_says_it(words: str, actors: list[tuple[str, str, str]]) -> None:
    (row,) = incidents_of(f"A bomb killed two people in Omdurman on Sunday. {words}")

    found = json.loads(row["actors"])
    assert [(one["name"], one["attribution"], one["by"]) for one in found] == actors


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("قتل أربعة في انفجار سيارة في مدينة حلب يوم الجمعة", "حلب", "Aleppo"),
        ("В результате взрыва под Карагандой погибли люди", "Карагандой", "Karagandy"),
        ("Внаслідок удару по Харкову загинули троє людей", "Харкову", "Kharkiv"),
        ("四川省周一发生地震，造成至少46人死亡。", "四川省", "Sichuan"),
        ("เกิดไฟไหม้ที่ตลาดในเชียงใหม่เมื่อวันจันทร์", "เชียงใหม่", "Chiang Mai"),
        ("서울에서 월요일 화재로 세 명이 숨졌다", "서울", "Seoul"),
        ("Σεισμός σημειώθηκε την Κυριακή κοντά στη Λάρισα", "Λάρισα", "Lárisa"),
        (
            "In Köln kamen am Montag bei einem Brand in einem Hochhaus drei Menschen um.",
            "Köln",
            "Köln",
        ),
    ],
    ids=["Arabic", "Russian", "Ukrainian", "Chinese", "Thai", "Korean", "Greek", "German"],
)
def test_other_languages_give_their_place(text: str, words: str, place: str) -> None:
    article = as_article(text)
    (row,) = geo.extract_incidents(article).to_dict("records")

    assert (row["kind"], row["place_text"], row["place"]) == ("other", words, place)
    explained = explain_articles(article)
    assert explained.startswith("note: 1 incident\n")
    assert f"[1 place: {words}]" in explained
    assert NOTE in explained
