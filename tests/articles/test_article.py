"""The sample article: two incidents, each fact with its quote, and what is no incident."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo import shipped
from geo.articles.claims import find_claims
from geo.articles.locations import Locator
from geo.errors import SchemaError
from geo.gazetteer.places import Gazetteer, shipped_gazetteer
from geo.geocoding.overrides.replay import apply_overrides

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "article.txt"


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return geo.read_articles(SAMPLE)


@pytest.fixture(scope="module")
def incidents(articles: pd.DataFrame) -> gpd.GeoDataFrame:
    return geo.extract_incidents(articles)


def test_there_are_exactly_two_incidents(incidents: gpd.GeoDataFrame) -> None:
    geo.validate(incidents)
    assert incidents["kind"].tolist() == ["strategic", "battle"]


def test_the_attack_is_where_and_when_it_was(incidents: gpd.GeoDataFrame) -> None:
    attack = incidents.iloc[1]

    assert attack["place_id"] == "curated:tower-22"
    assert attack["date_start"] == attack["date_end"] == pd.Timestamp("2024-01-28")
    assert attack["date_precision"] == "day"
    assert (attack["fatalities_best"], attack["injured"]) == (3, 30)
    assert "The year is inferred" in attack["date_note"]
    assert "“November 2023”" in attack["date_note"]


def test_the_accused_is_not_the_culprit(incidents: gpd.GeoDataFrame) -> None:
    actors = json.loads(incidents["actors"].iloc[1])

    assert [(one["name"], one["attribution"]) for one in actors] == [
        ("Kataib Hezbollah", "accused")
    ]
    assert "Pentagon" in actors[0]["by"]


def test_the_statement_is_known_only_to_country(incidents: gpd.GeoDataFrame) -> None:
    statement = incidents.iloc[0]

    assert statement["date_start"] == pd.Timestamp("2024-01-30")
    assert (statement["precision"], statement["place_id"]) == ("country", "ne:IRQ")


def test_every_fact_has_its_quote(articles: pd.DataFrame, incidents: gpd.GeoDataFrame) -> None:
    text = articles["text"].iloc[0]
    for sources in incidents["sources"]:
        facts = json.loads(sources)
        assert {"incident", "date", "place"} <= {one["fact"] for one in facts}
        for fact in facts:
            assert text[fact["start"] : fact["end"]] == fact["quote"]
            assert fact["sha256"] == articles["sha256"].iloc[0]


def test_a_date_of_publication_settles_the_year(incidents: gpd.GeoDataFrame) -> None:
    published = geo.extract_incidents(geo.read_articles(SAMPLE, published="2024-01-31"))

    assert published["date_start"].tolist() == incidents["date_start"].tolist()
    assert "the date of publication decides" in published["date_note"].iloc[1]


def test_sums_of_incidents_stay_claims(articles: pd.DataFrame) -> None:
    text = articles["text"].iloc[0]

    claims = find_claims(text, Locator(text, shipped_gazetteer()))

    sums = [claim for claim in claims if claim.is_aggregate]
    assert [claim.attribution for claim in sums] == ["denied", "claimed"]
    assert sums[1].trigger is not None
    assert sums[1].trigger.count == "160"


def test_without_the_curated_place_the_description_holds_it(articles: pd.DataFrame) -> None:
    names = ("naturalearth.sqlite", "geonames.sqlite")
    with Gazetteer([shipped.path(name) for name in names]) as plain:
        attack = geo.extract_incidents(articles, gazetteer=plain).iloc[1]

    tower_22 = gpd.GeoSeries(gpd.points_from_xy([38.703], [33.306]), crs=4326)
    local = f"+proj=aeqd +lat_0={attack.geometry.y} +lon_0={attack.geometry.x} +datum=WGS84"
    assert (attack["precision"], attack["place_id"]) == ("line", None) or pd.isna(
        attack["place_id"]
    )
    assert attack["footprint"].covers(tower_22.iloc[0])
    assert (
        tower_22.to_crs(local).iloc[0].distance(gpd.points_from_xy([0], [0])[0])
        <= (attack["uncertainty_m"])
    )
    assert geo.add_countries(gpd.GeoDataFrame(geometry=[attack.geometry], crs=4326))[
        "country_a3"
    ].tolist() == ["JOR"]


def test_an_editor_can_place_the_statement(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text(f"incident_id,place,country\n{incidents['incident_id'].iloc[0]},Baghdad,Iraq\n")

    placed = apply_overrides(incidents, path)

    geo.validate(placed)
    assert placed["place"].tolist() == ["Baghdad", "Tower 22"]
    assert placed["reason"].iloc[0] == "place assigned by editor"
    assert placed["method"].tolist() == ["override", "name"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"incident_id": None, "place": "Baghdad"}, "line 1: it names no rows"),
        ({"place": "Qwxyz"}, "line 1: No place named “Qwxyz” is known"),
    ],
)
def test_bad_overrides_are_named(
    incidents: gpd.GeoDataFrame, line: dict[str, Any], words: str
) -> None:
    table = pd.DataFrame([{"incident_id": incidents["incident_id"].iloc[0]} | line])

    with pytest.raises(SchemaError, match=words):
        apply_overrides(incidents, table)


def test_an_assigned_place_takes_the_footprint_away(articles: pd.DataFrame) -> None:
    names = ("naturalearth.sqlite", "geonames.sqlite")
    with Gazetteer([shipped.path(name) for name in names]) as plain:
        incidents = geo.extract_incidents(articles, gazetteer=plain)
    line = pd.DataFrame({"incident_id": [incidents["incident_id"].iloc[1]], "place": ["Amman"]})

    placed = apply_overrides(incidents, line)

    assert incidents["footprint"].notna().tolist() == [False, True]
    assert placed["footprint"].isna().all()


def test_same_article_same_table(articles: pd.DataFrame, incidents: gpd.GeoDataFrame) -> None:
    again = geo.extract_incidents(articles)

    pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(incidents))
