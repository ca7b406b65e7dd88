"""What geocoding says about one place, as columns of the incident table."""

import math
from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.canonical_json import to_json
from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.coordinates.proposals import perhaps, proposed
from geo.geocoding.descriptions.described import DescribedPlace
from geo.geocoding.descriptions.doubts import doubtful_candidates, reach_of_doubts_m
from geo.geocoding.names.candidates import Candidate
from geo.geocoding.names.resolve import Resolution
from geo.geocoding.shapes.footprints import farthest_m
from geo.geocoding.uncertainty import (
    GIVEN_COORDINATES_M,
    coordinate_precision,
    incident_radius_m,
    place_precision,
)
from geo.geodesy import FARTHEST_M
from geo.grammar.coordinates import Coordinates, coordinate_fault
from geo.reference.regions import region_area

__all__ = ["COLUMNS_PLACED", "coordinate_answer", "described_answer", "resolution_answer"]

# About a kilometre: nobody means a region by the bends of its border.
_REGION_TOLERANCE_DEG = 0.01

#: Columns that geocoding writes, beside the geometry.
COLUMNS_PLACED = (
    "place",
    "place_id",
    "uncertainty_m",
    "precision",
    "method",
    "score",
    "reason",
    "candidates",
    "status",
    "country_a3",
)


def coordinate_answer(
    found: Coordinates, gazetteer: Gazetteer, *, stated: str = "The place text states coordinates"
) -> dict[str, Any]:
    """Columns for a text that states coordinates; `stated` begins the reason."""
    readings = proposed(found)
    told = (found.fault, found.note) if found.fault else (found.note,)
    said = "; ".join([stated, *filter(None, told)])
    answer = dict.fromkeys(COLUMNS_PLACED) | {
        "geometry": None,
        "precision": "none",
        "method": "coordinates",
        "reason": said + perhaps(readings, gazetteer),
        "candidates": to_json(readings) if readings else None,
        "status": "suspicious" if found.fault else "located",
    }
    if math.isnan(found.lon_deg) or coordinate_fault(found.lon_deg, found.lat_deg) is not None:
        return answer
    radius_m = max(GIVEN_COORDINATES_M, found.uncertainty_m)
    return answer | {
        "geometry": shapely.Point(found.lon_deg, found.lat_deg),
        "uncertainty_m": radius_m,
        "precision": coordinate_precision(radius_m),
    }


def resolution_answer(resolution: Resolution) -> dict[str, Any]:
    """Columns for a place that was looked up."""
    columns = dict.fromkeys(COLUMNS_PLACED) | {
        "geometry": None,
        "precision": "none",
        "method": resolution.method,
        "score": resolution.score,
        "reason": resolution.reason,
        "candidates": _listed(resolution.candidates),
        "status": resolution.status,
    }
    place = resolution.place
    if place is None:
        return columns
    return columns | {
        "geometry": shapely.Point(place.lon, place.lat),
        "place": place.name,
        "place_id": place.place_id,
        "footprint": _footprint(place),
        "uncertainty_m": resolution.radius_m or incident_radius_m(place),
        "precision": place_precision(place),
        "country_a3": place.country_a3,
    }


def _footprint(place: Place) -> BaseGeometry | None:
    """Area of a region, as fine as its name is."""
    area = region_area(place.place_id) if place.kind == "area" else None
    return None if area is None else shapely.simplify(area, _REGION_TOLERANCE_DEG)


def described_answer(found: DescribedPlace, relative: str) -> dict[str, Any]:
    """Columns for a place that a description leads to; `anchor` puts the point on what it names."""
    point, radius_m, reason = found.point, found.radius_m, found.reason
    if relative == "anchor" and found.anchor is not None and found.footprint is not None:
        point = shapely.Point(found.anchor.lon, found.anchor.lat)
        radius_m = farthest_m(point, found.footprint)
        reason += f"; the point is {found.anchor.name} itself, the footprint what is described"
    return dict.fromkeys(COLUMNS_PLACED) | {
        "geometry": point,
        "footprint": found.footprint,
        "place": found.name,
        # Coordinates that a description counts from have none.
        "place_id": (found.anchor.place_id or None) if found.anchor else None,
        "uncertainty_m": min(max(radius_m, reach_of_doubts_m(found, point)), FARTHEST_M),
        "precision": found.precision,
        "method": "region",
        "reason": reason,
        "candidates": _listed(doubtful_candidates(found)),
        "status": "suspicious" if found.doubts else "located",
        "country_a3": found.country_a3,
    }


def _listed(candidates: Sequence[Candidate]) -> str | None:
    return to_json([_candidate(one) for one in candidates]) if candidates else None


def _candidate(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "country_a3": place.country_a3,
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "name": place.name,
        "place_id": place.place_id,
        "weight": round(candidate.weight, 2),
    }
