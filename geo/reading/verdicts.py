"""One verdict on each row of an incident table."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.schema import has_geometry, require

__all__ = ["VERDICTS", "count_verdicts", "find_verdicts"]

#: What a row can be told: its coordinates were read, its place was found, it could be several
#: places, something about it contradicts itself, or nobody can place it.
VERDICTS = ("parsed", "geocoded", "ambiguous", "suspicious", "failed")

_PARSED = frozenset({"given", "coordinates"})


def find_verdicts(table: gpd.GeoDataFrame) -> "pd.Series[str]":
    """Verdict on each row of a table that is placed: one of `VERDICTS`.

    It follows from `status` and `method`, so that no column has to keep it.

    Parameters
    ----------
    table
        Incident table, after `geo.geocode`; before it, rows that only name a place have failed.

    Returns
    -------
    pandas.Series
        `parsed`, `geocoded`, `ambiguous`, `suspicious` or `failed`; the index stays.

    Raises
    ------
    SchemaError
        The table lacks `status` or `method`.

    Examples
    --------
    >>> from geo.geocoding.table import geocode
    >>> names = pd.DataFrame({"place_text": ["Tower 22", "33.306, 38.703", "0, 0", "Nowhere Bay"]})
    >>> find_verdicts(geocode(names)).tolist()
    ['geocoded', 'parsed', 'suspicious', 'failed']
    """
    require(table, ("status", "method"), by="find_verdicts")
    status = table["status"].astype("str")
    is_parsed = table["method"].isin(list(_PARSED)) & has_geometry(table)
    conditions = [status.eq("located") & is_parsed, status.eq("located"), status.eq("unlocated")]
    verdicts: Any = np.select(
        [condition.to_numpy(dtype=bool) for condition in conditions],
        ["parsed", "geocoded", "failed"],
        status.fillna("unlocated").replace("unlocated", "failed").to_numpy(dtype=object),
    )
    return pd.Series(verdicts, index=table.index, dtype="str")


def count_verdicts(table: gpd.GeoDataFrame) -> dict[str, int]:
    """Rows of each verdict, all five of them.

    Raises
    ------
    SchemaError
        The table lacks `status` or `method`.
    """
    found = find_verdicts(table).value_counts()
    return {verdict: int(found.get(verdict, 0)) for verdict in VERDICTS}
