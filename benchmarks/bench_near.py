"""Time queries by distance beside scikit-learn's BallTree, and check the results first.

    python benchmarks/bench_near.py [--points 1000000] [--sites 10000] [--rounds 3]

Half of the points lie anywhere, half in clusters; they come unsorted. Both engines run in this
process on one core, in turn; each builds its index anew in every round. Prints Markdown rows:
processor seconds of our first call, medians of the rounds, and how many times slower the tree is.
BallTree measures on a sphere; how many of its memberships are wrong is printed too.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from pyproj import Geod
from sklearn.neighbors import BallTree

from geo.geodesy import Floats
from geo.spatial.pairs_within import PairsWithin
from geo.spatial.points import PointIndex

RADIUS_M = 25_000.0
NEAREST = 5
PAIRS_M, PAIRS_DAYS = 5_000.0, 14.0
MEAN_RADIUS_M = 6_371_008.8
# Neighbours of so many points are held at a time.
BATCH = 20_000
GEOD = Geod(ellps="WGS84")
Engine = Callable[[], Any]


def some_points(count: int, seed: int) -> tuple[Floats, Floats]:
    """Half anywhere between 60 degrees south and 75 north, half in clusters of uneven size."""
    rng = np.random.default_rng(seed)
    half, clusters = count // 2, 3_000
    anywhere = np.column_stack(
        (rng.uniform(-180, 180, count - half), _latitudes(rng, count - half))
    )
    centres = np.column_stack((rng.uniform(-180, 180, clusters), _latitudes(rng, clusters)))
    weights = rng.pareto(1.2, clusters) + 0.01
    chosen = centres[rng.choice(clusters, half, p=weights / weights.sum())]
    spread = rng.normal(0, 0.3, (half, 2)) * rng.exponential(1, (half, 1))
    lon, lat = rng.permutation(np.concatenate((anywhere, chosen + spread))).T
    return (lon + 180) % 360 - 180, np.clip(lat, -89.9, 89.9)


def _latitudes(rng: np.random.Generator, count: int) -> Floats:
    return np.degrees(np.arcsin(rng.uniform(-np.sin(np.pi / 3), np.sin(np.radians(75)), count)))


def radians(lon: Floats, lat: Floats) -> Floats:
    """Latitude and longitude as BallTree wants them."""
    return np.radians(np.column_stack((lat, lon)))


def tree_within(
    lonlat: tuple[Floats, Floats], sites: tuple[Floats, Floats], radius_m: float
) -> np.ndarray:
    """Sites within a distance of each point, by BallTree."""
    tree, asking = BallTree(radians(*sites), metric="haversine"), radians(*lonlat)
    found = [
        tree.query_radius(asking[first : first + BATCH], radius_m / MEAN_RADIUS_M)
        for first in range(0, len(asking), BATCH)
    ]
    return np.concatenate(found)


def tree_pairs(lon: Floats, lat: Floats) -> int:
    """Neighbours of all points, by BallTree; what it finds is let go batch by batch."""
    asking = radians(lon, lat)
    tree = BallTree(asking, metric="haversine")
    total = 0
    for first in range(0, len(asking), BATCH):
        found = tree.query_radius(asking[first : first + BATCH], PAIRS_M / MEAN_RADIUS_M)
        total += sum(map(len, found))
    return (total - len(asking)) // 2


def check(lonlat: tuple[Floats, Floats], sites: tuple[Floats, Floats], day: Floats) -> None:
    """Some points against all others, with pyproj."""
    some = 500
    lon, lat = (one[:some] for one in lonlat)
    away_m = np.stack([_away_m(lon[i], lat[i], *sites) for i in range(some)])
    # Many more are asked, so that the compiled loops answer.
    index = PointIndex(*sites)
    near = index.nearest(*lonlat, count=NEAREST)
    wrong = np.abs(near.distance_m[:some] - np.sort(away_m, axis=1)[:, :NEAREST]).max() > 1e-3
    found = index.within(*lonlat, distance_m=RADIUS_M)
    member = np.zeros_like(away_m, dtype=np.bool_)
    mine = found.query < some
    member[found.query[mine], found.point[mine]] = True
    clear = np.abs(away_m - RADIUS_M) > 1e-3
    wrong |= bool((member != (away_m <= RADIUS_M))[clear].any())
    whole = {"distance_m": PAIRS_M, "days": PAIRS_DAYS}
    pairs = PairsWithin(*lonlat, **whole, first_day=day).all()
    for i in range(some):
        # A degree of latitude is 110.5 km at least.
        apart_m = np.full(len(day), np.inf)
        band = np.abs(lonlat[1] - lat[i]) < PAIRS_M / 110_000
        apart_m[band] = _away_m(lon[i], lat[i], lonlat[0][band], lonlat[1][band])
        late = np.abs(day - day[i])
        true = set(np.flatnonzero((apart_m <= PAIRS_M) & (late <= PAIRS_DAYS)).tolist()) - {i}
        told = {*pairs.other[pairs.one == i].tolist(), *pairs.one[pairs.other == i].tolist()}
        wrong |= any(abs(apart_m[j] - PAIRS_M) > 1e-3 for j in true ^ told)
    if wrong:
        raise SystemExit("wrong: the results differ from pyproj's")
    by_tree = tree_within(lonlat, sites, RADIUS_M)
    count = np.fromiter(map(len, by_tree), dtype=np.int64)
    query = np.repeat(np.arange(len(count)), count)
    keys = set((query * len(sites[0]) + np.concatenate(by_tree)).tolist())
    own = set((found.query * len(sites[0]) + found.point).tolist())
    print(
        f"Checked: {some} points against pyproj. Of {len(own):,} memberships within"
        f" {RADIUS_M:,.0f} m BallTree lacks {len(own - keys):,}, has {len(keys - own):,} more.\n",
        flush=True,
    )


def _away_m(lon: float, lat: float, lons: Floats, lats: Floats) -> Floats:
    there = np.full(len(lons), lon), np.full(len(lons), lat)
    return np.asarray(GEOD.inv(*there, lons, lats)[2])


def seconds(engine: Engine) -> float:
    """Processor seconds of one call."""
    started = time.process_time()
    engine()
    return time.process_time() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    lonlat = some_points(options.points, 20261122)
    sites = some_points(options.sites, 7)
    day = np.random.default_rng(3).integers(0, 1_826, options.points).astype(np.float64)
    jobs: dict[str, tuple[Engine, Engine]] = {
        f"sites within {RADIUS_M / 1_000:g} km": (
            lambda: PointIndex(*sites).within(*lonlat, distance_m=RADIUS_M),
            lambda: tree_within(lonlat, sites, RADIUS_M),
        ),
        f"{NEAREST} nearest sites": (
            lambda: PointIndex(*sites).nearest(*lonlat, count=NEAREST),
            lambda: BallTree(radians(*sites), metric="haversine").query(
                radians(*lonlat), k=NEAREST
            ),
        ),
        f"pairs, {PAIRS_M / 1_000:g} km and {PAIRS_DAYS:g} days": (
            lambda: PairsWithin(*lonlat, distance_m=PAIRS_M, days=PAIRS_DAYS, first_day=day).all(),
            lambda: tree_pairs(*lonlat),
        ),
    }
    first = {name: seconds(own) for name, (own, _) in jobs.items()}
    check(lonlat, sites, day)
    took: dict[str, list[list[float]]] = {name: [[], []] for name in jobs}
    for _ in range(options.rounds):
        for name, engines in jobs.items():
            for times, engine in zip(took[name], engines, strict=True):
                times.append(seconds(engine))
    print("| job | first s | ours s | BallTree s | ratio |")
    print("|---|--:|--:|--:|--:|")
    for name, times in took.items():
        own, other = (statistics.median(one) for one in times)
        print(f"| {name} | {first[name]:.2f} | {own:.3f} | {other:.2f} | {other / own:.1f} |")


if __name__ == "__main__":
    main()
