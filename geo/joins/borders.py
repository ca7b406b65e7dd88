"""How far each incident lies from the nearest land borders, in which direction, and how sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from geo.errors import PlaceNotFoundError
from geo.geodesy import Floats, geod, to_ecef
from geo.joins.columns import Table, coded, spread, with_columns, with_notes, words
from geo.joins.line_distance import arc_errors_m, interval_m, measured_rows
from geo.joins.points import Points, Shapes, points_of, uncertainties_m
from geo.reference.arc_index import arc_index
from geo.reference.atoms import Atoms, atoms
from geo.reference.lines import border_arcs
from geo.reference.stitching import GRID_STEPS_PER_DEGREE
from geo.reference.views import Worldview, line_pairs, view
from geo.spatial.lines import LineIndex

__all__ = ["add_borders", "nearest_borders", "with_borders"]

Ints = npt.NDArray[np.int64]

_COUNTRIES_AT_A_BORDER = 2
_COUNTRIES_AT_A_TRIPOINT = 3
# Points that are compared with all tripoints at a time.
_ROUND = 2_000


def add_borders(
    table: gpd.GeoDataFrame,
    *,
    between: Sequence[str] | None = None,
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

    Pairs and statuses are those of today, or of the last change of the view, whatever the day of
    the row (`date_start`): one before a change can be told of a border that did not exist then,
    such as `SDN-SSD` before July 2011, where `add_countries` gives the holder of the day.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    >>> near = add_borders(points).iloc[0]
    >>> near["border_pair"], round(near["border_distance_m"]), near["border_status"]
    ('JOR-SYR', 1465, 'international')
    """
    point_of_view = view(worldview)
    points = points_of(table, by="add_borders", shapes=shapes, wrap=wrap)
    return with_borders(table, points, point_of_view, between=between, status=status)


def with_borders(
    table: Table,
    points: Points,
    point_of_view: Worldview,
    *,
    between: Sequence[str] | None = None,
    status: str | None = None,
) -> Table:
    """Table with the columns of `add_borders`, of rows whose positions are known."""
    pair = None if between is None else _pair(between)
    arcs, index = _index(atoms(), point_of_view, pair, status)
    rows = measured_rows(table, points)
    lon, lat = points.lon_deg[rows], points.lat_deg[rows]
    near = index.nearest(lon, lat)
    feet = _Feet(arcs[near.arc], near.distance_m, near.lon_deg, near.lat_deg, near.azimuth_deg)
    everywhere = np.full(len(table), -1, dtype=np.int64)
    everywhere[rows] = np.arange(len(rows))
    columns = {
        name: spread(values, rows, len(table))
        if isinstance(values, np.ndarray)
        else coded(values, everywhere)
        for name, values in _columns(table, rows, feet, point_of_view).items()
    }
    meetings = _meetings(atoms(), point_of_view)
    meeting = np.full(len(table), -1, dtype=np.int64)
    # Some border is as near as a tripoint is, or nearer, but perhaps not one that is asked for.
    least_m = near.distance_m if between is None and status is None else np.zeros(len(rows))
    meeting[rows] = _tripoints(meetings, lon, lat, uncertainties_m(table)[rows], least_m)
    columns["tripoint"] = coded(meetings.names, meeting)
    return with_notes(with_columns(table, columns), points.notes, points.faulty)


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
    points = points_of(table, by="nearest_borders", shapes=shapes, wrap=wrap)
    rows = measured_rows(table, points)
    arcs, index = _index(atoms(), point_of_view, None, None)
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
    columns = _columns(table, row, flat, point_of_view)
    return pd.DataFrame({"border_rank": rank, **columns}, index=table.index[row])


@dataclass(frozen=True)
class _Feet:
    """Nearest points on arcs of the atoms: rows of the arc table, and what was measured."""

    arc: Ints
    distance_m: Floats
    lon_deg: Floats
    lat_deg: Floats
    azimuth_deg: Floats


