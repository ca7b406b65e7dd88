import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from typeguard import suppress_type_checks

import geo
from geo.errors import ReadError, SchemaError


def extracted(text: str, folder: Path, *, published: str | None = None) -> pd.DataFrame:
    path = folder / "article.txt"
    path.write_text(text, encoding="utf-8")
    return geo.extract_incidents(geo.read_articles(path, published=published))


def test_a_text_without_any_place_gives_an_incident_without_a_point(tmp_path: Path) -> None:
    incidents = extracted("An explosion on 28 January 2024 killed two people.", tmp_path)

    assert incidents["status"].tolist() == ["unlocated"]
    assert incidents["reason"].tolist() == ["The text names no place that is known"]
    assert incidents.geometry.isna().all()


def test_a_place_with_many_namesakes_stays_open(tmp_path: Path) -> None:
    text = "On 28 January 2024 a fire in Springfield killed four people."

    incident = extracted(text, tmp_path).iloc[0]

    assert (incident["status"], incident["place_text"]) == ("ambiguous", "Springfield")
    assert len(json.loads(incident["candidates"])) == 5
    assert incident["geometry"] is None


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "SANTIAGO, 19 July 2024 - An earthquake struck near Calama in Chile late on Thursday.",
            ("earthquake", "2024-07-18", None),
        ),
        (
            "Landslides in West Java on 7 July 2024 killed 14, disaster officials said Wednesday.",
            ("other", "2024-07-07", 14),
        ),
        (
            "Published: 3 July 2024\n\nA fire swept through a market in Nairobi on 2 July.",
            ("fire", "2024-07-02", None),
        ),
        (
            "Gunmen killed nine farmers in northern Burkina Faso on 16 June 2024.",
            ("violence_against_civilians", "2024-06-16", 9),
        ),
    ],
)
def test_dates_of_the_report_are_not_those_of_the_incident(
    tmp_path: Path, text: str, facts: tuple[str, str, int | None]
) -> None:
    incident = extracted(text, tmp_path, published="2024-07-19").iloc[0]

    kind, day, killed = facts
    assert (incident["kind"], incident["date_start"].date().isoformat()) == (kind, day)
    assert (
        pd.isna(incident["fatalities_best"])
        if killed is None
        else (incident["fatalities_best"] == killed)
    )


def test_a_denial_by_nobody_known_accuses_nobody(tmp_path: Path) -> None:
    text = (
        "A fire in Nairobi on 2 May 2024 hurt two people. Police said they had arrested a man; "
        "his lawyer denied it."
    )

    assert extracted(text, tmp_path)["actors"].tolist() == ["[]"]


def test_a_text_without_any_date_says_so(tmp_path: Path) -> None:
    incidents = extracted("An explosion in Amman killed two people.", tmp_path)

    assert incidents["date_precision"].tolist() == ["unknown"]
    assert incidents["date_note"].tolist() == ["The text gives no date"]
    assert incidents["date_start"].isna().all()


def test_a_date_without_a_year_is_not_guessed(tmp_path: Path) -> None:
    incidents = extracted("On 28 January a blast in Amman killed two people.", tmp_path)

    assert incidents["date_note"].tolist() == ["The text does not say the year"]


def test_a_text_without_incidents_gives_an_empty_table(tmp_path: Path) -> None:
    incidents = extracted("Nothing happened in Amman on 28 January 2024.", tmp_path)

    assert len(incidents) == 0
    geo.validate(incidents)
    assert {"kind", "date_start", "geometry"} <= set(incidents.columns)


def test_markup_stays_text(tmp_path: Path) -> None:
    text = "A fire in Accra on 28 January 2024 killed </script><img onerror=alert(1)> four people."

    incidents = extracted(text, tmp_path)

    assert "</script>" in json.loads(incidents["sources"].iloc[0])[0]["quote"]


def test_what_turns_or_hides_text_is_taken_out(tmp_path: Path) -> None:
    text = "A fire in \u202eAccra\u202c on\x07 28 January 2024 killed four\x00".replace("\x00", "")

    articles_text = extracted(text + " people.", tmp_path)

    quote = json.loads(articles_text["sources"].iloc[0])[0]["quote"]
    assert quote == "A fire in Accra on 28 January 2024 killed four people."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b" \n ", "the file is empty"),
        (b"a\x00b", "a binary file"),
        (b"caf\x81", "not text in UTF-8"),
        (b"PK\x03\x04zip", "an archive"),
        (b"A fire in Accra. " * 320_000, "an article has at most 1,000,000"),
    ],
    ids=["empty", "blank", "binary", "undefined", "archive", "long"],
)
def test_bad_files_are_named_in_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(content)

    with pytest.raises(ReadError, match=words) as caught:
        geo.read_articles(path)

    assert "article.txt" in str(caught.value)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ReadError, match=r"nowhere\.txt: cannot be read"):
        geo.read_articles(["nowhere.txt"])


def test_a_table_that_is_none_of_articles_is_refused() -> None:
    with pytest.raises(SchemaError, match="extract_incidents needs the column"):
        geo.extract_incidents(pd.DataFrame({"text": ["A fire."]}))


@pytest.mark.slow
def test_a_long_article_takes_seconds_not_minutes(tmp_path: Path) -> None:
    # Nobody writes so, but it must not hang: 300 kB of one incident told over and over. To check
    # the types of its million values, which other tests check too, would take most of the time.
    with suppress_type_checks():
        incidents = extracted(
            "A fire in Accra on 28 January 2024 killed four people. " * 5_000, tmp_path
        )

    assert incidents["kind"].tolist() == ["fire"]


@pytest.mark.slow
def test_a_sentence_without_an_end_takes_seconds_not_minutes(tmp_path: Path) -> None:
    with suppress_type_checks():
        incidents = extracted("fire in Accra on 28 January 2024 and " * 1_000, tmp_path)

    assert incidents["kind"].tolist() == ["fire"]


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_answered(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("a") / "article.txt"
    path.write_text(f"Fire in Accra. {text}", encoding="utf-8", errors="replace")
    try:
        articles = geo.read_articles(path)
    except ReadError:
        return

    for sources in geo.extract_incidents(articles)["sources"]:
        for one in json.loads(sources):
            assert articles["text"].iloc[0][one["start"] : one["end"]] == one["quote"]
