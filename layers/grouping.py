"""Incidents of a table too large for one page, counted by cell, kind and time.

What a group keeps is what the map filters and counts by. Single incidents keep their row; texts and
tolls are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.proximity.civil_days import Unit, civil_days, first_days, units_of
from geo.schema import CRS

__all__ = ["Grouped", "groupings"]

#: Cells in degrees with the time that is kept: space is given up first, then days.
_STEPS: tuple[tuple[float, Unit], ...] = (
    (0.02, "day"),
    (0.05, "day"),
    (0.1, "day"),
    (0.1, "month"),
    (0.25, "month"),
    (0.5, "month"),
    (1.0, "month"),
    (2.0, "year"),
    (5.0, "year"),
)
_KEPT = (
    "kind",
    "precision",
    "status",
    "verification",
    "country_a3",
    "country",
    "admin1_code",
    "admin1",
    "worldview",
    "cluster",
)
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Grouped:
    """Counted groups of incidents.

    Parameters
    ----------
    table
        Incident table of the groups, EPSG:4326.
    weights
        How many incidents each row stands for.
    cell_km
        Width of a cell at the equator in km.
    """

    table: gpd.GeoDataFrame
    weights: npt.NDArray[np.int32]
    cell_km: float


def groupings(table: gpd.GeoDataFrame) -> Iterator[Grouped]:
    """Ever coarser groups of an incident table.

    Parameters
    ----------
    table
        Incident table, EPSG:4326, whose columns have been checked.
    """
    frame = _facts(table)
    for cell_deg, unit in _STEPS:
        yield _grouped(frame, cell_deg, unit)


def _facts(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns to group by, as codes where they are words, and the days that each row may mean."""
    points = np.asarray(table.geometry.array)
    facts = {name: pd.Categorical(table[name]) for name in _KEPT if name in table}
    frame = pd.DataFrame(facts, index=np.arange(len(table)))
    if "date_start" in table:
        days = civil_days(table)
        frame["first"], frame["last"] = days.whole_spans()
        frame["date_precision"] = days.precision
    frame["lon"], frame["lat"] = shapely.get_x(points), shapely.get_y(points)
    return frame


def _grouped(frame: pd.DataFrame, cell_deg: float, unit: Unit) -> Grouped:
    keys = frame.drop(columns=["lon", "lat"]).copy()
    keys["column"], keys["line"] = (np.floor(frame[axis] / cell_deg) for axis in ("lon", "lat"))
    if "first" in keys and unit != "day":
        keys = _in_whole_units(keys, unit)
    keys["lon"], keys["lat"] = frame["lon"], frame["lat"]
    names = [name for name in keys.columns if name not in {"lon", "lat"}]
    groups = keys.groupby(names, dropna=False, observed=True, sort=True)
    found = groups.agg(lon=("lon", "mean"), lat=("lat", "mean"), weight=("column", "size"))
    rows = found.reset_index()
    return Grouped(_table(rows), rows["weight"].to_numpy(np.int32), cell_deg * _KM_PER_DEGREE)


def _in_whole_units(keys: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """Days widened to the months or years that they lie in, and how exact that is.

    A date that is vaguer than the unit stays so: a year does not become its January.
    """
    dated = keys["first"].notna().to_numpy()
    first, last = (
        units_of(keys.loc[dated, name].to_numpy().astype(np.int64), unit)
        for name in ("first", "last")
    )
    vague = keys.loc[dated, "date_precision"].isin(("year", "unknown"))
    known = np.where(first == last, unit, "range")
    keys.loc[dated, "date_precision"] = keys.loc[dated, "date_precision"].where(vague, known)
    keys.loc[dated, "first"] = first_days(first, unit)
    keys.loc[dated, "last"] = first_days(last + 1, unit) - 1
    return keys


def _table(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    columns: dict[str, pd.Series[Any]] = {
        name: rows[name].astype("str") for name in _KEPT if name in rows
    }
    columns["incident_id"] = pd.Series([f"group:{i}" for i in range(len(rows))], dtype="str")
    if "first" in rows:
        columns["date_start"], columns["date_end"] = (
            _dates(rows[end]) for end in ("first", "last")
        )
        columns["date_precision"] = rows["date_precision"].astype("str")
    places = np.asarray(shapely.points(rows["lon"].to_numpy(), rows["lat"].to_numpy()))
    points = np.where(rows["lon"].isna(), np.array(None, dtype=object), places)
    # Without a radius: a group has none of its own, and its cell is no place of an incident.
    return gpd.GeoDataFrame(columns, geometry=points, crs=CRS)


def _dates(days: "pd.Series[float]") -> "pd.Series[pd.Timestamp]":
    """Days since 1970, NaN for none, as dates."""
    return pd.to_datetime(days, unit="D").astype("datetime64[s]")
