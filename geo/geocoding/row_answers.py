"""Answers put into some rows of a table."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.geocoding.answers import COLUMNS_PLACED
from geo.schema import CRS

__all__ = ["with_answers"]

_Objects = npt.NDArray[np.object_]


def with_answers(
    table: gpd.GeoDataFrame, rows: Sequence[int], answers: Sequence[Mapping[str, Any]]
) -> gpd.GeoDataFrame:
    """Copy of a table in which some rows have the columns of an answer, with point and footprint.

    Parameters
    ----------
    table
        Table in EPSG:4326.
    rows
        Positions of the rows.
    answers
        Columns of each row; what an answer leaves out is null.
    """
    if not rows:
        return table.copy()
    columns: dict[str, pd.Series[Any]] = {}
    for name in (*COLUMNS_PLACED, "footprint"):
        cells = _cells(table, name)
        cells[rows] = _objects([answer.get(name) for answer in answers])
        columns[name] = pd.Series(cells, index=table.index)
    shapes: list[Any] = [
        shape if isinstance(shape, BaseGeometry) else None for shape in columns["footprint"]
    ]
    columns["footprint"] = gpd.GeoSeries(shapes, index=table.index, crs=CRS)
    points = np.array(table.geometry, dtype=object)
    points[rows] = _objects([answer["geometry"] for answer in answers])
    return table.assign(**columns).set_geometry(gpd.GeoSeries(points, index=table.index, crs=CRS))


def _cells(table: pd.DataFrame, name: str) -> _Objects:
    known = table[name] if name in table else pd.Series(None, index=table.index, dtype=object)
    return known.astype(object).to_numpy(copy=True)


def _objects(values: list[Any]) -> _Objects:
    """Array that takes shapes as they are."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
