"""Countries and provinces as plain GeoDataFrames, stitched from the atoms when asked for."""

from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.reference.atoms import Atoms, atoms, country_attributes, province_attributes
from geo.reference.stitching import stitched
from geo.reference.views import Worldview, admin1_codes, holder_names, holders, view

__all__ = ["countries", "country_names", "provinces"]

_CRS = "EPSG:4326"
# Views whose geometry is kept: some 100 MB each.
_KEPT = 4


def countries(worldview: str | Worldview = "default", *, sea: bool = False) -> gpd.GeoDataFrame:
    """Countries of the world, from the precise lines of the atoms.

    Parameters
    ----------
    worldview
        Point of view on disputed areas: a name of `worldviews()`, or one of your own.
    sea
        Whether the areas reach to the limit of the territorial sea, 12 nautical miles off; else
        they end at the coast.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `country_a3` (ISO 3166-1 alpha-3), `country`, further codes, a label point inside
        the country, `worldview`. One row per country that holds an area in this view.

    Raises
    ------
    PlaceNotFoundError
        There is no such worldview.

    Notes
    -----
    Source: borders of OpenStreetMap, coasts of Natural Earth 10m; see `data/README.md`.

    Examples
    --------
    >>> countries().set_index("country_a3").loc["JOR", "country"]
    'Jordan'
    """
    return _countries(atoms(), view(worldview), sea=sea).copy()


def provinces(worldview: str | Worldview = "default", *, sea: bool = False) -> gpd.GeoDataFrame:
    """Provinces of the world: one coverage without gaps or overlaps.

    Parameters
    ----------
    worldview
        Point of view on disputed areas: a name of `worldviews()`, or one of your own.
    sea
        Whether the areas reach to the limit of the territorial sea, 12 nautical miles off; else
        they end at the coast.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `admin1_code`, `admin1`, `admin1_type`, `country_a3`, `country`, `status`, the
        identifiers in other datasets, `worldview`. A province that two countries hold in part has
        a row for each.

    Raises
    ------
    PlaceNotFoundError
        There is no such worldview.

    Notes
    -----
    Source: borders of OpenStreetMap, coasts and provinces of Natural Earth 10m.

    Examples
    --------
    >>> provinces().set_index("admin1_code").loc["JO-MA", "country_a3"]
    'JOR'
    """
    return _provinces(atoms(), view(worldview), sea=sea).copy()


def country_names(point_of_view: Worldview) -> "pd.Series[str]":
    """Name by code of each country, and of the holders that only this view knows."""
    names = country_attributes().set_index("country_a3")["country"]
    own = pd.Series(holder_names(point_of_view), dtype="str")
    both: pd.Series[str] = pd.concat((names, own[~own.index.isin(names.index)]))
    return both


@lru_cache(maxsize=_KEPT)
def _countries(found: Atoms, point_of_view: Worldview, *, sea: bool) -> gpd.GeoDataFrame:
    holder = holders(point_of_view)
    codes = pd.Index(sorted(set(holder) - {""}), name="country_a3")
    geometry = _areas(
        found, codes.get_indexer(pd.Index(holder)).astype(np.int64), len(codes), sea=sea
    )
    table = country_attributes().set_index("country_a3").reindex(codes).reset_index()
    table["country"] = country_names(point_of_view).reindex(codes).to_numpy()
    return _with_areas(table.assign(worldview=point_of_view.name), geometry)


@lru_cache(maxsize=_KEPT)
def _provinces(found: Atoms, point_of_view: Worldview, *, sea: bool) -> gpd.GeoDataFrame:
    holder = holders(point_of_view)
    frame = pd.DataFrame({"admin1_code": admin1_codes(point_of_view), "country_a3": holder})
    unit = (
        frame.groupby(["admin1_code", "country_a3"]).ngroup().where(frame["country_a3"] != "", -1)
    )
    units = frame.groupby(["admin1_code", "country_a3"], as_index=False).size()
    geometry = _areas(found, unit.to_numpy().astype(np.int64), len(units), sea=sea)
    names = country_names(point_of_view)
    attributes = province_attributes().drop(columns=["country_a3", "country", "status"])
    table = units[["admin1_code"]].merge(attributes, on="admin1_code", how="left")
    table = table.assign(
        country_a3=units["country_a3"],
        country=units["country_a3"].map(names),
        status=_statuses(found, unit, len(units)),
        worldview=point_of_view.name,
    )
    return _with_areas(table, geometry)


def _areas(
    found: Atoms, label: npt.NDArray[np.int64], count: int, *, sea: bool
) -> npt.NDArray[np.object_]:
    chosen = label if sea else np.where(found.is_land, label, -1)
    return stitched(found.arcs, found.vertices, chosen, count=count)


def _with_areas(table: pd.DataFrame, geometry: npt.NDArray[np.object_]) -> gpd.GeoDataFrame:
    """Units that have an area: some are nothing but sea."""
    kept = np.array([area is not None for area in geometry], dtype=bool)
    return gpd.GeoDataFrame(table[kept].reset_index(drop=True), geometry=geometry[kept], crs=_CRS)


def _statuses(found: Atoms, unit: "pd.Series[int]", count: int) -> list[str]:
    """Status of each province: what is not undisputed in a part of it is told of the whole."""
    told = found.table["status"].groupby(unit.to_numpy()).unique()
    return [
        next((status for status in told.get(number, ()) if status != "undisputed"), "undisputed")
        for number in range(count)
    ]
