"""How far each incident lies from the nearest land borders, in which direction, and how sure."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from geo.geodesy import Floats, geod, to_ecef
from geo.joins.line_distance import arc_errors_m, interval_m, measured_points, spread
from geo.joins.points import Shapes, uncertainties_m, with_notes
from geo.reference.arc_index import arc_index
from geo.reference.atoms import atoms
from geo.reference.lines import border_arcs
from geo.reference.stitching import GRID_STEPS_PER_DEGREE
from geo.reference.views import Worldview, line_pairs, view
from geo.spatial.lines import LineIndex

__all__ = ["add_borders", "nearest_borders"]

Ints = npt.NDArray[np.int64]

_TYPES = {
    "border_pair": "str",
    "border_distance_m": "float64",
    "border_distance_min_m": "float64",
    "border_distance_max_m": "float64",
    "border_bearing_deg": "float64",
    "border_lon": "float64",
    "border_lat": "float64",
    "border_status": "str",
    "tripoint": "str",
}
_COUNTRIES_AT_A_TRIPOINT = 3


def add_borders(
    table: gpd.GeoDataFrame,
    *,
    between: tuple[str, str] | None = None,
    status: str | None = None,
    worldview: str | Worldview = "default",
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> gpd.GeoDataFrame:
    """Add the nearest land border and the geodesic distance to it, in metres.

    The interval holds the distance with the point's own uncertainty and the positional error of
    that stretch of the line. Incidents known only to a province or a country get no distance.

    Parameters
    ----------
    table
        Points in any CRS; null geometries stay. `uncertainty_m` and `precision` are used where the
        table has them; where the uncertainty is null, the interval is null too.
    between
        Measure to the border between these two countries (ISO 3166-1 alpha-3) only.
    status
        Measure to borders of this status only, such as `line_of_control`.
    worldview
        Point of view on disputed areas: a name of `worldviews()`, or one of your own.
    shapes
        What to do with a geometry that is no point: `representative` measures from a point inside
        it, `refuse` leaves the row without a distance.
    wrap
        Whether a longitude between 180° and 360° is brought back into ±180°; else the row gets no
        distance.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with `border_pair`, `border_distance_m`, `border_distance_min_m`,
        `border_distance_max_m`, `border_bearing_deg` (azimuth at the incident towards the border,
        0 to 360), `border_lon` and `border_lat` (the nearest point on it), `border_status` (of that
        stretch), `tripoint` (the countries that meet within reach of the uncertainties, as
        `IRQ-JOR-SYR`; else null); index and rows as in the input.

    Raises
    ------
    SchemaError
        The table has no geometry column, or no CRS.
    PlaceNotFoundError
        There is no such worldview, no border between the two countries, or none of the status.

    Notes
    -----
    Source: geodesics after Karney 2013 on WGS 84; lines are OpenStreetMap's, straight in longitude
    and latitude between their vertices.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    >>> near = add_borders(points).iloc[0]
    >>> near["border_pair"], round(near["border_distance_m"]), near["border_status"]
    ('JOR-SYR', 1465, 'international')
    """
    point_of_view = view(worldview)
    arcs, index = _index(point_of_view, between, status)
    points, rows = measured_points(table, by="add_borders", shapes=shapes, wrap=wrap)
    lon, lat = points.lon_deg[rows], points.lat_deg[rows]
    near = index.nearest(lon, lat)
    feet = _Feet(arcs[near.arc], near.distance_m, near.lon_deg, near.lat_deg, near.azimuth_deg)
    columns = _columns(table, rows, feet, point_of_view)
    columns["tripoint"] = _tripoints(point_of_view, lon, lat, uncertainties_m(table)[rows])
    added: dict[str, pd.Series[Any]] = {
        name: pd.Series(spread(columns[name], rows, len(table)), index=table.index, dtype=dtype)
        for name, dtype in _TYPES.items()
    }
    return with_notes(table.assign(**added), points.notes, points.faulty)


def nearest_borders(
    table: gpd.GeoDataFrame,
    *,
    count: int = 3,
    worldview: str | Worldview = "default",
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> pd.DataFrame:
    """List the nearest borders of each incident, the nearest first.

    Parameters
    ----------
    table
        Points in any CRS, as for `add_borders`.
    count
        Number of pairs of countries for each incident.
    worldview
        Point of view on disputed areas: a name of `worldviews()`, or one of your own.
    shapes
        What to do with a geometry that is no point, as in `add_borders`.
    wrap
        Whether longitudes beyond ±180° are brought back, as in `add_borders`.

    Returns
    -------
    pandas.DataFrame
        One row per incident and border: the incident's label as index, `border_rank` from 1, and
        the columns of `add_borders` without `tripoint`. Rows that cannot be measured have none.

    Raises
    ------
    SchemaError
        The table has no geometry column, or no CRS.
    PlaceNotFoundError
        There is no such worldview.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    >>> nearest_borders(points)["border_pair"].tolist()
    ['JOR-SYR', 'IRQ-JOR', 'IRQ-SYR']
    """
    point_of_view = view(worldview)
    points, rows = measured_points(table, by="nearest_borders", shapes=shapes, wrap=wrap)
    arcs, index = _index(point_of_view, None, None)
    near = index.nearest_lines(points.lon_deg[rows], points.lat_deg[rows], count=count)
    # Where a view has fewer borders than were asked for, the last answers are none.
    some = np.flatnonzero(near.arc.ravel() >= 0)
    row = np.repeat(rows, count)[some]
    flat = _Feet(
        arcs[near.arc.ravel()[some]],
        near.distance_m.ravel()[some],
        near.lon_deg.ravel()[some],
        near.lat_deg.ravel()[some],
        near.azimuth_deg.ravel()[some],
    )
    rank = np.tile(np.arange(1, count + 1), len(rows))[some]
    long = pd.DataFrame({"border_rank": rank} | _columns(table, row, flat, point_of_view))
    kinds = {name: dtype for name, dtype in _TYPES.items() if name in long}
    return long.astype(kinds).set_axis(table.index[row])


@dataclass(frozen=True)
class _Feet:
    """Nearest points on arcs of the atoms: rows of the arc table, and what was measured."""

    arc: Ints
    distance_m: Floats
    lon_deg: Floats
    lat_deg: Floats
    azimuth_deg: Floats


def _columns(
    table: gpd.GeoDataFrame, rows: Ints, near: _Feet, point_of_view: Worldview
) -> dict[str, npt.NDArray[Any]]:
    """Columns of some rows whose nearest arcs are known."""
    pairs = line_pairs(point_of_view)
    least, greatest = interval_m(table, rows, near.distance_m, arc_errors_m(near.arc))
    return {
        "border_pair": pairs.pair[near.arc],
        "border_distance_m": near.distance_m,
        "border_distance_min_m": least,
        "border_distance_max_m": greatest,
        "border_bearing_deg": near.azimuth_deg % 360.0,
        "border_lon": near.lon_deg,
        "border_lat": near.lat_deg,
        "border_status": pairs.status[near.arc],
    }


@lru_cache(maxsize=8)
def _index(
    point_of_view: Worldview, between: tuple[str, str] | None, status: str | None
) -> tuple[Ints, LineIndex]:
    """Arcs that are such borders, and an index over them whose lines are the pairs."""
    arcs = border_arcs(point_of_view, between=between, status=status)
    pair, _ = pd.factorize(line_pairs(point_of_view).pair[arcs])
    return arcs, arc_index(arcs, pair.astype(np.int64))


def _tripoints(
    point_of_view: Worldview, lon_deg: Floats, lat_deg: Floats, uncertainty_m: Floats
) -> npt.NDArray[np.object_]:
    """Countries that meet within reach of each point; null where none do."""
    names, place_deg, error_m = _meetings(point_of_view)
    told = np.full(len(lon_deg), None, dtype=object)
    if len(names) == 0 or len(lon_deg) == 0:
        return told
    chord_m, found = cKDTree(to_ecef(*place_deg.T)).query(to_ecef(lon_deg, lat_deg))
    nearest = np.asarray(found, dtype=np.int64)
    reach_m = uncertainty_m + error_m[nearest]
    # A chord is never longer than the way over ground.
    near = np.flatnonzero(chord_m <= reach_m)
    meeting = nearest[near]
    distance_m = np.asarray(geod().inv(lon_deg[near], lat_deg[near], *place_deg[meeting].T)[2])
    close = distance_m <= reach_m[near]
    told[near[close]] = names[meeting[close]]
    return told


@cache
def _meetings(
    point_of_view: Worldview,
) -> tuple[npt.NDArray[np.object_], Floats, Floats]:
    """Where land borders of three countries or more end in one vertex: names, places, errors."""
    found = atoms()
    arcs = border_arcs(point_of_view)
    table = found.arcs.iloc[arcs]
    first = table["start"].to_numpy(dtype=np.int64)
    ends = np.concatenate((first, first + table["count"].to_numpy(dtype=np.int64) - 1))
    frame = pd.DataFrame(found.vertices[ends], columns=["x", "y"])
    frame["pair"] = np.tile(line_pairs(point_of_view).pair[arcs], 2)
    frame["error_m"] = np.tile(table["error_m"].to_numpy(dtype=np.float64), 2)
    meetings = frame.groupby(["x", "y"]).agg(pair=("pair", "-".join), error_m=("error_m", "max"))
    names = meetings["pair"].str.split("-").map(lambda codes: sorted(set(codes)))
    kept = (names.str.len() >= _COUNTRIES_AT_A_TRIPOINT).to_numpy()
    places = meetings.index[kept].to_frame().to_numpy(dtype=np.float64) / GRID_STEPS_PER_DEGREE
    told = names[kept].str.join("-").to_numpy(dtype=object)
    return told, places, meetings["error_m"].to_numpy()[kept]
