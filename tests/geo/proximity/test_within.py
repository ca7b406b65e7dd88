from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import SchemaError
from tests import zoo

Watch = Callable[..., AbstractContextManager[Any]]

MERIDIAN = gpd.GeoSeries([shapely.LineString([(0, -5), (0, 5)])], crs=4326)
SQUARE = gpd.GeoSeries([shapely.box(-1, -1, 1, 1)], crs=4326)
DEGREE_M = 111_320.0


def at(*lonlat: tuple[float, float]) -> gpd.GeoDataFrame:
    """Table of some places."""
    return gpd.GeoDataFrame(geometry=[shapely.Point(*place) for place in lonlat], crs=4326)


def test_exact_points_are_certain_or_left_out() -> None:
    table = at((0.01, 0), (0.02, 0), (0.03, 0))

    close = geo.within(table, MERIDIAN, distance_m=0.025 * DEGREE_M)

    assert close.index.tolist() == [0, 1]
    assert close["match"].tolist() == ["certain", "certain"]
    assert close["match_share"].tolist() == [1.0, 1.0]


def test_uncertain_points_have_a_share() -> None:
    table = at((0.01, 0), (0.1, 0), (0.2, 0)).assign(uncertainty_m=[500.0, 5_000.0, 500.0])

    close = geo.within(table, MERIDIAN, distance_m=0.1 * DEGREE_M)

    assert close["match"].tolist() == ["certain", "possible"]
    # Half of a disc lies on either side of a line through its middle.
    assert close["match_share"].tolist() == [1.0, pytest.approx(0.5, abs=0.02)]


def test_the_error_of_the_line_counts() -> None:
    line = gpd.GeoDataFrame({"error_m": [3_000.0]}, geometry=MERIDIAN)

    close = geo.within(at((0.1, 0)), line, distance_m=0.11 * DEGREE_M)

    assert close["match"].tolist() == ["possible"]


def test_inside_an_area_the_distance_is_zero() -> None:
    table = at((0, 0), (0.99, 0), (1.01, 0), (3, 0)).assign(uncertainty_m=5_000.0)

    close = geo.within(table, SQUARE, distance_m=0)

    assert close["match"].tolist() == ["certain", "possible", "possible"]
    assert close["match_share"].iloc[1] > 0.5 > close["match_share"].iloc[2]


def test_tower_22_and_the_frontier() -> None:
    frontier = geo.borders(between=("JOR", "SYR"))
    tower = zoo.points("tower 22").assign(uncertainty_m=50.0)

    assert geo.within(tower, frontier, distance_m=1_300).empty
    assert geo.within(tower, frontier, distance_m=1_465)["match"].tolist() == ["possible"]
    assert geo.within(tower, frontier, distance_m=5_000)["match"].tolist() == ["certain"]


def test_the_target_may_have_another_crs_and_holes_in_its_rows() -> None:
    target = gpd.GeoSeries([None, MERIDIAN.iloc[0], shapely.LineString()], crs=4326).to_crs(3857)

    assert len(geo.within(at((0.01, 0)).to_crs(3857), target, distance_m=2_000)) == 1


def test_across_the_antimeridian() -> None:
    line = gpd.GeoSeries([shapely.LineString([(179.99, -1), (179.99, 1)])], crs=4326)

    assert len(geo.within(at((-179.99, 0)), line, distance_m=3_000)) == 1


@settings(max_examples=50)
@given(
    st.floats(-2, 2), st.floats(-2, 2), st.floats(1, 50_000),
    st.floats(0, 200_000), st.floats(0, 200_000),
)  # fmt: skip
def test_a_greater_distance_matches_no_less(
    lon: float, lat: float, radius_m: float, one_m: float, other_m: float
) -> None:
    table = at((lon, lat)).assign(uncertainty_m=radius_m)

    near, far = (
        geo.within(table, SQUARE, distance_m=distance)["match_share"].sum()
        for distance in sorted((one_m, other_m))
    )

    assert 0 <= near <= far <= 1


def test_the_input_stays_and_so_does_the_index(unchanged: Watch) -> None:
    table = zoo.holes()

    with unchanged(table, SQUARE.to_frame("geometry")):
        close = geo.within(table, SQUARE, distance_m=1e7)

    assert close.index.tolist() == ["x"]


def test_an_empty_answer_has_the_columns() -> None:
    close = geo.within(at((50, 50)), MERIDIAN, distance_m=10)

    assert close.empty
    assert {"match", "match_share"} <= set(close.columns)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (
            gpd.GeoSeries([shapely.GeometryCollection([shapely.Point(0, 0)])], crs=4326),
            "a GeometryCollection in row 0, expected areas, lines or points",
        ),
        (gpd.GeoSeries([], crs=4326), "nothing, expected areas, lines or points"),
        (gpd.GeoSeries([shapely.box(0, 0, 1, 1)]), "no CRS"),
    ],
)
def test_targets_that_cannot_be_measured_to(target: gpd.GeoSeries, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        geo.within(at((0, 0)), target, distance_m=10)


@pytest.mark.parametrize("distance_m", [-1.0, np.nan])
def test_distances_that_are_none(distance_m: float) -> None:
    with pytest.raises(ValueError, match="0 or more metres"):
        geo.within(at((0, 0)), MERIDIAN, distance_m=distance_m)


@settings(max_examples=60)
@given(st.floats(0, 0.5), st.floats(1, 30_000), st.floats(0, 60_000))
def test_certain_is_what_the_whole_disc_is(lon: float, radius_m: float, distance_m: float) -> None:
    table = at((lon, 0)).assign(uncertainty_m=radius_m)
    apart_m = geo.add_nearest(table, MERIDIAN)["nearest_distance_m"].iloc[0]

    close = geo.within(table, MERIDIAN, distance_m=distance_m)

    assert len(close) == (apart_m - radius_m <= distance_m)
    certain = apart_m + radius_m <= distance_m
    assert close["match"].tolist() == ["certain" if certain else "possible"][: len(close)]
    assert close["match_share"].between(0.002, 1.0 if certain else 0.998).all()


@pytest.mark.parametrize("radius_m", [-1e6, 0.0, np.inf])
def test_a_radius_that_is_none_counts_as_exact(radius_m: float) -> None:
    table = at((0.01, 0), (0.03, 0)).assign(uncertainty_m=radius_m)

    close = geo.within(table, MERIDIAN, distance_m=0.025 * DEGREE_M)

    assert close["match"].tolist() == ["certain"]


@pytest.mark.parametrize("error_m", [-3_000.0, np.inf, np.nan])
def test_an_error_of_the_line_that_is_none(error_m: float) -> None:
    line = gpd.GeoDataFrame({"error_m": [error_m]}, geometry=MERIDIAN)

    assert geo.within(at((0.1, 0)), line, distance_m=0.11 * DEGREE_M)["match"].tolist() == [
        "certain"
    ]
