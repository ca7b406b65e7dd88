"""Who speaks for each region and month."""

import json
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

__all__ = ["Cell", "count_cells", "members_of"]

_NO_DATE, _NO_PLACE = "no date", "not placed"


class Cell(NamedTuple):
    """What is known of one region in one month.

    `alone` counts the incidents that only sources report which speak for the region for the first
    time in this month; `first` names these sources.
    """

    region: str
    month: str
    incidents: int
    reports: int
    sources: int
    alone: int
    first: tuple[str, ...]


def count_cells(incidents: pd.DataFrame, reports: pd.DataFrame) -> list[Cell]:
    """Incidents, reports and sources of each region and month, in the order of both.

    A region is a province with its country, or a country where no more is known. Regions and
    months are those of the incidents, not of their reports.

    Parameters
    ----------
    incidents
        Incident table with `report_ids`.
    reports
        Its reports, with `input`.

    Examples
    --------
    >>> incidents = pd.DataFrame(
    ...     {"incident_id": ["a"], "country": ["Jordan"], "report_ids": ['["a","b"]']}
    ... )
    >>> reports = pd.DataFrame({"incident_id": ["a", "b"], "input": ["a.txt", "b.txt"]})
    >>> count_cells(incidents, reports)[0][:5]
    ('Jordan', 'no date', 1, 2, 2)
    """
    members = members_of(incidents)
    if members.empty:
        return []
    places = pd.DataFrame(
        {
            "incident": incidents["incident_id"].astype("str"),
            "region": _regions(incidents),
            "month": _months(incidents),
        }
    )
    speakers = pd.DataFrame(_speakers(reports), columns=["report", "source"])
    table = members.merge(places, on="incident").merge(speakers, on="report", how="left")
    # A month without a date comes last, and nobody speaks first in it.
    dated = table[table["month"] != _NO_DATE]
    first = dated.groupby(["region", "source"])["month"].min().rename("since").reset_index()
    table = table.merge(first, on=["region", "source"], how="left")
    table["is_new"] = table["since"] == table["month"]
    return [
        _cell(str(region), str(month), rows)
        for (region, month), rows in table.groupby(["region", "month"], sort=True)
    ]


def members_of(incidents: pd.DataFrame) -> pd.DataFrame:
    """One row for each report of each incident: `incident` and `report`.

    Parameters
    ----------
    incidents
        Incident table with `report_ids`.
    """
    rows = [
        (incident, report)
        for incident, texts in zip(
            incidents["incident_id"].astype("str"), incidents["report_ids"], strict=True
        )
        for report in json.loads(texts)
    ]
    return pd.DataFrame(rows, columns=["incident", "report"], dtype="str")


def _cell(region: str, month: str, rows: pd.DataFrame) -> Cell:
    are_all_new = rows.groupby("incident")["is_new"].all()
    return Cell(
        region,
        month,
        incidents=len(are_all_new),
        reports=int(rows["report"].nunique()),
        sources=int(rows["source"].nunique()),
        alone=int(are_all_new.sum()),
        first=tuple(sorted(rows.loc[rows["is_new"], "source"].unique())),
    )


def _speakers(reports: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Each report with those who speak in it; with its file where nobody is named."""
    columns = reports.reindex(columns=["incident_id", "sources", "input"]).astype("str")
    for report, sources, path in columns.fillna("").itertuples(index=False):
        said = json.loads(sources) if sources else []
        names = {one["publisher"] for one in said if isinstance(one, dict) and one.get("publisher")}
        yield from ((report, str(name)) for name in sorted(map(str, names)) or [path])


def _regions(incidents: pd.DataFrame) -> "pd.Series[str]":
    columns = incidents.reindex(columns=["country", "admin1"]).astype("str").fillna("")
    country, province = columns["country"], columns["admin1"]
    both = country.str.cat(province, sep=", ").where(province != "", country)
    return both.str.removeprefix(", ").replace("", _NO_PLACE)


def _months(incidents: pd.DataFrame) -> "pd.Series[str]":
    if "date_start" not in incidents:
        return pd.Series(_NO_DATE, index=incidents.index, dtype="str")
    days = pd.to_datetime(incidents["date_start"])
    return days.dt.strftime("%Y-%m").astype("str").fillna(_NO_DATE)
