"""The shipped atoms against shapely, point by point: no difference is allowed."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from geo import shipped
from geo.spatial.areas import AreaIndex
from geo.spatial.coverage import Coverage

pytestmark = pytest.mark.slow

COUNT = 1_000_000


@cache
def atoms() -> tuple[pd.DataFrame, Coverage]:
    arcs = pd.read_parquet(shipped.path("atom_arcs.parquet"))
    vertices = np.load(shipped.path("atom_vertices.npy"), mmap_mode="r")
    start = np.append(arcs["start"], len(vertices))
    coverage = Coverage(vertices, start, arcs["left"].to_numpy(), arcs["right"].to_numpy())
    return pd.read_parquet(shipped.path("atoms.parquet")), coverage


@cache
def polygons() -> Any:
    """Polygon of each atom, made by GEOS from the lines around it."""
    table, coverage = atoms()
    degrees = coverage.vertices / 1e7
    arc = np.repeat(np.arange(len(coverage.left)), np.diff(coverage.start))
    lines = shapely.linestrings(degrees, indices=arc)
    sides = pd.DataFrame({"left": coverage.left, "right": coverage.right})
    sides = sides[sides["left"] != sides["right"]].melt(ignore_index=False, value_name="atom")
    beside = sides[sides["atom"] >= 0].groupby("atom").groups
    rings = [shapely.GeometryCollection(list(lines[beside[atom]])) for atom in range(len(table))]
    return shapely.build_area(rings)


@cache
def points() -> tuple[Any, Any]:
    """Half at random on land, half in clusters; one in five of these within 1 km of a line."""
    table, coverage = atoms()
    generator = np.random.default_rng(20180101)
    lon = generator.uniform(-180, 180, 3 * COUNT)
    lat = np.degrees(np.arcsin(generator.uniform(-1, 1, 3 * COUNT)))
    on_land = np.flatnonzero(is_land(table, coverage, lon, lat))[: COUNT // 2]
    land = np.column_stack((lon[on_land], lat[on_land]))
    size = np.minimum(generator.pareto(1.2, COUNT * 4 // 10), 299).astype(np.int64)
    clustered = land[size * 1_000] + generator.normal(0, 0.15, (len(size), 2))
    border = coverage.vertices[generator.integers(0, len(coverage.vertices), COUNT // 10)] / 1e7
    border += generator.uniform(-0.006, 0.006, border.shape)
    lon, lat = np.concatenate((land, clustered, border)).T.copy()
    return np.clip(lon, -180, 180), np.clip(lat, -90, 90)


def is_land(table: pd.DataFrame, coverage: Coverage, lon: Any, lat: Any) -> Any:
    surface = (table["surface"] == "land").to_numpy().astype(np.int64)
    return AreaIndex.from_coverage(coverage).relabelled(surface).containing(lon, lat) == 1


@cache
def truth() -> tuple[Any, Any]:
    """Pairs of point and atom that touch, by prepared geometries of GEOS."""
    tree = shapely.STRtree(shapely.points(*points()))
    atom, point = tree.query(polygons(), predicate="intersects")
    return point, atom


@pytest.mark.parametrize("unit", ["atom", "holder", "admin1_code"])
def test_no_point_of_a_million_is_in_another_unit_than_shapely_says(unit: str) -> None:
    table, coverage = atoms()
    label = pd.factorize(table[unit])[0].astype(np.int64)
    point, atom = truth()
    index = AreaIndex.from_coverage(coverage).relabelled(label)

    found = index.containing(*points())

    right = pd.Series(label[atom]).groupby(point).agg(["min", "max"])
    right = right.reindex(np.arange(COUNT), fill_value=-1)
    is_on_line = right["min"] != right["max"]
    allowed = pd.Series(label[atom]).groupby(point).agg(set)[is_on_line[is_on_line].index]
    print(f"{unit}: points on a line: {list(allowed.index)}")  # noqa: T201  # they are listed
    assert np.flatnonzero((found != right["min"]) & ~is_on_line).tolist() == []
    assert all(found[position] in labels for position, labels in allowed.items())
    assert len(allowed) < 100


def test_the_shipped_cells_are_those_of_the_shipped_arcs() -> None:
    _, coverage = atoms()
    opened = AreaIndex.load(shipped.folder(), "atom", coverage)
    lon, lat = points()

    found = opened.containing(lon, lat)

    assert (found == AreaIndex.from_coverage(coverage).containing(lon, lat)).all()
