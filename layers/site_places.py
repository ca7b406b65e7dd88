"""The user's own places as coordinates and names."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import SchemaError
from geo.schema import CRS, require
from layers.payload import Column, delta, texts

__all__ = ["SitePlaces", "places_of"]

_UNITS_PER_DEGREE = 1e5


class SitePlaces:
    """Places and their names.

    Parameters
    ----------
    lonlat
        Longitude and latitude in degrees, EPSG:4326, shape (n, 2).
    names
        A name for each, or None.
    """

    def __init__(self, lonlat: npt.NDArray[np.float64], names: list[str | None]) -> None:
        self.lonlat = lonlat
        self.names = names

    def columns(self) -> dict[str, Column]:
        """Columns `lon`, `lat` and `name` of a block, to 1e-5 degree (1 m)."""
        steps = np.rint(self.lonlat * _UNITS_PER_DEGREE).astype(np.int32)
        return {"lon": delta(steps[:, 0]), "lat": delta(steps[:, 1]), "name": texts(self.names)}


def places_of(table: gpd.GeoDataFrame, label: str, *, by: str) -> SitePlaces:
    """Places of a table; rows without a point are left out.

    Parameters
    ----------
    table
        Points in EPSG:4326.
    label
        Column of the names.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        The column is missing, the CRS is another one, or a geometry is no point.
    """
    require(table, (label, "geometry"), by=by)
    if table.crs is None or table.crs.to_epsg() != 4326:
        raise SchemaError(f"{by}: the CRS is {table.crs}, expected {CRS}; use table.to_crs(4326).")
    geometry = np.asarray(table.geometry.array)
    placed = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    other = placed & (shapely.get_type_id(geometry) != shapely.GeometryType.POINT)
    if other.any():
        row = int(np.argmax(other))
        raise SchemaError(
            f"{by}: a {geometry[row].geom_type} in row {table.index[row]}, expected a Point "
            "or null; use table.representative_point()."
        )
    names = table.loc[placed, label]
    return SitePlaces(
        shapely.get_coordinates(geometry[placed]),
        [None if missing else str(text) for text, missing in zip(names, names.isna(), strict=True)],
    )
