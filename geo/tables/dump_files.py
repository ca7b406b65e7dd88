"""GeoNames dumps, packed or not, read line by line."""

import contextlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from geo.errors import ReadError
from geo.gazetteer.entries import BadLineError, Entry, Fault
from geo.gazetteer.geonames_dump import DumpReader

__all__ = ["Progress", "read_dump"]

#: Called with the bytes that are done and those that there are.
Progress = Callable[[int, int], None]

_LONGEST_LINE = 100_000
_TICK = 20_000
# The dump of all countries unpacks to 1.7 GB, to four to five times its size.
_LARGEST = 20_000_000_000
_HIGHEST_RATIO = 100
_HARMLESS = 10_000_000
_EXPECTED = "expected a dump of GeoNames, such as JO.zip or allCountries.zip"


def read_dump(path: Path, reader: DumpReader, progress: Progress) -> Iterator[Entry | Fault | None]:
    """Place, fault, or None for a line that is left out, of each line of a dump.

    Raises
    ------
    ReadError
        The file is no dump, is broken, or would unpack to an absurd size.
    """
    try:
        with _opened(path) as (stream, size):
            for line, content in enumerate(_lines(stream), start=1):
                if line % _TICK == 0:
                    progress(stream.tell(), size)
                if content.strip():
                    yield _read(line, content, reader)
            progress(size, size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{path}: cannot be read ({error}); {_EXPECTED}.") from error


def _read(line: int, content: bytes, reader: DumpReader) -> Entry | Fault | None:
    if len(content) > _LONGEST_LINE:
        return Fault(line, f"longer than {_LONGEST_LINE:,} bytes")
    try:
        return reader.entry(line, content.rstrip(b"\r\n").decode("utf-8"))
    except UnicodeDecodeError:
        return Fault(line, "not text in UTF-8")
    except BadLineError as error:
        return Fault(line, str(error))


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines of any length; of one that is too long, only the start."""
    while line := stream.readline(_LONGEST_LINE + 1):
        rest = line
        while len(rest) > _LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(_LONGEST_LINE + 1)
        yield line


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    if path.suffix.lower() != ".zip":
        with path.open("rb") as stream:
            yield stream, path.stat().st_size
        return
    with zipfile.ZipFile(path) as archive:
        member = _member(archive, path)
        with archive.open(member) as packed, io.BufferedReader(packed, 1 << 20) as stream:  # type: ignore[type-var]
            yield stream, member.file_size


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    texts = [
        one
        for one in archive.infolist()
        if one.filename.lower().endswith(".txt") and "readme" not in one.filename.lower()
    ]
    if len(texts) != 1:
        raise ReadError(f"{path}: holds {len(texts)} lists of places, not one; {_EXPECTED}.")
    member = texts[0]
    if member.flag_bits & 1:
        raise ReadError(f"{path}: {member.filename} has a password; {_EXPECTED}.")
    most = min(_LARGEST, max(_HARMLESS, _HIGHEST_RATIO * member.compress_size))
    if member.file_size > most:
        raise ReadError(
            f"{path}: {member.filename} would unpack from {member.compress_size:,} to "
            f"{member.file_size:,} bytes, which no list of places does; {_EXPECTED}."
        )
    return member
