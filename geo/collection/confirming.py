"""Which reports of a published incident nobody has confirmed: they joined it by themselves."""

import json
from collections.abc import Iterator

import geopandas as gpd
import pandas as pd

from geo.collection.chains import Groups
from geo.collection.decisions import Decisions
from geo.collection.publish_gate import held_back

__all__ = ["unconfirmed_reports"]


def unconfirmed_reports(
    incidents: gpd.GeoDataFrame,
    reports: gpd.GeoDataFrame,
    decisions: Decisions,
    verification: str,
) -> dict[str, tuple[str, ...]]:
    """Reports of each incident that must not be published with it, by its id.

    A report is confirmed that is itself verified well enough, that a line with a verification
    names, that a review of the merged incident names as seen, or that lines with the action
    `merge` join to such a one. A line does not say which reports an incident had when it was
    written; so a report that joined by likeness alone, maybe later, is not.

    Parameters
    ----------
    incidents
        Those that may be published; needs `report_ids`.
    reports
        All reports.
    decisions
        Of the editor.
    verification
        Least status that is published.

    Examples
    --------
    >>> reports = gpd.GeoDataFrame(
    ...     {"incident_id": ["a", "b"], "verification": ["verified", None]},
    ...     geometry=[None, None],
    ...     crs=4326,
    ... )
    >>> merged = reports[:1].assign(report_ids='["a","b"]')
    >>> unconfirmed_reports(merged, reports, Decisions(), "corroborated")
    {'a': ('b',)}
    """
    passes = held_back(reports, verification).isna()
    sure = set(reports.loc[passes, "incident_id"].astype("str"))
    sure |= {line.incident_id for line in decisions.edits if line.field == "verification"}
    sure |= {line.incident_id for line in decisions.seen if line.reason == "merged"}
    sure = _with_joined(sure, decisions)
    return dict(_unsure(incidents, sure))


def _with_joined(sure: set[str], decisions: Decisions) -> set[str]:
    """Reports, and those that lines join to them."""
    named = sorted({one for line in decisions.merges for one in line.pair})
    number = {one: place for place, one in enumerate(named)}
    groups = Groups(len(named))
    for line in decisions.merges:
        groups.join(*(number[one] for one in line.pair))
    known = {groups.of(number[one]) for one in sure if one in number}
    return sure | {one for one in named if groups.of(number[one]) in known}


def _unsure(incidents: pd.DataFrame, sure: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for incident, cell in zip(incidents["incident_id"], incidents["report_ids"], strict=True):
        unsure = tuple(one for one in json.loads(cell) if one not in sure)
        if unsure:
            yield str(incident), unsure
