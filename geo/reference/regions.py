"""Regions that are unions of provinces, such as Donbas, Darfur or Catalonia, with their areas."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from geo import shipped
from geo.errors import ShippedDataError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.reference.atoms import Atoms

__all__ = ["region_area", "regions"]

# Of the 150 regions, those that texts name over and over.
_KEPT = 64


def regions() -> "gpd.GeoDataFrame":
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
    import geopandas as gpd  # noqa: PLC0415

    table = _table(shipped.path("regions.parquet"))
    found = _atoms()
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
    return _area(_atoms(), str(codes.iloc[0]))


def _atoms() -> "Atoms":
    # As in `geo.reference.land`: a place that is no region is answered without them.
    from geo.reference.atoms import atoms  # noqa: PLC0415

    return atoms()


@lru_cache(maxsize=2)
def _table(path: Path) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415

    return pd.read_parquet(path)


@lru_cache(maxsize=_KEPT)
def _area(found: "Atoms", codes: str) -> BaseGeometry:
    from geo.reference.stitching import stitched  # noqa: PLC0415
    from geo.reference.views import admin1_codes, view  # noqa: PLC0415

    own: npt.NDArray[np.bool_] = np.isin(admin1_codes(view("default")), codes.split("|"))
    if not (own & found.is_land).any():
        raise ShippedDataError(
            f"{shipped.folder()}: the atoms have none of the provinces {codes} of regions.parquet. "
            f"{shipped.repair()}"
        )
    label = np.where(own & found.is_land, 0, -1)
    area: BaseGeometry = stitched(found.arcs, found.vertices, label, count=1)[0]
    return area
