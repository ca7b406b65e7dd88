"""The compact files of the atoms: two plain tables and one array of vertices.

A table of arcs points into the vertices, so that every line is stored once. `left` lies on the left
hand when one walks along the vertices of an arc; a line beside nothing has its atom on the left.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

import atoms_noding as noding
from products import Build, check
from topology import GRID, NONE, Ints, Polygons

ATOMS = "atoms.parquet"
ARCS = "atom_arcs.parquet"
VERTICES = "atom_vertices.npy"

_SEMI_MAJOR_M = 6378137.0
_ECCENTRICITY = 0.0818191908426215


def write(run: Build, atoms: gpd.GeoDataFrame, arcs: gpd.GeoDataFrame) -> None:
    """Write the three files from frames with geometry."""
    sides, vertices, start, count = oriented(atoms.geometry.to_numpy(), arcs)
    table = pd.DataFrame(arcs.drop(columns="geometry"))
    table["left"], table["right"] = sides.T.astype(np.int32)
    table["start"], table["count"] = start.astype(np.int32), count.astype(np.int32)
    write_array(run.path(VERTICES), vertices)
    run.write(table, ARCS)
    run.write(_attributes(atoms), ATOMS)


def lines(run: Build, kind: str) -> Polygons:
    """Read the arcs of one kind back as lines in degrees."""
    arcs = pd.read_parquet(run.path(ARCS))
    degrees = np.load(run.path(VERTICES)) / GRID
    owner = np.repeat(np.arange(len(arcs)), arcs["count"])
    chosen = np.flatnonzero(arcs["kind"] == kind)
    inside = np.isin(owner, chosen)
    found: Polygons = shapely.linestrings(
        degrees[inside], indices=np.searchsorted(chosen, owner[inside])
    )
    return found


def write_array(path: Path, values: NDArray[np.generic]) -> None:
    """Write an array that others may have mapped: a new file takes the place of the old one."""
    fresh = path.with_suffix(".part")
    with fresh.open("wb") as stream:
        np.save(stream, np.ascontiguousarray(values))
    fresh.replace(path)


def oriented(
    polygons: Polygons, arcs: gpd.GeoDataFrame
) -> tuple[Ints, NDArray[np.int32], Ints, Ints]:
    """Atoms on the left and right hand of each arc, the vertices, and where each arc lies."""
    degrees, line = shapely.get_coordinates(arcs.geometry.to_numpy(), return_index=True)
    grid = np.round(degrees * GRID).astype(np.int64)
    count = np.bincount(line, minlength=len(arcs))
    start = np.cumsum(count) - count
    sides = np.column_stack((arcs["left"], arcs["right"].fillna(NONE))).astype(np.int64)
    on_left = _on_left(polygons, grid[start], grid[start + 1])
    check(
        ((on_left == NONE) | (sides == on_left[:, None]).any(axis=1)).all(),
        "atom arcs: a line beside another atom than its own",
    )
    swapped = on_left != sides[:, 0]
    lonely = swapped & (sides[:, 1] == NONE)
    for first, length in zip(start[lonely].tolist(), count[lonely].tolist(), strict=True):
        grid[first : first + length] = grid[first : first + length][::-1].copy()
    turned = swapped & ~lonely
    sides[turned] = sides[turned][:, ::-1]
    return sides, grid.astype(np.int32), start, count


def _on_left(polygons: Polygons, one: Ints, other: Ints) -> Ints:
    """Polygon on the left of each directed edge, NONE where there is none."""
    parts, owner = shapely.get_parts(shapely.orient_polygons(polygons), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    degrees, ring = shapely.get_coordinates(rings, return_index=True)
    key = noding.vertex_keys(np.round(degrees * GRID).astype(np.int64))
    here, there = noding.vertex_keys(one), noding.vertex_keys(other)
    near = np.flatnonzero((ring[1:] == ring[:-1]) & np.isin(key[:-1], here))
    found = zip(key[near].tolist(), key[near + 1].tolist(), strict=True)
    holder = dict(zip(found, owner[part[ring[near]]].tolist(), strict=True))
    return np.array(
        [holder.get(edge, NONE) for edge in zip(here.tolist(), there.tolist(), strict=True)]
    )


def _attributes(atoms: gpd.GeoDataFrame) -> pd.DataFrame:
    """Attributes of the atoms with a point inside and the area of each."""
    polygons = atoms.geometry.to_numpy()
    table = pd.DataFrame(atoms.drop(columns="geometry"))
    inside = np.round(shapely.get_coordinates(shapely.point_on_surface(polygons)), 7)
    check(shapely.contains_xy(polygons, inside).all(), "atoms: a point outside of its atom")
    table["lon"], table["lat"] = inside.T
    table["area_km2"] = np.round(area_km2(polygons), 4)
    return table


def area_km2(polygons: Polygons) -> NDArray[np.float64]:
    """Areas on the ellipsoid, with edges straight in longitude and latitude."""
    parts, owner = shapely.get_parts(shapely.orient_polygons(polygons), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    lon, lat = np.radians(xy).T
    middle = (lat[1:] + lat[:-1]) / 2
    below = (_below(lat[1:]) + 4 * _below(middle) + _below(lat[:-1])) / 6
    strip = np.where(ring[1:] == ring[:-1], (lon[:-1] - lon[1:]) * below, 0)
    sums: NDArray[np.float64] = np.bincount(
        owner[part[ring[:-1]]], weights=strip, minlength=len(polygons)
    )
    return sums / 1e6


def _below(lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area between the equator and a latitude, in m2 for each radian of longitude."""
    sine = np.sin(lat)
    bent = sine / (1 - (_ECCENTRICITY * sine) ** 2)
    straight = np.arctanh(_ECCENTRICITY * sine) / _ECCENTRICITY
    area: NDArray[np.float64] = _SEMI_MAJOR_M**2 / 2 * (1 - _ECCENTRICITY**2) * (bent + straight)
    return area
