"""How far each incident lies from the coast, and how sure."""

import geopandas as gpd

from geo.joins.columns import Table, spread, with_columns, with_notes
from geo.joins.line_distance import arc_errors_m, interval_m, measured_rows
from geo.joins.points import Points, Shapes, points_of
from geo.reference.arc_index import coast_index

__all__ = ["add_coast", "with_coast"]


def add_coast(
    table: gpd.GeoDataFrame, *, shapes: Shapes = "representative", wrap: bool = True
) -> gpd.GeoDataFrame:
    """Add the geodesic distance to the nearest coast, in metres, from land and from sea alike.

    The interval holds the distance with the point's own uncertainty and the positional error of
    the coast. Incidents known only to a province or a country get no distance. Shores of lakes are
    no coast.

    Parameters
    ----------
    table
        Points in any CRS; null geometries stay. `uncertainty_m` and `precision` are used where the
        table has them; where the uncertainty is null, the interval is null too.
    shapes
        What to do with a geometry that is no point: `representative` measures from a point inside
        it, `refuse` leaves the row without a distance.
    wrap
        Whether a longitude between 180° and 360° is brought back into ±180°; else the row gets no
        distance.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with `coast_distance_m`, `coast_distance_min_m`, `coast_distance_max_m`,
        `coast_bearing_deg` (azimuth at the incident towards the coast, 0 to 360), `coast_lon` and
        `coast_lat` (the nearest point on it); index and rows as in the input.

    Raises
    ------
    SchemaError
        The table has no geometry column, or no CRS.

    Notes
    -----
    Source: geodesics after Karney 2013 on WGS 84; the coast is Natural Earth 10m.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    >>> round(add_coast(points).loc[0, "coast_distance_m"] / 1_000)
    286
    """
    return with_coast(table, points_of(table, by="add_coast", shapes=shapes, wrap=wrap))


def with_coast(table: Table, points: Points) -> Table:
    """Table with the columns of `add_coast`, of rows whose positions are known."""
    rows = measured_rows(table, points)
    near = coast_index().nearest(points.lon_deg[rows], points.lat_deg[rows])
    least, greatest = interval_m(table, rows, near.distance_m, arc_errors_m(near.line))
    values = {
        "coast_distance_m": near.distance_m,
        "coast_distance_min_m": least,
        "coast_distance_max_m": greatest,
        "coast_bearing_deg": near.azimuth_deg % 360.0,
        "coast_lon": near.lon_deg,
        "coast_lat": near.lat_deg,
    }
    added = {name: spread(value, rows, len(table)) for name, value in values.items()}
    return with_notes(with_columns(table, added), points.notes, points.faulty)
