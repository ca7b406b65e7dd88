"""Time pages of incidents in headless Chromium without a GPU: ours, and folium's beside them.

    python benchmarks/bench_pages.py [--runs 3] [--peers 10000 100000] [--only 1000000]

Every page is made in a process of its own and opened from its file. The counts that it shows are
compared with those of the table first. Generated: the call that makes the map and the one that
saves it, after the imports. Ready: from the start of the navigation until the page says that all
data is drawn, or for folium, until its load event, and two frames more. Brushing moves a window of
a tenth of the days one day per frame; a redraw moves the map by one pixel per frame with all
incidents in sight; zooming draws all of it anew one level on, and its longest frame counts; panning
drags the map with the mouse. All four are times from one frame to the next, 16.7 ms at best.
Ready CPU: processor time of the page's main thread until then, which other programs on the machine
change less. folium's files are served from maps/viewer/node_modules, with empty files
for what these maps do not need. Prints Markdown rows.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from folium.plugins import FastMarkerCluster
from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

import layers

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "maps" / "viewer" / "node_modules"
SERVED = {
    path.name: path
    for path in (
        MODULES / "leaflet/dist/leaflet.js",
        MODULES / "leaflet/dist/leaflet.css",
        MODULES / "leaflet.markercluster/dist/leaflet.markercluster.js",
    )
}
CHROMIUM = os.environ.get("INCIDENTMAP_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SEED = 11
DAYS = 3650
FIRST_DAY = np.datetime64("2014-01-01")
KINDS = ("battle", "explosion", "violence_against_civilians", "protest", "riot", "strategic")
PRECISIONS = {"exact": 100.0, "site": 1e3, "settlement": 4e3, "vicinity": 15e3, "admin1": 9e4}
TEXT_BYTES = {100_000: 200}
#: Must and goal by column.
FIGURES: dict[int, dict[str, tuple[float, float]]] = {
    1_000_000: {
        "generated_s": (5, 2),
        "size_mb": (13, 9),
        "ready_ms": (2500, 1200),
        "brush_ms": (50, 25),
        "redraw_ms": (80, 35),
        "pan_ms": (150, 60),
    },
    100_000: {"size_mb": (10, 6), "ready_ms": (1200, 700)},
    10_000: {"ready_ms": (800, 500)},
}
LIMIT_MS = 60_000
#: After this the browser's own window is complete.
BROWSER_MS = 1_500


def make_table(count: int) -> gpd.GeoDataFrame:
    """Incidents of ten years round 3,000 places of the Middle East, in order of time.

    No two lie at the same point, but for one in twenty that is known only to its province.
    """
    generator = np.random.default_rng(SEED)
    corners = (34.0, 29.5), (49.0, 37.5)
    places = generator.uniform(*corners, (3_000, 2))
    weight = generator.pareto(1.1, len(places)) + 0.05
    place = generator.choice(len(places), count, p=weight / weight.sum())
    points = places[place] + generator.normal(0, 0.08, (count, 2))
    # Sixty provinces, as oblongs.
    province = np.floor((np.clip(points, *corners) - corners[0]) / (1.5001, 1.3334)).astype(int)
    precision = generator.choice(list(PRECISIONS), count, p=[0.15, 0.3, 0.4, 0.1, 0.05])
    by_province = precision == "admin1"
    points[by_province] = (province[by_province] + 0.5) * (1.5, 1.33) + corners[0]
    days = FIRST_DAY + np.sort(generator.integers(0, DAYS, count))
    table = gpd.GeoDataFrame(
        {
            "incident_id": pd.Series([f"bench:{i}" for i in range(count)], dtype="str"),
            "kind": pd.Series(np.array(KINDS)[generator.zipf(1.6, count) % 6], dtype="str"),
            "date_start": pd.Series(days.astype("datetime64[s]")),
            "date_end": pd.Series(days.astype("datetime64[s]")),
            "date_precision": pd.Series(np.full(count, "day"), dtype="str"),
            "precision": pd.Series(precision, dtype="str"),
            "uncertainty_m": pd.Series(precision).map(PRECISIONS).to_numpy(),
            "admin1_code": pd.Series(np.char.mod("P%d", province @ (6, 1)), dtype="str"),
            "fatalities_best": pd.Series(generator.poisson(0.8, count), dtype="Int64"),
        },
        geometry=shapely.points(points),
        crs="EPSG:4326",
    )
    if count in TEXT_BYTES:
        words = _words(generator)
        table["title"] = [_text(words, generator, TEXT_BYTES[count]) for _ in range(count)]
    return table


def _words(generator: np.random.Generator) -> npt.NDArray[np.str_]:
    """Invented words, short ones more often, as in a language."""
    letters = np.array(list("eeeettaaooiinnsshhrrddllccuummwwffggyyppbbvk"))
    return np.array(
        ["".join(generator.choice(letters, size)) for size in generator.integers(2, 11, 8_000)]
    )


def _text(words: npt.NDArray[np.str_], generator: np.random.Generator, size: int) -> str:
    chosen = words[np.minimum(generator.zipf(1.25, size // 4), len(words)) - 1]
    return " ".join(chosen)[:size].ljust(size, ".")


def make_page(tool: str, count: int, path: Path) -> dict[str, float]:
    """Save a page; how long it took in seconds, and its size in MB."""
    table = make_table(count)
    lon, lat = table.geometry.x.to_numpy(), table.geometry.y.to_numpy()
    started = time.perf_counter()
    if tool == "ours":
        layers.map_incidents(table).save(path)
    else:
        map_ = folium.Map([33.5, 41.5], zoom_start=6, tiles=None, maxZoom=18)
        if tool == "FastMarkerCluster":
            FastMarkerCluster(np.column_stack([lat, lon]).tolist()).add_to(map_)
        else:
            marker = folium.CircleMarker(radius=4)
            folium.GeoJson(table[["kind", "geometry"]], marker=marker).add_to(map_)
        map_.options["preferCanvas"] = True
        map_.save(str(path))
    return {"generated_s": time.perf_counter() - started, "size_mb": path.stat().st_size / 1e6}


def in_process(tool: str, count: int, path: Path) -> dict[str, float]:
    """Make a page in a process of its own."""
    command = [sys.executable, __file__, "--make", tool, str(count), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # ours
    found: dict[str, float] = json.loads(done.stdout)
    return found


_CLOCK = """
window.benchReady = new Promise((resolve) => {
  const next = (then) => requestAnimationFrame(then);
  const frames = () => next(() => next(() => resolve(performance.now())));
  if (OURS) {
    const watch = new MutationObserver(() => {
      if (document.documentElement?.dataset.ready !== "true") return;
      watch.disconnect();
      frames();
    });
    const attributeFilter = ["data-ready"];
    watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter });
  } else addEventListener("load", frames);
});
window.benchFrames = async (count, act) => {
  const times = [];
  let before = null;
  for (let i = 0; i < count; i++) {
    const now = await new Promise(requestAnimationFrame);
    if (before !== null) times.push(now - before);
    before = now;
    act(i);
  }
  return times.slice(2);
};
"""


def _open(browser: Browser, path: Path, *, ours: bool) -> tuple[Page, float, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    if not ours:
        page.route("http*://**/*", _serve)
    # A page from a file, so that the next one is opened by the same process.
    page.goto(path.with_name("empty.html").as_uri())
    # A new window loads parts of the browser itself, which is nothing that a page can change.
    page.wait_for_timeout(BROWSER_MS)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _busy_s(session)
    page.add_init_script(_CLOCK.replace("OURS", json.dumps(ours)))
    page.goto(path.as_uri(), timeout=LIMIT_MS, wait_until="commit")
    page.wait_for_function("window.benchReady", timeout=LIMIT_MS)
    ready_ms = page.evaluate("window.benchReady")
    return page, ready_ms, 1000 * (_busy_s(session) - before)


def _busy_s(session: CDPSession) -> float:
    """Processor time of the main thread in tasks so far, in seconds."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def _serve(route: Route) -> None:
    name = route.request.url.rpartition("/")[2]
    if name in SERVED:
        route.fulfill(path=SERVED[name])
    else:
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        route.fulfill(body="", content_type=kind)


