"""Measure the page of a review: how long it takes to make, how large it is, when it is ready.

    python benchmarks/bench_review.py 5000

Ready is the time from the start of the navigation until the list and the first item stand and the
map beside them is drawn; a step is the time until the next item and its map are drawn.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from playwright.sync_api import Browser, sync_playwright

import geo
import layers

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PLACES = (("Springfield", None), ("Salem", "Yemen"), ("Paris", "USA"), ("Damascus", "Iraq"))
RUNS, STEPS = 5, 40
_QUOTE = "A crowd gathered near the market, and a witness spoke of shots at the northern gate. "
STEP = """async (steps) => {
    const { review } = incidentmap, took = [];
    const frame = () => new Promise(requestAnimationFrame);
    for (let i = 0; i < steps; i++) {
        const begun = performance.now();
        review.step(1);
        do await frame(); while (!review.map.ready);
        took.push(performance.now() - begun);
    }
    return took;
}"""


def reports(count: int) -> gpd.GeoDataFrame:
    """Invented reports, each of which a person has to look at, with a quote of five sentences."""
    rng = np.random.default_rng(14)
    which = rng.integers(0, len(PLACES), count)
    small = pd.DataFrame(
        {"place_text": [text for text, _ in PLACES], "country": [where for _, where in PLACES]}
    )
    placed = geo.geocode(small).iloc[which].reset_index(drop=True)
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 700, count), unit="D")
    return placed.assign(
        incident_id=[f"r{number:05d}" for number in range(count)],
        title=[f"Incident {number} near {PLACES[place][0]}" for number, place in enumerate(which)],
        kind="protest",
        date_start=days.astype("datetime64[s]"),
        date_end=days.astype("datetime64[s]"),
        date_precision="day",
        fatalities_best=pd.Series(rng.integers(0, 9, count), dtype="Int64"),
        sources=[_source(f"https://example.org/{n}", f"{n}. {_QUOTE * 5}") for n in range(count)],
    )


def _source(url: str, quote: str) -> str:
    return json.dumps([{"publisher": "Paper", "url": url, "quote": quote}])


def pairs(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Every fifth report and its neighbour as a doubtful pair."""
    ids = table["incident_id"].tolist()
    return pd.DataFrame(
        {
            "report_id": ids[:-1:5],
            "other_id": ids[1::5],
            "score": 0.5,
            "distance_m": 900.0,
            "days": 1.0,
            "reason": "near each other on neighbouring days; both told as protest",
            "decision": "doubtful",
        }
    )


def measure(browser: Browser, path: Path) -> tuple[float, list[float]]:
    """Milliseconds until the page is ready, and of each step."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(
        "new MutationObserver((_, watch) => { if (document.documentElement?.dataset.ready) {"
        "window.readyAt = performance.now(); watch.disconnect(); } })"
        ".observe(document, {attributes: true, subtree: true, childList: true});"
    )
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=60_000)
    ready = float(page.evaluate("window.readyAt"))
    took = [float(each) for each in page.evaluate(STEP, STEPS)]
    page.close()
    return ready, took


def main() -> None:
    """Measure and print one line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    table = reports(count - count // 6)
    between = pairs(table).head(count // 6)
    begun = time.perf_counter()
    review = layers.review_page(table, None, between)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "review.html"
        review.save(path)
        made = time.perf_counter() - begun
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        runs = [measure(browser, path) for _ in range(RUNS)]
        browser.close()
        size = path.stat().st_size / 1e6
    ready = statistics.median(each for each, _ in runs)
    steps = sorted(each for _, took in runs for each in took)
    sys.stdout.write(
        f"{len(review.items):,} items: made in {made:.1f} s, {size:.1f} MB, ready after "
        f"{ready / 1000:.2f} s (median of {RUNS}), a step {statistics.median(steps):.0f} ms, "
        f"99th percentile {steps[int(0.99 * len(steps))]:.0f} ms\n"
    )


if __name__ == "__main__":
    main()
