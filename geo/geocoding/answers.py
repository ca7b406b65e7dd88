"""What geocoding says about one place, as columns of the incident table."""

from typing import Any

import shapely

from geo.geocoding.candidates import Candidate
from geo.geocoding.resolve import Resolution
from geo.geocoding.uncertainty import GIVEN_COORDINATES_M, place_precision, place_radius_m
from geo.grammar.coordinates import coordinate_radius_m
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
)


def coordinate_answer(text: str, coordinates: tuple[float, float]) -> dict[str, Any]:
    """Columns for a place text that states coordinates (longitude, latitude)."""
    lon, lat = coordinates
    return dict.fromkeys(COLUMNS_PLACED) | {
        "geometry": shapely.Point(lon, lat),
        "uncertainty_m": max(GIVEN_COORDINATES_M, coordinate_radius_m(*text.split())),
        "precision": "exact",
        "method": "coordinates",
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
