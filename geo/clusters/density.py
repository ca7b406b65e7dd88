"""DBSCAN over spots: which are dense, which dense ones hang together, who is at their border."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from geo.clusters.spots import Spots
from geo.spatial.chords import greatest_chord_m, places_of, sure_chord_m
from geo.spatial.compiling import compiled
from geo.spatial.dense_search import border_pairs, fill_dense, fill_weights, unite
from geo.spatial.geodesics import measured
from geo.spatial.pair_search import Asked
from geo.spatial.pair_tree import PairTree, pair_tree_of

__all__ = ["density_groups"]

# To the tree a day without a greatest number of days is no distance at all.
_NO_DAYS = 1e12
# Room for pairs at borders, of 16 bytes.
_ROOM = 1_000_000

Integers = npt.NDArray[np.int64]


def density_groups(
    spots: Spots, *, distance_m: float, days: float | None, min_incidents: int
) -> Integers:
    """Group of each spot: the number of one of its spots, -1 for none.

    Parameters
    ----------
    spots
        Places, with days where `days` is given.
    distance_m, days, min_incidents
        As for `geo.clusters.density_clusters.add_clusters`.
    """
    group = np.full(len(spots.weight), -1, dtype=np.int64)
    if spots.weight.sum() < min_incidents:
        return group
    asked = Asked(
        float(distance_m),
        greatest_chord_m(distance_m),
        _NO_DAYS if days is None else float(days),
        max(sure_chord_m(distance_m), 0.0) ** 2,
    )
    places = places_of(spots.lon_deg, spots.lat_deg)
    per_day_m = None if days is None else max(asked.distance_m, 1.0) / max(asked.days, 1.0)
    no_radius_m = np.zeros(len(group))
    tree = pair_tree_of(places, spots.first_day, spots.last_day, no_radius_m, per_day_m=per_day_m)
    spot = tree.points.row[: len(group)]
    weight = spots.weight[spot]
    dense = np.zeros(len(group), dtype=np.bool_)
    parent = np.arange(len(group))
    boxes = np.zeros(tree.spans[:, 0].shape, dtype=np.int64)
    compiled(fill_weights)(tree, weight, boxes)
    compiled(fill_dense)(tree, asked, weight, boxes, min_incidents, dense)
    compiled(unite)(tree, asked, dense, parent, boxes)
    while (parent[parent] != parent).any():
        parent = parent[parent]
    group[spot[dense]] = spot[parent[dense]]
    for outer, inner in _borders(tree, asked, dense):
        border, core = _nearest_cores(spots, asked.distance_m, spot[outer], spot[inner])
        group[border] = group[core]
    return group


def _borders(
    tree: PairTree, asked: Asked, dense: npt.NDArray[np.bool_]
) -> Iterator[tuple[Integers, Integers]]:
    """Pairs of a point that is not dense and a dense one next to it; each point in one part."""
    outer, inner = np.empty((2, max(_ROOM, len(dense))), dtype=np.int64)
    first = 0
    while first < len(dense):
        first, count = compiled(border_pairs)(tree, asked, dense, first, outer, inner)
        yield outer[:count], inner[:count]


def _nearest_cores(
    spots: Spots, distance_m: float, outer: Integers, inner: Integers
) -> tuple[Integers, Integers]:
    """Each spot at a border once, and its nearest dense spot; on equal terms the first one."""
    places = places_of(spots.lon_deg, spots.lat_deg)
    # Rounding depends on which comes first.
    apart_m = measured(places, np.minimum(outer, inner), places, np.maximum(outer, inner))
    late = np.maximum(
        spots.first_day[outer] - spots.last_day[inner],
        spots.first_day[inner] - spots.last_day[outer],
    )
    order = np.lexsort((inner, np.maximum(late, 0.0), apart_m, outer))
    order = order[apart_m[order] <= distance_m]
    first = np.diff(outer[order], prepend=-1) != 0
    return outer[order][first], inner[order][first]
