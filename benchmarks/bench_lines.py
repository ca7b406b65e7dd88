"""Time the nearest land border beside peers, in one process each, and check the result first.

    python benchmarks/bench_lines.py [--points 1000000] [--peer-points 20000] [--rounds 3]

Half of the points lie anywhere, half in clusters; they come unsorted. Distances are geodesic and in
metres except where a row says degrees. Prints Markdown rows: CPU seconds of the first call in a new
process, points per CPU second when warm (median of interleaved rounds), our ratio to the row, and
wrong borders and errors in distance against ours, which is checked against brute force before.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from pyproj import Geod
from scipy.spatial import cKDTree

from geo.geodesy import Floats, from_ecef, to_ecef
from geo.spatial.line_pieces import Arcs, cut
from geo.spatial.lines import LineIndex

SHIPPED = Path(__file__).parents[1] / "data" / "shipped"
Search = Callable[[Floats, Floats], tuple[np.ndarray, Floats]]


def land_borders(folder: Path) -> tuple[Arcs, list[str]]:
    """Arcs of all land borders, and the name of each line."""
    table = pd.read_parquet(folder / "atom_arcs.parquet")
    table = table[table["kind"] == "border"]
    line, pairs = pd.factorize(table["border_pair"])
    vertices = np.load(folder / "atom_vertices.npy", mmap_mode="r")
    start, count = (table[name].to_numpy(dtype=np.int64) for name in ("start", "count"))
    return Arcs(vertices, 1e7, start, count, line.astype(np.int64)), list(pairs)


def some_points(arcs: Arcs, count: int) -> tuple[Floats, Floats]:
    """Half near random border vertices, up to 1,000 km off; half in clusters of uneven size."""
    rng = np.random.default_rng(20261122)
    half = count // 2
    vertices = np.concatenate(
        [arcs.vertices[a : a + n] for a, n in zip(arcs.start, arcs.count, strict=True)]
    )
    centres = vertices[rng.integers(len(vertices), size=3_000)] / 1e7
    spread = centres[rng.integers(3_000, size=count - half)] + rng.normal(0, 5, (count - half, 2))
    weights = rng.pareto(1.2, 3_000) + 0.01
    clustered = centres[rng.choice(3_000, half, p=weights / weights.sum())]
    clustered = clustered + rng.normal(0, 0.3, (half, 2)) * rng.exponential(1, (half, 1))
    lon, lat = rng.permutation(np.concatenate((spread, clustered))).T
    return (lon + 180) % 360 - 180, np.clip(lat, -89.9, 89.9)


def ours(arcs: Arcs) -> Search:
    """LineIndex."""
    index = LineIndex(arcs)

    def search(lon: Floats, lat: Floats) -> tuple[np.ndarray, Floats]:
        nearest = index.nearest(lon, lat)
        return nearest.line, nearest.distance_m

    return search


def trees(arcs: Arcs) -> Search:
    """CKDTree over the middles of pieces; every piece in reach is measured, then the geodesic."""
    pieces = cut(arcs, arcs.start, arcs.count)
    run = np.repeat(np.arange(len(pieces.count)), pieces.count)
    first = np.flatnonzero(run[1:] == run[:-1])
    xyz_m = to_ecef(pieces.lon_deg, pieces.lat_deg)
    start_m, along_m = xyz_m[first], xyz_m[first + 1] - xyz_m[first]
    tree = cKDTree(start_m + along_m / 2)
    half_m = float(np.linalg.norm(along_m, axis=1).max() / 2)
    owner, geod = arcs.owner[run[first]], Geod(ellps="WGS84")
    squared = np.maximum(np.einsum("ij,ij->i", along_m, along_m), 1e-30)

    def search(lon: Floats, lat: Floats) -> tuple[np.ndarray, Floats]:
        lines, distances = [], []
        for batch in range(0, len(lon), 20_000):
            few = slice(batch, batch + 20_000)
            points_m = to_ecef(lon[few], lat[few])
            reach_m = tree.query(points_m)[0] + 2 * half_m
            found = tree.query_ball_point(points_m, reach_m)
            count = np.fromiter(map(len, found), dtype=np.int64, count=len(points_m))
            piece = np.concatenate([np.asarray(one, dtype=np.int64) for one in found])
            query = np.repeat(np.arange(len(points_m)), count)
            share = np.einsum("ij,ij->i", points_m[query] - start_m[piece], along_m[piece])
            foot_m = (
                start_m[piece] + np.clip(share / squared[piece], 0, 1)[:, None] * along_m[piece]
            )
            apart_m = np.linalg.norm(foot_m - points_m[query], axis=1)
            order = np.lexsort((piece, apart_m, query))
            best = order[np.cumsum(count) - count]
            lines.append(owner[piece[best]])
            foot_lon, foot_lat = from_ecef(foot_m[best])
            distances.append(geod.inv(lon[few], lat[few], foot_lon, foot_lat)[2])
        return np.concatenate(lines), np.concatenate(distances)

    return search


def few_middles(arcs: Arcs) -> Search:
    """The same tree, but only the four nearest middles are measured: faster, and nearly right."""
    pieces = cut(arcs, arcs.start, arcs.count)
    run = np.repeat(np.arange(len(pieces.count)), pieces.count)
    first = np.flatnonzero(run[1:] == run[:-1])
    xyz_m = to_ecef(pieces.lon_deg, pieces.lat_deg)
    start_m, along_m = xyz_m[first], xyz_m[first + 1] - xyz_m[first]
    tree = cKDTree(start_m + along_m / 2)
    owner, geod = arcs.owner[run[first]], Geod(ellps="WGS84")
    squared = np.maximum(np.einsum("ij,ij->i", along_m, along_m), 1e-30)

    def search(lon: Floats, lat: Floats) -> tuple[np.ndarray, Floats]:
        points_m = to_ecef(lon, lat)[:, None]
        piece = tree.query(points_m[:, 0], k=4)[1]
        share = np.einsum("ijk,ijk->ij", points_m - start_m[piece], along_m[piece])
        share = np.clip(share / squared[piece], 0, 1)
        foot_m = start_m[piece] + share[:, :, None] * along_m[piece]
        best = np.argmin(np.linalg.norm(foot_m - points_m, axis=2), axis=1)
        rows = np.arange(len(lon))
        foot = from_ecef(foot_m[rows, best])
        return owner[piece[rows, best]], np.asarray(geod.inv(lon, lat, *foot)[2])

    return search


def degrees(arcs: Arcs) -> Search:
    """Shapely's STRtree.query_nearest over the edges, in degrees: the common, wrong way."""
    runs = np.repeat(np.arange(len(arcs.count)), arcs.count - 1)
    begin = np.cumsum(arcs.count - 1) - (arcs.count - 1)
    first = np.arange(len(runs)) + (arcs.start - begin)[runs]
    ends = np.stack((arcs.vertices[first], arcs.vertices[first + 1]), axis=1) / 1e7
    edges, geod = shapely.linestrings(ends), Geod(ellps="WGS84")
    tree = shapely.STRtree(edges)

    def search(lon: Floats, lat: Floats) -> tuple[np.ndarray, Floats]:
        points = shapely.points(lon, lat)
        edge = tree.query_nearest(points, all_matches=False)[1]
        foot = shapely.get_coordinates(shapely.shortest_line(points, edges[edge]))[1::2]
        return arcs.owner[runs[edge]], np.asarray(geod.inv(lon, lat, *foot.T)[2])

    return search


