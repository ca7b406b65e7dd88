"""The SQLite file that all gazetteers share: places and the keys of their names."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.gazetteer.index_file import COLUMNS, KINDS, SCHEMA
from geo.gazetteer.keys import search_keys
from geo.grammar.names import normalise_name
from products import Build, Product, check, own_table

CURATED_COLUMNS = [
    "id", "name", "aliases", "lon", "lat", "radius_m", "kind", "country_a3", "source",
]  # fmt: skip
_GEOD = pyproj.Geod(ellps="WGS84")
# Piers and runways lie beside the coast of the provinces.
_COAST_DEG = 0.05
# A circle round a country leaves out what is both a small part of it and far from the rest.
_SHARE_HELD = 0.8
_NEAR_M = 300_000.0


def keys(names: Iterable[str], place: int) -> set[tuple[str, int]]:
    """Search keys of the names of one place."""
    return {(key, place) for key in search_keys(names)}


def slug(name: str) -> str:
    """Name as the last part of an identifier."""
    return normalise_name(name).replace(" ", "-")


def write(path: Path, product: Product, places: pd.DataFrame, names: set[tuple[str, int]]) -> None:
    """Write places and keys, in one order, so that the same input gives the same bytes."""
    places = places[list(COLUMNS)].sort_values("id")
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
        database.executescript(SCHEMA)
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


def keys_of_others(run: Build, files: Iterable[str], *, districts: bool = False) -> set[str]:
    """All keys of finished gazetteers; those of districts only if asked for."""
    # A district yields its name to everything else.
    which = "" if districts else "WHERE kind != 'admin2'"
    found: set[str] = set()
    for file in files:
        uri = f"{run.path(file).resolve().as_uri()}?immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            found |= {
                key
                for (key,) in database.execute(
                    f"SELECT DISTINCT key FROM name JOIN place ON place = id {which}"  # noqa: S608
                )
            }
    return found


def curated_keys() -> set[str]:
    """Keys of the curated places; who has one of them is left to that table."""
    table = own_table("curated/curated.csv", columns=CURATED_COLUMNS)
    return {
        key
        for row in table.itertuples(index=False)
        for key, _ in keys([row.name, *row.aliases.split("|")], 0)
    }


def country_at(table: pd.DataFrame, provinces: gpd.GeoDataFrame) -> pd.Series:
    """Country in whose provinces each lon, lat lies, or that is nearest at the coast."""
    return _at_points(table, provinces)["country_a3"]


def admin1_codes(table: pd.DataFrame, provinces: gpd.GeoDataFrame) -> pd.Series:
    """Province at each lon, lat, where it belongs to the row's country_a3."""
    found = _at_points(table, provinces)
    return found["admin1_code"].where(found["country_a3"] == table["country_a3"], None)


def _at_points(table: pd.DataFrame, provinces: gpd.GeoDataFrame) -> pd.DataFrame:
    points = shapely.points(table["lon"], table["lat"])
    at, row = provinces.sindex.nearest(points, max_distance=_COAST_DEG)
    found = provinces[["country_a3", "admin1_code"]].iloc[row].set_axis(table.index[at])
    return found[~found.index.duplicated()].reindex(table.index)


def check_found(path: Path, expected: dict[str, tuple[float, float]], *, within_m: float) -> None:
    """Prove that names find a place near a known position."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as database:
        for name, (lon, lat) in expected.items():
            found = database.execute(
                "SELECT lon, lat FROM name JOIN place ON place = id WHERE key = ?",
                (normalise_name(name),),
            ).fetchall()
            near = [_GEOD.inv(lon, lat, *one)[2] <= within_m for one in found]
            check(any(near), f"{path.name}: {name} is not found near {lon}, {lat}")


def main_parts(area: shapely.Geometry) -> shapely.MultiPolygon:
    """Largest parts of an area, which hold 80 % of it together."""
    parts = shapely.get_parts(area)
    weight = shapely.area(parts) * np.cos(np.radians(shapely.get_y(shapely.centroid(parts))))
    order = np.argsort(-weight, kind="stable")
    share = np.cumsum(weight[order]) / weight.sum()
    return shapely.MultiPolygon(list(parts[order[: int(np.searchsorted(share, _SHARE_HELD)) + 1]]))


def point_in(area: shapely.Geometry, wanted: shapely.Point, label: shapely.Point) -> shapely.Point:
    """A wanted point where it lies in an area, else the nearer of the label and the nearest part.

    Among islands the centre of all is at sea, and the label may be on the last of them.
    """
    if area.contains(wanted):
        return wanted
    parts = shapely.get_parts(area)
    nearest = shapely.point_on_surface(parts[np.argmin(shapely.distance(parts, wanted))])
    return min(nearest, label, key=wanted.distance)


def centre(area: shapely.Geometry, label: shapely.Point) -> shapely.Point:
    """Centroid of a province, or of its large parts, or the point inside that comes near it."""
    middle = shapely.centroid(main_parts(area))
    centroid = shapely.centroid(area)
    if area.contains(middle) and not area.contains(centroid):
        return middle
    return point_in(area, centroid, label)


def farthest_m(area: shapely.Geometry, point: shapely.Point) -> float:
    """Radius of the circle round a point that holds an area, without small far parts of it."""
    parts = shapely.get_parts(area)
    metres_per_degree = 111_320 * max(0.1, np.cos(np.radians(point.y)))
    near = shapely.dwithin(parts, main_parts(area), _NEAR_M / metres_per_degree)
    xy = shapely.get_coordinates(parts[near])
    _, _, metres = _GEOD.inv(
        np.full(len(xy), point.x), np.full(len(xy), point.y), xy[:, 0], xy[:, 1]
    )
    return float(np.ceil(metres.max()))
