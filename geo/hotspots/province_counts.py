"""How many incidents lie in each province."""

from collections.abc import Collection
from functools import cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from geo.errors import SchemaError
from geo.gazetteer.user_places import all_places
from geo.geocoding.names.candidates import find_country
from geo.geodesy import geod
from geo.hotspots.asking import metres_above_0
from geo.hotspots.coarse import coarsest_in_m
from geo.hotspots.grids import ProvinceGrid, coarse_in_provinces
from geo.hotspots.rates import Population, counted
from geo.joins.points import points_of
from geo.reference.units import provinces
from geo.reference.views import Worldview, view
from geo.schema import CRS

__all__ = ["count_by_province"]

_BY = "count_by_province"

Ints = npt.NDArray[np.int64]


def count_by_province(
    table: gpd.GeoDataFrame,
    *,
    study_area: str | Collection[str] = "countries",
    population: Population | None = None,
    worldview: str | Worldview = "default",
    coarsest_m: float | None = None,
) -> gpd.GeoDataFrame:
    """Count the incidents in each province.

    Parameters
    ----------
    table
        Points in any CRS. `admin1_code` and `country_a3` are used where the table has them, else
        the province is that in which the point lies; so are `uncertainty_m` and `precision`.
    study_area
        Where incidents could have been: provinces without any count there too. `countries`: all
        provinces of the countries with incidents; `world`; or countries by code or name, such as
        `["JOR", "Syria"]`, outside of which incidents do not count.
    population
        People by `admin1_code`, a mapping or a Series.
    worldview
        Point of view on disputed areas: a name of `worldviews()`, or one of your own.
    coarsest_m
        Greatest `uncertainty_m` of an incident that counts; by default 1.5 times the radius of a
        disc as large as its province. `math.inf` counts all but centroid piles.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each province, in EPSG:4326, sorted by code: `admin1_code`, `admin1`,
        `country_a3`, `country`, `worldview`, `count`, `coarse_count` (incidents whose point lies
        there, but whose province is not known), `area_km2` (geodesic), `count_per_km2`;
        `population` and `count_per_100k` where asked for; `coarsest_m`. Incidents off all
        provinces are in none.

    Raises
    ------
    SchemaError
        The table has no geometry column or no CRS; the study area or the population is none.
    PlaceNotFoundError
        There is no such worldview.
    ValueError
        `coarsest_m` is no number above 0.

    Notes
    -----
    Too coarse is an `uncertainty_m` above `coarsest_m`, a `precision` of `country`, `water` or
    `none`, and a pile of `find_centroid_piles` that stands for a country. What is known to a
    province or a district counts, also without a point.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     {"precision": ["exact", "admin1", "country"]},
    ...     geometry=gpd.points_from_xy([38.703, 36.3, 36.5], [33.306, 31.6, 31.0]),
    ...     crs=4326,
    ... )
    >>> cells = count_by_province(incidents)
    >>> len(cells), int(cells["count"].sum()), int(cells["coarse_count"].sum())
    (12, 2, 1)
    >>> cells.loc[cells["count"] > 0, ["admin1_code", "count"]].values.tolist()
    [['JO-AM', 1], ['JO-MA', 1]]
    """
    if coarsest_m is not None:
        coarsest_m = metres_above_0(coarsest_m, "coarsest_m", by=_BY, infinite=True)
    units = provinces(view(worldview))
    points = points_of(table, by=_BY)
    unit = ProvinceGrid.of(units).of_rows(table, points)
    limits = np.full(len(units), np.inf)
    for one in np.unique(unit[unit >= 0]).tolist():
        limits[one] = _limit_m(units.geometry.iloc[one], coarsest_m)
    coarse = coarse_in_provinces(table, points, unit, limits)
    # Where none is known well enough, the provinces show at least where the coarse ones are.
    shown = (unit >= 0) & (~coarse | coarse[unit >= 0].all())
    chosen = _studied(study_area, units, unit[shown])
    cells = units.iloc[chosen]
    area_km2 = np.array([_area_km2(shape) for shape in cells.geometry])
    limit_m = np.array([_limit_m(shape, coarsest_m) for shape in cells.geometry])
    place = np.full(len(units) + 1, -1)
    place[chosen] = np.arange(len(chosen))
    of_row = place[unit]
    counts = _sums(of_row[~coarse], len(chosen)), _sums(of_row[coarse], len(chosen))
    columns = counted(cells["admin1_code"].tolist(), area_km2, counts, population, by=_BY)
    kept = cells[["admin1_code", "admin1", "country_a3", "country", "worldview"]]
    found = kept.reset_index(drop=True).assign(**columns, coarsest_m=limit_m)
    return gpd.GeoDataFrame(found, geometry=cells.geometry.to_numpy(), crs=CRS)


def _studied(study_area: str | Collection[str], units: gpd.GeoDataFrame, unit: Ints) -> Ints:
    """Provinces of the study, by their positions."""
    country = units["country_a3"]
    if isinstance(study_area, str) and study_area == "world":
        return np.arange(len(units))
    if isinstance(study_area, str) and study_area == "countries":
        return np.flatnonzero(country.isin(country.iloc[unit].unique()))
    asked = [study_area] if isinstance(study_area, str) else list(study_area)
    codes = {one: _code_of(one, set(country)) for one in asked}
    unknown = sorted(one for one, code in codes.items() if code is None)
    if unknown or not codes:
        raise SchemaError(
            f"{_BY}: {unknown[0] if unknown else 'nothing'!r} is no study area; expected countries,"
            " world, or codes or names of countries such as JOR."
        )
    return np.flatnonzero(country.isin(codes.values()))


def _code_of(name: str, codes: Collection[str]) -> str | None:
    """Code of a country with provinces, by its code or its name."""
    if name in codes:
        return name
    found = find_country(name.strip(), all_places())
    return found.country_a3 if found is not None and found.country_a3 in codes else None


def _limit_m(shape: BaseGeometry, coarsest_m: float | None) -> float:
    """Greatest uncertainty that counts in a province."""
    return coarsest_in_m(_area_km2(shape)) if coarsest_m is None else coarsest_m


@cache
def _area_km2(shape: BaseGeometry) -> float:
    return abs(float(geod().geometry_area_perimeter(shape)[0])) / 1e6


def _sums(place: Ints, count: int) -> Ints:
    return np.bincount(place[place >= 0], minlength=count)
