"""Which area of a layer each incident lies in."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.joins.columns import Column, spread, with_columns, with_notes
from geo.joins.discs import SAMPLES, disc_points
from geo.joins.layer_columns import attributes_of, new_names
from geo.joins.line_distance import measured_rows
from geo.joins.points import Shapes, points_of, uncertainties_m
from geo.joins.user_layers import AreaLayer, layer_of
from geo.spatial.areas import NOWHERE

__all__ = ["add_areas"]

# Rows whose discs are looked up at a time: half a million sample points.
_ROUND = 2_000


def add_areas(
    table: gpd.GeoDataFrame,
    layer: gpd.GeoDataFrame | gpd.GeoSeries | AreaLayer,
    *,
    columns: Sequence[str] | None = None,
    prefix: str = "area_",
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> gpd.GeoDataFrame:
    """Add the attributes of the area of a layer in which each point lies, and how sure this is.

    Incidents known only to a province or a country get no area.

    Parameters
    ----------
    table
        Points in any CRS; null geometries stay. `uncertainty_m` and `precision` are used where the
        table has them.
    layer
        Areas in any CRS, or what `geo.index` made of them. Where they overlap, the first in the
        layer's order counts.
    columns
        Attributes to add; all of them by default.
    prefix
        What the names of the new columns begin with.
    shapes
        What to do with a geometry that is no point: `representative` takes a point inside it,
        `refuse` leaves the row without an area.
    wrap
        Whether a longitude between 180° and 360° is brought back into ±180°; else the row gets no
        area.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with the attributes (`area_name` for `name`), null where no area holds the point;
        `area_overlap`, whether further areas of the layer hold it too; and, where the table has
        `uncertainty_m`, `area_share`: the share of the 90 % disc that gets the same answer, null
        where the uncertainty is. Index and rows as in the input; whole numbers and truth values
        are of pandas' nullable types.

    Raises
    ------
    SchemaError
        The layer holds something else than areas, has no such column, or no CRS; the table has no
        geometry column or no CRS, or has a column of the new name already.

    Notes
    -----
    Exact for polygons whose edges are straight in longitude and latitude. A point on the line
    between two areas belongs to the one to the north, and where the line runs along a meridian to
    the one to the east. The disc is that of `geo.joins.discs`; its radius joins the point's own
    uncertainty with `error_m` of the nearest area.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    >>> districts = gpd.GeoDataFrame(
    ...     {"name": ["west", "east"]},
    ...     geometry=gpd.GeoSeries.from_wkt(
    ...         ["POLYGON((35 30,38 30,38 34,35 30))", "POLYGON((38 30,40 30,40 34,38 34,38 30))"]
    ...     ),
    ...     crs=4326,
    ... )
    >>> add_areas(points, districts)["area_name"].tolist()
    ['east']
    >>> add_areas(points.assign(uncertainty_m=80_000.0), districts)["area_share"].tolist()
    [0.984]
    """
    known = layer_of(layer, by="add_areas")
    if not isinstance(known, AreaLayer):
        raise SchemaError(
            "add_areas: the layer holds lines or points, expected areas; add_nearest takes it."
        )
    is_uncertain = "uncertainty_m" in table
    made = ["overlap", "share"] if is_uncertain else ["overlap"]
    names = new_names(table, known, columns, made=made, by="add_areas", prefix=prefix)
    points = points_of(table, by="add_areas", shapes=shapes, wrap=wrap)
    rows = measured_rows(table, points)
    lon, lat = points.lon_deg[rows], points.lat_deg[rows]
    found = known.areas.containing(lon, lat)
    area = np.full(len(table), NOWHERE, dtype=np.int64)
    area[rows] = found
    overlap = np.zeros(len(table), dtype=np.bool_)
    overlap[rows] = known.overlapping(lon, lat)
    added: dict[str, Column] = attributes_of(known, area, names)
    added[f"{prefix}overlap"] = overlap
    if is_uncertain:
        share = _shares(known, lon, lat, uncertainties_m(table)[rows], found)
        added[f"{prefix}share"] = spread(share, rows, len(table))
    return with_notes(with_columns(table, added), points.notes, points.faulty)


def _shares(
    layer: AreaLayer,
    lon_deg: Floats,
    lat_deg: Floats,
    uncertainty_m: Floats,
    area: npt.NDArray[np.int64],
) -> Floats:
    """Share of each disc whose points lie in the same area as its middle."""
    share = np.where(np.isnan(uncertainty_m), np.nan, 1.0)
    near = layer.nearest(lon_deg, lat_deg)
    radius_m = np.hypot(uncertainty_m, near.error_m)
    undecided = np.flatnonzero(np.abs(near.distance_m) < radius_m)
    for first in range(0, len(undecided), _ROUND):
        some = undecided[first : first + _ROUND]
        lons, lats = disc_points(lon_deg[some], lat_deg[some], radius_m[some])
        there = layer.areas.containing(lons.ravel(), lats.ravel()).reshape(-1, SAMPLES)
        share[some] = (there == area[some, None]).mean(axis=1).round(3)
    return share
