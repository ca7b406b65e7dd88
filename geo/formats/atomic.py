"""Outputs appear whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from geo.errors import WriteError

__all__ = ["open_atomic"]


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
        The folder does not exist or cannot be written.

    Examples
    --------
    >>> with open_atomic("note.txt") as stream:  # doctest: +SKIP
    ...     stream.write("whole")
    """
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name}.", suffix=".partial"
        )
    except OSError as error:
        raise WriteError(
            f"{target}: cannot be written ({error.strerror}); is {target.parent} a folder that you "
            "may write to?"
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        temporary.chmod(_permissions(target))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _permissions(target: Path) -> int:
    """Permissions that a plain `open` would have given; a temporary file is private otherwise."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
