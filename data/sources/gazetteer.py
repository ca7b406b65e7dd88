"""The SQLite file that all gazetteers share: places and the keys of their names."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.grammar.names import normalise_name
from products import Product, check

COLUMNS = [
    "id", "place_id", "name", "kind", "feature_code", "lon", "lat", "radius_m", "country_a3",
    "admin1_code", "admin2", "population",
]  # fmt: skip
KINDS = frozenset({"country", "admin1", "admin2", "settlement", "site", "area", "water", "line"})
_SCHEMA = """
CREATE TABLE place(
  id INTEGER PRIMARY KEY, place_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  feature_code TEXT,
  lon REAL NOT NULL, lat REAL NOT NULL,
  radius_m REAL,
  country_a3 TEXT,
  admin1_code TEXT,
  admin2 TEXT, population INTEGER NOT NULL DEFAULT 0);
CREATE TABLE name(key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_LONGEST_KEY = 80
_GEOD = pyproj.Geod(ellps="WGS84")
# A circle round a country leaves out what is both a small part of it and far from the rest.
_SHARE_HELD = 0.8
_NEAR_M = 300_000.0


def keys(names: Iterable[str], place: int) -> set[tuple[str, int]]:
    """Search keys of the names of one place."""
    found = {normalise_name(name) for name in names if "://" not in name}
    return {(key, place) for key in found if 0 < len(key) <= _LONGEST_KEY}


def write(path: Path, product: Product, places: pd.DataFrame, names: set[tuple[str, int]]) -> None:
    """Write places and keys, in one order, so that the same input gives the same bytes."""
    places = places[COLUMNS].sort_values("id")
    _check(places, names)
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    meta = {
        "schema_version": "1",
        "source": ", ".join(product.packages or product.own_files),
        "licence": product.licence,
        "attribution": product.attribution,
    }
    rows = places.astype(object).where(places.notna(), None)
    with closing(sqlite3.connect(unfinished)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute("PRAGMA journal_mode = OFF")
        database.executescript(_SCHEMA)
        marks = ", ".join("?" * len(COLUMNS))
        database.executemany(f"INSERT INTO place VALUES ({marks})", rows.itertuples(index=False))  # noqa: S608
        database.executemany("INSERT INTO name VALUES (?, ?)", sorted(names))
        database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        database.commit()
        database.execute("VACUUM")
    unfinished.replace(path)


def _check(places: pd.DataFrame, names: set[tuple[str, int]]) -> None:
    check(places["place_id"].is_unique, "gazetteer: a place_id twice")
    check(places["id"].is_unique, "gazetteer: an id twice")
    check(places["kind"].isin(KINDS).all(), "gazetteer: unknown kind")
    check(places["lon"].between(-180, 180).all(), "gazetteer: longitude out of range")
    check(places["lat"].between(-90, 90).all(), "gazetteer: latitude out of range")
    check(not (places["radius_m"] <= 0).any(), "gazetteer: radius not positive")
    check({place for _, place in names} <= set(places["id"]), "gazetteer: name without place")


def check_found(path: Path, expected: dict[str, tuple[float, float]], *, within_m: float) -> None:
    """Prove that names find a place near a known position."""
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as database:
        for name, (lon, lat) in expected.items():
            found = database.execute(
                "SELECT lon, lat FROM name JOIN place ON place = id WHERE key = ?",
                (normalise_name(name),),
            ).fetchall()
            near = [_GEOD.inv(lon, lat, *one)[2] <= within_m for one in found]
            check(any(near), f"{path.name}: {name} is not found near {lon}, {lat}")


def farthest_m(area: shapely.Geometry, point: shapely.Point) -> float:
    """Radius of the circle round a point that holds an area, without small far parts of it."""
    parts = shapely.get_parts(area)
    weight = shapely.area(parts) * np.cos(np.radians(shapely.get_y(shapely.centroid(parts))))
    order = np.argsort(-weight, kind="stable")
    share = np.cumsum(weight[order]) / weight.sum()
    held = parts[order[: int(np.searchsorted(share, _SHARE_HELD)) + 1]]
    metres_per_degree = 111_320 * max(0.1, np.cos(np.radians(point.y)))
    near = shapely.dwithin(parts, shapely.MultiPolygon(list(held)), _NEAR_M / metres_per_degree)
    xy = shapely.get_coordinates(parts[near])
    _, _, metres = _GEOD.inv(
        np.full(len(xy), point.x), np.full(len(xy), point.y), xy[:, 0], xy[:, 1]
    )
    return float(np.ceil(metres.max()))
