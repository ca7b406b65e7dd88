"""How columns travel into the page: typed arrays, packed, compressed, and named by their content.

A block is `<script type="application/octet-stream" id="im-…">`: base64 of gzip of a container. The
container is a header length (u32, little-endian), a JSON header and the bytes of the columns, each
at a multiple of eight. Two equal tables give the same block, so a page embeds it once.
"""

import base64
import gzip
import hashlib
import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["MISSING", "Block", "Column", "delta", "dictionary", "pack", "plain", "texts"]

#: Stands for a missing integer, as the least value of i32.
MISSING = -(2**31)

PlainType = Literal["u8", "u16", "i32", "f32", "f64"]
_DTYPES: dict[str, str] = {"u8": "u1", "u16": "<u2", "i32": "<i4", "f32": "<f4", "f64": "<f8"}
_ALIGNMENT = 8
_VERSION = 1


@dataclass(frozen=True)
class Column:
    """Encoded values of one column."""

    count: int
    encoding: str
    type: str
    data: bytes
    words: tuple[str | None, ...] | None = None


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
    zigzag = ((step << 1) ^ (step >> 31)).astype("<u4")
    planes = zigzag.view(np.uint8).reshape(-1, 4).T
    return Column(len(array), "delta", "i32", planes.tobytes())


def dictionary(values: Iterable[str | None]) -> Column:
    """Words that repeat, as codes into the sorted list of them; a missing word is null.

    Examples
    --------
    >>> dictionary(["riot", None, "fire", "riot"]).words
    ('fire', 'riot', None)
    """
    series = pd.Series(list(values), dtype="str")
    codes, words = pd.factorize(series, sort=True)
    known: list[str | None] = [str(word) for word in words]
    if (codes < 0).any():
        codes = np.where(codes < 0, len(known), codes)
        known.append(None)
    code_type: PlainType = "u8" if len(known) <= 2**8 else "u16" if len(known) <= 2**16 else "i32"
    column = plain(codes, code_type)
    return Column(column.count, "dictionary", code_type, column.data, tuple(known))


def texts(values: Iterable[object]) -> Column:
    """Values of JSON (texts, lists, null), opened late.

    Examples
    --------
    >>> texts(["Zarqa", None]).data
    b'["Zarqa",null]'
    """
    rows = list(values)
    return Column(len(rows), "json", "utf8", _json_bytes(rows))


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
    body = bytearray()
    for name in sorted(columns):
        column = columns[name]
        entries[name] = {
            "count": column.count,
            "encoding": column.encoding,
            "type": column.type,
            "offset": len(body),
            "length": len(column.data),
        }
        if column.words is not None:
            entries[name]["values"] = list(column.words)
        body += column.data
        body += bytes(-len(body) % _ALIGNMENT)
    header = _json_bytes({"version": _VERSION, "meta": dict(meta), "columns": entries})
    container = struct.pack("<I", len(header)) + header + bytes(body)
    name = hashlib.sha256(container).hexdigest()[:12]
    packed = gzip.compress(container, compresslevel=6, mtime=0)
    return Block(f"im-{name}", base64.b64encode(packed).decode("ascii"))


def _json_bytes(value: object) -> bytes:
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    # A lone surrogate has no UTF-8; the page would refuse the whole block for it.
    return text.encode("utf-8", errors="replace")
