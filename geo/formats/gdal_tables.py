"""Columns for GDAL, each with a word on what it means, where the format has a place for it."""

from collections.abc import Collection, Mapping

import pyarrow as pa

from geo.formats.column_names import distinct_names

__all__ = ["gdal_table"]

_COMMENT, _NAME = "GDAL:OGR:comment", "GDAL:OGR:alternative_name"


def gdal_table(
    columns: Mapping[str, pa.Array],
    meanings: Mapping[str, str],
    geometry: tuple[str, pa.Array],
    taken: Collection[str] = (),
) -> pa.Table:
    """Columns as one table whose fields say what they mean.

    Parameters
    ----------
    columns
        Name to column.
    meanings
        Name to a text; names without one stay without a word.
    geometry
        Name and WKB of the geometries.
    taken
        Names that no column may have. A column of such a name, or of one that differs from
        another's by case alone, gets a number, and says what it was called.
    """
    # At this sign GDAL would end a name.
    plain = [name.replace("\0", "") for name in columns]
    names = distinct_names(plain, {*taken, geometry[0]})
    fields = [
        pa.field(
            written,
            column.type,
            metadata=({_COMMENT: meanings[name]} if name in meanings else {})
            | ({_NAME: called} if called != written else {})
            or None,
        )
        for (name, column), called, written in zip(columns.items(), plain, names, strict=True)
    ]
    shapes = pa.field(geometry[0], geometry[1].type)
    return pa.Table.from_arrays(
        [*columns.values(), geometry[1]], schema=pa.schema([*fields, shapes])
    )
