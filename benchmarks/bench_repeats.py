"""Time Knox's test beside a plain one of numpy, and check the results first.

    python benchmarks/bench_repeats.py [--incidents 20000] [--permutations 999] [--rounds 3]

Incidents lie in towns of uneven size and over two years. Both engines run in this process on one
core, in turn, from the table to the p-values. The plain one finds pairs by a k-d tree, measures
them with pyproj, and for each permutation counts the bands of days that a table look-up gives: what
one would write, without loops of Python. Prints Markdown rows: processor seconds of our first call,
medians of the rounds, and how many times slower the plain one is.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Geod, Transformer
from scipy.spatial import cKDTree

import geo

DISTANCES_M = (250.0, 500.0, 1_000.0, 2_000.0)
DAYS = (7, 14, 28)
LENGTH_DAYS = 730
GEOD = Geod(ellps="WGS84")
# Geodesics are longer than chords, by less than this share.
ROOM = 1.0001


def some_incidents(count: int) -> gpd.GeoDataFrame:
    """Incidents in 200 towns, a tenth of them on the spot of another one."""
    rng = np.random.default_rng(20261122)
    towns = np.column_stack((rng.uniform(35, 45, 200), rng.uniform(32, 37, 200)))
    weights = rng.pareto(1.2, 200) + 0.05
    places = towns[rng.choice(200, count, p=weights / weights.sum())]
    places = places + rng.normal(0, 0.05, (count, 2))
    again = rng.random(count) < 0.1
    places[again] = places[rng.integers(0, count, again.sum())]
    day = pd.to_timedelta(rng.integers(0, LENGTH_DAYS, count), unit="D")
    return gpd.GeoDataFrame(
        {
            "incident_id": np.arange(count).astype(str),
            "date_start": (pd.Timestamp("2023-01-01") + day).astype("datetime64[s]"),
        },
        geometry=gpd.points_from_xy(*places.T),
        crs=4326,
    )


def plain_knox(table: gpd.GeoDataFrame, permutations: int) -> pd.DataFrame:
    """Knox's test in numpy, all permutations one after the other."""
    lon, lat = table.geometry.x.to_numpy(), table.geometry.y.to_numpy()
    to_ecef = Transformer.from_crs(4979, 4978, always_xy=True)
    places = np.column_stack(to_ecef.transform(lon, lat, np.zeros(len(lon))))
    one, other = cKDTree(places).query_pairs(DISTANCES_M[-1] * ROOM, output_type="ndarray").T
    away_m = GEOD.inv(lon[one], lat[one], lon[other], lat[other])[2]
    near = away_m <= DISTANCES_M[-1]
    one, other, away_m = one[near], other[near], away_m[near]
    bands = len(DAYS) + 1
    band = np.searchsorted((1e-6, *DISTANCES_M), away_m) * bands
    by_gap = np.searchsorted(DAYS, np.arange(LENGTH_DAYS))
    cells = (len(DISTANCES_M) + 1) * bands
    day = (table["date_start"] - table["date_start"].min()).dt.days.to_numpy()

    def counts(days: np.ndarray) -> np.ndarray:
        found = np.bincount(band + by_gap[np.abs(days[one] - days[other])], minlength=cells)
        return found.reshape(-1, bands)[:, :-1].ravel()

    rng = np.random.default_rng(0)
    observed = counts(day)
    drawn = np.array([counts(rng.permutation(day)) for _ in range(permutations)])
    p_value = (1 + (drawn >= observed).sum(axis=0)) / (1 + permutations)
    return pd.DataFrame({"observed": observed, "expected": drawn.mean(axis=0), "p_value": p_value})


def check(own: pd.DataFrame, plain: pd.DataFrame, permutations: int) -> None:
    """The same pairs, and what chance lets expect alike."""
    if own["observed"].tolist() != plain["observed"].tolist():
        raise SystemExit("The observed pairs differ.")
    spread = 6 * np.sqrt(plain["expected"] / permutations) + 6
    if not ((own["expected"] - plain["expected"]).abs() < spread).all():
        raise SystemExit("The expected pairs differ.")
    print(f"Checked: {own['observed'].sum():,} pairs in {len(own)} bands are the same.\n")


def seconds(engine: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    started = time.process_time()
    engine()
    return time.process_time() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", type=int, default=20_000)
    parser.add_argument("--permutations", type=int, default=999)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    table, permutations = some_incidents(options.incidents), options.permutations
    found: dict[str, pd.DataFrame] = {}

    def own() -> None:
        found["own"] = geo.knox_test(
            table, distances_m=DISTANCES_M, days=DAYS, permutations=permutations
        )

    def plain() -> None:
        found["plain"] = plain_knox(table, permutations)

    first = seconds(own)
    took: list[list[float]] = [[], []]
    for _ in range(options.rounds):
        for times, engine in zip(took, (own, plain), strict=True):
            times.append(seconds(engine))
    check(found["own"], found["plain"], permutations)
    marking = [
        seconds(lambda: geo.mark_repeats(table, distance_m=DISTANCES_M[1], days=DAYS[1]))
        for _ in range(options.rounds)
    ]
    ours, numpys = map(statistics.median, took)
    print("| job | first s | ours s | numpy s | ratio |")
    print("|---|--:|--:|--:|--:|")
    print(
        f"| Knox's test, {options.incidents:,} incidents, {permutations} permutations"
        f" | {first:.2f} | {ours:.3f} | {numpys:.2f} | {numpys / ours:.1f} |"
    )
    print(f"| originators and repeats | | {statistics.median(marking):.3f} | | |")


if __name__ == "__main__":
    main()
