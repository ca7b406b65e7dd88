"""Codes of countries and provinces, as GeoNames and others write them, to ours."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from geo import shipped

__all__ = ["UnitCodes", "unit_codes"]


@dataclass(frozen=True)
class UnitCodes:
    """Countries by ISO 3166-1 alpha-2 code, provinces by GeoNames' code such as `JO.15`."""

    country_a3: dict[str, str]
    admin1_code: dict[str, str]


def unit_codes() -> UnitCodes:
    """Codes of the shipped countries and provinces.

    Examples
    --------
    >>> unit_codes().country_a3["JO"], unit_codes().admin1_code["JO.15"]
    ('JOR', 'JO-MA')
    """
    return _unit_codes(shipped.path("countries.parquet"), shipped.path("provinces.parquet"))


@lru_cache(maxsize=2)
def _unit_codes(countries: Path, provinces: Path) -> UnitCodes:
    return UnitCodes(
        _mapping(countries, "country_a2", "country_a3"),
        _mapping(provinces, "geonames_admin1", "admin1_code"),
    )


def _mapping(file: Path, key: str, value: str) -> dict[str, str]:
    table = pq.read_table(file, columns=[key, value]).to_pydict()
    pairs = zip(table[key], table[value], strict=True)
    return {code: ours for code, ours in pairs if code is not None}
