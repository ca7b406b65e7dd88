"""Tables larger than the memory, batch by batch."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.reading.conversion import Conversion, choose_conversion, without_header_rows
from geo.reading.identifier_ledger import IdentifierLedger
from geo.reading.incidents import Reading, read_table
from geo.reading.options import ReadOptions
from geo.tables.delimited import DelimitedFile
from geo.tables.files import DELIMITED, delimited_file
from geo.tables.raw import RawTable

__all__ = ["read_batches", "stream_readings"]

# Together some fifteen thousand rows of GDELT: more cost memory, and are hardly faster. The reader
# runs eight blocks and more ahead, so that small ones spare a hundred megabytes.
_BLOCK, _BLOCKS = 1 << 20, 4


def read_batches(
    source: str | os.PathLike[str],
    *,
    profile: str | None = None,
    encoding: str | None = None,
    day_first: bool | None = None,
) -> Iterator[gpd.GeoDataFrame]:
    """Incident tables of the rows of a file, some ten thousand rows at a time.

    Joined together they are what `geo.read_incidents` gives, whatever the size of a text file;
    files of other kinds come in one piece. Only where a row states an identifier that a repeat has
    got before, such as `a-2` after `a` and `a`, it is numbered here, and there the repeat goes on
    to `a-3`.

    Parameters
    ----------
    source
        A file, as `geo.read_incidents` takes it.
    profile, encoding, day_first
        As `geo.read_incidents` takes them.

    Yields
    ------
    geopandas.GeoDataFrame
        Incident table in EPSG:4326; the index runs on.

    Raises
    ------
    ReadError
        As `geo.read_incidents`.
    """
    options = ReadOptions(profile, None, encoding, day_first)
    for reading in stream_readings(Path(source), options):
        yield reading.incidents


def stream_readings(path: Path, options: ReadOptions) -> Iterator[Reading]:
    """Rows of a file in batches, each with how it was read.

    Parameters
    ----------
    path
        The file.
    options
        What the user says of it.

    Yields
    ------
    Reading
        Some ten thousand rows; identifiers differ in all of the file.

    Raises
    ------
    ReadError
        As `geo.read_incidents`.
    """
    if path.suffix.lower() not in DELIMITED:
        yield read_table(path, options)
        return
    file = delimited_file(path, encoding=options.encoding)
    ledger, number = IdentifierLedger(), 0
    conversion: Conversion | None = None
    order: bool | None = None
    for batch in file.batches(block_bytes=_BLOCK, blocks=_BLOCKS):
        raw = replace(batch, day_first=options.day_first)
        if conversion is None:
            conversion = choose_conversion(raw, options)
            order = _order(file, raw, conversion, options)
            raw = without_header_rows(raw, conversion.skip)
        raw = conversion.without_others(replace(raw, day_first=order))
        incidents = conversion.incidents(raw, ledger.unique)
        incidents.index = pd.RangeIndex(number, number + len(incidents))
        number += len(incidents)
        yield Reading(raw, conversion, incidents)
    if conversion is None:
        yield read_table(path, options)


def _order(
    file: DelimitedFile, first: RawTable, conversion: Conversion, options: ReadOptions
) -> bool | None:
    """Whether days stand before months in all of a file, so that each batch reads them alike."""
    if options.day_first is not None or not conversion.date_texts(first):
        return options.day_first
    return conversion.day_order(file.batches(block_bytes=_BLOCK), options)
