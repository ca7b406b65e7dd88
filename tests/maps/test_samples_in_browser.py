"""The samples, from file to picture: what `make map` writes opens offline and says what it must."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

import geo
import layers

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
Open = Callable[..., Any]


def placed(name: str) -> gpd.GeoDataFrame:
    path = SAMPLES / name
    incidents = (
        geo.extract_incidents(geo.read_articles(path))
        if path.suffix == ".txt"
        else geo.geocode(geo.read_incidents(path))
    )
    return incidents.pipe(geo.add_countries).pipe(geo.add_borders)


@pytest.mark.parametrize("name", ["incidents.csv", "usgs-week-2018-02.geojson", "article.txt"])
def test_a_sample_opens_offline_with_all_its_incidents(visit: Open, name: str) -> None:
    incidents = placed(name)

    opened = visit(layers.map_incidents(incidents))

    assert opened.state()["total"] == len(incidents)
    assert opened.state()["visible"] == len(incidents)
    assert opened.requests == []


def test_the_brush_filters_the_sample(visit: Open) -> None:
    incidents = placed("usgs-week-2018-02.geojson")
    opened = visit(layers.map_incidents(incidents))
    days = incidents["date_start"].astype("int64") // 86_400
    first = int(days.min())

    opened.run(f"incidentmap.setWindow(map, {first + 2}, {first + 3})")

    expected = int(days.between(first + 2, first + 3).sum())
    opened.wait_for(f"state.visible === {expected}")


def test_an_article_shows_its_quotes_and_who_says_what(visit: Open) -> None:
    incidents = placed("article.txt")
    opened = visit(layers.map_incidents(incidents))
    days = incidents["date_start"].astype("int64") // 86_400

    opened.run(f"await incidentmap.select(map, '{incidents['incident_id'].iloc[1]}')")

    card = opened.page.get_by_role("dialog")
    card.wait_for()
    words = card.inner_text().replace("\xa0", " ")
    assert "28 January 2024" in words
    assert "The year is inferred" in words
    assert "Accused" in words
    assert "Kataib Hezbollah, by Sabrina Singh of the Pentagon" in words
    assert "an attack on Tower 22, a small desert post" in words
    assert "3 killed" in words
    assert "Jordan–Syria border" in words
    # What the place, the day and the toll rest on is marked where the article says it.
    assert card.locator("mark").all_inner_texts() == [
        "Tower 22",
        "three soldiers were killed",
        "January 28",
    ]
    assert "characters 385 to 523" in words
    assert opened.state()["window"] == [int(days.min()), int(days.max())]
