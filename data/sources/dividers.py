"""Cuts regions by Natural Earth's provinces: their inner lines, extended to the nearest beyond."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree

import atoms_noding as noding
import topology
from atoms_claims import Region
from products import check, say
from topology import GRID, NONE, Ints, Polygons

# Share of a province that lies in a region of its own country; less is the offset of the lines.
_SHARE = 0.02
_SHARE_DISPUTED = 0.05
_DISPUTED_KM2 = 50.0
_SAMPLE_DEG = 0.02
# Samples on both sides of a node let the extended line start in it.
_NODE_DEG = 1e-4
_SEAM_DEG = 170.0
_FRAME_DEG = 40.0


@dataclass(frozen=True)
class Cut:
    """Parts of the regions with the number of their province, and the lines between them."""

    faces: Polygons
    region: Ints
    province: Ints
    edges: Ints


def cut(
    regions: list[Region],
    parts: Polygons,
    region_of: Ints,
    provinces: Polygons,
    countries: pd.Series,
) -> Cut:
    """Cut each region (`parts` are its faces) by the provinces of its claimants."""
    inside = _overlaps(regions, parts, region_of, provinces, countries)
    faces, region, province, edges = [], [], [], []
    for number, area in enumerate(regions):
        own = parts[region_of == number]
        if not len(own):
            continue  # land that no country of the source holds
        candidates = inside.get(number, [])
        if len(candidates) > 1:
            local, labels, lines = _cut_region(own, provinces[candidates])
            edges.append(lines)
            labels = np.array(candidates)[labels]
        else:
            local = own
            chosen = candidates or [_nearest(own, area, provinces, countries)]
            labels = np.full(len(own), chosen[0])
        faces.append(local)
        province.append(labels)
        region.append(np.full(len(local), number))
    found = Cut(
        np.concatenate(faces),
        np.concatenate(region).astype(np.int64),
        np.concatenate(province).astype(np.int64),
        np.concatenate(edges),
    )
    say(f"  {len(found.edges)} edges of dividers")
    return found


def _overlaps(
    regions: list[Region],
    parts: Polygons,
    region_of: Ints,
    provinces: Polygons,
    countries: pd.Series,
) -> dict[int, list[int]]:
    """Provinces that count in each region: those of a claimant that lie there.

    Area alone must not decide: Natural Earth's offset puts nine tenths of Monaco into France.
    """
    # A tree of the parts, not of the provinces: so each small province prepares itself once.
    province, part = shapely.STRtree(parts).query(provinces, predicate="intersects")
    codes = countries.to_numpy()
    allowed = np.array(
        [codes[p] in regions[region_of[k]].claims for p, k in zip(province, part, strict=True)]
    )
    province, part = province[allowed], part[allowed]
    shared = shapely.area(shapely.intersection(provinces[province], parts[part]))
    frame = pd.DataFrame({"province": province, "region": region_of[part], "deg2": shared})
    frame = frame.groupby(["province", "region"], as_index=False)["deg2"].sum()
    whole = pd.Series(shapely.area(provinces))
    frame["share"] = frame["deg2"] / frame["province"].map(whole)
    frame["km2"] = frame["share"] * frame["province"].map(pd.Series(noding.area_km2(provinces)))
    disputed = frame["region"].map(lambda number: len(regions[number].claims) > 1)
    counts = (~disputed & (frame["share"] >= _SHARE)) | (
        disputed & (frame["share"] >= _SHARE_DISPUTED) & (frame["km2"] > _DISPUTED_KM2)
    )
    # A province that Natural Earth misplaces altogether stays where most of it lies.
    lost = ~frame["province"].isin(frame.loc[counts, "province"])
    best = frame["share"] == frame.groupby("province")["share"].transform("max")
    kept = frame[counts | (lost & best)].sort_values(["region", "province"])
    return {int(key): list(map(int, group)) for key, group in kept.groupby("region")["province"]}


def _nearest(own: Polygons, region: Region, provinces: Polygons, countries: pd.Series) -> int:
    """Nearest province of the holder, or of a claimant."""
    wanted = [region.holder] if region.holder in set(countries) else list(region.claims)
    mine = np.flatnonzero(countries.isin(wanted))
    check(len(mine), f"{region.claims}: no province")
    largest = own[np.argmax(shapely.area(own))]
    shared = shapely.area(shapely.intersection(provinces[mine], largest))
    if shared.any():
        return int(mine[np.argmax(shared)])
    return int(mine[np.argmin(shapely.distance(provinces[mine], largest))])


def _cut_region(own: Polygons, provinces: Polygons) -> tuple[Polygons, Ints, Ints]:
    """Faces of one region, the candidate of each, and the edges between candidates."""
    rings, owner = noding.ring_edges(provinces)
    inner, outline, outline_owner = _by_use(rings, owner)
    samples, sample_owner = _samples(inner, outline, outline_owner)
    ridges = _ridges(samples, sample_owner, provinces, own)
    # A ridge passes its node at a distance of some grid steps: the outline joins the two. Without
    # it the lines do not close, and two provinces become one.
    faces = noding.faces_of(np.concatenate((inner, ridges, outline, _outline(own))))
    points = shapely.point_on_surface(faces)
    within = [bool(found) for found in noding.holders_of(points, own)]
    faces, points = faces[within], points[within]
    plane = noding.mercator(shapely.get_coordinates(points))
    _, nearest = cKDTree(noding.mercator(samples)).query(plane)
    labels = sample_owner[nearest]
    for number, holders in enumerate(noding.holders_of(points, provinces)):
        if holders:
            labels[number] = holders[0]
    return faces, labels, _between(faces, labels)


def _outline(parts: Polygons) -> Ints:
    edges, _ = noding.ring_edges(parts)
    unique, uses = np.unique(edges, axis=0, return_counts=True)
    return unique[uses == 1]


def _by_use(edges: Ints, owner: Ints) -> tuple[Ints, Ints, Ints]:
    """Edges of two owners; edges of one owner, and who that is."""
    unique, first, uses = np.unique(edges, axis=0, return_index=True, return_counts=True)
    return unique[uses > 1], unique[uses == 1], owner[first[uses == 1]]


def _between(faces: Polygons, labels: Ints) -> Ints:
    found = topology.edges(faces)
    shared = found.faces[:, 1] != NONE
    pairs, ends = found.faces[shared], found.ends[shared]
    ends = ends[labels[pairs[:, 0]] != labels[pairs[:, 1]]]
    return np.hstack((found.vertices[ends[:, 0]], found.vertices[ends[:, 1]]))


def _at_nodes(outline: Ints, inner: Ints) -> NDArray[np.bool_]:
    """Whether an inner line ends at the first, at the second end of each outline edge."""
    nodes = noding.vertex_keys(inner.reshape(-1, 2))
    ends = [noding.vertex_keys(outline[:, at : at + 2]) for at in (0, 2)]
    return np.column_stack([np.isin(keys, nodes) for keys in ends])


def _samples(inner: Ints, outline: Ints, owner: Ints) -> tuple[noding.Floats, Ints]:
    """Points along the outline in degrees, close together, and the province of each."""
    one, other = outline[:, :2] / GRID, outline[:, 2:] / GRID
    count = np.ceil(np.abs(other - one).max(axis=1) / _SAMPLE_DEG).astype(np.int64)
    edge = np.repeat(np.arange(len(outline)), count)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    share = ((step + 0.5) / count[edge])[:, None]
    points = [one[edge] * (1 - share) + other[edge] * share]
    owners = [owner[edge]]
    # Beside the nodes where an inner line meets the outline, and at the ends of long edges.
    length = np.hypot(*(other - one).T)
    for here, there, at in zip(
        (one, other), (other, one), _at_nodes(outline, inner).T, strict=True
    ):
        offset = np.minimum(_NODE_DEG, length[at] / 3)[:, None] / length[at][:, None]
        points.append(here[at] + (there[at] - here[at]) * offset)
        owners.append(owner[at])
    xy, who = np.concatenate(points), np.concatenate(owners)
    # At the antimeridian the nearest province may lie on the other side.
    west, east = xy[:, 0] < -_SEAM_DEG, xy[:, 0] > _SEAM_DEG
    if west.any() and east.any():
        xy = np.concatenate((xy, xy[west] + [360, 0], xy[east] - [360, 0]))
        who = np.concatenate((who, who[west], who[east]))
    return xy, who


def _degrees(plane: noding.Floats) -> noding.Floats:
    return np.column_stack((plane[:, 0], np.degrees(np.arcsin(np.tanh(np.radians(plane[:, 1]))))))


def _ridges(samples: noding.Floats, owner: Ints, provinces: Polygons, own: Polygons) -> Ints:
    """Lines halfway between samples of different provinces, where the region needs them."""
    plane = noding.mercator(samples)
    middle = plane.mean(axis=0)
    # With a frame far off, qhull takes minutes and returns bad cells; the jitter is fixed.
    low, high = plane.min(axis=0) - _FRAME_DEG, plane.max(axis=0) + _FRAME_DEG
    along = np.linspace(0, 1, 41)[:-1] + np.random.default_rng(1).uniform(0, 1e-3, 40)
    box = shapely.box(*low, *high).exterior
    frame = shapely.get_coordinates(shapely.line_interpolate_point(box, along, normalized=True))
    voronoi = Voronoi(np.concatenate((plane, frame)) - middle)
    who = np.concatenate((owner, np.full(len(frame), NONE)))[voronoi.ridge_points]
    ends = np.array(voronoi.ridge_vertices)
    useful = (who[:, 0] != who[:, 1]) & (who != NONE).all(axis=1) & (ends != NONE).all(axis=1)
    xy = _degrees(voronoi.vertices + middle)[ends[useful]]
    xy = xy[(np.abs(xy[:, :, 0]) < 540).all(axis=1)]
    lines = shapely.linestrings(xy)
    tree = shapely.STRtree(lines)
    needed = np.zeros(len(lines), dtype=bool)
    needed[tree.query(own, predicate="intersects")[1]] = True
    needed[tree.query(provinces, predicate="contains")[1]] = False
    xy = np.clip(xy[needed], [-180, -90], [180, 90])
    return np.round(xy.reshape(-1, 4) * GRID).astype(np.int64)
