"""Cards that say what is known, how sure it is and who says so, in a real browser."""

import json
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

NEAR = {
    "border_pair": "JOR-SYR", "border_distance_m": 4_000.0, "border_distance_min_m": 1_900.0,
    "border_distance_max_m": 6_100.0, "border_bearing_deg": 90.0,
}  # fmt: skip
#: One incident of each case that a card must tell apart.
ROWS: dict[str, dict[str, Any]] = {
    "disputed": {
        **NEAR, "border_status": "disputed", "precision": "vicinity", "uncertainty_m": 2_000.0,
        "title": "Shelling at the strip", "kind": "explosion", "place_text": "the berm",
        "place": "Strip", "claimed_by": "SYR|IRQ", "verification": "disputed",
        "date_precision": "week", "date_note": "The year is inferred", "date_zone": "Asia/Amman",
        "fatalities_low": 1, "fatalities_high": 8,
        "sources": [
            {"publisher": "Paper one", "url": "https://www.news.example/a",
             "published": "2024-02-03", "quote": "Shells fell on the berm."},
            {"publisher": "Paper two", "url": "ftp://news.example/b"},
        ],
        "actors": [
            {"name": "Group A", "attribution": "claimed"},
            {"name": "Group B", "attribution": "accused", "by": "the ministry"},
            {"name": "Group B", "attribution": "denied", "by": "its speaker"},
            {"name": "Group C", "attribution": "perpetrator", "by": "a witness"},
        ],
    },
    "side": {
        **NEAR, "precision": "vicinity", "uncertainty_m": 8_000.0, "border_distance_min_m": 0.0,
        "border_distance_max_m": 10_400.0, "tripoint": "IRQ-JOR-SYR", "date_precision": "day",
        "fatalities_best": 2, "fatalities_low": 1, "fatalities_high": 4, "injured": 0,
        "last": 3, "border_status": "international",
    },
    "area": {
        **NEAR, "precision": "admin1", "uncertainty_m": 90_000.0, "admin1": "Mafraq",
        "admin1_code": "JO-MA", "country_a3": "JOR", "method": "province", "place": "Mafraq",
    },
    "ambiguous": {
        "precision": "none", "status": "ambiguous", "place_text": "Springfield", "geometry": None,
        "reason": "35 places of this name",
        "candidates": [
            {"name": "Springfield", "country_a3": "SYR", "lat": 37.2, "lon": 36.3, "place_id": "a"},
            {"name": "Springfield", "country_a3": None, "lat": "?", "lon": None, "place_id": "b"},
        ],
    },
    "chosen": {
        "precision": "settlement", "uncertainty_m": 7_500.0, "place_id": "geonames:1",
        "place": "Rutba", "sensitivity": "restricted",
        "sources": [{"quote": "Told by a witness."}],
        "candidates": [
            {"name": "Rutba", "country_a3": "IRQ", "lat": 33, "lon": 40, "place_id": "geonames:1"},
            {"name": "Rutba", "country_a3": "JOR", "lat": 31, "lon": 36.3, "place_id": "site:2"},
        ],
    },
}  # fmt: skip
JSON = ("sources", "actors", "candidates")
COUNTS = ("fatalities_best", "fatalities_low", "fatalities_high", "injured")


def table(rows: dict[str, dict[str, Any]]) -> gpd.GeoDataFrame:
    """Incidents of these rows, a day apart, side by side."""
    day = pd.Timestamp("2024-02-05")
    full = [
        {"incident_id": name, "geometry": shapely.Point(37 + i / 5, 33)} | row
        | {key: json.dumps(row[key]) for key in JSON if key in row}
        for i, (name, row) in enumerate(rows.items())
    ]  # fmt: skip
    made = gpd.GeoDataFrame(full, geometry="geometry", crs="EPSG:4326")
    days = [day + pd.Timedelta(days=i) for i in range(len(full))]
    made["date_start"] = pd.Series(days).astype("datetime64[s]")
    lasts = [
        day + pd.Timedelta(days=int(row.get("last", 0)))
        for day, row in zip(days, full, strict=True)
    ]
    made["date_end"] = pd.Series(lasts).astype("datetime64[s]")
    for name in set(COUNTS) & set(made.columns):
        made[name] = made[name].astype("Int64")
    return made


