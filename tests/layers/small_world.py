"""A world of six square provinces and a disputed strip, written as the shipped files are.

Tests know it whole.
"""

import hashlib
import sqlite3
from itertools import product
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
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
#: Held by Syria as a part of SY-HI, claimed by Iraq.
STRIP, STRIP_NAME = (1, 2), "Northern Strip"
#: West of JO-AM.
SEA = (-1, 0)
#: Cells in the order of their atoms.
ATOMS = [*sorted(PROVINCES, key=PROVINCES.__getitem__), STRIP, SEA]
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
    _atoms().to_parquet(folder / "atoms.parquet")
    arcs = _arcs(STEPS["full"])
    arcs.drop(columns="geometry").to_parquet(folder / "atom_arcs.parquet")
    np.save(folder / "atom_vertices.npy", _steps(arcs, 1e7))
    for level in ("low", "medium"):
        pq.write_table(_simple(level), folder / f"arcs_{level}.parquet")
    _worldviews().to_parquet(folder / "worldviews.parquet")
    _countries().to_parquet(folder / "countries.parquet")
    _seas().to_parquet(folder / "seas.parquet")
    _gazetteer(folder / "geonames.sqlite")
    _manifest(folder)
    return folder


def borders() -> gpd.GeoDataFrame:
    """The three borders of the small world, as `geo.borders` returns them."""
    arcs = _arcs(STEPS["full"]).query("kind == 'border'")
    lines = arcs.dissolve("border_pair", as_index=False)
    return lines[["border_pair", "status", "geometry"]]


def _provinces() -> pd.DataFrame:
    rows = [(code, code, a3) for code, a3 in sorted(PROVINCES.values())]
    return pd.DataFrame(rows, columns=["admin1_code", "admin1", "country_a3"])


def _atoms() -> pd.DataFrame:
    codes = [
        PROVINCES.get(cell, ("SY-HI" if cell == STRIP else "JO-AM", None))[0] for cell in ATOMS
    ]
    holders = dict(PROVINCES.values())
    strip = [cell == STRIP for cell in ATOMS]
    return pd.DataFrame(
        {
            "atom": np.arange(len(ATOMS), dtype=np.int32),
            "claims": [
                "IRQ|SYR" if here else holders[code]
                for here, code in zip(strip, codes, strict=True)
            ],
            "holder": [holders[code] for code in codes],
            "admin1_code": codes,
            "area": np.where(strip, STRIP_NAME, ""),
            "surface": ["sea" if cell == SEA else "land" for cell in ATOMS],
            "status": np.where(strip, "disputed", "undisputed"),
            "note": "",
            "source": "",
            "claimed_by": np.where(strip, "IRQ", ""),
            "admin1_by_claimant": np.where(strip, "IRQ=IQ-NI|SYR=SY-HI", ""),
        }
    )


def _worldviews() -> pd.DataFrame:
    rows = [("default", "2000-01-01"), ("IQ", "")]
    table = pd.DataFrame(rows, columns=["worldview", "valid_until"])
    empty = ("country_a3", "admin1_code", "claims", "surface", "holder_name", "valid_from", "note")
    table[list(empty)] = ""
    return table.assign(place=STRIP_NAME, area=STRIP_NAME, holder="IRQ", source="A test")


def _arcs(steps: int) -> gpd.GeoDataFrame:
    """Edges between two cells of which one is an atom."""
    rows = [
        _arc(cell, edge, steps) for cell, edge in product(product(range(-1, 4), range(4)), "xy")
    ]
    columns = ["left", "right", "kind", "border_pair", "status", "geometry"]
    found = [row for row in rows if row is not None]
    arcs = gpd.GeoDataFrame(found, columns=columns, crs=4326)
    count = shapely.get_num_coordinates(arcs.geometry).astype(np.int32)
    return arcs.assign(error_m=100.0, start=np.cumsum(count) - count, count=count)


def _arc(cell: tuple[int, int], edge: str, steps: int) -> tuple[object, ...] | None:
    """The edge that leaves a grid point to the east (x) or north (y)."""
    column, row = cell
    line = _wavy(_corner(column, row), _corner(column + (edge == "x"), row + (edge == "y")), steps)
    beside = (cell, (column, row - 1)) if edge == "x" else ((column - 1, row), cell)
    left, right = (ATOMS.index(side) if side in ATOMS else -1 for side in beside)
    if left < 0:
        left, right, line = right, left, line.reverse()
    if left < 0:
        return None
    return left, right, *_kind(left, right), line


def _kind(left: int, right: int) -> tuple[str, str | None, str | None]:
    atoms = _atoms()
    one, other = atoms.loc[left], atoms.loc[max(right, 0)]
    if right < 0 or one.surface != other.surface:
        return ("outer" if one.surface == "sea" else "coast"), None, None
    if one.holder != other.holder:
        return "border", "-".join(sorted((one.holder, other.holder))), "international"
    return ("province" if one.admin1_code != other.admin1_code else "claim"), None, None


def _simple(level: str) -> pa.Table:
    """Arcs of the land, as the recipe simplifies them."""
    arcs = _arcs(STEPS[level])
    sea = ATOMS.index(SEA)
    sides = np.sort(arcs[["left", "right"]].replace(sea, -1), axis=1)[:, ::-1]
    kept = sides[:, 0] >= 0
    steps = _steps(arcs, 1e6)
    first = arcs["start"]
    lines = [
        steps[start : start + count] for start, count in zip(first, arcs["count"], strict=True)
    ]
    return pa.table(
        {
            "left": sides[kept, 0].astype(np.int32),
            "right": sides[kept, 1].astype(np.int32),
            **{
                name: pa.array([lines[at][:, axis] for at in np.flatnonzero(kept)])
                for axis, name in enumerate("xy")
            },
        }
    )


def _steps(arcs: gpd.GeoDataFrame, per_degree: float) -> np.ndarray:
    return np.rint(shapely.get_coordinates(arcs.geometry) * per_degree).astype(np.int32)


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
            "country_a2": ["IQ", "JO", "SY"],
            "country": list(COUNTRIES.values()),
            "label_lon": [41.0, 37.5, 38.0],
            "label_lat": [33.0, 31.5, 34.0],
            "label_rank": [1, 3, 2],
        }
    )


def _seas() -> gpd.GeoDataFrame:
    """One sea that is named, and a bay that is too small."""
    west, south = _corner(*SEA)
    sea = shapely.box(west - 8, south - 4, west + SIZE_DEG, south + 4)
    return gpd.GeoDataFrame(
        {"name": ["Square Sea", "Square Bay"], "area_km2": [800_000, 300]},
        geometry=[sea, shapely.box(west, south, west + 0.2, south + 0.2)],
        crs="EPSG:4326",
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
