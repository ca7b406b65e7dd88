"""What is wrong with shapes that a format has to bring within ±180°, told before it is begun."""

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.formats.flat_columns import shape_columns

__all__ = ["shape_faults"]

_SHOWN = 5
# A little beyond ±90, where another CRS is brought to degrees.
_POLE_DEG = 90.0 + 1e-9


def shape_faults(table: gpd.GeoDataFrame) -> Iterator[str]:
    """Sentences on the shapes that cannot be cut at ±180°, column by column.

    Parameters
    ----------
    table
        EPSG:4326.

    Examples
    --------
    >>> bow = shapely.Polygon([(179, 0), (182, 1), (179, 1), (182, 0)])
    >>> next(shape_faults(gpd.GeoDataFrame(geometry=[bow], crs=4326)))
    'geometry: Self-intersection in row 0, beyond ±180°; mend with make_valid before it is cut'
    """
    for name in (str(table.geometry.name), *shape_columns(table)):
        shapes = np.asarray(table[name], dtype=object)
        bounds = shapely.bounds(shapes)
        west, south, east, north = bounds.T
        beyond = (west < -180) | (east > 180)
        endless = np.flatnonzero(np.isinf(bounds).any(axis=1))
        wrong = np.flatnonzero(beyond)[~shapely.is_valid(shapes[beyond])]
        wrong = wrong[~np.isin(wrong, endless)]
        unknown = _unknown_rows(shapes, np.isnan(west) != np.isnan(south))
        beyond_poles = np.flatnonzero((south < -_POLE_DEG) | (north > _POLE_DEG))
        if endless.size:
            yield f"{name}: an infinite coordinate in {_rows(table, endless)}"
        if unknown.size:
            yield f"{name}: a coordinate that is no number in {_rows(table, unknown)}"
        beyond_poles = beyond_poles[~np.isin(beyond_poles, endless)]
        if beyond_poles.size:
            rows = _rows(table, beyond_poles)
            yield f"{name}: a latitude beyond ±90° in {rows}; is the CRS the right one?"
        if wrong.size:
            why = str(shapely.is_valid_reason(shapes[wrong[0]])).partition("[")[0]
            rows = _rows(table, wrong)
            yield f"{name}: {why} in {rows}, beyond ±180°; mend with make_valid before it is cut"


def _unknown_rows(shapes: Any, is_half: Any) -> Any:  # noqa: ANN401
    """Rows with a coordinate that is no number, but for points that have no other."""
    # The bounds of lines and areas leave such corners out.
    others = np.flatnonzero(shapely.get_dimensions(shapes) > 0)
    corners, rows = shapely.get_coordinates(shapes[others], return_index=True)
    wrong = others[rows[np.isnan(corners).any(axis=1)]]
    return np.unique(np.concatenate((np.flatnonzero(is_half), wrong)))


def _rows(table: gpd.GeoDataFrame, places: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> str:
    shown = ", ".join(str(row) for row in table.index[places[:_SHOWN]])
    more = f" and {len(places) - _SHOWN:,} more" if len(places) > _SHOWN else ""
    return f"row{'s' if len(places) > 1 else ''} {shown}{more}"
