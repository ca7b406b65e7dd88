"""Which incidents may be published, and why the others may not."""

import geopandas as gpd
import pandas as pd

from geo.schema import require

__all__ = ["GATES", "held_back"]

#: Statuses that can be asked for, the least first. Disputed and withdrawn incidents stay private.
GATES = ("unverified", "corroborated", "verified")
_PUBLIC = "public"


def held_back(incidents: gpd.GeoDataFrame, verification: str) -> "pd.Series[str]":
    """Why each incident must not be published; null where it may.

    An incident without a status counts as unverified, one without a sensitivity as public.

    Parameters
    ----------
    incidents
        Incident table; needs `incident_id`.
    verification
        Least status that is published: unverified, corroborated or verified.

    Examples
    --------
    >>> table = gpd.GeoDataFrame(
    ...     {"incident_id": ["a", "b"], "verification": ["verified", "disputed"]},
    ...     geometry=[None, None],
    ...     crs=4326,
    ... )
    >>> held_back(table, "corroborated").tolist()
    [nan, 'disputed']
    """
    require(incidents, ("incident_id",), by="held_back")
    status = _stated(incidents, "verification", GATES[0])
    sensitivity = _stated(incidents, "sensitivity", _PUBLIC)
    passes = status.isin(GATES[GATES.index(verification) :])
    return status.mask(passes, sensitivity.mask(sensitivity == _PUBLIC))


def _stated(table: pd.DataFrame, name: str, otherwise: str) -> "pd.Series[str]":
    if name not in table:
        return pd.Series(otherwise, index=table.index, dtype="str")
    return table[name].astype("str").fillna(otherwise)
