"""A build from its lock to its outputs."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.collection.changes.listing import Change
from geo.collection.project.building import Built, Telling, build_tables
from geo.collection.project.locking import only_build
from geo.collection.project.planning import WORK, plan_build
from geo.collection.project.run_record import is_current, last_build
from geo.collection.project.settings import SETTINGS_FILE
from geo.collection.project.swapping import (
    OUTPUTS,
    check_writable,
    recover_outputs,
    staged_outputs,
)
from geo.collection.project.writing_outputs import (
    PUBLIC,
    restricted_inputs,
    write_record,
    write_tables,
)
from geo.errors import ReadError

__all__ = ["BuildResult", "build_project"]


@dataclass(frozen=True)
class BuildResult:
    """What a build has done.

    Parameters
    ----------
    outputs
        Folder of its files.
    counts
        Numbers of reports and incidents, each with what it is made of.
    changes
        Incidents that were added, changed and withdrawn since the last good build.
    """

    outputs: Path
    counts: Mapping[str, Mapping[str, int]]
    changes: Sequence[Change]


def build_project(
    folder: str | os.PathLike[str],
    *,
    telling: Telling | None = None,
    draw: Callable[[Built, Path], object] | None = None,
) -> BuildResult | None:
    """Build the outputs of a project: all of them, or none.

    The same folder gives the same bytes. Only inputs that have changed are read anew. An
    interrupted build leaves the outputs of the last one.

    Parameters
    ----------
    folder
        The project, as `start_project` makes it.
    telling
        Whom to tell how far it is.
    draw
        Called with the tables and the folder of the new outputs, to add maps to it.

    Returns
    -------
    BuildResult or None
        None where nothing has changed since the last build.

    Raises
    ------
    ReadError
        The settings or an input cannot be read, or there is no input.
    SchemaError
        The settings or the overrides are wrong, or contradict each other.
    WriteError
        The outputs cannot be written, or another build is running.
    """
    root, told = Path(folder), telling or Telling()
    if not (root / SETTINGS_FILE).is_file():
        raise ReadError(
            f"{root}: there is no {SETTINGS_FILE} in it; expected a project. “incidentmap init "
            f"{root}” makes one."
        )
    work = root / WORK
    with only_build(root, work):
        recover_outputs(root, work)
        check_writable(root, work)
        plan = plan_build(root)
        for pattern in plan.found.idle:
            told.warn(f"{pattern}: no input fits this pattern of {SETTINGS_FILE}.")
        for path, why in plan.found.left_out.items():
            told.warn(f"{path}: left out, {why}.")
        if is_current(plan):
            return None
        built = build_tables(plan, told)
        for path in restricted_inputs(built):
            told.warn(
                f"{path}: its terms forbid to pass its rows on, and some are in "
                f"{OUTPUTS}/{PUBLIC}; keep that folder to yourself, or leave the input out."
            )
        before, made_before = last_build(root)
        with staged_outputs(root, work, made_before) as staging:
            told.on_step("Writing")
            changes = write_tables(built, before, staging)
            if draw is not None:
                draw(built, staging)
            write_record(built, staging)
        return BuildResult(root / OUTPUTS, built.counts(), changes)
