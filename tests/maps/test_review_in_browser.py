"""A review by keys alone: what is decided comes back as overrides that the next run obeys."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import geo
import layers
from geo.collection.decisions import read_decisions
from geo.collection.merging.uniting import merge_reports
from layers import review_candidates
from tests.layers import review_tables
from tests.layers.known_places import KnownPlaces
from tests.maps.test_access_in_browser import AXE

Open = Callable[..., Any]
PHONE = {"width": 390, "height": 844}
#: Things to press that are smaller than a finger wants them.
SMALL = """[...document.querySelectorAll("a, button, summary, select, input:not([type=checkbox])")]
    .map(each => [each, (each.closest(".im-search-line") ?? each).getBoundingClientRect()])
    .filter(([each, { width, height }]) => width > 0 && (height < 43.5 || width < 43.5))
    .map(([each, { width, height }]) => `${each.className} ${width} x ${height}`)"""
BEYOND = """[...document.querySelectorAll(".im-review *")].filter(each => {
    const { left, right, width } = each.getBoundingClientRect();
    return width > 0 && (left < -1 || right > innerWidth + 1)
        && each.closest(".leaflet-container, .im-review-sideways, .im-unseen") === null;
}).map(each => each.className)"""


class Saved:
    """A page of a review, for a fixture that opens maps."""

    def __init__(self, page: layers.ReviewPage) -> None:
        self.save = page.save

    def get_name(self) -> str:
        return "incidentmap.review"


@pytest.fixture
def review(visit: Open) -> Open:
    """Open the page of a review, and wait until its map is drawn."""

    def open_review(page: layers.ReviewPage) -> Any:
        opened = visit(Saved(page))
        opened.wait_until("map?.map.ready")
        return opened

    return open_review


def head(opened: Any) -> str:
    return opened.page.locator(".im-review-item-head").inner_text().replace("\n", " ")


def wait_for_item(opened: Any, words: str) -> None:
    opened.page.locator(".im-review-item-head", has_text=words).wait_for()


def saved(opened: Any) -> str:
    """The file, as the sheet shows it; the sheet is closed again."""
    opened.page.keyboard.press("w")
    text = opened.page.locator(".im-review-csv").input_value()
    opened.page.keyboard.press("Escape")
    opened.page.locator(".im-review-csv").wait_for(state="detached")
    return text


def lines(text: str) -> list[dict[str, str]]:
    return [
        {name: cell for name, cell in line.items() if cell}
        for line in csv.DictReader(io.StringIO(text))
    ]


def press(opened: Any, *keys: str) -> None:
    for key in keys:
        opened.page.keyboard.press(key)


def test_decisions_by_keys_come_back_as_a_file_that_the_next_run_obeys(
    review: Open, tmp_path: Path
) -> None:
    overrides = tmp_path / "overrides.csv"
    overrides.write_text(
        'place_text,place,desk\nHQ Qurx,Baghdad,"ours, ""old"""\n', encoding="utf-8"
    )
    told = pd.DataFrame(
        {
            "incident_id": ["a", "b", "c", "d"],
            "place_text": ["Springfield", "springfield", "Damascus", "HQ Qurx"],
            "country": [None, None, "Iraq", "Iraq"],
            "kind": "protest",
            "verification": "unverified",
        }
    )
    placed = geo.geocode(told, overrides=overrides)
    pair = review_tables.pairs().head(1).assign(report_id="a", other_id="b")
    opened = review(layers.review_page(placed, None, pair, overrides=overrides))
    assert head(opened) == "Suspicious place 1 of 4"
    press(opened, "1")
    wait_for_item(opened, "2 of 4")
    # For both reports that say Springfield, and the second of the candidates.
    press(opened, "a", "2")
    wait_for_item(opened, "3 of 4")
    opened.page.locator(".im-review-progress", has_text="3 of 4").wait_for()
    press(opened, "n")
    wait_for_item(opened, "Doubtful pair")
    press(opened, "s", "z", "m", "v", "2")
    opened.page.locator(".im-review-decided", has_text="Corroborated").wait_for()
    opened.page.locator(".im-review-progress", has_text="4 of 4").wait_for()
    guarded = "const leave = new Event('beforeunload', {cancelable: true});"
    guarded += "dispatchEvent(leave); return leave.defaultPrevented;"
    assert opened.run(guarded) is True
    press(opened, "w")
    with opened.page.expect_download() as download:
        opened.page.locator("dialog .im-review-main").first.click()
    assert download.value.suggested_filename == "overrides.csv"
    assert opened.run(guarded) is False
    assert overrides.read_text("utf-8").count("\n") == 2
    download.value.save_as(overrides)
    chosen = "geonames:4250542"
    assert lines(overrides.read_text("utf-8")) == [
        {"place_text": "HQ Qurx", "place": "Baghdad", "desk": 'ours, "old"'},
        {"incident_id": "c", "place": "Damascus", "place_id": "geonames:170654"},
        {"place_text": "Springfield", "place": "Springfield", "place_id": chosen},
        {"action": "merge", "incident_id": "a", "other_id": "b"},
        {"action": "edit", "incident_id": "a", "field": "verification", "value": "corroborated"},
    ]
    again = geo.geocode(told, overrides=overrides)
    assert again["place_id"].tolist()[:3] == [chosen, chosen, "geonames:170654"]
    decisions = read_decisions(overrides)
    assert [edit.value for edit in decisions.edits] == ["corroborated"]
    assert merge_reports(again, decisions=decisions)["reports"].tolist() == [2, 1, 1]
    assert layers.review_page(again, overrides=overrides).items == []


