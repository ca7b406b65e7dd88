"""Which words of a text name a place."""

from types import SimpleNamespace

import pytest
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.recognition.finding import find_names
from geo.grammar.sentences import Span


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Reading the report, he left for Amman.", ["Amman"]),
        ("Michael Jordan scored. Jordan was happy in Chicago.", ["Chicago"]),
        ("Strikes hit Tower 22 in Jordan.", ["Tower 22", "Jordan"]),
        ("They landed at the Ain al-Asad air base in Iraq.", ["Ain al-Asad air base", "Iraq"]),
        ("Doctors at al-Shifa hospital in Gaza City spoke.", ["al-Shifa hospital", "Gaza City"]),
        ("The Syrian army left Deir ez-Zor.", ["Syrian", "Deir ez-Zor"]),
        ("A fire in Lebanon's Bekaa valley", ["Lebanon", "Bekaa valley"]),
        ("انفجار في بغداد", ["بغداد"]),
        ("", []),
    ],
)
def test_names_of_places_are_found(text: str, names: list[str]) -> None:
    found = geo.find_mentions(text)

    assert [
        text[start:end] for start, end in zip(found["start"], found["end"], strict=True)
    ] == names
    assert found["name"].tolist() == names
    assert found["score"].between(0.0, 1.0).all()


def test_what_is_found_can_be_placed() -> None:
    text = "A fire in Paris, Texas; crews came from Dallas."

    placed = geo.resolve_mentions(text, geo.find_mentions(text))

    assert placed["country_a3"].tolist() == ["USA", "USA", "USA"]


def test_another_recogniser_joins() -> None:
    text = "Shells fell on Qqxville near Amman."
    entities = [
        SimpleNamespace(start_char=15, end_char=23, label_="GPE"),
        SimpleNamespace(start_char=29, end_char=34, label_="GPE"),
        SimpleNamespace(start_char=0, end_char=6, label_="ORG"),
    ]

    found = geo.find_mentions(text, pipeline=lambda _: SimpleNamespace(ents=entities))

    assert found["name"].tolist() == ["Qqxville", "Amman"]


def test_what_two_recognisers_say_is_weighed_together() -> None:
    text = "Shells fell on Qqxville near Amman. Zzyx spoke of Reading and the Dead Sea."

    def pipeline(_: str) -> SimpleNamespace:
        names = [(name, text.index(name)) for name in ("Qqxville", "Amman", "Zzyx")]
        entities = [
            SimpleNamespace(start_char=at, end_char=at + len(name), label_="GPE")
            for name, at in names
        ]
        return SimpleNamespace(ents=entities)

    found = geo.find_mentions(text, pipeline=pipeline)["name"].tolist()

    # No word leads from "Zzyx" to a place, and no gazetteer knows it.
    assert found[:2] == ["Qqxville", "Amman"]
    assert "Zzyx" not in found


@pytest.mark.parametrize(
    ("text", "heard", "alone", "joined"),
    [
        ("Victoria told Florence that it was over.", ["Florence"], [], ["Florence"]),
        ("Ngozi, a trader of the town, wept.", [], ["Ngozi"], []),
    ],
)
def test_another_recogniser_moves_what_a_name_needs(
    text: str, heard: list[str], alone: list[str], joined: list[str]
) -> None:
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in heard]

    def names(spans: list[Span] | None) -> list[str]:
        return [one.span.of(text) for one in find_names(text, shipped_gazetteer(), heard=spans)]

    assert (names(None), names(spans)) == (alone, joined)


def test_a_pipeline_of_spacy_joins() -> None:
    spacy = pytest.importorskip("spacy", reason="incidentmap[nlp] is not installed")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "GPE", "pattern": "Qqxville"},
            {"label": "FAC", "pattern": "Zzyx dam"},
            {"label": "ORG", "pattern": "Shells"},
        ]
    )
    text = "Shells fell on Qqxville and hit Zzyx dam near Amman."

    alone, joined = geo.find_mentions(text), geo.find_mentions(text, pipeline=pipeline)

    assert "Qqxville" not in alone["name"].tolist()
    assert joined["name"].tolist() == ["Qqxville", "Zzyx dam", "Amman"]


@pytest.mark.parametrize("words", ["Accra ", "Карагандой "])
def test_a_text_of_one_name_is_read_at_once(words: str) -> None:
    # 30 kB of capitals are one long run of words; with what grows by the square it would hang.
    with suppress_type_checks():
        found = geo.find_mentions(words * (30_000 // len(words)))

    assert set(found["name"]) == {words.strip()}


def test_a_text_is_a_text() -> None:
    with suppress_type_checks(), pytest.raises(SchemaError, match="expected str"):
        geo.find_mentions(3)  # type: ignore[arg-type]
