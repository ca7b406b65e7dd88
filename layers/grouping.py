"""Incidents of a table too large for one page, counted by cell, kind and time.

What a group keeps is what the map filters and counts by. Single incidents keep their row; texts and
tolls are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.schema import CRS

__all__ = ["Grouped", "groupings"]

#: Cells in degrees with the time that is kept: space is given up first, then days.
_STEPS: tuple[tuple[float, str], ...] = (
    (0.02, "D"),
    (0.05, "D"),
    (0.1, "D"),
    (0.1, "M"),
    (0.25, "M"),
    (0.5, "M"),
    (1.0, "M"),
    (2.0, "Y"),
    (5.0, "Y"),
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
_TIME_PRECISION = {"M": "month", "Y": "year"}


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
    """Columns to group by, as codes where they are words."""
    points = np.asarray(table.geometry.array)
    facts = {name: pd.Categorical(table[name]) for name in _KEPT if name in table}
    dates = {
        name: table[name].to_numpy().astype("datetime64[D]")
        for name in ("date_start", "date_end")
        if name in table
    }
    frame = pd.DataFrame({**facts, **dates}, index=np.arange(len(table)))
    frame["lon"], frame["lat"] = shapely.get_x(points), shapely.get_y(points)
    return frame


def _grouped(frame: pd.DataFrame, cell_deg: float, unit: str) -> Grouped:
    keys = frame.drop(columns=["lon", "lat"]).copy()
    keys["column"], keys["line"] = (np.floor(frame[axis] / cell_deg) for axis in ("lon", "lat"))
    if "date_start" in keys:
        keys["date_start"] = keys["date_start"].to_numpy().astype(f"datetime64[{unit}]")
        keys["date_start"] = keys["date_start"].astype("datetime64[s]")
        keys = _with_end(keys, unit)
    keys["lon"], keys["lat"] = frame["lon"], frame["lat"]
    names = [name for name in keys.columns if name not in {"lon", "lat"}]
    groups = keys.groupby(names, dropna=False, observed=True, sort=True)
    found = groups.agg(lon=("lon", "mean"), lat=("lat", "mean"), weight=("column", "size"))
    rows = found.reset_index()
    return Grouped(_table(rows, unit), rows["weight"].to_numpy(np.int32), cell_deg * _KM_PER_DEGREE)


def _with_end(keys: pd.DataFrame, unit: str) -> pd.DataFrame:
    start = keys["date_start"]
    if unit != "D":
        after = start.to_numpy().astype(f"datetime64[{unit}]") + np.array(1, f"timedelta64[{unit}]")
        end = (after.astype("datetime64[D]") - np.timedelta64(1, "D")).astype("datetime64[s]")
    elif "date_end" in keys:
        end = keys["date_end"].fillna(start).to_numpy().astype("datetime64[s]")
    else:
        end = start.to_numpy()
    return keys.assign(date_end=end)


def _table(rows: pd.DataFrame, unit: str) -> gpd.GeoDataFrame:
    held = [name for name in (*_KEPT, "date_start", "date_end") if name in rows]
    columns = {name: rows[name].astype("str") if name in _KEPT else rows[name] for name in held}
    columns["incident_id"] = pd.Series([f"group:{i}" for i in range(len(rows))], dtype="str")
    if "date_start" in rows:
        dated = rows["date_start"].notna()
        lasting = dated & (rows["date_start"] != rows["date_end"])
        word = _TIME_PRECISION.get(unit, "range")
        precision = np.select([~dated, lasting], ["unknown", word], "day")
        columns["date_precision"] = pd.Series(precision, dtype="str")
    places = np.asarray(shapely.points(rows["lon"].to_numpy(), rows["lat"].to_numpy()))
    points = np.where(rows["lon"].isna(), np.array(None, dtype=object), places)
    # Without a radius: a group has none of its own, and its cell is no place of an incident.
    return gpd.GeoDataFrame(columns, geometry=points, crs=CRS)
