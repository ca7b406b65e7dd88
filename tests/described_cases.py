"""Descriptions of locations built from known geometry: text, true point, stated distance.

All is seeded. The truth is made first, on the ellipsoid; the text then says it as people would,
with round distances and compass words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import geo
from geo.gazetteer.places import Place, shipped_gazetteer
from geo.geodesy import geod
from geo.reference.land import land_of_country, land_of_province

# Towns of all continents that their country's name makes unmistakable.
_TOWNS = {
    "Nigeria": ("Gwoza", "Maiduguri", "Gombe"),
    "Sudan": ("El Fasher", "Kassala", "El Obeid"),
    "Kenya": ("Garissa", "Wajir", "Lodwar"),
    "Mali": ("Gao", "Mopti", "Sikasso"),
    "Iraq": ("Baiji", "Hit", "Tuz Khurmatu"),
    "Syria": ("Palmyra", "Abu Kamal", "Homs"),
    "Ukraine": ("Bakhmut", "Izium", "Kherson"),
    "Poland": ("Lublin", "Elblag", "Tarnow"),
    "Spain": ("Teruel", "Albacete", "Lugo"),
    "Sweden": ("Umea", "Borlange", "Kalmar"),
    "India": ("Bikaner", "Nanded", "Imphal"),
    "Myanmar": ("Myawaddy", "Loikaw", "Hakha"),
    "Japan": ("Obihiro", "Matsue", "Morioka"),
    "Kazakhstan": ("Kostanay", "Taraz", "Aktobe"),
    "Colombia": ("Arauca", "Popayan", "Florencia"),
    "Brazil": ("Imperatriz", "Dourados", "Chapeco"),
    "Mexico": ("Reynosa", "Zacatecas", "Culiacan"),
    "Canada": ("Saskatoon", "Sudbury", "Red Deer"),
    "Australia": ("Dubbo", "Alice Springs", "Toowoomba"),
    "New Zealand": ("Taupo", "Timaru", "Gisborne"),
}
_PORTS = {
    "Yemen": ("Aden", "Mukalla"), "Somalia": ("Kismayo", "Bosaso"), "Nigeria": ("Brass",),
    "Libya": ("Benghazi", "Derna"), "Spain": ("Almeria", "Gijon"), "India": ("Porbandar", "Puri"),
    "Chile": ("Iquique", "Antofagasta"), "Brazil": ("Recife", "Natal"), "Japan": ("Choshi",),
    "Australia": ("Geraldton", "Mackay"), "Turkey": ("Trabzon", "Mersin"), "Peru": ("Chimbote",),
}  # fmt: skip
_BORDERS = (
    ("Jordan", "Syria", "JOR", "SYR"), ("Iraq", "Iran", "IRQ", "IRN"),
    ("Niger", "Mali", "NER", "MLI"),
    ("Thailand", "Myanmar", "THA", "MMR"), ("Kenya", "Somalia", "KEN", "SOM"),
    ("Colombia", "Venezuela", "COL", "VEN"), ("Poland", "Belarus", "POL", "BLR"),
    ("Mexico", "Guatemala", "MEX", "GTM"), ("Chad", "Sudan", "TCD", "SDN"),
    ("Bolivia", "Peru", "BOL", "PER"),
)  # fmt: skip
# Three countries, and about where they meet.
_TRIPOINTS = (
    ("Iraq", "Syria", "Jordan", 38.79, 33.38), ("Mali", "Niger", "Burkina Faso", 0.23, 15.0),
    ("Thailand", "Laos", "Myanmar", 100.1, 20.35),
    ("Argentina", "Brazil", "Paraguay", -54.59, -25.59),
    ("Kenya", "Ethiopia", "Somalia", 41.9, 3.95), ("Poland", "Belarus", "Ukraine", 23.6, 51.5),
)  # fmt: skip
_PROVINCES = (
    ("Mali", "ML-7", "Gao Region"), ("Iraq", "IQ-AN", "Anbar"),
    ("Ukraine", "UA-63", "Kharkiv Oblast"), ("Nigeria", "NG-BO", "Borno"),
    ("Colombia", "CO-ARA", "Arauca"), ("Syria", "SY-HI", "Homs Governorate"),
    ("India", "IN-RJ", "Rajasthan"), ("Australia", "AU-QLD", "Queensland"),
    ("Spain", "ES-TE", "Teruel province"), ("Canada", "CA-SK", "Saskatchewan"),
)  # fmt: skip
_EIGHT = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_SIXTEEN = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW",
    "NNW",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A description and the point it was made from; `stated_m` where it states a distance."""

    locality: str
    text: str
    lon: float
    lat: float
    stated_m: float | None = None


