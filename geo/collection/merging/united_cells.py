"""Cells of an incident that hold what all its reports say: tolls, sources, actors, statuses."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.canonical_json import to_json
from geo.collection.merging.chosen_rows import ChosenRows
from geo.collection.merging.facts import Facts
from geo.collection.merging.report_sources import entries
from geo.joins.columns import texts
from geo.schema import COLUMNS
from geo.vocabulary import SENSITIVITIES

__all__ = ["united_cells"]

Numbers = npt.NDArray[np.int64]
Unite = Callable[[Numbers], Any]
_CHECKED = ("verified", "corroborated", "unverified")
_ENDS = ("low", "best", "high")


def united_cells(
    reports: gpd.GeoDataFrame, facts: Facts, chosen: ChosenRows
) -> dict[str, "pd.Series[Any]"]:
    """Columns of all incidents; only the cells of those with several reports are filled.

    Parameters
    ----------
    reports, facts
        All reports, in the order of their ids.
    chosen
        Which reports make each incident.
    """
    unite: dict[str, Unite] = {
        "sources": _Sources(reports, facts),
        "actors": _union(texts(reports, "actors")),
        "verification": _verification(texts(reports, "verification")),
        "sensitivity": _sensitivity(texts(reports, "sensitivity")),
        "injured": _latest(_counts(reports, "injured"), facts),
        **_tolls(reports, facts),
    }
    wanted = {*reports.columns, "sources"}
    if "fatalities_best" in wanted:
        wanted |= {"fatalities_low", "fatalities_high"}
    members, several = chosen.members(), np.flatnonzero(chosen.several)
    return {
        name: _column(name, [join(rows) for rows in members], several, len(chosen.start))
        for name, join in unite.items()
        if name in wanted
    }


def _column(name: str, cells: list[Any], several: Numbers, count: int) -> "pd.Series[Any]":
    everywhere = np.full(count, None, dtype=object)
    everywhere[several] = cells
    return pd.Series(everywhere, dtype=COLUMNS[name].dtype)


def _counts(reports: pd.DataFrame, name: str) -> list[int | None]:
    if name not in reports:
        return [None] * len(reports)
    return [None if pd.isna(value) else int(value) for value in reports[name]]


def _tolls(reports: pd.DataFrame, facts: Facts) -> dict[str, Unite]:
    """Tolls as ranges, with the number told last as the best one."""
    low, best, high = (_counts(reports, f"fatalities_{end}") for end in _ENDS)
    told = [
        next((one for one in ends if one is not None), None)
        for ends in zip(best, low, high, strict=True)
    ]

    def end(choose: Callable[[Sequence[int]], int]) -> Unite:
        def find(rows: Numbers) -> int | None:
            known = [
                one for row in rows for one in (low[row], best[row], high[row]) if one is not None
            ]
            return choose(known) if known else None

        return find

    return {
        "fatalities_low": end(min),
        "fatalities_best": _latest(told, facts),
        "fatalities_high": end(max),
    }


def _latest(counts: Sequence[int | None], facts: Facts) -> Unite:
    """The number told last; of several of that day the one told most often, then the greatest."""

    def find(rows: Numbers) -> int | None:
        told = [
            (facts.told[row].origin.published, count)
            for row in rows.tolist()
            if (count := counts[row]) is not None
        ]
        often = Counter(count for _, count in told)
        # What has no day of publication is a text of no day, which comes first.
        best = max(told, key=lambda one: (one[0], often[one[1]], one[1]), default=None)
        return None if best is None else best[1]

    return find


def _verification(cells: npt.NDArray[np.object_]) -> Unite:
    def find(rows: Numbers) -> str | None:
        told = {cell for cell in cells[rows] if cell}
        if "disputed" in told:
            return "disputed"
        known = next((status for status in _CHECKED if status in told), None)
        return known or ("withdrawn" if told else None)

    return find


def _sensitivity(cells: npt.NDArray[np.object_]) -> Unite:
    def find(rows: Numbers) -> str | None:
        told = set(cells[rows])
        return next((one for one in reversed(SENSITIVITIES) if one in told), None)

    return find


def _union(cells: npt.NDArray[np.object_]) -> Unite:
    def find(rows: Numbers) -> str:
        told = [one for row in rows.tolist() for one in entries(str(cells[row]))]
        found = {to_json(one): one for one in told}
        return to_json([found[key] for key in sorted(found)])

    return find


class _Sources:
    """Sources of all reports of an incident, and what each report says, so that nothing is lost."""

    def __init__(self, reports: gpd.GeoDataFrame, facts: Facts) -> None:
        self._facts = facts
        self._cells = texts(reports, "sources")
        self._kinds = texts(reports, "kind")
        self._places = texts(reports, "place")
        self._written = texts(reports, "place_text")

    def __call__(self, rows: Numbers) -> str:
        return to_json([entry for row in rows.tolist() for entry in self._of(row)])

    def _of(self, row: int) -> list[dict[str, Any]]:
        name = self._facts.ids[row]
        own = [entry | {"report": name} for entry in entries(self._cells[row])]
        return [*own, self._summary(row)]

    def _summary(self, row: int) -> dict[str, Any]:
        facts, origin = self._facts, self._facts.told[row].origin
        told = {
            "fact": "report",
            "report": facts.ids[row],
            "publisher": origin.publishers[0] if origin.publishers else None,
            "published": origin.published or None,
            "kind": self._kinds[row] or None,
            "place": self._places[row] or self._written[row] or None,
            "lon": _number(facts.places.lon_deg[row]),
            "lat": _number(facts.places.lat_deg[row]),
            "date_start": _day(facts.first_day[row]),
            "date_end": _day(facts.last_day[row]),
            "fatalities_low": _whole(facts.tolls.killed_low[row]),
            "fatalities_high": _whole(facts.tolls.killed_high[row]),
            "injured": _whole(facts.tolls.injured[row]),
        }
        return {key: value for key, value in told.items() if value is not None}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _day(value: float) -> str | None:
    return None if np.isnan(value) else str(np.datetime64(int(value), "D"))
