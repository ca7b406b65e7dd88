"""Names on the map: every country, the large seas, and the towns near the incidents."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import shapely

from geo import shipped
from layers.extent import extent
from layers.payload import Block, delta, dictionary, pack, plain, texts

__all__ = ["label_block"]

_CAPITAL = "PPLC"
_KIND_OF_FEATURE = {_CAPITAL: "capital", "PPLA": "seat"}
#: A place this near to a more important one goes without a name.
_APART_M = 15_000.0
_MAX_TOWNS = 400
#: Read before the near ones are dropped: round a big city most are suburbs.
_MAX_CANDIDATES = 4_000
_PADDING_SHARE, _PADDING_DEG = 0.25, 1.5
#: Smaller bays would be named where towns are.
_LEAST_SEA_KM2 = 80_000
_SEA_TOLERANCE_DEG = 0.1
#: A sphere is good enough to keep names apart.
_EARTH_RADIUS_M = 6_371_009.0

_CANDIDATES = """
SELECT lon, lat, name, country_a3, feature_code FROM place
WHERE kind = 'settlement' AND (
  feature_code = 'PPLC'
  OR (lat BETWEEN :south AND :north AND (
    lon BETWEEN :west AND :east
    OR lon + 360 BETWEEN :west AND :east
    OR lon - 360 BETWEEN :west AND :east
  ))
)
ORDER BY feature_code IS NOT 'PPLC', feature_code IS NOT 'PPLA', population DESC, place_id
LIMIT :limit
"""


@dataclass(frozen=True)
class _Label:
    lon: float
    lat: float
    text: str
    kind: str
    rank: int
    country_a3: str | None


def label_block(points: npt.NDArray[np.float64]) -> Block:
    """Labels for a map of these points, in order of rank within each kind.

    All countries, large seas and capitals of the world, and up to 400 towns round about the points:
    seats of a province first, then by population. A place within 15 km of a higher one is left out.
    The rank of a sea is the radius of the circle that fits into it, in 0.01 degree.

    Parameters
    ----------
    points
        Longitude and latitude in degrees, EPSG:4326, shape (n, 2).
    """
    labels = [*_countries(), *_seas(shipped.path("seas.parquet")), *_towns(_bounds(points))]
    return pack(
        {
            "lon": delta([round(label.lon * 1e5) for label in labels]),
            "lat": delta([round(label.lat * 1e5) for label in labels]),
            "text": texts(label.text for label in labels),
            "kind": dictionary(label.kind for label in labels),
            "rank": plain([label.rank for label in labels], "i32"),
            "country_a3": dictionary(label.country_a3 for label in labels),
        },
        {},
    )


def _countries() -> list[_Label]:
    columns = ["label_lon", "label_lat", "country", "label_rank", "country_a3"]
    rows = pq.read_table(shipped.path("countries.parquet"), columns=columns).to_pylist()
    rows.sort(key=lambda row: (row["label_rank"], row["country_a3"]))
    return [
        _Label(
            row["label_lon"],
            row["label_lat"],
            row["country"],
            "country",
            row["label_rank"],
            row["country_a3"],
        )
        for row in rows
    ]


@cache
def _seas(path: Path) -> tuple[_Label, ...]:
    """Large seas at the middle of the widest circle of water, the largest first."""
    large = [("area_km2", ">=", _LEAST_SEA_KM2)]
    table = pq.read_table(path, columns=["name", "geometry"], filters=large)
    shapes = shapely.from_wkb(table["geometry"].to_numpy())
    # Nobody sees a degree's tenth on a map that shows a whole sea.
    simple = shapely.make_valid(shapely.simplify(shapes, _SEA_TOLERANCE_DEG))
    radii = shapely.maximum_inscribed_circle(simple, tolerance=_SEA_TOLERANCE_DEG)
    middle, edge = shapely.get_coordinates(radii).reshape(-1, 2, 2).swapaxes(0, 1)
    reach = np.hypot(*(edge - middle).T)
    names = table["name"].to_pylist()
    labels = [
        _Label(lon, lat, name, "sea", round(degrees * 100), None)
        for (lon, lat), name, degrees in zip(middle.tolist(), names, reach.tolist(), strict=True)
    ]
    return tuple(sorted(labels, key=lambda label: -label.rank))


def _bounds(points: npt.NDArray[np.float64]) -> dict[str, float]:
    """Padded bounds of the points in degrees; without points, no ground at all."""
    bounds = extent(points)
    if bounds is None:
        return {"west": 1.0, "south": 1.0, "east": 0.0, "north": 0.0}
    west, south, east, north = bounds
    wide, tall = (max(size * _PADDING_SHARE, _PADDING_DEG) for size in (east - west, north - south))
    return {"west": west - wide, "south": south - tall, "east": east + wide, "north": north + tall}


def _towns(bounds: dict[str, float]) -> list[_Label]:
    rows = _candidates(bounds)
    kept = [rows[position] for position in _apart(np.array([row[:2] for row in rows]))]
    capitals = sum(feature == _CAPITAL for *_, feature in kept)
    return [
        _Label(lon, lat, name, _KIND_OF_FEATURE.get(feature, "city"), rank, country)
        for rank, (lon, lat, name, country, feature) in enumerate(
            kept[: capitals + _MAX_TOWNS], start=1
        )
    ]


def _candidates(bounds: dict[str, float]) -> list[tuple[float, float, str, str | None, str]]:
    address = f"{shipped.path('geonames.sqlite').resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        return database.execute(_CANDIDATES, {**bounds, "limit": _MAX_CANDIDATES}).fetchall()


def _apart(degrees: npt.NDArray[np.float64]) -> list[int]:
    """Positions of the places that are not within 15 km of an earlier one that is kept."""
    lon, lat = np.radians(degrees.reshape(-1, 2)).T
    unit = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    too_near = np.cos(_APART_M / _EARTH_RADIUS_M)
    kept: list[int] = []
    taken = np.empty_like(unit)
    for position, here in enumerate(unit):
        if not kept or (taken[: len(kept)] @ here).max() < too_near:
            taken[len(kept)] = here
            kept.append(position)
    return kept
