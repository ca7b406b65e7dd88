"""In which reports, pairs and incidents a person has to decide, and why."""

import json
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.collection.edited_fields import EDITED_FIELDS
from geo.collection.publish_gate import GATES, held_back
from geo.errors import SchemaError

__all__ = ["WHYS", "Item", "Why", "items_of"]

Why = Literal["suspicious", "ambiguous", "doubtful", "unlocated", "low", "merged", "unverified"]
#: In the order of the page: what is most likely wrong on a map comes first.
WHYS: tuple[Why, ...] = (
    "suspicious", "ambiguous", "doubtful", "unlocated", "low", "merged", "unverified",
)  # fmt: skip
#: Decided by an editor already.
_BY_EDITOR = "override"
#: How a reason says that several places carry the name; of an article it is all that is known.
_PREFERRED = "the most prominent of"
_SURROUNDED = "surrounding place"

Link = dict[str, object]


@dataclass(frozen=True)
class Item:
    """Reports that one decision concerns, by their rows; one, a pair, or all of an incident."""

    why: Why
    rows: tuple[int, ...]
    score: float | None = None
    links: tuple[Link, ...] = ()
    #: What a merged incident says in each field that an editor may change, as overrides write it.
    says: Mapping[str, str] | None = None

    def record(self, numbers: Mapping[int, int]) -> dict[str, object]:
        """The item as the page reads it.

        Parameters
        ----------
        numbers
            Position of each row among the reports of the page.
        """
        found: dict[str, object] = {"why": self.why, "reports": [numbers[row] for row in self.rows]}
        if self.score is not None:
            found["score"] = self.score
        if self.says is not None:
            found["says"] = dict(self.says)
        return found | ({"links": list(self.links)} if self.links else {})


def items_of(
    reports: gpd.GeoDataFrame,
    incidents: pd.DataFrame | None,
    pairs: pd.DataFrame | None,
    *,
    low_score: float,
    verification: str | None = None,
    settled: Collection[tuple[str, ...]] = (),
) -> list[Item]:
    """Items by reason, and within one the least sure and the deadliest first.

    Parameters
    ----------
    reports
        Incident table, one row per report.
    incidents
        What `geo.merge_reports` made of them.
    pairs
        What `geo.compare_reports` found.
    low_score
        A place with a lower score is listed.
    verification
        Incidents that lack only this status, or a higher one, are listed; None for none.
    settled
        What an editor has seen already: the reason and the ids of the reports; or `merge` and the
        ids of a pair that is one incident.

    Raises
    ------
    SchemaError
        The tables name reports that are not there, or `merge_reasons` cannot be read.
    """
    ids = reports["incident_id"].astype("str").tolist()
    rows = {identifier: row for row, identifier in enumerate(ids)}
    found = [
        *_placed_badly(reports, low_score),
        *([] if pairs is None else _doubtful(pairs, rows)),
        *([] if incidents is None else _merged(incidents, rows, settled)),
    ]
    open_items = [
        item for item in found if (item.why, *(ids[row] for row in item.rows)) not in settled
    ]
    if verification is not None:
        listed = {row for item in open_items if item.why != "doubtful" for row in item.rows}
        open_items += [
            item
            for item in _unverified(reports, incidents, rows, verification)
            if listed.isdisjoint(item.rows) and (item.why, ids[item.rows[0]]) not in settled
        ]
    deaths = _deaths(reports)
    return sorted(open_items, key=lambda item: _rank(item, deaths, ids))


def _rank(item: Item, deaths: Sequence[float], ids: Sequence[str]) -> tuple[object, ...]:
    worst = max(deaths[row] for row in item.rows)
    unsure = -1.0 if item.score is None else item.score
    # Of doubtful pairs the likeliest is counted twice with most certainty.
    return (
        WHYS.index(item.why),
        -unsure if item.why == "doubtful" else unsure,
        -worst,
        *(ids[row] for row in item.rows),
    )


