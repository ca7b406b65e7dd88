"""What a build has read, with which programs, and what it has written: `run.json`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd

from geo.collection.changes.builds import BuildState
from geo.collection.project.building import Built
from geo.collection.project.inputs import ProjectInput, digest_of
from geo.collection.project.kept_tables import read_kept
from geo.collection.project.planning import Plan
from geo.collection.project.swapping import OUTPUTS
from geo.collection.project.versions import versions
from geo.errors import ReadError
from geo.geocoding.overrides.cells import read_cells

__all__ = ["INCIDENTS", "REPORTS", "RUN", "is_current", "last_build", "record_run", "state_of"]

#: Paths in the outputs.
RUN, INCIDENTS, REPORTS = "private/run.json", "private/incidents.parquet", "private/reports.parquet"
_FORMAT = 1


def record_run(built: Built, staging: Path) -> dict[str, Any]:
    """Record of a build, once all its other files are written.

    Parameters
    ----------
    built
        Its tables.
    staging
        Folder of its files.
    """
    plan = built.plan
    state = state_of(built)
    written = sorted(path for path in staging.rglob("*") if path.is_file())
    return {
        "format": _FORMAT,
        "fingerprint": plan.fingerprint,
        "versions": versions(),
        "recipe": plan.recipe(),
        "files": plan.files,
        "inputs": [_input(one, built) for one in plan.found.inputs],
        "left_out": dict(plan.found.left_out),
        "overrides": [[number, dict(cells)] for number, cells in state.lines],
        "settings": dict(state.settings),
        "counts": built.counts(),
        "outputs": {path.relative_to(staging).as_posix(): digest_of(path)[0] for path in written},
    }


def state_of(built: Built) -> BuildState:
    """What the list of changes of a later build compares with.

    Parameters
    ----------
    built
        Tables of a build.
    """
    plan = built.plan
    read = [one for one in plan.found.inputs if one.path in built.readings]
    return BuildState(
        built.incidents,
        built.reports,
        {one.path: one.sha256 for one in read},
        {one.path: plan.said(one) for one in read},
        [] if plan.overrides is None else read_cells(plan.overrides).lines,
        plan.dependencies(),
    )


def is_current(plan: Plan) -> bool:
    """Whether the outputs are whole and come from just these inputs, settings and versions.

    Parameters
    ----------
    plan
        What a build would read.
    """
    outputs = plan.folder / OUTPUTS
    record = _record(outputs)
    if record.get("fingerprint") != plan.fingerprint:
        return False
    try:
        return all(
            digest_of(outputs / path)[0] == sha256
            for path, sha256 in record.get("outputs", {}).items()
        )
    except ReadError:
        return False


def last_build(folder: Path) -> tuple[BuildState | None, frozenset[str]]:
    """The last good build, if its tables are whole, and the paths of all files that it made.

    Parameters
    ----------
    folder
        The project.
    """
    outputs = folder / OUTPUTS
    record = _record(outputs)
    made = frozenset((*record.get("outputs", {}), RUN)) if record else frozenset()
    try:
        incidents, reports = (read_kept(outputs / path) for path in (INCIDENTS, REPORTS))
        return _state(record, incidents, reports), made
    except (ReadError, KeyError, TypeError, ValueError):
        return None, made


def _state(
    record: Mapping[str, Any], incidents: gpd.GeoDataFrame, reports: gpd.GeoDataFrame
) -> BuildState:
    inputs = record["inputs"]
    return BuildState(
        incidents,
        reports,
        {one["path"]: one["sha256"] for one in inputs if not one["unreadable"]},
        {one["path"]: one["said"] for one in inputs if not one["unreadable"]},
        [(int(number), dict(cells)) for number, cells in record["overrides"]],
        record["settings"],
    )


def _record(outputs: Path) -> dict[str, Any]:
    try:
        record = json.loads((outputs / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_ours = isinstance(record, dict) and record.get("format") == _FORMAT
    return record if is_ours and isinstance(record.get("outputs"), dict) else {}


def _input(one: ProjectInput, built: Built) -> dict[str, Any]:
    source = one.source
    reading = built.readings.get(one.path)
    return {
        "path": one.path,
        "sha256": one.sha256,
        "bytes": one.bytes,
        "said": built.plan.said(one),
        "reads": "articles" if one.is_article else "table",
        "name": one.name,
        "publisher": source.publisher,
        "published": None if source.published is None else source.published.isoformat(),
        "licence": source.licence,
        "profile": reading.profile if reading else "",
        "rows": reading.rows if reading else 0,
        "reports": reading.placed.num_rows if reading else 0,
        "in_other_countries": built.elsewhere.get(one.path, 0),
        "unreadable": built.unreadable.get(one.path, ""),
        "notes": list(reading.notes) if reading else [],
    }
