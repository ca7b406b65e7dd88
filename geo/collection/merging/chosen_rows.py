"""Which report of each incident tells its place, its date, its kind, and gives it its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.collection.merging.facts import Facts
from geo.geodesy import Floats
from geo.joins.columns import texts
from geo.vocabulary import DATE_PRECISIONS, PRECISIONS, STATUSES

__all__ = ["ChosenRows", "chosen_rows"]

Numbers = npt.NDArray[np.int64]
_DATE = ("date_start", "date_end", "date_precision", "date_note", "time_utc", "date_zone")
_PLACE = frozenset(
    {
        "place_text", "place", "place_id", "uncertainty_m", "precision", "method", "score",
        "reason", "candidates", "status", "country_a3", "country", "admin1_code", "admin1",
        "admin2", "surface", "sea", "area_status", "claimed_by", "country_shares", "worldview",
        "border_pair", "border_distance_m", "border_distance_min_m", "border_distance_max_m",
        "border_bearing_deg", "border_lon", "border_lat", "border_status", "tripoint",
        "coast_distance_m", "coast_distance_min_m", "coast_distance_max_m", "coast_bearing_deg",
        "coast_lon", "coast_lat", "geometry", "footprint",
    }
)  # fmt: skip
_KIND = ("kind", "subkind")
_NO_KIND = "other"


@dataclass(frozen=True)
class ChosenRows:
    """Rows of the reports, one for each incident, by what they decide on.

    `order` sorts all reports by incident, the one published first in front; `start` is where each
    incident begins in it, and `several` whether it has more than one report.
    """

    order: Numbers
    start: Numbers
    several: npt.NDArray[np.bool_]
    first: Numbers
    place: Numbers
    date: Numbers
    kind: Numbers

    def of_column(self, column: "pd.Series[Any]") -> Numbers:
        """Row that tells a column of each incident.

        What only sources know is told by the first report that has it.
        """
        name = str(column.name)
        if name == "incident_id":
            return self.first
        if name in _PLACE:
            return self.place
        if name in _DATE:
            return self.date
        if name in _KIND:
            return self.kind
        return self._first_told(column)

    def members(self) -> list[Numbers]:
        """Rows of each incident that has several, the one published first in front."""
        parts = np.split(self.order, self.start[1:])
        return [parts[number] for number in np.flatnonzero(self.several)]

    def _first_told(self, column: "pd.Series[Any]") -> Numbers:
        told = column.notna().to_numpy(dtype=np.bool_)[self.order]
        position = np.where(told, np.arange(len(told)), len(told))
        first = np.minimum.reduceat(position, self.start) if len(told) else position
        return np.asarray(self.order[np.where(first < len(told), first, self.start)])


def chosen_rows(reports: gpd.GeoDataFrame, facts: Facts, label: Numbers) -> ChosenRows:
    """Choose the rows that tell the facts of each incident.

    Parameters
    ----------
    reports, facts
        All reports, in the order of their ids.
    label
        Number of the incident of each report, from 0 on.
    """
    published = np.array([one.origin.published or "~" for one in facts.told], dtype=str)
    early = np.unique(published, return_inverse=True)[1].astype(np.int64)
    order = _sorted(label, [early])
    start = np.flatnonzero(np.diff(label[order], prepend=-1))
    size = np.diff(np.append(start, len(label)))

    def best(*keys: npt.NDArray[np.float64] | Numbers) -> Numbers:
        return _sorted(label, [*keys, early])[start]

    return ChosenRows(
        order,
        start,
        size > 1,
        first=order[start],
        place=best(*_place_keys(reports, facts)),
        date=best(*_date_keys(reports, facts, label)),
        kind=best(*_kind_keys(reports, label)),
    )


def _sorted(label: Numbers, keys: Sequence[npt.NDArray[np.float64] | Numbers]) -> Numbers:
    """Rows by incident, then by keys, then by id."""
    return np.lexsort((np.arange(len(label)), *reversed(keys), label)).astype(np.int64)


def _place_keys(reports: gpd.GeoDataFrame, facts: Facts) -> list[Floats]:
    """An editor's place comes first, then what is surest, then what is sharpest."""
    by_editor = (texts(reports, "method") != "override").astype(np.float64)
    without = np.isnan(facts.places.lon_deg).astype(np.float64)
    status = _ranks(texts(reports, "status"), STATUSES)
    precision = _ranks(texts(reports, "precision"), PRECISIONS)
    return [by_editor, without, status, precision, facts.places.radius_m]


def _date_keys(reports: gpd.GeoDataFrame, facts: Facts, label: Numbers) -> list[Floats]:
    """The most exact date, then the one that most reports tell."""
    precision = _ranks(texts(reports, "date_precision"), DATE_PRECISIONS)
    length = np.nan_to_num(facts.last_day - facts.first_day, nan=np.inf)
    day = np.nan_to_num(facts.first_day, nan=-np.inf)
    return [precision, length, -_same(label, day).astype(np.float64)]


def _kind_keys(reports: gpd.GeoDataFrame, label: Numbers) -> list[Floats]:
    """What is told as a kind at all, then the kind that most reports tell."""
    kind = texts(reports, "kind")
    vague = np.isin(kind, ["", _NO_KIND]).astype(np.float64)
    return [vague, -_same(label, kind).astype(np.float64)]


def _same(label: Numbers, values: npt.NDArray[np.generic]) -> Numbers:
    """How many reports of its incident have the value of each report."""
    pairs = pd.DataFrame({"label": label, "value": values})
    return pairs.groupby(["label", "value"])["label"].transform("size").to_numpy(dtype=np.int64)


def _ranks(values: npt.NDArray[np.object_], known: Sequence[str]) -> Floats:
    place = {value: float(rank) for rank, value in enumerate(known)}
    return np.array([place.get(value, float(len(known))) for value in values])
