"""Measure Gi* and local Moran beside esda, and check the results first.

    python benchmarks/bench_hotspots.py [--hexagons 40000] [--rounds 3] [--permutations 999]

Incidents, some scattered and some gathered, are counted in hexagons of a square. Both engines get
weights that are ready, ours as a sparse array and esda's as `libpysal`'s W and as its Graph; what
making them takes is printed too. All run in this process, in turn (on one core: OMP_NUM_THREADS=1).
Prints Markdown rows: processor seconds of our first call, medians of the rounds, and how many times
slower esda is.
"""

import argparse
import statistics
import time
import warnings
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
from esda.getisord import G_Local
from esda.moran import Moran_Local
from libpysal.graph import Graph
from scipy.sparse import coo_array

from geo.geodesy import Floats
from geo.hotspots.getis_ord_star import star_z
from geo.hotspots.hexagon_counts import count_by_hexagon
from geo.hotspots.hexagons import usual_area_km2
from geo.hotspots.moran import local_moran
from geo.hotspots.neighbours import Weights, neighbours_within
from geo.hotspots.permuting import permuted_p

RESOLUTION = 6
#: Middle of the square, where a degree of longitude is 0.766 of one at the equator.
LON, LAT = 35.0, 40.0
Engine = Callable[[], Any]


def some_incidents(hexagons: int) -> tuple[gpd.GeoDataFrame, tuple[float, float, float, float]]:
    """Two and a half incidents a hexagon, and the square that holds so many of these."""
    side_deg = np.sqrt(hexagons * usual_area_km2(RESOLUTION)) / 111.2
    half_x, half_y = side_deg / 2 / np.cos(np.radians(LAT)), side_deg / 2
    bounds = (LON - half_x, LAT - half_y, LON + half_x, LAT + half_y)
    rng = np.random.default_rng(20261122)
    scattered = rng.uniform(bounds[:2], bounds[2:], (hexagons * 3 // 2, 2))
    middle = rng.uniform(bounds[:2], bounds[2:], (100, 2))
    gathered = middle[rng.integers(0, 100, hexagons)] + rng.normal(0, 0.1, (hexagons, 2))
    points = np.concatenate((scattered, gathered))
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(*points.T), crs=4326), bounds


def seconds(engine: Engine) -> float:
    """Processor seconds of one call."""
    started = time.process_time()
    engine()
    return time.process_time() - started


def check(cells: gpd.GeoDataFrame, values: Floats, weights: Weights, graph: Graph) -> None:
    """Compare z, I and their moments with esda's."""
    theirs = G_Local(values, graph, transform="B", permutations=0, star=True)
    star = np.abs(star_z(values, weights) - theirs.Zs).max()
    moran = Moran_Local(values, graph, permutations=0)
    ours, n = local_moran(cells, neighbours=weights), len(values)
    near = np.diff(weights.indptr) > 0
    # esda divides by n - 1, the paper by n.
    found = moran.Is * (n / (n - 1))
    i = np.abs(ours["moran_i"] - found)[near].max()
    z = np.abs(ours["moran_z"] - (found - moran.EIc) / np.sqrt(moran.VIc))[near].max()
    if max(star, i, z) > 1e-9:
        raise SystemExit(f"wrong: Gi* differs by {star}, I by {i}, its z by {z}")
    print(
        f"Checked on {n:,} hexagons: Gi* differs by {star:.0e}, I by {i:.0e}, its z by {z:.0e}.\n"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hexagons", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--permutations", type=int, default=999)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    incidents, bounds = some_incidents(options.hexagons)
    cells = count_by_hexagon(incidents, resolution=RESOLUTION, study_area=bounds)
    values = cells["count"].to_numpy(dtype=np.float64)
    started = time.process_time()
    weights = neighbours_within(cells)
    made = time.process_time() - started
    graph = Graph.from_sparse(coo_array(weights))
    old = graph.to_W()
    theirs = time.process_time() - started - made
    print(f"Weights: ours {made:.2f} s, libpysal's from ours {theirs:.2f} s.")
    check(cells, values, weights, graph)
    many = options.permutations

    def esda(given: Any, permutations: int) -> G_Local:  # noqa: ANN401
        return G_Local(
            values, given, transform="B", permutations=permutations, star=True, n_jobs=1, seed=1
        )

    jobs: dict[str, tuple[Engine, Engine]] = {
        "Gi*, esda with W": (lambda: star_z(values, weights), lambda: esda(old, 0)),
        "Gi*, esda with Graph": (lambda: star_z(values, weights), lambda: esda(graph, 0)),
        f"Gi*, {many} permutations": (
            lambda: (
                star_z(values, weights),
                permuted_p(values, weights, permutations=many, seed=1),
            ),
            lambda: esda(graph, many),
        ),
        f"local Moran, {many} permutations": (
            lambda: local_moran(cells, neighbours=weights, permutations=many),
            lambda: Moran_Local(values, graph, permutations=many, seed=1),
        ),
    }
    first = {name: seconds(own) for name, (own, _) in jobs.items()}
    # esda compiles its loops on the first call.
    esda(graph, 9)
    took: dict[str, list[list[float]]] = {name: [[], []] for name in jobs}
    for _ in range(options.rounds):
        for name, engines in jobs.items():
            for times, engine in zip(took[name], engines, strict=True):
                times.append(seconds(engine))
    print("| job | first s | ours s | esda s | ratio |")
    print("|---|--:|--:|--:|--:|")
    for name, times in took.items():
        own, other = (statistics.median(one) for one in times)
        print(f"| {name} | {first[name]:.4f} | {own:.4f} | {other:.2f} | {other / own:.0f} |")


if __name__ == "__main__":
    main()
