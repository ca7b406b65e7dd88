"""Parts of places: "northern X", "central X", "the south of X"."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.places import Place
from geo.geocoding.descriptions.described import DescribedPlace, changed, region_of
from geo.geocoding.descriptions.lookup import Lookup
from geo.geocoding.shapes.footprints import best_point, farthest_m, part_of
from geo.geocoding.shapes.outlines import together
from geo.grammar.location_tree import Named, Part
from geo.grammar.place_forms import without_unit_words
from geo.reference.land import land_of_country, land_of_province
from geo.reference.regions import region_area

__all__ = ["extent", "main_body", "place_part"]

# Islands this close to the mainland, or to one another, belong to it.
_HALF_GAP_DEG = 1.35
# Land elsewhere counts too where it is as large as this share of all, and not oceans away.
_LARGE_SHARE, _FAR_DEG = 0.3, 13.5
# Of a larger town people name the parts, of a smaller one those of its province.
_CITY = 1_000_000
_KEPT = 128
# What is less than a thousandth of the land is not worth a word.
_ALL_SHARE = 0.999
_UNITS = frozenset({"country", "admin1", "area"})
_KIND_WORDS = {"admin1": "province", "settlement": "town", "country": "country"}


@dataclass(frozen=True)
class _LandPart:
    """Part of some land, its best point and radius, and whether all the land was looked at."""

    area: BaseGeometry
    point: shapely.Point
    radius_m: float
    is_all: bool


def place_part(said: Part, lookup: Lookup) -> DescribedPlace | str:
    """A part of a place, or the reason why there is none."""
    titled = _titled(said.title, lookup) if said.title else None
    if titled is not None:
        return titled
    core = _whole(said, lookup)
    if isinstance(core, str) or core.anchor is None:
        return core
    azimuth = said.bearing.azimuth_deg if said.bearing else None
    named = "the part of it that is named" if said.bearing else "its middle"
    precision = "settlement" if core.precision in {"settlement", "site"} else "vicinity"
    found = _part_of_land(core.anchor, azimuth, is_central=said.is_central)
    if found is None:
        area = _part(region_of(core), azimuth, is_central=said.is_central)
        return changed(core, area, precision, named)
    named += "" if found.is_all else ", without its distant parts"
    point, radius_m = found.point, found.radius_m
    return changed(core, found.area, precision, named, point=point, radius_m=radius_m)


def extent(place: Place) -> BaseGeometry | None:
    """Land of a country, province or region, water of a sea; None for other places."""
    if place.kind == "water":
        return _sea(place.name)
    if place.kind == "country" and place.country_a3:
        return land_of_country(place.country_a3)
    if place.kind == "admin1" and place.admin1_code:
        return land_of_province(place.admin1_code)
    return region_area(place.place_id) if place.kind == "area" else None


@lru_cache(maxsize=_KEPT)
def _sea(name: str) -> BaseGeometry | None:
    # Few texts name seas, and their file takes longer to read than other answers take.
    from geo.reference.waters import seas  # noqa: PLC0415

    known = seas()
    found = known.geometry.to_numpy()[(known["name"] == name).to_numpy()]
    return shapely.make_valid(found[0]) if len(found) else None


def main_body(area: BaseGeometry, point: shapely.Point) -> BaseGeometry:
    """Land round a point with the islands off it, without parts that lie far away.

    Parameters
    ----------
    area
        Land of a country or province, EPSG:4326.
    point
        Place that stands for it.
    """
    parts = shapely.get_parts(together(area))
    if len(parts) == 1:
        return area
    middle = _nearest(parts, point)
    wide = max(np.cos(np.radians(point.y)), 0.1)
    west, south, east, north = shapely.bounds(parts).T
    gap = _HALF_GAP_DEG
    boxes = shapely.box(west * wide - gap, south - gap, east * wide + gap, north + gap)
    clusters = shapely.get_parts(shapely.union_all(boxes))
    corners = shapely.points(west * wide, south)
    cluster = np.array([int(np.argmax(shapely.covers(clusters, corner))) for corner in corners])
    size = np.bincount(cluster, shapely.area(parts), minlength=len(clusters))
    main = cluster[middle]
    is_near = shapely.distance(clusters, clusters[main]) < _FAR_DEG - 2 * gap
    kept = is_near & (size >= _LARGE_SHARE * size.sum())
    kept[main] = True
    return area if kept.all() else shapely.MultiPolygon(list(parts[kept[cluster]]))


def _nearest(parts: npt.NDArray[np.object_], point: shapely.Point) -> int:
    turns = [shapely.Point(point.x + turn, point.y) for turn in (-360.0, 0.0, 360.0)]
    return int(np.argmin(np.min([shapely.distance(parts, at) for at in turns], axis=0)))


def _titled(said: Named, lookup: Lookup) -> DescribedPlace | None:
    """Province, country or region of which the words of a part are the main name."""
    found = lookup.named(said)
    if isinstance(found, str) or found.anchor is None or found.anchor.kind not in _UNITS:
        return None
    is_main = without_unit_words(found.name) == without_unit_words(said.names[0])
    return found if is_main else None


def _whole(said: Part, lookup: Lookup) -> DescribedPlace | str:
    """The place of which a part is named: rather a province than a town of its name."""
    core = lookup.named(said.place)
    if said.bearing is None:
        return core
    if isinstance(core, str):
        return lookup.country(said.place) or lookup.province(said.place) or core
    if core.anchor is None or core.anchor.kind not in {"settlement", "country"}:
        return core
    province = lookup.province(said.place)
    if province is None:
        return core
    chosen, other = province, core
    if core.anchor.kind == "country" or core.anchor.population >= _CITY:
        chosen, other = core, province
    words = f"{chosen.reason}; not the {_KIND_WORDS[other.precision]} {other.name}"
    return replace(chosen, reason=words)


def _part(area: BaseGeometry, azimuth: float | None, *, is_central: bool) -> BaseGeometry:
    return part_of(part_of(area, None) if is_central else area, azimuth)


@lru_cache(maxsize=_KEPT)
def _part_of_land(place: Place, azimuth: float | None, *, is_central: bool) -> _LandPart | None:
    """Part of a country, province or region; None for other places."""
    land = extent(place)
    if land is None:
        return None
    body = main_body(land, shapely.Point(place.lon, place.lat))
    is_all = bool(body.area > _ALL_SHARE * land.area)
    area = _part(body, azimuth, is_central=is_central)
    point = best_point(area)
    return _LandPart(area, point, farthest_m(point, area), is_all)
