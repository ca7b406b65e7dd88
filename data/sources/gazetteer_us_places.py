"""uscensus.sqlite: places and townships of the United States that GeoNames' list leaves out."""

import sqlite3
from contextlib import closing

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj

import gazetteer
from geo.grammar.names import normalise_name
from products import EXTRACTS, Build, Product, say
from provinces import province_areas

PRODUCT = Product(
    name="uscensus.sqlite",
    title="Gazetteer of small places, towns and townships of the United States",
    licence="ISC",
    attribution=(
        "Places of the United States: US Census Bureau, through weather, "
        "copyright 2006-2023 Jeremy Stanley, ISC licence."
    ),
    vintage="US Census Bureau gazetteer files of 2022",
    packages=("weather-util-data",),
    needs=("provinces.parquet", "geonames.sqlite"),
)
_GEOD = pyproj.Geod(ellps="WGS84")
# The same name this close is the same place.
_SAME_M = 10_000.0
# Most townships are squares of six miles; half the diagonal, and something for the others.
_TOWNSHIP_M = 8_000.0
_EXPECTED = {"Harwinton": (-73.06, 41.76), "Readington Township": (-74.77, 40.58)}


def build(run: Build) -> None:
    """Build the product."""
    table = pd.read_parquet(EXTRACTS / "us_census_places.parquet")
    table = table[table["name"].map(normalise_name) != ""].reset_index(drop=True)
    table["key"] = table["name"].map(normalise_name)
    table = table[~_known(table, _settlements(run))].reset_index(drop=True)
    places = table[table["level"] == "place"]
    # Where a village has the name of its township, the village stands for both.
    is_twice = _known(table, places) & (table["level"] == "division").to_numpy()
    table = table[~is_twice].reset_index(drop=True)
    table = _with_units(table, province_areas(run))
    say(f"  {table.groupby('level').size().to_dict()} are not in GeoNames' list")
    path = run.path(PRODUCT.name)
    gazetteer.write(path, PRODUCT, _as_places(table), _names(table))
    gazetteer.check_found(path, _EXPECTED, within_m=_TOWNSHIP_M)


def _settlements(run: Build) -> pd.DataFrame:
    """Keys and positions of the settlements of the country in GeoNames."""
    uri = f"{run.path('geonames.sqlite').resolve().as_uri()}?immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        return pd.read_sql(
            "SELECT key, lon, lat FROM name JOIN place ON place = id"
            " WHERE country_a3 IN ('USA', 'PRI') AND kind = 'settlement'",
            database,
        )


def _known(table: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
    """Whether a place of the same name lies close by."""
    pairs = table[["key", "lon", "lat"]].reset_index(names="row")
    pairs = pairs.merge(others[["key", "lon", "lat"]], on="key", suffixes=("", "_other"))
    metres = _GEOD.inv(pairs["lon"], pairs["lat"], pairs["lon_other"], pairs["lat_other"])[2]
    return np.isin(np.arange(len(table)), pairs.loc[metres < _SAME_M, "row"])


def _with_units(table: pd.DataFrame, provinces: gpd.GeoDataFrame) -> pd.DataFrame:
    """The country and province of each place; a state is the province of the same letters."""
    table = table.assign(country_a3=table["state"].map({"PR": "PRI"}).fillna("USA"))
    by_state = "US-" + table["state"]
    is_state = by_state.isin(set(provinces["admin1_code"]))
    by_polygon = gazetteer.admin1_codes(table, provinces)
    return table.assign(admin1_code=by_state.where(is_state, by_polygon))


def _as_places(table: pd.DataFrame) -> pd.DataFrame:
    is_division = table["level"] == "division"
    return pd.DataFrame(
        {
            "id": range(1, len(table) + 1),
            "place_id": "uscensus:" + table["fips"].astype(str),
            "name": table["name"] + (" " + table["unit"]).where(_is_township(table), ""),
            "kind": is_division.map({True: "admin2", False: "settlement"}),
            "feature_code": None,
            "lon": table["lon"],
            "lat": table["lat"],
            "radius_m": np.where(is_division, _TOWNSHIP_M, np.nan),
            "country_a3": table["country_a3"],
            "admin1_code": table["admin1_code"],
            "admin2": None,
            "population": 0,
        }
    )


def _is_township(table: pd.DataFrame) -> pd.Series:
    return (table["level"] == "division") & table["unit"].str.endswith("township")


def _names(table: pd.DataFrame) -> set[tuple[str, int]]:
    names: set[tuple[str, int]] = set()
    for number, (name, unit) in enumerate(zip(table["name"], table["unit"], strict=True), start=1):
        stated = [name, f"{name} {unit}"]
        if unit == "charter township":
            stated.append(f"{name} township")
        names |= gazetteer.keys(stated, number)
    return names
