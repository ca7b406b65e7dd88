"""Names of one text placed together."""

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.mentions.documents import Told, resolve_names
from geo.geocoding.mentions.evidence import regions_of, spread


def resolved(text: str, *names: str) -> gpd.GeoDataFrame:
    """The first mentions of names in a text, resolved."""
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return geo.resolve_mentions(text, spans)


def regions(found: gpd.GeoDataFrame) -> list[str]:
    """Country of each mention, or its province where that is in the identifier."""
    return [str(one) for one in found["country_a3"]]


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("Crews left Paris, Texas, at noon.", "Paris", "geonames:4717560"),
        ("Crews left Paris at noon for Lyon and Marseille.", "Paris", "geonames:2988507"),
        ("A flood in the Georgian town of Gori cut the road.", "Gori", "geonames:614455"),
        ("Prayers in Tripoli, Beirut and Sidon were cut short.", "Tripoli", "geonames:266826"),
        ("Prayers in Tripoli, Misrata and Benghazi were short.", "Tripoli", "geonames:2210247"),
        ("Trains from Atlanta, Savannah and Macon: Georgia waits.", "Georgia", "ne:US-GA"),
        ("Trains from Tbilisi, Kutaisi and Batumi: Georgia waits.", "Georgia", "ne:GEO"),
        ("Two men from Charleston, W.Va., were found.", "Charleston", "geonames:4801859"),
        ("Two men from Charleston, S.C., were found.", "Charleston", "geonames:4574324"),
    ],
)
def test_the_text_tells_which_place_is_meant(text: str, name: str, place_id: str) -> None:
    found = resolved(text, name).iloc[0]

    assert found["place_id"] == place_id
    assert found["status"] == "located"


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("The Sudanese delegation left.", "Sudanese", "ne:SDN"),
        ("Talks with Mexico went on in Houston and Dallas.", "Mexico", "ne:MEX"),
        ("Voters in Ohio and in Texas stayed home.", "Texas", "ne:US-TX"),
        ("Peru and Chile signed.", "Peru", "ne:PER"),
    ],
)
def test_countries_and_provinces_are_areas(text: str, name: str, place_id: str) -> None:
    found = resolved(text, name).iloc[0]

    assert found["place_id"] == place_id
    assert found["precision"] in {"country", "admin1"}


def test_one_that_is_told_apart_settles_the_others() -> None:
    text = "Smoke rose over Paris, Texas. Later Paris was calm, said Paris police."
    starts = [16, 36, 57]

    found = geo.resolve_mentions(text, [(start, start + 5) for start in starts])

    assert found["name"].tolist() == ["Paris"] * 3
    assert len(set(found["place_id"])) == 1
    assert found["country_a3"].tolist() == ["USA"] * 3


def test_mentions_that_another_settles_count_with_it() -> None:
    texan = Told("Paris", "Texas")

    names, _ = resolve_names([texan, Told("Paris"), Told("Paris")], shipped_gazetteer())

    assert names[Told("Paris")] is names[texan]
    assert names[texan].count == 3


def test_two_of_one_name_can_be_told_apart() -> None:
    text = "From Paris, Texas, she flew to Paris, France."
    second = text.rindex("Paris")

    found = geo.resolve_mentions(text, [(5, 10), (second, second + 5)])

    assert found["country_a3"].tolist() == ["USA", "FRA"]


def test_an_unknown_name_leaves_the_others() -> None:
    text = "Between Qwxyzburg and Kharkiv and Poltava the line was cut."
    found = resolved(text, "Qwxyzburg", "Kharkiv", "Poltava")

    assert found["status"].tolist() == ["unlocated", "located", "located"]
    assert found["country_a3"].tolist()[1:] == ["UKR", "UKR"]
    assert found["geometry"].isna().tolist() == [True, False, False]
    assert found.loc[0, "reason"] == "No place named “Qwxyzburg” is known"


def test_names_that_nobody_asked_for_help() -> None:
    alone = resolved("The fire in Burlington was out.", "Burlington").iloc[0]
    text = "Crews from Davenport, Dubuque, Keokuk and Ottumwa went to Burlington."
    among = resolved(text, "Burlington").iloc[0]

    assert alone["place_id"] != among["place_id"] == "geonames:4849826"
    assert among["reason"].endswith("the other places of the text are closer to it")


def test_a_name_that_nobody_asked_for_counts_a_fifth() -> None:
    gazetteer = shipped_gazetteer()

    asked, _ = resolve_names([Told("Davenport")], gazetteer)
    _, others = resolve_names([], gazetteer, unasked=["Davenport"])

    whole = asked[Told("Davenport")].witness().weight
    assert [name.witness().weight for name in others] == pytest.approx([0.2 * whole])


def test_doubt_makes_the_radius_wide() -> None:
    sure = resolved("The river rose in Springfield, Illinois.", "Springfield").iloc[0]
    doubtful = resolved("The river rose in Springfield.", "Springfield").iloc[0]

    assert sure["uncertainty_m"] < 30_000
    assert doubtful["uncertainty_m"] > 500_000
    assert doubtful["score"] < 0.9 < sure["score"]


