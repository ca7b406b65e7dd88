"""Land and sea of the atoms and of their lines, from Natural Earth's coast.

OpenStreetMap's countries have no coast, and Natural Earth's is about 1 km off. So an atom is cut at
Natural Earth's coast, but a border leaves the land only where it goes farther than a margin from
it: a piece of border between two countries that stays within the margin (an estuary, a bay, a
mouth that Natural Earth lacks) belongs to the land border that it continues.
"""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

import atoms_noding as noding
from topology import GRID, Ints, Polygons

MARGIN_KM = 3.0
"""Natural Earth's coast is taken to be that far off at most."""

_KM_PER_DEG = 111.32


def coast(provinces: Polygons, gaps: list[shapely.Polygon]) -> Ints:
    """Edges of the coast: outline of all provinces, with the gaps between them filled."""
    edges, _ = noding.ring_edges(np.array([*provinces, *gaps], dtype=object))
    unique, uses = np.unique(edges, axis=0, return_counts=True)
    lines = unique[uses == 1]
    limit = np.array([180, 90], dtype=np.int64) * int(GRID)
    one, other = lines[:, :2], lines[:, 2:]
    # The edges of the plane are not coasts.
    edge = ((np.abs(one) == limit) & (one == other)).any(axis=1)
    return lines[~edge]


def is_land(
    points: Polygons, provinces: Polygons, gaps: list[shapely.Polygon]
) -> NDArray[np.bool_]:
    """Whether each point lies on land."""
    land = np.array([*provinces, *gaps], dtype=object)
    return np.array([bool(holders) for holders in noding.holders_of(points, land)])


def lies_at_sea(
    lines: Polygons, pairs: pd.Series, dry: NDArray[np.bool_], coast_lines: Polygons
) -> NDArray[np.bool_]:
    """Which border lines are sea limits; `dry` are those between two atoms of land.

    A wet line is a sea limit when it goes beyond the margin, or when it touches no other line of
    the same pair that is on land.
    """
    far = ~dry & (_farthest_km(lines, coast_lines, wanted=~dry) > MARGIN_KM)
    sea = far.copy()
    ends = _ends(lines)
    land_nodes: dict[object, set[int]] = {}
    for pair, is_dry, nodes in zip(pairs, dry, ends, strict=True):
        if is_dry:
            land_nodes.setdefault(pair, set()).update(nodes)
    waiting = [int(number) for number in np.flatnonzero(~dry & ~far)]
    while True:
        joined = [n for n in waiting if land_nodes.get(pairs.iloc[n], set()) & set(ends[n])]
        if not joined:
            break
        for number in joined:
            land_nodes[pairs.iloc[number]].update(ends[number])
        waiting = [number for number in waiting if number not in set(joined)]
    sea[waiting] = True
    return sea


def _ends(lines: Polygons) -> list[list[int]]:
    ends = [
        noding.vertex_keys(
            np.round(shapely.get_coordinates(shapely.get_point(lines, at)) * GRID).astype(np.int64)
        )
        for at in (0, -1)
    ]
    return np.column_stack(ends).tolist()


def _farthest_km(
    lines: Polygons, coast_lines: Polygons, *, wanted: NDArray[np.bool_]
) -> noding.Floats:
    """How far each wanted line goes from the coast, at its vertices and each 500 m between."""
    far = np.zeros(len(lines))
    dense = shapely.segmentize(lines[wanted], 0.5 / _KM_PER_DEG)
    xy, line = shapely.get_coordinates(dense, return_index=True)
    plane = shapely.points(noding.mercator(xy))
    shore = shapely.transform(coast_lines, noding.mercator)
    _, degrees = shapely.STRtree(shore).query_nearest(
        plane, all_matches=False, return_distance=True
    )
    # Mercator is conformal: over short distances its scale is that of the parallel.
    km = degrees * np.cos(np.radians(xy[:, 1])) * _KM_PER_DEG
    longest = np.zeros(int(wanted.sum()))
    np.maximum.at(longest, line, km)
    far[wanted] = longest
    return far
