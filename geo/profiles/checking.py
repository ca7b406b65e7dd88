"""Checks that more than one profile makes."""

import geopandas as gpd

from geo.joins.countries import country_conflicts
from geo.profiles.findings import Findings

__all__ = ["check_countries"]


def check_countries(incidents: gpd.GeoDataFrame, findings: Findings) -> None:
    """Find the points that surely lie in another country than the provider states."""
    found = country_conflicts(incidents)
    certain = found[found["match"] == "certain"]
    if certain.empty:
        return
    where = certain["country_found"].fillna("no country, but the high sea")
    away_km = (certain["country_distance_m"] / 1_000).round().astype("Int64").astype("str")
    away = (", " + away_km + " km off").where(certain["country_distance_m"].notna(), "")
    findings.add(
        "country", "stated in " + certain["country_a3"] + ", the point lies in " + where + away
    )
