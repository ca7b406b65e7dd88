"""airports.sqlite: airports and air bases, found only by names that say what they are."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import gazetteer
from geo.gazetteer.feature_codes import features
from products import Build, Product, check, say
from provinces import province_areas

PRODUCT = Product(
    name="airports.sqlite",
    title="Gazetteer of airports, airfields and air bases",
    licence="MIT",
    attribution="Airports: airportsdata, copyright 2020 Mike Borsetti, MIT licence.",
    vintage="airportsdata 20260905 (5 September 2026)",
    packages=("airportsdata",),
    own_files=("curated/curated.csv",),
    needs=("provinces.parquet", "countries.parquet", "geonames.sqlite", "naturalearth.sqlite"),
)
_WORD = re.compile(
    r"\b(air ?base|air force (base|station)|army air ?field|(naval )?air (station|facility)|afb"
    r"|air ?field|air ?port|air ?strip|air ?park|aerodrome|heliport|seaplane base|intl)\b",
    re.IGNORECASE,
)
_MILITARY = re.compile(
    r"\b(air ?base|air force|afb|army|naval|nas|navy|military|raf|ab)\b", re.IGNORECASE
)
_INTERNATIONAL = re.compile(r"\b(international|intl)\b", re.IGNORECASE)
_QUALIFIER = re.compile(
    r"\b(international|intl|regional|municipal|domestic|national|executive|military|public)\b",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\([^)]*\)?")
# Farms and clubs with a grass strip of their own, unless an airline serves them.
_PRIVATE = re.compile(
    r"\b(fazenda|estancia|hacienda|finca|ranch|rancho|farms?|heliport|helipad|flying|lodge"
    r"|hospital)\b",
    re.IGNORECASE,
)
_ICAO = re.compile("[A-Z]{4}")
_CURATED_ICAO = re.compile(r"\(package, ICAO (\w{4})\)")
# Countries whose airfields without an ICAO code are in the package by the thousands.
_CROWDED = frozenset({"US", "CA", "BR", "AU", "AR"})
_RADIUS_M = {code: float(features()[code].radius_m or 0) for code in ("AIRB", "AIRP", "AIRF")}
_EXPECTED = {
    "Hodeidah International Airport": (42.9763, 14.753), "El Fasher airport": (25.3246, 13.6149),
    "Heathrow airport": (-0.4614, 51.4706), "Dumayr airbase": (36.7487, 33.6095),
    "Deir ez-Zor airport": (40.1760, 35.2854), "El Arish airport": (33.8358, 31.0733),
}  # fmt: skip


def build(run: Build) -> None:
    """Build the product."""
    table = _airports(run)
    places = pd.DataFrame(
        {
            "id": range(1, len(table) + 1),
            "place_id": "airports:" + table["icao"],
            "name": table["name"],
            "kind": "site",
            "feature_code": table["feature_code"],
            "lon": table["lon"],
            "lat": table["lat"],
            "radius_m": table["feature_code"].map(_RADIUS_M),
            "country_a3": table["country_a3"],
            "admin1_code": gazetteer.admin1_codes(table, province_areas(run)),
            "admin2": None,
            "population": 0,
        }
    )
    names = _names(table)
    towns = gazetteer.keys_of_others(run, ("geonames.sqlite", "naturalearth.sqlite"))
    taken = {(key, place) for key, place in names if key in towns}
    say(f"  {len(table)} airports; {len(taken)} keys are names of towns and left to them")
    path = run.path(PRODUCT.name)
    gazetteer.write(path, PRODUCT, places, names - taken)
    gazetteer.check_found(path, _EXPECTED, within_m=1_000)


def _airports(run: Build) -> pd.DataFrame:
    content = zipfile.ZipFile(run.package("airportsdata")).read("airportsdata/airports.csv")
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8")
    table = table.astype({"lon": float, "lat": float})
    table["name"] = table["name"].map(_tidy)
    is_ours = table["icao"].isin(_curated_codes())
    _check_ours(table.loc[is_ours, "name"])
    table = table[_is_wanted(table) & ~is_ours]
    table = table.sort_values("icao", ignore_index=True)
    table["feature_code"] = [
        _class(name, iata) for name, iata in zip(table["name"], table["iata"], strict=True)
    ]
    countries = pd.read_parquet(run.path("countries.parquet"))
    codes = countries.dropna(subset="country_a2").set_index("country_a2")["country_a3"]
    stated = table["country"].map(codes)
    check(stated.notna().all(), "airports: a country code is unknown")
    # The package gives Puerto Rico to the United States; we ask where the airport stands.
    sovereign = countries.set_index("country_a3")["sovereign_a3"]
    standing = gazetteer.country_at(table, province_areas(run))
    is_part = (standing.map(sovereign) == stated) & (standing != stated)
    table["country_a3"] = stated.where(~is_part, standing)
    return table


def _tidy(name: str) -> str:
    """Name with single spaces and a word that says what it is."""
    name = " ".join(name.replace("\u00a0", " ").split()).rstrip(".")
    return name if _WORD.search(name) else f"{name} Airport"


def _is_wanted(table: pd.DataFrame) -> pd.Series:
    has_icao = table["icao"].str.fullmatch(_ICAO)
    private = table["name"].map(lambda name: bool(_PRIVATE.search(name)))
    military = table["name"].map(lambda name: bool(_MILITARY.search(name)))
    public = ~private & (has_icao | ~table["country"].isin(_CROWDED))
    return (table["iata"] != "") | military | public


def _curated_codes() -> set[str]:
    """Airports that have a row of our own, with names in more scripts."""
    text = (Path(__file__).parent / "curated" / "curated.csv").read_text(encoding="utf-8")
    return set(_CURATED_ICAO.findall(text))


def _check_ours(names: pd.Series) -> None:
    """Prove that our own table knows an airport by its name here, since that row is left out."""
    ours = gazetteer.curated_keys()
    missing = [name for name in names if not {key for key, _ in gazetteer.keys([name], 0)} & ours]
    check(not missing, f"curated.csv: airports without their name {missing}")


def _class(name: str, iata: str) -> str:
    """GeoNames' code of the kind: air base, airport or airfield."""
    if _MILITARY.search(name):
        return "AIRB"
    return "AIRP" if iata or _INTERNATIONAL.search(name) else "AIRF"


