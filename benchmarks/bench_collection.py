"""Score the merging of the gold collection, then time it on generated reports.

    python benchmarks/bench_collection.py [--reports 100000] [--rounds 3]

The gold (`tests/collection/gold`) goes from texts and tables to incidents. F1 is that of pairs of
reports, from end to end; beside it that of the reports that were found, which is the merging alone.
The generated reports tell of incidents in towns of uneven size over a year, one to six reports
each with places, tolls and words that differ; a tenth are rows of one table, a twentieth are known
only to a province. Their F1 is checked before anything is timed. Times are processor and wall
seconds of whole calls, in this process; memory is the most that the process had in use.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

import geo
from geo.canonical_json import to_json
from tests.gold_collection import PARTS, gold_collection, score_pairs

KINDS = {
    "battle": ["ambush", "convoy", "outpost", "trench", "patrol", "hill"],
    "explosion": ["market", "minibus", "parcel", "bridge", "cafe", "depot"],
    "protest": ["wages", "teachers", "fuel", "election", "students", "water"],
    "fire": ["factory", "warehouse", "garment", "dormitory", "wiring", "smoke"],
    "accident": ["bus", "ravine", "brakes", "lorry", "ferry", "fog"],
    "flood": ["river", "bank", "bridge", "rain", "dam", "mud"],
}
FILLERS = [f"{first}{last}" for first in ("bar", "kel", "tor", "mas", "vin", "dal", "sor", "nim")
           for last in ("an", "eth", "os", "ika", "und", "ery", "ost", "al")]  # fmt: skip
LENGTH_DAYS = 365


def some_reports(count: int) -> tuple[gpd.GeoDataFrame, np.ndarray]:
    """Reports of generated incidents, and the number of the incident that each tells."""
    rng = np.random.default_rng(20261123)
    towns = np.column_stack((rng.uniform(20, 50, 1_500), rng.uniform(-5, 40, 1_500)))
    weights = np.minimum(rng.pareto(1.2, len(towns)) + 0.05, 60)
    size = rng.choice([1, 2, 3, 4, 5, 6], count, p=[0.4, 0.2, 0.15, 0.1, 0.1, 0.05])
    size = size[: np.searchsorted(np.cumsum(size), count) + 1]
    incident = np.repeat(np.arange(len(size)), size)[:count]
    town = rng.choice(len(towns), len(size), p=weights / weights.sum())[incident]
    kinds = np.array(list(KINDS))[rng.integers(0, len(KINDS), len(size))][incident]
    day = rng.integers(0, LENGTH_DAYS, len(size))[incident]
    toll = np.where(rng.random(len(size)) < 0.2, 0, rng.geometric(0.12, len(size)))[incident]
    words = rng.integers(0, len(FILLERS), (len(size), 3))[incident]
    places = towns[town] + rng.normal(0, 0.01, (count, 2))
    wide = rng.random(count) < 0.05
    told = np.maximum(toll + np.rint(rng.normal(0, 0.15 * toll + 0.01)), 0).astype(np.int64)
    date = pd.Timestamp("2024-01-01") + pd.to_timedelta(day, unit="D")
    order = rng.permutation(count)
    is_row = rng.random(count) < 0.1
    table = gpd.GeoDataFrame(
        {
            "incident_id": [f"r{number:07d}" for number in rng.permutation(count)],
            "title": [_title(rng, kind, own) for kind, own in zip(kinds, words, strict=True)],
            "kind": kinds,
            "date_start": date.astype("datetime64[s]"),
            "date_end": date.astype("datetime64[s]"),
            "date_precision": "day",
            "place_text": [f"Town {number}" for number in town],
            "uncertainty_m": np.where(wide, 80_000.0, rng.uniform(2_000, 9_000, count)),
            "precision": np.where(wide, "admin1", "settlement"),
            "fatalities_best": pd.array(told, dtype="Int64"),
            "sources": [
                "[]" if row else to_json([_source(number, when)])
                for number, (row, when) in enumerate(zip(is_row, date, strict=True))
            ],
            "verification": "unverified",
            "sensitivity": "public",
            "native_row": pd.Series("x", index=range(count)).where(is_row),
            "native_desk": pd.Series("y", index=range(count)).where(is_row),
        },
        geometry=gpd.points_from_xy(*places.T),
        crs=4326,
    )
    return table.iloc[order].reset_index(drop=True), incident[order]


def _title(rng: np.random.Generator, kind: str, own: np.ndarray) -> str:
    usual = rng.choice(KINDS[kind], 2, replace=False)
    kept = [FILLERS[number] for number in own if rng.random() < 0.7]
    other = FILLERS[rng.integers(len(FILLERS))]
    return " ".join([*usual, *kept, other, "said", "people", "killed"])


def _source(number: int, day: pd.Timestamp) -> dict[str, object]:
    published = (day + pd.Timedelta(days=number % 3)).date().isoformat()
    return {"publisher": f"Paper {number % 40}", "published": published, "sha256": f"{number:064x}",
            "fact": "incident", "start": 0, "end": 9, "quote": "It burned"}  # fmt: skip


def pair_f1(truth: "pd.Series[int]", answer: "pd.Series[str]") -> float:
    """F1 of the pairs of reports that are one incident."""

    def pairs(groups: "pd.Series[int]") -> int:
        return int((groups * (groups - 1) // 2).sum())

    told = answer.reindex(truth.index)
    both = pd.DataFrame({"truth": truth.to_numpy(), "answer": told.to_numpy()})
    found = pairs(both.groupby(["truth", "answer"]).size())
    return 2 * found / (pairs(both["truth"].value_counts()) + pairs(both["answer"].value_counts()))


def incidents_of(merged: gpd.GeoDataFrame) -> "pd.Series[str]":
    """Incident of each report."""
    listed = merged["report_ids"].map(json.loads).explode()
    return pd.Series(merged["incident_id"].to_numpy()[listed.index], index=listed.to_numpy())


def main() -> None:
    """Print Markdown rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("| gold | pairs found | missed | invented | F1 | F1 of the reports found |")
    print("|---|---|---|---|---|---|")
    collection = gold_collection()
    merged = geo.merge_reports(collection.reports)
    for part in (*PARTS, "both"):
        scores = score_pairs(collection, merged, part)
        counts = f"{scores.found} | {len(scores.missed)} | {len(scores.invented)}"
        print(f"| {part} | {counts} | {scores.f1:.3f} | {scores.f1_of_found:.3f} |")
    reports, incident = some_reports(options.reports)
    truth = pd.Series(incident, index=reports["incident_id"].to_numpy())
    walls, works = [], []
    for _ in range(options.rounds):
        wall, work = time.perf_counter(), time.process_time()
        merged = geo.merge_reports(reports)
        walls.append(time.perf_counter() - wall)
        works.append(time.process_time() - work)
        if merged["reports"].sum() != len(reports):
            raise SystemExit("reports were lost")
    score = pair_f1(truth, incidents_of(merged))
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    made = f"{len(merged):,} incidents (there are {incident.max() + 1:,})"
    print(f"\n{len(reports):,} reports, {made}, F1 {score:.3f}")
    print("\n| first call | median | processor | most memory |\n|---|---|---|---|")
    middle, work = statistics.median(walls), statistics.median(works)
    print(f"| {walls[0]:.1f} s | {middle:.1f} s | {work:.1f} s | {most_mb:,.0f} MB |")


if __name__ == "__main__":
    main()
