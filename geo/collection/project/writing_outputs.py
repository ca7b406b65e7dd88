"""The tables and notes of a build as files."""

import json
import warnings
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo._about import DISTRIBUTION
from geo.collection.changes.builds import BuildState
from geo.collection.changes.listing import Change, list_changes
from geo.collection.changes.texts import changes_csv, changes_markdown
from geo.collection.completeness.note import LeftOut, completeness_csv, completeness_markdown
from geo.collection.completeness.speakers import count_cells, members_of
from geo.collection.project.building import Built
from geo.collection.project.input_reading import INPUT
from geo.collection.project.kept_tables import write_kept
from geo.collection.project.run_record import INCIDENTS, REPORTS, RUN, record_run, state_of
from geo.collection.project.settings import SourceSettings
from geo.collection.project.versions import versions
from geo.errors import RestrictedRowsWarning
from geo.exporting import describe, write
from geo.formats.about import About
from geo.profiles.registry import find_profile
from geo.schema import has_geometry

__all__ = ["PRIVATE", "PUBLIC", "restricted_inputs", "write_record", "write_tables"]

#: Folders in the outputs.
PRIVATE, PUBLIC = "private", "public"
_EXPORTS = ("incidents.geojson", "incidents.gpkg")


def write_tables(built: Built, before: BuildState | None, staging: Path) -> list[Change]:
    """Write all but the maps and the record of a build, and list what has changed.

    Parameters
    ----------
    built
        Its tables.
    before
        The last good build.
    staging
        Folder to write to.

    Raises
    ------
    WriteError
        A file cannot be written.
    """
    changes = list_changes(before, state_of(built))
    for folder, incidents in ((PRIVATE, built.incidents), (PUBLIC, built.public)):
        (staging / folder).mkdir()
        about = _about(incidents, built)
        for name in _EXPORTS:
            with warnings.catch_warnings():
                # What is published is told once, by the inputs that it comes from.
                warnings.simplefilter("ignore", RestrictedRowsWarning)
                write(incidents, staging / folder / name, about=about)
    write_kept(built.incidents, staging / INCIDENTS)
    write_kept(built.reports, staging / REPORTS)
    _write_text(staging / PRIVATE / "changes.csv", changes_csv(changes))
    words = changes_markdown(changes, built.unconfirmed)
    _write_text(staging / PRIVATE / "changes.md", words)
    _write_notes(built, staging)
    return changes


def restricted_inputs(built: Built) -> list[str]:
    """Inputs with published rows whose provider does not allow to pass them on.

    Parameters
    ----------
    built
        Tables of a build.
    """
    restricted = {
        path
        for path, one in built.readings.items()
        if one.profile and not find_profile(one.profile).redistributable
    }
    if not restricted:
        return []
    return sorted(restricted & _inputs_of(built.public, built))


def write_record(built: Built, staging: Path) -> None:
    """Write the record of a build, when all its other files are there.

    Parameters
    ----------
    built
        Its tables.
    staging
        Folder of its files.
    """
    record = record_run(built, staging)
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    _write_text(staging / RUN, text + "\n")


def _about(incidents: gpd.GeoDataFrame, built: Built) -> About:
    """What a file says of itself; the public one names no input, which may be a secret."""
    plan = built.plan
    run = {
        "command": "incidentmap build",
        "program": f"{DISTRIBUTION} {versions()[DISTRIBUTION]}",
        "fingerprint": plan.fingerprint,
    }
    said = describe(incidents, run=run, title=plan.settings.map.title or None)
    terms = {
        f"{source.publisher or source.name}: {source.licence}".removeprefix(": ")
        for source in _sources_of(incidents, built)
        if source.licence
    }
    return replace(said, attribution=(*said.attribution, *sorted(terms)))


def _sources_of(incidents: gpd.GeoDataFrame, built: Built) -> list[SourceSettings]:
    """Sources with a report of one of the incidents; others may be those of what is held back."""
    paths = _inputs_of(incidents, built)
    return [one.source for one in built.plan.found.inputs if one.path in paths]


def _inputs_of(incidents: gpd.GeoDataFrame, built: Built) -> set[str]:
    members = members_of(incidents)["report"]
    return set(built.reports.loc[built.reports["incident_id"].isin(members), INPUT])


def _write_notes(built: Built, staging: Path) -> None:
    held = built.counts()["published"]
    incidents = {
        name.removeprefix("held_back_"): count
        for name, count in held.items()
        if name.startswith("held_back_")
    }
    elsewhere = sum(built.elsewhere.values())
    reports = {"in other countries": elsewhere} if elsewhere else {}
    inputs = {**built.plan.found.left_out, **built.unreadable}
    unsure = sum(map(len, built.unconfirmed.values()))
    joined = {"joined by likeness alone, not confirmed": unsure} if unsure else {}
    # The public note tells no more of what is held back than how much it is.
    public = LeftOut(incidents, reports=joined)
    _write_note(built.public, built.reports, public, staging / PUBLIC)
    _write_note(built.incidents, built.reports, LeftOut({}, 0, reports, inputs), staging / PRIVATE)


def _write_note(
    incidents: gpd.GeoDataFrame, reports: pd.DataFrame, left_out: LeftOut, folder: Path
) -> None:
    members = members_of(incidents)["report"]
    cells = count_cells(incidents, reports[reports["incident_id"].isin(members)])
    unplaced = int((~has_geometry(incidents)).sum())
    note = completeness_markdown(cells, replace(left_out, unplaced=unplaced), total=len(incidents))
    _write_text(folder / "completeness.md", note)
    _write_text(folder / "completeness.csv", completeness_csv(cells))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
