"""What is wrong with shapes that a format has to bring within ±180°, told before it is begun."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from geo.formats.flat_columns import shape_columns

__all__ = ["shape_faults"]

_SHOWN = 5


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
        beyond = (bounds[:, 0] < -180) | (bounds[:, 2] > 180)
        endless = np.flatnonzero(np.isinf(bounds).any(axis=1))
        wrong = np.flatnonzero(beyond)[~shapely.is_valid(shapes[beyond])]
        wrong = wrong[~np.isin(wrong, endless)]
        if endless.size:
            yield f"{name}: an infinite coordinate in {_rows(table, endless)}"
        if wrong.size:
            why = str(shapely.is_valid_reason(shapes[wrong[0]])).partition("[")[0]
            rows = _rows(table, wrong)
            yield f"{name}: {why} in {rows}, beyond ±180°; mend with make_valid before it is cut"


def _rows(table: gpd.GeoDataFrame, places: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> str:
    shown = ", ".join(str(row) for row in table.index[places[:_SHOWN]])
    more = f" and {len(places) - _SHOWN:,} more" if len(places) > _SHOWN else ""
    return f"row{'s' if len(places) > 1 else ''} {shown}{more}"
