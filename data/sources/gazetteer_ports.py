"""ports.sqlite: sea ports, found only by names that say what they are ("port of X")."""

import json
import re
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

import atoms_files
import gazetteer
from products import Build, Product, check, own_table, say
from provinces import province_areas
from topology import Polygons

PRODUCT = Product(
    name="ports.sqlite",
    title="Gazetteer of sea ports",
    licence="MIT",
    attribution="Sea ports: sea-ports, copyright 2016 marchah, MIT licence.",
    vintage="sea-ports 0.0.9, date not stated",
    packages=("sea-ports",),
    own_files=("port_names.csv", "curated/curated.csv"),
    needs=(
        "provinces.parquet",
        "countries.parquet",
        "atom_arcs.parquet",
        "atom_vertices.npy",
        "geonames.sqlite",
        "naturalearth.sqlite",
    ),
)
_GEOD = pyproj.Geod(ellps="WGS84")
# Half of the positions differ by more than 3 km from another list of ports, a tenth by more than
# 11 km; those that no town of the name confirms are worse.
_RADIUS_M = 8_000.0
_UNCONFIRMED_RADIUS_M = 15_000.0
# Farther from its country, from the sea, or from the town of its name, a port is in a wrong place.
_COUNTRY_M = 30_000.0
_COAST_M = 40_000.0
_TOWN_M = 15_000.0
# The Netherlands Antilles are no more.
_SPLIT = {"ANBON": "BES", "ANCUR": "CUW", "ANEUX": "BES", "ANSXM": "SXM"}
_NOT_A_PORT = re.compile(r"\bApt\b")
_PARTS = re.compile(r"\s*(?:[/(),]|\bex\b)\s*")
_LAST_WORD = re.compile(r"\s+(port|harbou?r|terminal)$", re.IGNORECASE)
_EXPECTED = {
    "Port of Aden": (45.0, 12.79), "Aqaba port": (35.0, 29.52), "Port of Haifa": (35.0, 32.82),
    "port of Odesa": (30.74, 46.49), "Massawa harbour": (39.45, 15.6),
    "Latakia port": (35.77, 35.52),
}  # fmt: skip


def build(run: Build) -> None:
    """Build the product."""
    table = _ports(run)
    places = pd.DataFrame(
        {
            "id": range(1, len(table) + 1),
            "place_id": "ports:" + table["code"],
            "name": ["Port of " + variants[0] for variants in table["variants"]],
            "kind": "site",
            "feature_code": "PRT",
            "lon": table["lon"],
            "lat": table["lat"],
            "radius_m": table["confirmed"].map({True: _RADIUS_M, False: _UNCONFIRMED_RADIUS_M}),
            "country_a3": table["country_a3"],
            "admin1_code": gazetteer.admin1_codes(table, province_areas(run)),
            "admin2": None,
            "population": 0,
        }
    )
    names = set()
    for number, row in enumerate(table.itertuples(index=False), start=1):
        names |= gazetteer.keys([*_port_names(row.variants), *row.aliases], number)
    towns = gazetteer.keys_of_others(
        run, ("geonames.sqlite", "naturalearth.sqlite"), districts=True
    )
    taken = {(key, place) for key, place in names if key in towns}
    say(f"  {len(table)} ports; {len(taken)} keys are names of towns and left to them")
    path = run.path(PRODUCT.name)
    gazetteer.write(path, PRODUCT, places, names - taken)
    gazetteer.check_found(path, _EXPECTED, within_m=_RADIUS_M)


def _ports(run: Build) -> pd.DataFrame:
    """Ports at the sea of their country, once each, without those that our own table has."""
    table = _source(run)
    stays = _is_near_country(table, province_areas(run))
    stays &= _coast_m(table, atoms_files.lines(run, "coast")) <= _COAST_M
    town_m = _town_m(table, run.path("geonames.sqlite"))
    stays &= (town_m <= _TOWN_M) | town_m.isna()
    curated = gazetteer.curated_keys()
    ours = [
        bool(curated & {key for key, _ in gazetteer.keys(_port_names(variants), 0)})
        for variants in table["variants"]
    ]
    say(f"  {len(table)} positions, {(~stays).sum()} of them wrong or inland; {sum(ours)} are ours")
    table["confirmed"] = town_m.notna()
    return table[stays & ~np.array(ours)].reset_index(drop=True)


