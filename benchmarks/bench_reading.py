"""Time what a reader of a large page waits for: a filter, a search, the list.

    python benchmarks/bench_reading.py [--runs 3] [--only 100000] [--export]

The pages are those of bench_pages.py, in headless Chromium without a GPU. What a filter and a
search leave is compared with the table first. Filter: from a click on a kind until the picture
without it is drawn, after one such click that is not counted. Search: from the word in the field
until the picture of what it finds is drawn; before the first one the page had three seconds to open
and read all texts. List: the longest frame while it scrolls through all rows. With --export
it saves all incidents as a table and as map data instead: the time from the click until the file is
there, the longest task meanwhile, the most that the script's heap held and the size of the file.
Prints Markdown rows.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import geopandas as gpd
from bench_pages import ARGUMENTS, CHROMIUM, in_process, make_table
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

#: Must and goal in ms.
FIGURES = {
    100_000: {
        "filter_ms": (60, 25),
        "first_search_ms": (200, 50),
        "search_ms": (50, 50),
        "list_ms": (50, 50),
    }
}
WORDS = ("the", "and e", "her", '"e an"', "qu")
OPENED_MS = 3_000
LIMIT_MS = 60_000

_TIMED = """
window.benchTime = async (act) => {
  // Keys and clicks come between two frames, never in the midst of one.
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const before = performance.now();
  act();
  // A search answers after the tick that it began in; drawing is done in the frame after that.
  await Promise.resolve();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - before;
};
window.benchSearch = (words) => window.benchTime(() => {
  const field = document.querySelector(".im-search-field");
  field.value = words;
  field.dispatchEvent(new Event("input"));
});
"""
_FILTER = """async () => {
  const times = [];
  for (let i = 0; i < 9; i++) {
    const box = document.querySelectorAll(".im-filter")[i % 3];
    times.push(await window.benchTime(() => box.click()));
    await new Promise((done) => setTimeout(done, 400));
  }
  return times.slice(1);
}"""
_SCROLL = """async () => {
  const scroller = document.querySelector(".im-panel-scroll");
  let longest = 0, before = await new Promise(requestAnimationFrame);
  for (let i = 0; i < 120; i++) {
    scroller.scrollTop += i < 60 ? 400 : scroller.scrollHeight / 60;
    const now = await new Promise(requestAnimationFrame);
    longest = Math.max(longest, now - before);
    before = now;
  }
  return longest;
}"""
_TASKS = """
window.benchTasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.benchTasks.push(duration);
}).observe({ type: "longtask" });
"""
_FORMATS = {"CSV": "Table (CSV)", "GeoJSON": "Map data (GeoJSON)"}
EXPORT_LIMIT_MS = 180_000
_COLUMNS = ("filter_ms", "first_search_ms", "search_ms", "list_ms")
_EXPORT_COLUMNS = ("file", "time_s", "longest_task_ms", "heap_mb", "size_mb")


def _open(browser: Browser, path: Path) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri(), timeout=LIMIT_MS)
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=LIMIT_MS)
    page.wait_for_timeout(OPENED_MS)
    page.evaluate(_TIMED)
    return page


def _visible(page: Page) -> int:
    return int(page.evaluate("incidentmap.state(map_1).visible"))


def _holding(table: gpd.GeoDataFrame, query: str) -> int:
    """How many titles hold all words of a search, or its phrase in quotes."""
    if "title" not in table:
        return 0
    words = [query.strip('"')] if query.startswith('"') else query.split()
    holds = table["title"].str.contains(words[0], regex=False)
    for word in words[1:]:
        holds &= table["title"].str.contains(word, regex=False)
    return int(holds.sum())


def _expect(what: str, found: int, expected: int) -> None:
    if found != expected:
        raise SystemExit(f"{what}: the page shows {found}, the table has {expected}")


def visit(browser: Browser, path: Path, table: gpd.GeoDataFrame) -> dict[str, float]:
    """What a reader waits for, in ms."""
    page = _open(browser, path)
    searches = []
    for word in WORDS:
        searches.append(page.evaluate("(words) => window.benchSearch(words)", word))
        _expect(f"search for {word}", _visible(page), _holding(table, word))
        page.wait_for_timeout(500)
    page.evaluate("window.benchSearch('')")
    page.get_by_role("checkbox", name="Protest").click()
    _expect("filter", _visible(page), int((table["kind"] != "protest").sum()))
    page.get_by_role("checkbox", name="Protest").click()
    page.wait_for_timeout(500)
    found = {
        "filter_ms": statistics.median(page.evaluate(_FILTER)),
        "first_search_ms": searches[0],
        "search_ms": statistics.median(searches[1:]),
        "list_ms": page.evaluate(_SCROLL),
    }
    page.close()
    return found


def export(browser: Browser, path: Path, count: int) -> None:
    """Save all incidents in each format, and print what that took."""
    page = _open(browser, path)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.evaluate(_TASKS)
    for name, label in _FORMATS.items():
        page.evaluate("window.benchTasks.length = 0")
        heap_mb = 0.0
        page.get_by_role("button", name="Export what is visible").click()
        started = time.perf_counter()
        with page.expect_download(timeout=EXPORT_LIMIT_MS) as download:
            page.get_by_role("button", name=label).click()
            page.wait_for_timeout(100)
            while page.locator(".im-export > [aria-busy=true]").count() > 0:
                heap_mb = max(heap_mb, _heap_mb(session))
                page.wait_for_timeout(250)
        took_s = time.perf_counter() - started
        size_mb = Path(download.value.path()).stat().st_size / 1e6
        longest_ms = page.evaluate("Math.max(0, ...window.benchTasks)")
        row = f"{took_s:.1f} | {longest_ms:.0f} | {heap_mb:.0f} | {size_mb:.0f}"
        print(f"| {count:,} | {name} | {row} |", flush=True)
    page.close()


def _heap_mb(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(each["value"]) for each in metrics if each["name"] == "JSHeapUsedSize") / 1e6


def _row(count: int, measured: dict[str, Any]) -> str:
    cells = []
    for name in _COLUMNS:
        figure = FIGURES.get(count, {}).get(name)
        text = f"{measured[name]:.0f}"
        cells.append(text if figure is None else "{} ({:g} / {:g})".format(text, *figure))
    return f"| {count:,} | {' | '.join(cells)} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time filters, searches and lists of large pages.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--export", action="store_true", help="save files instead")
    options = parser.parse_args()
    print(f"Load of the machine at the start: {os.getloadavg()[0]:.1f}. Measured (must / goal).\n")
    names = _EXPORT_COLUMNS if options.export else _COLUMNS
    print(f"| incidents | {' | '.join(name.replace('_', ' ') for name in names)} |")
    print("|--:" + "|--:" * len(names) + "|")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for count in options.only:
            path = Path(name) / f"{count}.html"
            in_process("ours", count, path)
            if options.export:
                export(browser, path, count)
                continue
            table = make_table(count)
            runs = [visit(browser, path, table) for _ in range(options.runs)]
            middle = {key: statistics.median(run[key] for run in runs) for key in _COLUMNS}
            print(_row(count, middle), flush=True)
        browser.close()
    print(f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
