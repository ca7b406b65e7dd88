"""Seas, lakes and rivers as places, for the gazetteer of Natural Earth."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

import gazetteer
import lakes
import rivers
import seas
from products import Build, say

PACKAGES = (*seas.PRODUCT.packages, *lakes.PRODUCT.packages, *rivers.PRODUCT.packages)
OWN_FILES = tuple(
    dict.fromkeys(
        [*seas.PRODUCT.own_files, *lakes.PRODUCT.own_files, *rivers.PRODUCT.own_files],
    )
)
NEEDS = (seas.PRODUCT.name, lakes.PRODUCT.name, rivers.PRODUCT.name)
_GEOD = pyproj.Geod(ellps="WGS84")
# Mouths of rivers: the name is that of the river.
_MOUTHS = frozenset(
    {"Amazon River", "Boca Grande", "Canal Perigoso", "Canal do Norte", "Canal do Sul",
     "Columbia River", "Saint Lawrence River", "Yangtze River"}
)  # fmt: skip
# Rivers that are meant by their bare names, though a town somewhere has each of them.
_BARE = frozenset(
    {"amazon", "brahmaputra", "danube", "dnieper", "elbe", "euphrates", "ganges", "indus",
     "irrawaddy", "mekong", "nile", "orinoco", "rhine", "rhone", "seine", "thames", "tiber",
     "tigris", "volga", "yangtze", "zambezi"}
)  # fmt: skip
# Hudson Bay and the Nile are better known than the towns and provinces of these names.
_FAMOUS_M = 200_000.0
_HALF_TURN_DEG = 180.0


def waters(
    run: Build, provinces: gpd.GeoDataFrame, *, first: int, taken: set[str]
) -> tuple[pd.DataFrame, set[tuple[str, int]]]:
    """Places and keys of seas, lakes and rivers; a key that is taken is left to who has it."""
    ours = gazetteer.curated_keys()
    rows, names, dropped = [], set(), []
    for water in _waters(run):
        number = first + len(rows)
        shape, is_line = water.geometry, water.kind == "river"
        keys = gazetteer.keys({water.name, *water.aliases.split("|")}, number)
        own = gazetteer.keys([water.name], number)
        point = _point_along(shape) if is_line else _point_inside(shape)
        radius_m = _radius_m(shape, point)
        known = {key for key, _ in own} & (taken if radius_m < _FAMOUS_M else set())
        if known or {key for key, _ in own} & ours:
            dropped.append(water.name)
            continue
        others = (taken - _BARE if is_line else taken) | ours
        names |= own | {(key, place) for key, place in keys if key not in others}
        inland = water.place_id.startswith(("ne:river-", "ne:lake-"))
        rows.append(
            (
                number,
                water.place_id,
                water.name,
                "line" if is_line else "water",
                None,
                round(point.x, 5),
                round(point.y, 5),
                radius_m,
                _only_country(shape, provinces) if inland else None,
                None,
                None,
                0,
            )
        )
    say(f"  {len(rows)} waters; left to curated places and towns: {', '.join(dropped)}")
    return pd.DataFrame(rows, columns=gazetteer.COLUMNS), names


def _waters(run: Build) -> Iterator[tuple]:
    for name in NEEDS:
        table = run.read(name)
        is_mouth = (table["kind"] == "estuary") & table["name"].isin(_MOUTHS)
        named = table[table["name"].notna() & ~is_mouth]
        yield from named.sort_values("place_id").itertuples(index=False)


def _point_inside(area: shapely.Geometry) -> shapely.Point:
    """Centroid of a water, or where that is land, the point farthest from its shores."""
    centroid = shapely.centroid(area)
    west, _, east, _ = area.bounds
    # What lies on both sides of 180 has its centroid anywhere.
    if east - west < _HALF_TURN_DEG and area.contains(centroid):
        return centroid
    parts = shapely.get_parts(area)
    largest = parts[np.argmax(shapely.area(parts))]
    tolerance = min(max(0.01, float(np.sqrt(largest.area)) / 20), largest.area**0.5 / 5)
    point = shapely.Point(shapely.maximum_inscribed_circle(largest, tolerance=tolerance).coords[0])
    return point if area.contains(point) else shapely.point_on_surface(largest)


def _point_along(line: shapely.Geometry) -> shapely.Point:
    """Middle of the longest part of a river."""
    parts = shapely.get_parts(line)
    longest = parts[np.argmax(shapely.length(parts))]
    return shapely.line_interpolate_point(longest, 0.5, normalized=True)


def _radius_m(shape: shapely.Geometry, point: shapely.Point) -> float:
    xy = shapely.get_coordinates(shape)
    here = np.full(len(xy), point.x), np.full(len(xy), point.y)
    return float(np.ceil(_GEOD.inv(*here, xy[:, 0], xy[:, 1])[2].max()))


def _only_country(shape: shapely.Geometry, provinces: gpd.GeoDataFrame) -> str | None:
    """Country of a river or lake that lies in one country as a whole."""
    row = provinces.sindex.query(shape, predicate="intersects")
    countries = set(provinces["country_a3"].iloc[row])
    return countries.pop() if len(countries) == 1 else None
