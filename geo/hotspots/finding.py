"""Hotspots and cold spots, and how surely each is one."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.hotspots.asking import whole_number
from geo.hotspots.few_incidents import binomial_p
from geo.hotspots.fields import Field, adjusted, field_of
from geo.hotspots.getis_ord_star import star_z, two_sided
from geo.hotspots.neighbours import Neighbours
from geo.hotspots.rates import PER_PEOPLE
from geo.hotspots.redrawing import redrawn_counts
from geo.joins.columns import Column, coded, spread, with_columns, words
from geo.schema import require

__all__ = ["find_hotspots"]

_BY = "find_hotspots"
_NONE, _HOT, _COLD = 0, 1, 2
_WORDS = ["none", "hot", "cold"]
_COLUMNS = ("gi_z", "gi_p", "gi_q", "hotspot", "hotspot_share")
# What each rate divides the count by.
_SIZES = {"count_per_km2": ("area_km2", 1.0), "count_per_100k": ("population", PER_PEOPLE)}


def find_hotspots(
    cells: gpd.GeoDataFrame,
    incidents: gpd.GeoDataFrame | None = None,
    *,
    value: str = "count",
    neighbours: Neighbours = 1,
    significance: float = 0.05,
    draws: int = 99,
    seed: int = 0,
) -> gpd.GeoDataFrame:
    """Find the cells around which more, or fewer, incidents lie than chance would bring.

    Parameters
    ----------
    cells
        As `count_by_hexagon` and `count_by_province` give them.
    incidents
        The table that they count: each hotspot then says how often it stays one when the incidents
        lie elsewhere within their uncertainties.
    value
        What is compared: `count`, or a rate (`count_per_km2`, `count_per_100k`); without incidents
        any column of numbers, whose `gi_q` is that of `getis_ord`.
    neighbours
        Steps from cell to cell, or weights, as for `getis_ord`.
    significance
        Greatest share of false discoveries among the cells that are called hot or cold.
    draws
        How often all incidents are placed anew.
    seed
        Of the random numbers.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with `gi_z` and `gi_p` of `getis_ord`; `gi_q`; `hotspot`: `hot`, `cold` or `none`;
        `hotspot_share`: the share of draws in which a hot cell is hot, or a cold one cold, null
        where there were no draws and of other cells.

    Raises
    ------
    SchemaError
        Columns are missing, or the cells do not count these incidents.
    ValueError
        The significance is not between 0 and 1, the neighbours are fewer than one step away, or the
        draws are below 0.

    Notes
    -----
    A cell is hot where z is above 0 and q up to the significance, cold where z is below 0. What is
    placed too coarsely, and centroid piles, are in no count and cannot make a hotspot.

    Few incidents in many cells are far from the normal distribution of `gi_p`, by which a single
    one would be a hotspot. So `gi_q` adjusts (Benjamini and Hochberg 1995) the larger of `gi_p` and
    the p of a binomial law: that so many of all incidents (so few, where z is below 0) fall into a
    cell and its neighbours, if each falls there with their share of the cells (of the surface, of
    the people for rates). A cell with a high rate beside cells with many people and low ones is
    therefore not hot where there are too few incidents around it for the people there.

    A draw places each incident that counts within the disc of its `uncertainty_m`, by the law of
    `geo.joins.discs`; what lands outside of the cells is lost to this draw. An incident known to
    its province by name stays in it.

    Examples
    --------
    >>> from geo.hotspots.hexagon_counts import count_by_hexagon
    >>> rng = np.random.default_rng(7)
    >>> lon, lat = rng.normal((36.3, 33.5), 0.05, (60, 2)).T
    >>> incidents = gpd.GeoDataFrame(
    ...     {"uncertainty_m": [3_000.0] * 60}, geometry=gpd.points_from_xy(lon, lat), crs=4326
    ... )
    >>> cells = count_by_hexagon(incidents, resolution=5, study_area="Syria")
    >>> found = find_hotspots(cells, incidents)
    >>> found["hotspot"].value_counts().to_dict()
    {'none': 673, 'hot': 7}
    >>> bool(found.loc[found["gi_z"].idxmax(), "hotspot_share"] > 0.9)
    True
    """
    if not 0 < significance < 1:
        raise ValueError(f"{_BY}: the significance is {significance}; expected 0 to 1")
    draws = whole_number(draws, f"{_BY}: the draws are {{}}", least=0)
    field = field_of(cells, value, neighbours, by=_BY)
    size = _sizes(cells, value)
    if size is None and incidents is not None:
        raise SchemaError(
            f"{_BY}: {value} is not made of counts, so nothing can be drawn; expected count,"
            f" {' or '.join(_SIZES)}, or no incidents."
        )
    size = None if size is None else size[field.rows]
    z, q = _tested(field, size, unlikely=1.0)
    spots = _spots(z, q, significance)
    share = np.full(len(spots), np.nan)
    if incidents is not None and draws and size is not None:
        kept = np.zeros(len(spots), dtype=np.int64)
        for counts in redrawn_counts(cells, incidents, draws=draws, seed=seed, by=_BY):
            drawn = field._replace(values=counts[field.rows] / size)
            kept += _spots(*_tested(drawn, size, unlikely=significance), significance) == spots
        share = np.where(spots == _NONE, np.nan, kept / draws)
    columns = {"gi_z": z, "gi_p": two_sided(z), "gi_q": q, "hotspot_share": share}
    found: dict[str, Column] = {
        name: spread(one, field.rows, len(cells)) for name, one in columns.items()
    }
    everywhere = np.full(len(cells), _NONE)
    everywhere[field.rows] = spots
    found["hotspot"] = coded(words(_WORDS), everywhere)
    return with_columns(cells, {name: found[name] for name in _COLUMNS})


def _tested(field: Field, size: Floats | None, *, unlikely: float) -> tuple[Floats, Floats]:
    """Z and q of each cell, of known size where its value is made of counts.

    What has a larger p than `unlikely` anyway is not held against the binomial law.
    """
    z = star_z(field.values, field.weights)
    p = two_sided(z)
    if size is not None:
        rows = np.flatnonzero(p <= unlikely)
        by_law = binomial_p(field.values * size, size, field.weights, rows, more=z[rows] > 0)
        p[rows] = np.maximum(p[rows], by_law)
    return z, adjusted(p)


def _spots(z: Floats, q: Floats, significance: float) -> npt.NDArray[np.int64]:
    """Which cells are hot, which are cold."""
    return np.where(q <= significance, np.where(z > 0, _HOT, _COLD), _NONE)


def _sizes(cells: gpd.GeoDataFrame, value: str) -> Floats | None:
    """What the value divides the counts by; None where it is not made of counts."""
    if value == "count":
        return np.ones(len(cells))
    if value not in _SIZES:
        return None
    column, unit = _SIZES[value]
    require(cells, (column,), by=_BY)
    return np.asarray(cells[column].to_numpy(dtype=np.float64, na_value=np.nan) / unit)
