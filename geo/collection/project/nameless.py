"""Sources without the names of files, which say how a desk files its papers."""

import json
from collections.abc import Collection

import geopandas as gpd
import pandas as pd

from geo.canonical_json import to_json

__all__ = ["without_file_names"]


def without_file_names(incidents: gpd.GeoDataFrame, names: Collection[str]) -> gpd.GeoDataFrame:
    """Incidents whose sources have no publisher where only a file gave it its name.

    Parameters
    ----------
    incidents
        Incident table.
    names
        Names of files, which articles without a publisher have in its place.

    Examples
    --------
    >>> table = gpd.GeoDataFrame(
    ...     {"sources": ['[{"publisher":"a.txt","quote":"x"}]']}, geometry=[None], crs=4326
    ... )
    >>> without_file_names(table, {"a.txt"}).loc[0, "sources"]
    '[{"quote":"x"}]'
    """
    if "sources" not in incidents:
        return incidents
    cells = [
        to_json([_nameless(one, names) for one in json.loads(cell)])
        for cell in incidents["sources"].fillna("[]")
    ]
    sources = pd.Series(cells, index=incidents.index, dtype=incidents["sources"].dtype)
    return gpd.GeoDataFrame(incidents.assign(sources=sources))


def _nameless(source: object, names: Collection[str]) -> object:
    if isinstance(source, dict) and source.get("publisher") in names:
        return {key: value for key, value in source.items() if key != "publisher"}
    return source
