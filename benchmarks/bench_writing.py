"""A million incidents to GeoParquet, GeoPackage and GeoJSON, beside geopandas' own writers.

python benchmarks/bench_writing.py [rows] [rounds]
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

import geo
from geo.vocabulary import PRECISIONS, kinds

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
PLACES = 60_000
SEED = 1


def texts(values: object) -> "pd.Series[str]":
    """Column of texts."""
    return pd.Series(values, dtype="str")


def incidents() -> gpd.GeoDataFrame:
    """As many rows as asked for, at places that occur again, each with a source of its own."""
    random = np.random.default_rng(SEED)
    lon = random.uniform(-180, 180, PLACES)
    lat = np.degrees(np.arcsin(random.uniform(-0.9, 0.95, PLACES)))
    at = random.integers(0, PLACES, ROWS)
    names = np.array([f"Place {number}" for number in range(PLACES)], dtype=object)[at]
    days = np.datetime64("2020-01-01", "s") + random.integers(0, 1800, ROWS).astype("m8[D]")
    numbers = pd.Series(np.arange(ROWS)).astype("str")
    countries = np.array(["JOR", "SYR", "UKR", "MLI", "FRA", "USA"], dtype=object)[at % 6]
    columns = {
        "incident_id": texts("e" + numbers),
        "title": texts("Armed clash at " + names),
        "kind": texts(np.array(list(kinds()), dtype=object)[random.integers(0, 14, ROWS)]),
        "date_start": pd.Series(days),
        "date_end": pd.Series(days),
        "date_precision": texts(np.full(ROWS, "day", dtype=object)),
        "place_text": texts(names),
        "place": texts(names),
        "place_id": texts("geonames:" + pd.Series(at).astype("str")),
        "uncertainty_m": np.array([500.0, 2_500.0, 25_000.0])[random.integers(0, 3, ROWS)],
        "precision": texts(np.array(PRECISIONS, dtype=object)[random.integers(0, 4, ROWS)]),
        "method": texts(np.full(ROWS, "given", dtype=object)),
        "score": random.uniform(0, 1, ROWS),
        "status": texts(np.full(ROWS, "located", dtype=object)),
        "country_a3": texts(countries),
        "admin1_code": texts(countries + "-1"),
        "worldview": texts(np.full(ROWS, "default", dtype=object)),
        "border_pair": texts("AAA-" + countries),
        "border_distance_m": random.uniform(0, 1e6, ROWS),
        "fatalities_best": pd.array(random.integers(0, 9, ROWS), dtype="Int64"),
        "sources": texts('[{"publisher":"AFP","url":"https://example.org/news/' + numbers + '"}]'),
        "verification": texts(np.full(ROWS, "unverified", dtype=object)),
    }
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon[at], lat[at]), crs=4326)


def check(path: Path, rows: int) -> None:
    """Stop unless a file holds all rows, in the first layer."""
    found = (
        len(gpd.read_parquet(path, columns=["geometry"]))
        if path.suffix == ".parquet"
        else pyogrio.read_info(path, layer=0, force_feature_count=True)["features"]
    )
    if found != rows:
        raise SystemExit(f"{path}: {found:,} rows, expected {rows:,}")


def main() -> None:
    """Measure each writer in turn, several times, and print a table."""
    table = incidents()
    writers = {
        "GeoParquet, geo.write": ("a.parquet", lambda path: geo.write(table, path)),
        "GeoParquet, to_parquet": (
            "b.parquet", lambda path: table.to_parquet(path, compression="zstd")
        ),
        "GeoPackage, geo.write": ("a.gpkg", lambda path: geo.write(table, path)),
        "GeoPackage, to_file": ("b.gpkg", lambda path: table.to_file(path, layer="incidents")),
        "GeoJSON, geo.write": ("a.geojson", lambda path: geo.write(table, path)),
        "GeoJSON, to_file": ("b.geojson", table.to_file),
    }  # fmt: skip
    walls: dict[str, list[float]] = {name: [] for name in writers}
    cpus: dict[str, list[float]] = {name: [] for name in writers}
    sizes: dict[str, float] = {}
    for turn in range(ROUNDS):
        for name, (file, write) in writers.items():
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / file
                wall, cpu = time.perf_counter(), time.process_time()
                write(path)
                walls[name].append(time.perf_counter() - wall)
                cpus[name].append(time.process_time() - cpu)
                sizes[name] = path.stat().st_size / 1e6
                if turn == 0:
                    check(path, ROWS)
    print(
        f"| {ROWS:,} incidents, {len(table.columns)} columns | s | CPU s | MB |\n|---|--:|--:|--:|"
    )
    for name in writers:
        seconds, cpu_s = median(walls[name]), median(cpus[name])
        print(f"| {name} | {seconds:.1f} | {cpu_s:.1f} | {sizes[name]:,.0f} |")


if __name__ == "__main__":
    main()