def _drag(page: Page) -> float:
    """Longest frame in ms while the mouse drags the map there and back."""
    page.evaluate("""() => { window.benchStop = false; window.benchDrag = (async () => {
      let longest = 0, before = await new Promise(requestAnimationFrame);
      while (!window.benchStop) {
        const now = await new Promise(requestAnimationFrame);
        longest = Math.max(longest, now - before);
        before = now;
      }
      return longest;
    })(); }""")
    page.mouse.move(900, 400)
    page.mouse.down()
    for x, y in ((620, 330), (900, 400)):
        page.mouse.move(x, y, steps=28)
    page.mouse.up()
    page.wait_for_timeout(400)
    return page.evaluate("() => { window.benchStop = true; return window.benchDrag; }")


def _p95(values: Sequence[float]) -> float:
    return float(np.percentile(values, 95))


def check_ours(page: Page, table: gpd.GeoDataFrame) -> None:
    """All incidents are counted, and a window counts those of its days."""
    days = (table["date_start"].to_numpy().astype("datetime64[D]")).astype(int)
    first = int(days.min()) + 100
    shown = page.evaluate(
        f"""() => {{ const all = incidentmap.state(map_1).visible;
        incidentmap.setWindow(map_1, {first}, {first + 364});
        const some = incidentmap.state(map_1).visible;
        incidentmap.setWindow(map_1, -1e6, 1e6); return [all, some]; }}"""
    )
    expected = [len(table), int(((days >= first) & (days <= first + 364)).sum())]
    if shown != expected:
        raise SystemExit(f"the page counts {shown}, the table {expected}")


