"""Geometries of GeoJSON features, and what is to be said of those that are not sound."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

__all__ = ["FeatureShapes", "read_shapes"]

# A MultiPolygon holds polygons of rings of positions.
_DEEPEST = 3
_LONGEST_SHOWN = 60


@dataclass
class FeatureShapes:
    """Geometries of features.

    Parameters
    ----------
    shapes
        Geometry of each feature; None where it has none, or a broken one.
    broken
        What is wrong with those that are broken, by number from 0.
    notes
        What was left out of others, by number from 0.
    """

    shapes: list[shapely.Geometry | None]
    broken: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)


def read_shapes(features: Sequence[dict[str, Any]]) -> FeatureShapes:
    """Geometries of features; a height that is no number does not cost a feature its place.

    Examples
    --------
    >>> read = read_shapes([{"geometry": {"type": "Point", "coordinates": [5, 6, None]}}])
    >>> read.shapes, read.notes
    ([<POINT (5 6)>], {0: 'of the position [5, 6, null], the first 2 numbers are read'})
    """
    stated = [feature.get("geometry") for feature in features]
    texts = [None if geometry is None else json.dumps(geometry) for geometry in stated]
    try:
        return FeatureShapes(list(shapely.from_geojson(np.array(texts, dtype=object))))
    except (shapely.GEOSException, TypeError):
        found = FeatureShapes([None] * len(texts))
        for number, geometry in enumerate(stated):
            _read_one(found, number, geometry)
        return found


def _read_one(found: FeatureShapes, number: int, geometry: object) -> None:
    cut: list[str] = []
    if isinstance(geometry, dict) and "coordinates" in geometry:
        geometry = geometry | {"coordinates": _sound(geometry["coordinates"], cut, _DEEPEST)}
    try:
        text = None if geometry is None else json.dumps(geometry)
        found.shapes[number] = shapely.from_geojson(text)
    except shapely.GEOSException as error:
        said = str(error).partition(":")[2].strip() or str(error)
        if "json.exception" in said:
            said = "not the type and the coordinates that GeoJSON has"
        found.broken[number] = f"feature {number + 1} has a broken geometry ({said})"
    else:
        if cut:
            found.notes[number] = cut[0]


def _sound(coordinates: object, cut: list[str], deepest: int) -> object:
    """Coordinates of which each position has no more than its two or three first numbers."""
    if not isinstance(coordinates, list):
        return coordinates
    if len(coordinates) > 2 and all(map(_is_number, coordinates[:2])):
        kept = 3 if _is_number(coordinates[2]) else 2
        if kept < len(coordinates):
            shown = json.dumps(coordinates[:9])[:_LONGEST_SHOWN]
            cut.append(f"of the position {shown}, the first {kept} numbers are read")
        return coordinates[:kept]
    return [_sound(one, cut, deepest - 1) for one in coordinates] if deepest else coordinates


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
