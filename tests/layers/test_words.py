"""Catalogues of sentences: shipped, brought by users, and refused where they would break a page."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest

import layers
from geo import shipped, vocabulary
from geo.errors import ReadError, SchemaError
from layers import viewer_files
from layers.place_names import translated_provinces
from layers.words import catalogue, words_of
from tests.layers import small_world

pytestmark = pytest.mark.usefixtures("_small_world")


def french(**changes: Any) -> dict[str, Any]:
    return {"locale": "fr", "say": {"strip.play": "Lire"}, "names": {}} | changes


def block(html: str) -> dict[str, Any] | None:
    _, found, rest = html.partition('<script type="application/json" id="im-words">')
    return json.loads(rest.partition("</script>")[0]) if found else None


@pytest.mark.parametrize("language", ["en", "en-US", "de"])
def test_a_page_brings_one_catalogue_also_in_english(
    incidents: gpd.GeoDataFrame, language: str
) -> None:
    html = layers.map_incidents(incidents, language=language).get_root().render()
    brought = block(html)
    assert brought is not None
    assert html.count('id="im-words"') == 1
    assert brought["say"]["strip.play"] == "Play"
    assert brought["names"] == {}
    # What Python says, the viewer need not know.
    assert not [key for key in brought["say"] if key.startswith("page.")]


def test_a_page_brings_the_sentences_of_its_language(incidents: gpd.GeoDataFrame) -> None:
    html = layers.map_incidents(incidents, language="ar-JO").get_root().render()
    brought = block(html)
    assert brought is not None
    assert brought["locale"] == "ar-u-nu-latn"
    assert {"تشغيل", "كل التواريخ"} <= {str(text) for text in brought["say"].values()}
    assert '<html lang="ar-JO" dir="rtl">' in html
    noscript = html.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "عدد الحوادث 40، منها 36 على الخريطة." in noscript


def test_every_kind_and_layer_has_an_arabic_name() -> None:
    named = set(catalogue("ar")["names"])
    assert {kind.label for kind in vocabulary.kinds().values()} <= named
    table = small_world.borders()
    assert layers.BorderLayer(table).layer_name in named
    assert {"Points and clusters", "Uncertainty areas", "Country borders", "Place names"} <= named


def test_the_great_waters_have_arabic_names() -> None:
    names = catalogue("ar")["names"]
    seas = Path(__file__).parents[2] / "data" / "shipped" / "seas.parquet"
    waters = pq.read_table(seas, columns=["name", "area_km2"]).to_pandas()
    great = waters.loc[waters["area_km2"] > 1_500_000, "name"]
    assert set(great) <= set(names)
    wet = ("Ocean", "Sea", "Strait", "Passage", "Channel")
    assert {name for name in names if name.endswith(wet)} <= set(waters["name"])


@pytest.mark.parametrize("how", ["mapping", "path"])
def test_a_language_of_ones_own(incidents: gpd.GeoDataFrame, tmp_path: Path, how: str) -> None:
    path = tmp_path / "fr.json"
    path.write_text(json.dumps(french()), encoding="utf-8")
    language = french() if how == "mapping" else path
    html = layers.map_incidents(incidents, language=language).get_root().render()
    brought = block(html)
    assert brought is not None
    assert brought["say"]["strip.play"] == "Lire"
    assert '<html lang="fr" dir="ltr">' in html
    # What is not translated is in English.
    assert brought["say"]["strip.pause"] == "Pause"
    assert "Incidents: 40. On the map: 36." in html


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"words": {}}, "expected a mapping with locale, say, names"),
        (french(locale="fr_FR"), "expected such as fr"),
        (french(locale=None), "locale is None"),
        (french(say=[]), "say is"),
        (french(names={"Flood": 3}), "names must give a text"),
        (french(say={"strip.pause!": "x"}), "no sentence 'strip.pause!'"),
        (french(say={"strip.play": ""}), "strip.play is ''"),
        (french(say={"strip.play": {"one": "x"}}), "of which other must be there"),
        (french(say={"strip.play": {"one": "x", "other": "y"}}), "no number"),
        (french(say={"count.days": "jours"}), r"expected the places \{n\}"),
        (french(say={"count.days": {"one": "{x} jour", "other": "{n} jours"}}), "places"),
        (french(say={"count.days": {"single": "x", "other": "{n} jours"}}), "expected a text"),
    ],
)
def test_what_would_break_a_page_is_refused(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(SchemaError, match=complaint):
        words_of(given)


def test_a_file_that_is_no_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "fr.json"
    with pytest.raises(ReadError, match=r"fr\.json"):
        words_of(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ReadError, match="not a JSON file"):
        words_of(path)
    with pytest.raises(SchemaError, match="only for en and ar"):
        catalogue("fr")


def test_sentences_cannot_end_their_block(incidents: gpd.GeoDataFrame) -> None:
    text = "</script><img src=x onerror=alert(1)><!--<script>"
    html = (
        layers.map_incidents(incidents, language=french(say={"strip.play": text}))
        .get_root()
        .render()
    )
    brought = block(html)
    assert brought is not None
    assert brought["say"]["strip.play"] == text
    assert "<img src=x" not in html


def test_a_sentence_of_python_may_come_in_plural_forms(incidents: gpd.GeoDataFrame) -> None:
    say = {"page.counts": {"other": "{total} incidents, dont {placed}."}}
    html = layers.map_incidents(incidents, language=french(say=say)).get_root().render()
    assert "<p>40 incidents, dont 36.</p>" in html


def test_what_python_says_of_one_incident_is_right(incidents: gpd.GeoDataFrame) -> None:
    html = layers.map_incidents(incidents.iloc[:1]).get_root().render()
    assert "Incidents: 1. On the map: 1." in html


def test_a_catalogue_that_somebody_changes_stays_whole_for_others() -> None:
    catalogue("en")["say"]["strip.play"] = "changed"
    assert catalogue("en")["say"]["strip.play"] == "Play"


def test_the_words_are_those_of_the_viewer_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert words_of("en").for_viewer()["say"]["strip.play"] == "Play"
    english = catalogue("en") | {"short": {"strip.play": "7"}}
    monkeypatch.setattr(viewer_files, "read", lambda _name: json.dumps(english))
    assert words_of("en").for_viewer()["say"] == {"7": "Play"}


def test_provinces_have_the_names_of_the_language(
    incidents: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provinces = pd.read_parquet(shipped.path("provinces.parquet"))
    provinces["name_ar"] = provinces["admin1_code"].map({"JO-AM": "عمّان", "IQ-NI": "نينوى"})
    provinces.to_parquet(tmp_path / "provinces.parquet")
    shipped_path = shipped.path
    monkeypatch.setattr(
        shipped,
        "path",
        lambda name: tmp_path / name if name == "provinces.parquet" else shipped_path(name),
    )
    incidents["admin1_code"] = ["JO-AM", "IQ-NI", "SY-HI", "XX"] * 10
    incidents["admin1"] = ["Amman", "Nineveh", "Highlands", "Elsewhere"] * 10
    arabic = block(layers.map_incidents(incidents, language="ar").get_root().render())
    assert arabic is not None
    assert {"Amman": "عمّان", "Nineveh": "نينوى"}.items() <= arabic["names"].items()
    assert not {"Highlands", "Elsewhere"} & set(arabic["names"])
    # One name for two provinces would be wrong for one of them.
    incidents["admin1"] = "Amman"
    assert "Amman" not in translated_provinces(incidents, "ar")
    english = block(layers.map_incidents(incidents).get_root().render())
    assert english is not None
    assert english["names"] == {}
