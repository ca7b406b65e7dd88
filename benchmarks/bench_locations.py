"""Measure how well descriptions of locations are met, and how fast they and coordinates are read.

    python benchmarks/bench_locations.py [--rounds 3]

The descriptions are those of `tests/described_cases.py`, made from known geometry. Prints Markdown
rows: by locality type, the median error as a share of the stated distance, and the share of true
points within the footprint and within footprint or radius; then answers per second of processor
time (median of rounds, caches warm).
"""

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

sys.path.insert(0, str(Path(__file__).parents[1]))

import geo
from geo.gazetteer.user_places import all_places
from geo.geocoding.answering import answer_query
from geo.geocoding.names.context import PlaceQuery
from geo.geodesy import geod
from tests.described_cases import Case, cases

COORDINATES = (
    "33.306, 38.703", "33°18'21.6\"N 38°42'10.8\"E", "37S DS 72464 85504", "37N 472464 3685504",
    "8G5G8P4F+XX", "geo:33.306,38.703;u=35",
)  # fmt: skip


def accuracy(made: Sequence[Case], placed: gpd.GeoDataFrame) -> None:
    """Print how far off the answers are, by locality type."""
    rows = defaultdict(list)
    for case, point, footprint, radius_m in zip(
        made, placed.geometry, placed["footprint"], placed["uncertainty_m"], strict=True
    ):
        error_m = geod().inv(case.lon, case.lat, point.x, point.y)[2]
        inside = bool(shapely.covers(footprint, shapely.Point(case.lon, case.lat)))
        share = error_m / case.stated_m if case.stated_m else None
        rows[case.locality].append((share, inside, inside or error_m <= radius_m, radius_m))
    rows["all"] = [row for found in rows.values() for row in found]
    print(
        "| locality type | cases | median error / stated | in footprint | in it or radius "
        "| median radius km |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    for locality, found in rows.items():
        shares = [share for share, *_ in found if share is not None]
        said = f"{statistics.median(shares):.3f}" if shares else ""
        inside, held = (statistics.mean(row[column] for row in found) for column in (1, 2))
        radius_km = statistics.median(row[3] for row in found) / 1_000
        print(
            f"| {locality} | {len(found)} | {said} | {inside:.3f} | {held:.3f} | {radius_km:.0f} |"
        )


def rate(texts: Sequence[str], answer: Callable[[str], object], rounds: int) -> float:
    """Texts per second of processor time, after one round that is not counted."""
    times = []
    for _ in range(rounds + 1):
        begun = time.process_time()
        for text in texts:
            answer(text)
        times.append(time.process_time() - begun)
    return len(texts) / statistics.median(times[1:])


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    made = cases()
    texts = [case.text for case in made]
    placed = geo.geocode(pd.DataFrame({"place_text": texts}))
    if placed.geometry.isna().any():
        raise SystemExit("a description was not placed")
    accuracy(made, placed)
    gazetteer = all_places()

    def described(text: str) -> object:
        return answer_query(PlaceQuery(text), gazetteer)

    print("\n| what | per second and core |\n|---|--:|")
    print(f"| descriptions, as in the table above | {rate(texts, described, rounds):,.0f} |")
    offsets = [case.text for case in made if case.locality == "distance at heading"]
    print(f"| “20 km north of X” alone | {rate(offsets, described, rounds):,.0f} |")
    print(f"| coordinates | {rate(COORDINATES * 200, geo.parse_coordinates, rounds):,.0f} |")


if __name__ == "__main__":
    main()
