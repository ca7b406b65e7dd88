"""Small tables of reports for the tests of merging."""

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

import geo

BAGHDAD = (44.4, 33.3)


def report(name: str, **told: Any) -> dict[str, Any]:
    """Row of a report: an explosion in Baghdad on 10 May 2024, where nothing else is told."""
    lon, lat = told.pop("at", BAGHDAD)
    row = {
        "incident_id": name,
        "title": "",
        "kind": "explosion",
        "date_start": "2024-05-10",
        "date_precision": "day",
        "place_text": "Baghdad",
        "uncertainty_m": 5_000.0,
        "precision": "settlement",
        "status": "located",
        "fatalities_best": None,
        "sources": "[]",
        "verification": "unverified",
        "sensitivity": "public",
        "lon": lon,
        "lat": lat,
    }
    return row | told


def article(name: str, **told: Any) -> dict[str, Any]:
    """Report of an article: its source has a text of its own."""
    published, quote = told.pop("published", "2024-05-11"), told.pop("quote", "A blast in Baghdad")
    sha, start = told.pop("sha", f"sha of {name}"), told.pop("start", 0)
    source = {
        "publisher": told.pop("publisher", f"Paper {name}"),
        "published": published,
        "sha256": sha,
        "fact": "incident",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
    }
    return report(name, sources=json.dumps([source]), **told)


def table_of(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Incident table of some rows, in their order."""
    table = pd.DataFrame(rows)
    table["date_start"] = pd.to_datetime(table["date_start"]).astype("datetime64[s]")
    table["date_end"] = (
        pd.to_datetime(table["date_end"]).astype("datetime64[s]").fillna(table["date_start"])
        if "date_end" in table
        else table["date_start"]
    )
    table["fatalities_best"] = table["fatalities_best"].astype("Int64")
    lon, lat = (table.pop(name).to_numpy(dtype=np.float64) for name in ("lon", "lat"))
    points = gpd.points_from_xy(lon, lat)
    points[np.isnan(lon)] = None
    return gpd.GeoDataFrame(table, geometry=points, crs=4326)


def parts(rows: list[dict[str, Any]] | gpd.GeoDataFrame, **options: Any) -> list[list[str]]:
    """Reports of each incident that merging makes, sorted."""
    table = rows if isinstance(rows, gpd.GeoDataFrame) else table_of(rows)
    merged = geo.merge_reports(table, **options)
    return sorted(json.loads(names) for names in merged["report_ids"])


def lines(*told: tuple[str, str, str]) -> pd.DataFrame:
    """Overrides: action and two reports each."""
    return pd.DataFrame(told, columns=["action", "incident_id", "other_id"])
