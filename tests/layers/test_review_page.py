"""The page of a review: what it lists and in which order, what it carries, and its policy."""

import json
import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import layers
from geo.errors import ReadError, SchemaError
from layers import review_candidates
from layers.page_policy import script_hash
from layers.review_items import items_of
from layers.review_lines import read_lines
from tests.layers import review_tables
from tests.layers.decoder import blocks, unpack
from tests.layers.known_places import KnownPlaces

SEEN = "action,incident_id,other_id,field,value\n"


@pytest.fixture(autouse=True)
def _known_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_candidates, "all_places", KnownPlaces)


@pytest.fixture
def reports() -> gpd.GeoDataFrame:
    return review_tables.reports()


def listed(page: layers.ReviewPage) -> list[tuple[str, tuple[int, ...]]]:
    return [(item.why, item.rows) for item in page.items]


def records(html: str) -> dict[str, list[Any]]:
    """Reports and items of a page."""
    name = re.search(r'openReview\("([^"]+)"', html)
    assert name is not None
    return unpack(blocks(html)[name[1]])[1]


def all_of(reports: gpd.GeoDataFrame, **options: Any) -> layers.ReviewPage:
    return layers.review_page(reports, review_tables.incidents(), review_tables.pairs(), **options)


def test_items_stand_by_reason_and_the_deadliest_first(reports: gpd.GeoDataFrame) -> None:
    assert listed(all_of(reports)) == [
        ("suspicious", (2,)),
        # Of equal scores the one with more killed.
        ("ambiguous", (1,)),
        ("ambiguous", (0,)),
        ("doubtful", (4, 5)),
        ("unlocated", (3,)),
        ("low", (5,)),
        ("merged", (0, 1)),
    ]
    assert listed(layers.review_page(reports.iloc[4:5])) == []


