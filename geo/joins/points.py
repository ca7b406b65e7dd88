"""Positions of the rows of a table, whatever its geometries and CRS, and what is wrong in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.errors import SchemaError
from geo.geodesy import Floats, wrap_lon_deg
from geo.schema import CRS, require

__all__ = ["Points", "Shapes", "points_at", "points_of", "uncertainties_m"]

#: What to do with a geometry that is no point: take a point inside it, or leave the row out.
Shapes = Literal["representative", "refuse"]

_POINT = 0
# Beyond a whole turn a longitude is no longitude, but metres or a broken cell.
_WHOLE_TURN_DEG = 360.0


@dataclass(frozen=True)
class Points:
    """One position per row, WGS 84 in degrees; NaN where a row has none that can be used.

    `notes` says by position what was done to a row's geometry or is wrong with it; `faulty` holds
    the positions of rows that have a geometry but no usable position.
    """

    lon_deg: Floats
    lat_deg: Floats
    notes: Mapping[int, str]
    faulty: frozenset[int]

    @property
    def placed(self) -> npt.NDArray[np.bool_]:
        """Rows that have a usable position."""
        return np.isfinite(self.lon_deg)


def points_of(
    table: gpd.GeoDataFrame, *, by: str, shapes: Shapes = "representative", wrap: bool = True
) -> Points:
    """Positions of the rows of a table.

    Parameters
    ----------
    table
        Any geometries in any CRS; null and empty ones have no position.
    by
        Who asks, for the message of an error.
    shapes
        What to do with a geometry that is no point: `representative` takes a point inside it and
        notes it, `refuse` leaves the row without a position.
    wrap
        Whether a longitude between 180° and 360° is brought back into ±180°, and noted; else the
        row is left without a position.

    Raises
    ------
    SchemaError
        The table has no geometry column, or no CRS.
    """
    if not isinstance(table, gpd.GeoDataFrame):
        raise SchemaError(
            f"{by}: the table is a {type(table).__name__}; expected a GeoDataFrame, as"
            " geo.read_incidents and geo.geocode make it."
        )
    if table.active_geometry_name is None:
        require(table, ("geometry",), by=by)
    if table.crs is None:
        raise SchemaError(
            f"{by}: the table has no CRS; say which it is, such as table.set_crs({CRS!r})."
        )
    geometry = np.asarray(table.geometry, dtype=object)
    notes: dict[int, str] = {}
    filled = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    others = np.flatnonzero(filled & (shapely.get_type_id(geometry) != _POINT))
    if len(others):
        # In the CRS of the table, where no shape is torn at ±180°.
        geometry = _representatives(geometry, others, notes, shapes)
    geometry = np.asarray(gpd.GeoSeries(geometry, crs=table.crs).to_crs(CRS), dtype=object)
    lon, lat = np.full((2, len(geometry)), np.nan)
    # Empty points have no coordinates, and shapely does not say so before it fails.
    lon[filled], lat[filled] = shapely.get_x(geometry[filled]), shapely.get_y(geometry[filled])
    return points_at(lon, lat, filled, notes=notes, wrap=wrap)


def points_at(
    lon_deg: Floats,
    lat_deg: Floats,
    filled: npt.NDArray[np.bool_],
    *,
    notes: Mapping[int, str] | None = None,
    wrap: bool = True,
) -> Points:
    """Positions of rows whose coordinates are known, WGS 84.

    Parameters
    ----------
    lon_deg, lat_deg
        As they are given; NaN where a row has no geometry.
    filled
        Rows that have a geometry.
    notes
        What is told of rows already.
    wrap
        As in `points_of`.
    """
    told = dict(notes or {})
    faulty = _faults(np.flatnonzero(filled), lon_deg, lat_deg, told, wrap=wrap)
    lon, lat = lon_deg.copy(), lat_deg.copy()
    lon[faulty], lat[faulty] = np.nan, np.nan
    turned = np.flatnonzero(np.abs(lon) > 180.0)
    told |= {
        row: f"The longitude {lon[row]:g} was taken as {wrap_lon_deg(lon[row : row + 1])[0]:g}"
        for row in turned.tolist()
    }
    return Points(wrap_lon_deg(lon), lat, told, frozenset(faulty))


def uncertainties_m(table: pd.DataFrame) -> Floats:
    """Radius of each row in metres: 0 without the column, NaN where the column says nothing.

    A radius that is not above 0, or not finite, says nothing.
    """
    if "uncertainty_m" not in table:
        return np.zeros(len(table))
    radius_m = table["uncertainty_m"].to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isfinite(radius_m) & (radius_m > 0), radius_m, np.nan)


def _representatives(
    geometry: npt.NDArray[np.object_],
    others: npt.NDArray[np.int64],
    notes: dict[int, str],
    shapes: Shapes,
) -> npt.NDArray[np.object_]:
    geometry = geometry.copy()
    bounded = np.isfinite(shapely.bounds(geometry[others])).all(axis=1)
    for row in others.tolist():
        shape: Any = geometry[row]
        kind = shape.geom_type
        notes[row] = (
            f"The point stands for a {kind}"
            if shapes == "representative"
            else f"The geometry is a {kind}, and only points are asked for"
        )
    geometry[others[~bounded]] = shapely.Point(np.inf, np.inf)
    usable = others[bounded]
    geometry[usable] = (
        shapely.point_on_surface(geometry[usable]) if shapes == "representative" else None
    )
    return geometry


def _faults(
    filled: npt.NDArray[np.int64],
    lon: Floats,
    lat: Floats,
    notes: dict[int, str],
    *,
    wrap: bool,
) -> list[int]:
    """Rows whose position cannot be used; says why in the notes."""
    x, y = lon[filled], lat[filled]
    widest_deg = _WHOLE_TURN_DEG if wrap else 180.0
    with np.errstate(invalid="ignore"):
        fine = (np.abs(x) <= widest_deg) & (np.abs(y) <= 90.0)
    faulty: list[int] = filled[~fine].tolist()
    for row in faulty:
        notes.setdefault(row, _fault(float(lon[row]), float(lat[row]), widest_deg))
    return faulty


def _fault(lon: float, lat: float, widest_deg: float) -> str:
    if not (np.isfinite(lon) and np.isfinite(lat)):
        return "The geometry has coordinates that are no numbers"
    if abs(lat) > 90.0:
        fault = f"The latitude {lat:g} is not within -90 to 90"
        if abs(lat) <= widest_deg and abs(lon) <= 90.0:
            fault += f"; swapped, the point would be longitude {lat:g}, latitude {lon:g}"
        return fault
    return f"The longitude {lon:g} is not within -{widest_deg:g} to {widest_deg:g}"
