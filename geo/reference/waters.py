"""Seas, lakes and rivers with names, and the sea of a point."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo import shipped
from geo.geodesy import Floats
from geo.spatial.areas import NOWHERE, AreaIndex
from geo.spatial.lines import LineIndex

__all__ = ["SEA_REACH_M", "lake_name", "lakes", "rivers", "sea_name", "seas"]

#: How far a point may lie from the drawn waters of a sea and still take its name, in metres.
SEA_REACH_M = 100_000.0

# Up to so many points, building an index takes longer than doing without.
_FEW = 2_000
# Where several seas share their shore, rounding must not choose between them.
_TIE_M = 0.001
_AT_ONE_SHORE = 4
# Oceans end at edges that span the globe; in short stretches they are soon ruled out.
_STRETCH_DEG = 0.1


def seas() -> gpd.GeoDataFrame:
    """Oceans, seas, gulfs, bays and straits of the world, the smallest first.

    Areas overlap where one is part of another: the Strait of Hormuz lies in the Persian Gulf.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `place_id`, `name`, `kind` (ocean, sea, gulf, bay, strait, sound, fjord, lagoon,
        estuary, reef), `aliases` (other names, also of other scripts, joined with "|"),
        `area_km2`, `source`.

    Raises
    ------
    ShippedDataError
        The file is missing.

    Notes
    -----
    Source: Natural Earth 10m marine areas; some straits are outlines of our own. The shores are
    coarse: up to some kilometres off the coast of `geo.coast`, and more in fjords.

    Examples
    --------
    >>> seas().set_index("name").loc["Red Sea", "kind"]
    'sea'
    """
    return _read(shipped.path("seas.parquet")).copy()


def lakes() -> gpd.GeoDataFrame:
    """Lakes and reservoirs of the world, the largest first; the well known ones have a name.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `place_id`, `name` (both null for most small lakes), `kind` (lake, reservoir,
        salt_lake, bay), `aliases`, `area_km2`, `source`.

    Raises
    ------
    ShippedDataError
        The file is missing.

    Notes
    -----
    Source: Natural Earth 10m lakes, simplified at 0.002 degrees (about 200 m). The Caspian Sea is
    among the seas.

    Examples
    --------
    >>> lakes()["name"].head(2).tolist()
    ['Lake Superior', 'Lake Victoria']
    """
    return _read(shipped.path("lakes.parquet")).copy()


def rivers() -> gpd.GeoDataFrame:
    """Large rivers of the world as lines, from the sources to the mouth, through lakes.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `place_id`, `name`, `kind` (river), `aliases`, `length_km` (as drawn), `source`.

    Raises
    ------
    ShippedDataError
        The file is missing.

    Notes
    -----
    Source: Natural Earth 10m rivers, simplified at 0.002 degrees (about 200 m).

    Examples
    --------
    >>> bool((rivers()["name"] == "Euphrates River").any())
    True
    """
    return _read(shipped.path("rivers.parquet")).copy()


def sea_name(lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.object_]:
    """Name of the sea in which each point lies; the smallest sea that holds it wins.

    A strait comes before the gulf, a gulf before the ocean. Between the coarse shores of the seas
    and the coast, the nearest sea within `SEA_REACH_M` counts, of equally near ones (1 mm) the
    smallest. So a point on land near the coast
    gets a name too: ask for points at sea only.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,).

    Returns
    -------
    numpy.ndarray
        Names as text; None where no sea is near.

    Raises
    ------
    ShippedDataError
        The file of the seas is missing.

    Examples
    --------
    >>> sea_name(np.array([56.5, 52.0, 60.0]), np.array([26.55, 27.0, 15.0])).tolist()
    ['Strait of Hormuz', 'Persian Gulf', 'Arabian Sea']
    """
    path = shipped.path("seas.parquet")
    sea = _first_holding(_seas(path), lon_deg, lat_deg)
    outside = np.flatnonzero(sea == NOWHERE)
    sea[outside] = _nearest_sea(path, lon_deg[outside], lat_deg[outside])
    return _names(path, sea)


def lake_name(lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.object_]:
    """Name of the lake in which each point lies; the smallest one wins.

    A lake belongs to the countries round it, so that a point on it has a country and a province
    and its surface is land. This tells that it is water.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,).

    Returns
    -------
    numpy.ndarray
        Names as text; "" on a lake without name, None where there is no lake.

    Raises
    ------
    ShippedDataError
        The file of the lakes is missing.

    Examples
    --------
    >>> lake_name(np.array([33.0, 36.0]), np.array([-1.0, 32.0])).tolist()
    ['Lake Victoria', None]
    """
    path = shipped.path("lakes.parquet")
    found = _first_holding(_lakes(path), lon_deg, lat_deg)
    last = len(_read(path)) - 1
    return _names(path, np.where(found == NOWHERE, NOWHERE, last - found))


def _names(path: Path, row: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    # NOWHERE is the last position.
    names = np.array([*_read(path)["name"].fillna(""), None], dtype=object)
    return names[row]


@cache
def _read(path: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(path)


@dataclass(frozen=True, eq=False)
class _Waters:
    """Areas in the order in which they answer, with two ways to look points up.

    `index` is fast, but takes a second to build; `tree` is there at once.
    """

    areas: npt.NDArray[np.object_]
    index: AreaIndex
    tree: shapely.STRtree


def _first_holding(waters: _Waters, lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.int64]:
    """Position of the first area that holds each point; NOWHERE where none does."""
    if len(lon_deg) > _FEW:
        return waters.index.containing(lon_deg, lat_deg)
    points: npt.NDArray[np.object_] = np.asarray(shapely.points(lon_deg, lat_deg), dtype=object)
    point, area = waters.tree.query(points, predicate="intersects")
    first = np.full(len(points), len(waters.areas), dtype=np.int64)
    np.minimum.at(first, point, area)
    first[first == len(waters.areas)] = NOWHERE
    # On a line, the index says which side counts.
    on_line = ~shapely.contains_properly(waters.areas[area], points[point])
    unclear = np.unique(point[on_line])
    if len(unclear):
        first[unclear] = waters.index.containing(lon_deg[unclear], lat_deg[unclear])
    return first


def _nearest_sea(path: Path, lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.int64]:
    # Where there is no line, its number is NOWHERE.
    sea = _shores(path).nearest(lon_deg, lat_deg, within_m=SEA_REACH_M).line
    near = np.flatnonzero(sea != NOWHERE)
    if len(near):
        shores = _shores(path).nearest_lines(lon_deg[near], lat_deg[near], count=_AT_ONE_SHORE)
        tied = shores.distance_m <= shores.distance_m[:, :1] + _TIE_M
        sea[near] = np.where(tied, shores.line, np.iinfo(np.int64).max).min(axis=1)
    return sea


@cache
def _seas(path: Path) -> _Waters:
    areas = np.asarray(_read(path).geometry)
    return _Waters(areas, AreaIndex(areas), shapely.STRtree(areas))


@cache
def _lakes(path: Path) -> _Waters:
    """Lakes from the smallest on: Georgian Bay lies inside Lake Huron."""
    areas = np.asarray(_read(path).geometry)[::-1]
    return _Waters(areas, AreaIndex(areas), shapely.STRtree(areas))


@cache
def _shores(path: Path) -> LineIndex:
    shores = shapely.boundary(np.asarray(_read(path).geometry))
    return LineIndex(shapely.segmentize(shores, _STRETCH_DEG))
