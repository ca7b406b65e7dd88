"""Land and territorial sea of single countries and provinces, and what lies within bounds."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from geo.reference.atoms import Atoms

__all__ = ["land_of_country", "land_of_province", "sea_of_country"]

# A map speaks of few countries; those of a large table may be many.
_KEPT = 64


def land_of_country(country_a3: str) -> BaseGeometry | None:
    """Land that a country holds, by default; None where it holds none.

    Parameters
    ----------
    country_a3
        ISO 3166-1 alpha-3 code.
    """
    return _of_country(_atoms(), country_a3, land=True)


def sea_of_country(country_a3: str) -> BaseGeometry | None:
    """Sea within 12 nautical miles of the land that a country holds; None without a coast.

    Parameters
    ----------
    country_a3
        ISO 3166-1 alpha-3 code.
    """
    return _of_country(_atoms(), country_a3, land=False)


def land_of_province(admin1_code: str) -> BaseGeometry | None:
    """Land of a province, whoever holds it; None where the code is unknown.

    Parameters
    ----------
    admin1_code
        ISO 3166-2 code, or that of Natural Earth.
    """
    return _of_province(_atoms(), admin1_code)


def _atoms() -> "Atoms":
    # Tables and their libraries take longer to load than a name takes to be placed without them.
    from geo.reference.atoms import atoms  # noqa: PLC0415

    return atoms()


@lru_cache(maxsize=_KEPT)
def _of_country(found: "Atoms", country_a3: str, *, land: bool) -> BaseGeometry | None:
    from geo.reference.views import holders  # noqa: PLC0415

    return _area(found, (holders() == country_a3) & (found.is_land == land))


@lru_cache(maxsize=_KEPT)
def _of_province(found: "Atoms", admin1_code: str) -> BaseGeometry | None:
    is_part = (found.table["admin1_code"] == admin1_code).to_numpy(dtype=bool)
    return _area(found, is_part & found.is_land)


def _area(found: "Atoms", chosen: npt.NDArray[np.bool_]) -> BaseGeometry | None:
    if not chosen.any():
        return None
    from geo.reference.stitching import stitched  # noqa: PLC0415

    label = np.where(chosen, 0, -1)
    area: BaseGeometry = stitched(found.arcs, found.vertices, label, count=1)[0]
    return area
