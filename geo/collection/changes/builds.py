"""What one build has to do with the last one: the same shape for both."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

__all__ = ["BuildState", "OverrideCells", "reports_of"]

#: The filled cells of a line of the overrides, by column, and its number.
OverrideCells = tuple[int, Mapping[str, str]]


@dataclass(frozen=True)
class BuildState:
    """Tables of a build and what they depended on.

    Parameters
    ----------
    incidents
        Incident table with `report_ids`.
    reports
        Reports with `input`, the path of the file that each one is of.
    inputs
        Digest of each input's content, by path.
    readings
        Digest of each input's content and of what the settings say of it, by path.
    lines
        Lines of the overrides.
    settings
        Digests by name, such as `worldview`, `sites.csv` or `incidentmap`.
    """

    incidents: gpd.GeoDataFrame
    reports: gpd.GeoDataFrame
    inputs: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[OverrideCells] = ()
    settings: Mapping[str, str] = field(default_factory=dict)


def reports_of(incidents: pd.DataFrame) -> dict[str, set[str]]:
    """Ids of the reports of each incident.

    Parameters
    ----------
    incidents
        Incident table with `report_ids`.

    Examples
    --------
    >>> reports_of(pd.DataFrame({"incident_id": ["a"], "report_ids": ['["a"]']}))
    {'a': {'a'}}
    """
    identifiers = incidents["incident_id"].astype("str")
    return {
        identifier: set(json.loads(reports))
        for identifier, reports in zip(identifiers, incidents["report_ids"], strict=True)
    }
