"""Packed files: their sizes are known before anything is unpacked."""

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import ReadError
from geo.tables.limits import MOST_UNPACKED

__all__ = ["named_after", "open_archive", "read_member"]

_MOST_MEMBERS = 10_000
_HIGHEST_RATIO = 200
_HARMLESS = 50_000_000


@contextmanager
def named_after(archive: Path, folder: str) -> Iterator[None]:
    """Faults of a file that stands unpacked in a folder as those of its archive.

    Raises
    ------
    ReadError
        As the file's own reader, with the path of the archive.
    """
    try:
        yield
    except ReadError as error:
        raise ReadError(str(error).replace(f"{folder}{os.sep}", f"{archive}: ")) from error


@contextmanager
def open_archive(path: Path, *, expected: str) -> Iterator[zipfile.ZipFile]:
    """A ZIP file that would unpack to a reasonable size.

    Raises
    ------
    ReadError
        The file is missing, is no ZIP file, has a password, is broken, or would unpack to an absurd
        size.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, path, expected)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ReadError(f"{path}: cannot be unpacked ({error}); {expected}.") from error
    except OSError as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(
            f"{path}: cannot be read ({error.strerror or error}); {expected}."
        ) from error


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Content of a member, never more than the archive says of it."""
    # The library stops at the stated size, and then compares the checksum.
    with archive.open(name) as stream:
        return stream.read()


def _check(archive: zipfile.ZipFile, path: Path, expected: str) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise ReadError(f"{path}: has a password; save it without one. {expected}.")
    packed = sum(member.compress_size for member in members)
    size = sum(member.file_size for member in members)
    most = min(MOST_UNPACKED, max(_HARMLESS, _HIGHEST_RATIO * packed))
    if size > most or len(members) > _MOST_MEMBERS:
        raise ReadError(
            f"{path}: would unpack from {packed:,} to {size:,} bytes in {len(members):,} files, "
            f"which no table does; {expected}."
        )
