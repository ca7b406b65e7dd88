"""curated.sqlite: places of our own hand that no package carries."""

import pandas as pd

import gazetteer
from products import Build, Product, check, own_table
from provinces import province_areas

PRODUCT = Product(
    name="curated.sqlite",
    title="Gazetteer of camps, bases, crossings, straits and regions, with sources",
    licence="MIT",
    attribution="incidentmap contributors",
    vintage="2026",
    own_files=("curated/curated.csv",),
    needs=("provinces.parquet",),
)
_KINDS = frozenset({"site", "area", "water", "line", "settlement"})
_POINT_KINDS = frozenset({"site", "settlement"})


def build(run: Build) -> None:
    """Build the product."""
    table = own_table("curated/curated.csv", columns=gazetteer.CURATED_COLUMNS)
    table = table.astype({"lon": float, "lat": float, "radius_m": float})
    table = table.sort_values("id", ignore_index=True)
    provinces = province_areas(run)
    countries = table["country_a3"].str.split("|").str[0].replace("", None)
    admin1 = gazetteer.admin1_codes(table.assign(country_a3=countries), provinces)
    places = pd.DataFrame(
        {
            "id": range(1, len(table) + 1),
            "place_id": "curated:" + table["id"],
            "name": table["name"],
            "kind": table["kind"],
            "feature_code": None,
            "lon": table["lon"],
            "lat": table["lat"],
            "radius_m": table["radius_m"],
            "country_a3": countries,
            "admin1_code": admin1.where(table["kind"].isin(_POINT_KINDS), None),
            "admin2": None,
            "population": 0,
        }
    )
    _check(table, set(provinces["country_a3"]))
    names = set()
    for number, row in enumerate(table.itertuples(index=False), start=1):
        names |= gazetteer.keys([row.name, *row.aliases.split("|")], number)
    path = run.path(PRODUCT.name)
    gazetteer.write(path, PRODUCT, places, names)
    gazetteer.check_found(path, {"Tower 22": (38.703, 33.306)}, within_m=1)


def _check(table: pd.DataFrame, known: set[str]) -> None:
    check((table["name"] != "").all(), "curated.csv: a row without name")
    check(table["id"].is_unique, "curated.csv: an id twice")
    check(table["id"].str.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*").all(), "curated.csv: malformed id")
    check((table["source"] != "").all(), "curated.csv: a row without source")
    check(table["kind"].isin(_KINDS).all(), "curated.csv: unknown kind")
    check((table["radius_m"] > 0).all(), "curated.csv: radius missing")
    codes = {code for cell in table["country_a3"] for code in cell.split("|")} - {""}
    check(codes <= known, f"curated.csv: unknown countries {sorted(codes - known)}")
