"""Tables as FlatGeobuf: one layer that opens at once, also over the network."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from geo.canonical_json import to_json
from geo.formats.about import About, column_meanings
from geo.formats.driver_faults import as_system_faults
from geo.formats.flat_columns import gdal_columns, shape_columns
from geo.formats.gdal_tables import gdal_table
from geo.formats.options import Options
from geo.formats.rfc7946 import tidied
from geo.schema import CRS

__all__ = ["write_flatgeobuf"]

_GEOMETRY = "geometry"


def write_flatgeobuf(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write one layer, with a spatial index where every row has a geometry.

    Rows with an index stand in the order of the index. What the file says of itself stands in the
    description of the layer, the meaning of each column in that of the column.

    Raises
    ------
    OSError
        GDAL cannot write the file.
    """
    del options
    shapes = tidied(np.asarray(table.geometry, dtype=object))
    columns = gdal_columns(table)
    for name in shape_columns(table):
        texts = shapely.to_wkt(np.asarray(table[name], dtype=object), rounding_precision=6)
        columns[name] = pa.array(texts, type=pa.string())
    meanings = column_meanings(columns)
    wkb = pa.array(shapely.to_wkb(shapes, output_dimension=2), type=pa.binary())
    kinds = set(shapely.get_type_id(shapes).tolist()) - {-1}
    # GDAL refuses null geometries in an index.
    has_index = bool(len(shapes)) and not shapely.is_missing(shapes).any()
    with as_system_faults(target):
        pyogrio.write_arrow(
            gdal_table(columns, meanings, (_GEOMETRY, wkb)),
            target,
            layer=about.title,
            driver="FlatGeobuf",
            geometry_name=_GEOMETRY,
            geometry_type="Point" if kinds == {0} else "Unknown",
            crs=CRS,
            layer_options={
                "SPATIAL_INDEX": "YES" if has_index else "NO",
                "TITLE": about.title,
                "DESCRIPTION": to_json(about.record()),
            },
        )
        _require_whole(target, len(table))


def _require_whole(target: Path, rows: int) -> None:
    """Stop where a file was cut: on a full disk GDAL does not say so.

    Raises
    ------
    RuntimeError
        Fewer rows can be read than were written.
    """
    try:
        _, found = pyogrio.read_arrow(target, columns=[], read_geometry=False, return_fids=True)
    except OSError as error:
        # Arrow's, which knows nothing of the disk.
        raise RuntimeError(str(error)) from error
    if len(found) != rows:
        raise RuntimeError("its rows end before the last")