def test_what_an_editor_has_decided_is_not_listed_again(
    reports: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    overrides = tmp_path / "overrides.csv"
    overrides.write_text(
        SEEN + "seen,r3,,suspicious,\nseen,r1,,unlocated,\nseen,r6,r5,doubtful,\nmerge,r2,r1,,\n",
        encoding="utf-8",
    )
    page = all_of(reports, overrides=overrides)
    assert [item.why for item in page.items] == ["ambiguous", "ambiguous", "unlocated", "low"]
    reports["method"] = "override"
    assert listed(layers.review_page(reports)) == []


def test_places_that_only_their_country_or_a_preference_gives_are_listed(
    reports: gpd.GeoDataFrame,
) -> None:
    reports.loc[4, ["method", "precision", "score"]] = ["surrounding place", "country", None]
    reports.loc[5, "score"] = None
    assert listed(layers.review_page(reports.iloc[4:])) == [("unlocated", (0,))]
    reports.loc[5, "reason"] = "“Zarqa” is known, the most prominent of 6 places of this name"
    assert listed(layers.review_page(reports.iloc[4:])) == [("unlocated", (0,)), ("low", (1,))]
    # A score that is known says more.
    reports.loc[5, "score"] = 0.9
    assert listed(layers.review_page(reports.iloc[4:])) == [("unlocated", (0,))]


def test_incidents_below_the_status_that_is_published_come_last(
    reports: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    def waiting(page: layers.ReviewPage) -> list[tuple[int, ...]]:
        return [item.rows for item in page.items if item.why == "unverified"]

    # What is listed for its place, or as merged, is verified there; a doubtful pair is two so far.
    page = all_of(reports, verification="corroborated")
    assert (waiting(page), page.items[-1].why) == ([], "merged")
    alone = layers.review_page(reports, None, review_tables.pairs(), verification="corroborated")
    assert (waiting(alone), alone.items[-1].why) == ([(4,)], "unverified")
    reports["method"] = "override"
    reports.loc[:2, "verification"] = ["verified", "disputed", None]
    assert waiting(layers.review_page(reports, verification="verified")) == [(5,), (4,), (2,), (3,)]
    assert waiting(layers.review_page(reports, verification="unverified")) == []
    overrides = tmp_path / "overrides.csv"
    overrides.write_text(SEEN + "seen,r6,,unverified,\nmerge,r1,r2,,\n", encoding="utf-8")
    merged = review_tables.incidents().assign(verification="unverified")
    page = layers.review_page(reports, merged, overrides=overrides, verification="corroborated")
    assert waiting(page) == [(0, 1), (2,)]
    assert records(page.render())["items"][0]["says"] == {"verification": "unverified"}


def test_records_hold_what_a_person_needs_and_no_more_reports_than_that(
    reports: gpd.GeoDataFrame,
) -> None:
    html = all_of(reports.rename(index=lambda row: row + 10)).render()
    block = records(html)
    found = {report["id"]: report for report in block["reports"]}
    assert sorted(found) == ["r1", "r2", "r3", "r4", "r5", "r6"]
    assert found["r1"]["candidates"] == [
        {
            "name": "Amman", "place_id": "geonames:1", "is": "capital", "country": "Jordan",
            "province": "JO-AM", "lon": 36.2, "lat": 31.9, "population": 900,
            "uncertainty_m": 1_500,
        },
        # Of what the gazetteer no longer knows, only what the table says.
        {"name": "Deraa", "country": "Syria", "lon": 36.1, "lat": 33.2},
    ]  # fmt: skip
    # Both say the same place in the same country; a placed row may have its country from its point.
    assert [found[one]["same"] for one in ("r1", "r2", "r5")] == [2, 2, 2]
    assert found["r1"]["group"] == found["r2"]["group"] != found["r3"]["group"]
    assert (found["r1"]["stated_country"], "stated_country" in found["r5"]) == ("Jordan", False)
    assert (found["r5"]["lon"], found["r5"]["best"], found["r5"]["start"]) == (36.5, 3, 19_750)
    assert "lon" not in found["r1"]
    assert found["r4"]["sources"][0]["url"] == "https://example.org/3"
    pair = next(item for item in block["items"] if item["why"] == "doubtful")
    assert pair["links"] == [
        {"a": "r5", "b": "r6", "reason": "both in Zarqa", "score": 0.62, "distance_m": 1884.0,
         "days": 0.0},
    ]  # fmt: skip
    small = records(layers.review_page(reports.iloc[3:5]).render())
    assert [report["id"] for report in small["reports"]] == ["r4"]


def test_a_page_is_closed_and_equal_for_equal_input(
    reports: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    reports["title"] = "</script><script>alert(1)</script>"
    page = all_of(reports, title="<b>Title</b>", language="ar")
    html = page.render()
    assert html == page.render()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert [script_hash(script) in policy[1] for script in scripts] == [True] * 3
    assert "default-src 'none'" in policy[1]
    assert "unsafe-eval" not in policy[1]
    assert "alert(1)" not in html
    assert "<title>&lt;b&gt;Title&lt;/b&gt;</title>" in html
    assert '<html lang="ar" dir="rtl">' in html
    page.save(tmp_path / "review.html")
    with (tmp_path / "again.html").open("wb") as stream:
        page.save(stream)
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {html}


def test_earlier_lines_keep_their_columns_and_gain_those_of_decisions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The places of the lines are looked up in what is shipped.
    monkeypatch.delenv("INCIDENTMAP_DATA")
    path = tmp_path / "overrides.csv"
    text = '\ufeffplace_text , lon,lat,desk\n"A ""b"", c",36,32,"two\nlines"\n,,,\nQurx,,\n'
    path.write_text(text, encoding="utf-8")
    found = read_lines(path)
    assert found.columns[:4] == ("place_text", "lon", "lat", "desk")
    assert found.columns[4:] == (
        "action", "incident_id", "other_id", "field", "value", "stated_country", "place", "country",
        "admin1", "place_id", "uncertainty_m", "note",
    )  # fmt: skip
    assert [row[:4] for row in found.rows] == [
        ('A "b", c', "36", "32", "two\nlines"),
        ("Qurx", "", "", ""),
    ]
    path.write_text("", encoding="utf-8")
    assert read_lines(path).rows == ()
    assert read_lines(tmp_path / "none.csv").columns[0] == "action"
    path.write_bytes(b"place_text,place\n\xff,\n")
    with pytest.raises(ReadError, match="cannot be read"):
        read_lines(path)


def test_a_page_in_arabic_names_places_in_arabic(reports: gpd.GeoDataFrame) -> None:
    html = layers.review_page(reports, language="ar").render()
    words = re.search(r'id="im-words">(.*?)</script>', html)
    assert words is not None
    catalogue = json.loads(words[1])
    assert catalogue["locale"].startswith("ar")
    assert any(sentence == "تراجع" for sentence in catalogue["say"].values())


def test_tables_that_do_not_fit_together_are_refused(reports: gpd.GeoDataFrame) -> None:
    with pytest.raises(SchemaError, match="no report has the id 'r5'"):
        layers.review_page(reports.iloc[:3], None, review_tables.pairs())
    with pytest.raises(SchemaError, match="incident_id"):
        layers.review_page(reports.drop(columns="incident_id"))
    broken = review_tables.incidents().assign(merge_reasons="[{")
    with pytest.raises(SchemaError, match="not JSON"):
        layers.review_page(reports, broken)
    for column in ("sources", "candidates"):
        with pytest.raises(SchemaError, match=f"{column}.*not a JSON list"):
            layers.review_page(reports.assign(**{column: '{"a":1}'})).render()


def test_a_table_of_few_columns_is_enough() -> None:
    bare = gpd.GeoDataFrame({"incident_id": ["a"]}, geometry=[None], crs=4326)
    assert items_of(bare, None, None, low_score=0.5) == []
    lost = bare.assign(status="unlocated")
    block = records(layers.review_page(lost).render())
    assert block["reports"] == [
        {"id": "a", "status": "unlocated", "sources": [], "actors": [], "candidates": [],
         "group": 0, "same": 1},
    ]  # fmt: skip
    assert pd.DataFrame(block["items"]).to_dict("records") == [
        {"why": "unlocated", "reports": [0], "score": 1.0}
    ]