@pytest.fixture
def _known_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_candidates, "all_places", KnownPlaces)


def page_of(reports: gpd.GeoDataFrame, **options: Any) -> layers.ReviewPage:
    return layers.review_page(reports, review_tables.incidents(), review_tables.pairs(), **options)


def check_texts_are_no_markup(page: Any) -> None:
    page.get_by_role("heading", name="<img src=x onerror=alert(1)>").wait_for()
    page.locator("blockquote", has_text="<b>Q</b>").wait_for()
    assert page.locator(".im-review :is(img, b, a[href^=javascript])").count() == 0


@pytest.mark.usefixtures("_small_world", "_known_places")
def test_places_are_written_reports_edited_and_steps_taken_back(review: Open) -> None:
    reports = review_tables.reports()
    reports.loc[2, "title"] = "<img src=x onerror=alert(1)>"
    reports.loc[2, "sources"] = '[{"publisher":"P","url":"javascript:alert(1)","quote":"<b>Q</b>"}]'
    opened = review(page_of(reports))
    page = opened.page
    check_texts_are_no_markup(page)
    # Another place, by its position; what cannot be is said and not taken.
    press(opened, "c")
    page.keyboard.type("336.2")
    press(opened, "Tab")
    page.keyboard.type("31.95")
    press(opened, "Enter")
    page.locator(".im-review-fault", has_text="longitude").wait_for()
    press(opened, "Shift+Tab")
    page.keyboard.type("36.2")
    press(opened, "Enter")
    wait_for_item(opened, "2 of 7")
    press(opened, "k")
    wait_for_item(opened, "1 of 7")
    spots = "map.map.spots.map(({label, chosen}) => `${label}${chosen}`).join()"
    assert opened.run(f"return {spots}") == "✓true,1false,false"
    # The other one on the map: a click on its number chooses it.
    opened.wait_until("map.map.ready")
    where = "map.map.map.latLngToContainerPoint([31.9, 36.2])"
    x, y = opened.run(f"const at = {where}; return [at.x, at.y];")
    box = page.locator(".im-review-map").bounding_box()
    page.mouse.click(box["x"] + x + 22, box["y"] + y)
    wait_for_item(opened, "2 of 7")
    press(opened, "e")
    page.keyboard.press("Control+a")
    page.keyboard.type('March, "Old Town"')
    press(opened, "Tab", "Escape")
    page.locator(".im-review-decided", has_text="Old Town").wait_for()
    assert lines(saved(opened)) == [
        {"incident_id": "r3", "place": "Amman", "place_id": "geonames:1"},
        {"action": "edit", "incident_id": "r2", "field": "title", "value": 'March, "Old Town"'},
    ]
    # What the report says already is no edit.
    press(opened, "z", "z", "z", "z")
    page.locator(".im-review-progress", has_text="0 of 7").wait_for()
    assert lines(saved(opened)) == []
    press(opened, "Shift+Z")
    assert lines(saved(opened)) == [
        {"incident_id": "r3", "lon": "36.2", "lat": "31.95"},
    ]
    # The filter and the search leave one item, and the split of what is merged stands alone.
    page.locator(".im-review-chip", has_text="Newly merged").click()
    wait_for_item(opened, "1 of 1")
    press(opened, "2", "s")
    assert lines(saved(opened))[1:] == [
        {"action": "split", "incident_id": "r1", "other_id": "r2"},
    ]
    page.locator(".im-review-chip", has_text="Newly merged").click()
    press(opened, "/")
    page.keyboard.type("Zarqa")
    wait_for_item(opened, "1 of 2")
    page.keyboard.press("Escape")
    press(opened, "x", "x")
    page.locator(".im-review-progress", has_text="4 of 7").wait_for()
    assert [line["action"] for line in lines(saved(opened))[2:]] == ["seen", "seen"]
    assert opened.requests == []


def violations(opened: Any) -> list[str]:
    opened.wait_until("map.map.ready")
    found = opened.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['target']} {node['html'][:120]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.usefixtures("_small_world", "_known_places")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_in_any_state_of_the_page(review: Open, language: str) -> None:
    opened = review(page_of(review_tables.reports(), language=language, title="Title"))
    page, found = opened.page, {}
    page.evaluate(f"{AXE.read_text(encoding='utf-8')};0")
    press(opened, "p", "Escape", "e", "Escape")
    found["a place"] = violations(opened)
    press(opened, "j", "j", "j", "d")
    page.locator(".im-review-compare").wait_for()
    found["a pair, dark"] = violations(opened)
    press(opened, "?")
    found["keys"] = violations(opened)
    press(opened, "Escape", "m", "w")
    found["the file"] = violations(opened)
    press(opened, "Escape", "v")
    found["verification"] = violations(opened)
    press(opened, "Escape")
    page.set_viewport_size(PHONE)
    opened.wait_until("innerWidth === 390 && map.map.ready")
    found["phone"] = violations(opened)
    press(opened, "k", "k", "k", "p", "Escape")
    found["small on a phone"] = page.evaluate(SMALL)
    found["beyond a phone"] = page.evaluate(BEYOND)
    page.locator(".im-review-tolist").click()
    found["list on a phone"] = [*violations(opened), *page.evaluate(SMALL)]
    assert {where: each for where, each in found.items() if each} == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
