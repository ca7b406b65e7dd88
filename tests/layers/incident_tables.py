"""Invented incidents round the Jordan-Syria-Iraq corner, as `geo` would hand them over."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

TOWER_22 = (38.703, 33.306)
KINDS = ["battle", "explosion", "protest", "accident", "flood"]
PRECISIONS = ["exact", "site", "settlement", "vicinity", "admin1", "country"]
UNCERTAINTY_M = [100.0, 1_000.0, 4_000.0, 15_000.0, 120_000.0, 300_000.0]
ROWS = 40


def realistic() -> gpd.GeoDataFrame:
    """Forty incidents of all kinds and precisions; four have no point, two no date."""
    number = np.arange(ROWS)
    rng = np.random.default_rng(22)
    precision = [PRECISIONS[i % len(PRECISIONS)] for i in number]
    points = shapely.points(rng.uniform([36.3, 31.3], [41.7, 34.7], (ROWS, 2)))
    points[0] = shapely.Point(*TOWER_22)
    lost = number % 10 == 9
    points[lost] = None
    start = pd.Series(pd.Timestamp("2024-01-01") + pd.to_timedelta(number * 2, unit="D"))
    start[number % 20 == 13] = pd.NaT
    table = gpd.GeoDataFrame(
        {
            "incident_id": [f"test:{i:03d}" for i in number],
            "title": [f"Invented incident {i}" for i in number],
            "kind": [KINDS[i % len(KINDS)] for i in number],
            "date_start": start.astype("datetime64[s]"),
            "date_end": start.astype("datetime64[s]"),
            "date_precision": np.where(start.isna(), "unknown", "day"),
            "time_utc": pd.Series([pd.NaT] * ROWS, dtype="datetime64[us, UTC]"),
            "place_text": [f"near place {i}" for i in number],
            "place": [f"Place {i}" for i in number],
            "uncertainty_m": [UNCERTAINTY_M[i % len(UNCERTAINTY_M)] for i in number],
            "precision": np.where(lost, "none", precision),
            "method": "gazetteer",
            "reason": np.where(lost, "No place of this name is known.", "The only one."),
            "status": np.where(lost, "unlocated", "located"),
            "country_a3": [("JOR", "SYR", "IRQ")[i % 3] for i in number],
            "country": [("Jordan", "Syria", "Iraq")[i % 3] for i in number],
            "admin1_code": [("JO-MA", "SY-HI", "IQ-AN")[i % 3] for i in number],
            "admin1": [("Mafraq", "Homs", "Anbar")[i % 3] for i in number],
            "worldview": "default",
            "border_pair": [("JOR-SYR", "IRQ-SYR")[i % 2] for i in number],
            "border_distance_m": rng.uniform(100, 90_000, ROWS),
            "border_bearing_deg": rng.uniform(0, 360, ROWS),
            "actors": [_json([{"name": "A group", "role": "attacker", "attribution": "claimed"}])]
            * ROWS,
            "fatalities_best": pd.Series(number % 7, dtype="Int64"),
            "fatalities_low": pd.Series(number % 7, dtype="Int64"),
            "fatalities_high": pd.Series(number % 7 + 2, dtype="Int64"),
            "injured": pd.Series([pd.NA if i % 3 else int(i) for i in number], dtype="Int64"),
            "sources": [_json([_source(i)]) for i in number],
            "verification": [("unverified", "corroborated", "disputed")[i % 3] for i in number],
        },
        geometry=points,
        crs="EPSG:4326",
    )
    table["border_distance_min_m"] = (table["border_distance_m"] - table["uncertainty_m"]).clip(0)
    table["border_distance_max_m"] = table["border_distance_m"] + table["uncertainty_m"]
    return _with_tower_22(table)


def _with_tower_22(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    facts = {
        "title": "Drone attack on Tower 22",
        "kind": "battle",
        "date_start": pd.Timestamp("2024-01-28"),
        "date_end": pd.Timestamp("2024-01-28"),
        "time_utc": pd.Timestamp("2024-01-28T02:30:00", tz="UTC"),
        "place_text": "Tower 22, near Rukban",
        "place": "Tower 22",
        "precision": "site",
        "uncertainty_m": 1_000.0,
        "border_pair": "JOR-SYR",
        "border_distance_m": 1_465.0,
        "border_distance_min_m": 0.0,
        "border_distance_max_m": 2_965.0,
        "border_bearing_deg": 324.0,
        "fatalities_best": 3,
        "fatalities_low": 3,
        "fatalities_high": 3,
    }
    for name, value in facts.items():
        table.loc[0, name] = value
    return table


def _source(number: int) -> dict[str, object]:
    return {
        "publisher": "The Invented Times",
        "url": f"https://news.example/{number}",
        "published": "2024-01-31",
        "quote": f"It happened near place {number}.",
        "sha256": "0" * 64,
        "start": 0,
        "end": 10,
    }


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
