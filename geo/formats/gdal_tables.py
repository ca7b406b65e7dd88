"""Columns for GDAL, each with a word on what it means, where the format has a place for it."""

from collections.abc import Mapping

import pyarrow as pa

__all__ = ["gdal_table"]

_COMMENT = "GDAL:OGR:comment"


def gdal_table(columns: Mapping[str, pa.Array], meanings: Mapping[str, str]) -> pa.Table:
    """Columns as one table whose fields say what they mean.

    Parameters
    ----------
    columns
        Name to column.
    meanings
        Name to a text; names without one stay without a word.
    """
    fields = [
        pa.field(
            name, column.type, metadata={_COMMENT: meanings[name]} if name in meanings else None
        )
        for name, column in columns.items()
    ]
    return pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields))
