"""What geocoding says about one place, as columns of the incident table."""

from typing import Any

import shapely

from geo.geocoding.candidates import Candidate
from geo.geocoding.resolve import Resolution
from geo.geocoding.uncertainty import (
    GIVEN_COORDINATES_M,
    coordinate_precision,
    place_precision,
    place_radius_m,
)
from geo.grammar.coordinates import coordinate_fault, pair_radius_m
from geo.schema import to_json

__all__ = ["COLUMNS_PLACED", "coordinate_answer", "resolution_answer"]

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


def coordinate_answer(text: str, coordinates: tuple[float, float]) -> dict[str, Any]:
    """Columns for a place text that states coordinates (longitude, latitude)."""
    lon, lat = coordinates
    answer = dict.fromkeys(COLUMNS_PLACED) | {"geometry": None, "method": "coordinates"}
    fault = coordinate_fault(lon, lat)
    if fault is not None:
        reason = f"The place text states coordinates; {fault}"
        return answer | {"precision": "none", "reason": reason, "status": "unlocated"}
    radius_m = max(GIVEN_COORDINATES_M, pair_radius_m(text))
    return answer | {
        "geometry": shapely.Point(lon, lat),
        "uncertainty_m": radius_m,
        "precision": coordinate_precision(radius_m),
        "reason": "The place text states coordinates",
        "status": "located",
    }


def resolution_answer(resolution: Resolution) -> dict[str, Any]:
    """Columns for a place that was looked up."""
    candidates = [_candidate(candidate) for candidate in resolution.candidates]
    columns = dict.fromkeys(COLUMNS_PLACED) | {
        "geometry": None,
        "precision": "none",
        "method": resolution.method,
        "score": resolution.score,
        "reason": resolution.reason,
        "candidates": to_json(candidates) if candidates else None,
        "status": resolution.status,
    }
    place = resolution.place
    if place is None:
        return columns
    return columns | {
        "geometry": shapely.Point(place.lon, place.lat),
        "place": place.name,
        "place_id": place.place_id,
        "uncertainty_m": place_radius_m(place),
        "precision": place_precision(place),
        "country_a3": place.country_a3,
    }


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
