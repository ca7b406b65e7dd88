"""Pairs of reports that can be one incident: how likely they are, why, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.collection.decisions import Decisions, DecisionSource, PairLine, read_decisions
from geo.collection.merging.candidates import scored_pairs
from geo.collection.merging.facts import Facts, Numbers, facts_of
from geo.collection.merging.linking import Clusters, cluster_reports
from geo.collection.merging.number_files import weights
from geo.collection.merging.scoring import evidence, gap_days, probability
from geo.collection.merging.wording import pair_reason
from geo.errors import SchemaError
from geo.geodesy import Floats, geod
from geo.joins.columns import words
from geo.joins.points import points_of
from geo.schema import CRS, conform, require
from geo.spatial.pairs_within import Pairs

__all__ = ["Comparison", "compare_reports", "in_order"]


@dataclass(frozen=True)
class Comparison:
    """Reports in the order of their ids, their likely pairs, and the clusters that these make."""

    reports: gpd.GeoDataFrame
    facts: Facts
    pairs: Pairs
    score: Floats
    clusters: Clusters
    decisions: Decisions

    @classmethod
    def of(cls, reports: gpd.GeoDataFrame, decisions: DecisionSource, *, by: str) -> "Comparison":
        """Compare the reports of a table.

        Parameters
        ----------
        reports
            Incident table, a row for each report.
        decisions
            What an editor has decided.
        by
            Who asks, for the message of an error.
        """
        read = read_decisions(decisions)
        ordered = in_order(reports, by)
        facts = facts_of(ordered)
        pairs, score = scored_pairs(facts)
        rows = {name: row for row, name in enumerate(facts.ids)}
        merges = [
            (rows[line.incident_id], rows[line.other_id], line.number)
            for line in _known(read.merges, rows)
        ]
        splits = [
            (rows[line.incident_id], rows[line.other_id]) for line in _known(read.splits, rows)
        ]
        clusters = cluster_reports(
            (pairs.one, pairs.other, score), len(facts.ids), merges=merges, splits=splits
        )
        return cls(ordered, facts, pairs, score, clusters, read)


def compare_reports(reports: gpd.GeoDataFrame, *, decisions: DecisionSource = None) -> pd.DataFrame:
    """Pairs of reports near in space and time, and whether they are one incident.

    Parameters
    ----------
    reports
        Incident table in any CRS, one row per report: from articles, tables, or both.
    decisions
        A CSV file or table of overrides, or what `read_decisions` gave; see `merge_reports`.

    Returns
    -------
    pandas.DataFrame
        One row for each pair that is at all likely, or that a line decides on: `report_id` and
        `other_id` in alphabetical order; `score`, the probability that they are one incident;
        `distance_m` between the points; `days` between the dates, 0 where they meet; `reason`;
        `decision`: `merged`, `apart`, `doubtful` (a person should look), `merge` and `split` (by
        an editor). Sorted by the ids.

    Raises
    ------
    ReadError
        The overrides cannot be read.
    SchemaError
        The table has no `incident_id` or no points, an id is missing or occurs twice, or lines of
        the overrides contradict each other.
    TooManyPairsError
        Thousands of reports of one day and place are all alike.

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
    >>> compare_reports(reports)[["report_id", "other_id", "decision"]].values.tolist()
    [['a', 'b', 'merged']]
    """
    compared = Comparison.of(reports, decisions, by="compare_reports")
    pairs, score = _with_decided(compared)
    ids, facts = compared.facts.ids, compared.facts
    reasons = [
        pair_reason(facts, one, other, distance_m)
        for one, other, distance_m in zip(
            pairs.one.tolist(), pairs.other.tolist(), pairs.distance_m.tolist(), strict=True
        )
    ]
    return pd.DataFrame(
        {
            "report_id": words(ids[pairs.one]),
            "other_id": words(ids[pairs.other]),
            "score": score,
            "distance_m": pairs.distance_m,
            "days": gap_days(facts, pairs.one, pairs.other),
            "reason": words(reasons),
            "decision": words(_verdicts(compared, pairs, score)),
        }
    )


def in_order(reports: gpd.GeoDataFrame, by: str) -> gpd.GeoDataFrame:
    """Reports in EPSG:4326 by their ids, whatever the order of the rows.

    Parameters
    ----------
    reports
        Incident table, a row for each report.
    by
        Who asks, for the message of an error.
    """
    require(reports, ("incident_id",), by=by)
    # An empty table says as well what is wrong with its points.
    points_of(reports.iloc[:0], by=by)
    names = reports["incident_id"]
    missing, twice = names.isna(), names.astype("str").duplicated()
    for wrong, what in ((missing, "is missing"), (twice & ~missing, "occurs more than once")):
        if wrong.any():
            row = wrong[wrong].index[0]
            raise SchemaError(
                f"{by}: incident_id: {names[row]!r} in row {row} {what}; expected an id of its own "
                "for each report."
            )
    order = np.argsort(names.astype("str").to_numpy(dtype=object), kind="stable")
    ordered = reports.iloc[order].reset_index(drop=True).to_crs(CRS)
    is_named = ordered.geometry.name == "geometry"
    return conform(ordered if is_named else ordered.rename_geometry("geometry"))


def _known(lines: Sequence[PairLine], rows: dict[str, int]) -> list[PairLine]:
    return [line for line in lines if line.incident_id in rows and line.other_id in rows]


def _with_decided(compared: Comparison) -> tuple[Pairs, Floats]:
    """Likely pairs, and those that a line decides on, by their numbers."""
    facts, count = compared.facts, len(compared.facts.ids)
    rows = {name: row for row, name in enumerate(facts.ids)}
    lines = _known((*compared.decisions.merges, *compared.decisions.splits), rows)
    told = np.array(
        sorted({rows[line.pair[0]] * count + rows[line.pair[1]] for line in lines}), dtype=np.int64
    )
    key = compared.pairs.one * count + compared.pairs.other
    added = told[~np.isin(told, key)]
    one, other = added // max(count, 1), added % max(count, 1)
    more = Pairs(one, other, _distances_m(facts, one, other))
    with_points = ~np.isnan(more.distance_m)
    score = np.zeros(len(added))
    some = Pairs(one[with_points], other[with_points], more.distance_m[with_points])
    score[with_points] = probability(evidence(facts, some).total())
    order = np.argsort(np.concatenate((key, added)))
    pairs = Pairs(
        np.concatenate((compared.pairs.one, one))[order],
        np.concatenate((compared.pairs.other, other))[order],
        np.concatenate((compared.pairs.distance_m, more.distance_m))[order],
    )
    return pairs, np.concatenate((compared.score, score))[order]


def _distances_m(facts: Facts, one: Numbers, other: Numbers) -> Floats:
    lon, lat = facts.places.lon_deg, facts.places.lat_deg
    found = np.full(len(one), np.nan)
    known = np.isfinite(lon[one]) & np.isfinite(lon[other])
    a, b = one[known], other[known]
    found[known] = geod().inv(lon[a], lat[a], lon[b], lat[b])[2]
    return found


def _verdicts(compared: Comparison, pairs: Pairs, score: Floats) -> npt.NDArray[np.object_]:
    label, ids = compared.clusters.label, compared.facts.ids
    together = label[pairs.one] == label[pairs.other]
    doubtful = score >= weights("decision")["doubtful"]
    verdicts = np.select([together, doubtful], ["merged", "doubtful"], "apart").astype(object)
    told = {line.pair: "merge" for line in compared.decisions.merges}
    told |= {line.pair: "split" for line in compared.decisions.splits}
    if told:
        named = zip(ids[pairs.one], ids[pairs.other], strict=True)
        for position, pair in enumerate(named):
            verdicts[position] = told.get(pair, verdicts[position])
    return verdicts
