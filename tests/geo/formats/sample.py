"""A small incident table with all that a GIS file can show, made once."""

from functools import cache

import geopandas as gpd
import pandas as pd
import shapely

import geo
from geo.canonical_json import to_json
from geo.schema import COLUMNS, conform

ROWS = {
    "incident_id": ["a", "b", "c", "d"],
    "title": ["Strike on <b>Tower 22</b>", "=cmd|'/c calc'!A1", "Protest in Amman", "Storm"],
    "kind": ["explosion", "battle", "protest", "storm"],
    "date_start": pd.to_datetime(["2024-01-28", "2024-01-30", "2024-02-01", None]),
    "date_end": pd.to_datetime(["2024-01-28", "2024-01-31", "2024-02-29", None]),
    "date_precision": ["day", "range", "month", "unknown"],
    "time_utc": pd.to_datetime(["2024-01-28T02:30:00.123Z", None, None, None], utc=True),
    "place": ["Tower 22", "Rutba", "Amman", None],
    "place_text": ["Tower 22", "near Rutba", "Jordan", "at sea"],
    "uncertainty_m": [500.0, 25_000.0, 150_000.0, 30_000.0],
    "precision": ["site", "vicinity", "country", "water"],
    "status": ["located", "located", "located", "located"],
    "fatalities_best": [3, None, 0, None],
    "sources": [
        to_json([{"publisher": "AFP", "url": "https://example.org/1", "quote": "“three”, killed"}]),
        to_json([{"publisher": "AFP", "url": "https://example.org/1"}, {"publisher": "AP"}]),
        None,
        "[]",
    ],
    "actors": [
        to_json([{"name": "A group", "role": "attacker", "attribution": "claimed", "by": "AFP"}]),
        None, None, None,
    ],
    "verification": ["verified", "unverified", "unverified", "unverified"],
    "native_Flag": [True, False, True, False],
}  # fmt: skip
POINTS = [(38.703, 33.306), (40.285, 33.038), (35.93, 31.95), (179.95, -17.0)]


@cache
def _sample() -> gpd.GeoDataFrame:
    frame = pd.DataFrame(ROWS)
    frame["footprint"] = gpd.GeoSeries(
        [None, shapely.box(40, 32.8, 40.6, 33.3), None, None], crs=4326
    )
    known = {name: COLUMNS[name].dtype for name in frame if name in COLUMNS}
    shapes = gpd.points_from_xy(*zip(*POINTS, strict=True))
    table = conform(gpd.GeoDataFrame(frame.astype(known), geometry=shapes, crs=4326))
    return table.pipe(geo.add_countries).pipe(geo.add_borders)


def sample() -> gpd.GeoDataFrame:
    """Return four incidents: a site, a footprint, a country, a disc over ±180°."""
    return _sample().copy()
