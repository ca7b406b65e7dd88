"""Tables that are kept between two builds, and come back as they were."""

import warnings
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.errors import ReadError, RestrictedRowsWarning
from geo.exporting import write
from geo.formats.about import About
from geo.schema import CRS, conform

__all__ = ["incident_table", "read_arrow", "read_kept", "write_kept"]

_SHAPES = ("geometry", "footprint")
# Older versions of pyarrow make objects of texts.
_TYPES = dict.fromkeys((pa.string(), pa.large_string()), pd.StringDtype(na_value=np.nan))


def read_kept(path: Path) -> gpd.GeoDataFrame:
    """Read a table that `write_kept` or a build has written.

    Parameters
    ----------
    path
        GeoParquet.

    Raises
    ------
    ReadError
        It is missing or damaged.
    """
    return incident_table([read_arrow(path)])


def read_arrow(path: Path) -> pa.Table:
    """The same as it lies in the file, which takes a tenth of the time.

    Parameters
    ----------
    path
        GeoParquet.

    Raises
    ------
    ReadError
        It is missing or damaged.
    """
    try:
        table = pq.read_table(path)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise ReadError(
            f"{path}: cannot be read ({error}); expected a table of a build."
        ) from error
    if "geometry" not in table.column_names:
        raise ReadError(f"{path}: it has no geometry; expected a table of a build.")
    return table.replace_schema_metadata(None)


def incident_table(kept: Sequence[pa.Table]) -> gpd.GeoDataFrame:
    """Kept tables one below the other, as one incident table in EPSG:4326 with a new index.

    Parameters
    ----------
    kept
        One or more of `read_arrow`; a column that one of them lacks is null there.
    """
    together = pa.concat_tables(_alike(kept), promote_options="permissive")
    shapes = {
        name: shapely.from_wkb(together[name].to_numpy(zero_copy_only=False))
        for name in _SHAPES
        if name in together.column_names
    }
    others = together.drop_columns(list(shapes))
    cells = others.to_pandas(date_as_object=False, types_mapper=_TYPES.get)
    table = gpd.GeoDataFrame(cells, geometry=shapes.pop("geometry"), crs=CRS)
    for name, column in shapes.items():
        table[name] = gpd.GeoSeries(column, index=table.index, crs=CRS)
    return conform(table)


def write_kept(table: gpd.GeoDataFrame, path: Path) -> None:
    """Write a table for a later build.

    Parameters
    ----------
    table
        Incident table.
    path
        GeoParquet to write.
    """
    with warnings.catch_warnings():
        # It stays in the project; what of it is published is told by the build.
        warnings.simplefilter("ignore", RestrictedRowsWarning)
        # Labels of rows are not kept.
        write(gpd.GeoDataFrame(table.reset_index(drop=True)), path, about=About())


def _alike(kept: Sequence[pa.Table]) -> list[pa.Table]:
    """Tables whose columns of one name can stand below each other: as texts where they differ."""
    types: dict[str, set[pa.DataType]] = {}
    for table in kept:
        for field in table.schema:
            types.setdefault(field.name, set()).add(field.type)
    mixed = {name for name, found in types.items() if _differ(found)}
    return [_with_texts(table, mixed) for table in kept]


def _differ(types: set[pa.DataType]) -> bool:
    known = {one for one in types if not pa.types.is_null(one)}
    are_texts = all(pa.types.is_string(one) or pa.types.is_large_string(one) for one in known)
    are_numbers = all(pa.types.is_integer(one) or pa.types.is_floating(one) for one in known)
    return len(known) > 1 and not are_texts and not are_numbers


def _with_texts(table: pa.Table, names: set[str]) -> pa.Table:
    for place, name in enumerate(table.column_names):
        if name in names:
            column = table.column(place).to_pandas()
            texts = pd.Series(column, dtype=object).map(str, na_action="ignore")
            table = table.set_column(place, name, pa.array(texts, type=pa.large_string()))
    return table
