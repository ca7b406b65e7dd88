"""The base map: complete worlds for three ranges of zoom, precise only where incidents are.

Each world mixes levels of detail face by face. That leaves no gaps, as arcs of any level meet at
the same nodes.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from geo import shipped
from layers.arcs import LEVELS, Arcs, Level, Store, store
from layers.extent import extent
from layers.payload import Block, delta, dictionary, pack, plain
from layers.politics import Politics

__all__ = ["MAX_FULL_VERTICES", "Focus", "face_block", "focus_on", "worlds"]

#: Ranges of zoom, both ends inclusive; the last world serves every deeper zoom.
_ZOOMS: dict[Level, tuple[int, int]] = {"low": (0, 4), "medium": (5, 8), "full": (9, 30)}
#: Steps of 1e-6 degree that each range of zoom can show, in powers of two: zeros pack well.
_UNIT: dict[Level, int] = {"low": 2**10, "medium": 2**7, "full": 1}
_COARSE_UNIT = _UNIT["low"]
_NEAR_M = 25_000.0
#: More than cells of 0.1 degree from -180 to 180.
_CELLS_ACROSS = 4096
_METRES_PER_DEGREE = 111_000.0
_UNITS_PER_DEGREE = 1e6
_WORLD_UNITS = 360_000_000
#: How far the finer world reaches beyond the incidents: share of their extent, at least degrees.
_PADDING_SHARE, _PADDING_DEG = 0.5, 6.0
#: Keeps the precise lines of a map below about 1 MB.
MAX_FULL_VERTICES = 150_000


@dataclass(frozen=True)
class Focus:
    """Faces (numbers of atoms) that deserve detail: near incidents, and round about them."""

    near: frozenset[int] = frozenset()
    around: frozenset[int] = frozenset()


def focus_on(points: npt.NDArray[np.float64], *, max_vertices: int = MAX_FULL_VERTICES) -> Focus:
    """Faces that deserve detail on a map of these points.

    Parameters
    ----------
    points
        Longitude and latitude in degrees, EPSG:4326, shape (n, 2).
    max_vertices
        Faces with many points near come first; what would exceed this number of precise vertices
        stays coarser.
    """
    if not len(points):
        return Focus()
    return Focus(
        near=_near(_cells(points), max_vertices),
        around=_around(points),
    )


def worlds(focus: Focus, politics: Politics) -> tuple[Block, ...]:
    """Arc blocks of the three ranges of zoom, the coarsest first.

    Parameters
    ----------
    focus
        Faces that deserve detail.
    politics
        Whose land the faces are, and what the arcs divide.
    """
    count = len(politics.country_a3)
    near, around = _mask(focus.near, count), _mask(focus.around | focus.near, count)
    nowhere = np.zeros_like(near)
    finest: dict[Level, tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]] = {
        "low": (nowhere, nowhere),
        "medium": (nowhere, around),
        "full": (near, around),
    }
    return tuple(
        _world(shipped.folder(), politics, level, full.tobytes(), medium.tobytes())
        for level, (full, medium) in finest.items()
    )


def face_block(politics: Politics) -> Block:
    """Whose each face is, and in which province, for the worlds of all ranges of zoom.

    Parameters
    ----------
    politics
        Whose land the faces are.
    """
    return pack(
        {
            "country_a3": dictionary(politics.country_a3),
            "admin1_code": dictionary(politics.admin1_code),
        },
        {},
    )


def _cells(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Centres of the 0.1 degree cells that hold points: many points are few cells."""
    lon, lat = np.floor(points * 10).astype(np.int64).T
    # One number for both: rows of two take twenty times as long to sort.
    cells = np.unique((lon + _CELLS_ACROSS) * (2 * _CELLS_ACROSS) + lat + _CELLS_ACROSS)
    found = np.column_stack(np.divmod(cells, 2 * _CELLS_ACROSS)) - _CELLS_ACROSS
    return found / 10 + 0.05


def _near(cells: npt.NDArray[np.float64], max_vertices: int) -> frozenset[int]:
    """Faces with an arc within about 25 km of a cell, by falling number of such cells."""
    arcs = store("full")
    cell, arc = _arcs_near(arcs, cells)
    sides = np.concatenate([arcs.left[arc], arcs.right[arc]])
    pairs = np.unique(np.column_stack([sides, np.tile(cell, 2)]), axis=0)
    found, count = np.unique(pairs[pairs[:, 0] >= 0, 0], return_counts=True)
    chosen: set[int] = set()
    left = max_vertices
    size = _vertices_per_face(arcs)
    for face in found[np.lexsort((found, -count))].tolist():
        if size[face] <= left:
            chosen.add(face)
            left -= int(size[face])
    return frozenset(chosen)