ENGINES: dict[str, Callable[[Arcs], Search]] = {
    "LineIndex": ours,
    "cKDTree and refinement": trees,
    "cKDTree, four middles": few_middles,
    "STRtree, degrees": degrees,
}


def check(arcs: Arcs, lon: Floats, lat: Floats) -> None:
    """Some points against all vertices of a finely cut world, with pyproj."""
    pieces = cut(arcs, arcs.start, arcs.count)
    line, distance_m = ours(arcs)(lon, lat)
    geod = Geod(ellps="WGS84")
    for i in range(len(lon)):
        around = np.abs((pieces.lon_deg - lon[i] + 180) % 360 - 180) < 60
        around &= np.abs(pieces.lat_deg - lat[i]) < distance_m[i] / 110_000 + 0.1
        ends = pieces.lon_deg[around], pieces.lat_deg[around]
        starts = np.full(len(ends[0]), lon[i]), np.full(len(ends[0]), lat[i])
        vertex_m = geod.inv(*starts, *ends)[2].min()
        # The nearest spot may lie between two vertices, at most half a piece from one.
        if not -1_300 <= distance_m[i] - vertex_m <= 0.2:
            raise SystemExit(f"wrong distance at {lon[i]}, {lat[i]}: {distance_m[i]}, {vertex_m}")
    if len(np.unique(line)) < 10:
        raise SystemExit("too few borders were found to trust the check")


