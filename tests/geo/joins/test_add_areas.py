"""The area of a layer in which each point lies: equal to the polygons, and honest when unsure."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import SchemaError
from tests import zoo

Watch = Callable[..., AbstractContextManager[Any]]

WEST, EAST = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
DISTRICTS = gpd.GeoDataFrame(
    {"name": ["west", "east"], "beds": [10, 20], "is_open": [True, False]},
    geometry=[WEST, EAST],
    crs=4326,
)


def at(*lonlat: tuple[float, float]) -> gpd.GeoDataFrame:
    """Table of some places."""
    return gpd.GeoDataFrame(geometry=[shapely.Point(*place) for place in lonlat], crs=4326)


def test_attributes_of_the_area() -> None:
    found = geo.add_areas(at((0.5, 0.5), (1.5, 0.5), (5, 5)), DISTRICTS)

    assert found["area_name"].tolist()[:2] == ["west", "east"]
    assert found["area_name"].isna().tolist() == [False, False, True]
    assert found["area_beds"].tolist() == [10, 20, pd.NA]
    assert found["area_overlap"].tolist() == [False, False, False]
    assert "area_share" not in found


@pytest.mark.parametrize("places", [[(0.5, 0.5)], [(0.5, 0.5), (9, 9)], [(9, 9)], []])
def test_types_do_not_depend_on_what_is_found(places: list[tuple[float, float]]) -> None:
    table = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(*np.array(places).reshape(-1, 2).T), crs=4326
    )

    found = geo.add_areas(table, geo.index(DISTRICTS))

    assert found.dtypes.astype(str).to_dict() == {
        "geometry": "geometry", "area_name": "str", "area_beds": "Int64",
        "area_is_open": "boolean", "area_overlap": "bool",
    }  # fmt: skip


def test_where_areas_overlap_the_first_counts() -> None:
    layer = gpd.GeoDataFrame(
        {"n": [0, 1, 2]},
        geometry=[shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1), shapely.box(1.5, 0, 1.7, 1)],
        crs=4326,
    )

    found = geo.add_areas(at((0.5, 0.5), (1.2, 0.5), (1.6, 0.5), (2.5, 0.5)), layer)

    assert found["area_n"].tolist() == [0, 0, 0, 1]
    assert found["area_overlap"].tolist() == [False, True, True, False]


def test_a_point_on_a_line_belongs_to_one_side() -> None:
    layer = gpd.GeoDataFrame(
        {"n": range(4)},
        geometry=[WEST, EAST, shapely.box(0, 1, 1, 2), shapely.box(1, 1, 2, 2)],
        crs=4326,
    )

    found = geo.add_areas(at((1, 0.5), (0.5, 1), (1, 1), (0, 0.5), (2, 0.5)), layer)

    # To the east, to the north; on the outer line of the layer likewise.
    assert found["area_n"].tolist() == [1, 2, 3, 0, pd.NA]
    assert not found["area_overlap"].any()


polygons = st.lists(
    st.tuples(st.integers(-8, 8), st.integers(-8, 8), st.integers(1, 6), st.integers(3, 9)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60)
@given(polygons, st.integers(0, 2**32 - 1))
def test_equal_to_a_join_of_geopandas(circles: list[tuple[int, int, int, int]], seed: int) -> None:
    shapes = [shapely.Point(x, y).buffer(r, quad_segs=q) for x, y, r, q in circles]
    layer = gpd.GeoDataFrame({"n": range(len(shapes))}, geometry=shapes, crs=4326)
    rng = np.random.default_rng(seed)
    table = at(*rng.uniform(-15, 15, (40, 2)))

    found = geo.add_areas(table, layer)

    joined = table.sjoin(layer, predicate="within").groupby(level=0)["n"]
    assert found["area_n"].dropna().astype(int).to_dict() == joined.min().to_dict()
    counts = joined.size().reindex(table.index, fill_value=0)
    assert found["area_overlap"].tolist() == (counts > 1).tolist()


def test_districts_of_many_points_equal_those_of_each() -> None:
    rng = np.random.default_rng(8)
    table = at(*rng.uniform((-0.5, -0.5), (2.5, 1.5), (300, 2)))
    index = geo.index(DISTRICTS)

    together = geo.add_areas(table, index)["area_name"]

    alone = pd.concat([geo.add_areas(table.iloc[[i]], DISTRICTS)["area_name"] for i in range(20)])
    assert together.iloc[:20].equals(alone)


def test_the_share_of_the_disc() -> None:
    table = at((0.5, 0.5), (0.999999, 0.5), (2.000001, 0.5), (0.5, 0.5)).assign(
        uncertainty_m=[100.0, 5_000.0, 5_000.0, np.nan]
    )

    found = geo.add_areas(table, DISTRICTS)

    assert found["area_share"].tolist()[:3] == [
        1.0,
        pytest.approx(0.5, abs=0.02),
        pytest.approx(0.5, abs=0.02),
    ]
    assert found["area_share"].isna().tolist() == [False, False, False, True]
    assert found["area_name"].isna().tolist() == [False, False, True, False]


def test_the_error_of_the_layer_counts_in_the_share() -> None:
    table = at((0.99, 0.5)).assign(uncertainty_m=1.0)

    exact, rough = (
        geo.add_areas(table, DISTRICTS.assign(error_m=error), columns=["name"])["area_share"].iloc[
            0
        ]
        for error in (0.0, 10_000.0)
    )

    assert exact == 1.0 > rough > 0.5


def test_other_crs_on_both_sides() -> None:
    table = at((0.5, 0.5), (1.5, 0.5)).to_crs(3857)

    found = geo.add_areas(table, DISTRICTS.to_crs(32631))

    assert found["area_name"].tolist() == ["west", "east"]
    assert found.crs == table.crs


def test_both_sides_of_180_degrees() -> None:
    layer = gpd.GeoDataFrame(
        {"name": ["Fiji"]}, geometry=[shapely.box(176, -20, 182, -15)], crs=4326
    )

    found = geo.add_areas(zoo.points("just west of 180", "just east of 180", "on 180"), layer)

    assert found["area_name"].fillna("").tolist() == ["Fiji", "Fiji", ""]


def test_only_some_columns_under_another_prefix() -> None:
    found = geo.add_areas(at((0.5, 0.5)), DISTRICTS, columns=["beds"], prefix="health_")

    assert list(found.columns) == ["geometry", "health_beds", "health_overlap"]


@pytest.mark.parametrize(
    ("layer", "options", "message"),
    [
        (DISTRICTS, {"columns": ["doctors"]}, "no column 'doctors'; it has name, beds, is_open"),
        (DISTRICTS.boundary, {}, "holds lines or points, expected areas"),
        (DISTRICTS.rename(columns={"name": "overlap"}), {}, "called area_overlap"),
        (DISTRICTS.rename(columns={"name": "status"}), {}, "area_status means something else"),
        (DISTRICTS.rename(columns={"name": "known"}), {}, "has a column area_known already"),
        (DISTRICTS, {"columns": ["name", "name"]}, "called area_name"),
        (DISTRICTS.iloc[:0], {}, "holds nothing"),
    ],
)
def test_what_cannot_be_added(layer: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(SchemaError, match=f"add_areas: .*{message}"):
        geo.add_areas(at((0, 0)).assign(area_known=1), layer, **options)


def test_a_layer_without_attributes_tells_overlaps_only() -> None:
    found = geo.add_areas(at((0.5, 0.5)), DISTRICTS.geometry)

    assert list(found.columns) == ["geometry", "area_overlap"]


def test_rows_that_are_no_points() -> None:
    table = gpd.GeoDataFrame(
        {"status": "located", "reason": "given"},
        index=[0, 1, 2],
        geometry=[
            shapely.box(0.1, 0.1, 0.3, 0.3),
            shapely.Point(360.5, 0.5),
            shapely.Point(0.5, 95),
        ],
        crs=4326,
    )

    taken = geo.add_areas(table, DISTRICTS)
    refused = geo.add_areas(table, DISTRICTS, shapes="refuse", wrap=False)

    assert taken["area_name"].isna().tolist() == [False, True, True]
    assert "stands for a Polygon" in taken["reason"].iloc[0]
    assert taken["status"].tolist() == ["located", "suspicious", "suspicious"]
    assert refused["area_name"].isna().all()


@pytest.mark.parametrize("precision", ["country", "admin1", "admin2"])
def test_areas_on_the_map_get_no_area(precision: str) -> None:
    assert (
        geo.add_areas(at((0.5, 0.5)).assign(precision=precision), DISTRICTS)["area_name"]
        .isna()
        .all()
    )


def test_rows_and_index_stay_and_inputs_too(unchanged: Watch) -> None:
    table = zoo.holes()
    layer = DISTRICTS.set_geometry([shapely.box(38, 33, 39, 34), EAST])

    with unchanged(table, layer):
        found = geo.add_areas(table, layer)

    assert found.index.tolist() == ["x", "y", "z"]
    assert found["area_name"].isna().tolist() == [False, True, True]
