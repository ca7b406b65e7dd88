"""How columns travel into the page: typed arrays, packed, compressed, and named by their content.

A block is `<script type="application/octet-stream" id="im-…">`: base64 of gzip of a container. The
container is a header length (u32, little-endian), a JSON header and the bytes of the columns, each
at a multiple of eight from the start. Two equal tables give the same block, so a page embeds it
once. The checksum at the end of the gzip stream tells the viewer of damage.
"""

import base64
import hashlib
import json
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.gzip_pieces import gzip_pieces

__all__ = [
    "MISSING",
    "Block",
    "Column",
    "delta",
    "dictionary",
    "identifiers",
    "integers",
    "measures",
    "pack",
    "plain",
    "repeated",
    "same_word",
    "texts",
    "unknown_measures",
]

#: Stands for a missing integer, as the least value of i32.
MISSING = -(2**31)

PlainType = Literal["u8", "u16", "i32", "f32", "f64"]
_DTYPES: dict[str, str] = {"u8": "u1", "u16": "<u2", "i32": "<i4", "f32": "<f4", "f64": "<f8"}
_ALIGNMENT = 8
_VERSION = 2
#: A few numbers that repeat are codes of one byte.
_MOST_CHOICES = 256
#: What a number below 2^31 is written as.
_NUMBER = "(?:0|[1-9][0-9]{0,8})"
_NUMBERED = re.compile(f"(.*?){_NUMBER}", re.DOTALL)


@dataclass(frozen=True)
class Column:
    """Encoded values of one column."""

    count: int
    encoding: str
    type: str
    data: bytes
    choices: tuple[object, ...] | None = None
    prefix: str | None = None


@dataclass(frozen=True)
class Block:
    """A container as it stands in the page; equal content has an equal `id`."""

    id: str
    base64: str

    @property
    def html(self) -> str:
        """The element that carries the block."""
        return f'<script type="application/octet-stream" id="{self.id}">{self.base64}</script>'

    def __deepcopy__(self, copies: dict[int, object]) -> Self:
        # Frozen, and large: the copy that a page renders shares it.
        return self


def plain(values: npt.ArrayLike, type: PlainType) -> Column:  # noqa: A002  (the format's word)
    r"""Array of numbers as it is.

    Examples
    --------
    >>> plain([1, 2], "u16").data
    b'\x01\x00\x02\x00'
    """
    array = np.asarray(values).astype(_DTYPES[type])
    return Column(len(array), "plain", type, array.tobytes())


def delta(values: npt.ArrayLike) -> Column:
    r"""Integers (i32) as differences of neighbours, in byte planes; small where values are near.

    Examples
    --------
    >>> delta([10, 9, 11]).data
    b'\x14\x01\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00'
    """
    array = np.asarray(values, dtype=np.int32).astype(np.int64)
    # Differences wrap modulo 2^32, so that MISSING needs no special case.
    step = np.diff(array, prepend=np.int64(0)).astype(np.int32)
    return Column(len(array), "delta", "i32", _planes(step))


def integers(values: npt.ArrayLike) -> Column:
    r"""Integers (i32) as differences, or as they are in byte planes where neighbours are unlike.

    Examples
    --------
    >>> integers([0, 1000, 0, 1000]).encoding, integers([1000, 1001, 1002]).encoding
    ('planes', 'delta')
    """
    array = np.asarray(values, dtype=np.int32)
    size, step = (
        np.log2(np.abs(numbers.astype(np.float64)) + 1).sum()
        for numbers in (array, np.diff(array.astype(np.int64), prepend=np.int64(0)))
    )
    if step < size:
        return delta(array)
    return Column(len(array), "planes", "i32", _planes(array))


def _planes(array: npt.NDArray[np.int32]) -> bytes:
    zigzag = ((array << 1) ^ (array >> 31)).astype("<u4")
    return zigzag.view(np.uint8).reshape(-1, 4).T.tobytes()


def measures(values: npt.NDArray[np.float64], type: Literal["f32", "i32"]) -> Column:  # noqa: A002
    """Numbers, as codes of one byte where there are few of them; missing ones as NaN or MISSING.

    Examples
    --------
    >>> measures(np.array([500.0, np.nan, 500.0]), "f32").choices
    (500.0, None)
    """
    numbers = np.asarray(values).astype(_DTYPES[type])
    codes, found = pd.factorize(numbers, use_na_sentinel=False)
    if len(found) > _MOST_CHOICES:
        return plain(numbers, type)
    missing = np.isnan(found) if type == "f32" else found == MISSING
    choices = tuple(
        None if lost else number for number, lost in zip(found.tolist(), missing, strict=True)
    )
    # Where there is but one, no row needs a code.
    data = codes.astype(np.uint8).tobytes() if len(found) > 1 else b""
    return Column(len(numbers), "choice", type, data, choices)


