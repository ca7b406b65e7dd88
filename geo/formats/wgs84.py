"""All geometry columns of a table in WGS 84, whatever CRS each of them has."""

import geopandas as gpd

from geo.errors import SchemaError
from geo.formats.flat_columns import shape_columns
from geo.schema import CRS

__all__ = ["in_wgs84"]


def in_wgs84(table: gpd.GeoDataFrame, *, by: str) -> gpd.GeoDataFrame:
    """Table whose geometry columns are all in EPSG:4326; GeoPandas moves the active one alone.

    Parameters
    ----------
    table
        Its active geometry has a CRS.
    by
        Who asks, for messages.

    Raises
    ------
    SchemaError
        Another geometry column has no CRS, and the table another than EPSG:4326.

    Examples
    --------
    >>> places = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.7], [33.3]), crs=4326)
    >>> table = places.assign(camp=places.geometry.to_crs(3857))
    >>> in_wgs84(table, by="write")["camp"].crs.to_string()
    'EPSG:4326'
    """
    moved = table.to_crs(CRS)
    for name in shape_columns(table):
        shapes = gpd.GeoSeries(table[name])
        if shapes.crs is not None:
            moved[name] = shapes.to_crs(CRS)
        elif table.crs == CRS or shapes.isna().all():
            moved[name] = shapes.set_crs(CRS)
        else:
            raise SchemaError(
                f"{by}: the column {name!r} has no CRS, while that of the geometry is "
                f"{table.geometry.crs}; give it its own: "
                f"table[{name!r}] = table[{name!r}].set_crs(...)."
            )
    return moved
