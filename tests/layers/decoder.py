"""Reads a data block as the contract describes it, written apart from the encoder."""

import base64
import gzip
import json
import math
import re
from typing import Any

import numpy as np

_DTYPES = {"u8": "u1", "u16": "<u2", "i32": "<i4", "f32": "<f4", "f64": "<f8"}


def unpack(text: str) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Meta and columns of the base64 text of a block."""
    container = gzip.decompress(base64.b64decode(text))
    length = int.from_bytes(container[:4], "little")
    header = json.loads(container[4 : 4 + length])
    body = container[4 + length :]
    assert header["version"] == 2
    assert length % 8 == 4
    return header["meta"], {name: _column(entry, body) for name, entry in header["columns"].items()}


def blocks(html: str) -> dict[str, str]:
    """Base64 texts of the data blocks of a page, by id."""
    pattern = r'<script type="application/octet-stream" id="(im-[0-9a-f]{12})">([^<]*)</script>'
    found = re.findall(pattern, html)
    assert len(found) == len(dict(found)), "a block stands twice in the page"
    return dict(found)


def _column(entry: dict[str, Any], body: bytes) -> list[Any]:
    assert entry["offset"] % 8 == 0
    data = body[entry["offset"] : entry["offset"] + entry["length"]]
    values = _READERS[entry["encoding"]](entry, data)
    assert len(values) == entry["count"]
    return values


def _plain(entry: dict[str, Any], data: bytes) -> list[Any]:
    return np.frombuffer(data, _DTYPES[entry["type"]]).tolist()


def _delta(entry: dict[str, Any], data: bytes) -> list[int]:
    count = entry["count"]
    value, values = 0, []
    for i in range(count):
        zigzag = sum(data[plane * count + i] << (8 * plane) for plane in range(4))
        value += -(zigzag >> 1) - 1 if zigzag & 1 else zigzag >> 1
        value = (value + 2**31) % 2**32 - 2**31
        values.append(value)
    return values


def _dictionary(entry: dict[str, Any], data: bytes) -> list[str | None]:
    if len(entry["values"]) == 1:
        assert not data
        return entry["values"] * entry["count"]
    return [entry["values"][code] for code in _plain(entry, data)]


def _json(entry: dict[str, Any], data: bytes) -> list[Any]:
    assert entry["encoding"] == "json"
    return json.loads(data)


def _planes(entry: dict[str, Any], data: bytes) -> list[int]:
    return np.diff([0, *_delta(entry, data)]).astype(np.int32).tolist()


def _choice(entry: dict[str, Any], data: bytes) -> list[Any]:
    missing = {"f32": math.nan, "i32": -(2**31), "utf8": None}[entry["type"]]
    choices = [missing if value is None else value for value in entry["values"]]
    assert len(data) in {0, entry["count"]}
    return [choices[code] for code in data or bytes(entry["count"])]


def _ids(entry: dict[str, Any], data: bytes) -> list[str]:
    return [f"{entry['prefix']}{number}" for number in _delta(entry, data)]


_READERS = {
    "plain": _plain,
    "delta": _delta,
    "planes": _planes,
    "choice": _choice,
    "ids": _ids,
    "dictionary": _dictionary,
    "json": _json,
}