def _arcs_near(
    arcs: Store, cells: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Pairs (cell, arc) where the arc enters the box of 25 km round the cell."""
    tall = _NEAR_M / _METRES_PER_DEGREE + 0.05
    wide = tall / np.maximum(np.cos(np.radians(cells[:, 1])), 0.05)
    # A box that leaves the map at 180 degrees comes back on the other side.
    turns = np.repeat([-360.0, 0.0, 360.0], len(cells))
    lon, lat, wide = np.tile(cells[:, 0], 3) + turns, np.tile(cells[:, 1], 3), np.tile(wide, 3)
    boxes = shapely.box(lon - wide, lat - tall, lon + wide, lat + tall)
    # Lines are made only of the few arcs whose own box touches one of these.
    west, south, east, north = (arcs.boxes() / _UNITS_PER_DEGREE).T
    extents = np.asarray(shapely.box(west, south, east, north))
    candidates = np.unique(shapely.STRtree(boxes).query(extents)[0])
    mask = np.zeros(len(extents), dtype=np.bool_)
    mask[candidates] = True
    taken = arcs.take(mask)
    owner = np.repeat(np.arange(len(taken.length)), taken.length)
    xy = np.column_stack([taken.x, taken.y]) / _UNITS_PER_DEGREE
    lines = np.asarray(shapely.linestrings(xy, indices=owner))
    box, arc = shapely.STRtree(lines).query(boxes, predicate="intersects")
    return box % len(cells), candidates[arc]


def _vertices_per_face(arcs: Store) -> npt.NDArray[np.int64]:
    sides = np.concatenate([arcs.left, arcs.right])
    known = sides >= 0
    return np.bincount(sides[known], weights=np.tile(arcs.length, 2)[known]).astype(np.int64)


def _around(points: npt.NDArray[np.float64]) -> frozenset[int]:
    """Faces that reach into the padded bounds of the points."""
    bounds = extent(points)
    if bounds is None:
        return frozenset()
    west, south, east, north = (round(degrees * 1e6) for degrees in bounds)
    wide, tall = (
        max(size * _PADDING_SHARE, _PADDING_DEG * 1e6) for size in (east - west, north - south)
    )
    arcs = store("low")
    arc_west, arc_south, arc_east, arc_north = arcs.boxes().T
    inside = (arc_north >= south - tall) & (arc_south <= north + tall)
    # A box that leaves the map at 180 degrees comes back on the other side.
    inside &= np.logical_or.reduce(
        [
            (arc_east + turn >= west - wide) & (arc_west + turn <= east + wide)
            for turn in (-_WORLD_UNITS, 0, _WORLD_UNITS)
        ]
    )
    found = np.unique(np.concatenate([arcs.left[inside], arcs.right[inside]]))
    return frozenset(found[found >= 0].tolist())


def _mask(chosen: frozenset[int], count: int) -> npt.NDArray[np.bool_]:
    mask = np.zeros(count, dtype=np.bool_)
    mask[sorted(chosen)] = True
    return mask


@lru_cache(maxsize=8)
def _world(_folder: Path, politics: Politics, level: Level, near: bytes, around: bytes) -> Block:
    """One complete world: full arcs round `near`, medium round `around`, low elsewhere."""
    # The folder is there for the cache, as masks of another folder mean other faces.
    full, medium = (np.frombuffer(mask, dtype=np.bool_) for mask in (near, around))
    finest_first = zip(reversed(LEVELS), (full, medium, np.ones_like(full)), strict=True)
    parts: list[Arcs] = []
    taken = np.zeros_like(full)
    for source, wanted in finest_first:
        if wanted.any():
            arcs = store(source)
            parts.append(arcs.take(arcs.touching(wanted) & ~arcs.touching(taken)))
            taken = taken | wanted
    finest = parts[0] if len(parts) > 1 else None
    return _block(level, _coarsen(Arcs.concatenate(parts), finest, level), politics)


def _coarsen(world: Arcs, finest: Arcs | None, level: Level) -> Arcs:
    """Round vertices to what the zoom can show: fully inside the box of the finest arcs only.

    Rounding looks at nothing but the place of a vertex, so nodes that arcs share stay shared.
    """
    unit = np.full(len(world.x), _COARSE_UNIT)
    if finest is not None:
        inside = (world.x >= finest.x.min()) & (world.x <= finest.x.max())
        inside &= (world.y >= finest.y.min()) & (world.y <= finest.y.max())
        unit[inside] = _UNIT[level]
    x, y = (np.rint(values / unit).astype(np.int32) * unit for values in (world.x, world.y))
    return replace(world, x=x.astype(np.int32), y=y.astype(np.int32))


def _block(level: Level, arcs: Arcs, politics: Politics) -> Block:
    min_zoom, max_zoom = _ZOOMS[level]
    lines = politics.lines(arcs)
    return pack(
        {
            "x": delta(arcs.x),
            "y": delta(arcs.y),
            "arc_length": plain(arcs.length, "i32"),
            "left": delta(arcs.left),
            "right": delta(arcs.right),
            "kind": dictionary(lines.kind),
            "border_pair": dictionary(lines.border_pair),
            "status": dictionary(lines.status),
        },
        {"level": level, "min_zoom": min_zoom, "max_zoom": max_zoom},
    )
