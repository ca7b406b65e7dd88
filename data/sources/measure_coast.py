"""Measures how far the coast of the atoms lies from OpenStreetMap's, at a sample of its vertices.

`python data/sources/measure_coast.py LANDS`, where LANDS is the file of npm's
`@geo-maps/earth-lands-10m` 0.6.0 (ODbL-1.0, sha256
d771570da14543203f7fc3697593f6b4ae710057ac12a9108ddc368a27bfe172). No product is made from it.
"""

import sys
import tarfile
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

import atoms_files
from products import Build, say
from topology import Polygons

_SAMPLES = 6000
_SEED = 1
_EARTH_M = 6371008.8
# OpenStreetMap's coast as points this close together; farther ones than the reach do not count.
_STEP_DEG = 0.0008
_REACH_CELLS = 3
_CELLS_PER_DEG = 10
_ANTARCTIC_DEG = -60.0


def main(package: Path) -> None:
    """Print the percentiles."""
    sample = _sample()
    shore = _points_near(sample, _lands(package))
    metres, _ = cKDTree(_space(shore)).query(_space(sample))
    for share in (50, 75, 90, 95):
        say(f"{share} % of {len(sample)} vertices within {np.percentile(metres, share):.0f} m")


def _sample() -> NDArray[np.float64]:
    xy = shapely.get_coordinates(atoms_files.lines(Build(), "coast"))
    xy = xy[xy[:, 1] > _ANTARCTIC_DEG]
    chosen: NDArray[np.float64] = xy[
        np.random.default_rng(_SEED).choice(len(xy), _SAMPLES, replace=False)
    ]
    return chosen


def _lands(package: Path) -> Polygons:
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/map.geo.json")
        if member is None:
            raise ValueError(f"{package}: package/map.geo.json is no file")
        return shapely.get_parts(shapely.get_parts(shapely.from_geojson(member.read())))


def _points_near(sample: NDArray[np.float64], lands: Polygons) -> NDArray[np.float64]:
    rows, columns = _cells(sample)
    near = np.zeros((180 * _CELLS_PER_DEG + 1, 360 * _CELLS_PER_DEG), dtype=bool)
    for up in range(-_REACH_CELLS, _REACH_CELLS + 1):
        for right in range(-_REACH_CELLS, _REACH_CELLS + 1):
            near[np.clip(rows + up, 0, len(near) - 1), (columns + right) % near.shape[1]] = True
    xy, ring = shapely.get_coordinates(shapely.boundary(lands), return_index=True)
    kept = (ring[1:] == ring[:-1]) & (xy[1:] != xy[:-1]).any(axis=1) & near[_cells(xy[:-1])]
    edges = np.stack((xy[:-1][kept], xy[1:][kept]), axis=1)
    found: NDArray[np.float64] = shapely.get_coordinates(
        shapely.segmentize(shapely.linestrings(edges), _STEP_DEG)
    )
    return found


def _cells(xy: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    cell = np.floor((xy + np.array([180, 90])) * _CELLS_PER_DEG).astype(np.int64)
    return cell[:, 1], cell[:, 0] % (360 * _CELLS_PER_DEG)


def _space(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = np.radians(xy).T
    flat = np.cos(lat)
    return _EARTH_M * np.column_stack((flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
