"""Whatever a reader sets, sentence, list, strip and map count the same incidents."""

import json
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import layers
from tests.maps.conftest import READY_MS

Open = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_small_world")

STEPS = 200
SEARCHES = ["incident 1", '"near place 2" times', "group b", "SYRIA", "place", ""]
COUNTRY, NONE = "country", "none"
CLASSES = {"exact": "point", "site": "point", "admin1": "area"}
# Every step presses something, then waits until all parts of the page agree; the walk ends where
# they never do.
WALK = """
const frame = () => new Promise(requestAnimationFrame);
const select = (query) => [...document.querySelectorAll(query)];
const digits = (text) => Number((text.match(/[\\d,]+(?=\\s*incidents?)/) ?? ["0"])[0]);
for (const head of select('.im-section-head[aria-expanded="false"]')) head.click();
const [first, last] = incidentmap.state(map).window;
const field = document.querySelector(".im-search-field");
let seed = 7;
const any = (most) => (seed = (seed * 48271) % 2147483647) % most;
const one = (query) => { const found = select(query); return found[any(found.length)]; };
const alt = new MouseEvent("click", { altKey: true, bubbles: true });
const actions = [
  () => one(".im-filter").click(),
  () => one(".im-filter").click(),
  () => one(".im-filter").dispatchEvent(alt),
  () => one(".im-only").click(),
  () => { const day = first + any(last - first); incidentmap.setWindow(map, day, day + any(60)); },
  () => incidentmap.setWindow(map, first, last),
  () => select(".im-chip[aria-pressed]").forEach((chip) => chip.click()),
  () => {
    field.value = SEARCHES[any(SEARCHES.length)];
    field.dispatchEvent(new Event("input"));
  },
];
// What has no date is in no window, and told beside it.
const without = () => {
  const { textContent } = document.querySelector(".im-summary");
  return Number((textContent.match(/, and (\\d+) without a date/) ?? [0, 0])[1]);
};
const besides = () => select(".im-chip[aria-pressed='true']:not([hidden])")
  .reduce((sum, chip) => sum + parseInt(chip.textContent), 0);
const counts = () => ({
  state: incidentmap.state(map).visible,
  sentence: digits(document.querySelector(".im-summary strong").textContent) + without(),
  list: Number(document.querySelector(".im-list").dataset.shown),
  strip: digits(document.querySelector(".im-range-note").textContent) + besides(),
  name: digits(map.getContainer().getAttribute("aria-label")),
});
const rowsOf = (section) => [...section.querySelectorAll(".im-filter")].map((row) => [
  row.getAttribute("aria-checked") === "true", digits(row.getAttribute("aria-label")),
  row.textContent,
]);
const agree = () => incidentmap.state(map).ready && new Set(Object.values(counts())).size === 1;
const found = [];
for (let step = 0; step < STEPS; step++) {
  const clear = document.querySelector(".im-summary .im-text-button:not([hidden])");
  if (step % 20 === 19 && clear !== null) clear.click();
  else actions[any(actions.length)]();
  const until = performance.now() + WAIT_MS;
  do await frame(); while (performance.now() < until && !agree());
  const sections = select(".im-section").map((each) => [each.dataset.facet, rowsOf(each)]);
  const { drawn, window } = incidentmap.state(map);
  found.push({
    counts: counts(), drawn, window, words: field.value,
    undated: select(".im-chip[aria-pressed='false']").length === 0,
    shown: Object.fromEntries(sections),
  });
  if (!agree()) break;
}
return found;
"""


