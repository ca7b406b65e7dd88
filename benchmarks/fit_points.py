"""Measure what the radius needs and no corpus tells: errors of points, and where people live.

The gold points of corpora are often copied from GeoNames, and show no error. The centres of places
of the US Census Bureau (`data/sources/extracts/us_census_places.parquet`) are not: compared are
those whose name GeoNames knows once in the state. Gold points of regions are mostly where a map
would write their name, while incidents happen where people live.
"""

import math
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from geo.gazetteer.places import Place, shipped_gazetteer
from geo.geocoding.uncertainty import place_radius_m
from geo.geodesy import geod
from geo.grammar.names import normalise_name
from geo.reference.regions import region_area, regions

_CENSUS = Path(__file__).parents[1] / "data/sources/extracts/us_census_places.parquet"
# Farther away, it is another place of that name.
_SAME_M = 25_000.0
_ROUNDED_M = 100
_LEAST_TOWNS = 10


def settlement_error_m(level: float) -> tuple[float, int]:
    """Error by which the radius of a settlement holds so many of the points; number of places."""
    known: dict[tuple[str, str | None], list[Place]] = defaultdict(list)
    for state in pd.unique(_census()["state"]):
        area = shipped_gazetteer().get(f"ne:US-{state}")
        for place in shipped_gazetteer().settlements_of(area) if area else ():
            if place.place_id.startswith("geonames:"):
                known[normalise_name(place.name), state].append(place)
    errors = []
    for row in _census().itertuples():
        places = known.get((normalise_name(row.name), row.state), [])
        if len(places) == 1:
            away_m = geod().inv(row.lon, row.lat, places[0].lon, places[0].lat)[2]
            if away_m < _SAME_M:
                errors.append(math.sqrt(max(0.0, away_m**2 - place_radius_m(places[0]) ** 2)))
    error_m = math.ceil(np.quantile(errors, level) / _ROUNDED_M) * _ROUNDED_M
    return float(error_m), len(errors)


def region_share(level: float) -> float:
    """Share of the radius of a region that holds so many of its people; the median of regions."""
    towns = [
        town
        for file in shipped_gazetteer().files
        for town in file.select("WHERE kind = 'settlement' ORDER BY id")
    ]
    lon, lat, people = (
        np.array([getattr(town, name) for town in towns], dtype=float)
        for name in ("lon", "lat", "population")
    )
    shares = []
    for place_id in regions()["place_id"]:
        place, area = shipped_gazetteer().get(place_id), region_area(place_id)
        if place is None or area is None:
            continue
        shapely.prepare(area)
        inside = shapely.intersects_xy(area, lon, lat)
        if inside.sum() < _LEAST_TOWNS:
            continue
        here = np.full(inside.sum(), place.lon), np.full(inside.sum(), place.lat)
        away_m = geod().inv(*here, lon[inside], lat[inside])[2]
        order = np.argsort(away_m)
        held = np.cumsum(people[inside][order] + 1)
        reach_m = away_m[order][np.searchsorted(held, level * held[-1])]
        shares.append(reach_m / place_radius_m(place))
    return round(float(np.median(shares)), 2)


def _census() -> pd.DataFrame:
    places = pd.read_parquet(_CENSUS)
    return places[places["level"] == "place"]
