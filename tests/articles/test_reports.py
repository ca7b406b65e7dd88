"""Short reports in our own words, and what a careful reader finds in them."""

import json
import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.geodesy import geod

REPORTS = tomllib.loads(Path(__file__).with_name("reports.toml").read_text("utf-8"))["report"]
FIGURES = ("fatalities_best", "fatalities_low", "fatalities_high", "injured")


def extracted(report: dict[str, Any]) -> gpd.GeoDataFrame:
    articles = pd.DataFrame(
        {
            "article_id": [report["name"]],
            "publisher": [report["name"]],
            "published": [pd.Timestamp(report["published"])],
            "sha256": ["0" * 64],
            "text": [report["text"]],
        }
    )
    return geo.extract_incidents(articles)


def by_name(reports: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(report, id=report["name"]) for report in reports]


@pytest.mark.parametrize("report", by_name(REPORTS))
def test_as_many_incidents_as_a_reader_finds(report: dict[str, Any]) -> None:
    incidents = extracted(report)

    geo.validate(incidents)
    assert incidents["kind"].tolist() == [one["kind"] for one in report.get("incident", [])]


@pytest.mark.parametrize("report", by_name(REPORTS))
def test_every_fact_has_its_quote(report: dict[str, Any]) -> None:
    for sources in extracted(report)["sources"]:
        for source in json.loads(sources):
            assert report["text"][source["start"] : source["end"]] == source["quote"]


@pytest.mark.parametrize("report", by_name([one for one in REPORTS if "incident" in one]))
def test_the_facts_are_the_reader_s(report: dict[str, Any]) -> None:
    for (_, row), gold in zip(extracted(report).iterrows(), report["incident"], strict=True):
        dates = (row["date_start"].date(), row["date_end"].date(), row["date_precision"])
        assert dates == (gold["date_start"], gold["date_end"], gold["date_precision"])
        for figure in FIGURES:
            expected = gold.get(figure)
            assert pd.isna(row[figure]) if expected is None else row[figure] == expected, figure
        if "precision" in gold:
            assert row["precision"] == gold["precision"]
        if "lon" in gold:
            point = row["geometry"]
            apart_m = geod().inv(gold["lon"], gold["lat"], point.x, point.y)[2]
            assert apart_m <= gold["within_m"]
        quotes = [one["quote"] for one in json.loads(row["sources"]) if one["fact"] == "incident"]
        assert any(gold["quote"] in quote or quote in gold["quote"] for quote in quotes)


@pytest.mark.parametrize("report", by_name([one for one in REPORTS if "incident" in one]))
def test_who_says_what(report: dict[str, Any]) -> None:
    for (_, row), gold in zip(extracted(report).iterrows(), report["incident"], strict=True):
        actors = json.loads(row["actors"])
        expected = gold.get("actors", [])
        found = [(one["name"], one["attribution"]) for one in actors]
        assert found == [(one["name"], one["attribution"]) for one in expected]
        for one, other in zip(actors, expected, strict=True):
            assert other["by"] in one["by"]
