"""Reports of all kinds and regions: what is found in those that the rules are developed on."""

import json

import geopandas as gpd
import pytest

import geo
from tests.gold_reports import Scores, as_articles, gold_reports, score


@pytest.fixture(scope="module")
def incidents() -> gpd.GeoDataFrame:
    return geo.extract_incidents(as_articles(gold_reports(held_out=False)))


@pytest.fixture(scope="module")
def scores(incidents: gpd.GeoDataFrame) -> Scores:
    return score(gold_reports(held_out=False), incidents)


def test_there_are_reports_of_all_kinds() -> None:
    reports = gold_reports(held_out=False) + gold_reports(held_out=True)
    golds = [one for report in reports for one in report["incidents"]]

    assert len(reports) >= 60
    assert len(golds) >= 100
    assert sum(len(report["traps"]) for report in reports) >= 40
    assert {one["kind"] for one in golds} >= {
        "battle", "explosion", "violence_against_civilians", "protest", "riot", "strategic",
        "crime", "accident", "fire", "earthquake", "flood", "storm", "disease",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "least"), [("place", 0.85), ("date", 0.97), ("fatalities", 0.98), ("injured", 0.95)]
)
def test_the_facts_are_the_readers(scores: Scores, fact: str, least: float) -> None:
    assert scores.share(fact) >= least, scores.wrong


def test_the_incidents_are_the_readers(scores: Scores) -> None:
    assert scores.f1 >= 0.95, scores.wrong


def test_each_fact_has_its_quote(incidents: gpd.GeoDataFrame) -> None:
    texts = as_articles(gold_reports(held_out=False)).set_index("article_id")["text"]
    geo.validate(incidents)

    for incident_id, sources in zip(incidents["incident_id"], incidents["sources"], strict=True):
        text = texts[incident_id.rpartition("-")[0]]
        for one in json.loads(sources):
            assert text[one["start"] : one["end"]] == one["quote"]


def test_reports_held_out_are_found_too() -> None:
    reports = gold_reports(held_out=True)
    scores = score(reports, geo.extract_incidents(as_articles(reports)))

    # Nothing but the figures is looked at: what is wrong must not be tuned away.
    assert scores.f1 >= 0.85
    assert scores.share("place") >= 0.8
    assert scores.share("date") >= 0.88
    assert scores.share("fatalities") >= 0.92
