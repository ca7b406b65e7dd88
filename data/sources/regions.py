"""regions.parquet: regions that are unions of provinces, such as Donbas, Darfur or Catalonia.

`python data/sources/regions.py` measures them anew and writes the circles into the curated table.
"""

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

# The recipes normalise names with the function that the library searches with.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

import gazetteer
from products import Build, Product, check, own_table, say
from provinces import PRODUCT as PROVINCES, province_areas

PRODUCT = Product(
    name="regions.parquet",
    title="Regions composed of provinces",
    licence="MIT",
    attribution="incidentmap contributors",
    vintage="2026",
    own_files=("regions.csv", "curated/curated.csv"),
    needs=(PROVINCES.name,),
)
_COMPOSED = "Composed of provinces (regions.csv); "
SOURCE = f"{_COMPOSED}centre and radius measured on them"
_CURATED = Path(__file__).parent / "curated" / "curated.csv"
# Coasts and provinces of the next vintage may differ by this much.
_CENTRE_M = 10_000
_RADIUS_SHARE = 0.05


def build(run: Build) -> None:
    """Build the product."""
    provinces = province_areas(run)
    curated = own_table("curated/curated.csv", columns=gazetteer.CURATED_COLUMNS).set_index("id")
    rows = []
    for row in _table().itertuples(index=False):
        check(row.id in curated.index, f"regions.csv: {row.id} is not in curated.csv")
        codes = _members(row.parts, provinces)
        _check_circle(row.id, curated.loc[row.id], _circle(curated.loc[row.id], codes, provinces))
        rows.append((f"curated:{row.id}", curated["name"][row.id], "|".join(codes), row.note))
    composed = set(curated.index[curated["source"].str.startswith(_COMPOSED)])
    check(composed == set(_table()["id"]), f"regions.csv: {composed ^ set(_table()['id'])}")
    frame = pd.DataFrame(rows, columns=["place_id", "name", "admin1_codes", "note"])
    run.write(frame.sort_values("place_id"), PRODUCT.name)


def main() -> None:
    """Write the circle of each region into the curated table."""
    provinces = province_areas(Build())
    parts = _table().set_index("id")["parts"]
    with _CURATED.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["id"] in parts.index:
            codes = _members(parts[row["id"]], provinces)
            lon, lat, radius_m = _circle(row, codes, provinces)
            row |= {"lon": str(lon), "lat": str(lat), "radius_m": str(radius_m)}
            say(f"{row['id']}: {lon}, {lat}, {radius_m} m")
    with _CURATED.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, gazetteer.CURATED_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _circle(
    row: Mapping[str, str], codes: list[str], provinces: gpd.GeoDataFrame
) -> tuple[float, float, int]:
    """Circle round the middle of a region, or round the centre that its source publishes."""
    area = _union(codes, provinces)
    if row["source"] == SOURCE:
        return circle(area)
    lon, lat = float(row["lon"]), float(row["lat"])
    radius_m = gazetteer.farthest_m(area, shapely.Point(lon, lat))
    return lon, lat, int(np.ceil(radius_m / 1000)) * 1000


def circle(area: shapely.Geometry) -> tuple[float, float, int]:
    """Point in an area that is near the middle, and the radius that holds the area from there.

    The middle is that of the large parts; small far parts do not count, as with countries.
    """
    main = gazetteer.main_parts(area)
    near = shapely.point_on_surface(main)
    local = pyproj.CRS.from_proj4(f"+proj=aeqd +lat_0={near.y} +lon_0={near.x} +datum=WGS84")
    to_local = pyproj.Transformer.from_crs(4326, local, always_xy=True)
    xy = shapely.get_coordinates(shapely.simplify(main, 0.05))
    around = shapely.minimum_bounding_circle(shapely.multipoints(_project(xy, to_local.transform)))
    middle = shapely.get_coordinates(shapely.centroid(around))
    back = pyproj.Transformer.from_crs(local, 4326, always_xy=True)
    point = shapely.Point(_project(middle, back.transform)[0])
    if not main.contains(point):
        point = shapely.get_point(shapely.shortest_line(main, point), 0)
    lon, lat = round(point.x, 2), round(point.y, 2)
    radius_m = gazetteer.farthest_m(area, shapely.Point(lon, lat))
    return lon, lat, int(np.ceil(radius_m / 1000)) * 1000


def _project(xy: np.ndarray, transform: object) -> np.ndarray:
    return np.column_stack(transform(*xy.T))  # type: ignore[operator]


def _table() -> pd.DataFrame:
    table = own_table("regions.csv", columns=["id", "parts", "note"])
    check(table["id"].is_unique, "regions.csv: a region twice")
    return table


def _members(parts: str, provinces: gpd.GeoDataFrame) -> list[str]:
    """Codes of provinces; the code of a country stands for all of its provinces."""
    found: list[str] = []
    for part in parts.split("|"):
        column = "country_a3" if len(part) == 3 else "admin1_code"
        codes = provinces.loc[provinces[column] == part, "admin1_code"]
        check(len(codes), f"regions.csv: unknown part {part}")
        found += codes.tolist()
    check(len(found) == len(set(found)), f"regions.csv: a province twice in {parts}")
    return sorted(found)


def _union(codes: list[str], provinces: gpd.GeoDataFrame) -> shapely.Geometry:
    areas = provinces.geometry[provinces["admin1_code"].isin(codes)]
    return shapely.coverage_union_all(areas.to_numpy())


def _check_circle(region: str, row: Mapping[str, str], measured: tuple[float, float, int]) -> None:
    lon, lat, radius_m = measured
    geod = pyproj.Geod(ellps="WGS84")
    off_m = geod.inv(lon, lat, float(row["lon"]), float(row["lat"]))[2]
    share = abs(float(row["radius_m"]) / radius_m - 1)
    check(
        off_m < _CENTRE_M and share < _RADIUS_SHARE,
        f"curated.csv: {region} is measured as {lon}, {lat}, {radius_m} m; run regions.py",
    )


if __name__ == "__main__":
    main()
