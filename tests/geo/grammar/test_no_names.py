"""Texts that some town bears too, but nobody means as a place."""

import pandas as pd
import pytest

import geo
from geo.vocabulary.precision_codes import precision_codes

ACTORS = ["Hamas", "Taliban", "SDF", "HTS", "PKK", "ADF", "Wagner"]
NOTHING = [
    "TBD",
    "ABC",
    "True",
    "nan",
    "null",
    "N/A",
    "XYZ",
    "unnamed village",
    "the hospital",
    "home",
]
NOBODY_KNOWS = ["Qurx", "Blorf", "Zamtok", "ISIS"]


def test_actors_codes_and_missing_values_are_no_places() -> None:
    placed = geo.geocode(pd.DataFrame({"place_text": ACTORS + NOTHING}))

    assert set(placed["status"]) == {"unlocated"}
    assert placed["reason"].iloc[: len(ACTORS)].str.endswith("it is an actor, no place").all()


@pytest.mark.parametrize("text", ACTORS + NOTHING + NOBODY_KNOWS)
def test_a_search_finds_none_of_them(text: str) -> None:
    assert geo.search(text).empty


@pytest.mark.parametrize("text", ["Nan", "Hit", "HIT", "NYC", "UAE", "Park City", "Kramtorsk"])
def test_short_and_plain_names_are_still_found(text: str) -> None:
    assert not geo.search(text).empty


def test_scores_are_rounded() -> None:
    scores = geo.search("Homs", limit=100)["score"]

    assert scores.tolist() == scores.round(6).tolist()


@pytest.mark.parametrize("dtype", ["object", "string[python]"])
def test_one_broken_cell_leaves_the_others(dtype: str) -> None:
    texts = pd.Series(["Bakhmut \udcff", "Homs"], dtype=dtype)

    placed = geo.geocode(pd.DataFrame({"place_text": texts}))

    assert placed["status"].tolist() == ["unlocated", "located"]
    assert "broken characters" in placed["reason"].iloc[0]


def test_the_columns_do_not_depend_on_the_rows() -> None:
    one, other = (
        geo.geocode(pd.DataFrame({"place_text": [text]}))
        for text in ("Homs", "20 km north of Homs")
    )

    assert one.columns.tolist() == other.columns.tolist()
    assert one["footprint"].tolist() == [None]
    assert geo.darwin_core(one)["country"].tolist() == ["Syria"]


def test_a_wide_vicinity_is_a_fuzzy_area() -> None:
    placed = geo.geocode(pd.DataFrame({"place_text": ["northern Mali", "10 km north of Homs"]}))

    assert placed["precision"].tolist() == ["vicinity", "vicinity"]
    assert precision_codes(placed, "ucdp").tolist() == [5, 2]
    assert precision_codes(placed, "acled").tolist() == [3, 2]
    assert precision_codes(placed, "gtd").tolist() == [4, 2]
