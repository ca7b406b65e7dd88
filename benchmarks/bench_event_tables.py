"""Time the way from GDELT's rows to GeoParquet beside pandas with geopandas, and its memory.

    python benchmarks/bench_event_tables.py [--rows 1000000] [--rounds 3]

Rows are invented, in GDELT's 61 columns; each engine runs in a process of its own and they take
turns. Both write all columns and a point for each row that has coordinates; ours also reads dates,
kinds, precision, actors, sources and checks identifiers. Prints Markdown rows: the medians of the
seconds on the clock and of the processor (with the start of Python), and the largest memory.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.profiles.gdelt_columns import COLUMNS_BY_COUNT
from geo.reading.parquet_stream import stream_to_parquet

MUST_S, MUST_MB = 30, 600
GOAL_S, GOAL_MB = 10, 300
BATCH = 100_000
PLACES = 2_000
COUNTRIES = np.array(["GM", "CH", "AU", "AS", "RS", "UP", "IZ", "SY", "JO", "US", "FR", "NI"])


def make_file(path: Path, rows: int) -> None:
    """Write rows of events: 8 % known to a country only, places and addresses that repeat."""
    random = np.random.default_rng(20240128)
    names = list(COLUMNS_BY_COUNT[61])
    lon, lat = random.uniform(-180, 180, PLACES).round(4), random.uniform(-60, 70, PLACES).round(4)
    for first in range(0, rows, BATCH):
        count = min(BATCH, rows - first)
        place, root = random.integers(0, PLACES, count), random.integers(1, 21, count)
        country = pd.Series(COUNTRIES[place % len(COUNTRIES)])
        label = "Place " + pd.Series(place).astype("str") + ", Province, " + country
        numbers = pd.Series(np.arange(first, first + count))
        code = pd.Series(root).astype("str").str.zfill(2)
        cells = {
            "GLOBALEVENTID": 1_100_000_000 + numbers,
            "SQLDATE": 20240101 + random.integers(0, 28, count),
            "MonthYear": 202401,
            "Year": 2024,
            "FractionDate": 2024.0767,
            "Actor1Code": "COP",
            "Actor1Name": np.where(root % 3, "POLICE", "REBELS"),
            "Actor2Name": np.where(root % 2, "CIVILIAN", ""),
            "IsRootEvent": root % 2,
            "EventCode": code + "0",
            "EventBaseCode": code + "0",
            "EventRootCode": code,
            "QuadClass": root % 4 + 1,
            "GoldsteinScale": random.uniform(-10, 10, count).round(1),
            "NumMentions": random.integers(1, 60, count),
            "NumSources": random.integers(1, 9, count),
            "NumArticles": random.integers(1, 60, count),
            "AvgTone": random.uniform(-12, 6, count).round(10),
            "ActionGeo_Type": np.where(random.random(count) < 0.08, 1, 4),
            "ActionGeo_FullName": label,
            "ActionGeo_CountryCode": country,
            "ActionGeo_ADM1Code": country + "01",
            "ActionGeo_Lat": lat[place],
            "ActionGeo_Long": lon[place],
            "ActionGeo_FeatureID": -3_000_000 - place,
            "Actor1Geo_FullName": label,
            "Actor1Geo_Lat": lat[place],
            "Actor1Geo_Long": lon[place],
            "DATEADDED": 20240128001500,
            "SOURCEURL": "https://www.example.org/news/2024/01/28/" + (numbers // 3).astype("str"),
        }
        table = pd.DataFrame(cells, index=range(count)).reindex(columns=names)
        table.to_csv(path, sep="\t", header=False, index=False, mode="a")


def ours(source: Path, target: Path) -> int:
    """Batches, by the profile that is found."""
    return stream_to_parquet(source, target).mapped


def naive(source: Path, target: Path) -> int:
    """All rows at once: what a notebook does."""
    table = pd.read_csv(source, sep="\t", header=None, names=list(COLUMNS_BY_COUNT[61]))
    table["date"] = pd.to_datetime(table["SQLDATE"].astype("str"), format="%Y%m%d")
    points = gpd.points_from_xy(table["ActionGeo_Long"], table["ActionGeo_Lat"], crs=4326)
    gpd.GeoDataFrame(table, geometry=points).to_parquet(target)
    return len(table)


ENGINES = {"incidentmap": ours, "pandas + geopandas": naive}


def run_one(engine: str, source: Path, target: Path) -> None:
    """Time one engine, and print what it took."""
    start = time.perf_counter()
    mapped = ENGINES[engine](source, target)
    took = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time(),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "mapped": mapped,
        "size": target.stat().st_size,
    }
    print(json.dumps(took))


def main() -> None:
    """Run the rounds and print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engine", choices=list(ENGINES), help=argparse.SUPPRESS)
    parser.add_argument("--files", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.engine:
        run_one(asked.engine, *asked.files)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "events.export.CSV")
        make_file(source, asked.rows)
        took: dict[str, list[dict[str, float]]] = {engine: [] for engine in ENGINES}
        for _ in range(asked.rounds):
            for engine in ENGINES:
                target = Path(folder, "events.parquet")
                call = [sys.executable, __file__, "--engine", engine, "--files", source, target]
                done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
                took[engine].append(json.loads(done.stdout))
        print(f"{asked.rows:,} rows, {source.stat().st_size / 1e6:,.0f} MB of text")
        print("| engine | s | s of processor | MB of memory | rows mapped | MB written |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        for engine, runs in took.items():
            seconds, processor = (
                statistics.median(run[name] for run in runs) for name in ("seconds", "processor")
            )
            memory = max(run["mb"] for run in runs)
            cells = [f"{seconds:.1f}", f"{processor:.1f}", f"{memory:,.0f}"]
            cells += [f"{runs[-1]['mapped']:,}", f"{runs[-1]['size'] / 1e6:,.0f}"]
            print(f"| {engine} | {' | '.join(cells)} |")
        print(f"must: {MUST_S} s and {MUST_MB} MB; goal: {GOAL_S} s and {GOAL_MB} MB")


if __name__ == "__main__":
    main()