def _source(run: Build) -> pd.DataFrame:
    with tarfile.open(run.package("sea-ports")) as archive:
        member = archive.extractfile("package/lib/ports.json")
        ports = json.load(member) if member else {}
    rows = [
        (code, _variants(port["name"], port["city"]), *port["coordinates"])
        for code, port in sorted(ports.items())
        if "coordinates" in port and not _NOT_A_PORT.search(port["name"])
    ]
    table = pd.DataFrame(rows, columns=["code", "variants", "lon", "lat"])
    table = _with_press_names(table, {code: port["name"] for code, port in ports.items()})
    countries = pd.read_parquet(run.path("countries.parquet")).dropna(subset="country_a2")
    codes = countries.set_index("country_a2")["country_a3"]
    table["country_a3"] = table["code"].map(_SPLIT).fillna(table["code"].str[:2].map(codes))
    table = table.dropna(subset="country_a3")
    check(len(table) > 1_500, "ports: most codes are unknown")
    first = table["variants"].str[0]
    again = table.assign(first=first).duplicated(["first", "country_a3", "lon", "lat"])
    # Numbers in the wrong order lie outside of the globe or of the country.
    inside = table["lon"].between(-180, 180) & table["lat"].between(-90, 90)
    return table[inside & ~again].reset_index(drop=True)


def _with_press_names(table: pd.DataFrame, known: dict[str, str]) -> pd.DataFrame:
    """Add the spellings of the press, in our own hand, that the package lacks."""
    own = own_table("port_names.csv", columns=["code", "place", "towns", "aliases"])
    wrong = [row.code for row in own.itertuples() if known.get(row.code) != row.place]
    check(not wrong, f"port_names.csv: other names in the package for {wrong}")
    own = own.set_index("code")
    towns, aliases = own["towns"].str.split("|"), own["aliases"].str.split("|")
    variants = [
        list(dict.fromkeys([*variants, *towns.get(code, [])]))
        for code, variants in zip(table["code"], table["variants"], strict=True)
    ]
    return table.assign(
        variants=variants, aliases=[aliases.get(code, []) for code in table["code"]]
    )


def _variants(name: str, city: str) -> list[str]:
    """Names without the words for a port: "Gent (Ghent)" is Gent, and Ghent."""
    parts = [part for part in _PARTS.split(name) if part]
    return list(dict.fromkeys(_LAST_WORD.sub("", part) for part in [*parts, city] if part))


def _port_names(variants: Iterable[str]) -> Iterator[str]:
    for name in variants:
        yield f"Port of {name}"
        yield from (f"{name} {word}" for word in ("port", "harbour", "harbor", "seaport"))


def _is_near_country(table: pd.DataFrame, provinces: gpd.GeoDataFrame) -> np.ndarray:
    points = shapely.points(table["lon"], table["lat"])
    found = np.zeros(len(table), dtype=bool)
    polygons = provinces.groupby("country_a3")["geometry"]
    for code, here in table.groupby("country_a3").indices.items():
        parts = polygons.get_group(code).to_numpy()
        nearest = parts[shapely.STRtree(parts).nearest(points[here])]
        found[here] = _apart_m(points[here], nearest) <= _COUNTRY_M
    return found


def _coast_m(table: pd.DataFrame, coast: Polygons) -> np.ndarray:
    points = shapely.points(table["lon"], table["lat"])
    return _apart_m(points, coast[shapely.STRtree(coast).nearest(points)])


def _apart_m(points: np.ndarray, others: np.ndarray) -> np.ndarray:
    there = shapely.get_coordinates(shapely.get_point(shapely.shortest_line(points, others), -1))
    here = shapely.get_coordinates(points)
    return np.asarray(_GEOD.inv(here[:, 0], here[:, 1], there[:, 0], there[:, 1])[2])


def _town_m(table: pd.DataFrame, gazetteer_file: Path) -> pd.Series:
    """Distance to the nearest town of the same name and country; null if there is none."""
    uri = f"{gazetteer_file.resolve().as_uri()}?immutable=1"
    query = "SELECT lon, lat FROM name JOIN place ON place = id WHERE key = ? AND country_a3 = ?"
    nearest = []
    with closing(sqlite3.connect(uri, uri=True)) as database:
        for row in table.itertuples(index=False):
            towns = [
                town
                for key, _ in sorted(gazetteer.keys(row.variants, 0))
                for town in database.execute(query, (key, row.country_a3))
            ]
            metres = [_GEOD.inv(row.lon, row.lat, *town)[2] for town in towns]
            nearest.append(min(metres, default=None))
    return pd.Series(nearest, index=table.index, dtype=float)
