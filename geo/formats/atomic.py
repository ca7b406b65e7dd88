"""Outputs appear whole or not at all."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from geo.errors import GeoError, WriteError

__all__ = ["atomic_path", "naming_target", "open_atomic"]


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
        The folder does not exist or cannot be written, or the target is no regular file.

    Examples
    --------
    >>> with atomic_path("table.parquet") as partial:  # doctest: +SKIP
    ...     table.to_parquet(partial)
    """
    target = Path(path)
    with naming_target(target):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if target.exists() and not target.is_file():
            raise OSError(errno.EINVAL, "it is a device or a pipe, which a file would replace")
        # Where a link leads to is replaced, not the link.
        real = Path(os.path.realpath(target)) if target.is_symlink() else target
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
        raise WriteError(
            f"{target}: cannot be written ({error.strerror or error}); is {target.parent} a folder "
            "that you may write to?"
        ) from error


def _permissions(target: Path) -> int:
    """Permissions that a plain `open` would have given; a temporary file is private otherwise."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