def _columns(
    table: pd.DataFrame, rows: Ints, near: _Feet, point_of_view: Worldview
) -> dict[str, Floats | ExtensionArray]:
    """Columns of some rows whose nearest arcs are known."""
    pairs, statuses = _words(atoms(), point_of_view)
    least, greatest = interval_m(table, rows, near.distance_m, arc_errors_m(near.arc))
    return {
        "border_pair": coded(pairs, near.arc),
        "border_distance_m": near.distance_m,
        "border_distance_min_m": least,
        "border_distance_max_m": greatest,
        "border_bearing_deg": near.azimuth_deg % 360.0,
        "border_lon": near.lon_deg,
        "border_lat": near.lat_deg,
        "border_status": coded(statuses, near.arc),
    }


@lru_cache(maxsize=16)
def _words(_atoms: Atoms, point_of_view: Worldview) -> tuple[ExtensionArray, ExtensionArray]:
    """Pair and status of each arc."""
    pairs = line_pairs(point_of_view)
    return words(pairs.pair), words(pairs.status)


def _pair(between: Sequence[str]) -> tuple[str, str]:
    """Two codes in capitals, in whichever sequence they are given."""
    if len(between) != _COUNTRIES_AT_A_BORDER:
        raise PlaceNotFoundError(
            f"No border is called {between!r}; expected two codes, such as ('JOR', 'SYR')."
        )
    one, other = (code.upper() for code in between)
    return one, other


@lru_cache(maxsize=8)
def _index(
    _atoms: Atoms, point_of_view: Worldview, between: tuple[str, str] | None, status: str | None
) -> tuple[Ints, LineIndex]:
    """Arcs that are such borders, and an index over them whose lines are the pairs."""
    arcs = border_arcs(point_of_view, between=between, status=status)
    pair, _ = pd.factorize(line_pairs(point_of_view).pair[arcs])
    return arcs, arc_index(arcs, pair.astype(np.int64))


class _Meetings(NamedTuple):
    """Vertices where land borders of three countries or more end."""

    names: ExtensionArray
    place_deg: Floats
    error_m: Floats


def _tripoints(
    meetings: _Meetings,
    lon_deg: Floats,
    lat_deg: Floats,
    uncertainty_m: Floats,
    least_m: Floats,
) -> Ints:
    """Meeting of countries within reach of each point; -1 where none is.

    No point is nearer to a meeting than `least_m`.
    """
    told = np.full(len(lon_deg), -1, dtype=np.int64)
    if len(meetings.names) == 0:
        return told
    possible = np.flatnonzero(least_m <= uncertainty_m + meetings.error_m.max())
    places = to_ecef(*meetings.place_deg.T)
    for first in range(0, len(possible), _ROUND):
        rows = possible[first : first + _ROUND]
        apart_m = to_ecef(lon_deg[rows], lat_deg[rows])[:, None] - places
        nearest = np.argmin((apart_m**2).sum(axis=2), axis=1)
        ends = lon_deg[rows], lat_deg[rows], *meetings.place_deg[nearest].T
        distance_m = np.asarray(geod().inv(*ends)[2])
        close = distance_m <= uncertainty_m[rows] + meetings.error_m[nearest]
        told[rows[close]] = nearest[close]
    return told


@lru_cache(maxsize=16)
def _meetings(found: Atoms, point_of_view: Worldview) -> _Meetings:
    arcs = border_arcs(point_of_view)
    table = found.arcs.iloc[arcs]
    first = table["start"].to_numpy(dtype=np.int64)
    ends = np.concatenate((first, first + table["count"].to_numpy(dtype=np.int64) - 1))
    frame = pd.DataFrame(found.vertices[ends], columns=["x", "y"])
    frame["pair"] = np.tile(line_pairs(point_of_view).pair[arcs], 2)
    frame["error_m"] = np.tile(table["error_m"].to_numpy(dtype=np.float64), 2)
    meetings = frame.groupby(["x", "y"]).agg(pair=("pair", "-".join), error_m=("error_m", "max"))
    names = [sorted(set(pairs.split("-"))) for pairs in meetings["pair"].tolist()]
    kept = np.array([len(codes) >= _COUNTRIES_AT_A_TRIPOINT for codes in names], dtype=bool)
    places = meetings.index[kept].to_frame().to_numpy(dtype=np.float64) / GRID_STEPS_PER_DEGREE
    told = words(pd.Series(["-".join(names[place]) for place in np.flatnonzero(kept)], dtype="str"))
    return _Meetings(told, places, meetings["error_m"].to_numpy()[kept])