def card_words(opened: Any, incident: str) -> str:
    opened.run(f"return incidentmap.select(map, {json.dumps(incident)})")
    opened.wait_until(f"location.hash.includes({json.dumps(incident)})")
    return opened.page.get_by_role("dialog").inner_text().replace("\xa0", " ")


@pytest.fixture
def cases(visit: Open) -> Any:
    return visit(layers.map_incidents(table(ROWS)))


def test_each_case_has_its_words(cases: Any) -> None:
    said = {name: card_words(cases, name) for name in ROWS}
    expected = {
        "disputed": [
            "Disputed · 2 sources", "In the week of 5 February 2024",
            "The day is not known. The year is inferred. The date is that of Asia/Amman.",
            "33.00, 37.00", "Written as “the berm”", "Disputed ground, claimed by Syria and Iraq.",
            "Near Strip, within 2 km", "inside the circle with 90 % probability",
            "About 4 km (1.9 to 6.1) west of the Jordan–Syria line, which is disputed",
            "Line: 2024; its error is in the interval.",
            "Killed: reports differ, 1 to 8", "Injured: not stated", "Who says what",
            "Claimed by", "Group B, by the ministry", "Denied by", "Group B, says its speaker",
            "“Shells fell on the berm.”", "Paper one · 3 February 2024 · news.example",
        ],
        "side": [
            "6 February 2024 – 9 February 2024", "Known to the day.",
            "On or near the Jordan–Syria border: within 11 km, side unknown",
            "Iraq, Jordan and Syria meet within this reach.",
            "2 killed (1 to 4)", "No one reported injured",
        ],
        "area": [
            "Somewhere in Mafraq province", "In Mafraq; distance to the border cannot be given",
        ],
        "ambiguous": [
            "Could not be placed", "35 places of this name.", "It could be:",
            "Springfield, Syria, 37.20, 36.30",
        ],
        "chosen": ["1 other place that it could be", "Marked as restricted: show the texts"],
    }  # fmt: skip
    for name, sentences in expected.items():
        for sentence in sentences:
            assert sentence in said[name], (name, sentence)
    for name, absent in {"area": "90 %", "side": "Who says what", "ambiguous": "Border"}.items():
        assert absent not in said[name]
    for facts in said.values():
        assert all(head in facts for head in ("When", "Where", "How sure"))
        # Nobody's word makes anyone a perpetrator.
        assert "perpetrator" not in facts.lower()


def test_a_card_is_worked_with_mouse_and_keyboard(cases: Any) -> None:
    page = cases.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = page.get_by_role("dialog")
    card_words(cases, "disputed")
    assert card.locator("mark").all_inner_texts() == ["the berm"]
    link = card.locator("a")
    assert link.count() == 1
    for name, value in {
        "href": "https://www.news.example/a", "target": "_blank", "rel": "noopener noreferrer"
    }.items():  # fmt: skip
        assert link.get_attribute(name) == value
    assert card.get_by_role("img").get_attribute("aria-label").startswith("About 4")
    card.get_by_role("button", name="Copy link").click()
    card.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(cases.address)
    assert copied.rpartition("#")[2].endswith("incident=disputed")

    card_words(cases, "chosen")
    quote, other = card.get_by_text("Told by a witness."), card.get_by_text("Rutba, Jordan, 31")
    assert not quote.is_visible()
    assert not other.is_visible()
    card.get_by_text("Marked as restricted").click()
    card.get_by_text("1 other place").click()
    assert quote.is_visible()
    assert other.is_visible()

    card_words(cases, "side")
    place = "document.querySelector('.im-card-place').textContent"
    before = cases.run(f"return {place}")
    page.get_by_role("button", name="Next incident").press("Enter")
    cases.wait_until(f"{place} !== {json.dumps(before)}")
    # Whoever steps on stays on the button.
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Next incident"
    page.keyboard.press("Escape")
    assert not card.is_visible()


