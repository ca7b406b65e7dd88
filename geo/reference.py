"""Countries, provinces and land borders as plain GeoDataFrames."""

from functools import cache

import geopandas as gpd
import pandas as pd
import shapely

from geo import shipped
from geo.errors import PlaceNotFoundError

__all__ = ["BORDER_ERROR_M", "WORLDVIEW", "borders", "countries", "provinces"]

#: Point of view of the shipped boundaries: who holds the ground.
WORLDVIEW = "default"
#: How far the shipped border lines lie from OpenStreetMap's at most, in 90 % of places, in metres.
BORDER_ERROR_M = 2_900.0


def provinces() -> gpd.GeoDataFrame:
    """Provinces of the world: one coverage without gaps or overlaps.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `admin1_code`, `admin1`, `admin1_type`, `country_a3`, `country`, `status`,
        `worldview`, and the identifiers in other datasets.

    Notes
    -----
    Source: Natural Earth 10m, admin-1 states and provinces.

    Examples
    --------
    >>> provinces().set_index("admin1_code").loc["JO-MA", "country_a3"]
    'JOR'
    """
    return _provinces().copy()


def countries() -> gpd.GeoDataFrame:
    """Countries of the world, dissolved from the provinces.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `country_a3` (ISO 3166-1 alpha-3), `country_a2`, `country`, `sovereign_a3`,
        `continent`, a label point inside the country, `worldview`.

    Examples
    --------
    >>> countries().set_index("country_a3").loc["JOR", "country"]
    'Jordan'
    """
    return _countries().copy()


def borders(*, between: tuple[str, str] | None = None) -> gpd.GeoDataFrame:
    """Land borders of the world, one row per pair of countries and status.

    Parameters
    ----------
    between
        Two ISO 3166-1 alpha-3 codes, in any order; None for all borders.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `border_pair` (codes in alphabetical order), `status`, `source`, `worldview`,
        `length_km`.

    Raises
    ------
    PlaceNotFoundError
        The two countries share no land border.

    Examples
    --------
    >>> borders(between=("SYR", "JOR"))["border_pair"].tolist()
    ['JOR-SYR']
    """
    lines = _borders()
    if between is None:
        return lines.copy()
    pair = "-".join(sorted(code.upper() for code in between))
    found = lines[lines["border_pair"] == pair]
    if found.empty:
        raise PlaceNotFoundError(_no_border(between, lines["border_pair"]))
    return found.copy()


def _no_border(between: tuple[str, str], pairs: "pd.Series[str]") -> str:
    known = {code for pair in pairs for code in pair.split("-")}
    unknown = [code for code in between if code.upper() not in known]
    if unknown:
        return (
            f"No country with a land border has the code {', '.join(unknown)}; expected ISO 3166-1 "
            "alpha-3 codes such as JOR."
        )
    first = between[0].upper()
    others = sorted(
        pair.replace(first, "").strip("-") for pair in pairs if first in pair.split("-")
    )
    return (
        f"{between[0]} and {between[1]} share no land border; {first} borders {', '.join(others)}."
    )


@cache
def _provinces() -> gpd.GeoDataFrame:
    table = gpd.read_parquet(shipped.path("provinces.parquet"))
    return table.assign(worldview=WORLDVIEW)


@cache
def _countries() -> gpd.GeoDataFrame:
    parts = _provinces()
    shapes = parts.groupby("country_a3").geometry.apply(
        lambda group: shapely.coverage_union_all(group.to_numpy())
    )
    attributes = pd.read_parquet(shipped.path("countries.parquet"))
    geometry = shapes.reindex(attributes["country_a3"]).to_numpy()
    return gpd.GeoDataFrame(
        attributes.assign(worldview=WORLDVIEW), geometry=geometry, crs=parts.crs
    )


@cache
def _borders() -> gpd.GeoDataFrame:
    return gpd.read_parquet(shipped.path("borders.parquet"))
