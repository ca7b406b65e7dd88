"""Shapes that programs make, but that no file knows, are written as what they mean."""

import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geo
from geo.errors import SchemaError
from geo.formats.incident_layers import incident_layers
from geo.geodesy import geod

ENDS = ("gpkg", "fgb", "geojson", "geojsonl", "kml", "parquet")
NAN = float("nan")
POINT, AREA = shapely.Point(1, 2), shapely.box(0, 0, 1, 1)


def written(shape: shapely.Geometry, path: Path) -> shapely.Geometry | None:
    geo.write(gpd.GeoDataFrame({"n": [1]}, geometry=[shape], crs=4326), path)
    layer = "layer" if path.suffix == ".gpkg" else None
    back = gpd.read_parquet(path) if path.suffix == ".parquet" else gpd.read_file(path, layer=layer)
    found: shapely.Geometry | None = back.geometry.iloc[0]
    return found


@pytest.mark.parametrize("end", ENDS)
def test_a_closed_ring_is_a_line(end: str, tmp_path: Path) -> None:
    ring = shapely.LinearRing([(0, 0), (1, 0), (1, 1)])
    table = gpd.GeoDataFrame(geometry=[ring, None], crs=4326)

    assert written(ring, tmp_path / f"out.{end}") == shapely.LineString(ring.coords)
    geo.write(table, tmp_path / "out.gpkg", layers={"more": table})
    assert gpd.read_file(tmp_path / "out.gpkg", layer="more").geom_type[0] == "LineString"


@pytest.mark.parametrize("end", ENDS)
def test_a_point_of_no_numbers_is_none(end: str, tmp_path: Path) -> None:
    assert written(shapely.Point(NAN, NAN), tmp_path / f"out.{end}") is None


@pytest.mark.parametrize("end", [end for end in ENDS if end != "parquet"])
@pytest.mark.parametrize("turns", [-3, -2, 2, 5])
def test_what_lies_turns_away_is_brought_back_whole(end: str, turns: int, tmp_path: Path) -> None:
    far = 360 * turns
    area = written(shapely.box(170 + far, 0, 190 + far, 10), tmp_path / f"area.{end}")
    line = written(shapely.LineString([(170 + far, 5), (190 + far, 5)]), tmp_path / f"line.{end}")

    sides = shapely.union(shapely.box(170, 0, 180, 10), shapely.box(-180, 0, -170, 10))
    assert area is not None
    assert shapely.symmetric_difference(area, sides).area == pytest.approx(0)
    assert line is not None
    assert line.length == pytest.approx(20)
    assert line.bounds == (-180, 5, 180, 5)


@pytest.mark.parametrize("end", [end for end in ENDS if end != "parquet"])
def test_all_parts_of_a_collection_are_brought_back(end: str, tmp_path: Path) -> None:
    line = shapely.LineString([(179, 5), (185, 5)])
    inner = shapely.GeometryCollection([shapely.Point(1, 1), shapely.box(179, 0, 181, 1)])

    found = written(
        shapely.GeometryCollection([shapely.Point(181, 1), line, inner]), tmp_path / f"out.{end}"
    )

    assert found is not None
    parts = shapely.get_parts(found)
    assert parts[shapely.get_dimensions(parts) == 0].tolist() == [
        shapely.Point(-179, 1), shapely.Point(1, 1),
    ]  # fmt: skip
    assert shapely.length(parts[shapely.get_dimensions(parts) == 1]).sum() == pytest.approx(6)
    assert shapely.area(parts).sum() == pytest.approx(2)
    assert found.bounds == (-180, 0, 180, 5)


RADII_M = [6e6, 9.9e6, 10.2e6, 15e6, 19e6, 20_004_000.0]


