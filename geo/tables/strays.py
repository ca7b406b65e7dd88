"""Places whose point contradicts their country."""

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geo.gazetteer.entries import Entry
from geo.joins.countries import add_countries, country_conflicts
from geo.schema import CRS

__all__ = ["stray_reasons"]

# A degree: more than digits that were dropped, or a coast that is drawn coarsely, can explain.
_STRAY_M = 111_000.0


def stray_reasons(entries: Sequence[Entry]) -> dict[int, str]:
    """What is wrong with the places that lie in another country, far from their own; by number.

    A place at sea is none of them, nor one that its country claims.
    """
    stated = [entry.country_a3 for entry in entries]
    points = gpd.points_from_xy([one.lon for one in entries], [one.lat for one in entries])
    table = gpd.GeoDataFrame(
        {"country_a3": pd.array(stated, dtype="str")},
        index=[entry.number for entry in entries],
        geometry=points,
        crs=CRS,
    )
    found = country_conflicts(table)
    far = found[found["country_found"].notna() & (found["country_distance_m"] > _STRAY_M)]
    claimed = add_countries(far[["geometry"]])["claimed_by"]
    return {
        number: f"the point lies in {where}, {metres / 1000:,.0f} km outside {code}"
        for number, code, where, metres, claimants in zip(
            far.index,
            far["country_a3"],
            far["country_found"],
            far["country_distance_m"],
            claimed.fillna(""),
            strict=True,
        )
        if code not in claimants.split("|")
    }
