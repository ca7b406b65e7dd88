"""What the list of a page shows can be saved, and is read back as the same incidents."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from playwright.sync_api import Page

import geo
import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

TEXTS = (
    *("kind", "date_precision", "date_note", "date_zone", "place_text", "place", "precision"),
    *("method", "reason", "country_a3", "country", "admin1_code", "admin1", "claimed_by"),
    *("worldview", "border_pair", "tripoint", "verification", "sensitivity"),
)
DATES = ("date_start", "date_end", "time_utc")
COUNTS = ("fatalities_best", "fatalities_low", "fatalities_high", "injured")
MEASURES = (
    *("uncertainty_m", "border_distance_m", "border_distance_min_m", "border_distance_max_m"),
    "border_bearing_deg",
)
OTHER_PLACE = {"country_a3": "SYR", "lat": 33.04, "lon": 40.28, "name": "Rutba"}
FORMULA = '=HYPERLINK("https://x.example")'


@pytest.fixture
def telling(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents of which each column that a page knows says something."""
    rows = len(incidents)
    incidents.loc[3, "title"] = FORMULA
    incidents.loc[4, "title"] = 'Two lines,\r\nand a "quote", و٣'
    incidents.loc[0, "uncertainty_m"] = 0.3
    incidents["date_note"] = ["The year is inferred." if i % 4 == 0 else None for i in range(rows)]
    incidents["date_zone"] = "Asia/Amman"
    incidents["claimed_by"] = [None, "JOR|SYR"] * (rows // 2)
    incidents["tripoint"] = [None, None, None, "IRQ-JOR-SYR"] * (rows // 4)
    incidents["sensitivity"] = ["public", "restricted"] * (rows // 2)
    incidents["candidates"] = [json.dumps([OTHER_PLACE]), None] * (rows // 2)
    source = {"publisher": "a.txt", "quote": "\U0001f600 a clash in Rutba", "start": 9, "end": 27}
    place = {"publisher": "a.txt", "quote": "Rutba", "start": 22, "end": 27, "fact": "place"}
    incidents.loc[5, "sources"] = json.dumps([source, place, {"url": "https://news.example/5"}])
    text = ["date_note", "claimed_by", "tripoint", "candidates"]
    return incidents.astype(dict.fromkeys(text, "str"))


def saved(page: Page, button: str, folder: Path) -> Path:
    page.get_by_role("button", name="Export what is visible").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def expected_of(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A table as a page knows it: what is known to a country only is not located."""
    known = table.set_index("incident_id")
    vague = known["precision"] == "country"
    known.loc[vague, "geometry"] = None
    known.loc[vague, "status"] = "unlocated"
    return known


def assert_same(read: gpd.GeoDataFrame, expected: gpd.GeoDataFrame) -> None:
    found = read.set_index("incident_id").loc[expected.index]
    for name in (*TEXTS, "status", *DATES, *COUNTS):
        pd.testing.assert_series_equal(found[name], expected[name], check_dtype=False, obj=name)
    for name in MEASURES:
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-6, err_msg=name)
    placed = expected.geometry.notna()
    assert found.geometry.notna().tolist() == placed.tolist()
    degrees, given = (shapely.get_coordinates(one.geometry[placed]) for one in (found, expected))
    np.testing.assert_allclose(degrees, given, atol=6e-6)
    for name in ("actors", "candidates"):
        assert listed(found[name]) == listed(expected[name])
    without_sums = [
        [{key: value for key, value in source.items() if key != "sha256"} for source in sources]
        for sources in listed(expected["sources"])
    ]
    # Where a quote is not cut from its text, nobody knows where it stands there.
    for sources in without_sums:
        for source in sources:
            if source.get("end") == 10:
                del source["start"], source["end"]
    assert listed(found["sources"]) == without_sums


def listed(cells: "pd.Series[str]") -> list[list[dict[str, Any]]]:
    return [json.loads(cell) for cell in cells.fillna("[]")]


def test_what_is_listed_is_saved_and_read_back(
    visit: Open, telling: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    shown = layers.map_incidents(telling, title="A map: one/two", provenance="Invented, 2024")
    opened = visit(shown)
    page = opened.page
    page.get_by_role("checkbox", name="Flood").first.click()
    kept = expected_of(telling[telling["kind"] != "flood"])
    opened.wait_until(f"document.querySelector('.im-list').dataset.shown === '{len(kept)}'")

    table = saved(page, "CSV", tmp_path)
    assert table.name == "a-map-one-two.csv"
    first = table.read_bytes()
    read = geo.read_incidents(table)
    assert_same(read, kept)
    titles = read.set_index("incident_id").loc[kept.index, "title"]
    # A spreadsheet would run the formula.
    assert titles.tolist() == kept["title"].replace({FORMULA: f"'{FORMULA}"}).tolist()
    assert saved(page, "CSV", tmp_path).read_bytes() == first

    path = saved(page, "GeoJSON", tmp_path)
    assert path.name == "a-map-one-two.geojson"
    mapped = geo.read_incidents(path)
    assert_same(mapped, kept)
    titles = mapped.set_index("incident_id").loc[kept.index, "title"]
    assert titles.tolist() == kept["title"].tolist()
    said = json.loads(path.read_text(encoding="utf-8"))["incidentmap"]
    assert said["title"] == "A map: one/two"
    assert said["attribution"][0] == "Invented, 2024"
    assert len(said["attribution"]) > 1
    assert said["licence"].startswith("reference data: ")
    assert said["worldview"] == ["default"]
    assert said["schema_version"] == 1
