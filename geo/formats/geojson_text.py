"""Tables as GeoJSON text, built column by column, some thousand rows at a time."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa

from geo.canonical_json import to_json
from geo.formats.flat_columns import flat_columns, shape_columns
from geo.formats.json_columns import joined, json_values
from geo.formats.rfc7946 import DECIMALS, json_shapes, tidied
from geo.schema import COLUMNS

__all__ = ["feature_texts"]

_CHUNK_ROWS = 32_768
_WORKERS = 2
# Our own measures; the user's numbers keep all their digits.
_DIGITS = {
    "_distance_m": 1,
    "_min_m": 1,
    "_max_m": 1,
    "uncertainty_m": 1,
    "_deg": 2,
    "_lon": DECIMALS,
    "_lat": DECIMALS,
    "score": 4,
}


def feature_texts(
    table: gpd.GeoDataFrame, *, begin: str, end: str, members: str = ""
) -> Iterator[memoryview]:
    """Features of a table as UTF-8, in parts.

    Parameters
    ----------
    table
        EPSG:4326.
    begin, end
        What stands before and after each feature.
    members
        Further members of the first feature, each followed by a comma.
    """
    if not len(table):
        return
    prefix = begin + '{"type":"Feature",'
    parts = (table.iloc[at : at + _CHUNK_ROWS] for at in range(0, len(table), _CHUNK_ROWS))
    waiting: deque[Future[pa.Array]] = deque()
    with ThreadPoolExecutor(_WORKERS) as pool:
        for part in parts:
            waiting.append(pool.submit(_texts, part, prefix, end))
            if len(waiting) > _WORKERS:
                yield from _bytes(waiting.popleft(), prefix, members)
                members = ""
        while waiting:
            yield from _bytes(waiting.popleft(), prefix, members)
            members = ""


def _bytes(done: Future[pa.Array], prefix: str, members: str) -> Iterator[memoryview]:
    # One after the other, the texts of an array are all of its bytes.
    texts = done.result()
    _, offsets, letters = texts.buffers()
    content = memoryview(letters)[: np.frombuffer(offsets, np.int64)[len(texts)]]
    if members:
        head = len(prefix.encode())
        yield content[:head]
        yield memoryview(members.encode())
        content = content[head:]
    yield content


def _texts(table: gpd.GeoDataFrame, prefix: str, end: str) -> pa.Array:
    columns = flat_columns(table)
    values = {
        name: json_values(column, name, decimals=_decimals(name))
        for name, column in columns.items()
    }
    shapes = {name: json_shapes(_shapes(table[name])) for name in shape_columns(table)}
    # In the order of the table.
    properties: list[pa.Array | str] = []
    for name in map(str, table.columns):
        if name in values or name in shapes:
            properties += [_key(name, first=not properties), (values | shapes)[name]]
    head = [prefix]
    if "incident_id" in columns:
        head = [prefix + '"id":', values["incident_id"], ","]
    geometry = json_shapes(_shapes(table.geometry))
    return joined(*_merged([
        *head, '"geometry":', geometry, ',"properties":{', *properties, "}}" + end,
    ]))  # fmt: skip


def _shapes(column: Any) -> Any:  # noqa: ANN401
    return tidied(np.asarray(column, dtype=object))


def _key(name: str, *, first: bool) -> str:
    return ("" if first else ",") + to_json(name) + ":"


def _merged(parts: list[pa.Array | str]) -> list[pa.Array | str]:
    """Parts of which no two fixed words follow each other."""
    merged: list[pa.Array | str] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, str) and isinstance(last, str):
            merged[-1] = last + part
        else:
            merged.append(part)
    return merged


def _decimals(name: str) -> int | None:
    """Decimals of one of our own measures; None for columns of the user's, which stay whole."""
    if name not in COLUMNS:
        return None
    return next((digits for unit, digits in _DIGITS.items() if name.endswith(unit)), None)