def visit(browser: Browser, tool: str, path: Path, table: gpd.GeoDataFrame) -> dict[str, float]:
    """What a reader waits for, in ms."""
    page, ready_ms, ready_cpu_ms = _open(browser, path, ours=tool == "ours")
    found = {"ready_ms": ready_ms, "ready_cpu_ms": ready_cpu_ms}
    if tool == "ours":
        check_ours(page, table)
        page.wait_for_timeout(300)
        found["brush_ms"] = _p95(page.evaluate(_BRUSH))
        found["redraw_ms"] = _p95(page.evaluate(_REDRAW))
        found["zoom_ms"] = max(page.evaluate(_ZOOM))
    found["pan_ms"] = _drag(page)
    page.close()
    return found


_BRUSH = """async () => {
  incidentmap.setWindow(map_1, -1e6, 1e6);
  const [first, last] = incidentmap.state(map_1).window;
  const tenth = Math.round((last - first) / 10);
  const move = (day) => incidentmap.setWindow(map_1, day, day + tenth);
  return window.benchFrames(90, (i) => move(first + 15 * i));
}"""
_REDRAW = """async () => {
  incidentmap.setWindow(map_1, -1e6, 1e6);
  return window.benchFrames(60, (i) => map_1.panBy([i % 2 ? 1 : -1, 0], { animate: false }));
}"""
_ZOOM = """async () => {
  const zoom = map_1.getZoom();
  const to = { 3: zoom + 1, 15: zoom };
  return window.benchFrames(27, (i) => i in to && map_1.setZoom(to[i], { animate: false }));
}"""
_COLUMNS = (
    "generated_s",
    "size_mb",
    "ready_ms",
    "ready_cpu_ms",
    "brush_ms",
    "redraw_ms",
    "zoom_ms",
    "pan_ms",
)


def measure(browser: Browser, tool: str, count: int, runs: int, folder: Path) -> dict[str, float]:
    """Medians of some runs."""
    path = folder / f"{tool}-{count}.html"
    table = make_table(count)
    found: list[dict[str, float]] = []
    for _ in range(runs):
        made = in_process(tool, count, path)
        found.append(made | visit(browser, tool, path, table))
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def _row(tool: str, count: int, measured: dict[str, Any]) -> str:
    cells = []
    figures = FIGURES.get(count, {}) if tool == "ours" else {}
    for name in _COLUMNS:
        value = measured.get(name)
        text = (
            ""
            if value is None
            else f"{value:.2f}"
            if name.endswith(("_s", "_mb"))
            else f"{value:.0f}"
        )
        if name in figures:
            text += " ({:g} / {:g})".format(*figures[name])
        cells.append(text)
    return f"| {tool} | {count:,} | {' | '.join(cells)} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time pages of incidents in a browser.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", type=int, nargs="*", default=list(FIGURES))
    parser.add_argument("--peers", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--make", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        tool, count, path = options.make
        print(json.dumps(make_page(tool, int(count), Path(path))))
        return
    cells = [("ours", count) for count in options.only]
    cells += [(tool, n) for tool in ("FastMarkerCluster", "GeoJson") for n in options.peers]
    print(f"Load of the machine at the start: {os.getloadavg()[0]:.1f}. Measured (must / goal).\n")
    print(f"| page | incidents | {' | '.join(name.replace('_', ' ') for name in _COLUMNS)} |")
    print("|---|--:" + "|--:" * len(_COLUMNS) + "|")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        (Path(name) / "empty.html").write_text("<!doctype html><title>empty</title>")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for tool, count in cells:
            measured = measure(browser, tool, count, options.runs, Path(name))
            print(_row(tool, count, measured), flush=True)
        browser.close()
    print(f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
