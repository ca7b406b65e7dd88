"""Outputs appear whole or not at all."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from geo.errors import GeoError, WriteError

__all__ = ["atomic_path", "naming_target", "open_atomic"]

_FULL = (errno.ENOSPC, errno.EDQUOT)
# Names of what a program has open, such as its standard output.
_OPEN_FILES = ("/dev/std", "/dev/fd/", "/proc/")
# What SQLite lays beside a database, such as a GeoPackage, that a program is at work on. It would
# take them for those of the new file, and destroy it.
_BESIDE = ("-wal", "-shm", "-journal")


@contextlib.contextmanager
def open_atomic(path: str | os.PathLike[str]) -> Iterator[IO[str]]:
    """Open a text file for writing that replaces `path` only when the block ends well.

    Parameters
    ----------
    path
        Target; a temporary file beside it holds the text meanwhile.

    Raises
    ------
    WriteError
        The folder does not exist or cannot be written, or the target is no regular file.

    Examples
    --------
    >>> with open_atomic("note.txt") as stream:  # doctest: +SKIP
    ...     stream.write("whole")
    """
    with atomic_path(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream


@contextlib.contextmanager
def atomic_path(path: str | os.PathLike[str], *, suffix: str = "") -> Iterator[Path]:
    """Path of a temporary file that replaces `path` only when the block ends well.

    Parameters
    ----------
    path
        Target; the temporary file lies beside it.
    suffix
        End of the temporary file's name, where a library judges files by it.

    Raises
    ------
    WriteError
        The folder does not exist or cannot be written, the target is no regular file, or is a
        database that a program is at work on.

    Examples
    --------
    >>> with atomic_path("table.parquet") as partial:  # doctest: +SKIP
    ...     table.to_parquet(partial)
    """
    target = Path(path)
    with naming_target(target):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        _refuse_streams(target)
        # Where a link leads to is replaced, not the link.
        real = Path(os.path.realpath(target)) if target.is_symlink() else target
        _refuse_open_database(target, real)
        # The name is not part of the temporary one, which would be too long sooner.
        handle, name = tempfile.mkstemp(
            dir=real.parent, prefix=".incidentmap.", suffix=f".partial{suffix}"
        )
        os.close(handle)
    temporary = Path(name)
    try:
        with naming_target(target):
            yield temporary
            temporary.chmod(_permissions(real))
            _refuse_open_database(target, real)
            temporary.replace(real)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def naming_target(target: Path) -> Iterator[None]:
    """Errors of the operating system as ours, which name the target."""
    try:
        yield
    except GeoError:
        raise
    except OSError as error:
        raise WriteError(f"{target}: cannot be written {_cause(target, error)}") from error


def _refuse_streams(target: Path) -> None:
    """Stop where a file would take the place of what is no file, or is open as another program's.

    Raises
    ------
    WriteError
        The target is a device, a pipe, or what a program has open.
    """
    is_open = str(target.absolute()).startswith(_OPEN_FILES)
    if is_open or (target.exists() and not target.is_file()):
        raise WriteError(
            f"{target}: cannot be written (it is a device or a pipe, which a file would replace); "
            "name a file. On the command line, -o - writes to the standard output."
        )


def _refuse_open_database(target: Path, real: Path) -> None:
    """Stop where a database would be replaced of which a part lies in files beside it.

    Raises
    ------
    WriteError
        A program has it open, or has ended without closing it.
    """
    beside = [real.name + end for end in _BESIDE if os.path.lexists(f"{real}{end}")]
    if beside:
        raise WriteError(
            f"{target}: cannot be written (it is open in another program, such as QGIS, which "
            f"keeps {' and '.join(beside)} beside it); remove its layers there or close the "
            "program, or choose another name. If no program has it open, one has ended "
            "without closing it: open the file in QGIS and close it again."
        )


def _cause(target: Path, error: OSError) -> str:
    """Why a target cannot be written, and what to do."""
    said, folder = f"({error.strerror or error})", target.parent
    if error.errno in _FULL:
        real = Path(os.path.realpath(target)).parent
        return (
            f"{said}: the disk that holds {real} is full; make room on it, or choose a folder on "
            "another disk."
        )
    if error.errno == errno.EFBIG:
        return f"{said}: larger than its disk or your limits allow; choose another disk."
    if error.errno is None and folder.is_dir():
        # Drivers do not say why they fail.
        free = shutil.disk_usage(folder).free / 1e6
        return (
            f"{said}; is {folder} a folder that you may write to? Its disk has {free:,.0f} MB free."
        )
    return f"{said}; is {folder} a folder that you may write to?"


def _permissions(target: Path) -> int:
    """Permissions that a plain `open` would have given; a temporary file is private otherwise."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
