"""Invented reports in which a person has to decide, as geocoding and merging hand them over."""

import json

import geopandas as gpd
import pandas as pd

AMMAN, DERAA = "geonames:1", "geonames:5"


def reports() -> gpd.GeoDataFrame:
    """Six reports: two of one ambiguous text, one suspicious, one lost, two of one clash."""
    table = gpd.GeoDataFrame(
        {
            "incident_id": ["r1", "r2", "r3", "r4", "r5", "r6"],
            "title": ["March in Old Town", "Second march", "Blast", "Fire", "Clash", "Fighting"],
            "kind": ["protest", "protest", "explosion", "fire", "battle", "battle"],
            "date_start": pd.to_datetime(["2024-01-28"] * 6).astype("datetime64[s]"),
            "date_end": pd.to_datetime(["2024-01-28"] * 6).astype("datetime64[s]"),
            "date_precision": "day",
            "place_text": ["Old Town", "old town", "Amman", "Qurx", "Zarqa", "Zarqa"],
            "place": [None, None, "Amman", None, "Zarqa", "Zarqa"],
            "country": ["Jordan", "Jordan", "Syria", None, "Jordan", "Jordan"],
            "precision": ["none", "none", "country", "none", "settlement", "settlement"],
            "uncertainty_m": [None, None, 300_000.0, None, 4_000.0, 4_000.0],
            "method": ["name", "name", "surrounding place", "none", "name", "name"],
            "score": [None, None, None, None, 0.9, 0.4],
            "reason": ["2 places", "2 places", "Amman is in Jordan", "not known", "fits", "fits"],
            "status": ["ambiguous", "ambiguous", "suspicious", "unlocated", "located", "located"],
            "candidates": [_could(AMMAN, DERAA), _could(AMMAN), _could(AMMAN), None, None, None],
            "fatalities_best": pd.Series([None, 2, None, None, 3, 4], dtype="Int64"),
            "injured": pd.Series([None, None, None, None, 1, None], dtype="Int64"),
            "verification": "unverified",
            "sources": [_told(number) for number in range(6)],
            "actors": json.dumps([{"name": "A group", "attribution": "claimed"}]),
        },
        geometry=gpd.points_from_xy(
            [None, None, 37.2, None, 36.5, 36.52], [None, None, 34.0, None, 32.1, 32.1]
        ),
        crs="EPSG:4326",
    )
    lost = table["status"].isin(["ambiguous", "unlocated"])
    table.loc[lost, "geometry"] = None
    return table


def pairs() -> pd.DataFrame:
    """One pair in doubt, and one that is not."""
    return pd.DataFrame(
        {
            "report_id": ["r5", "r1"],
            "other_id": ["r6", "r2"],
            "score": [0.62, 0.1],
            "distance_m": [1_884.0, None],
            "days": [0.0, 0.0],
            "reason": ["both in Zarqa", "far apart"],
            "decision": ["doubtful", "apart"],
        }
    )


def incidents() -> pd.DataFrame:
    """One incident of two reports, and a single one."""
    return pd.DataFrame(
        {
            "incident_id": ["r1", "r3"],
            "reports": pd.Series([2, 1], dtype="Int64"),
            "report_ids": ['["r1","r2"]', '["r3"]'],
            "merge_score": [0.97, None],
            "merge_reasons": ['[{"a":"r1","b":"r2","score":0.97,"reason":"same day"}]', None],
        }
    )


def _could(*places: str) -> str:
    where = {AMMAN: (36.2, 31.9, "Amman", "JOR"), DERAA: (36.1, 33.2, "Deraa", "SYR")}
    entries = [
        {"place_id": one, "name": name, "lon": lon, "lat": lat, "country_a3": code, "weight": 1.0}
        for one in places
        for lon, lat, name, code in [where[one]]
    ]
    return json.dumps(entries, sort_keys=True, separators=(",", ":"))


def _told(number: int) -> str:
    quote = f"Quote {number} from Old Town"
    source = {
        "publisher": f"Paper {number}",
        "url": f"https://example.org/{number}",
        "quote": quote,
    }
    return json.dumps([source], sort_keys=True, separators=(",", ":"))
