"""Layers of the user: what they may hold, and how they come into longitude and latitude."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import SchemaError
from geo.joins.user_layers import AreaLayer, LineLayer, PointLayer

SQUARE = shapely.box(0, 0, 1, 1)


def layer(*shapes: Any, crs: object = 4326, **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


def holds(index: LineLayer, *lonlat: tuple[float, float]) -> list[bool]:
    assert isinstance(index, AreaLayer)
    lon, lat = np.array(lonlat, dtype=float).T
    return (index.areas.containing(lon, lat) >= 0).tolist()


def test_the_kind_of_layer_follows_the_geometries() -> None:
    assert type(geo.index(layer(SQUARE))) is AreaLayer
    assert type(geo.index(layer(shapely.MultiPolygon([SQUARE]), SQUARE))) is AreaLayer
    assert type(geo.index(layer(shapely.LineString([(0, 0), (1, 1)])))) is LineLayer
    assert type(geo.index(layer(shapely.Point(0, 0), shapely.MultiPoint([(1, 1)])))) is PointLayer
    assert type(geo.index(gpd.GeoSeries([SQUARE], crs=4326))) is AreaLayer


def test_rows_without_geometry_are_left_out_and_counted() -> None:
    table = layer(None, SQUARE, shapely.Polygon(), name=["a", "b", "c"]).set_index(
        pd.Index("xyz"[i] for i in range(3))
    )

    index = geo.index(table)

    assert index.left_out == 2
    assert index.attributes["name"].to_dict() == {"y": "b"}


def test_lines_without_length_are_left_out() -> None:
    index = geo.index(
        layer(shapely.LineString([(2, 2), (2, 2)]), shapely.LineString([(0, 0), (1, 1)]))
    )

    assert index.left_out == 1
    assert index.nearest(np.array([2.0]), np.array([2.0])).row.tolist() == [0]


def test_later_changes_of_the_input_do_not_reach_the_index() -> None:
    table = layer(SQUARE, name=["a"])
    index = geo.index(table)

    table["name"] = "b"

    assert index.attributes["name"].tolist() == ["a"]
    with pytest.raises(AttributeError):
        index.left_out = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (layer(SQUARE, shapely.Point(0, 0)), r"areas \(row 0\) and points \(row 1\), expected one"),
        (layer(shapely.GeometryCollection([SQUARE])), "a GeometryCollection in row 0"),
        (layer(), "the layer holds nothing"),
        (layer(None, shapely.Polygon()), "the layer holds nothing"),
        (layer(shapely.LineString([(1, 1), (1, 1)])), "the layer holds nothing"),
        (layer(SQUARE, crs=None), "the layer has no CRS"),
        (gpd.GeoDataFrame({"a": [1]}), "no geometry column"),
        (layer(shapely.box(0, 0, 1, 95)), r"row 0 reaches .* to 1, 95; expected degrees"),
        (layer(shapely.box(0, 0, 500_000, 1)), "right CRS"),
        (layer(SQUARE, shapely.Point(0, 0)).iloc[[1, 0]], r"points \(row 1\) and areas \(row 0\)"),
    ],
)  # fmt: skip
def test_layers_that_cannot_be_indexed(table: gpd.GeoDataFrame, message: str) -> None:
    with pytest.raises(SchemaError, match=f"index: .*{message}"):
        geo.index(table)


def test_columns_of_one_name_are_refused() -> None:
    table = pd.concat([layer(SQUARE, a=[1]), pd.DataFrame({"a": [2]})], axis=1)

    with pytest.raises(SchemaError, match="several columns called a"):
        geo.index(table)


def test_areas_beyond_180_degrees_are_cut_there() -> None:
    whole = geo.index(layer(shapely.box(170, -10, 190, 10)))
    cut = geo.index(
        layer(
            shapely.MultiPolygon([shapely.box(170, -10, 180, 10), shapely.box(-180, -10, -170, 10)])
        )
    )
    places = (175, 0), (-175, 0), (180, 5), (-180, 5), (165, 0), (-165, 0), (0, 0)

    assert (
        holds(whole, *places)
        == holds(cut, *places)
        == [True, True, True, True, False, False, False]
    )


def test_longitudes_from_0_to_360_are_understood() -> None:
    index = geo.index(layer(shapely.box(200, 0, 350, 10)))

    assert holds(index, (-100, 5), (100, 5), (-5, 5)) == [True, False, False]


def test_a_line_beyond_180_degrees_is_cut_there() -> None:
    line = geo.index(layer(shapely.LineString([(179, 0), (181, 0)])))
    near = line.nearest(np.array([-179.5, 179.5]), np.array([0.0, 0.0]))

    assert near.distance_m == pytest.approx([0, 0], abs=1e-3)
    assert near.lon_deg == pytest.approx([-179.5, 179.5])


def test_a_projected_area_across_the_antimeridian() -> None:
    # NZGD2000 / Chatham Islands: transverse Mercator on 176.5° W; the area reaches to 179° E.
    degrees = shapely.segmentize(shapely.box(179, -46, 184, -43), 0.1)
    projected = gpd.GeoSeries([degrees], crs=4326).to_crs(3793)

    index = geo.index(projected)

    assert holds(index, (179.5, -45), (-177, -45), (-175, -45), (178, -45), (0, -45)) == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(("crs", "sign"), [(3995, 1), (3031, -1)])
def test_a_polar_area_holds_the_pole(crs: int, sign: int) -> None:
    cap = shapely.Point(0, 0).buffer(2_000_000)
    ring = cap - shapely.Point(0, 0).buffer(500_000)

    assert holds(
        geo.index(layer(cap, crs=crs)),
        (0, 90 * sign),
        (180, 80 * sign),
        (-90, 75 * sign),
        (0, 60 * sign),
        (0, -80 * sign),
    ) == [True, True, True, False, False]
    assert holds(
        geo.index(layer(ring, crs=crs)),
        (0, 90 * sign),
        (179, 80 * sign),
        (-179, 80 * sign),
        (0, 60 * sign),
    ) == [False, True, True, False]


def test_the_whole_world_in_a_projection() -> None:
    world = gpd.GeoSeries([shapely.box(-170, -80, 170, 80)], crs=4326).to_crs(3857)

    assert holds(geo.index(world), (0, 0), (-169, 0), (169, 0), (175, 0), (0, 81)) == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_edges_stay_straight_in_their_projection() -> None:
    square = layer(shapely.box(-600_000, 6_000_000, 1_600_000, 6_500_000), crs=32633)
    rng = np.random.default_rng(3)
    inside = gpd.GeoSeries(
        gpd.points_from_xy(rng.uniform(-600e3, 1600e3, 2_000), rng.uniform(5.99e6, 6.51e6, 2_000)),
        crs=32633,
    )
    lonlat = inside.to_crs(4326)

    found = holds(geo.index(square), *zip(lonlat.x, lonlat.y, strict=True))

    # Edges are kept to decimetres, so that no point of a few thousand lies between.
    assert found == inside.within(square.geometry[0]).tolist()


def test_parts_that_overlap_are_joined() -> None:
    broken = shapely.MultiPolygon([shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3)])
    assert not broken.is_valid

    assert holds(geo.index(layer(broken)), (0.5, 0.5), (1.5, 1.5), (2.5, 2.5), (2.5, 0.5)) == [
        True,
        True,
        True,
        False,
    ]


def test_an_area_that_collapses_is_left_out() -> None:
    flat = shapely.Polygon([(0, 0), (1, 1), (0, 0), (0, 0)])

    assert geo.index(layer(flat, SQUARE)).left_out == 1


@settings(max_examples=30)
@given(
    st.floats(-179, 179),
    st.floats(-85, 85),
    st.floats(-360, 360).map(lambda turn: 360 * round(turn / 360)),
)
def test_a_turn_of_the_globe_changes_nothing(lon: float, lat: float, turn: float) -> None:
    box = shapely.box(lon - 3, lat - 3, lon + 3, lat + 3)
    if abs(lon + turn) > 356:
        return

    index = geo.index(layer(shapely.affinity.translate(box, turn)))

    inside = ((lon + 2) + 180) % 360 - 180
    assert holds(index, (inside, lat)) == [True]
    assert holds(index, (((lon + 4) + 180) % 360 - 180, lat)) == [False]


def test_the_input_stays(unchanged: Any) -> None:
    table = layer(shapely.box(170, -10, 190, 10), None, a=[1, 2])

    with unchanged(table):
        geo.index(table)