def cases(seed: int = 20260101) -> list[Case]:
    """All cases, the same for a seed."""
    random = np.random.default_rng(seed)
    found: list[Case] = []
    for country, names in _TOWNS.items():
        towns = [(name, _town(name, country)) for name in names]
        for name, town in towns:
            found += _round_a_town(f"{name}, {country}", town, random)
        found.append(_between(towns, country, random))
    for country, names in _PORTS.items():
        for name in names:
            found += _off(f"{name}, {country}", _town(name, country), random)
    for border in _BORDERS:
        found += _at_border(border, random)
    for country, code, name in _PROVINCES:
        found.append(_in_part(f"{name}, {country}", code, random))
    for country, names in _TOWNS.items():
        ends = [(name, _town(name, country)) for name in names[:2]]
        found += _by_bounds(f"{names[0]}, {country}", ends[0][1], random)
        found.append(_by_legs(f"{names[1]}, {country}", ends[1][1], random))
        found.append(_down_the_road(ends, country, random))
    found += [_at_tripoint(sides, random) for sides in _TRIPOINTS]
    return found


@cache
def _towns() -> dict[tuple[str, str], Place]:
    named = [
        (name, country)
        for towns in (_TOWNS, _PORTS)
        for country, names in towns.items()
        for name in names
    ]
    rows = geo.geocode(pd.DataFrame({"place_text": [", ".join(town) for town in named]}))
    assert (rows["status"] == "located").all(), rows["reason"].dropna().tolist()
    places = map(shipped_gazetteer().get, rows["place_id"])
    return {town: place for town, place in zip(named, places, strict=True) if place is not None}


def _town(name: str, country: str) -> Place:
    return _towns()[name, country]


def _round_a_town(name: str, town: Place, random: np.random.Generator) -> Iterator[Case]:
    for words, count in ((_EIGHT, 8), (_SIXTEEN, 16)):
        true_m, azimuth = random.uniform(6_000, 60_000), random.uniform(0, 360)
        lon, lat = _walk(town, azimuth, true_m)
        stated_km = max(5, round(true_m / 5_000) * 5)
        heading = words[round(azimuth / 360 * count) % count]
        text = f"{stated_km} km {heading} of {name}"
        yield Case("distance at heading", text, lon, lat, stated_km * 1_000.0)
    true_m = random.uniform(8_000, 80_000)
    lon, lat = _walk(town, random.uniform(0, 360), true_m)
    miles = max(5, round(true_m / 1_609.344 / 5) * 5)
    yield Case("distance only", f"about {miles} miles from {name}", lon, lat)
    north_m, east_m = random.uniform(3_000, 20_000, 2)
    north = _walk(town, 0 if north_m > 0 else 180, north_m)
    lon, lat, _ = geod().fwd(*north, 90, east_m)
    text = f"{north_m / 1_000:.0f} km north and {east_m / 1_000:.0f} km east of {name}"
    yield Case("orthogonal", text, lon, lat, float(np.hypot(north_m, east_m)))
    lon, lat = _walk(town, random.uniform(0, 360), random.uniform(500, 9_000))
    yield Case("near", f"near {name}", lon, lat)
    azimuth = random.uniform(0, 360)
    lon, lat = _walk(town, azimuth, random.uniform(4_000, 12_000))
    yield Case("heading only", f"{_EIGHT[round(azimuth / 45) % 8]} of {name}", lon, lat)


def _between(towns: list[tuple[str, Place]], country: str, random: np.random.Generator) -> Case:
    (one_name, one), (other_name, other) = towns[:2]
    azimuth, _, gap_m = geod().inv(one.lon, one.lat, other.lon, other.lat)
    lon, lat = _walk(one, azimuth, gap_m * random.uniform(0.2, 0.8))
    lon, lat, _ = geod().fwd(lon, lat, azimuth + 90, gap_m * random.uniform(-0.08, 0.08))
    word = "on the road from {} to {}" if random.random() < 0.5 else "between {} and {}"
    return Case("between", word.format(one_name, f"{other_name}, {country}"), lon, lat)


