"""Reports to incidents: one row for each cluster, with the facts of all its reports."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.canonical_json import to_json
from geo.collection.decisions import DecisionSource
from geo.collection.merging.chosen_rows import chosen_rows
from geo.collection.merging.comparing import Comparison, in_order
from geo.collection.merging.facts import Facts, facts_of
from geo.collection.merging.linking import Link
from geo.collection.merging.united_cells import united_cells
from geo.collection.merging.wording import pair_reason
from geo.geodesy import Floats, geod
from geo.joins.columns import words
from geo.schema import CRS, conform

__all__ = ["merge_reports", "without_reports"]

Numbers = npt.NDArray[np.int64]


def merge_reports(
    reports: gpd.GeoDataFrame, *, decisions: DecisionSource = None
) -> gpd.GeoDataFrame:
    """Make one incident of all reports that tell of it.

    Parameters
    ----------
    reports
        Incident table in any CRS, one row per report: from articles, tables, or both.
    decisions
        A CSV file or table of overrides, or what `read_decisions` gave. Lines with the action
        `merge` make the incidents of two reports one, those with `split` keep two reports apart,
        whatever they say. Lines that match no report do nothing.

    Returns
    -------
    geopandas.GeoDataFrame
        Incident table in EPSG:4326, one row per incident, by first day and id. `incident_id` is
        that of the report that was published first. `reports` counts, and `report_ids` (JSON)
        lists, its reports; `merge_score` is the probability of the weakest link that holds them
        together, null for one report; `merge_reasons` (JSON) tells each such link: `a`, `b`,
        `score`, `reason`. `sources` and `actors` are those of all reports, with what each report
        says of date, place and toll.

    Raises
    ------
    ReadError
        The overrides cannot be read.
    SchemaError
        The table has no `incident_id` or no points, an id is missing or occurs twice, or lines of
        the overrides contradict each other.
    TooManyPairsError
        Thousands of reports of one day and place are all alike.

    Notes
    -----
    A pair's score depends on its two reports only, and each report agrees with all others of its
    incident. So neither the order of the rows nor reports elsewhere change an incident. The place
    is that of the best placed report, the date that of the most exact one, the kind the most
    frequent. Tolls become ranges: the least and greatest number that any report tells; the best is
    that of the report published last, since tolls rise while people are found. An incident is as
    verified as its best checked report, `disputed` if one report is, and as sensitive as its most
    sensitive one.

    Examples
    --------
    >>> reports = gpd.GeoDataFrame(
    ...     {
    ...         "incident_id": ["a", "b", "c"],
    ...         "kind": ["fire", "fire", "protest"],
    ...         "date_start": pd.to_datetime(["2024-05-02"] * 3),
    ...         "uncertainty_m": [2_000.0, 2_000.0, 2_000.0],
    ...         "fatalities_best": [4, 5, None],
    ...     },
    ...     geometry=gpd.points_from_xy([35.91, 35.92, 35.91], [31.95, 31.95, 31.95]),
    ...     crs=4326,
    ... )
    >>> merged = merge_reports(reports)
    >>> merged[["incident_id", "reports", "fatalities_low", "fatalities_high"]].values.tolist()
    [['a', 2, 4, 5], ['c', 1, <NA>, <NA>]]
    >>> len(
    ...     merge_reports(
    ...         reports,
    ...         decisions=pd.DataFrame(
    ...             [["split", "a", "b"]], columns=["action", "incident_id", "other_id"]
    ...         ),
    ...     )
    ... )
    3
    """
    compared = Comparison.of(reports, decisions, by="merge_reports")
    label = np.unique(compared.clusters.label, return_inverse=True)[1].astype(np.int64)
    columns = _united(compared.reports, compared.facts, label) | _added(compared, label)
    return conform(_by_day(_table(columns)))


def without_reports(
    incidents: gpd.GeoDataFrame, reports: gpd.GeoDataFrame, left_out: Collection[str]
) -> gpd.GeoDataFrame:
    """Incidents as if some of their reports were not there; nothing is compared anew.

    Parameters
    ----------
    incidents
        What `merge_reports` gave, or some rows of it.
    reports
        What it was given.
    left_out
        Ids of reports; each incident keeps at least one.

    Examples
    --------
    >>> reports = gpd.GeoDataFrame(
    ...     {"incident_id": ["a", "b"], "fatalities_best": [4, 5]},
    ...     geometry=gpd.points_from_xy([35.9, 35.9], [31.9, 31.9]),
    ...     crs=4326,
    ... )
    >>> lines = pd.DataFrame({"action": ["merge"], "incident_id": ["a"], "other_id": ["b"]})
    >>> merged = merge_reports(reports, decisions=lines)
    >>> without_reports(merged, reports, {"b"})[["reports", "fatalities_best"]].values.tolist()
    [[1, 4]]
    """
    rows = {
        report: row
        for row, cell in enumerate(incidents["report_ids"])
        for report in json.loads(cell)
        if report not in left_out
    }
    ordered = in_order(gpd.GeoDataFrame(reports[reports["incident_id"].isin(rows)]), _LEAVING)
    facts = facts_of(ordered)
    label = np.array([rows[one] for one in facts.ids], dtype=np.int64)
    kept: list[list[str]] = [[] for _ in range(len(incidents))]
    for report, row in zip(facts.ids, label.tolist(), strict=True):
        kept[row].append(report)
    reasons = [
        [one for one in json.loads(cell) if {one["a"], one["b"]} <= set(ids)]
        for cell, ids in zip(incidents["merge_reasons"].fillna("[]"), kept, strict=True)
    ]
    score = [min((one["score"] for one in told), default=np.nan) for told in reasons]
    columns = _united(ordered, facts, label) | _columns(kept, np.array(score), reasons)
    return conform(_by_day(_table({name: columns[name] for name in incidents.columns})))


def _united(table: gpd.GeoDataFrame, facts: Facts, label: Numbers) -> dict[str, "pd.Series[Any]"]:
    """What the reports of each incident say together; reports are in the order of their ids."""
    chosen = chosen_rows(table, facts, label)
    columns = {
        name: table[name].take(chosen.of_column(table[name])).reset_index(drop=True)
        for name in table.columns
        if name not in _ADDED
    }
    for name, cells in united_cells(table, facts, chosen).items():
        before = columns.get(name)
        columns[name] = cells if before is None else cells.where(chosen.several, before)
    return columns


def _table(columns: Mapping[str, "pd.Series[Any]"]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.DataFrame(dict(columns)), geometry="geometry", crs=CRS)


_LEAVING = "without_reports"
_ADDED = ("reports", "report_ids", "merge_score", "merge_reasons")


def _added(compared: Comparison, label: Numbers) -> dict[str, "pd.Series[Any]"]:
    count = int(label.max(initial=-1)) + 1
    ids: list[list[str]] = [[] for _ in range(count)]
    for row, own in enumerate(label.tolist()):
        ids[own].append(compared.facts.ids[row])
    score = np.full(count, np.nan)
    reasons: list[list[dict[str, object]]] = [[] for _ in range(count)]
    for link in compared.clusters.links:
        own = int(label[link.one])
        score[own] = np.fmin(score[own], link.score)
        reasons[own].append(_told(compared, link))
    return _columns(ids, score, reasons)


def _columns(
    ids: Sequence[Sequence[str]], score: Floats, reasons: Sequence[Sequence[Mapping[str, object]]]
) -> dict[str, "pd.Series[Any]"]:
    """Columns that say which reports an incident has, and what holds them together."""
    return {
        "reports": pd.Series([len(names) for names in ids], dtype="Int64"),
        "report_ids": pd.Series([to_json(names) for names in ids], dtype="str"),
        "merge_score": pd.Series(score),
        "merge_reasons": pd.Series(words([to_json(told) if told else None for told in reasons])),
    }


def _told(compared: Comparison, link: Link) -> dict[str, object]:
    facts, lon, lat = compared.facts, compared.facts.places.lon_deg, compared.facts.places.lat_deg
    one, other = link.one, link.other
    if link.line is not None:
        # Neither file, line nor note: tables are published, and lines move.
        reason = "merged by an editor"
    else:
        distance_m = float(geod().inv(lon[one], lat[one], lon[other], lat[other])[2])
        reason = pair_reason(facts, one, other, distance_m)
    return {"a": facts.ids[one], "b": facts.ids[other], "score": link.score, "reason": reason}


def _by_day(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    names = [name for name in ("date_start", "incident_id") if name in incidents]
    return incidents.sort_values(names, kind="stable", ignore_index=True)
