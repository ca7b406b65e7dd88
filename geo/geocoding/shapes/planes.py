"""Planes in which distances from a point are true, for areas that are drawn round lines."""

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo.geodesy import Floats

__all__ = ["broadened", "planes", "projected"]


def planes(middle: shapely.Point) -> tuple[Transformer, Transformer]:
    """Ways from EPSG:4326 to the azimuthal equidistant plane round a point, metres, and back."""
    local = CRS.from_proj4(f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +datum=WGS84")
    to_local = Transformer.from_crs(4326, local, always_xy=True)
    return to_local, Transformer.from_crs(local, 4326, always_xy=True)


def projected(shape: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    """The shape with transformed vertices."""

    def project(vertices: Floats) -> Floats:
        return np.column_stack(transformer.transform(*vertices.T))

    return shapely.transform(shape, project)


def broadened(shape_m: BaseGeometry, distance_m: float) -> BaseGeometry:
    """All within a distance of a shape in a plane, in metres.

    Examples
    --------
    >>> two = shapely.MultiPoint([(0, 0), (100, 0)])
    >>> round(broadened(two, 10.0).area) == round(2 * broadened(shapely.Point(0, 0), 10.0).area)
    True
    """
    # Of a coast with islands all at once takes several times as long.
    parts = shapely.get_parts(shape_m)
    return shapely.union_all(shapely.buffer(parts, distance_m))
