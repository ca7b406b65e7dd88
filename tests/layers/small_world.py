"""A world of six square provinces, written as the shipped files are: tests know it whole."""

import hashlib
import sqlite3
from itertools import product
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

WEST, SOUTH, SIZE_DEG = 36, 31, 2
#: Provinces by (column, row) of the grid.
PROVINCES = {
    (0, 0): ("JO-AM", "JOR"),
    (1, 0): ("JO-MA", "JOR"),
    (2, 0): ("IQ-AN", "IRQ"),
    (0, 1): ("SY-DI", "SYR"),
    (1, 1): ("SY-HI", "SYR"),
    (2, 1): ("IQ-NI", "IRQ"),
}
COUNTRIES = {"IRQ": "Iraq", "JOR": "Jordan", "SYR": "Syria"}
#: Vertices between the two ends of an arc.
STEPS = {"low": 0, "medium": 3, "full": 15}
TOWNS = [
    (1, "Amman", "PPLC", 36.2, 31.9, "JOR", 1_275_857),
    (2, "Zarqa", "PPLA", 36.5, 32.1, "JOR", 635_160),
    (3, "Ar Rusayfah", "PPL", 36.22, 31.95, "JOR", 268_237),
    (4, "Al Walid", "PPL", 39.0, 33.4, "IRQ", 900),
    (6, "Abu Alanda", None, 36.21, 31.9, "JOR", 2_000_000),
    (5, "Deraa", "PPLA", 36.1, 33.2, "SYR", 120_000),
]


def build(folder: Path) -> Path:
    """Write the world into a folder and return it."""
    _provinces().to_parquet(folder / "provinces.parquet")
    for level in STEPS:
        _arcs(level).to_parquet(folder / f"arcs_{level}.parquet")
    _countries().to_parquet(folder / "countries.parquet")
    _gazetteer(folder / "geonames.sqlite")
    _manifest(folder)
    return folder


def borders() -> gpd.GeoDataFrame:
    """The three borders of the small world, as `geo.borders` returns them."""
    arcs = _arcs("full").query("kind == 'border'")
    lines = arcs.dissolve("border_pair", as_index=False)
    return lines[["border_pair", "status", "geometry"]]


def _provinces() -> gpd.GeoDataFrame:
    rows = [
        (code, a3, shapely.box(*_corner(column, row), *_corner(column + 1, row + 1)))
        for (column, row), (code, a3) in PROVINCES.items()
    ]
    frame = gpd.GeoDataFrame(rows, columns=["admin1_code", "country_a3", "geometry"], crs=4326)
    return frame.sort_values("admin1_code", ignore_index=True)


def _arcs(level: str) -> gpd.GeoDataFrame:
    rows = [_arc(cell, edge, level) for cell, edge in product(product(range(4), range(3)), "xy")]
    columns = ["left", "right", "kind", "border_pair", "status", "geometry"]
    found = [row for row in rows if row is not None]
    return gpd.GeoDataFrame(found, columns=columns, crs=4326).sort_values(
        ["left", "right", "geometry"], key=lambda values: values.astype(str), ignore_index=True
    )


def _arc(cell: tuple[int, int], edge: str, level: str) -> tuple[object, ...] | None:
    """The edge that leaves a grid point to the east (x) or north (y)."""
    column, row = cell
    ends = _corner(column, row), _corner(column + (edge == "x"), row + (edge == "y"))
    other = (column, row - 1) if edge == "x" else (column - 1, row)
    sides = sorted(PROVINCES[side] for side in (cell, other) if side in PROVINCES)
    if not sides:
        return None
    if len(sides) == 1:
        return sides[0][0], None, "coast", None, None, _wavy(*ends, STEPS[level])
    codes, countries = zip(*sides, strict=True)
    if countries[0] == countries[1]:
        return *codes, "province", None, None, _wavy(*ends, STEPS[level])
    pair = "-".join(sorted(countries))
    return *codes, "border", pair, "international", _wavy(*ends, STEPS[level])


def _wavy(start: tuple[float, float], end: tuple[float, float], steps: int) -> shapely.LineString:
    inner = [
        (
            start[0] + (end[0] - start[0]) * share + 0.02 * (-1) ** step,
            start[1] + (end[1] - start[1]) * share,
        )
        for step, share in ((step, step / (steps + 1)) for step in range(1, steps + 1))
    ]
    return shapely.LineString([start, *inner, end])


def _corner(column: int, row: int) -> tuple[float, float]:
    return WEST + SIZE_DEG * column, SOUTH + SIZE_DEG * row


def _countries() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "country_a3": list(COUNTRIES),
            "country": list(COUNTRIES.values()),
            "label_lon": [41.0, 37.5, 38.0],
            "label_lat": [33.0, 31.5, 34.0],
            "label_rank": [1, 3, 2],
        }
    )


def _gazetteer(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE place(id INTEGER PRIMARY KEY, place_id TEXT NOT NULL, name TEXT NOT NULL,"
        " kind TEXT NOT NULL, feature_code TEXT, lon REAL NOT NULL, lat REAL NOT NULL,"
        " radius_m REAL, country_a3 TEXT, admin1_code TEXT, admin2 TEXT,"
        " population INTEGER NOT NULL DEFAULT 0)"
    )
    database.executemany(
        "INSERT INTO place(id, place_id, name, kind, feature_code, lon, lat, country_a3,"
        " population) VALUES (?1, 'geonames:' || ?1, ?2, 'settlement', ?3, ?4, ?5, ?6, ?7)",
        TOWNS,
    )
    database.commit()
    database.close()


def _manifest(folder: Path) -> None:
    entries = [
        "[[file]]\n"
        f'name = "{path.name}"\n'
        f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"\n'
        f"bytes = {path.stat().st_size}\n"
        'rows = 1\ntitle = "Small world"\nlicence = "CC0-1.0"\nvintage = "2024"\n'
        f'attribution = "{_ATTRIBUTION.get(path.suffix, "Small world")}"\n'
        for path in sorted(folder.iterdir())
    ]
    (folder / "MANIFEST.toml").write_text("\n".join(entries), encoding="utf-8")


_ATTRIBUTION = {".sqlite": "Small gazetteer, CC BY 4.0"}
