"""Incidents that go on under another id, since an earlier report of them has come or gone."""

from collections import Counter
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geo.collection.changes.builds import BuildState, reports_of

__all__ = ["find_renamed", "with_new_ids"]


def find_renamed(before: BuildState, after: BuildState) -> dict[str, str]:
    """New id by old one, of incidents that share most of their reports.

    Parameters
    ----------
    before, after
        The builds.
    """
    old, new = reports_of(before.incidents), reports_of(after.incidents)
    incident_of = {
        report: incident
        for incident, reports in new.items()
        if incident not in old
        for report in reports
    }
    shared = Counter(
        (incident, incident_of[report])
        for incident, reports in old.items()
        if incident not in new
        for report in reports
        if report in incident_of
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for (one, other), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def with_new_ids(before: BuildState, renamed: dict[str, str]) -> BuildState:
    """The earlier build as if its incidents had had their new ids already.

    Parameters
    ----------
    before
        The earlier build.
    renamed
        New id by old one.
    """
    if not renamed:
        return before
    ids = [renamed.get(str(one), str(one)) for one in before.incidents["incident_id"]]
    renewed = pd.Series(ids, index=before.incidents.index, dtype="str")
    return replace(before, incidents=gpd.GeoDataFrame(before.incidents.assign(incident_id=renewed)))
