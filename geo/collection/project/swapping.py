"""The outputs of a project appear all at once, or not at all."""

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from geo.errors import WriteError
from geo.formats.atomic import naming_target

__all__ = ["OUTPUTS", "check_writable", "recover_outputs", "staged_outputs"]

OUTPUTS = "outputs"
_NEXT, _LAST = "next", "last"


def recover_outputs(folder: Path, work: Path) -> None:
    """Bring back the last outputs where a build has ended between its last two steps.

    Parameters
    ----------
    folder
        The project.
    work
        Folder for what is half done, on the same disk.

    Raises
    ------
    WriteError
        They cannot be moved, or hold a link, which may lead out of the project.
    """
    outputs, last = folder / OUTPUTS, work / _LAST
    _refuse_links(outputs, last, work / _NEXT)
    with naming_target(outputs):
        if last.exists() and not outputs.exists():
            last.rename(outputs)
    for rest in (last, work / _NEXT):
        shutil.rmtree(rest, ignore_errors=True)


def check_writable(folder: Path, work: Path) -> None:
    """Stop before any work where the outputs could not be written in the end.

    Parameters
    ----------
    folder
        The project.
    work
        Folder for what is half done.

    Raises
    ------
    WriteError
        One of the folders cannot be written, or a file has its name.
    """
    outputs = folder / OUTPUTS
    if outputs.exists() and not outputs.is_dir():
        raise WriteError(f"{outputs}: is a file, expected a folder; move it away.")
    for place in (folder, work, *([outputs] if outputs.exists() else [])):
        # No file is made to try it: a build that is killed meanwhile would leave it there.
        if not os.access(place, os.W_OK | os.X_OK):
            raise WriteError(f"{place}: cannot be written; expected a folder that can.")


@contextlib.contextmanager
def staged_outputs(folder: Path, work: Path, made_before: Collection[str]) -> Iterator[Path]:
    """Folder that becomes the outputs when the block ends well.

    Parameters
    ----------
    folder
        The project.
    work
        Folder for what is half done, on the same disk.
    made_before
        Paths in the outputs that the last build has made; other files in it are the user's, and
        stay.

    Raises
    ------
    WriteError
        The outputs cannot be written or replaced.
    """
    staging, outputs = work / _NEXT, folder / OUTPUTS
    with naming_target(staging):
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
    try:
        yield staging
        _refuse_links(outputs)
        with naming_target(outputs):
            _carry_over(outputs, staging, made_before)
            _swap(outputs, staging, work / _LAST)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _refuse_links(*folders: Path) -> None:
    """Stop at links, through which files of elsewhere would be read, moved or published."""
    for folder in folders:
        for path in (folder, *sorted(folder.rglob("*"))):
            if path.is_symlink():
                raise WriteError(
                    f"{path}: is a link; expected files and folders of the project's own, since "
                    "outputs are moved and published. Take it away, or put a copy in its place."
                )


def _carry_over(outputs: Path, staging: Path, made_before: Collection[str]) -> None:
    """Copy the user's own files, but for those in whose place a new one stands."""
    for file in sorted(outputs.rglob("*")) if outputs.is_dir() else ():
        path = file.relative_to(outputs)
        target = staging / path
        if file.is_file() and path.as_posix() not in made_before and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target)


def _swap(outputs: Path, staging: Path, last: Path) -> None:
    shutil.rmtree(last, ignore_errors=True)
    if outputs.exists():
        outputs.rename(last)
    try:
        staging.rename(outputs)
    except OSError:
        if last.exists():
            last.rename(outputs)
        raise
    shutil.rmtree(last, ignore_errors=True)
