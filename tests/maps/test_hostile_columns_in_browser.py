"""Hostile words in every column of a table read as words, wherever the page shows them."""

import json
import re
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest

import layers

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

RUN = "alert('run')"
# The page leaves out what turns the text round it.
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
HOSTILE = [
    f'<img src=x onerror="{RUN}">',
    f"</script><script>{RUN}</script>",
    f"</title></style></noscript><script>{RUN}</script>",
    f"\"' onmouseover={RUN} autofocus onfocus={RUN} x='",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"${{{RUN}}}`+{RUN}+`",
    "{{9973*9967}}{% raw %}{# gone #}",
    f"<svg/onload={RUN}><math href=javascript:{RUN}>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>">',
    f"<!--<script>{RUN}//",
    f"\u2028{RUN}\u2029{RUN}",
    "\u202eesrever\u202c \u2066isolate \u200f mark",
    "__proto__",
    "constructor",
    f"]]>&lt;b&gt;&#x3c;script&#x3e;{RUN}&#0;",
]
WORDS = (
    *("incident_id", "title", "kind", "place_text", "place", "method", "reason", "date_note"),
    *("country_a3", "country", "admin1_code", "admin1", "border_pair", "border_status"),
    *("verification", "precision", "status", "date_precision"),
)


@pytest.fixture
def hostile(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Row i holds the i-th text in every column; the rest stays as it was."""
    rows = slice(0, len(HOSTILE) - 1)
    for column in WORDS:
        if column not in incidents:
            incidents[column] = None
        incidents[column] = incidents[column].astype(object)
        incidents.loc[rows, column] = HOSTILE
    for column, keys in {
        "sources": ("publisher", "url", "published", "quote"),
        "actors": ("name", "role", "attribution"),
    }.items():
        lists = [json.dumps([dict.fromkeys(keys, text)]) for text in HOSTILE]
        incidents.loc[rows, column] = lists
    return incidents


def test_nothing_from_any_column_runs_and_all_of_it_can_be_read(
    visit: Open, hostile: gpd.GeoDataFrame
) -> None:
    opened = visit(layers.map_incidents(hostile))
    assert opened.state()["total"] == len(hostile)
    card = opened.page.get_by_role("dialog")
    for text in HOSTILE:
        assert opened.run(f"return incidentmap.select(map, {json.dumps(text)})")
        plain = OVERRIDES.sub("", text)
        opened.wait_until(
            f"document.querySelector('.im-card .im-headline')?.textContent === {json.dumps(plain)}"
        )
        assert plain in (card.locator("blockquote").first.text_content() or "")
    opened.page.keyboard.press("Escape")
    opened.page.get_by_role("button", name="Layers").click()
    opened.page.locator(".im-panel").get_by_role("button", name="not on the map").click()
    card.wait_for()
    opened.page.mouse.move(700, 400, steps=5)
    found = opened.page.locator(
        "img, iframe, svg[onload], math, [onerror], [onload], [onmouseover], [onfocus],"
        "a[href^='javascript:'], a[href^='data:'], script:not(head script, body > script)"
    )
    assert found.count() == 0
    assert "99400891" not in opened.page.locator("body").inner_text()
    assert opened.requests == []


def test_hostile_words_do_not_reach_the_address(visit: Open, hostile: gpd.GeoDataFrame) -> None:
    opened = visit(layers.map_incidents(hostile))
    opened.run(f"return incidentmap.select(map, {json.dumps(HOSTILE[0])})")
    opened.wait_until("location.hash.includes('incident=')")
    opened.page.reload()
    opened.page.get_by_role("dialog").locator(".im-headline").wait_for()
    assert opened.page.locator("img[src=x]").count() == 0
