"""Regions that are unions of provinces, such as Donbas, Darfur or Catalonia, with their areas."""

from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo import shipped
from geo.errors import ShippedDataError
from geo.reference.atoms import Atoms, atoms
from geo.reference.stitching import stitched
from geo.reference.views import admin1_codes, view

__all__ = ["region_area", "regions"]


def regions() -> gpd.GeoDataFrame:
    """Regions composed of provinces or whole countries, with their land.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `place_id` (as in the gazetteer), `name`, `admin1_codes` (joined with "|"),
        `note` (what is in, where it is not plain). Regions overlap.

    Raises
    ------
    ShippedDataError
        A file is missing or damaged.

    Notes
    -----
    Source: lists of provinces of our own; the areas are those of `geo.provinces`.

    Examples
    --------
    >>> regions().set_index("place_id").loc["curated:donbas", "admin1_codes"]
    'UA-09|UA-14'
    """
    table = _table(shipped.path("regions.parquet"))
    found = atoms()
    areas = [_area(found, codes) for codes in table["admin1_codes"]]
    return gpd.GeoDataFrame(table, geometry=areas, crs="EPSG:4326")


def region_area(place_id: str) -> BaseGeometry | None:
    """Land of a region; None for a place that is not composed of provinces.

    Parameters
    ----------
    place_id
        Identifier in the gazetteer, such as "curated:donbas".

    Raises
    ------
    ShippedDataError
        A file is missing or damaged.

    Examples
    --------
    >>> region_area("curated:darfur").bounds[0] < 22 < 27 < region_area("curated:darfur").bounds[2]
    True
    >>> region_area("curated:tower-22") is None
    True
    """
    table = _table(shipped.path("regions.parquet"))
    codes = table.loc[table["place_id"] == place_id, "admin1_codes"]
    if codes.empty:
        return None
    return _area(atoms(), str(codes.iloc[0]))


@cache
def _table(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path)


@cache
def _area(found: Atoms, codes: str) -> BaseGeometry:
    own: npt.NDArray[np.bool_] = np.isin(admin1_codes(view("default")), codes.split("|"))
    if not (own & found.is_land).any():
        raise ShippedDataError(
            f"{shipped.folder()}: the atoms have none of the provinces {codes} of regions.parquet. "
            f"{shipped.repair()}"
        )
    label = np.where(own & found.is_land, 0, -1)
    area: BaseGeometry = stitched(found.arcs, found.vertices, label, count=1)[0]
    return area