def _placed_badly(reports: gpd.GeoDataFrame, low_score: float) -> Iterator[Item]:
    count = len(reports)
    names = ("status", "method", "precision", "reason")
    told = [reports[name].astype("str") if name in reports else [""] * count for name in names]
    has_candidates = reports["candidates"].notna() if "candidates" in reports else [False] * count
    scores = (
        pd.to_numeric(reports["score"]).to_numpy(dtype="float64", na_value=np.nan)
        if "score" in reports
        else np.full(count, np.nan)
    )
    for row, (what, how, precision, reason, score, could) in enumerate(
        zip(*told, scores.tolist(), has_candidates, strict=True)
    ):
        if how == _BY_EDITOR:
            continue
        known = None if np.isnan(score) else score
        if what == "suspicious":
            yield Item("suspicious", (row,), known)
        elif what == "ambiguous":
            yield Item("ambiguous", (row,), known)
        elif what == "unlocated":
            # What nobody knows is last of its group: there is nothing to choose from.
            yield Item("unlocated", (row,), None if could else 1.0)
        elif how == _SURROUNDED and precision == "country":
            # The middle of a country is no place of an incident.
            yield Item("unlocated", (row,), 1.0)
        elif _PREFERRED in str(reason) if known is None else known < low_score:
            yield Item("low", (row,), known)


def _doubtful(pairs: pd.DataFrame, rows: dict[str, int]) -> Iterator[Item]:
    for pair in pairs[pairs["decision"] == "doubtful"].to_dict("records"):
        one, other = (_row(rows, pair[name], name) for name in ("report_id", "other_id"))
        link: Link = {"a": pair["report_id"], "b": pair["other_id"], "reason": pair["reason"]}
        for name, digits in (("score", 3), ("distance_m", 0), ("days", 0)):
            if pd.notna(pair[name]):
                link[name] = round(float(pair[name]), digits)
        score = link.get("score")
        yield Item(
            "doubtful", (one, other), float(str(score)) if score is not None else None, (link,)
        )


def _merged(
    incidents: pd.DataFrame, rows: dict[str, int], settled: Collection[tuple[str, ...]]
) -> Iterator[Item]:
    """Incidents of several reports, unless an editor has joined all of them."""
    if not {"report_ids", "merge_reasons"} <= set(incidents.columns):
        return
    for incident in incidents[incidents["reports"] > 1].to_dict("records"):
        links, score = _links(incident["merge_reasons"]), incident["merge_score"]
        if all(("merge", *sorted((str(each["a"]), str(each["b"])))) in settled for each in links):
            continue
        numbers = [_row(rows, one, "report_ids") for one in _listed(incident["report_ids"])]
        known = None if pd.isna(score) else round(float(score), 3)
        yield Item("merged", tuple(numbers), known, tuple(links), _says(incident))


def _unverified(
    reports: gpd.GeoDataFrame,
    incidents: pd.DataFrame | None,
    rows: dict[str, int],
    verification: str,
) -> Iterator[Item]:
    """Incidents that a person may verify; disputed and withdrawn ones stay as they are."""
    table = reports if incidents is None else incidents
    waits = held_back(gpd.GeoDataFrame(table), verification).isin(GATES).to_numpy()
    for incident in table[waits].to_dict("records"):
        members = incident.get("report_ids")
        names = [incident["incident_id"]] if pd.isna(members) else _listed(members)
        numbers = tuple(_row(rows, one, "report_ids") for one in names)
        yield Item("unverified", numbers, says=_says(incident) if len(numbers) > 1 else None)


def _says(incident: Mapping[Hashable, Any]) -> dict[str, str]:
    told = {name: incident.get(name) for name in EDITED_FIELDS}
    return {
        name: value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)
        for name, value in told.items()
        if pd.notna(value)
    }


def _links(text: object) -> list[Link]:
    found = _listed(text)
    keys = ("a", "b", "score", "reason")
    return [{key: link[key] for key in keys if link.get(key) is not None} for link in found]


def _listed(text: object) -> list[Any]:
    try:
        found = json.loads(str(text))
    except json.JSONDecodeError as error:
        raise SchemaError(f"an incident's reports are not JSON ({error}).") from error
    if not isinstance(found, list):
        raise SchemaError(f"an incident's reports are {text!r}; expected a JSON list.")
    return found


def _row(rows: dict[str, int], identifier: object, column: str) -> int:
    if str(identifier) not in rows:
        raise SchemaError(
            f"{column}: no report has the id {identifier!r}; expected the pairs and incidents of "
            "the same reports."
        )
    return rows[str(identifier)]


def _deaths(reports: pd.DataFrame) -> list[float]:
    names = [name for name in ("fatalities_high", "fatalities_best") if name in reports]
    if not names:
        return [0.0] * len(reports)
    counts = reports[names].apply(pd.to_numeric).max(axis=1)
    return [float(count) for count in counts.fillna(0)]