def measure(name: str, folder: Path, points: int) -> None:
    """Run one engine in this process whenever a line comes in; print seconds as JSON."""
    arcs, _ = land_borders(folder)
    lon, lat = some_points(arcs, 1_000_000)
    lon, lat = lon[:points], lat[:points]
    started = time.process_time()
    search = ENGINES[name](arcs)
    search(lon[:1], lat[:1])
    opened = time.process_time()
    line, distance_m = search(lon, lat)
    first = time.process_time()
    np.save(sys.stdin.readline().strip(), np.stack((line, distance_m)))
    print(json.dumps([opened - started, first - opened]), flush=True)
    for _ in sys.stdin:
        started = time.process_time()
        search(lon, lat)
        print(json.dumps(time.process_time() - started), flush=True)


def compare(folder: Path, points: int, peer_points: int, rounds: int, room: Path) -> None:
    """Run all engines, interleaved, and print the rows."""
    counts = {name: points if name == "LineIndex" else peer_points for name in ENGINES}
    processes, first, results = {}, {}, {}
    for name, count in counts.items():
        command = [sys.executable, __file__, "--engine", name, "--folder", str(folder)]
        process = subprocess.Popen(  # noqa: S603  # this very file
            [*command, "--points", str(count)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        processes[name] = process
        first[name] = json.loads(_ask(process, f"{room / 'result.npy'}"))
        results[name] = np.load(room / "result.npy")
    warm: dict[str, list[float]] = {name: [] for name in counts}
    for _ in range(rounds):
        for name, process in processes.items():
            warm[name].append(json.loads(_ask(process, "again")))
    print("| engine | points | open s | first s | warm points/s | ratio | wrong | error p95 |")
    print("|---|---|---|---|---|---|---|---|")
    speed = {name: counts[name] / statistics.median(warm[name]) for name in counts}
    for name, process in processes.items():
        process.communicate()
        same = min(counts[name], points)
        line, distance_m = results[name][:, :same]
        known = results["LineIndex"][:, :same]
        wrong = (line != known[0]).mean()
        error = np.percentile(np.abs(distance_m - known[1]) / np.maximum(known[1], 1), 95)
        opened, took = first[name]
        print(
            f"| {name} | {counts[name]:,} | {opened:.2f} | {took:.2f} | {speed[name]:,.0f} |"
            f" {speed['LineIndex'] / speed[name]:.1f} | {wrong:.3%} | {error:.2%} |"
        )


def _ask(process: subprocess.Popen[str], question: str) -> str:
    if process.stdin is None or process.stdout is None:
        raise TypeError("the process has no pipes")
    print(question, file=process.stdin, flush=True)
    return process.stdout.readline()


def small_batches(arcs: Arcs, lon: Floats, lat: Floats) -> None:
    """Warm CPU time of 1 and of 100 points in a process without numba."""
    index = LineIndex(arcs)
    for count, must_ms in ((1, 2.0), (100, 10.0)):
        index.nearest(lon[:count], lat[:count])
        took = []
        for first in range(0, 20 * count, count):
            asked = slice(first, first + count)
            started = time.process_time()
            index.nearest(lon[asked], lat[asked])
            took.append((time.process_time() - started) * 1e3)
        print(f"{count} points: {statistics.median(took):.2f} ms (must {must_ms} ms)")
    if "numba" in sys.modules:
        raise SystemExit("small batches imported numba")


def main() -> None:
    """Measure and print."""
    import tempfile  # noqa: PLC0415  # the engines' own processes need no folder

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--peer-points", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=SHIPPED)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        measure(options.engine, options.folder, options.points)
        return
    arcs, _ = land_borders(options.folder)
    lon, lat = some_points(arcs, 1_000_000)
    check(arcs, lon[:40], lat[:40])
    small_batches(arcs, lon, lat)
    with tempfile.TemporaryDirectory() as room:
        compare(options.folder, options.points, options.peer_points, options.rounds, Path(room))


if __name__ == "__main__":
    main()
