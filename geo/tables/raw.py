"""Rows of an input as it has them, before anything is read from their cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

__all__ = ["RawTable", "numbered_rows"]


@dataclass(frozen=True)
class RawTable:
    """Rows of an input as it has them.

    Parameters
    ----------
    cells
        Columns with the input's own values, under names that differ. Cells of text files and
        spreadsheets are text, null where they are empty.
    shapes
        Geometries in EPSG:4326; None where the input has none.
    digits_m
        Radius in metres that the digits of each point leave open; None where they are not known.
    origin
        What a message calls the input: the path of a file, or "The table".
    kind
        Kind of file, such as csv, xlsx, geojson or parquet; `table` for a table of the user's.
    encoding
        Encoding of a text file; None where there is none.
    has_header
        Whether the columns have names of their own; else they are called column_1, column_2 and so
        on.
    rows
        Number of each row in the input, counted as its editor counts; by default from 1.
    row_word
        What the numbers count: line, row or feature.
    faults
        Why a row cannot be trusted; null where it is sound. By default all are.
    notes
        What is to be said of a row that can be trusted; null where nothing is.
    unread
        What a row holds that stands in none of the columns, as a JSON array of texts; null for
        most.
    day_first
        Whether days stand before months (True) or after them (False), as the user says or the dates
        of the input tell together; None where nothing tells.
    decimal_comma
        Whether a comma parts decimals, so that points part thousands: 50,94 and 1.200.
    members
        What else the document says, such as members of a GeoJSON collection.
    layer
        Sheet or layer that was read; None where the file has only one.
    layers
        All sheets or layers that the file has.
    """

    cells: pd.DataFrame
    shapes: gpd.GeoSeries | None = None
    digits_m: "pd.Series[float] | None" = None
    origin: str = "The table"
    kind: str = "table"
    encoding: str | None = None
    has_header: bool = True
    rows: "pd.Series[int] | None" = None
    row_word: str = "row"
    faults: "pd.Series[str] | None" = None
    notes: "pd.Series[str] | None" = None
    unread: "pd.Series[str] | None" = None
    day_first: bool | None = None
    decimal_comma: bool = False
    members: Mapping[str, Any] = field(default_factory=dict)
    layer: str | None = None
    layers: tuple[str, ...] = ()


def numbered_rows(raw: RawTable) -> "pd.Series[int]":
    """Number of each row of a raw table in its input.

    Examples
    --------
    >>> numbered_rows(RawTable(pd.DataFrame({"place": ["Amman", "Irbid"]}))).tolist()
    [1, 2]
    """
    if raw.rows is not None:
        return raw.rows
    return pd.Series(range(1, len(raw.cells) + 1), index=raw.cells.index, dtype="int64")