def test_reasons_say_what_decided() -> None:
    beside = resolved("Crews left Paris, Texas.", "Paris").loc[0, "reason"]
    demonym = resolved("A Kenyan runner won.", "Kenyan").loc[0, "reason"]

    assert beside.endswith("“Texas” stands beside it")
    assert demonym == "“Kenyan” is said of Kenya"


def test_a_table_of_mentions_keeps_its_columns_and_index() -> None:
    mentions = pd.DataFrame({"start": [0], "end": [5], "tag": ["GPE"]}, index=["m1"])

    found = geo.resolve_mentions("Amman was calm.", mentions)

    assert found.index.tolist() == ["m1"]
    assert found.loc["m1", ["tag", "name", "place"]].tolist() == ["GPE", "Amman", "Amman"]
    assert list(mentions.columns) == ["start", "end", "tag"]
    assert found.crs.to_epsg() == 4326


def test_no_mentions_give_no_rows() -> None:
    found = geo.resolve_mentions("Nothing is named.", [])

    assert len(found) == 0
    assert {"place_id", "uncertainty_m", "geometry"} <= set(found.columns)


@pytest.mark.parametrize(
    ("mentions", "words"),
    [
        ([(0, 500)], "mention 0 is 0 to 500; expected a slice"),
        ([(3, 3)], "mention 0 is 3 to 3"),
        ([(-2, 3)], "mention 0 is -2 to 3"),
        (pd.DataFrame({"start": [1]}), "needs the columns start and end; end is not there"),
    ],
)
def test_wrong_mentions_are_told(mentions: Any, words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        geo.resolve_mentions("Amman was calm.", mentions)


@pytest.mark.parametrize(
    "mention", [(0, 2.5), (0, float("nan")), (0, float("inf")), ("0", "5"), (0, None), (0, True)]
)
def test_a_place_is_the_number_of_a_character(mention: tuple[Any, Any]) -> None:
    table = pd.DataFrame([mention], columns=["start", "end"])

    for mentions in ([mention], table, table.astype(object)):
        with suppress_type_checks(), pytest.raises(SchemaError, match=r"0 has .*expected"):
            geo.resolve_mentions("Amman was calm.", mentions)


@pytest.mark.parametrize("mention", [(0, 5, 7), (0,), "05", 5, None])
def test_a_mention_is_a_pair(mention: Any) -> None:
    with suppress_type_checks(), pytest.raises(SchemaError, match=r"mention 0 is .*a pair"):
        geo.resolve_mentions("Amman was calm.", [mention])


@pytest.mark.parametrize("text", [None, float("nan"), b"Amman"])
def test_a_text_is_a_text(text: Any) -> None:
    with suppress_type_checks(), pytest.raises(SchemaError, match="expected str"):
        geo.resolve_mentions(text, [(0, 5)])


@pytest.mark.parametrize("dtype", ["float64", "Int64", "int32", "object"])
def test_whole_numbers_of_any_kind_are_places(dtype: str) -> None:
    table = pd.DataFrame({"start": [0], "end": [5]}).astype(dtype)

    assert geo.resolve_mentions("Amman was calm.", table)["name"].tolist() == ["Amman"]


def test_ten_thousand_mentions_are_resolved() -> None:
    names = ["Amman", "Irbid", "Zarqa", "Qwxyz", "Aqaba"]
    text = " and ".join(names * 2_000)
    spans, start = [], 0
    for name in names * 2_000:
        spans.append((start, start + len(name)))
        start += len(name) + len(" and ")

    found = geo.resolve_mentions(text, spans)

    assert len(found) == 10_000
    assert found["place"].tolist() == found["place"].tolist()[:5] * 2_000
    assert set(found["country_a3"].dropna()) == {"JOR"}


def test_thousands_of_different_names_are_resolved() -> None:
    told = [Told(f"{word} {number}") for number in range(1_000) for word in ("Camp", "Hill")]

    names, _ = resolve_names([*told, Told("Amman")], shipped_gazetteer())

    assert len(names) == 2_001
    assert names[Told("Amman")].best() is not None


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=60), st.data())
def test_any_text_is_answered_the_same_way_twice(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    once = geo.resolve_mentions(text, [(start, end)])

    assert once["reason"].notna().all()
    pd.testing.assert_frame_equal(
        pd.DataFrame(once), pd.DataFrame(geo.resolve_mentions(text, [(start, end)]))
    )


def test_places_on_both_sides_of_180_degrees_are_near() -> None:
    fiji = shipped_gazetteer().get("ne:FJI")
    assert fiji is not None
    west, east = (
        fiji._replace(kind="settlement", place_id=f"site:{lon}", lon=lon, lat=-16.8)
        for lon in (-179.9, 179.9)
    )

    here = regions_of(west)
    assert {here.near, here.around} <= set(spread(regions_of(east)))
    far = regions_of(west._replace(lon=-176.0))
    assert {far.near, far.around}.isdisjoint(spread(regions_of(east)))
