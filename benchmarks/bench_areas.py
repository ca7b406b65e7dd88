"""Time the country and the province of points beside other engines, and check the answers first.

    python benchmarks/bench_areas.py [--points 1000000] [--rounds 5]

Each engine runs in a process of its own; the processes take turns. Times are processor seconds of
all threads. What an engine can prepare once, it may: points as geometries, indexes, and polygons
cut into pieces of at most 256 vertices. Engines that are not installed are named (`make bench`
installs them). Prints Markdown rows.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely

from geo import shipped
from geo.spatial.areas import AreaIndex
from geo.spatial.coverage import Coverage

UNITS = {"country": "holder", "admin-1": "admin1_code"}
# Points per second and core that the library must reach, and times faster than others.
MUST = {"country": 20e6, "admin-1": 10e6}
MUST_RATIO = {"country": {"geopandas": 30, "sedonadb": 15, "duckdb": 60}, "admin-1": {}}
MODULES = {"geopandas": "geopandas", "sedonadb": "sedonadb", "duckdb": "duckdb_extension_spatial"}
WGS84 = "EPSG:4326"

Call = Callable[[], np.ndarray]


def coverage() -> Coverage:
    """Shipped arcs."""
    arcs = pd.read_parquet(shipped.path("atom_arcs.parquet"))
    vertices = np.load(shipped.path("atom_vertices.npy"), mmap_mode="r")
    start = np.append(arcs["start"], len(vertices))
    return Coverage(vertices, start, arcs["left"].to_numpy(), arcs["right"].to_numpy())


def labels(column: str) -> np.ndarray:
    """Number of each atom's unit; -1 for none."""
    table = pd.read_parquet(shipped.path("atoms.parquet"), columns=[column])
    return pd.factorize(table[column])[0].astype(np.int64)