def dictionary(values: Iterable[str | None]) -> Column:
    """Words that repeat, as codes into the sorted list of them; a missing word is null.

    Examples
    --------
    >>> dictionary(["riot", None, "fire", "riot"]).choices
    ('fire', 'riot', None)
    """
    series = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype="str")
    codes, words = pd.factorize(series.astype("str"), sort=True)
    known: list[str | None] = [str(word) for word in words]
    if (codes < 0).any():
        codes = np.where(codes < 0, len(known), codes)
        known.append(None)
    code_type: PlainType = "u8" if len(known) <= 2**8 else "u16" if len(known) <= 2**16 else "i32"
    data = plain(codes, code_type).data if len(known) > 1 else b""
    return Column(len(series), "dictionary", code_type, data, tuple(known))


def same_word(word: str | None, count: int) -> Column:
    """One word for every row, as `dictionary` would write it.

    Examples
    --------
    >>> same_word(None, 2) == dictionary([None, None])
    True
    """
    return Column(count, "dictionary", "u8", b"", (word,) if count else ())


def unknown_measures(count: int, type: Literal["f32", "i32"]) -> Column:  # noqa: A002
    """Numbers that are missing in every row, as `measures` would write them.

    Examples
    --------
    >>> unknown_measures(1, "f32") == measures(np.array([np.nan]), "f32")
    True
    """
    return Column(count, "choice", type, b"", (None,) if count else ())


def identifiers(values: "pd.Series[str]") -> Column:
    """Unique texts; numbers behind one prefix, such as `GED-1`, `GED-2`, as numbers.

    Examples
    --------
    >>> identifiers(pd.Series(["GED-7", "GED-9"])).prefix
    'GED-'
    """
    rows = values.astype("str")
    match = _NUMBERED.fullmatch(rows.iloc[0]) if len(rows) else None
    if match is not None:
        prefix = match[1]
        found = rows.str.removeprefix(prefix)
        numbered = rows.str.startswith(prefix) & found.str.fullmatch(_NUMBER)
        if numbered.all():
            steps = delta(found.astype(np.int32))
            return Column(steps.count, "ids", "i32", steps.data, prefix=prefix)
    return texts(rows.to_numpy(dtype=object))


def texts(values: Iterable[object]) -> Column:
    """Values of JSON (texts, lists, null), opened late.

    Examples
    --------
    >>> texts(["Zarqa", None]).data
    b'["Zarqa",null]'
    """
    rows = list(values)
    return Column(len(rows), "json", "utf8", _json_bytes(rows))


def repeated(value: object, count: int) -> Column:
    """One value of JSON for every row.

    Examples
    --------
    >>> repeated(None, 1_000_000).data
    b''
    """
    return Column(count, "choice", "utf8", b"", (value,))


def pack(columns: Mapping[str, Column], meta: Mapping[str, object]) -> Block:
    """Container of columns and what describes them.

    Parameters
    ----------
    columns
        Columns by name.
    meta
        Values of JSON that the viewer needs to read the columns.

    Examples
    --------
    >>> pack({"day": delta([1])}, {}).id == pack({"day": delta([1])}, {}).id
    True
    """
    entries: dict[str, dict[str, object]] = {}
    bodies: list[bytes] = []
    offset = 0
    for name in sorted(columns):
        column = columns[name]
        entries[name] = {
            "count": column.count,
            "encoding": column.encoding,
            "type": column.type,
            "offset": offset,
            "length": len(column.data),
        }
        if column.choices is not None:
            entries[name]["values"] = list(column.choices)
        if column.prefix is not None:
            entries[name]["prefix"] = column.prefix
        bodies.append(column.data + bytes(-len(column.data) % _ALIGNMENT))
        offset += len(bodies[-1])
    header = _json_bytes({"version": _VERSION, "meta": dict(meta), "columns": entries})
    # Blanks, so that the columns begin at a multiple of eight.
    header += b" " * (-(len(header) + 4) % _ALIGNMENT)
    pieces = [struct.pack("<I", len(header)) + header, *filter(None, bodies)]
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    packed = gzip_pieces(pieces)
    return Block(f"im-{digest.hexdigest()[:12]}", base64.b64encode(packed).decode("ascii"))


def _json_bytes(value: object) -> bytes:
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    # A lone surrogate has no UTF-8; the page would refuse the whole block for it.
    return text.encode("utf-8", errors="replace")
