"""All names of one gazetteer in one file that is mapped into memory, and never parsed.

Names stand in the order of their skeletons, one to a line for each place that carries them; a
directory tells where the lines of a skeleton begin. So one look finds a name as it is written, and
the same place holds its other spellings.
"""

import mmap
import struct
import sys
import zlib
from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal, Self

from geo.grammar.name_sounds import skeleton

__all__ = ["CODE_BYTES", "NameIndex", "code_of", "fingerprint", "names_path", "write_name_index"]

#: Bytes of a skeleton that the directory tells apart.
CODE_BYTES = 8

_MAGIC = b"names\x00\x01\x00"
# Magic, fingerprint of the gazetteer, groups, lines, bytes of text.
_HEADER = struct.Struct("<8sQQQQ")
_SAMPLES, _SAMPLE_BYTES = 64, 4096


def names_path(gazetteer: Path) -> Path:
    """Path of the index that belongs to a gazetteer."""
    return gazetteer.with_suffix(".names")


def fingerprint(gazetteer: Path) -> int:
    """Number that changes with a gazetteer, from its size and a sample of its pages."""
    size = gazetteer.stat().st_size
    checksum = 0
    with gazetteer.open("rb") as stream:
        for number in range(_SAMPLES):
            stream.seek(max(0, size - _SAMPLE_BYTES) * number // (_SAMPLES - 1))
            checksum = zlib.crc32(stream.read(_SAMPLE_BYTES), checksum)
    return size << 32 | checksum


def write_name_index(path: Path, names: Iterable[tuple[str, int]], *, stamp: int) -> None:
    """Write the index of a gazetteer; the same names give the same bytes.

    Parameters
    ----------
    path
        File to write.
    names
        Keys of names with the number of the place that carries each.
    stamp
        Fingerprint of the gazetteer.
    """
    import numpy as np  # noqa: PLC0415  # reading needs none of it

    lines = sorted((code_of(key), key, place) for key, place in names)
    codes = np.array([code for code, _, _ in lines], dtype="<u8")
    texts = [f"{key}\n".encode() for _, key, _ in lines]
    lengths = np.array([0, *map(len, texts)], dtype=np.int64)
    ends = np.cumsum(lengths)
    groups, first = np.unique(codes, return_index=True)
    first = np.append(first, len(lines))
    with path.open("wb") as stream:
        stream.write(_HEADER.pack(_MAGIC, stamp, len(groups), len(lines), int(ends[-1]) + 1))
        stream.write(groups.astype("<u8").tobytes())
        stream.write(ends[first].astype("<u4").tobytes())
        stream.write(first.astype("<u4").tobytes())
        stream.write(np.array([place for _, _, place in lines], dtype="<i4").tobytes())
        stream.write(b"\n")
        stream.writelines(texts)


def code_of(key: str) -> int:
    """Number by which names are ordered: the first bytes of the skeleton."""
    return int.from_bytes(skeleton(key)[:CODE_BYTES].ljust(CODE_BYTES, b"\x00"), "big")


class NameIndex:
    """Names of a gazetteer, mapped into memory.

    Parameters
    ----------
    path
        File that `write_name_index` wrote.
    stamp
        Fingerprint that the gazetteer has now.

    Attributes
    ----------
    codes
        Numbers of all skeletons, ascending.
    lines
        How many names there are, counted for each place that carries them.

    Raises
    ------
    ValueError
        The file is none, is damaged, or belongs to another gazetteer.
    """

    def __init__(self, path: Path, *, stamp: int) -> None:
        with path.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._views: list[memoryview] = []
        if len(self._map) < _HEADER.size or sys.byteorder != "little":
            raise ValueError("too short, or on a machine of another byte order")
        magic, of, groups, lines, text = _HEADER.unpack_from(self._map)
        at = _HEADER.size
        self.lines = lines
        self._text = at + 8 * groups + 8 * (groups + 1) + 4 * lines
        if (magic, of) != (_MAGIC, stamp) or len(self._map) != self._text + text:
            raise ValueError("it belongs to another gazetteer, or is damaged")
        self.codes = self._view("Q", at, groups)
        self._starts = self._view("I", at + 8 * groups, groups + 1)
        self._first = self._view("I", at + 12 * groups + 4, groups + 1)
        self._places = self._view("i", at + 16 * groups + 8, lines)

    @classmethod
    def of(cls, gazetteer: Path) -> Self | None:
        """Index that lies beside a gazetteer, if it is there and belongs to it."""
        with suppress(OSError, ValueError):
            return cls(names_path(gazetteer), stamp=fingerprint(gazetteer))
        return None

    def find(self, key: str, code: int) -> list[int]:
        """Numbers of the places that carry a name; the code is that of its key."""
        group = self.group_of(code)
        if group is None:
            return []
        start, end = self._bounds(group)
        line = b"\n%b\n" % key.encode("utf-8", "surrogatepass")
        at = self._map.find(line, start, end)
        if at < 0:
            return []
        number = self._first[group] + self._map[start:at].count(b"\n")
        found = []
        while self._map[at : at + len(line)] == line:
            found.append(self._places[number])
            number, at = number + 1, at + len(line) - 1
        return found

    def group_of(self, code: int) -> int | None:
        """Number of the group of a code."""
        number = bisect_left(self.codes, code)
        return number if number < len(self.codes) and self.codes[number] == code else None

    def keys_of(self, groups: Iterable[int]) -> list[str]:
        """Names of groups; one that several places carry comes several times."""
        bounds = map(self._bounds, groups)
        text = b"".join(self._map[start + 1 : end] for start, end in bounds)
        return text.decode().split("\n")[:-1]

    def close(self) -> None:
        """Let go of the file."""
        for view in self._views:
            view.release()
        self._map.close()

    def _bounds(self, group: int) -> tuple[int, int]:
        """Where the lines of a group stand, with the end of the line before."""
        return self._text + self._starts[group], self._text + self._starts[group + 1] + 1

    def _view(self, kind: Literal["i", "I", "Q"], start: int, count: int) -> memoryview:
        whole = memoryview(self._map)
        part = whole[start : start + struct.calcsize(kind) * count]
        cast: memoryview = part.cast(kind)
        self._views += [cast, part, whole]
        return cast