@pytest.mark.parametrize("at", [(0, 0), (100, 20), (-170, -60)])
def test_a_disc_of_half_the_world_holds_what_lies_within_it(at: tuple[float, float]) -> None:
    table = gpd.GeoDataFrame(
        {"incident_id": list("abcdef"), "uncertainty_m": RADII_M},
        geometry=[shapely.Point(at)] * len(RADII_M), crs=4326,
    )  # fmt: skip
    # Each of these stands for an equal part of the Earth.
    lon, sine = map(np.ravel, np.meshgrid(np.arange(-178, 180, 4.0), np.linspace(-0.99, 0.99, 60)))
    lat = np.degrees(np.arcsin(sine))
    away_m = geod().inv(np.full(lon.shape, at[0]), np.full(lon.shape, at[1]), lon, lat)[2]

    areas = next(layer.table for layer in incident_layers(table) if layer.name == "uncertainty")

    assert shapely.is_valid(areas.geometry).all()
    for area, radius_m in zip(areas.geometry, RADII_M, strict=True):
        inside = shapely.contains_xy(area, lon, lat)
        assert (inside != (away_m <= radius_m)).mean() < 0.005


def test_an_empty_part_is_no_place_of_kml(tmp_path: Path) -> None:
    parts = shapely.GeometryCollection([shapely.Point(), shapely.Point(1, 1)])

    assert written(parts, tmp_path / "out.kml") == shapely.MultiPoint([(1, 1)])


@pytest.mark.parametrize("end", [*ENDS, "xlsx"])
def test_all_shapes_of_a_row_are_in_degrees(end: str, tmp_path: Path) -> None:
    # Its numbers are as small as degrees.
    crs = "+proj=laea +lon_0=38.7 +lat_0=33.3 +units=km"
    area = gpd.GeoSeries([shapely.box(38.5, 33, 39, 33.5)], crs=4326)
    table = gpd.GeoDataFrame(
        {"incident_id": ["a"]}, geometry=gpd.points_from_xy([38.7], [33.3]), crs=4326
    ).to_crs(crs)
    table["hull"], table["footprint"] = area.to_crs(crs), area

    geo.write(table, tmp_path / f"out.{end}")

    back = geo.read_incidents(tmp_path / f"out.{end}")
    hull = back["hull"] if end == "parquet" else back["hull"].map(_shape)
    for shape in (hull[0], back["footprint"][0]):
        assert shape.bounds == pytest.approx((38.5, 33, 39, 33.5), abs=1e-5)
    assert back.geometry[0].x == pytest.approx(38.7)


@pytest.mark.parametrize(
    ("shapes", "symbol"),
    [
        ([POINT], "marker"),
        ([shapely.LineString([(0, 0), (1, 1)])], "line"),
        ([AREA, shapely.MultiPolygon([AREA])], "fill"),
        ([POINT, AREA], None),
    ],
)
def test_sites_have_symbols_of_their_kind(
    shapes: list[shapely.Geometry], symbol: str | None, tmp_path: Path
) -> None:
    sites = gpd.GeoDataFrame(geometry=shapes, crs=4326)
    geo.write(sites.iloc[:1], tmp_path / "out.gpkg", layers={"sites": sites})

    with closing(sqlite3.connect(tmp_path / "out.gpkg")) as package:
        found = package.execute("SELECT styleQML FROM layer_styles").fetchall()

    # QGIS draws nothing with a symbol of another kind.
    roots = [ET.fromstring(qml) for (qml,) in found]  # noqa: S314  # our own
    drawn = [root.find("renderer-v2/symbols/symbol") for root in roots]
    assert [one.get("type") for one in drawn if one is not None] == [symbol] * bool(symbol)


def _shape(text: str) -> shapely.Geometry:
    return shapely.from_geojson(text) if text.startswith("{") else shapely.from_wkt(text)


def test_a_column_without_a_crs_is_not_guessed(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(geometry=[shapely.Point(1, 2)], crs=4326)
    table["hull"] = gpd.GeoSeries([shapely.box(0, 0, 1, 1)])

    geo.write(table, tmp_path / "out.parquet")
    assert gpd.read_parquet(tmp_path / "out.parquet")["hull"].crs == "EPSG:4326"
    moved = table.to_crs(3857)
    for how in ({"table": moved}, {"table": table, "layers": {"more": moved}}):
        with pytest.raises(SchemaError, match=r"'hull' has no CRS, while .* EPSG:3857; give it"):
            geo.write(path=tmp_path / "out.gpkg", **how)