def _names(table: pd.DataFrame) -> set[tuple[str, int]]:
    """Keys of the full names, and of the short ones where no larger airport has a better claim."""
    names: set[tuple[str, int]] = set()
    claims: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(table.itertuples(index=False), start=1):
        parts = [_tidy(part) for part in row.name.split("/") if part.strip()]
        names |= gazetteer.keys([row.name, *parts], number)
        short = {name for part in parts for name in _short_names(part, row.city, row.feature_code)}
        for key, _ in gazetteer.keys(short, number):
            claims[row.country_a3, key].append((_rank(row.name, row.iata), number))
    for (_, key), claimants in claims.items():
        best = min(rank for rank, _ in claimants)
        names |= {(key, number) for rank, number in claimants if rank == best}
    return names


def _short_names(name: str, city: str, feature_code: str) -> Iterator[str]:
    """Names of an airport without its qualifiers, each with a word that says what it is."""
    bare = _PARENTHESES.sub(" ", _WORD.sub(" ", name))
    stem = " ".join(_QUALIFIER.sub(" ", bare).split())
    city = city.split("/", maxsplit=1)[0].strip()
    stems = {stem, city}
    if city and stem.casefold().startswith(city.casefold() + " "):
        stems.add(stem[len(city) :].strip())
    words = {
        "AIRB": ("air base", "airbase", "airport", "military airport"),
        "AIRP": ("airport",),
        "AIRF": ("airport", "airfield", "airstrip"),
    }[feature_code]
    if _INTERNATIONAL.search(name):
        words += ("international airport",)
    yield from (f"{stem} {word}" for stem in stems if stem for word in words)


def _rank(name: str, iata: str) -> int:
    """Claim to a short name: 0 for international airports, 1 with airlines, 2 for the others."""
    if not iata:
        return 2
    return 0 if _INTERNATIONAL.search(name) else 1
