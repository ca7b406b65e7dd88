"""How many incidents lie in each hexagon."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.geodesy import Floats
from geo.hotspots.asking import metres_above_0, whole_number
from geo.hotspots.coarse import coarse_rows, coarsest_in_m
from geo.hotspots.hexagons import (
    FINEST,
    Cells,
    areas_km2,
    cells_at,
    positions_in,
    rings_of,
    shapes_of,
    texts_of,
    usual_area_km2,
)
from geo.hotspots.rates import Population, counted
from geo.hotspots.study_areas import (
    StudyArea,
    area_of,
    cells_around,
    cells_of_area,
    cells_of_countries,
)
from geo.joins.points import points_of
from geo.schema import CRS

__all__ = ["count_by_hexagon"]

_BY = "count_by_hexagon"


def count_by_hexagon(
    table: gpd.GeoDataFrame,
    *,
    resolution: int,
    study_area: StudyArea = "countries",
    population: Population | None = None,
    coarsest_m: float | None = None,
) -> gpd.GeoDataFrame:
    """Count the incidents in each hexagon of the H3 grid.

    Parameters
    ----------
    table
        Points in any CRS. `uncertainty_m` and `precision` are used where the table has them.
    resolution
        Of the grid: 3 has hexagons of 12,400 km², 4 of 1,770, 5 of 253, 6 of 36, 7 of 5.2, 8 of
        0.74. Each number more makes them seven times smaller.
    study_area
        Where incidents could have been: cells without any count there too. `countries`: all cells
        whose middles lie on the land of the countries in which incidents lie, and those in which
        incidents lie. A number: the cells within so many rings of a cell with incidents. Else
        bounds, a shape in WGS 84, a layer, or the name of a country or province: all cells whose
        middles lie in it, and those in which incidents inside it lie; other incidents do not count.
    population
        People by `hex_id`, a mapping or a Series.
    coarsest_m
        Greatest `uncertainty_m` of an incident that counts; by default that at which it still lies
        in the cell of its point in half of the cases (5.1 km at resolution 6, 13.5 km at 5).
        `math.inf` counts all but centroid piles.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each cell, in EPSG:4326, sorted by `hex_id`: `hex_id` (H3's text), `count`,
        `coarse_count` (incidents whose point lies there, but whose place is not known well enough),
        `area_km2` (geodesic), `count_per_km2`; `population` and `count_per_100k` where asked for;
        `coarsest_m`. Incidents without a point are in no cell, nor are coarse ones outside of the
        study area, which those that count decide (where none counts, the coarse ones).

    Raises
    ------
    SchemaError
        The table has no geometry column or no CRS; the study area or the population is none.
    TooManyCellsError
        The study area has more than a million cells; names a resolution that would do.
    ValueError
        The resolution is not from 0 to 15, or `coarsest_m` is no number above 0.

    Notes
    -----
    Too coarse is what `uncertainty_m` or a `precision` of `admin1`, `admin2`, `country`, `water` or
    `none` says, and what lies in a pile of `find_centroid_piles`. Without `uncertainty_m` a point
    counts as exact. Shapes are cut at ±180° (RFC 7946); the edges are straight in longitude and
    latitude, so that the shape around a pole is drawn larger than `area_km2`, which is exact.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     {"uncertainty_m": [500.0, 500.0, 40_000.0]},
    ...     geometry=gpd.points_from_xy([38.60, 38.61, 38.60], [33.20, 33.20, 33.20]),
    ...     crs=4326,
    ... )
    >>> cells = count_by_hexagon(incidents, resolution=5, study_area=1)
    >>> len(cells), int(cells["count"].sum()), int(cells["coarse_count"].sum())
    (7, 2, 1)
    >>> cells.loc[cells["count"] > 0, ["hex_id", "count"]].values.tolist()
    [['852d82affffffff', 2]]
    """
    resolution = whole_number(resolution, f"{_BY}: the resolution is {{}}", least=0, most=FINEST)
    if coarsest_m is None:
        coarsest_m = coarsest_in_m(usual_area_km2(resolution))
    coarsest_m = metres_above_0(coarsest_m, "coarsest_m", by=_BY, infinite=True)
    points = points_of(table, by=_BY)
    rows = np.flatnonzero(points.placed)
    coarse = coarse_rows(table, points, coarsest_m=coarsest_m)[rows]
    of_row = cells_at(points.lon_deg[rows], points.lat_deg[rows], resolution)
    # Where none is placed well enough, the cells show at least where the coarse ones are.
    shown = np.flatnonzero(~coarse | coarse.all())
    around = points.lon_deg[rows[shown]], points.lat_deg[rows[shown]]
    cells = _studied(study_area, of_row[shown], around, resolution)
    place = positions_in(cells, of_row)
    counts = (_sums(place[~coarse], len(cells)), _sums(place[coarse], len(cells)))
    rings = rings_of(cells)
    keys = texts_of(cells)
    columns = counted(keys, areas_km2(rings), counts, population, by=_BY)
    return gpd.GeoDataFrame(
        {
            "hex_id": pd.array(keys, dtype="str"),
            **columns,
            "coarsest_m": np.full(len(cells), float(coarsest_m)),
        },
        geometry=shapes_of(rings),
        crs=CRS,
    )


def _studied(
    study_area: StudyArea, of_row: Cells, lonlat: tuple[Floats, Floats], resolution: int
) -> Cells:
    """Cells of the study, sorted."""
    if isinstance(study_area, int):
        return cells_around(np.unique(of_row), study_area, by=_BY)
    if isinstance(study_area, str) and study_area == "countries":
        return np.union1d(of_row, cells_of_countries(*lonlat, resolution, by=_BY))
    shape = area_of(study_area, by=_BY)
    cells = cells_of_area(shape, resolution, by=_BY)
    return np.union1d(of_row[shapely.intersects_xy(shape, *lonlat)], cells)


def _sums(place: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    return np.bincount(place[place >= 0], minlength=count)