def make_points(count: int) -> np.ndarray:
    """Half at random on land, the rest in clusters; a tenth of all within 1 km of a line."""
    arcs, generator = coverage(), np.random.default_rng(7)
    surface = pd.read_parquet(shipped.path("atoms.parquet"), columns=["surface"])["surface"]
    index = AreaIndex.from_coverage(arcs).relabelled((surface == "land").to_numpy().astype(int))
    lon = generator.uniform(-180, 180, 4 * count)
    lat = np.degrees(np.arcsin(generator.uniform(-1, 1, 4 * count)))
    land = np.column_stack((lon, lat))[index.containing(lon, lat) == 1][: count // 2]
    cluster = np.minimum(generator.pareto(1.2, count * 4 // 10), 299).astype(int)
    near = arcs.vertices[generator.integers(0, len(arcs.vertices), count // 10)] / 1e7
    points = np.concatenate(
        (
            land,
            land[cluster * (len(land) // 300)] + generator.normal(0, 0.15, (len(cluster), 2)),
            near + generator.uniform(-0.006, 0.006, near.shape),
        )
    )
    # A point at 180° itself lies on a line, and is within no polygon.
    return np.clip(generator.permutation(points), (-179.999, -89.999), (179.999, 89.999))


def pieces(column: str) -> gpd.GeoDataFrame:
    """Polygons of the units, cut into pieces of few vertices."""
    arcs, unit = coverage(), np.append(labels(column), -1)
    line = np.repeat(np.arange(len(arcs.left)), np.diff(arcs.start))
    lines = shapely.linestrings(arcs.vertices / 1e7, indices=line)
    sides = pd.DataFrame({"left": unit[arcs.left], "right": unit[arcs.right]})
    sides = sides[sides["left"] != sides["right"]].melt(ignore_index=False, value_name="unit")
    groups = sides[sides["unit"] >= 0].groupby("unit").groups
    rings = [shapely.GeometryCollection(list(lines[beside])) for beside in groups.values()]
    cut: list[tuple[int, Any]] = []
    todo = list(zip(groups, shapely.build_area(rings), strict=True))
    while todo:
        number, shape = todo.pop()
        if shapely.get_num_coordinates(shape) <= 256:
            cut += [(number, part) for part in shapely.get_parts(shape) if part.area > 0]
            continue
        west, south, east, north = shape.bounds
        middle = (west + east) / 2, (south + north) / 2
        boxes = (
            [(west, south, middle[0], north), (middle[0], south, east, north)]
            if east - west > north - south
            else [(west, south, east, middle[1]), (west, middle[1], east, north)]
        )
        halves = (shapely.clip_by_rect(shape, *box) for box in boxes)
        todo += [(number, half) for half in halves if not half.is_empty]
    numbers, shapes = zip(*cut, strict=True)
    return gpd.GeoDataFrame({"unit": np.array(numbers)}, geometry=list(shapes), crs=WGS84)


def spread(count: int, point: npt.ArrayLike, unit: npt.ArrayLike) -> np.ndarray:
    """Unit of each point from the pairs of a join."""
    result = np.full(count, -1)
    result[np.asarray(point)] = np.asarray(unit)
    return result


def incidentmap(folder: Path, unit: str) -> Call:
    """Index of the library, from its files."""
    lon, lat = np.load(folder / "points.npy").T.copy()
    index = AreaIndex.load(shipped.folder(), "atom", coverage()).relabelled(labels(UNITS[unit]))
    return lambda: index.containing(lon, lat)


def geopandas(folder: Path, unit: str) -> Call:
    """Join with the predicate within."""
    points = np.load(folder / "points.npy")
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*points.T), crs=WGS84)
    parts = gpd.read_parquet(folder / f"{unit}.parquet")

    def call() -> np.ndarray:
        pairs = gpd.sjoin(frame, parts, predicate="within")
        return spread(len(points), pairs.index, pairs["unit"])

    return call


def duckdb(folder: Path, unit: str) -> Call:
    """Spatial join of DuckDB, on one thread."""
    import duckdb  # noqa: PLC0415  # not installed everywhere

    root = Path(str(resources.files("duckdb_extension_spatial")))
    extension = next(root.rglob("spatial.duckdb_extension"))
    database = duckdb.connect()
    database.execute(f"LOAD '{extension}'; SET threads = 1")
    points = pd.DataFrame(np.load(folder / "points.npy"), columns=["lon", "lat"])
    parts = gpd.read_parquet(folder / f"{unit}.parquet").to_wkb()
    database.register("raw_points", points.reset_index(names="point"))
    database.register("raw_parts", pd.DataFrame(parts))
    database.execute(
        "CREATE TABLE points AS SELECT point, ST_Point(lon, lat) AS place FROM raw_points;"
        " CREATE TABLE parts AS SELECT unit, ST_GeomFromWKB(geometry) AS shape FROM raw_parts"
    )
    query = "SELECT point, unit FROM points JOIN parts ON ST_Within(place, shape)"

    def call() -> np.ndarray:
        pairs = database.execute(query).fetchnumpy()
        return spread(len(points), pairs["point"], pairs["unit"])

    return call


def sedonadb(folder: Path, unit: str) -> Call:
    """Spatial join of SedonaDB, on one partition."""
    import sedonadb  # noqa: PLC0415  # not installed everywhere

    engine = sedonadb.connect()
    engine.sql("SET datafusion.execution.target_partitions = 1").execute()
    points = np.load(folder / "points.npy")
    frame = gpd.GeoDataFrame(
        {"point": np.arange(len(points))}, geometry=gpd.points_from_xy(*points.T), crs=WGS84
    )
    engine.create_data_frame(frame).to_memtable().to_view("points")
    parts = gpd.read_parquet(folder / f"{unit}.parquet")
    engine.create_data_frame(parts).to_memtable().to_view("parts")
    query = (
        "SELECT points.point, parts.unit FROM points JOIN parts"
        " ON ST_Within(points.geometry, parts.geometry)"
    )

    def call() -> np.ndarray:
        pairs = pa.table(engine.sql(query))
        return spread(len(points), pairs["point"], pairs["unit"])

    return call


ENGINES = {f.__name__: f for f in (incidentmap, geopandas, sedonadb, duckdb)}


def work(engine: str, folder: Path, unit: str) -> None:
    """Answer each line of the input with the seconds of one call."""
    call = ENGINES[engine](folder, unit)
    for turn, _ in enumerate(sys.stdin):
        start = time.process_time()
        answer = call()
        seconds = time.process_time() - start
        if turn == 0:
            np.save(folder / f"{unit}-{engine}.npy", answer)
        print(json.dumps(seconds), flush=True)


class Worker:
    """Engine in a process of its own."""

    def __init__(self, engine: str, folder: Path, unit: str) -> None:
        self.engine = engine
        command = [sys.executable, __file__, "--work", engine, str(folder), unit]
        self._process = subprocess.Popen(  # noqa: S603  # this file
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.seconds: list[float] = []

    def call(self) -> None:
        """One turn."""
        if self._process.stdin is None or self._process.stdout is None:
            raise SystemExit("no pipes")
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.seconds.append(json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def compare(unit: str, folder: Path, engines: list[str], rounds: int) -> None:
    """Run the engines in turns and print a row for each."""
    workers = [Worker(engine, folder, unit) for engine in engines]
    for worker in workers:
        worker.call()
    ours = np.load(folder / f"{unit}-incidentmap.npy")
    for worker in workers:
        differences = int((np.load(folder / f"{unit}-{worker.engine}.npy") != ours).sum())
        print(f"<!-- {unit}, {worker.engine}: {differences} of {len(ours)} answers differ -->")
        # Cutting polygons moves their edges by a rounding; nothing else may differ.
        if differences > len(ours) / 100_000:
            raise SystemExit(f"{worker.engine} disagrees on {differences} points")
    for _ in range(rounds):
        for worker in workers:
            # The fastest would be measured on a cold cache only, were it called once.
            for _ in range(5 if worker.engine == "incidentmap" else 1):
                worker.call()
    warm = {worker.engine: statistics.median(worker.seconds[1:]) for worker in workers}
    for worker in workers:
        worker.close()
        engine, seconds = worker.engine, warm[worker.engine]
        ratio = seconds / warm["incidentmap"]
        must = MUST[unit] if engine == "incidentmap" else MUST_RATIO[unit].get(engine, 0)
        reached = len(ours) / seconds if engine == "incidentmap" else ratio
        target = f"{must:g} {'reached' if reached >= must else 'missed'}" if must else ""
        print(
            f"| {unit} | {engine} | {worker.seconds[0]:.4f} | {seconds:.4f} |"
            f" {len(ours) / seconds / 1e6:.2f} | {ratio:.0f} | {target} |",
            flush=True,
        )


def small_batches(points: np.ndarray) -> None:
    """Time one and a hundred points without numba."""
    index = AreaIndex.load(shipped.folder(), "atom", coverage())
    index = index.relabelled(labels("holder"))
    for count, must_ms in ((1, 2.0), (100, 10.0)):
        lon, lat = points[:count].T.copy()
        index.containing(lon, lat)
        times = []
        for _ in range(50):
            start = time.perf_counter()
            index.containing(lon, lat)
            times.append(time.perf_counter() - start)
        if "numba" in sys.modules:
            raise SystemExit("a small batch imported numba")
        print(
            f"| plain, {count:,} points | {statistics.median(times) * 1e3:.3f} ms | {must_ms} ms |"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        engine, folder, unit = options.work
        if engine == "small":
            small_batches(np.load(Path(folder) / "points.npy"))
        else:
            work(engine, Path(folder), unit)
        return
    missing = [name for name, module in MODULES.items() if find_spec(module) is None]
    for name in missing:
        print(f"<!-- {name} is not installed and was left out -->")
    engines = [name for name in ENGINES if name not in missing]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.save(folder / "points.npy", make_points(options.points))
        print("| unit | engine | first, s | warm, s | M points/s | times slower | must |")
        print("|-|-|-|-|-|-|-|")
        for unit, column in UNITS.items():
            pieces(column).to_parquet(folder / f"{unit}.parquet")
            compare(unit, folder, engines, options.rounds)
        print("\n| batch | warm | must |\n|-|-|-|", flush=True)
        command = [sys.executable, __file__, "--work", "small", str(folder), "country"]
        subprocess.run(command, check=True)  # noqa: S603  # this file


if __name__ == "__main__":
    main()
