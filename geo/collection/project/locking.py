"""One build at a time: a lock that ends with the process that holds it."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from geo.errors import WriteError
from geo.formats.atomic import naming_target

__all__ = ["only_build"]

_LOCK = "lock"


@contextlib.contextmanager
def only_build(folder: Path, work: Path) -> Iterator[None]:
    """Hold the lock of a project while the block runs.

    Parameters
    ----------
    folder
        The project, for the message.
    work
        Folder in which the lock lies.

    Raises
    ------
    WriteError
        Another build holds it, it is a link, or the folder cannot be written.
    """
    with naming_target(work / _LOCK):
        for path in (work, work / _LOCK):
            if path.is_symlink():
                raise WriteError(f"{path}: is a link; take it away, “build” makes it anew.")
        work.mkdir(parents=True, exist_ok=True)
        stream = (work / _LOCK).open("a+b")
    with stream:
        try:
            _take(stream.fileno())
        except OSError as error:
            raise WriteError(
                f"{folder}: another build of this project is running; wait until it has ended."
            ) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
