"""What the rows of a table say against each other, and against the map."""

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.geocoding.table import geocode
from geo.geodesy import geod
from geo.reading.country_doubts import country_faults
from geo.schema import has_geometry

__all__ = ["check_rows"]

# What lies farther from the place that a row names is somewhere else.
_NEAR_M = 25_000.0
_COLUMNS = ["row", "check", "what"]


def check_rows(incidents: gpd.GeoDataFrame, *, places_at_point: bool = True) -> pd.DataFrame:
    """Contradictions between the columns of incidents that are read, but not looked up yet.

    Coordinates are held against the country that the row states, and against the place that it
    names; counts against each other.

    Parameters
    ----------
    incidents
        Incident table of `geo.read_incidents`.
    places_at_point
        Whether the place that a row names lies at its point, so that the two can disagree.

    Returns
    -------
    pandas.DataFrame
        `row` (label of the index), `check` (country, place or fatalities) and `what` (a sentence).

    Examples
    --------
    >>> from geo.reading.incidents import read_incidents
    >>> table = pd.DataFrame({"place": ["Amman"], "lon": ["36.28"], "lat": ["33.51"]})
    >>> check_rows(read_incidents(table))["what"].tolist()
    ['the coordinates lie 175 km from “Amman”']
    """
    placed = incidents[has_geometry(incidents) & incidents["method"].isin(["given", "coordinates"])]
    parts = [_countries(placed), _counts(incidents)]
    if places_at_point:
        parts.insert(1, _places(placed))
    found = [part for part in parts if len(part)]
    empty = pd.DataFrame({"row": pd.Series(dtype="int64"), "check": [], "what": []})
    table = pd.concat(found, ignore_index=True) if found else empty
    return table.astype({"check": "str", "what": "str"})


def _countries(placed: gpd.GeoDataFrame) -> pd.DataFrame:
    found = country_faults(placed)
    if found.empty:
        return pd.DataFrame(columns=_COLUMNS)
    where = found["country_found"].fillna("no country")
    away_km = found["country_distance_m"] / 1_000
    what = [
        f"the coordinates lie in {code}, {distance:,.0f} km outside {name}"
        for code, distance, name in zip(where, away_km, found["country_a3"], strict=True)
    ]
    return pd.DataFrame({"row": found.index, "check": "country", "what": what})


def _places(placed: gpd.GeoDataFrame) -> pd.DataFrame:
    named = placed[placed["place_text"].notna()]
    columns = [name for name in ("place_text", "country", "admin1", "admin2") if name in named]
    texts = named[columns].drop_duplicates().reset_index(drop=True)
    if texts.empty:
        return pd.DataFrame(columns=_COLUMNS)
    found = geocode(texts)
    sure = found["status"].eq("located") & found["method"].eq("name")
    places = texts.assign(
        place_lon=found.geometry.x.where(sure),
        place_lat=found.geometry.y.where(sure),
        place_radius_m=found["uncertainty_m"],
    )
    keyed = named[columns].assign(label=np.arange(len(named)))
    met = keyed.merge(places, on=columns, how="left").sort_values("label")
    lon, lat = named.geometry.x.to_numpy(), named.geometry.y.to_numpy()
    known = met["place_lon"].notna().to_numpy()
    away_m = np.zeros(len(named))
    away_m[known] = geod().inv(
        lon[known], lat[known], met["place_lon"][known], met["place_lat"][known]
    )[2]
    reach_m = _NEAR_M + met["place_radius_m"].to_numpy() + named["uncertainty_m"].to_numpy()
    far = known & (away_m > reach_m)
    what = [
        f"the coordinates lie {distance / 1_000:,.0f} km from “{text}”"
        for distance, text in zip(away_m[far], named["place_text"].to_numpy()[far], strict=True)
    ]
    return pd.DataFrame({"row": named.index[far], "check": "place", "what": what})


def _counts(incidents: gpd.GeoDataFrame) -> pd.DataFrame:
    parts = []
    for low, high in (("low", "best"), ("best", "high"), ("low", "high")):
        first, second = f"fatalities_{low}", f"fatalities_{high}"
        if {first, second} <= set(incidents.columns):
            wrong = (incidents[first] > incidents[second]).fillna(value=False).astype(bool)
            rows = incidents.index[wrong]
            what = f"{first} is above {second}"
            parts.append(pd.DataFrame({"row": rows, "check": "fatalities", "what": what}))
    return pd.concat(parts) if parts else pd.DataFrame(columns=_COLUMNS)
