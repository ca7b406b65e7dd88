"""The areas that incidents can mean, as the block that the uncertainty layer draws."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.errors import SchemaError
from geo.schema import CRS
from layers.payload import Block, delta, pack, plain

__all__ = ["encode_footprints"]

_NAMES = frozenset({"Polygon", "MultiPolygon"})
_UNITS_PER_DEGREE = 1e5
#: About 200 m: nobody knows the edge of such an area better.
_TOLERANCE_DEG = 0.002


def encode_footprints(rows: pd.DataFrame, *, by: str) -> Block | None:
    """Block of the rings of the `footprint` column; None where no row has one.

    Parameters
    ----------
    rows
        Incident table in the order of the incident block; `footprint` holds polygons in EPSG:4326
        or null.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        The CRS is another one, or a footprint is no polygon.
    """
    if "footprint" not in rows or rows["footprint"].isna().all():
        return None
    areas = _areas(rows, by)
    parts, row_of_part = shapely.get_parts(areas, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    if not len(rings):
        return None
    x, y = np.rint(shapely.get_coordinates(rings) * _UNITS_PER_DEGREE).astype(np.int32).T
    return pack(
        {
            "x": delta(x),
            "y": delta(y),
            "ring_length": plain(shapely.get_num_coordinates(rings), "i32"),
            "ring_row": plain(row_of_part[part_of_ring], "i32"),
        },
        {},
    )


def _areas(rows: pd.DataFrame, by: str) -> npt.NDArray[np.object_]:
    crs = getattr(rows["footprint"].array, "crs", None)
    if crs is not None and crs.to_epsg() != 4326:
        raise SchemaError(
            f"{by}: the CRS of footprint is {crs}, expected {CRS}; see geo.reproject."
        )
    areas = rows["footprint"].to_numpy(dtype=object).copy()
    areas[rows["footprint"].isna().to_numpy(dtype=np.bool_)] = None
    wrong = [
        position
        for position, area in enumerate(areas.tolist())
        if area is not None and not (shapely.is_geometry(area) and area.geom_type in _NAMES)
    ]
    if wrong:
        found = getattr(areas[wrong[0]], "geom_type", type(areas[wrong[0]]).__name__)
        raise SchemaError(
            f"{by}: footprint is a {found} in row {rows.index[wrong[0]]}, expected a Polygon, a "
            "MultiPolygon or null."
        )
    return np.asarray(shapely.simplify(areas, _TOLERANCE_DEG))
