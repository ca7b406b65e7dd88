"""Time `incidentmap enrich` as a whole process, and small tables and the first one within one.

    python benchmarks/bench_enrich.py [--rows 1000000] [--runs 3]

The file is made anew from a seed: half of its points at random on land, half in clusters, with a
few columns of attributes; a second one has `uncertainty_m` too. Rows of the result are compared
with `geo.add_countries` and `geo.add_borders` first. Processor time is that of all threads; the
load says how busy the machine was with other things. Prints Markdown rows.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

import geo
from geo.reference.atoms import atoms

SEED = 7
CHECKED_ROWS = 500
COMMAND = (sys.executable, "-m", "incidentmap", "enrich")
# Of a file of a million rows, and of one call for so many rows.
MUST_S, GOAL_S, MUST_MB, GOAL_MB = 10, 4, 800, 500
MUST_MS = {1: 5, 100: 15}
MUST_FIRST_MS = 50
CALLS = ("add_countries", "add_borders")


class Run(NamedTuple):
    """What one process took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def make_table(count: int) -> gpd.GeoDataFrame:
    """Points, half at random on land and half in clusters, with attributes."""
    generator = np.random.default_rng(SEED)
    lon = generator.uniform(-180, 180, 2 * count)
    lat = np.degrees(np.arcsin(generator.uniform(-1, 1, 2 * count)))
    found = atoms()
    on_land = np.append(found.is_land, [False])[found.index.containing(lon, lat)]
    land = np.column_stack((lon, lat))[on_land]
    alone = land[generator.integers(0, len(land), count - count // 2)]
    cluster = np.minimum(generator.pareto(1.2, count // 2) * 10, 299).astype(int)
    near = land[cluster * (len(land) // 300)] + generator.normal(0, 0.15, (len(cluster), 2))
    points = np.clip(
        generator.permutation(np.concatenate((alone, near))),
        (-179.999, -89.999),
        (179.999, 89.999),
    )
    kinds = np.array(["airstrike", "drone", "shelling", "raid"], dtype=object)
    return gpd.GeoDataFrame(
        {
            "number": np.arange(count),
            "kind": kinds[generator.integers(0, len(kinds), count)],
            "title": np.char.add("Incident ", generator.integers(0, count, count).astype(str)),
            "fatalities_best": generator.integers(0, 20, count),
        },
        geometry=gpd.points_from_xy(*points.T),
        crs=4326,
    )


def write_file(path: Path, count: int, *, uncertain: bool) -> None:
    """Write the file of a variant."""
    table = make_table(count)
    if uncertain:
        radii = np.random.default_rng(SEED).choice([100.0, 500.0, 2_000.0, 10_000.0], count)
        table = table.assign(uncertainty_m=radii)
    table.to_parquet(path)


def work(*arguments: object) -> str:
    """Do a part in a process of its own: what it takes would count as that of later ones."""
    command = [sys.executable, __file__, "--work", *map(str, arguments)]
    return subprocess.check_output(command, text=True)  # noqa: S603  # this file


def run(source: Path, target: Path) -> Run:
    """Enrich a file in a process of its own, with byte code, as where it is installed."""
    kept = {"PYTHONPYCACHEPREFIX": str(source.parent / "bytecode")}
    environment = {**os.environ, **kept}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # our own command
        [*COMMAND, str(source), "-o", str(target), "--overwrite"], stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"enrich ended with {process.returncode}")
    return Run(wall_s, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def check(source: Path, target: Path) -> None:
    """Compare some rows of a result with the functions, which take few rows by other ways."""
    table = gpd.read_parquet(source)
    rows = np.random.default_rng(SEED).choice(
        len(table), min(CHECKED_ROWS, len(table)), replace=False
    )
    some = table.iloc[rows].reset_index(drop=True)
    expected = some.pipe(geo.add_countries).pipe(geo.add_borders)
    found = gpd.read_parquet(target).iloc[rows].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        pd.DataFrame(found[expected.columns]), pd.DataFrame(expected), check_dtype=False
    )
    print(f"<!-- {len(rows)} of {len(table):,} rows checked -->", flush=True)


def whole_processes(count: int, runs: int) -> None:
    """Enrich a file without and one with uncertainties, and print a row for each."""
    print("| file | wall, s (must, goal) | CPU, s | peak, MB (must, goal) | load |\n|-|-|-|-|-|")
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "in.parquet", Path(name) / "out.parquet"
        for variant in ("points", "with-uncertainty"):
            work(variant, source, count)
            run(source, target)
            print(work("check", source, target), end="")
            taken = [run(source, target) for _ in range(runs)]
            wall_s, cpu_s, peak_mb = (statistics.median(kind) for kind in zip(*taken, strict=True))
            print(
                f"| {count:,} {variant} | {wall_s:.2f} ({MUST_S}, {GOAL_S}) | {cpu_s:.2f} |"
                f" {peak_mb:.0f} ({MUST_MB}, {GOAL_MB}) | {os.getloadavg()[0]:.1f} |",
                flush=True,
            )


def median_ms(call: Callable[[], object], times: int = 50) -> float:
    """Milliseconds of one call, warm."""
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e3


def small_tables(table: gpd.GeoDataFrame) -> None:
    """Time the functions on few rows, in a process that has no numba."""
    print("| call | rows | warm, ms | must, ms |\n|-|-|-|-|")
    for name in CALLS:
        for count, must_ms in MUST_MS.items():
            some = table.iloc[:count]
            taken_ms = median_ms(partial(getattr(geo, name), some))
            print(f"| {name} | {count} | {taken_ms:.2f} | {must_ms} |")
    if "numba" in sys.modules:
        raise SystemExit("a small table imported numba")


def first_query() -> None:
    """Time what the first point takes, after the import."""
    point = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    start = time.perf_counter()
    found = atoms()
    opened = time.perf_counter()
    found.index.containing(np.array([38.703]), np.array([33.306]))
    asked = time.perf_counter()
    geo.add_countries(point)
    done = time.perf_counter()
    parts = (opened - start, asked - opened, done - asked)
    print(" ".join(f"{part * 1e3:.2f}" for part in parts))


def first_queries(runs: int) -> None:
    """Run the first query in fresh processes and print the medians."""
    taken = [[float(part) for part in work("first").split()] for _ in range(max(runs, 3))]
    opened, asked, added = (statistics.median(part) for part in zip(*taken, strict=True))
    print("| first query of a process | ms | must, ms |\n|-|-|-|")
    print(f"| open the atoms | {opened:.0f} | |\n| first point | {asked:.0f} | |")
    print(f"| both | {opened + asked:.0f} | {MUST_FIRST_MS} |")
    print(f"| then add_countries of one row | {added:.0f} | |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--work", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    match options.work:
        case None:
            first_queries(options.runs)
            print(work("small"), end="", flush=True)
            whole_processes(options.rows, options.runs)
        case ["first"]:
            first_query()
        case ["small"]:
            small_tables(make_table(1_000))
        case ["check", source, target]:
            check(Path(source), Path(target))
        case [variant, source, count]:
            write_file(Path(source), int(count), uncertain=variant == "with-uncertainty")


if __name__ == "__main__":
    main()
