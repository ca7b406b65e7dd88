"""A project's inputs to reports and incidents, with counts that add up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from geo.canonical_json import to_json
from geo.collection.confirming import unconfirmed_reports
from geo.collection.decisions import Decisions, read_decisions
from geo.collection.editing import with_edits
from geo.collection.merging.uniting import merge_reports, without_reports
from geo.collection.project.gathering import gather_reports, read_inputs
from geo.collection.project.input_cache import InputCache, KeptInput
from geo.collection.project.input_reading import INPUT
from geo.collection.project.nameless import without_file_names
from geo.collection.project.own_sites import with_sites
from geo.collection.project.planning import Plan
from geo.collection.publish_gate import held_back
from geo.geocoding.overrides.replay import read_overrides

__all__ = ["Built", "Telling", "build_tables"]


@dataclass(frozen=True)
class Telling:
    """Whom a build tells how far it is.

    Parameters
    ----------
    warn
        Called with a sentence that people should read.
    on_inputs
        Called with the number of inputs and the paths of those that are read anew.
    on_input
        Called with 1 after each input.
    on_step
        Called with what begins now.
    """

    warn: Callable[[str], object] = field(default=lambda _: None)
    on_inputs: Callable[[int, Sequence[str]], object] = field(default=lambda _all, _new: None)
    on_input: Callable[[int], object] = field(default=lambda _: None)
    on_step: Callable[[str], object] = field(default=lambda _: None)


@dataclass(frozen=True)
class Built:
    """Tables of a build.

    Parameters
    ----------
    plan
        What was read.
    reports
        One row per report that counts.
    incidents
        One row per incident.
    why_held
        Why each incident must not be published; null where it may.
    public
        Incidents that may be published, of the reports that are confirmed.
    unconfirmed
        Reports that are left out of them, by the id of the incident among all.
    readings
        What each input holds.
    unreadable
        Inputs that were left out, by path, with the reason.
    elsewhere
        Reports of other countries that were left out, by input.
    """

    plan: Plan
    reports: gpd.GeoDataFrame
    incidents: gpd.GeoDataFrame
    why_held: "pd.Series[str]"
    public: gpd.GeoDataFrame
    unconfirmed: Mapping[str, Sequence[str]]
    readings: Mapping[str, KeptInput]
    unreadable: Mapping[str, str]
    elsewhere: Mapping[str, int]

    def counts(self) -> dict[str, dict[str, int]]:
        """Numbers of reports, incidents and published incidents, each with what it is made of."""
        read = sum(one.placed.num_rows for one in self.readings.values())
        elsewhere = sum(self.elsewhere.values())
        statuses = self.incidents["status"].value_counts()
        held = self.why_held.value_counts()
        return {
            "reports_read": {
                "counted": len(self.reports),
                "in_other_countries": elsewhere,
                "all": read,
            },
            "reports_counted": {
                "first_of_an_incident": len(self.incidents),
                "merged_into_another": len(self.reports) - len(self.incidents),
                "all": len(self.reports),
            },
            "incidents": {
                **{str(name): int(statuses[name]) for name in sorted(statuses.index)},
                "all": len(self.incidents),
            },
            "published": {
                "public": int(self.why_held.isna().sum()),
                **{f"held_back_{name}": int(held[name]) for name in sorted(held.index)},
                "all": len(self.incidents),
            },
        }


def build_tables(plan: Plan, telling: Telling) -> Built:
    """Read what has changed, place, join, merge and edit.

    Parameters
    ----------
    plan
        What is to be read.
    telling
        Whom to tell.

    Raises
    ------
    ReadError
        An input cannot be read.
    SchemaError
        A line of the overrides is wrong, or two contradict each other.
    """
    with with_sites(plan.folder, plan.work / "places", _site_teller(telling)):
        telling.on_step("Reading the overrides")
        # Faults of these stop a build before anything is read.
        rules = None if plan.overrides is None else read_overrides(plan.overrides)
        decisions = read_decisions(plan.overrides)
        cache = InputCache(plan.work / "cache")
        keyed = [(one, plan.keys[one.path]) for one in plan.found.inputs]
        telling.on_inputs(len(keyed), [one.path for one, key in keyed if not cache.has(key)])
        readings, unreadable = read_inputs(
            keyed,
            cache,
            skip_unreadable=plan.settings.rules.skip_unreadable,
            on_input=telling.on_input,
        )
        for path, one in readings.items():
            for note in one.notes:
                telling.warn(f"{path}: {note}.")
        telling.on_step("Placing and joining")
        gathered = gather_reports(list(readings.values()), plan.settings, plan.folder, rules)
        telling.on_step("Merging")
        for sentence in (*gathered.idle, *decisions.unmatched(gathered.reports)):
            telling.warn(sentence)
        incidents = _incidents(gathered.reports, decisions, merges=plan.settings.rules.merge)
    cache.keep_only({plan.keys[path] for path in readings})
    why_held = held_back(incidents, plan.settings.verification)
    passing = gpd.GeoDataFrame(incidents[why_held.isna()].reset_index(drop=True))
    unconfirmed = unconfirmed_reports(
        passing, gathered.reports, decisions, plan.settings.verification
    )
    for incident, names in unconfirmed.items():
        telling.warn(
            f"{incident}: {', '.join(names)} joined it by likeness alone and stays out of the "
            "public files until it is confirmed; merge or split it in the review."
        )
    return Built(
        plan,
        gathered.reports,
        incidents,
        why_held,
        without_file_names(
            _public(passing, gathered.reports, decisions, unconfirmed),
            {one.file.name for one in plan.found.inputs},
        ),
        unconfirmed,
        readings,
        unreadable,
        gathered.elsewhere,
    )


def _incidents(
    reports: gpd.GeoDataFrame, decisions: Decisions, *, merges: bool
) -> gpd.GeoDataFrame:
    merged = merge_reports(reports, decisions=decisions) if merges else _single(reports)
    return with_edits(gpd.GeoDataFrame(merged.drop(columns=INPUT)), decisions.edits)


def _public(
    passing: gpd.GeoDataFrame,
    reports: gpd.GeoDataFrame,
    decisions: Decisions,
    unconfirmed: Mapping[str, Sequence[str]],
) -> gpd.GeoDataFrame:
    if not unconfirmed:
        return passing
    left_out = {name for names in unconfirmed.values() for name in names}
    known = gpd.GeoDataFrame(reports.drop(columns=INPUT))
    return with_edits(without_reports(passing, known, left_out), decisions.edits)


def _single(reports: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents of one report each."""
    ids = reports["incident_id"].map(lambda one: to_json([one])).astype("str")
    return gpd.GeoDataFrame(
        reports.assign(
            reports=pd.Series(1, index=reports.index, dtype="Int64"),
            report_ids=ids,
            merge_score=pd.Series(float("nan"), index=reports.index),
            merge_reasons=pd.Series(None, index=reports.index, dtype="str"),
        )
    )


def _site_teller(telling: Telling) -> Callable[..., None]:
    def tell(fault: object) -> None:
        line, reason = getattr(fault, "line", ""), getattr(fault, "reason", "")
        telling.warn(f"sites.csv, line {line}: {reason}")

    return tell