def named(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents with several actors and sources."""
    groups = [["Group A"], ["Group A", "Group B"], ["Group C"], []]
    incidents["actors"] = [
        json.dumps([{"name": name, "attribution": "stated"} for name in groups[i % 4]])
        for i in range(len(incidents))
    ]
    publishers = ["The Invented Times", "Radio Nowhere", "The Invented Times"]
    incidents["sources"] = [
        json.dumps([{"publisher": publishers[i % 3], "url": "https://news.example/"}])
        for i in range(len(incidents))
    ]
    return incidents


def values(table: gpd.GeoDataFrame, labels: dict[str, str]) -> dict[str, list[set[str]]]:
    """What each row has of each facet, as the rows of the page are labelled."""
    lost = table.geometry.isna() & (table["precision"] != COUNTRY)
    place = table["precision"].replace(CLASSES).where(~lost, NONE)
    actors = [
        {one["name"] for one in json.loads(text)} or {"Not stated"} for text in table["actors"]
    ]
    return {
        "kind": [{labels[word]} for word in table["kind"]],
        "precision": [{labels[word]} for word in place],
        "verification": [{word.capitalize()} for word in table["verification"]],
        "actor": actors,
        "source": [{json.loads(text)[0]["publisher"]} for text in table["sources"]],
        "country": [{word} for word in table["country"]],
    }


LABELS = {
    "battle": "Attack or armed clash",
    "explosion": "Explosion or shelling",
    "protest": "Protest",
    "accident": "Accident",
    "flood": "Flood",
    "point": "Exact or site",
    "settlement": "Settlement",
    "vicinity": "Vicinity, line, water",
    "area": "Province",
    COUNTRY: "Country only",
    NONE: "Not placed",
}


def holds_words(table: gpd.GeoDataFrame, query: str) -> "pd.Series[bool]":
    columns = ["title", "place", "place_text", "country", "admin1", "actors", "sources"]
    text = table[columns].astype(str).agg("\n".join, axis=1).str.lower()
    phrases = query.lower().split('"')
    holds = text != ""
    for word in [*phrases[1::2], *" ".join(phrases[::2]).split()]:
        holds &= text.str.contains(word, regex=False)
    return holds


def in_window(table: gpd.GeoDataFrame, window: list[int], *, undated: bool) -> "pd.Series[bool]":
    epoch = pd.Timestamp("1970-01-01")
    first, last = ((table[name] - epoch).dt.days for name in ("date_start", "date_end"))
    return ((first <= window[1]) & (last >= window[0])) | (table["date_start"].isna() & undated)


def label_of(text: str) -> str:
    """The label of a filter row without the number behind it."""
    return text.rstrip("0123456789,")


# Two hundred pictures of a real page take their time.
def test_all_counts_are_equal_after_each_of_many_steps(
    visit: Open, incidents: gpd.GeoDataFrame
) -> None:
    table = named(incidents)
    opened = visit(layers.map_incidents(table))
    # Small pictures are drawn faster.
    opened.resize(1024, 700)
    script = (
        WALK.replace("STEPS", str(STEPS))
        .replace("SEARCHES", json.dumps(SEARCHES))
        .replace("WAIT_MS", str(READY_MS))
    )
    facts = values(table, LABELS)
    found = opened.run(script)
    for number, step in enumerate(found):
        passes = holds_words(table, step["words"]) & in_window(
            table, step["window"], undated=step["undated"]
        )
        allowed = {
            facet: np.array(
                [bool(row & {label_of(text) for on, _, text in rows if on}) for row in facts[facet]]
            )
            for facet, rows in step["shown"].items()
        }
        shown = passes & np.logical_and.reduce(list(allowed.values()))
        expected = dict.fromkeys(step["counts"], int(shown.sum()))
        assert step["counts"] == expected, (number, step)
        # What has no place is counted in the list alone.
        placed = np.array([row != {LABELS[NONE]} for row in facts["precision"]])
        assert step["drawn"] == int((shown & placed).sum()), (number, step)
        for facet, rows in step["shown"].items():
            others = [flags for name, flags in allowed.items() if name != facet]
            rest = passes & np.logical_and.reduce(others)
            for _, count, text in rows:
                has = np.array([label_of(text) in row for row in facts[facet]])
                assert count == int((rest & has).sum()), (number, facet, text)
    assert len(found) == STEPS
    # The walk has been somewhere: filters left much, little and nothing.
    totals = {step["counts"]["state"] for step in found}
    assert len(totals) > 10
    assert {0, len(table)} <= totals