HOSTILE = [
    "<img src=x onerror=\"alert('run')\">", "</script><script>alert('run')</script>", "{{ 7*7 }}",
    "\u202egnp.exe\u2066 turned\u2069", "javascript:alert('run')", "__proto__", "constructor",
]  # fmt: skip


def test_words_of_the_data_stay_words(visit: Open) -> None:
    rows: dict[str, dict[str, Any]] = {
        f"h{i}": {
            **NEAR, "precision": "vicinity", "uncertainty_m": 2_000.0, "border_status": text,
            "date_note": text, "date_zone": text, "claimed_by": text, "tripoint": f"{text}-B-C",
            "sensitivity": text, "place_text": text, "method": text, "verification": text,
            "candidates": [{"name": text, "country_a3": text, "lat": 1e400, "lon": text}],
            "actors": [{"name": text, "role": text, "attribution": text, "by": text}],
            "sources": [
                {"publisher": text, "url": text, "published": text, "quote": f"a {text} b",
                 "start": 0, "end": len(text) + 4, "sha256": "1"},
                {"publisher": text, "url": text, "fact": "place", "quote": text, "start": 2,
                 "end": 2 + len(text), "sha256": "1"},
            ],
        }
        for i, text in enumerate(HOSTILE)
    }  # fmt: skip
    opened = visit(layers.map_incidents(table(rows)))
    for i, text in enumerate(HOSTILE):
        card_words(opened, f"h{i}")
        card = opened.page.get_by_role("dialog")
        for fold in card.locator("summary").all():
            fold.click()
        shown = card.inner_text()
        plain = "".join(sign for sign in text if sign not in "\u202e\u2066\u2069")
        assert shown.count(plain) >= 8, text
        assert not {"\u202e", "\u2066"} & set(shown)
        assert card.locator("mark").all_inner_texts() == [plain]
        assert card.locator("img[src], script, a").count() == 0


def test_arabic_sentences_keep_their_direction_round_names(visit: Open) -> None:
    opened = visit(layers.map_incidents(table(ROWS), language="ar"))
    card_words(opened, "disputed")
    line = opened.page.locator("dd p", has_text="Group B").first
    sentence = line.locator("bdi").first
    assert sentence.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert line.locator("bdi bdi").all_inner_texts() == ["Group B", "the ministry"]
    card_words(opened, "area")
    facts = opened.page.locator(".im-facts dd")
    where = facts.nth(1).locator("bdi[dir=rtl]").first
    where.locator("bdi").first.get_by_text("Mafraq", exact=True).wait_for()
    sure, border = (facts.nth(at).locator("p > bdi[dir=rtl]").first for at in (2, 3))
    assert [part.locator("bdi").last.inner_text() for part in (sure, border)] == ["Mafraq"] * 2
    card_words(opened, "side")
    near = opened.page.locator("dd p > bdi[dir=rtl] > bdi[dir=rtl]", has_text="حدود").first
    near.locator("bdi").get_by_text("Jordan–Syria").wait_for()
    assert near.evaluate("element => getComputedStyle(element.parentElement).direction") == "rtl"


def test_what_python_wrote_is_marked_as_english_on_an_arabic_page(visit: Open) -> None:
    opened = visit(layers.map_incidents(table(ROWS), language="ar"))
    card_words(opened, "ambiguous")
    reason = opened.page.get_by_role("dialog").get_by_text("35 places of this name.")
    reason.wait_for()
    assert reason.get_attribute("lang") == "en"
    assert reason.evaluate("element => getComputedStyle(element).direction") == "ltr"
    card_words(opened, "disputed")
    note = opened.page.get_by_role("dialog").get_by_text("The year is inferred.")
    note.wait_for()
    assert note.get_attribute("lang") == "en"
    for row in (".im-option", ".im-table tr"):
        why = opened.page.locator(row).get_by_text("35 places of this name", exact=True)
        why.wait_for()
        assert why.get_attribute("lang") == "en"
        opened.page.keyboard.press("t")