def _off(name: str, town: Place, random: np.random.Generator) -> Iterator[Case]:
    land = land_of_country(town.country_a3 or "")
    shapely.prepare(land)
    for stated_nm in (5, 10):
        true_m = stated_nm * 1_852 * random.uniform(0.85, 1.15)
        for azimuth in random.uniform(0, 360, 200):
            lon, lat = _walk(town, azimuth, true_m)
            if not shapely.contains_xy(land, lon, lat):
                text = f"{stated_nm} nautical miles off the coast of {name}"
                yield Case("off the coast", text, lon, lat)
                break


def _at_border(border: tuple[str, str, str, str], random: np.random.Generator) -> Iterator[Case]:
    country, neighbour, code, other = border
    line = geo.borders(between=(code, other)).geometry.union_all()
    for text, low, high in (
        (f"in {country} near the border with {neighbour}", 1_000, 18_000),
        (f"30 km inside {country} from the border with {neighbour}", 28_000, 32_000),
    ):
        share = random.uniform(0.1, 0.9, 300)
        spots = shapely.line_interpolate_point(shapely.line_merge(line), share, normalized=True)
        x, y = shapely.get_x(spots), shapely.get_y(spots)
        lon, lat, _ = geod().fwd(x, y, random.uniform(0, 360, 300), random.uniform(low, high, 300))
        points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
        inside = shapely.contains_xy(land_of_country(code), lon, lat)
        metres = geo.add_borders(points, between=(code, other))["border_distance_m"].to_numpy()
        chosen = np.flatnonzero(inside & (metres >= low) & (metres <= high))[0]
        yield Case("border", text, lon[chosen], lat[chosen])


def _in_part(name: str, code: str, random: np.random.Generator) -> Case:
    area = land_of_province(code)
    assert area is not None, code
    shapely.prepare(area)
    west, south, east, north = area.bounds
    middle = area.centroid
    way = _EIGHT[2 * int(random.integers(4))]
    while True:
        lon, lat = random.uniform(west, east), random.uniform(south, north)
        beyond = {"north": lat - middle.y, "south": middle.y - lat, "east": lon - middle.x}
        beyond["west"] = -beyond["east"]
        if shapely.contains_xy(area, lon, lat) and beyond[way] > 0.1 * (north - south):
            return Case("part", f"{way}ern {name}", lon, lat)


def _by_bounds(name: str, town: Place, random: np.random.Generator) -> Iterator[Case]:
    for words, low, high in (("more than", 1.05, 1.9), ("less than", 0.3, 1.0)):
        number, stated_km = int(random.integers(8)), int(random.integers(2, 9)) * 5
        azimuth = 45 * number + random.uniform(-20, 20)
        lon, lat = _walk(town, azimuth, 1_000 * stated_km * random.uniform(low, high))
        yield Case("bound", f"{words} {stated_km} km {_EIGHT[number]} of {name}", lon, lat)


def _by_legs(name: str, town: Place, random: np.random.Generator) -> Case:
    first, second = random.integers(8, size=2)
    one_km, other_km = random.integers(4, 20, size=2)
    lon, lat = _walk(town, 45 * int(first), 1_000.0 * int(one_km))
    lon, lat, _ = geod().fwd(lon, lat, 45 * int(second), 1_000.0 * int(other_km))
    text = f"{one_km} km {_EIGHT[first]} and {other_km} km {_EIGHT[second]} of {name}"
    return Case("two legs", text, lon, lat)


def _down_the_road(
    ends: list[tuple[str, Place]], country: str, random: np.random.Generator
) -> Case:
    (one_name, one), (other_name, other) = ends
    azimuth, _, gap_m = geod().inv(one.lon, one.lat, other.lon, other.lat)
    stated_km = max(5, round(gap_m * random.uniform(0.2, 0.6) / 5_000) * 5)
    lon, lat = _walk(one, azimuth + random.uniform(-5, 5), 1_000.0 * stated_km)
    text = f"{stated_km} km from {one_name}, {country} on the road to {other_name}"
    return Case("down the road", text, lon, lat, stated_km * 1_000.0)


def _at_tripoint(sides: tuple[str, str, str, float, float], random: np.random.Generator) -> Case:
    *names, lon, lat = sides
    lon, lat, _ = geod().fwd(lon, lat, random.uniform(0, 360), random.uniform(0, 40_000))
    return Case("tripoint", f"the {'-'.join(map(str, names))} tri-border area", lon, lat)


def _walk(town: Place, azimuth_deg: float, distance_m: float) -> tuple[float, float]:
    lon, lat, _ = geod().fwd(town.lon, town.lat, azimuth_deg, distance_m)
    return lon, lat
