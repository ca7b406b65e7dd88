"""Time clusters by density beside scikit-learn's DBSCAN, and check the results first.

    python benchmarks/bench_clusters.py [--points 100000] [--rounds 3]

Half of the points lie anywhere, half in clusters; they come unsorted. Both engines run in this
process on one core, in turn: ours from the table to its new column, scikit-learn's from radians to
labels (haversine, BallTree). Prints Markdown rows: processor seconds of our first call, medians of
the rounds, and how many times slower scikit-learn is.
"""

import argparse
import statistics

import geopandas as gpd
import numpy as np
from bench_near import GEOD, MEAN_RADIUS_M, radians, seconds, some_points
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from sklearn.cluster import DBSCAN

import geo
from geo.geodesy import Floats
from geo.spatial.pairs_within import PairsWithin

DISTANCES_M = (1_000.0, 2_000.0, 5_000.0)
LEAST = 5


def check(lonlat: tuple[Floats, Floats], number: np.ndarray, distance_m: float) -> None:
    """Clusters from all pairs, some of which are measured by pyproj."""
    pairs = PairsWithin(*lonlat, distance_m=distance_m).all()
    some = np.random.default_rng(5).integers(0, len(pairs.one), 10_000)
    one, other = pairs.one[some], pairs.other[some]
    true_m = GEOD.inv(lonlat[0][one], lonlat[1][one], lonlat[0][other], lonlat[1][other])[2]
    wrong = np.abs(true_m - pairs.distance_m[some]).max() > 1e-3
    near = 1 + np.bincount(np.concatenate((pairs.one, pairs.other)), minlength=len(number))
    dense = near >= LEAST
    both = dense[pairs.one] & dense[pairs.other]
    # Neighbours that are dense share a cluster, and no cluster falls into several groups of them.
    wrong |= bool((number[dense] == 0).any())
    wrong |= bool((number[pairs.one[both]] != number[pairs.other[both]]).any())
    ends = pairs.one[both], pairs.other[both]
    graph = coo_array((np.ones(both.sum(), dtype=np.bool_), ends), shape=(len(number),) * 2)
    _, component = connected_components(graph, directed=False)
    wrong |= len(np.unique(number[dense])) != len(np.unique(component[dense]))
    mixed = dense[pairs.one] ^ dense[pairs.other]
    reached = dense.copy()
    reached[pairs.one[mixed]] = True
    reached[pairs.other[mixed]] = True
    wrong |= bool((reached != (number > 0)).any())
    if wrong:
        raise SystemExit("wrong: the clusters differ from those of all pairs")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    lonlat = some_points(options.points, 20261122)
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*lonlat), crs=4326)
    rows = []
    for distance_m in DISTANCES_M:
        peer = DBSCAN(
            eps=distance_m / MEAN_RADIUS_M,
            min_samples=LEAST,
            metric="haversine",
            algorithm="ball_tree",
        )

        def own(distance_m: float = distance_m) -> gpd.GeoDataFrame:
            return geo.add_clusters(table, distance_m=distance_m, min_incidents=LEAST)

        first = seconds(own)
        number = own()["cluster"].fillna(0).to_numpy(dtype=np.int64)
        check(lonlat, number, distance_m)
        took = [
            [seconds(own), seconds(lambda peer=peer: peer.fit(radians(*lonlat)))]
            for _ in range(options.rounds)
        ]
        mine, theirs = (statistics.median(one) for one in zip(*took, strict=True))
        differ = int(((number > 0) != (peer.labels_ >= 0)).sum())
        rows.append(
            f"| {distance_m / 1_000:g} km | {number.max()} | {differ} | {first:.2f} | {mine:.3f}"
            f" | {theirs:.2f} | {theirs / mine:.1f} |"
        )
    print(f"Checked: all clusters of {options.points:,} points against all pairs.\n")
    print("| distance | clusters | other members | first s | ours s | DBSCAN s | ratio |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
