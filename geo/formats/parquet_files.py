"""Tables as GeoParquet 1.1, with what the file says of itself in its metadata."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import CRS

from geo.canonical_json import to_json
from geo.formats.about import About, column_meanings
from geo.formats.flat_columns import flat_columns, is_plain, shape_columns
from geo.formats.options import Options
from geo.schema import CRS as WGS84

__all__ = ["write_geoparquet"]

_VERSION = "1.1.0"
_ABOUT = b"incidentmap"


def write_geoparquet(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write a table with all its geometry columns.

    Days become date32. What the file says of itself stands in the key `incidentmap` of its
    metadata, and the meaning of each column in the field's own metadata.

    Notes
    -----
    Source: GeoParquet specification 1.1.0.
    """
    del options
    # Its CRS is named: without one, readers take OGC:CRS84, which joins with EPSG:4326 warn of.
    crs = CRS(WGS84).to_json_dict()
    names = [table.geometry.name, *shape_columns(table)]
    shapes = {str(name): np.asarray(table[name], dtype=object) for name in names}
    columns = flat_columns(table)
    wkb = {
        name: pa.array(shapely.to_wkb(column, output_dimension=2), type=pa.binary())
        for name, column in shapes.items()
    }
    arrays = {name: (columns | wkb)[name] for name in map(str, table.columns)}
    meanings = column_meanings(arrays)
    fields = [
        pa.field(name, array.type, metadata={"description": meanings[name]})
        for name, array in arrays.items()
    ]
    geo = {
        "version": _VERSION,
        "primary_column": str(table.geometry.name),
        "columns": {name: _column(column, crs) for name, column in shapes.items()},
    }
    metadata = {
        b"geo": to_json(geo),
        _ABOUT: to_json(about.record()),
        # pandas finds its own types of numbers and texts by it.
        b"pandas": pa.Schema.from_pandas(
            _as_written(table.drop(columns=names), columns), preserve_index=False
        ).metadata[b"pandas"],
    }
    written = pa.Table.from_arrays(
        list(arrays.values()), schema=pa.schema(fields, metadata=metadata)
    )
    # pyarrow's types leave out that columns can be chosen by name.
    repeated: Any = _repeated(columns)
    pq.write_table(written, target, compression="zstd", use_dictionary=repeated)


def _as_written(table: pd.DataFrame, columns: dict[str, pa.Array]) -> pd.DataFrame:
    """No rows, in the types of pandas that the written columns have."""
    kinds = {name: _kind_of_values(kind) for name, kind in table.dtypes.items()}
    others = {
        name: "object" if pa.types.is_date(columns[str(name)].type) else "str" for name in kinds
    }
    known = {
        name: kind
        if is_plain(kind)
        or (pd.api.types.is_datetime64_any_dtype(kind) and not _is_text(columns[str(name)]))
        else others[name]
        for name, kind in kinds.items()
    }
    return table.iloc[:0].astype(known)


def _kind_of_values(kind: Any) -> Any:  # noqa: ANN401
    if isinstance(kind, pd.CategoricalDtype):
        return kind.categories.dtype
    return kind.subtype if isinstance(kind, pd.SparseDtype) else kind


def _is_text(column: pa.Array) -> bool:
    return any(fits(column.type) for fits in (pa.types.is_string, pa.types.is_large_string))


def _column(shapes: Any, crs: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    kinds = sorted({shape.geom_type for shape in shapes[_first_of_each(shapes)]})
    column = {"encoding": "WKB", "geometry_types": kinds, "crs": crs, "edges": "planar"}
    known = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    return column | {"bbox": shapely.total_bounds(known).tolist()} if len(known) else column


def _first_of_each(shapes: Any) -> Any:  # noqa: ANN401
    """Row of the first shape of each type."""
    kinds, rows = np.unique(shapely.get_type_id(shapes), return_index=True)
    return rows[kinds >= 0]


def _repeated(columns: dict[str, pa.Array]) -> list[str]:
    """Columns whose values are likely to occur again: looking for others takes long in vain."""
    return [name for name, column in columns.items() if not pa.types.is_floating(column.type)]
