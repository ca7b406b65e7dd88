"""Faults of GDAL and SQLite as those of the operating system, which then name the target."""

import contextlib
import errno
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

__all__ = ["as_system_faults"]

# What SQLite says, and the room that no file of ours can do with.
_FULL, _LEAST_BYTES = "disk is full", 1_000_000


@contextlib.contextmanager
def as_system_faults(partial: Path) -> Iterator[None]:
    """What GDAL or SQLite cannot write becomes an `OSError` without the name of the partial file.

    Parameters
    ----------
    partial
        The file that is being written.
    """
    try:
        yield
    # All errors of pyogrio are of this kind.
    except (RuntimeError, sqlite3.Error) as error:
        said = str(error).replace(str(partial), "the file").strip().splitlines() or ["no reason"]
        if _FULL in str(error) or shutil.disk_usage(partial.parent).free < _LEAST_BYTES:
            raise OSError(errno.ENOSPC, said[0]) from error
        raise OSError(said[0]) from error
