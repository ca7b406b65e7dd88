"""The drawing layers: every face closes at every level, and the levels fit each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
import shapely

if TYPE_CHECKING:
    import geopandas as gpd

LEVELS = ("low", "medium", "full")
COLUMNS = ["left", "right", "kind", "border_pair", "status", "geometry"]
SMALL_ISLAND_DEG2 = 0.02

each_level = pytest.mark.parametrize("level", LEVELS)
Arcs = dict[str, "gpd.GeoDataFrame"]


def _ends(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    lines = frame.geometry.to_numpy()
    first = shapely.get_coordinates(shapely.get_point(lines, 0))
    last = shapely.get_coordinates(shapely.get_point(lines, -1))
    ends = pd.DataFrame(np.hstack((first, last)), columns=["x1", "y1", "x2", "y2"])
    sides = frame[["left", "right"]].reset_index(drop=True)
    return pd.concat([ends, sides], axis=1)


def _open_ends(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    ends = _ends(frame[~frame.geometry.is_closed])
    return ends.sort_values(list(ends.columns), ignore_index=True)


@each_level
def test_schema(arcs: Arcs, level: str) -> None:
    frame = arcs[level]
    assert list(frame.columns) == COLUMNS
    assert set(frame.geom_type) == {"LineString"}
    assert set(frame["kind"]) == {"coast", "border", "province", "cut"}
    assert frame["left"].notna().all()
    both = frame["right"].notna()
    assert (frame.loc[both, "left"] < frame.loc[both, "right"]).all()
    is_border = frame["kind"] == "border"
    assert frame["border_pair"].notna().equals(is_border)
    assert frame["status"].notna().equals(is_border)
    assert frame.loc[frame["kind"].isin(["coast", "cut"]), "right"].isna().all()
    assert frame.loc[frame["kind"] == "province", "right"].notna().all()


@each_level
def test_kind_follows_from_the_countries(
    arcs: Arcs, level: str, provinces: gpd.GeoDataFrame
) -> None:
    country = provinces.set_index("admin1_code")["country_a3"]
    inner = arcs[level].dropna(subset="right")
    left, right = inner["left"].map(country), inner["right"].map(country)
    assert (left == right).equals(inner["kind"] == "province")
    pair = left.where(left < right, right) + "-" + left.where(left > right, right)
    border = inner["kind"] == "border"
    assert (inner.loc[border, "border_pair"] == pair[border]).all()


@each_level
def test_every_face_closes(arcs: Arcs, level: str, provinces: gpd.GeoDataFrame) -> None:
    ends = _ends(arcs[level])
    sides = [ends.dropna(subset=side).rename(columns={side: "face"}) for side in ("left", "right")]
    both = pd.concat(sides)
    first = both[["face", "x1", "y1"]].set_axis(["face", "x", "y"], axis=1)
    last = both[["face", "x2", "y2"]].set_axis(["face", "x", "y"], axis=1)
    uses = pd.concat([first, last]).groupby(["face", "x", "y"]).size()
    assert (uses % 2 == 0).all()
    assert set(both["face"]) == set(provinces["admin1_code"])


def _area_of_faces(frame: gpd.GeoDataFrame) -> pd.Series[float]:
    lines = frame.geometry.to_numpy()
    by_face: dict[str, list[int]] = defaultdict(list)
    for number, sides in enumerate(zip(frame["left"], frame["right"], strict=True)):
        for face in sides:
            if pd.notna(face):
                by_face[face].append(number)
    return pd.Series(
        {
            face: shapely.area(shapely.build_area(shapely.MultiLineString(list(lines[numbers]))))
            for face, numbers in by_face.items()
        }
    ).sort_index()


def test_full_faces_are_the_provinces(arcs: Arcs, provinces: gpd.GeoDataFrame) -> None:
    found = _area_of_faces(arcs["full"])
    expected = pd.Series(shapely.area(provinces.geometry.to_numpy()), provinces["admin1_code"])
    assert np.allclose(found, expected.sort_index(), rtol=1e-9, atol=1e-12)


def test_low_faces_cover_the_world(arcs: Arcs, provinces: gpd.GeoDataFrame) -> None:
    found = _area_of_faces(arcs["low"])
    expected = pd.Series(shapely.area(provinces.geometry.to_numpy()), provinces["admin1_code"])
    assert (found > 0).all()
    assert found.sum() == pytest.approx(expected.sum(), rel=0.002)


def test_levels_keep_pairs_and_end_points(arcs: Arcs, borders: gpd.GeoDataFrame) -> None:
    full = _open_ends(arcs["full"])
    pairs = set(borders["border_pair"])
    for level in LEVELS:
        assert set(arcs[level]["border_pair"].dropna()) == pairs
        assert _open_ends(arcs[level]).equals(full)


def test_levels_get_lighter(arcs: Arcs) -> None:
    vertices = {level: shapely.get_num_coordinates(arcs[level].geometry).sum() for level in LEVELS}
    assert vertices["low"] < vertices["medium"] / 3
    assert vertices["medium"] < vertices["full"] / 2


def test_low_drops_only_small_islands(arcs: Arcs) -> None:
    full, low = (arcs[level][arcs[level].geometry.is_closed] for level in ("full", "low"))
    coast = full[full["kind"] == "coast"]
    area = shapely.area([shapely.Polygon(line) for line in coast.geometry])
    large = coast["left"][area > 2 * SMALL_ISLAND_DEG2].value_counts()
    kept = low.loc[low["kind"] == "coast", "left"].value_counts().reindex(large.index)
    assert (kept >= large).all()
    assert len(low) < len(full)


@each_level
def test_cuts_lie_on_the_edge_of_the_map(arcs: Arcs, level: str) -> None:
    cut = arcs[level][arcs[level]["kind"] == "cut"]
    bounds = cut.bounds
    side = (bounds["minx"] == bounds["maxx"]) & (bounds["minx"].abs() == 180)
    pole = (bounds["miny"] == bounds["maxy"]) & (bounds["miny"] == -90)
    assert (side | pole).all()
    assert set(cut["left"].str[:2]) == {"AT", "FJ", "RU"}
    coast = arcs[level][arcs[level]["kind"] == "coast"].geometry
    xy, owner = shapely.get_coordinates(coast.to_numpy(), return_index=True)
    along = (np.abs(xy[1:, 0]) == 180) & (np.abs(xy[:-1, 0]) == 180) & (owner[1:] == owner[:-1])
    assert not along.any()


@each_level
def test_gap_between_argentina_and_chile_is_a_border(arcs: Arcs, level: str) -> None:
    frame = arcs[level]
    gap = frame[(frame["kind"] == "border") & frame["right"].isna()]
    assert sorted(gap["left"]) == ["AR-Z", "CL-MA"]
    assert set(gap["border_pair"]) == {"ARG-CHL"}
    assert set(gap["status"]) == {"indefinite"}


def test_borders_hold_the_full_arcs(arcs: Arcs, borders: gpd.GeoDataFrame) -> None:
    full = arcs["full"]
    drawn = full[full["kind"] == "border"]
    by_status = drawn.groupby(["border_pair", "status"]).apply(
        lambda rows: float(shapely.length(rows.geometry.to_numpy()).sum())
    )
    lengths = pd.Series(
        shapely.length(borders.geometry.to_numpy()),
        index=pd.MultiIndex.from_frame(borders[["border_pair", "status"]]),
    )
    assert np.allclose(by_status.sort_index(), lengths.sort_index(), rtol=1e-9)
